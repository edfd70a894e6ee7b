"""提醒：what has been said about which date, so that it is said once and never forgotten."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.applications.models.application import Application


class Reminder(models.Model):
    """提醒：one rule about one date of one application, once（due ≤ today and not yet told）."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="reminders"
    )
    rule = models.CharField("规则", max_length=20)
    about = models.DateField("所提醒的日期")
    at = models.DateTimeField("提醒时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "rule", "about"], name="an_application_is_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.about}"
