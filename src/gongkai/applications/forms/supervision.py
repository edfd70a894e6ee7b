"""监督的表单：a period, a draw, a verdict, an order, a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.organs.models import Organ
from gongkai.theme.forms import DateInput

_LONGEST = 3_000


def this_year() -> tuple[date, date]:
    """本年：from the first of January to today."""
    today = timezone.localdate()
    return today.replace(month=1, day=1), today


class SpanForm(forms.Form):
    """起止日期：this year unless somebody says otherwise."""

    since = forms.DateField(label="自", widget=DateInput())
    until = forms.DateField(label="至", widget=DateInput())

    def __init__(self, data: Any = None, **options: Any) -> None:
        since, until = this_year()
        usual = {"since": f"{since}", "until": f"{until}"}
        super().__init__({name: (data or {}).get(name) or usual[name] for name in usual}, **options)

    def clean(self) -> dict[str, Any]:
        """起止先后。"""
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", "截止日期不能早于起始日期。")
        return told


class DrawForm(forms.Form):
    """抽查：from which organ and everything below it, of which days, how many."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="机关（含下级）", empty_label=None)
    since = forms.DateField(label="答复日期自", widget=DateInput())
    until = forms.DateField(label="至", widget=DateInput())
    count = forms.IntegerField(label="抽取件数", min_value=1, max_value=200, initial=5)

    def __init__(self, *args: Any, organs: Sequence[Organ], **options: Any) -> None:
        since, until = this_year()
        options.setdefault("initial", {"since": since, "until": until, "count": 5})
        super().__init__(*args, **options)
        field: Any = self.fields["organ"]
        field.queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])


class JudgeForm(forms.Form):
    """评定。"""

    verdict = forms.ChoiceField(
        label="结论",
        choices=[("sound", "规范"), ("flawed", "有瑕疵"), ("wrong", "不符合规定")],
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label="意见", max_length=_LONGEST, required=False, widget=forms.Textarea({"rows": 5})
    )


class OrderForm(forms.Form):
    """责令改正。"""

    problem = forms.CharField(label="问题", max_length=_LONGEST, widget=forms.Textarea({"rows": 4}))
    demand = forms.CharField(
        label="改正要求", max_length=_LONGEST, widget=forms.Textarea({"rows": 4})
    )
    due_on = forms.DateField(label="改正期限", widget=DateInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        initial = {"due_on": timezone.localdate() + timedelta(days=7)}
        options["initial"] = initial | options.get("initial", {})
        super().__init__(*args, **options)


class TextForm(forms.Form):
    """写一段话。"""

    text = forms.CharField(label="内容", max_length=_LONGEST, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, label: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if label:
            self.fields["text"].label = label


class FindingForm(TextForm):
    """核实投诉。"""

    sound = forms.ChoiceField(
        label="认定",
        choices=[("yes", "成立，责令改正"), ("no", "不成立")],
        widget=forms.RadioSelect,
    )


class SettleForm(forms.Form):
    """复核改正情况。"""

    accepted = forms.ChoiceField(
        label="复核意见",
        choices=[("yes", "已改正，通过"), ("no", "退回继续改正")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="说明", max_length=1_000, required=False, widget=forms.Textarea({"rows": 3})
    )
