"""编报通知、名单、催报的表单。"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from gongkai.organs.models import Organ
from gongkai.reporting.models import Call
from gongkai.reporting.states import Scope
from gongkai.theme.forms import DateInput

_GOVERNMENTS = ("city", "county")


class YearForm(forms.Form):
    """哪一年的：of which organ and year a call is to be drafted."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="发出机关", empty_label=None)
    year = forms.IntegerField(
        label="年度", min_value=2021, max_value=2100, help_text="编报哪一年的年报"
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["organ"]
        chosen.queryset = organs


class CallForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """编报通知：its words and its days."""

    class Meta:
        model = Call
        fields = ("title", "text", "due_on", "publish_on", "whole_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text": forms.Textarea({"rows": 10}),
            "due_on": DateInput(),
            "publish_on": DateInput(),
            "whole_on": DateInput(),
        }


class UnitForm(forms.Form):
    """增加单位：one of the tree, or a name outside the system."""

    organ = forms.ModelChoiceField(
        Organ.objects.none(),
        label="机关",
        empty_label="（系统外单位，在下面写名称）",
        required=False,
    )
    scope = forms.ChoiceField(
        label="报送哪一种",
        choices=[(Scope.OWN, "本机关的年报"), (Scope.WHOLE, "政府的汇总年报")],
        help_text="市、县政府才有汇总年报",
    )
    name = forms.CharField(
        label="系统外单位名称",
        max_length=100,
        required=False,
        help_text="没有使用本系统的单位，年报由主管部门以文件读入",
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        taken = call.units.exclude(organ=None).values_list("organ", "scope")
        both = {organ for organ, _ in taken}
        offered = Organ.objects.filter(path__startswith=call.organ.path).order_by("path")
        chosen: Any = self.fields["organ"]
        chosen.queryset = offered.filter(~Q(pk__in=both) | Q(kind__in=_GOVERNMENTS))

    def clean(self) -> dict[str, Any]:
        """The one or the other; only a government has a sum."""
        told = super().clean() or {}
        organ, name = told.get("organ"), told.get("name", "").strip()
        if organ and name:
            self.add_error("name", "机关和系统外单位只能选一个。")
        if not organ and not name:
            self.add_error("organ", "请选择机关，或者填写系统外单位的名称。")
        if organ and told.get("scope") == Scope.WHOLE and organ.kind not in _GOVERNMENTS:
            self.add_error("scope", f"{organ}不是政府，没有汇总年报。")
        return told


class ReasonForm(forms.Form):
    """写明原因。"""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 2}))


class DueForm(ReasonForm):
    """另定截止日期。"""

    on = forms.DateField(
        label="截止日期", widget=DateInput(), required=False, help_text="不填则恢复通知的截止日期"
    )
    field_order = ("on", "reason")


class UnitFileForm(forms.Form):
    """读入系统外单位的年报。"""

    file = forms.FileField(
        label="年报文件", help_text="网页、PDF、Word（DOCX）、Excel（XLSX）、JSON 或者文本"
    )
    reason = forms.CharField(
        label="再次报送的原因",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="已经报送过的须写明；原来的一份保留",
    )

    def __init__(self, *args: Any, again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not again:
            del self.fields["reason"]


class UrgeForm(forms.Form):
    """催报：what is added to the notice."""

    note = forms.CharField(
        label="附言", max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )
