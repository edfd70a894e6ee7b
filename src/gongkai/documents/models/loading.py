"""导入：how far a file has come, and the rows that were refused."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.organs.models import Organ


class ImportRun(models.Model):
    """导入：one file, known by its content; taken up again where it stopped."""

    digest = models.CharField("文件校验值", max_length=64)
    name = models.CharField("文件名", max_length=200)
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="公开机关", related_name="+")
    done = models.PositiveIntegerField("已处理（行）", default=0)
    added = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("更新", default=0)
    same = models.PositiveIntegerField("未变", default=0)
    failed = models.PositiveIntegerField("失败", default=0)
    begun_at = models.DateTimeField("开始时间", default=timezone.now)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "organ"],
                condition=models.Q(finished_at__isnull=True),
                name="a_file_is_loaded_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FailedRow(models.Model):
    """失败的行：which row, and why in words."""

    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name="导入", related_name="failures")
    row = models.PositiveIntegerField("行号")
    title = models.CharField("标题", max_length=300, blank=True)
    reason = models.CharField("原因", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "失败的行"
        ordering = ["row"]

    def __str__(self) -> str:
        return f"第{self.row}行：{self.reason}"
