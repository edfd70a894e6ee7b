"""读入往年年报、导入手工数字的表单。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.organs.models import Organ
from gongkai.reporting.states import Scope
from gongkai.theme.forms import DateInput

#: What the browser offers; what a file really is, its content says.
_REPORTS = ".html,.htm,.mht,.pdf,.docx,.xlsx,.json,.txt,.md,.zip"
_SCOPES = [(Scope.OWN, "本机关的年报"), (Scope.WHOLE, "政府的汇总年报")]


class _Several(forms.FileInput):
    """A file box for several files."""

    allow_multiple_selected = True


class ReportsField(forms.FileField):
    """几个年报文件：cleans to a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_Several({"accept": _REPORTS, "multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each by itself; an empty one is told of when it is read."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [one for one in given if one is not None]
        if not files:
            super().clean(None, initial)
        return files


class LoadForm(forms.Form):
    """上传往年年报。"""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    scope = forms.ChoiceField(label="哪一种", choices=_SCOPES)
    reports = ReportsField(
        label="年报文件",
        allow_empty_file=True,
        help_text="已经公布的年报，网页、PDF、Word（DOCX）、Excel（XLSX）、JSON、文本都可以；"
        "几年的可以一次选择，也可以打成一个ZIP",
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["organ"]
        chosen.queryset = organs


class FromFileForm(forms.Form):
    """由文件编报。"""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    file = forms.FileField(
        label="年报文件", help_text="网页、PDF、Word（DOCX）、Excel（XLSX）、JSON 或者文本"
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **options: Any) -> None:
        options["initial"] = {"year": timezone.localdate().year - 1} | options.get("initial", {})
        super().__init__(*args, **options)
        chosen: Any = self.fields["organ"]
        chosen.queryset = organs


class AgainForm(forms.Form):
    """重新读入。"""

    file = FromFileForm.base_fields["file"]


class ConfirmForm(forms.Form):
    """确认读入：the year and the day of publication, where the file does not tell."""

    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100)
    scope = forms.ChoiceField(label="哪一种", choices=_SCOPES)
    on = forms.DateField(label="公布日期", widget=DateInput())

    def __init__(
        self, *args: Any, known: bool, dated: bool, otherwise: str, organ: Organ, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if otherwise:
            self.fields["same"] = forms.BooleanField(
                label=f"文件署名是“{otherwise}”，已经核实是{organ}的年报",
                error_messages={"required": f"文件署名不是“{organ}”，请核实；不是的请放弃。"},
            )
        if known:
            self.fields["year"].disabled = True
        if dated:
            self.fields["on"].disabled = True


class FiguresForm(forms.Form):
    """导入手工数字。"""

    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    file = forms.FileField(label="数字表", help_text="XLSX或者CSV，第一行是列名，每行一个单位")

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"year": timezone.localdate().year - 1} | options.get("initial", {})
        super().__init__(*args, **options)
