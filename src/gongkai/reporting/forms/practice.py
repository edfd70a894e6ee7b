"""编报口径的表单。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.organs.states import Kind
from gongkai.reporting.models import Practice


class PracticeForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """编报口径：how the organ signs, and what the form leaves open."""

    lapsed_is_repealed = forms.TypedChoiceField(
        label="宣布失效的规章和规范性文件，是否计入“本年废止件数”",
        choices=[("True", "计入"), ("False", "不计入")],
        coerce=lambda text: text == "True",
        help_text="表样（国办公开办函〔2021〕30号）没有写明，各地做法不一。默认不计入；"
        "不计入的，现行有效件数与上年、制发、废止之间会有差额，应当在正文说明（规则T2-01）",
    )

    class Meta:
        model = Practice
        fields = ("own_name", "whole_name", "lapsed_is_repealed")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["lapsed_is_repealed"] = f"{self.instance.lapsed_is_repealed}"
        organ = self.instance.organ
        if organ.kind not in (Kind.CITY, Kind.COUNTY):
            del self.fields["whole_name"]
        else:
            self.fields[
                "own_name"
            ].help_text = f"政府办公厅（室）自己的年报，如“{organ}办公厅”；不填则用机关全称"
