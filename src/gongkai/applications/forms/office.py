"""办理口径和文书模板的表单。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.applications.actions.numbering import number_form, why_not_number_form
from gongkai.applications.models import Office
from gongkai.law.policy import Switch, switches
from gongkai.theme.forms import DateInput

_PREFIX = "switch_"
_PLAIN = (
    "number_form", "signer", "fee_account", "rectification_days", "keep_years",
    "keep_years_disputed", "keep_identity_days", "scans_go_themselves",
)  # fmt: skip
_SURE = {"L": "有通行做法", "U": "没有定论"}


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """办理口径：each switch in words with its ground and its default; numbers, reminders, fees."""

    remind_on = forms.CharField(
        label="提醒日",
        required=False,
        max_length=60,
        help_text="答复期限的第几个工作日结束时提醒，用顿号分开，如“7、10、15、18”",
    )

    class Meta:
        model = Office
        fields = _PLAIN

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["remind_on"] = "、".join(str(day) for day in self.instance.remind_on)
        for one in switches():
            value = self.instance.switches.get(one.name, one.default)
            self.fields[_PREFIX + one.name] = _field(one, value)

    @property
    def switch_fields(self) -> Iterator[tuple[Switch, forms.BoundField, str]]:
        """口径：the switch, its field, and its default in words."""
        for one in switches():
            if isinstance(one.default, bool):
                default = "是" if one.default else "否"
            else:
                default = f"{one.default}个工作日"
            yield one, self[_PREFIX + one.name], f"默认：{default}（{_SURE[one.sure]}）"

    @property
    def plain_fields(self) -> Iterator[forms.BoundField]:
        """其余的栏目。"""
        for name in (*_PLAIN[:3], "remind_on", *_PLAIN[3:]):
            yield self[name]

    def clean_number_form(self) -> str:
        """Year and serial, each once."""
        form: str = self.cleaned_data["number_form"].strip()
        if form and (reasons := why_not_number_form(form)):
            raise forms.ValidationError("；".join(reasons) + "。")
        return form

    def clean_remind_on(self) -> list[int]:
        """Whole numbers of working days within the period."""
        parts = [
            part for part in re.split(r"[、，,；;\s]+", self.cleaned_data["remind_on"]) if part
        ]
        if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts):
            raise forms.ValidationError("提醒日只写数字，用顿号分开，如“7、10、15、18”。")
        days = sorted({int(part) for part in parts})
        if days and not 1 <= days[0] <= days[-1] <= 60:
            raise forms.ValidationError("提醒日应当在第1至第60个工作日之间。")
        return days

    @property
    def told(self) -> dict[str, Any]:
        """改后的内容：as the action takes it; a switch at its default is not written down."""
        kept = self.cleaned_data
        chosen = {one.name: kept[_PREFIX + one.name] for one in switches()}
        return {
            **{name: kept[name] for name in _PLAIN},
            "remind_on": kept["remind_on"],
            "switches": {
                one.name: chosen[one.name] for one in switches() if chosen[one.name] != one.default
            },
        }

    @property
    def example(self) -> str:
        """编号示例：the twelfth of this year."""
        form = self["number_form"].value() or number_form(self.instance.organ)
        if why_not_number_form(str(form)):
            return ""
        return str(form).replace("{年}", str(timezone.localdate().year)).replace("{号}", "12")


def _field(one: Switch, value: Any) -> forms.Field:
    if isinstance(one.default, bool):
        return forms.TypedChoiceField(
            label=one.meaning,
            choices=[("True", "是"), ("False", "否")],
            coerce=lambda text: text == "True",
            initial=str(value),
        )
    return forms.IntegerField(label=one.meaning, min_value=1, max_value=365, initial=value)


class TemplateForm(forms.Form):
    """文书模板：a new version, from a day on."""

    body = forms.CharField(
        label="模板正文", widget=forms.Textarea({"rows": 24, "spellcheck": "false"}), strip=False
    )
    valid_from = forms.DateField(label="启用日期", widget=DateInput())
    note = forms.CharField(label="修改说明", max_length=300)
