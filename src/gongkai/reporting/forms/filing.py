"""新建年报、公布、更正的表单。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.organs.models import Organ
from gongkai.organs.states import Kind
from gongkai.reporting.counting import FIRST_YEAR
from gongkai.reporting.states import Scope
from gongkai.theme.forms import DateInput

GOVERNMENTS = (Kind.CITY, Kind.COUNTY)


class BeginForm(forms.Form):
    """新建年报：whose, of what year, its own or the sum."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=9999)
    scope = forms.ChoiceField(
        label="范围",
        choices=[(Scope.OWN, "本机关的年报"), (Scope.WHOLE, "本级政府汇总的年报")],
        widget=forms.RadioSelect,
        initial=Scope.OWN,
    )

    def __init__(self, *args: Any, organs: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Organ.objects.filter(pk__in=organs).order_by("path")
        chosen: Any = self.fields["organ"]
        chosen.queryset = rows
        self.fields["year"].initial = timezone.localdate().year - 1
        if not rows.filter(kind__in=GOVERNMENTS).exists():
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        """Only a government has a sum to report."""
        told = super().clean() or self.cleaned_data
        told.setdefault("scope", Scope.OWN)
        organ = told.get("organ")
        if organ and told["scope"] == Scope.WHOLE and organ.kind not in GOVERNMENTS:
            self.add_error("scope", "汇总的年报由一级政府编制。")
        return told


class PublishForm(forms.Form):
    """公布：the day it went out, today unless it has already stood elsewhere."""

    on = forms.DateField(label="公布日期", widget=DateInput())
    note = forms.CharField(label="意见", max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate()
