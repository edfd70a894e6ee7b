"""监督：投诉举报、抽查、责令改正（第四十七条、第五十一条）。"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.applications.models.application import Application
from gongkai.applications.models.paper import Reply
from gongkai.applications.states import COMPLAINTS, ORDERS, ComplaintState, OrderState
from gongkai.organs.models import Organ, Staff
from gongkai.vault.fields import SealedText


class Complaint(models.Model):
    """投诉举报：that an organ does not publish or does not answer as it must.

    ``organ`` is the competent department that looks into it, ``against`` the organ complained of.
    """

    FLOW = COMPLAINTS

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="主管部门", related_name="complaints_received"
    )
    against = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="被投诉机关", related_name="complaints_against"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="所涉申请", null=True, blank=True,
        related_name="complaints",
    )  # fmt: skip
    number = models.CharField("受理编号", max_length=80, unique=True, editable=False)
    code = SealedText("查询码", editable=False)
    name = models.CharField("姓名", max_length=60, blank=True)
    phone = SealedText("联系电话", mask="phone", blank=True)
    text = models.TextField("投诉内容", max_length=3000)
    finding = models.TextField("核实情况", max_length=3000, blank=True)
    answer = models.TextField("答复", max_length=3000, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ComplaintState, default=ComplaintState.RECEIVED
    )
    at = models.DateTimeField("收到时间", default=timezone.now)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.against}"


class Sample(models.Model):
    """抽查：the competent department reads a reply and says what it finds."""

    reply = models.ForeignKey(Reply, models.PROTECT, verbose_name="答复", related_name="samples")
    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="主管部门", related_name="samples_taken"
    )
    drawn_at = models.DateTimeField("抽取时间", default=timezone.now)
    drawn_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="抽取人", related_name="+", db_index=False
    )
    verdict = models.CharField(
        "结论", max_length=6, blank=True,
        choices=[("sound", "规范"), ("flawed", "有瑕疵"), ("wrong", "不符合规定")],
    )  # fmt: skip
    finding = models.TextField("意见", max_length=3000, blank=True)
    judged_at = models.DateTimeField("评定时间", null=True)
    judged_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="评定人", null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "抽查"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "organ"], name="a_reply_is_sampled_once")
        ]

    def __str__(self) -> str:
        return f"抽查{self.reply}"


class Order(models.Model):
    """责令改正：what an organ must put right, by when; reported and checked."""

    FLOW = ORDERS

    issuer = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="主管部门", related_name="orders_issued"
    )
    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="被责令机关", related_name="orders_received"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="所涉申请", null=True, blank=True,
        related_name="orders",
    )  # fmt: skip
    complaint = models.ForeignKey(
        Complaint, models.PROTECT, verbose_name="所涉投诉", null=True, blank=True,
        related_name="orders",
    )  # fmt: skip
    sample = models.ForeignKey(
        Sample, models.PROTECT, verbose_name="所涉抽查", null=True, blank=True,
        related_name="orders",
    )  # fmt: skip
    problem = models.TextField("问题", max_length=3000)
    demand = models.TextField("改正要求", max_length=3000)
    due_on = models.DateField("改正期限")
    state = models.CharField("状态", max_length=10, choices=OrderState, default=OrderState.ISSUED)
    report = models.TextField("改正情况", max_length=3000, blank=True)
    issued_at = models.DateTimeField("发出时间", default=timezone.now)
    done_at = models.DateTimeField("完成时间", null=True)
    author = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="经办人", null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "责令改正"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"责令{self.organ}改正"
