"""导入登记簿：one file of an earlier register, how far it has got, and what is doubtful in it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from gongkai.files.models import OwnedFile
from gongkai.organs.models import Organ, Staff


class Load(models.Model):
    """导入：one file into the register of one organ; taken up again where it stopped.

    ``mapping`` is column of the file → ours, as somebody corrected it; empty for those known.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="机关", related_name="loads")
    digest = models.CharField("文件校验值", max_length=64)
    name = models.CharField("文件名", max_length=200)
    mapping = models.JSONField("列名对应", default=dict)
    checked_at = models.DateTimeField("检查时间", null=True)
    done = models.PositiveIntegerField("已处理（行）", default=0)
    added = models.PositiveIntegerField("新增", default=0)
    same = models.PositiveIntegerField("已有", default=0)
    failed = models.PositiveIntegerField("没有导入", default=0)
    doubtful = models.PositiveIntegerField("有疑点", default=0)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="导入人", null=True, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField("开始时间", default=timezone.now)
    applied_at = models.DateTimeField("确认导入时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入登记簿"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "organ"],
                condition=models.Q(finished_at__isnull=True),
                name="a_register_is_loaded_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """工作台上的地址。"""
        return reverse("applications:load", args=[self.pk])


class LoadFile(OwnedFile):
    """待导入的文件：full of names and numbers, so it is sealed, and gone when it is loaded."""

    load = models.OneToOneField(
        Load, models.CASCADE, verbose_name="导入", related_name="file"
    )  # fmt: skip

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "待导入的文件"
        abstract = False


class Doubt(models.Model):
    """疑点：row, column, what was read and why it is doubtful; a ``fatal`` one is not loaded.

    ``read`` of what tells of a person is masked: the report is passed around.
    """

    load = models.ForeignKey(Load, models.CASCADE, verbose_name="导入", related_name="doubts")
    row = models.PositiveIntegerField("行号")
    number = models.CharField("登记编号", max_length=80, blank=True)
    column = models.CharField("列", max_length=60, blank=True)
    read = models.CharField("读到的内容", max_length=100, blank=True)
    reason = models.CharField("疑点", max_length=300)
    fatal = models.BooleanField("没有导入", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "疑点"
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"第{self.row}行：{self.reason}"
