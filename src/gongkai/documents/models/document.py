"""文件、版本、文件之间的关系、流水号。"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.documents.kinds import CHOICES, GENRES, KINDS, TOPICS, Kind, codes
from gongkai.documents.queries import DocumentQuery, RelationQuery
from gongkai.documents.states import DUE, FLOW, PUBLIC, Attribute, Link, State, Validity
from gongkai.organs.models import Organ, Staff


class Document(models.Model):
    """主动公开文件：information the organ publishes of its own accord.

    ``state`` is how far our work has come; ``validity`` is what the law still makes of the
    document. A repealed document stays on the portal, marked. ``due_on``, ``validity`` and
    ``turns_on`` are kept for sorting; each is written by one function, from the dates beside it.
    """

    FLOW = FLOW

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="公开机关", related_name="documents", db_index=False
    )
    author = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="起草人", null=True, related_name="+", db_index=False
    )
    kind = models.CharField("种类", max_length=16, choices=CHOICES)
    title = models.CharField("标题", max_length=300)
    issuer = models.CharField(
        "发文机关", max_length=200, blank=True, help_text="联合发文的，用顿号分开，主办机关在前"
    )
    number = models.CharField("发文字号", max_length=120, blank=True)
    number_key = models.CharField(max_length=160, blank=True, editable=False)
    index_number = models.CharField("索引号", max_length=40, blank=True, editable=False)
    genre = models.CharField(
        "公文种类", max_length=10, blank=True, choices=[(genre, genre) for genre in GENRES]
    )
    topic = models.CharField(
        "主题分类", max_length=40, blank=True, choices=[(topic, topic) for topic in TOPICS]
    )
    keywords = models.CharField("关键词", max_length=200, blank=True, help_text="用空格分开")
    summary = models.TextField("内容概述", max_length=1000, blank=True)
    audience = models.CharField("适用对象", max_length=200, blank=True)
    basis = models.CharField("制定依据", max_length=500, blank=True)

    formed_on = models.DateField("成文日期", null=True, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    period_basis = models.CharField("有效期依据", max_length=200, blank=True)
    ended_on = models.DateField("废止（失效）日期", null=True, blank=True, editable=False)
    ended_as = models.CharField(
        "终止方式", max_length=10, choices=Validity, blank=True, editable=False
    )
    amended_on = models.DateField("修改日期", null=True, blank=True, editable=False)

    attribute = models.CharField(
        "公开属性", max_length=12, choices=Attribute, default=Attribute.PROACTIVE
    )
    state = models.CharField(
        "状态", max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    validity = models.CharField(
        "有效性", max_length=10, choices=Validity, blank=True, editable=False
    )
    turns_on = models.DateField("有效性变化日期", null=True, editable=False)
    due_from = models.DateField("期限起算日", null=True, editable=False)
    due_on = models.DateField("公开期限", null=True, editable=False)
    publish_at = models.DateTimeField("定时发布时间", null=True, editable=False)
    issued_at = models.DateTimeField("发布时间", null=True, editable=False)
    edition = models.PositiveIntegerField("版本", default=0, editable=False)
    caption = models.CharField(
        "题注", max_length=500, blank=True, help_text="规章：公布、修改的日期和文号，施行日期"
    )
    origin = models.CharField("来源编号", max_length=200, blank=True, editable=False)
    source_url = models.URLField("原文地址", max_length=500, blank=True)
    demo = models.BooleanField("演示", default=False, editable=False)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    objects = DocumentQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "主动公开文件"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.ISSUED)
                | Q(issued_at__isnull=False, attribute__in=PUBLIC)
                & (~Q(index_number="") | Q(kind__in=codes(reprint=True))),
                name="an_issued_document_is_public",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED) | Q(publish_at__isnull=False),
                name="a_scheduled_document_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(effective_on__lte=F("valid_to")),
                name="validity_ends_after_it_begins",
                violation_error_message="有效期不能在施行日期之前届满。",
            ),
            models.UniqueConstraint(
                fields=["index_number"],
                condition=~Q(index_number=""),
                name="an_index_number_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["number_key", "organ"],
                condition=~Q(number_key=""),
                name="a_number_is_used_once_at_an_organ",
            ),
            models.UniqueConstraint(
                fields=["origin", "organ"], condition=~Q(origin=""), name="an_origin_is_loaded_once"
            ),
        ]
        indexes = [
            # The desk: one organ's papers, newest first, by state or kind. What stands behind the
            # id is there to be read on the way: a walk past what was not asked for, or a count,
            # looks up no row.
            models.Index(
                fields=["organ", "id", "state", "kind", "validity"], name="documents_of_organ"
            ),
            models.Index(
                fields=["organ", "state", "id", "kind", "validity"],
                name="documents_of_organ_state",
            ),
            models.Index(
                fields=["organ", "kind", "id", "state", "validity"],
                name="documents_of_organ_kind",
            ),
            models.Index(fields=["state", "id"], name="documents_by_state"),
            models.Index(fields=["kind", "id", "state", "validity"], name="documents_by_kind"),
            models.Index(fields=["validity", "id", "state", "kind"], name="documents_by_validity"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=DUE, attribute__in=PUBLIC),
                name="documents_due",
            ),
            # The portal: what is issued, newest first.
            models.Index(fields=["state", "-issued_at", "-id"], name="documents_issued"),
            models.Index(
                fields=["organ", "state", "-issued_at", "-id", "kind", "validity"],
                name="documents_issued_of_organ",
            ),
            # The library: by kind, by validity, by topic.
            models.Index(
                fields=["state", "kind", "-issued_at", "-id"], name="documents_issued_of_kind"
            ),
            models.Index(
                fields=["state", "validity", "-issued_at", "-id"], name="documents_issued_valid"
            ),
            models.Index(
                fields=["kind", "validity", "-issued_at", "-id"], name="documents_valid_of_kind"
            ),
            # Every night: what begins, ends or lapses today; what will lapse within a year.
            models.Index(
                fields=["turns_on"], condition=Q(turns_on__isnull=False), name="documents_turning"
            ),
            models.Index(
                fields=["valid_to", "id"],
                condition=Q(valid_to__isnull=False),
                name="documents_expiring",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """永久地址：the same for as long as the document stands."""
        return reverse("documents:document", args=[self.pk])

    @property
    def row(self) -> Kind:
        """种类：its row in the list of kinds."""
        return KINDS[self.kind]

    @property
    def overdue(self) -> bool:
        """逾期：signed for the public, and the day is past（第二十六条）。"""
        return bool(
            self.state in DUE
            and self.attribute in PUBLIC
            and self.due_on
            and self.due_on < timezone.localdate()
        )

    @property
    def validity_tone(self) -> str:
        """Colour of the pill of its validity."""
        return Validity(self.validity).tone

    @property
    def attribute_note(self) -> str:
        """附注。"""
        return Attribute(self.attribute).note


class Version(models.Model):
    """版本：the text as it stood; a new text is a new row, none is ever changed.

    ``findings`` are those of the screening of this very text, masked, or None before it was
    looked at. ``basis`` is the document that brought an amendment about.
    """

    class Why(models.TextChoices):
        """版本由来。"""

        DRAFT = "draft", "起草"
        IMPORT = "import", "导入"
        CORRECTION = "correction", "更正"
        AMENDMENT = "amendment", "修改"

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField("版次")
    why = models.CharField("由来", max_length=10, choices=Why, default=Why.DRAFT)
    reason = models.CharField("说明", max_length=500, blank=True)
    title = models.CharField("标题", max_length=300)
    caption = models.CharField("题注", max_length=500, blank=True)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="提交人", null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("时间", default=timezone.now)
    basis = models.ForeignKey(
        Document, models.PROTECT, verbose_name="依据", null=True, related_name="+"
    )
    findings = models.JSONField("筛查发现", null=True)
    html = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="a_version_is_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if not self._state.adding:
            raise TypeError("a version is never changed; add another one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Append only."""
        raise TypeError("a version is never deleted")


class Relation(models.Model):
    """文件关系：``source`` does ``link`` to ``target``, from a day on; shown on both pages."""

    source = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="acts", db_index=False
    )
    target = models.ForeignKey(
        Document, models.PROTECT, verbose_name="相关文件", related_name="acted_upon"
    )
    link = models.CharField("关系", max_length=12, choices=Link)
    on = models.DateField("生效日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = RelationQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件关系"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "link"],
                name="a_relation_is_told_once",
                violation_error_message="这个关系已经记过。",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="no_document_acts_upon_itself",
                violation_error_message="文件不能与自己建立关系。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}{Link(self.link).label}{self.target}"

    @property
    def passive(self) -> str:
        """The relation as the second document sees it."""
        return Link(self.link).passive
