"""通知、通知设置：one row a message to one person by one channel; how each wants to be told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.notices.queries import NoticeQuery
from gongkai.notices.states import Audience, Channel, Pace, State
from gongkai.organs.models import Organ, Staff
from gongkai.vault.fields import Sealed, SealedText


class Notice(models.Model):
    """通知：what is to be sent, to whom, and how it went.

    ``key`` names the occasion: told twice, it is one notice. ``subject`` and ``subject_id`` point
    to the record it is about without a foreign key, as the trail does, so a record of any room
    may be meant and the fact of the notice outlives it. The address is sealed; address, text and
    link are erased some time after the notice has ended, the rest stays.
    """

    key = models.CharField("去重键", max_length=200, unique=True)
    subject = models.CharField("对象类别", max_length=100)
    subject_id = models.CharField("对象编号", max_length=64)
    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="机关", null=True, related_name="+", db_index=False
    )
    audience = models.CharField("收件人类别", max_length=10, choices=Audience)
    recipient_id = models.CharField("收件人编号", max_length=64, blank=True)
    channel = models.CharField("渠道", max_length=10, choices=Channel)
    address = SealedText("收件地址", blank=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文", blank=True)
    number = models.CharField("编号", max_length=100, blank=True)
    link = models.CharField("链接", max_length=300, blank=True)

    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    held = models.BooleanField("并入每日汇总", default=False)
    within = models.ForeignKey(
        "self", models.PROTECT, verbose_name="所在的汇总", null=True, related_name="parts"
    )
    attempts = models.PositiveSmallIntegerField("已发次数", default=0)
    error = models.CharField("没有发出的原因", max_length=300, blank=True)
    created_at = models.DateTimeField("提出时间", default=timezone.now)
    next_at = models.DateTimeField("下次发送不早于", default=timezone.now)
    ended_at = models.DateTimeField("结束时间", null=True)
    erased_at = models.DateTimeField("清除时间", null=True)

    objects = NoticeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="notices_of_a_subject"),
            models.Index(fields=["organ", "id"], name="notices_of_an_organ"),
            models.Index(fields=["state", "id"], name="notices_by_state"),
            models.Index(
                fields=["next_at"], condition=Q(state=State.WAITING), name="notices_waiting"
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=False, erased_at__isnull=True),
                name="notices_not_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def masked(self) -> str:
        """收件地址，遮去一部分：as a list may show it."""
        if self.erased_at:
            return "已清除"
        kind = "email" if self.channel == Channel.EMAIL else "phone"
        return str(Sealed(self.address.token, self.address.context, kind))


class Preference(models.Model):
    """通知设置：which way a person wants to be told; without a row, by e-mail and at once."""

    staff = models.OneToOneField(
        Staff, models.CASCADE, primary_key=True, verbose_name="工作人员", related_name="+"
    )
    email = models.BooleanField("发到我的电子邮箱", default=True)
    sms = models.BooleanField("发短信到我的手机", default=False)
    pace = models.CharField("什么时候发", max_length=10, choices=Pace, default=Pace.AT_ONCE)

    class Meta:
        verbose_name = verbose_name_plural = "通知设置"

    def __str__(self) -> str:
        return f"{self.staff}的通知设置"
