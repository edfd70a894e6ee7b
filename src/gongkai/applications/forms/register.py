"""登记、分办、确认、联系记录、更正日期的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.applications.models import Application, Event
from gongkai.applications.queries import HANDLING
from gongkai.applications.states import Category
from gongkai.organs.forms import PersonField
from gongkai.organs.models import Organ, Role, Staff
from gongkai.theme.forms import DateInput


def handlers_of(organ: Organ) -> QuerySet[Staff]:
    """可以承办的人：who holds a duty that handles at the organ today."""
    today = timezone.localdate()
    holding = Role.objects.held(today).filter(organ=organ, duty__in=HANDLING)
    return Staff.objects.filter(is_active=True, pk__in=holding.values("staff")).order_by(
        "unit", "name"
    )


class AssignForm(forms.Form):
    """分办：to whom, in what unit."""

    handler = PersonField(Staff.objects.none(), label="承办人", empty_label="请选择")
    unit = forms.CharField(label="承办处（科）室", max_length=60, required=False)
    note = forms.CharField(
        label="交办意见", max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, organ: Organ, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["handler"]
        chosen.queryset = handlers_of(organ)


class GiveForm(AssignForm):
    """批量分办：the same for several cases."""


class ExportForm(forms.Form):
    """导出：as what file, and whether with names."""

    form = forms.ChoiceField(
        label="格式", choices=[("xlsx", "XLSX"), ("csv", "CSV")], widget=forms.RadioSelect,
        initial="xlsx",
    )  # fmt: skip
    names = forms.BooleanField(label="包含申请人姓名", required=False)
    reason = forms.CharField(
        label="包含姓名的原因",
        max_length=200,
        required=False,
        help_text="包含姓名的，原因和导出人、时间一并记录在案；证件号码和联系方式从不导出",
    )

    def __init__(self, *args: Any, may_name: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_name:
            del self.fields["names"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Names want a reason."""
        told = super().clean() or self.cleaned_data
        if told.get("names") and len(told.get("reason", "").strip()) < 2:
            self.add_error("reason", "包含申请人姓名的，请写明原因。")
        return told


class RegisterForm(AssignForm):
    """登记：the category for the annual report, and who handles it."""

    category = forms.ChoiceField(
        label="申请人类别",
        choices=Category.choices,
        help_text="年度报告表三按申请人类别统计；联合申请的按第一申请人",
    )
    field_order = ("category", "handler", "unit")
    note = None  # type: ignore[assignment]  # the register has no place for it


class ConfirmForm(forms.Form):
    """确认收到：the day both sides confirmed, and how."""

    on = forms.DateField(
        label="确认日期",
        widget=DateInput(),
        help_text="第三十一条：以双方确认之日为收到申请之日；应当于收到信函的当日确认",
    )
    note = forms.CharField(
        label="确认方式",
        max_length=300,
        required=False,
        help_text="如“电话138****8000，申请人本人确认”",
    )


class AttemptForm(forms.Form):
    """记录联系情况：an attempt to reach the applicant."""

    on = forms.DateField(label="联系日期", widget=DateInput())
    text = forms.CharField(
        label="联系经过",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="何时、以何种方式联系，结果如何；不要写申请人的电话、地址全文",
    )


#: 到达日期：no event, but a date that can be wrong like the others.
ARRIVAL = "arrival"


class RedateForm(forms.Form):
    """更正日期：which one, what day, why."""

    event = forms.ChoiceField(label="哪一项", widget=forms.RadioSelect)
    on = forms.DateField(label="正确的日期", widget=DateInput())
    reason = forms.CharField(
        label="更正原因",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="原来的日期保留在办理过程中，期限按新的日期重新计算",
    )

    def __init__(self, *args: Any, application: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        self._rows = {f"{row.pk}": row for row in application.events.counting()}
        told = [(key, f"{day(row.on)} {row.get_kind_display()}") for key, row in self._rows.items()]
        choice: Any = self.fields["event"]
        choice.choices = [(ARRIVAL, f"{day(application.arrived_on)} 申请到达"), *told]

    def clean_event(self) -> Event | None:
        """The event itself; None for the arrival."""
        return self._rows.get(self.cleaned_data["event"])


def day(on: date) -> str:
    """日期：2025年3月4日."""
    return f"{on.year}年{on.month}月{on.day}日"
