"""读入待确认的文件、提醒、印好的年报。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.files.models import OwnedFile
from gongkai.organs.models import Organ, Staff
from gongkai.reporting.models.call import Unit
from gongkai.reporting.models.filing import Filing
from gongkai.reporting.states import (
    Scope,
)


class Intake(models.Model):
    """待确认的文件：a published report as it was read, until somebody says that it was read right.

    Kept is what was read, in the exchange format, and not the file.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="机关", related_name="+")
    scope = models.CharField("范围", max_length=8, choices=Scope, default=Scope.OWN)
    year = models.PositiveSmallIntegerField("年度", null=True)
    name = models.CharField("文件名", max_length=200)
    report = models.JSONField("读到的内容")
    by = models.ForeignKey(Staff, models.PROTECT, verbose_name="上传人", related_name="+")
    at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "待确认的年报文件"
        ordering = ["organ", "-year", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("reporting:intake", args=[self.pk])


class Reminder(models.Model):
    """提醒：one rule about one day of one unit or report, once; ``urge`` is 催报 by a person."""

    unit = models.ForeignKey(
        Unit, models.CASCADE, verbose_name="编报单位", null=True, related_name="reminders"
    )
    filing = models.ForeignKey(
        Filing, models.CASCADE, verbose_name="报送件", null=True, related_name="reminders"
    )
    rule = models.CharField("规则", max_length=20)
    about = models.DateField("所提醒的日期")
    at = models.DateTimeField("提醒时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "rule", "about"], name="a_unit_is_reminded_once"
            ),
            models.UniqueConstraint(
                fields=["filing", "rule", "about"], name="a_report_is_reminded_once"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(filing__isnull=True),
                name="a_reminder_is_of_a_unit_or_of_a_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.about}"


class Print(OwnedFile):
    """打印件：a published version in one format, made once and the same for everybody."""

    filing = models.ForeignKey(Filing, models.CASCADE, verbose_name="报送件", related_name="prints")
    form = models.CharField("格式", max_length=4)

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "打印件"
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["filing", "form"], name="a_version_is_printed_once")
        ]
