"""申请、申请人、所申请的事项、事件。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.applications.queries import ApplicationQuery, EventQuery
from gongkai.applications.states import (
    DONE,
    FLOW,
    OPEN,
    PHASES,
    Category,
    Delivery,
    Form,
    Identity,
    Phase,
    Sort,
    State,
)
from gongkai.law.course import Status
from gongkai.law.events import EVENTS, Channel
from gongkai.law.events import Event as Happening
from gongkai.law.ledger import read_channel, read_event
from gongkai.law.outcomes import OUTCOMES
from gongkai.organs.models import Organ, Staff
from gongkai.vault.fields import SealedText

#: 收到的途径：those an application can come by.
CHANNELS = [
    (channel.value, channel.label)
    for channel in Channel
    if channel not in (Channel.SERVED, Channel.PROACTIVE)
]
OUTCOME_CHOICES = [(one.code, one.name) for one in OUTCOMES]
#: The longest request in words; what is longer comes as a file.
LONGEST = 10_000


class Application(models.Model):
    """政府信息公开申请：one request, from its arrival to the archive.

    ``arrived_on`` is the raw day of arrival; ``received_on``（第三十一条）and the other dates of
    the clock are kept for sorting and written by ``clock.refresh`` alone, from the events. A
    correction or a reply ordered anew begins the period again, and leaves ``received_on`` where it
    was: the yearly report counts a request as new once. ``outcome`` is the counted one of its last
    reply served. ``applicant_name`` and ``category`` are those of the first applicant, kept here
    so that a list needs no other table.
    """

    FLOW = FLOW

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="受理机关", related_name="applications", db_index=False
    )
    year = models.PositiveSmallIntegerField("年度", editable=False)
    serial = models.PositiveIntegerField("流水号", editable=False)
    number = models.CharField("登记编号", max_length=80, unique=True, editable=False)
    code = SealedText("查询码", editable=False)

    sort = models.CharField("种类", max_length=14, choices=Sort, default=Sort.DISCLOSURE)
    channel = models.CharField("提交渠道", max_length=14, choices=CHANNELS)
    arrived_on = models.DateField("到达日期")
    arrival_note = models.CharField(
        "收件凭证", max_length=300, blank=True, help_text="邮件号码、签收人、传真或者邮件时间等"
    )
    handed_by = models.CharField("转来的机构", max_length=100, blank=True)

    applicant_name = models.CharField("申请人", max_length=100, blank=True)
    category = models.CharField("申请人类别", max_length=10, choices=Category)
    person_key = models.CharField(max_length=64, blank=True, editable=False)

    subject = models.CharField("所需信息名称", max_length=300)
    wanted_number = models.CharField("文号", max_length=120, blank=True)
    description = models.TextField("内容描述", max_length=LONGEST, blank=True)
    purpose = models.CharField("用途（可不填）", max_length=500, blank=True)
    form = models.CharField("获取形式", max_length=10, choices=Form, default=Form.ELECTRONIC)
    delivery = models.CharField("获取途径", max_length=10, choices=Delivery, blank=True)
    assistance = models.CharField(
        "所需帮助", max_length=300, blank=True, help_text="阅读、视听有困难的（第四十三条）"
    )
    text_key = models.CharField(max_length=64, blank=True, editable=False)

    state = models.CharField(
        "状态", max_length=12, choices=State, default=State.RECEIVED, editable=False
    )
    handler = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+",
        db_index=False,
    )  # fmt: skip
    author = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="拟稿人", null=True, editable=False, related_name="+",
        db_index=False,
    )  # fmt: skip
    unit = models.CharField("承办处（科）室", max_length=60, blank=True)

    standing = models.CharField("期限状态", max_length=20, blank=True, editable=False)
    received_on = models.DateField("收到日期", editable=False)
    due_on = models.DateField("法定期限", null=True, editable=False)
    original_due_on = models.DateField("原期限", null=True, editable=False)
    safe_on = models.DateField("稳妥期限", null=True, editable=False)
    internal_on = models.DateField("内部期限", null=True, editable=False)
    provisional = models.BooleanField("暂定", default=False, editable=False)
    turns_on = models.DateField("状态变化日期", null=True, editable=False)
    answered_on = models.DateField("答复日期", null=True, editable=False)
    last_due_on = models.DateField("答复时的期限", null=True, editable=False)

    outcome = models.CharField(
        "答复结果", max_length=4, choices=OUTCOME_CHOICES, blank=True, editable=False
    )
    round = models.PositiveSmallIntegerField("第几次答复", default=1, editable=False)
    closed_on = models.DateField("办结日期", null=True, editable=False)
    #: 年报计入的日期和结果: a reply ordered anew in a later year does not move them.
    ended_on = models.DateField("计入日期", null=True, editable=False)
    ended_as = models.CharField(
        "计入结果", max_length=4, choices=OUTCOME_CHOICES, blank=True, editable=False
    )
    archived_on = models.DateField("归档日期", null=True, editable=False)
    keep_until = models.DateField("延长保管至", null=True, editable=False)
    anonymised_on = models.DateField("匿名化日期", null=True, editable=False)
    disputed = models.BooleanField("涉及复议、诉讼", default=False, editable=False)

    origin = models.ForeignKey(
        "self", models.PROTECT, verbose_name="关联申请", null=True, blank=True,
        related_name="followers", db_index=False,
    )  # fmt: skip
    origin_kind = models.CharField("关联原因", max_length=100, blank=True, editable=False)
    imported = models.CharField("导入来源", max_length=200, blank=True, editable=False)
    demo = models.BooleanField("演示", default=False, editable=False)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    objects = ApplicationQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政府信息公开申请"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "serial"], name="an_application_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLOSED, State.ARCHIVED]) | ~Q(outcome=""),
                name="a_closed_application_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "id"], name="applications_of_organ"),
            models.Index(fields=["organ", "state", "id"], name="applications_of_organ_state"),
            models.Index(fields=["handler", "state", "id"], name="applications_of_handler"),
            models.Index(fields=["handler", "received_on", "id"], name="applications_handled"),
            # A day runs only while there is no reply. Said of the day and not of the state, for
            # SQLite knows such an index again only where the question holds no values.
            models.Index(
                fields=["organ", "due_on", "id"],
                condition=Q(due_on__isnull=False),
                name="applications_open_due",
            ),
            models.Index(
                fields=["turns_on"],
                condition=Q(state__in=OPEN, turns_on__isnull=False),
                name="applications_turning",
            ),
            models.Index(fields=["organ", "received_on", "id"], name="applications_received"),
            models.Index(fields=["organ", "closed_on", "id"], name="applications_closed"),
            models.Index(
                fields=["unit", "organ", "received_on", "id"], name="applications_of_unit"
            ),
            models.Index(
                fields=["organ", "received_on", "id"],
                condition=Q(disputed=True),
                name="applications_disputed",
            ),
            # The yearly report counts by these alone and looks up no row.
            models.Index(
                fields=["organ", "ended_on", "received_on", "ended_as", "category", "sort"],
                name="applications_of_the_year",
            ),
            models.Index(
                fields=["received_on", "id"],
                condition=Q(answered_on__gt=F("last_due_on")),
                name="applications_answered_late",
            ),
            # The competent department looks through the registers of all organs at once.
            models.Index(fields=["received_on", "id"], name="applications_all_received"),
            models.Index(fields=["year", "serial", "id"], name="applications_all_numbers"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(due_on__isnull=False),
                name="applications_all_open_due",
            ),
            models.Index(
                fields=["person_key", "organ", "received_on", "id"],
                name="applications_of_a_person",
            ),
            models.Index(
                fields=["origin", "organ", "received_on", "id"], name="applications_following"
            ),
            models.Index(
                fields=["text_key", "organ", "received_on", "id"], name="applications_of_a_text"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("applications:desk_application", args=[self.pk])

    @property
    def came_by(self) -> Channel:
        """收到的途径：as the clock knows it."""
        return read_channel(self.channel)

    @property
    def phase(self) -> Phase:
        """阶段。"""
        return PHASES[State(self.state)]

    @property
    def is_open(self) -> bool:
        """未答复。"""
        return self.state in OPEN

    @property
    def is_done(self) -> bool:
        """已答复。"""
        return self.state in DONE

    @property
    def overdue(self) -> bool:
        """已逾期：still open, and past the statutory day."""
        return self.standing == Status.OVERDUE

    @property
    def late(self) -> bool | None:
        """是否逾期答复：None while there is no reply."""
        if self.answered_on is None:
            return None
        return self.last_due_on is not None and self.answered_on > self.last_due_on

    def days_left(self, on: date | None = None) -> int | None:
        """还有几天：calendar days to the statutory day; negative when late."""
        return None if self.due_on is None else (self.due_on - (on or timezone.localdate())).days


class Applicant(models.Model):
    """申请人：who asks; several may ask together, the first one is counted.

    Identity numbers and contacts are sealed; ``actions.opening`` opens them, with a reason.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="applicants"
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    category = models.CharField("类别", max_length=10, choices=Category, default=Category.PERSON)
    name = models.CharField("姓名（名称）", max_length=100)
    identity = models.CharField("证件种类", max_length=12, choices=Identity, blank=True)
    identity_number = SealedText("证件号码", mask="id", blank=True)
    representative = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = SealedText("联系电话", mask="phone", blank=True)
    email = SealedText("电子邮箱", mask="email", blank=True)
    address = SealedText("通信地址", mask="address", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    proxy = models.CharField("代理人", max_length=60, blank=True)
    proxy_number = SealedText("代理人证件号码", mask="id", blank=True)
    proxy_phone = SealedText("代理人电话", mask="phone", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人"
        ordering = ["application", "order", "pk"]

    def __str__(self) -> str:
        return self.name


class Matter(models.Model):
    """申请事项：one of the things asked for; answered one by one, counted once."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="matters"
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    text = models.TextField("内容", max_length=LONGEST)
    unit = models.CharField("承办处（科）室", max_length=60, blank=True)
    outcome = models.CharField("答复结果", max_length=4, choices=OUTCOME_CHOICES, blank=True)
    #: What the reply must say of this outcome, by the names of ``letters.fields``.
    findings = models.JSONField("查明的情况", default=dict, blank=True)
    #: 区分处理（第三十七条）: None before anybody has answered the question.
    severable = models.BooleanField("能否区分处理", null=True)
    severing = models.TextField("区分处理的考虑", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请事项"
        ordering = ["application", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Event(models.Model):
    """事件：one dated row of the ledger the clock replays; struck when entered by mistake."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="events"
    )
    on = models.DateField("日期")
    kind = models.CharField("事件", max_length=24, choices=[(one.TYPE, one.NAME) for one in EVENTS])
    told = models.JSONField("内容", default=dict)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="登记人", null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("登记时间", default=timezone.now)
    struck_at = models.DateTimeField("更正时间", null=True, editable=False)
    struck_why = models.CharField("更正原因", max_length=300, blank=True, editable=False)

    objects = EventQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        ordering = ["application", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on}{self.get_kind_display()}"

    @property
    def happening(self) -> Happening:
        """事件：as the clock reads it; raises BadLedger for a row that makes no sense."""
        return read_event(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The shape of ``law.ledger``."""
        return {"type": self.kind, "date": f"{self.on}", **self.told}
