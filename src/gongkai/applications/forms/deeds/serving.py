"""用印、送达、签收、重新答复的表单。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.applications.forms.deeds.base import (
    DeedForm,
    OnForm,
    SendingForm,
    day_field,
    files_field,
    prose,
)
from gongkai.applications.forms.uploads import ACCEPTED
from gongkai.applications.states import Attached
from gongkai.law.events import Order


class SealForm(DeedForm):
    """登记用印：the sealed copy."""

    sort = Attached.SEALED_PAPER

    file = forms.FileField(
        label="用印后的文书",
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text="盖章后扫描的PDF，或者电子签章后的PDF、OFD",
    )
    note = forms.CharField(label="说明", max_length=300, required=False)


class ServeForm(SendingForm):
    """送达：by what way, and who signed if he stood there."""

    receiver = forms.CharField(
        label="签收人", max_length=60, required=False, help_text="直接送达当场签收的填写"
    )

    def settle(self) -> None:
        """Who signed comes last."""
        super().settle()
        self.order_fields(["on", "way", "tracking", "receiver"])


class SendForm(SendingForm):
    """发出文书：of one that lies ready."""


class SignedForm(OnForm):
    """登记签收：who, when, and the proof."""

    sort = Attached.SERVICE

    on = day_field("签收日期")
    receiver = forms.CharField(
        label="签收人", max_length=60, help_text="非本人签收的，写明与受送达人的关系"
    )
    enclosed = files_field("送达凭证")


class AgainForm(DeedForm):
    """送达未成：why it came back."""

    reason = prose("未能送达的原因", max_length=300, help_text="如“查无此人退回”“拒收”")


class ReorderForm(OnForm):
    """责令重新答复：by what decision, received when, to be answered by when."""

    source = forms.ChoiceField(
        label="依据",
        choices=[(one.value, one.label) for one in Order],
        widget=forms.RadioSelect,
        initial=Order.REVIEW.value,
    )
    number = forms.CharField(label="文号（案号）", max_length=100)
    on = day_field("收到决定（判决）的日期")
    workdays = forms.IntegerField(
        label="责令答复的工作日数",
        min_value=1,
        max_value=365,
        required=False,
        help_text="写明了工作日数的填写；两项都不填的，按本机关办理口径",
    )
    until = day_field("责令答复的最后一日", required=False)

    def told(self) -> dict[str, Any]:
        """The source as the clock knows it."""
        told = super().told()
        told["source"] = _ORDERS[told["source"]]
        return told


_ORDERS = {one.value: one for one in Order}
