"""投诉举报的表单（第四十七条第二款、第五十一条）。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.applications.forms.applying import organ_named
from gongkai.applications.models import Application
from gongkai.organs.models import Organ

_BRACKETS = str.maketrans("[]()（）【】［］", "〔〕〔〕〔〕〔〕〔〕")


class ComplaintForm(forms.Form):
    """投诉举报：against whom and about what; who complains may stay unnamed."""

    organ = forms.CharField(
        label="投诉哪个机关",
        max_length=100,
        help_text="输入名称中的几个字，从列出的名称里选择",
        widget=forms.TextInput({"list": "organs", "autocomplete": "off"}),
        error_messages={"required": "请写明投诉哪个机关。"},
    )
    number = forms.CharField(
        label="所涉申请的登记编号",
        max_length=80,
        required=False,
        help_text="与某件依申请公开有关的，填写回执上的编号",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    text = forms.CharField(
        label="投诉内容",
        max_length=3_000,
        widget=forms.Textarea({"rows": 7}),
        help_text="哪一项应当公开而没有公开，或者哪一件申请没有依法答复",
        error_messages={"required": "请写明投诉的内容。"},
    )
    name = forms.CharField(
        label="姓名",
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="联系电话", max_length=40, required=False, help_text="加密保存，只用于核实情况",
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def clean_organ(self) -> Organ:
        """The organ itself."""
        return organ_named(self.cleaned_data["organ"], any_kind=True)

    def clean(self) -> dict[str, Any]:
        """The application, if one is named: it must be one of that organ."""
        kept = super().clean() or self.cleaned_data
        kept["application"] = None
        if (number := kept.get("number")) and kept.get("organ"):
            number = "".join(number.split()).translate(_BRACKETS)
            found = Application.objects.filter(number=number, organ=kept["organ"]).first()
            if found is None:
                self.add_error(
                    "number", f"{kept['organ']}没有这个编号的申请，请核对；不清楚的可以不填。"
                )
            kept["application"] = found
        return kept
