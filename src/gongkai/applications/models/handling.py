"""办理过程：征求意见、延期、收费、检索。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.applications.models.application import Application
from gongkai.applications.states import Opinion
from gongkai.law.events import Whom
from gongkai.organs.models import Staff
from gongkai.vault.fields import SealedText

WHOM = [(whom.value, whom.label) for whom in Whom]


class Consultation(models.Model):
    """征求意见（第三十二条、第三十四条、第三十三条第三款）：one letter to one of those concerned.

    Its events carry its key as their ``id``. ``information`` must never tell who asks.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="consultations"
    )
    whom = models.CharField("征求对象", max_length=14, choices=WHOM)
    name = models.CharField("名称", max_length=100)
    address = SealedText("联系地址", mask="address", blank=True)
    phone = SealedText("联系电话", mask="phone", blank=True)
    information = models.TextField("拟公开的信息", max_length=5000, help_text="不得写明申请人身份")
    sent_on = models.DateField("发出日期")
    tracking = models.CharField("邮件号码", max_length=60, blank=True)
    delivered_on = models.DateField("对方收到日期", null=True, blank=True)
    due_on = models.DateField("答复意见期限", null=True, editable=False)
    ended_on = models.DateField("结束日期", null=True, editable=False)
    opinion = models.CharField("意见", max_length=8, choices=Opinion, blank=True)
    reasons = models.TextField("理由", max_length=5000, blank=True)
    reasonable = models.BooleanField("理由是否合理", null=True)
    override = models.TextField("不公开会对公共利益造成重大影响的理由", max_length=2000, blank=True)
    override_sent_on = models.DateField("告知第三方的日期", null=True, editable=False)
    release_on = models.DateField("拟公开日期", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        ordering = ["application", "pk"]
        indexes = [models.Index(fields=["tracking"], name="consultations_by_tracking")]

    def __str__(self) -> str:
        return f"征求{self.name}意见"

    @property
    def is_open(self) -> bool:
        """等待意见。"""
        return self.ended_on is None


class Extension(models.Model):
    """延期（第三十三条第二款）：proposed by one, approved by the head, sent in time."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="extensions"
    )
    workdays = models.PositiveSmallIntegerField("延长的工作日数")
    reason = models.TextField("延期理由", max_length=1000)
    proposed_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="提出人", related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="批准人", null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("决定时间", null=True)
    approved = models.BooleanField("是否同意", null=True)
    sent_on = models.DateField("告知日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(approved__isnull=True),
                name="one_extension_is_pending_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"延期{self.workdays}个工作日"


class Fee(models.Model):
    """信息处理费（第四十二条、国办函〔2020〕109号）：one method a request, with its working."""

    class Method(models.TextChoices):
        """计收方式：one of the two, never both（第三条）。"""

        ITEMS = "items", "按件计收"
        PAGES = "pages", "按量计收"

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="fees"
    )
    method = models.CharField("计收方式", max_length=6, choices=Method)
    count = models.PositiveIntegerField("件数（页数）")
    earlier = models.PositiveIntegerField("本月此前件数", default=0)
    working = models.JSONField("计算过程", default=list)
    amount = models.PositiveIntegerField("金额（元）")
    reason = models.TextField("收费理由", max_length=1000)
    issued_on = models.DateField("通知发出日期")
    received_on = models.DateField("申请人收到日期", null=True, blank=True)
    pay_by = models.DateField("缴费期限", null=True, editable=False)
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    receipt = models.CharField("财政票据号码", max_length=60, blank=True)
    lapsed_on = models.DateField("逾期日期", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "信息处理费"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"信息处理费{self.amount}元"


class SearchLog(models.Model):
    """检索记录：without one, “信息不存在” cannot be chosen（最高人民法院指导案例101号）."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="searches"
    )
    on = models.DateField("检索日期")
    place = models.CharField("检索的系统、档案", max_length=200)
    words = models.CharField("检索词", max_length=200)
    period = models.CharField("时间范围", max_length=100)
    result = models.CharField("检索结果", max_length=500)
    searcher = models.CharField("检索人", max_length=60)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="登记人", related_name="+", db_index=False
    )
    at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "检索记录"
        ordering = ["application", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.place} {self.words}"
