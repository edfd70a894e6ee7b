"""复议、诉讼案件。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.applications.models import Application
from gongkai.applications.models.application import OUTCOME_CHOICES
from gongkai.disputes.findings import CHOICES, Finding, finding
from gongkai.disputes.queries import DisputeQuery
from gongkai.disputes.states import (
    ANSWERING,
    FLOW,
    OPEN,
    PENDING,
    TONES,
    Cause,
    Challenged,
    Kind,
    Procedure,
    Result,
    State,
)
from gongkai.organs.models import Organ, Staff


class Dispute(models.Model):
    """复议、诉讼案件：one review or one suit over how we answered, from our copy to the lesson.

    ``received_on`` is the day our copy came; ``due_on`` is kept for sorting and written by
    ``clock.refresh`` alone. ``finding``, ``result`` and ``concluded_on`` say how the case ended
    and are written by ``actions.ruling.settle`` alone, from its rulings and appeals: empty while
    it is 尚未审结. ``author`` is who drafted our answer.
    """

    FLOW = FLOW

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="被申请人（被告）", related_name="disputes",
        db_index=False,
    )  # fmt: skip
    year = models.PositiveSmallIntegerField("登记年度", editable=False)
    serial = models.PositiveIntegerField("流水号", editable=False)
    number = models.CharField("台账编号", max_length=80, editable=False)

    kind = models.CharField("案件种类", max_length=6, choices=Kind)
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="所涉申请", null=True, blank=True,
        related_name="disputes",
    )  # fmt: skip
    about = models.CharField("所涉事项", max_length=300)
    challenged = models.CharField(
        "争议的行为", max_length=8, choices=Challenged, default=Challenged.REPLY
    )
    round = models.PositiveSmallIntegerField("第几次答复", null=True, blank=True)
    paper_number = models.CharField("答复书编号", max_length=100, blank=True)
    outcome = models.CharField("答复结果", max_length=4, choices=OUTCOME_CHOICES, blank=True)
    article = models.CharField("答复依据", max_length=120, blank=True)

    body = models.CharField("复议机关（法院）", max_length=100)
    case_number = models.CharField("案号", max_length=80, blank=True)
    claimant = models.CharField("申请人（原告）", max_length=100, blank=True)
    received_on = models.DateField("收到副本日期")
    procedure = models.CharField(
        "审理程序", max_length=8, choices=Procedure, default=Procedure.ORDINARY
    )
    earlier = models.ForeignKey(
        "self", models.PROTECT, verbose_name="此前的行政复议", null=True, blank=True,
        related_name="later",
    )  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=State, default=State.RECEIVED, editable=False
    )
    handler = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+",
        db_index=False,
    )  # fmt: skip
    author = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="拟稿人", null=True, editable=False, related_name="+",
        db_index=False,
    )  # fmt: skip
    due_on = models.DateField("答复期限", null=True, editable=False)
    provisional = models.BooleanField("暂定", default=False, editable=False)
    filed_on = models.DateField("提交日期", null=True, editable=False)
    last_due_on = models.DateField("提交时的期限", null=True, editable=False)

    finding = models.CharField("结论", max_length=4, choices=CHOICES, blank=True, editable=False)
    result = models.CharField("结果", max_length=8, choices=Result, blank=True, editable=False)
    cause = models.CharField(
        "被纠正的原因", max_length=9, choices=Cause, blank=True, editable=False
    )
    concluded_on = models.DateField("审结日期", null=True, editable=False)

    #: 责令重新答复: the day it runs from, and the time it gives; with neither the office's own.
    ordered_on = models.DateField("责令重新答复", null=True, editable=False)
    reply_workdays = models.PositiveSmallIntegerField("责令的工作日数", null=True, editable=False)
    reply_until = models.DateField("责令的日期", null=True, editable=False)
    #: The clock of the request itself runs anew; else the case has a day of its own.
    reordered = models.BooleanField("申请重新计时", default=False, editable=False)
    reply_due_on = models.DateField("重新答复期限", null=True, editable=False)
    replied_on = models.DateField("重新答复日期", null=True, editable=False)
    lessons = models.TextField("经验教训", max_length=3000, blank=True)
    closed_on = models.DateField("办结日期", null=True, editable=False)

    imported = models.CharField("导入来源", max_length=200, blank=True, editable=False)
    demo = models.BooleanField("演示", default=False, editable=False)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    objects = DisputeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "复议、诉讼案件"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "serial"], name="a_dispute_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True, result="", finding="")
                | (Q(concluded_on__isnull=False) & ~Q(result="") & ~Q(finding="")),
                name="a_concluded_dispute_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("received_on")),
                name="a_dispute_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "received_on", "id"], name="disputes_of_organ"),
            models.Index(fields=["received_on", "id"], name="disputes_all_received"),
            models.Index(fields=["organ", "concluded_on"], name="disputes_concluded"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(due_on__isnull=False),
                name="disputes_to_answer",
            ),
            models.Index(
                fields=["reply_due_on", "id"],
                condition=Q(ordered_on__isnull=False, replied_on__isnull=True),
                name="disputes_to_obey",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("disputes:dispute", args=[self.pk])

    @property
    def sort(self) -> Kind:
        """案件种类，as what it is and not as it is kept."""
        return Kind(self.kind)

    @property
    def is_open(self) -> bool:
        """尚未有结论。"""
        return self.state in OPEN

    @property
    def to_answer(self) -> bool:
        """还没有提交答复。"""
        return self.state in ANSWERING

    @property
    def tone(self) -> str:
        """Colour of the pill of its state."""
        return TONES[State(self.state)]

    @property
    def found(self) -> Finding | None:
        """结论：None while there is none."""
        return finding(self.finding) if self.finding else None

    @property
    def result_told(self) -> str:
        """结果：the column of Table 4 it stands in today."""
        return str(Result(self.result).label) if self.result else PENDING

    @property
    def result_tone(self) -> str:
        """Colour of the result."""
        return Result(self.result).tone if self.result else "info"

    @property
    def answered_late(self) -> bool | None:
        """是否逾期提交：None while nothing was handed in."""
        if self.filed_on is None:
            return None
        return self.last_due_on is not None and self.filed_on > self.last_due_on

    @property
    def must_obey(self) -> bool:
        """还要重新答复。"""
        return self.ordered_on is not None and self.replied_on is None

    def days_left(self, on: date | None = None) -> int | None:
        """还有几天：to the last day of our answer; negative when late."""
        return None if self.due_on is None else (self.due_on - (on or timezone.localdate())).days
