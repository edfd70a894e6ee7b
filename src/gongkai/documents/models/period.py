"""有效期：the rules of a place on how long a normative document lives, and the reminders."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.documents.models.document import Document
from gongkai.organs.models import Organ


class PeriodRule(models.Model):
    """有效期规则：counts at an organ and everywhere below it, where no nearer rule says otherwise.

    Places differ and change their mind; a rule is data with its document, never a constant.
    """

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="适用机关", related_name="period_rules"
    )
    provisional = models.BooleanField("暂行、试行", default=False)
    years = models.PositiveSmallIntegerField("有效期（年）")
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "有效期规则"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "provisional"],
                name="one_period_rule_of_a_kind_at_an_organ",
                violation_error_message="这个机关已有同类的有效期规则。",
            ),
            models.CheckConstraint(
                condition=models.Q(years__range=(1, 30)),
                name="a_period_is_of_some_years",
                violation_error_message="有效期应在1至30年之间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ}：{'暂行、试行' if self.provisional else '一般'}{self.years}年"


class Reminder(models.Model):
    """到期提醒：that a document lapses in so many months was said, once."""

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="reminders"
    )
    months = models.PositiveSmallIntegerField("提前（月）")
    valid_to = models.DateField("有效期至")
    at = models.DateTimeField("提醒时间", default=timezone.now)
    settled_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "到期提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "months", "valid_to"], name="a_reminder_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}：还有不到{self.months}个月到期"
