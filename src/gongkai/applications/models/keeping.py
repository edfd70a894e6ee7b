"""保管期限：what was removed when its time was over, and the proof that stays of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from gongkai.organs.models import Organ, Staff


class Disposal(models.Model):
    """处置记录：a list of what was removed, without anything of what it said.

    Kept for ever: the database itself refuses to change or delete a row. ``items`` has a row a
    thing removed; ``sha256`` is over the list as canonical JSON, and stands in the trail too.
    """

    class Kind(models.TextChoices):
        """处置的种类。"""

        SCANS = "scans", "清除身份证明影像"
        ANONYMISE = "anonymise", "匿名化"

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="机关", related_name="disposals")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    reason = models.CharField("依据和理由", max_length=300)
    applications = models.PositiveIntegerField("申请件数")
    items = models.JSONField("清单", default=list)
    sha256 = models.CharField("清单校验值", max_length=64)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="经办人", null=True, related_name="+", db_index=False
    )
    by_name = models.CharField("经办人姓名", max_length=100)
    at = models.DateTimeField("处置时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "处置记录"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organ}{self.get_kind_display()}{self.applications}件"

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("applications:disposal", args=[self.pk])
