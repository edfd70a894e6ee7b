"""政府信息公开指南（《政府信息公开条例》第十二条）。"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.organs.models import Organ


class Guide(models.Model):
    """指南：what Article 12 wants in it, field by field; all of them are required."""

    organ = models.OneToOneField(Organ, models.PROTECT, verbose_name="机关", related_name="guide")
    classification = models.TextField("政府信息的分类")
    arrangement = models.TextField("编排体系")
    obtaining = models.TextField("获取方式", help_text="主动公开的渠道；依申请公开的渠道和程序")
    office = models.CharField("政府信息公开工作机构", max_length=100)
    address = models.CharField("办公地址", max_length=200)
    hours = models.CharField("办公时间", max_length=200)
    phone = models.CharField("联系电话", max_length=60)
    fax = models.CharField("传真号码", max_length=60)
    internet = models.CharField("互联网联系方式", max_length=200)
    fees = models.TextField("收费说明", blank=True, help_text="信息处理费的标准和依据")
    remedies = models.TextField("监督和救济", blank=True)
    updated_at = models.DateTimeField("更新时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "政府信息公开指南"

    def __str__(self) -> str:
        return f"{self.organ}政府信息公开指南"
