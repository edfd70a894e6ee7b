"""口径：what an office may decide for itself."""

from __future__ import annotations

from django.db import models

from gongkai.errors import BadInput
from gongkai.law.policy import Policy
from gongkai.organs.models import Organ


def default_reminders() -> list[int]:
    """提醒日：working days of the period at whose end somebody is reminded (K: 7, 10, 15, 18)."""
    return [7, 10, 15, 18]


class Office(models.Model):
    """办理口径：one organ's choices where the statutes leave one, and how it numbers and reminds.

    An organ without a row of its own follows the nearest organ above it that has one.
    """

    organ = models.OneToOneField(
        Organ, models.PROTECT, verbose_name="机关", related_name="application_office"
    )
    number_form = models.CharField(
        "登记编号格式", max_length=60, blank=True,
        help_text="用{年}、{号}表示，如“石政公开〔{年}〕第{号}号”",
    )  # fmt: skip
    switches = models.JSONField("口径", default=dict, blank=True)
    remind_on = models.JSONField("提醒日（第几个工作日）", default=default_reminders, blank=True)
    fee_account = models.CharField("收费账户", max_length=300, blank=True)
    rectification_days = models.PositiveSmallIntegerField(
        "更正申请办理工作日数", default=20, help_text="《条例》第四十一条没有规定期限"
    )
    keep_years = models.PositiveSmallIntegerField(
        "申请档案保管年数", default=10, help_text="没有统一规定，由本机关确定"
    )
    keep_years_disputed = models.PositiveSmallIntegerField(
        "涉及复议、诉讼的保管年数", default=30, help_text="没有统一规定，由本机关确定"
    )
    keep_identity_days = models.PositiveSmallIntegerField(
        "办结后身份证明影像保留天数", default=180, help_text="超过后清除影像，留存清除记录"
    )
    scans_go_themselves = models.BooleanField(
        "身份证明影像到期自动清除", default=False, help_text="不勾选的，到期后由人确认清除"
    )
    signer = models.CharField("落款名称", max_length=100, blank=True, help_text="不填则用机关全称")

    class Meta:
        verbose_name = verbose_name_plural = "办理口径"

    def __str__(self) -> str:
        return f"{self.organ}办理口径"

    @property
    def policy(self) -> Policy:
        """口径：as the clock wants it; raises BadInput for a switch it does not know."""
        try:
            return Policy(**self.switches)
        except TypeError:
            raise BadInput(f"{self.organ}的办理口径里有不认识的项目，请重新保存。") from None
