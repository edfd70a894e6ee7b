"""转办、分项、撤回、检索的表单。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from gongkai.applications.forms.deeds.base import (
    DeedForm,
    OnForm,
    day_field,
    files_field,
    prose,
)
from gongkai.applications.models.application import LONGEST
from gongkai.organs.models import Organ

#: So many names are offered while typing, and so many told when a name is not clear.
OFFERED, CANDIDATES = 300, 8
#: More matters than any request has.
MOST_MATTERS = 50


class OrganInput(forms.TextInput):
    """机关名称：typed, with a list of names to pick from."""

    template_name = "applications/desk/deeds/organ_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The names that are offered."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-names"})
        rows = Organ.objects.standing(timezone.localdate()).order_by("path")
        context["names"] = rows.values_list("name", flat=True)[:OFFERED]
        return context


class OrganField(forms.CharField):
    """机关：by its name, its short name, or words only one name has."""

    widget = OrganInput

    def clean(self, value: Any) -> Any:
        """The organ; of several that could be meant the names are told."""
        typed = super().clean(value)
        if not typed:
            return None
        rows = Organ.objects.standing(timezone.localdate())
        exact = list(rows.filter(Q(name=typed) | Q(short_name=typed))[:2])
        found = exact if len(exact) == 1 else list(rows.filter(name__contains=typed)[:CANDIDATES])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(f"没有找到“{typed}”，请填写机关全称。")
        raise ValidationError(f"请写全名称：{'、'.join(one.name for one in found)}。")


class TransferForm(DeedForm):
    """转其他机关：to whom and why."""

    to = OrganField(label="转给哪个机关", max_length=200, help_text="输入名称的一部分即可查找")
    reason = prose(
        "不由本机关负责公开的理由",
        max_length=500,
        required=False,
        help_text="写入答复书；不填则写“所申请的信息由该机关负责公开”",
    )


class SplitForm(DeedForm):
    """分项：one matter a line."""

    texts = prose(
        "各项申请内容",
        rows=8,
        max_length=LONGEST,
        help_text="一行一项；逐项答复，仍按一件申请统计",
    )

    def settle(self) -> None:
        """As they are now."""
        matters = self.application.matters.all()
        lines = ["；".join(filter(None, map(str.strip, one.text.splitlines()))) for one in matters]
        self.fields["texts"].initial = "\n".join(lines)

    def clean_texts(self) -> list[str]:
        """The lines that say something."""
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines()]
        found = [line for line in lines if line]
        if len(found) > MOST_MATTERS:
            raise ValidationError(f"最多{MOST_MATTERS}项，现在有{len(found)}项。")
        return found


class WithdrawForm(OnForm):
    """撤回申请：in the applicant's own words."""

    on = day_field("收到撤回申请的日期")
    text = prose("撤回的意思表示", max_length=1000, help_text="照申请人书面材料的原话登记")
    enclosed = files_field("书面撤回材料")


class SearchForm(OnForm):
    """登记检索：one search of one place."""

    on = day_field("检索日期")
    place = forms.CharField(label="检索的系统、档案", max_length=200)
    words = forms.CharField(label="检索词", max_length=200)
    period = forms.CharField(label="时间范围", max_length=100)
    result = forms.CharField(label="检索结果", max_length=500)
    searcher = forms.CharField(label="检索人", max_length=60)

    def settle(self) -> None:
        """Who sits at the desk."""
        super().settle()
        self.fields["searcher"].initial = self.by.name
