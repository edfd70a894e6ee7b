"""机关和人员的表单。"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.law.calendar import read_overrides
from gongkai.organs.codes import credit_code
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import ADMINISTRATORS, Duty
from gongkai.theme.forms import DateInput, sentence_of

#: A year of holidays is a few dozen lines; nobody needs more than this.
MAX_HOLIDAY_BYTES = 200_000


class PersonField(forms.ModelChoiceField):
    """选一个人：by name and unit."""

    def label_from_instance(self, obj: Any) -> str:
        """姓名（处室）。"""
        return f"{obj.name}（{obj.unit}）" if obj.unit else str(obj.name)


class OrganForm(forms.ModelForm):
    """机关信息。"""

    class Meta:
        model = Organ
        fields = [
            "parent",
            "kind",
            "name",
            "short_name",
            "code",
            "number_words",
            "position",
            "address",
            "postcode",
            "hours",
            "phone",
            "fax",
            "email",
            "disclosure_office",
            "disclosure_head",
            "disclosure_phone",
            "review_body",
            "court",
            "valid_from",
            "valid_to",
            "successor",
        ]
        widgets = {"valid_from": DateInput(), "valid_to": DateInput()}

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [organ.pk for organ in Organ.objects.all() if Duty.SYSTEM in roles_of(by, organ)]
        self.fields["parent"].queryset = Organ.objects.filter(pk__in=kept)
        if self.instance.parent_id and self.instance.parent_id not in kept:
            self.fields["parent"].queryset |= Organ.objects.filter(pk=self.instance.parent_id)
        self.fields["parent"].required = not (self.instance.pk and not self.instance.parent_id)

    def clean_code(self) -> str | None:
        """Tidied before it is proven."""
        text = self.cleaned_data["code"]
        if not text:
            return None
        with sentence_of(GongkaiError):
            return credit_code(text)


class StaffForm(forms.ModelForm):
    """账号信息。"""

    class Meta:
        model = Staff
        fields = ["username", "name", "organ", "unit", "phone", "email"]
        help_texts = {"username": "登录用，建议用姓名拼音；字母、数字和 @ . + - _"}

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [organ.pk for organ in Organ.objects.all() if Duty.SYSTEM in roles_of(by, organ)]
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=kept)


class ReasonForm(forms.Form):
    """理由。"""

    note = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))


class AppointForm(forms.Form):
    """任职。"""

    organ = forms.ModelChoiceField(Organ.objects.all(), label="机关")
    duty = forms.ChoiceField(label="岗位", choices=Duty.choices)
    valid_from = forms.DateField(label="任职日期", required=False, widget=DateInput())
    valid_to = forms.DateField(label="离任日期", required=False, widget=DateInput())

    def clean_duty(self) -> Duty:
        """The duty itself, not its text."""
        return Duty(self.cleaned_data["duty"])


class _TakerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        place = f"{obj.organ.short_name or obj.organ.name}{obj.unit}"
        return f"{obj.name}（{place}）"


class DelegationForm(forms.Form):
    """委托。"""

    taker = _TakerField(Staff.objects.none(), label="受托人")
    duties = forms.MultipleChoiceField(label="委托的岗位", widget=forms.CheckboxSelectMultiple)
    first_day = forms.DateField(label="自", widget=DateInput())
    last_day = forms.DateField(label="至", widget=DateInput(), help_text="当日仍有效")
    reason = forms.CharField(label="事由", max_length=200, help_text="如：出差、休假、学习")

    def __init__(self, *args: Any, giver: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        held = Role.objects.filter(staff=giver).exclude(valid_to__lt=today)
        duties = {Duty(duty) for duty in held.values_list("duty", flat=True)} - ADMINISTRATORS
        self.fields["duties"].choices = [(d.value, d.label) for d in Duty if d in duties]
        root = Organ.objects.get(pk=giver.organ.lineage[0])
        # 三员分立：an administrator of the installation takes on no desk of the offices.
        administrators = Role.objects.held(today).filter(duty__in=ADMINISTRATORS)
        takers = Staff.objects.filter(is_active=True, organ__in=Organ.objects.under(root))
        self.fields["taker"].queryset = (
            takers.exclude(pk=giver.pk)
            .exclude(pk__in=administrators.values("staff"))
            .select_related("organ")
            .order_by("organ__path", "name", "pk")
        )
        self.initial.setdefault("first_day", today)
        self.initial.setdefault("last_day", today + timedelta(days=6))

    def clean_duties(self) -> list[Duty]:
        """The duties themselves, not their texts."""
        return [Duty(duty) for duty in self.cleaned_data["duties"]]


class HolidayForm(forms.Form):
    """放假安排。"""

    organ = forms.ModelChoiceField(
        Organ.objects.none(), label="适用机关", help_text="对该机关及其下属都有效"
    )
    title = forms.CharField(label="文件名称", max_length=200, help_text="如：关于2027年放假的通知")
    file = forms.FileField(
        label="安排（CSV 文件）",
        help_text="三列：日期、种类、依据。种类填“放假”“上班”或者“年度通知”；UTF-8 或 GBK 编码",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def __init__(self, *args: Any, organs: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=organs)

    def clean_file(self) -> str:
        """The text of the file, which can be read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_HOLIDAY_BYTES:
            raise forms.ValidationError(
                "文件太大，放假安排不会超过 200 KB，请核对是不是选错了文件。"
            )
        data = file.read()
        with sentence_of(GongkaiError):
            read_overrides(data)
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return str(data.decode(encoding))
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError("文件的编码认不出来，请另存为 UTF-8。")
