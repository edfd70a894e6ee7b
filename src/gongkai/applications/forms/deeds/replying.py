"""定结果、写答复的表单：the fields a letter needs become the fields of the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.applications.actions.deciding import REFUSALS
from gongkai.applications.actions.facts import procedure
from gongkai.applications.actions.suggesting import suggested
from gongkai.applications.actions.supplying import supplied
from gongkai.applications.forms.deeds.base import day_field, prose
from gongkai.applications.forms.deeds.rows import RowsField
from gongkai.applications.forms.uploads import ACCEPTED
from gongkai.applications.letters.fields import FIELDS, Field, Kind, fields_to_fill
from gongkai.applications.letters.needs import RECTIFIED, words_of
from gongkai.applications.models import Matter
from gongkai.applications.states import Sort
from gongkai.files.actions import inspected
from gongkai.law.letters import Letter, letter
from gongkai.law.outcomes import Outcome

#: Beside what a letter must say, what it may.
_ALWAYS = "查明的情况"
#: Comes from the register of searches, never typed.
_FROM_RECORD = "检索记录"

SEVERABLE = (
    ("no", "不能区分处理：全部不予公开"),
    ("yes", "能够区分处理：应当改选“部分公开”（第三十七条）"),
)


def letter_of(matter: Matter, chosen: Outcome) -> Letter:
    """用哪份文书。"""
    if matter.application.sort == Sort.RECTIFICATION:
        return letter(RECTIFIED)
    return chosen.letter


def given_fields(paper: Letter) -> list[Field]:
    """要填的要素。"""
    fields = [one for one in fields_to_fill(paper) if one.name != _FROM_RECORD]
    if paper.number != RECTIFIED and all(one.name != _ALWAYS for one in fields):
        fields.append(FIELDS[_ALWAYS])
    return fields


class FindingsForm(forms.Form):
    """查明的情况：what the letter of one outcome must say of one matter.

    What is still missing may be left for later; the letter is not composed without it.
    """

    def __init__(self, *args: Any, matter: Matter, chosen: Outcome, **options: Any) -> None:
        self.matter, self.chosen = matter, chosen
        self.paper = letter_of(matter, chosen)
        self.asks_severing = chosen.code in REFUSALS
        super().__init__(*args, **options)
        told = beforehand(matter, chosen, self.paper)
        others = _alternatives(self.paper)
        for one in given_fields(self.paper):
            field = _form_field(one)
            field.initial = told.get(one.name)
            if one.name in others:
                field.help_text = f"{field.help_text}；与“{'”“'.join(others[one.name])}”填写其一"
            field.required = one.name != _ALWAYS
            self.fields[one.name] = field
        if self.asks_severing:
            self._ask_severing()

    def _ask_severing(self) -> None:
        known = {True: "yes", False: "no"}.get(self.matter.severable)  # type: ignore[arg-type]
        self.fields["severable"] = forms.ChoiceField(
            label="能否区分处理",
            choices=SEVERABLE,
            widget=forms.RadioSelect,
            initial=known,
            help_text="含有不应当公开的内容但能够作区分处理的，应当提供可以公开的内容（第三十七条）",
        )
        self.fields["severing"] = prose(
            "区分处理的考虑", max_length=1000, initial=self.matter.severing
        )

    def full_clean(self) -> None:
        """Nothing is demanded yet: a half-written answer is kept as well."""
        wanted = {name: field.required for name, field in self.fields.items()}
        for field in self.fields.values():
            field.required = False
        try:
            super().full_clean()
        finally:
            for name, required in wanted.items():
                self.fields[name].required = required

    def told(self) -> dict[str, Any]:
        """What ``decide`` takes."""
        kept = dict(self.cleaned_data)
        severable = {"yes": True, "no": False}.get(kept.pop("severable", ""))
        severing = kept.pop("severing", "")
        findings: dict[str, Any] = {}
        for name, value in kept.items():
            if isinstance(value, date):
                findings[name] = f"{value}"
            elif value is not None:
                findings[name] = value
        told: dict[str, Any] = {"findings": findings, "severing": severing}
        if self.asks_severing:
            told["severable"] = severable
        return told


def beforehand(matter: Matter, chosen: Outcome, paper: Letter) -> dict[str, Any]:
    """已经知道的：what was filled in before, what the record tells, what is usual."""
    application = matter.application
    told: dict[str, Any] = dict(procedure(application))
    told |= _usual(matter) | suggested(application, chosen.code)
    told |= {name: value for name, value in matter.findings.items() if value not in ("", [])}
    names = {one.name for one in given_fields(paper)}
    return {name: value for name, value in told.items() if name in names}


def _usual(matter: Matter) -> dict[str, Any]:
    """The files that are attached, and how the applicant wants them."""
    application = matter.application
    way = application.get_delivery_display() if application.delivery else ""
    rows = []
    for file in supplied(application):
        pages = inspected(file.blob).facts.get("pages", "")
        name = file.name.rpartition(".")[0] or file.name
        rows.append({"名称": name, "文号": "", "形式": "电子文档", "页数": f"{pages}"})
    told: dict[str, Any] = {"信息清单": rows} if rows else {}
    told["提供方式"] = "，".join(filter(None, (application.get_form_display(), way)))
    return told


def _alternatives(paper: Letter) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, names in words_of(paper):
        for name in names if len(names) > 1 else ():
            found[name] = [other for other in names if other != name]
    return found


def _form_field(one: Field) -> forms.Field:
    told: dict[str, Any] = {"label": one.name, "help_text": one.meaning}
    if one.kind is Kind.ROWS:
        return RowsField(one.parts, **told)
    if one.kind is Kind.DAY:
        return day_field(told.pop("label"), **told)
    if one.kind is Kind.COUNT:
        return forms.IntegerField(min_value=0, max_value=10_000_000, **told)
    if one.kind is Kind.PROSE:
        return prose(told.pop("label"), max_length=3000, **told)
    return forms.CharField(max_length=300, **told)


class SupplyForm(forms.Form):
    """添加提供的信息。"""

    file = forms.FileField(
        label="提供给申请人的文件",
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text="送达以后申请人才能看到；上传时检查隐藏信息和个人信息",
    )


class BodyForm(forms.Form):
    """答复书正文。"""

    body = prose("正文", rows=22, max_length=30_000, help_text="一段一行")
