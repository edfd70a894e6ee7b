"""编报口径、编报通知、编报单位。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.organs.models import Organ, Staff
from gongkai.reporting.states import (
    CALLS,
    CallState,
    Scope,
)

#: The longest text a person writes here.
LONGEST = 30_000


class Practice(models.Model):
    """编报口径：an organ's choices where the form leaves one.

    An organ without a row of its own follows the nearest organ above it that has one; the names
    are each organ's own.
    """

    organ = models.OneToOneField(
        Organ, models.PROTECT, verbose_name="机关", related_name="reporting_practice"
    )
    own_name = models.CharField(
        "本机关年报的署名", max_length=100, blank=True, help_text="不填则用机关全称"
    )
    whole_name = models.CharField(
        "汇总年报的署名", max_length=100, blank=True, help_text="不填则用机关全称"
    )
    lapsed_is_repealed = models.BooleanField(
        "失效的计入本年废止件数", default=False, help_text="表样没有写明失效是否计入废止"
    )

    class Meta:
        verbose_name = verbose_name_plural = "编报口径"

    def __str__(self) -> str:
        return f"{self.organ}编报口径"


class Call(models.Model):
    """编报通知：the competent department asks its units for the reports of a year."""

    FLOW = CALLS

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="发出机关", related_name="report_calls"
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("标题", max_length=200)
    text = models.TextField("要求", max_length=LONGEST, blank=True)
    due_on = models.DateField("各单位报送截止日期")
    publish_on = models.DateField(
        "各单位公布截止日期", help_text="不得晚于次年1月31日（第四十九条第一款）"
    )
    whole_on = models.DateField(
        "汇总年报公布截止日期", help_text="不得晚于次年3月31日（第四十九条第二款）"
    )
    state = models.CharField(
        "状态", max_length=8, choices=CallState, default=CallState.DRAFT, editable=False
    )
    author = models.ForeignKey(Staff, models.PROTECT, verbose_name="拟稿人", related_name="+")
    issued_at = models.DateTimeField("发出时间", null=True, editable=False)
    demo = models.BooleanField("演示", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "编报通知"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year"],
                name="an_organ_calls_once_a_year",
                violation_error_message="这一年的编报通知已经有了。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("reporting:call", args=[self.pk])


class Unit(models.Model):
    """编报单位：who has to report; ``organ`` None is a unit outside the system, filed by file."""

    call = models.ForeignKey(Call, models.CASCADE, verbose_name="编报通知", related_name="units")
    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="机关", null=True, blank=True, related_name="+"
    )
    name = models.CharField("名称", max_length=100)
    scope = models.CharField("范围", max_length=8, choices=Scope, default=Scope.OWN)
    due_on = models.DateField("另定的截止日期", null=True, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编报单位"
        ordering = ["call", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "name"],
                name="a_unit_is_called_once",
                violation_error_message="这个单位已经在名单里。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def due(self) -> date:
        """报送截止日期：its own, else that of the call."""
        return self.due_on or self.call.due_on
