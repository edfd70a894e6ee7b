"""报送件、正文、手工数字、说明、附件。"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.annual.forms import PARTS, Ref
from gongkai.annual.model import Figure
from gongkai.documents.models import Document
from gongkai.files.models import OwnedFile
from gongkai.organs.models import Organ, Staff
from gongkai.reporting.models.call import LONGEST, Call
from gongkai.reporting.queries import FilingQuery
from gongkai.reporting.states import (
    EDITABLE,
    FLOW,
    FROZEN,
    PUBLIC,
    Basis,
    Scope,
    State,
)

#: What stands before part one: the legal basis, the period, how to reach the office.
OPENING = 0
#: 0 is the opening, 1 to 6 the parts of the form.
PART_NAMES = {OPENING: "前言", **dict(enumerate(PARTS, start=1))}


class Filing(models.Model):
    """报送件：one version of one unit's yearly report.

    While it is being written its figures are counted anew on every page; from the moment the
    leader is asked they stand in ``frozen``, a report in the exchange format of ``annual``.
    """

    FLOW = FLOW

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="机关", related_name="filings", db_index=False
    )
    scope = models.CharField("范围", max_length=8, choices=Scope, default=Scope.OWN)
    name = models.CharField("署名", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1, editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    basis = models.CharField("数据来源", max_length=8, choices=Basis, default=Basis.RECORDS)
    call = models.ForeignKey(
        Call, models.PROTECT, verbose_name="编报通知", null=True, related_name="filings"
    )
    due_on = models.DateField("报送截止日期", null=True, editable=False)
    author = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="编制人", null=True, related_name="+"
    )

    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    frozen = models.JSONField("定稿", null=True, editable=False)
    #: SHA-256 of ``frozen``; the trail keeps it, so that nobody can change what was approved.
    seal = models.CharField("定稿校验值", max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField("定稿时间", null=True, editable=False)
    submitted_at = models.DateTimeField("报送时间", null=True, editable=False)
    published_at = models.DateTimeField("公布时间", null=True, editable=False)
    published_on = models.DateField("公布日期", null=True, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name="更正的年报", null=True, editable=False,
        related_name="replaced_by",
    )  # fmt: skip
    note = models.TextField("更正说明", max_length=1000, blank=True)
    source = models.CharField("读入的文件", max_length=200, blank=True, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="公布的文件", null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    demo = models.BooleanField("演示", default=False, editable=False)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    objects = FilingQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-year", "organ", "scope", "name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "scope", "name", "year", "version"],
                name="a_version_of_a_report_is_there_once",
            ),
            models.UniqueConstraint(
                fields=["organ", "scope", "name", "year"],
                condition=~Q(state__in=PUBLIC),
                name="one_report_of_a_year_is_in_the_making",
                violation_error_message="这一年的年报正在编制，不能再建一份。",
            ),
            models.CheckConstraint(
                condition=Q(frozen__isnull=False) | Q(state__in=EDITABLE),
                name="a_report_on_its_way_is_frozen",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "year", "id"], name="filings_of_organ"),
            models.Index(fields=["year", "state", "id"], name="filings_of_year"),
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.year}年政府信息公开工作年度报告"

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("reporting:desk_filing", args=[self.pk])

    @property
    def tone(self) -> str:
        """Colour of the pill of its state."""
        return State(self.state).tone

    @property
    def is_editable(self) -> bool:
        """可以修改。"""
        return self.state in EDITABLE

    @property
    def is_frozen(self) -> bool:
        """数字已经定下。"""
        return self.state in FROZEN

    @property
    def is_public(self) -> bool:
        """已经公布。"""
        return self.state in PUBLIC and self.published_on is not None


def paragraphs(text: str) -> list[str]:
    """段落：a line each; empty lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Section(models.Model):
    """正文：the opening or one of the six parts; live figures stand as {新收} in the text.

    ``revision`` counts the saves: who saves over another's is told, and loses nothing.
    """

    filing = models.ForeignKey(
        Filing, models.CASCADE, verbose_name="报送件", related_name="sections"
    )
    number = models.PositiveSmallIntegerField("部分", choices=list(PART_NAMES.items()))
    text = models.TextField("正文", max_length=LONGEST, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0, editable=False)
    edited_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="修改人", null=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField("修改时间", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "正文"
        ordering = ["filing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="a_part_stands_once")
        ]

    def __str__(self) -> str:
        return PART_NAMES[self.number]

    @property
    def paragraphs(self) -> list[str]:
        """The prose, a paragraph a line."""
        return paragraphs(self.text)


class Entry(models.Model):
    """手工数字：a figure from outside the records, with its source; blank is not 0."""

    filing = models.ForeignKey(
        Filing, models.CASCADE, verbose_name="报送件", related_name="entries"
    )
    table = models.CharField("表", max_length=40)
    row = models.CharField("行", max_length=60)
    column = models.CharField("列", max_length=40)
    value = models.DecimalField("数字", max_digits=20, decimal_places=6)
    source = models.CharField(
        "来源", max_length=200, help_text="如“市行政审批局2022年统计报表”，公布时不显示"
    )
    imported = models.CharField("导入的文件", max_length=200, blank=True, editable=False)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="填写人", null=True, related_name="+"
    )
    at = models.DateTimeField("填写时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "手工数字"
        ordering = ["filing", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "table", "row", "column"], name="a_cell_is_typed_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_figure_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.ref}：{self.figure}"

    @property
    def ref(self) -> Ref:
        """单元格。"""
        return Ref(self.table, self.row, self.column)

    @property
    def figure(self) -> Figure:
        """数字：whole where it is whole."""
        value: Decimal = self.value
        return int(value) if value == value.to_integral_value() else value.normalize()


class Waiver(models.Model):
    """说明：why a finding stands as it is; ``key`` as ``annual.checks.waive`` reads it."""

    filing = models.ForeignKey(
        Filing, models.CASCADE, verbose_name="报送件", related_name="waivers"
    )
    key = models.CharField("规则", max_length=120)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="说明人", null=True, related_name="+"
    )
    at = models.DateTimeField("说明时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "说明"
        ordering = ["filing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "key"], name="a_finding_is_waived_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}：{self.reason}"


class FilingFile(OwnedFile):
    """年报附件：published with the report unless it is kept inside."""

    filing = models.ForeignKey(Filing, models.CASCADE, verbose_name="报送件", related_name="files")
    inside = models.BooleanField("只供内部使用", default=False)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="上传人", null=True, related_name="+", db_index=False
    )

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "年报附件"
        abstract = False
