"""延期、说明理由、收费的表单（第三十三条、第三十五条、第四十二条）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.applications.actions.excess import PAY_DAYS, earlier_in_month
from gongkai.applications.forms.deeds.base import (
    DeedForm,
    OnForm,
    SendingForm,
    day_field,
    files_field,
    prose,
)
from gongkai.applications.models import Fee
from gongkai.applications.states import Attached
from gongkai.law.fees import MOST
from gongkai.law.terms import EXTENSION
from gongkai.organs.holidays import calendar_of


class ExtensionForm(DeedForm):
    """提出延期：for how long and why."""

    workdays = forms.IntegerField(
        label="延长的工作日数",
        min_value=1,
        max_value=EXTENSION.length,
        initial=EXTENSION.length,
        help_text=f"最长不得超过{EXTENSION.length}个工作日（{EXTENSION.article}）",
    )
    reason = prose("延期理由", max_length=1000, help_text="为什么不能按期答复；写入告知书")


class ApproveForm(SendingForm):
    """批准延期：the notice goes out with it."""


class ReasonsAskedForm(SendingForm):
    """要求说明理由：the number and frequency, and by when to answer."""

    facts = prose("申请的数量和频次", max_length=2000, help_text="什么期间内申请了多少件、什么内容")
    answer_by = day_field("说明理由的期限")

    def settle(self) -> None:
        """What the register tells, and as many days as for a correction."""
        super().settle()
        one = self.application
        count = earlier_in_month(one) + 1
        month = f"{one.received_on.year}年{one.received_on.month}月"
        self.fields["facts"].initial = f"{month}内向本机关提出政府信息公开申请{count}件"
        today = timezone.localdate()
        self.fields["answer_by"].initial = calendar_of(one.organ).nth_after(today, 10)


class ReasonsForm(OnForm):
    """收到理由。"""

    sort = Attached.REASONS

    on = day_field("收到日期")
    text = prose("申请人说明的理由", max_length=5000, rows=4)
    enclosed = files_field("说明理由的材料")


class LaterForm(SendingForm):
    """确定延迟答复日期。"""

    until = day_field("延迟答复的日期", help_text="合理的期限（第三十五条）")
    reason = prose("无法按期答复的原因", max_length=1000)


class ChargeForm(SendingForm):
    """发出收费通知：one method, never both."""

    method = forms.ChoiceField(
        label="计收方式",
        choices=Fee.Method.choices,
        widget=forms.RadioSelect,
        initial=Fee.Method.ITEMS,
        help_text="一件申请只能选一种方式（《信息处理费管理办法》第三条）",
    )
    count = forms.IntegerField(label="件数（页数）", min_value=1, max_value=MOST, initial=1)
    already_public = forms.BooleanField(
        label="信息已主动公开，只告知获取方式和途径",
        required=False,
        help_text="这种情况不适用按量计收（第五条第一款）",
    )
    reason = prose("数量、频次明显超过合理范围的情况", max_length=1000)

    def told(self) -> dict[str, Any]:
        """The method as the table has it."""
        told = super().told()
        told["method"] = Fee.Method(told["method"])
        return told


class FeeNoticeForm(OnForm):
    """登记收费通知送达。"""

    on = day_field("申请人收到日期", help_text=f"收到通知次日起{PAY_DAYS}个工作日内缴费（第六条）")


class PaymentForm(OnForm):
    """收到缴费。"""

    sort = Attached.PAYMENT

    on = day_field("缴费日期")
    receipt = forms.CharField(label="财政票据号码", max_length=60)
    enclosed = files_field("缴费凭证")
