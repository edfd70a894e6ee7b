"""案件的经过：听证和开庭、结论、上诉、提醒。"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.disputes.findings import CHOICES, Finding, finding
from gongkai.disputes.models.dispute import Dispute
from gongkai.disputes.queries import HearingQuery
from gongkai.disputes.states import Cause, Disposal, Party
from gongkai.organs.models import Staff


class Hearing(models.Model):
    """听证、开庭：when and where, who goes, and what came of it."""

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, verbose_name="案件", related_name="hearings"
    )
    on = models.DateField("日期")
    at = models.TimeField("时间", null=True, blank=True)
    place = models.CharField("地点", max_length=200)
    goes = models.CharField("出席人员", max_length=200)
    note = models.TextField("情况", max_length=3000, blank=True)
    cancelled_why = models.CharField("取消原因", max_length=300, blank=True)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="登记人", null=True, related_name="+", db_index=False
    )

    objects = HearingQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "听证、开庭"
        ordering = ["dispute", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on}{self.place}"


class Appeal(models.Model):
    """上诉：while it has no ruling of its own the case is not final（行政诉讼法第八十五条）."""

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, verbose_name="案件", related_name="appeals"
    )
    party = models.CharField("上诉人", max_length=8, choices=Party)
    on = models.DateField("上诉日期")
    court = models.CharField("二审法院", max_length=100)
    case_number = models.CharField("二审案号", max_length=80, blank=True)
    reason = models.TextField("上诉理由", max_length=2000, blank=True)
    disposal = models.CharField("二审处理", max_length=9, choices=Disposal, blank=True)
    ended_on = models.DateField("二审裁判日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "上诉"
        ordering = ["dispute", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"],
                condition=models.Q(ended_on__isnull=True),
                name="one_appeal_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}上诉"


class Ruling(models.Model):
    """结论：a review decision or a judgment of either instance; the last one stands.

    ``overturned`` marks one that a remand has set aside: it is on record and counts nowhere.
    """

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, verbose_name="案件", related_name="rulings"
    )
    appeal = models.OneToOneField(
        Appeal, models.PROTECT, verbose_name="上诉", null=True, related_name="ruling"
    )
    finding = models.CharField("结论", max_length=4, choices=CHOICES)
    number = models.CharField("文书编号", max_length=100, blank=True)
    on = models.DateField("裁决日期")
    received_on = models.DateField("收到日期")
    cause = models.CharField("被纠正的原因", max_length=9, choices=Cause, blank=True)
    note = models.TextField("说明", max_length=3000, blank=True)
    overturned = models.BooleanField("已被撤销", default=False)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="登记人", null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "结论"
        ordering = ["dispute", "pk"]

    def __str__(self) -> str:
        return f"{self.get_finding_display()} {self.number}".strip()

    @property
    def found(self) -> Finding:
        """结论，with all that follows from it."""
        return finding(self.finding)


#: 提醒的规则，说给人看。
RULES = {
    "answer_near": "答复期限将到",
    "answer_last": "答复期限的最后一日",
    "answer_late": "答复逾期",
    "reply_near": "重新答复的期限将到",
    "reply_last": "重新答复期限的最后一日",
    "reply_late": "重新答复逾期",
    "hearing": "听证、开庭",
    "appeal": "上诉期将满",
}


class Reminder(models.Model):
    """提醒：one rule about one date of one case, once."""

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, verbose_name="案件", related_name="reminders"
    )
    rule = models.CharField("规则", max_length=20)
    about = models.DateField("所提醒的日期")
    at = models.DateTimeField("提醒时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "rule", "about"], name="a_dispute_is_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.about}"

    @property
    def told(self) -> str:
        """规则，说给人看。"""
        return RULES.get(self.rule, self.rule)
