"""举一反三的表单：a period to look at, and how an answer is published for all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.documents.kinds import KINDS
from gongkai.organs.forms import PersonField
from gongkai.organs.models import Staff
from gongkai.theme.forms import DateInput


class PeriodForm(forms.Form):
    """起止日期：the last quarter unless somebody says otherwise."""

    since = forms.DateField(label="自", widget=DateInput())
    until = forms.DateField(label="至", widget=DateInput())
    least = forms.IntegerField(label="至少几件", min_value=2, max_value=1000, initial=3)

    def __init__(self, data: Any = None, **options: Any) -> None:
        today = timezone.localdate()
        usual = {"since": f"{today - timedelta(days=90)}", "until": f"{today}", "least": "3"}
        given = {name: data.get(name, value) for name, value in usual.items()} if data else usual
        super().__init__(given, **options)

    def clean(self) -> dict[str, Any]:
        """起止先后。"""
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", "截止日期不能早于起始日期。")
        return told


class PublishForm(forms.Form):
    """转为主动公开：under what title, as what kind, and who finishes the draft."""

    title = forms.CharField(label="标题", max_length=300, help_text="不得出现申请人的信息")
    kind = forms.ChoiceField(
        label="种类", choices=[(code, kind.name) for code, kind in KINDS.items()], initial="other"
    )
    drafter = PersonField(
        Staff.objects.none(),
        label="起草人",
        empty_label="请选择",
        help_text="由其核对、完善后提交审查；审核公开的人不能是起草的人",
    )

    def __init__(self, *args: Any, drafters: QuerySet[Staff], by: Staff, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["drafter"]
        chosen.queryset = drafters
        chosen.initial = by if by in drafters else None
