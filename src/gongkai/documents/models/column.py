"""栏目、专题，文件在其中的位置，以及每次公开的记录。"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.urls import reverse
from django.utils import timezone

from gongkai.documents.kinds import CHOICES, COLUMN_TYPES
from gongkai.documents.models.document import Document
from gongkai.documents.queries import ColumnQuery, PlacementQuery, PublicationQuery
from gongkai.documents.states import Channel
from gongkai.organs.models import Organ, Staff


class Column(models.Model):
    """栏目：one place in the tree of an organ's site; a topic (专题) opens and closes."""

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="所属机关", related_name="columns"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级栏目", null=True, blank=True, related_name="below"
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    name = models.CharField("栏目名称", max_length=60)
    type = models.CharField(
        "栏目类别",
        max_length=20,
        choices=[(name, name) for name in COLUMN_TYPES],
        default="信息公开目录",
    )
    description = models.CharField("栏目说明", max_length=300, help_text="用途和内容")
    tags = models.CharField("关键词", max_length=200, blank=True, help_text="用空格分开")
    statutory = models.CharField("法定板块", max_length=20, blank=True, editable=False)
    kind = models.CharField(
        "收录的种类",
        max_length=16,
        choices=CHOICES,
        blank=True,
        help_text="起草这一种类的文件时默认放入本栏目",
    )
    keeper = models.CharField("责任处（科）室", max_length=60, blank=True)
    update_days = models.PositiveSmallIntegerField(
        "更新要求（天）", null=True, blank=True, help_text="至少每多少天更新一次；空为不作要求"
    )
    position = models.PositiveSmallIntegerField("排序", default=100)
    topic = models.BooleanField("专题", default=False)
    opens_on = models.DateField("开设日期", null=True, blank=True)
    closes_on = models.DateField("关闭日期", null=True, blank=True)
    updated_at = models.DateTimeField("最近更新", null=True, editable=False)
    demo = models.BooleanField("演示", default=False, editable=False)

    objects = ColumnQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "parent", "name"],
                name="columns_side_by_side_differ",
                nulls_distinct=True,
                violation_error_message="同一级已有同名栏目。",
            ),
            models.UniqueConstraint(
                fields=["organ", "statutory"],
                condition=~Q(statutory=""),
                name="a_statutory_block_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(opens_on__lte=F("closes_on")),
                name="a_topic_closes_after_it_opens",
                violation_error_message="专题的关闭日期不能早于开设日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """永久地址：the same as ``reverse``, asked once; every list shows a tree of them."""
        return _address().replace("/0/", f"/{self.pk}/")

    def clean(self) -> None:
        """A column stays in its organ's tree and not below itself."""
        if self.parent and self.parent.organ_id != self.organ_id:
            raise ValidationError({"parent": "上级栏目须属于同一机关。"})
        if self.parent and self.pk and self.pk in self.parent.lineage:
            raise ValidationError({"parent": "上级栏目不能是本栏目或本栏目的下级。"})
        if not self.topic and (self.opens_on or self.closes_on):
            raise ValidationError({"opens_on": "只有专题有开设、关闭日期。"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep ``path`` true: the keys from the top down to here; those below move along."""
        with transaction.atomic():
            before = self.path
            if not self.pk:
                self.path = f"?{self.organ_id}:{self.parent_id}:{self.name}"[:200]
                super().save(*args, **kwargs)
                kwargs = {"using": kwargs.get("using")}
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            super().save(*args, **kwargs)
            if before and before != self.path:
                Column.objects.filter(path__startswith=before).exclude(pk=self.pk).update(
                    path=Concat(Value(self.path), Substr("path", len(before) + 1))
                )

    @property
    def lineage(self) -> list[int]:
        """Keys from the top down to this column."""
        return [int(part) for part in self.path.strip("/").split("/") if part]

    @property
    def depth(self) -> int:
        """How far below the top."""
        return self.path.count("/") - 2

    def stands(self, on: date) -> bool:
        """开放：whether it takes new documents on that day."""
        return (self.opens_on is None or self.opens_on <= on) and (
            self.closes_on is None or on <= self.closes_on
        )

    def stale_since(self) -> date | None:
        """逾期未更新：the first day it was late, or None while it is not."""
        if not self.update_days or not self.stands(timezone.localdate()):
            return None
        last = timezone.localdate(self.updated_at) if self.updated_at else self.opens_on
        if last is None:
            return date.min
        late = last + timedelta(days=self.update_days + 1)
        return late if late <= timezone.localdate() else None


def column_key(pk: int, day: date) -> str:
    """Under what the portal keeps a column and its surroundings for a minute."""
    return f"documents.column:{pk}:{day}"


@cache
def _address() -> str:
    return reverse("documents:column", args=[0])


class Placement(models.Model):
    """位置：a document stands, or is to stand, in a column; ``issued_at`` once it does.

    A document in a column shows in the columns above it too; such rows are not ``direct``.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="placements", db_index=False
    )
    column = models.ForeignKey(
        Column, models.PROTECT, verbose_name="栏目", related_name="placements", db_index=False
    )
    direct = models.BooleanField("直接收录", default=True)
    issued_at = models.DateTimeField("发布时间", null=True)

    objects = PlacementQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "栏目位置"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "column"], name="a_document_stands_once_in_a_column"
            )
        ]
        indexes = [
            models.Index(
                fields=["column", "-issued_at", "-document"],
                condition=Q(issued_at__isnull=False),
                name="documents_in_column",
            )
        ]

    def __str__(self) -> str:
        return f"{self.column}：{self.document}"


class Publication(models.Model):
    """公开记录：a document went out by a channel; yearly figures count these rows.

    ``detail`` names the account, the gazette issue or the reading room. A withdrawal ends the
    row and does not erase it; what ended before it went out is not to go out any more, and
    ``detail`` says why.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="publications", db_index=False
    )
    channel = models.CharField("渠道", max_length=10, choices=Channel)
    column = models.ForeignKey(
        Column, models.PROTECT, verbose_name="栏目", null=True, blank=True, related_name="+",
        db_index=False,
    )  # fmt: skip
    detail = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间", null=True, help_text="空为待办：公报待刊、查阅场所待送")
    ended_at = models.DateTimeField("撤下时间", null=True)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="经办人", null=True, related_name="+", db_index=False
    )

    objects = PublicationQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开记录"
        indexes = [
            models.Index(fields=["document"], name="publications_of_document"),
            models.Index(fields=["channel", "at"], name="publications_by_channel"),
        ]

    def __str__(self) -> str:
        return f"{Channel(self.channel).label}：{self.document}"
