"""期限计算的表单：receipt, and what may happen on the way; every question is law's own event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from gongkai.errors import BadDate, GongkaiError
from gongkai.law import events as law
from gongkai.law.calendar import parse_date
from gongkai.law.events import Channel, Ledger, Whom
from gongkai.law.ledger import read_channel
from gongkai.law.terms import EXTENSION, REPLY
from gongkai.theme.forms import DateInput, sentence_of

#: 途径：those an application can come by.
_CHANNELS = [
    (one.value, one.label) for one in Channel if one not in (Channel.SERVED, Channel.PROACTIVE)
]
_WHOM = {one.value: one for one in Whom}
#: The one letter this page knows of.
_ASKED = "consult"


class DayField(forms.DateField):
    """日期：from the picker, or typed as 2025-03-03, 2025/3/3 or 2025年3月3日."""

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        """The day; else the sentence of the law's own reader."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        with sentence_of(BadDate):
            return parse_date(str(value))


def _day(label: str, hint: str = "") -> DayField:
    return DayField(label=label, required=False, help_text=hint)


class CalculatorForm(forms.Form):
    """期限计算。"""

    received = DayField(label="收到申请的日期", error_messages={"required": "请填写收到日期。"})
    channel = forms.ChoiceField(label="怎样收到的", choices=_CHANNELS, initial=Channel.ONLINE.value)
    confirmed = _day("与申请人确认收到的日期", "网上、电子邮件、传真和平常信函才需要确认")
    correction_notice = _day("发出补正告知的日期")
    correct_by = _day("补正期限", "补正告知书上写的最后一日")
    correction_received = _day("收到补正的日期")
    consult_sent = _day("发出征求意见函的日期")
    consult_whom = forms.ChoiceField(
        label="征求谁的意见",
        choices=[(one.value, one.label) for one in Whom],
        initial=Whom.THIRD_PARTY.value,
        required=False,
    )
    consult_delivered = _day("对方收到的日期")
    consult_reply = _day("收到意见的日期")
    extension = _day("告知延期的日期")
    extension_days = forms.IntegerField(
        label="延长的工作日数",
        min_value=1,
        max_value=EXTENSION.length,
        required=False,
        error_messages={
            "max_value": "延长最长不得超过%(limit_value)d个工作日（第三十三条第二款）。",
            "min_value": "延长至少1个工作日。",
            "invalid": "请填写整数。",
        },
    )
    fee_notice = _day("发出收费通知的日期")
    fee_received = _day("申请人收到收费通知的日期")
    fee_paid = _day("申请人缴费的日期")

    def clean(self) -> dict[str, Any]:
        """The ledger: what contradicts itself is said in the law's own sentence."""
        kept = super().clean() or self.cleaned_data
        if kept.get("extension") and not kept.get("extension_days"):
            if "extension_days" not in self.errors:
                self.add_error("extension_days", "请填写延长的工作日数。")
        elif kept.get("extension_days") and not kept.get("extension"):
            self.add_error("extension", "请填写告知延期的日期。")
        if not self.errors:
            try:
                kept["ledger"] = self._ledger(kept)
            except GongkaiError as problem:
                self.add_error(None, str(problem))
        return kept

    def _ledger(self, kept: dict[str, Any]) -> Ledger:
        events = sorted(_events(kept), key=lambda event: (event.on, event.RANK))
        return Ledger(kept["received"], read_channel(kept["channel"]), tuple(events), REPLY)


def _events(kept: dict[str, Any]) -> Iterator[law.Event]:
    """What happened, of what was filled in."""
    plain: tuple[tuple[str, type[law.Event]], ...] = (
        ("confirmed", law.Confirmed),
        ("correction_received", law.CorrectionReceived),
        ("fee_notice", law.FeeNoticeIssued),
        ("fee_received", law.FeeNoticeReceived),
        ("fee_paid", law.FeePaid),
    )
    for name, kind in plain:
        if on := kept.get(name):
            yield kind(on)
    if on := kept.get("correction_notice"):
        yield law.CorrectionNotice(on, correct_by=kept.get("correct_by"))
    if on := kept.get("extension"):
        yield law.Extension(on, workdays=kept["extension_days"])
    if on := kept.get("consult_sent"):
        whom = _WHOM.get(kept.get("consult_whom", ""), Whom.THIRD_PARTY)
        yield law.ConsultSent(on, id=_ASKED, whom=whom)
    if on := kept.get("consult_delivered"):
        yield law.ConsultDelivered(on, id=_ASKED)
    if on := kept.get("consult_reply"):
        yield law.ConsultReply(on, id=_ASKED)
