"""主动公开的表单：drafting and review, body, numbers, validity, columns, guide, clean-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import URLField
from django.forms.models import fields_for_model

from gongkai.documents.actions.drafting import ANSWERS, FACTS, SETTABLE
from gongkai.documents.actions.interpreting import (
    INTERPRETATION,
    interpretations_for,
    to_interpret,
)
from gongkai.documents.branches import ColumnTree
from gongkai.documents.kinds import CHOICES, KINDS, Path
from gongkai.documents.models import (
    Campaign,
    CampaignItem,
    Column,
    Document,
    Guide,
    PeriodRule,
    ReviewForm,
)
from gongkai.documents.models.review import FORMS
from gongkai.documents.periods import known_rules
from gongkai.documents.states import Channel, Link, State
from gongkai.organs.models import Organ
from gongkai.theme.forms import DateInput

_DATES = ("formed_on", "effective_on", "valid_to", "review_on", "interpretation_on")
_YES_NO = [("", "未填写"), ("1", "需要解读"), ("0", "不作解读")]

#: 审查表的分组：what stands together, and under what heading.
GROUPS = (
    ("文件", ("kind", "title", "issuer", "genre", "topic", "keywords", "summary", "audience",
              "basis", "unit", "caption", "source_url")),
    ("日期和有效性", ("formed_on", "effective_on", "valid_to", "period_basis")),
    ("公开属性", ("attribute", "ground", "attribute_reason", "review_on")),
    ("渠道和栏目", ("channels", "columns")),
    ("审查", ("secrecy", "personal_checked", "commercial_checked", "copyright_checked",
              "others_consulted", "legality_number", "consultation_number",
              "competition_number")),
    ("政策解读", ("interpretation", "interpretation_forms", "interpreter", "interpretation_on",
                  "interpretation_reason")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """一组：its heading, its fields, and how far they are filled in."""

    heading: str
    fields: list[forms.BoundField]

    @property
    def filled(self) -> int:
        """已填：fields with an answer; a box not ticked is none."""
        return sum(1 for field in self.fields if field.value() not in (None, "", [], False))

    @property
    def wrong(self) -> bool:
        """有误：whether one of them was refused."""
        return any(field.errors for field in self.fields)


class BeginForm(forms.Form):
    """起草。"""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="公开机关", empty_label=None)
    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), *CHOICES])
    title = forms.CharField(label="标题", max_length=300)
    file = forms.FileField(
        label="正文文件",
        required=False,
        help_text="签发稿 .docx 或 .html；也可以以后再传",
        widget=forms.FileInput({"accept": ".docx,.html,.htm"}),
    )

    def __init__(self, *args: Any, organs: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=organs)


class PaperForm(forms.Form):
    """审查表：exactly the fields that may be set where the draft lies."""

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        allowed = SETTABLE.get(State(document.state), frozenset())
        super().__init__(*args, **kwargs)
        made = fields_for_model(Document, FACTS, formfield_callback=_field_of)
        made |= fields_for_model(ReviewForm, ANSWERS)
        for name in (name for _, names in GROUPS for name in names if name in allowed):
            self.fields[name] = self._field(name, made[name])
            source = document if name in FACTS else document.form
            self.initial.setdefault(name, _shown(getattr(source, name)))
        if "channels" in allowed:
            self._add_columns(document)
        self._drop_idle(document)

    @cached_property
    def groups(self) -> list[Group]:
        """各组：those with anything to fill in, in order."""
        told = ((heading, [self[name] for name in names if name in self.fields])
                for heading, names in GROUPS)  # fmt: skip
        return [Group(heading, fields) for heading, fields in told if fields]

    @property
    def values(self) -> dict[str, Any]:
        """提交的内容：``facts``, ``answers`` and, if asked, ``columns`` for the action."""
        cleaned = self.cleaned_data
        return {
            "facts": {name: cleaned[name] for name in FACTS if name in cleaned},
            "answers": {name: cleaned[name] for name in ANSWERS if name in cleaned},
        } | ({"columns": cleaned["columns"]} if "columns" in cleaned else {})

    def _field(self, name: str, field: forms.Field) -> forms.Field:
        if name in _DATES:
            field.widget = DateInput()
        elif name == "channels":
            return _many("公开渠道", Channel.choices)
        elif name == "interpretation_forms":
            return _many("解读形式", FORMS)
        elif name == "interpretation":
            return forms.TypedChoiceField(
                label="政策解读",
                choices=_YES_NO,
                required=False,
                coerce=lambda value: value == "1",
                empty_value=None,
            )
        elif name in ("summary", "attribute_reason"):
            field.widget = forms.Textarea({"rows": 3})
        return field

    def _add_columns(self, document: Document) -> None:
        rows = Column.objects.open().filter(organ=document.organ).order_by("position", "pk")
        field = _ColumnsField(
            rows,
            label="发布栏目",
            required=False,
            widget=ColumnTree,
            help_text="可以放入几个栏目；上级栏目自动显示",
        )
        self.fields["columns"] = field
        self.initial.setdefault(
            "columns",
            list(document.placements.filter(direct=True).values_list("column", flat=True)),
        )

    def _drop_idle(self, document: Document) -> None:
        """Questions that make no sense for this kind are not asked."""
        row = KINDS[document.kind]
        idle: list[str] = []
        if row.path is Path.SHORT:
            idle += ["genre", "legality_number", "consultation_number", "competition_number"]
        if not row.lives:
            idle += ["effective_on", "valid_to", "period_basis"]
        if not row.policy:
            idle += [name for name in ANSWERS if name.startswith("interpret")]
        if document.kind != "rule":
            idle.append("caption")
        for name in idle:
            self.fields.pop(name, None)


def _field_of(field: Any, **wanted: Any) -> Any:
    secure = {"assume_scheme": "https"} if isinstance(field, URLField) else {}
    return field.formfield(**wanted, **secure)


class _ColumnsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（专题）" if obj.topic else str(obj.name)


def _many(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _shown(value: Any) -> Any:
    return {True: "1", False: "0"}.get(value, value) if isinstance(value, bool) else value


class UploadForm(forms.Form):
    """上传正文。"""

    file = forms.FileField(
        label="正文文件",
        help_text="签发稿 .docx，或者 .html；标题、编号、表格、图片会保留",
        widget=forms.FileInput({"accept": ".docx,.html,.htm"}),
    )


class BodyForm(forms.Form):
    """正文。"""

    html = forms.CharField(
        label="正文",
        widget=forms.Textarea({"class": "body-text", "data-editor": "", "spellcheck": "false"}),
        help_text="浏览器不运行脚本时，在这里直接写 HTML",
    )
    note = forms.CharField(label="修改说明", required=False, max_length=500)


class CorrectionForm(BodyForm):
    """更正。"""

    title = forms.CharField(label="标题", max_length=300)
    note = forms.CharField(label="更正说明", max_length=500, help_text="在页面上向公众说明")

    field_order = ("title", "html", "note")


class AttachmentForm(forms.Form):
    """添加附件。"""

    file = forms.FileField(label="附件", help_text="Word、Excel、PDF、OFD、图片等")
    title = forms.CharField(label="附件标题", max_length=300, required=False)


class NumberForm(forms.Form):
    """编号。"""

    sign = forms.ChoiceField(label="机关代字", required=False)
    typed = forms.CharField(
        label="已经编好的文号", max_length=120, required=False, help_text="如：石政办发〔2025〕3号"
    )

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(word, f"{word}（取下一号）") for word in organ.words]
        self.fields["sign"].choices = [("", "手工填写"), *words]


class MomentInput(forms.DateTimeInput):
    """时间。"""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ScheduleForm(forms.Form):
    """定时发布。"""

    at = forms.DateTimeField(
        label="发布时间", widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )


class ChannelForm(forms.Form):
    """登记渠道。"""

    channel = forms.ChoiceField(
        label="渠道", choices=[c for c in Channel.choices if c[0] != Channel.WEBSITE]
    )
    detail = forms.CharField(
        label="说明", max_length=200, required=False, help_text="账号、公报期号、查阅场所、报刊名称"
    )


class EndForm(forms.Form):
    """废止、失效。"""

    on = forms.DateField(
        label="废止（失效）日期", widget=DateInput(), help_text="从这一天起不再有效"
    )
    through = forms.CharField(
        label="依据文件", required=False, help_text="作出决定的文件的文号或索引号，须已录入本系统"
    )
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 2}))


class ExtendForm(forms.Form):
    """延长有效期。"""

    valid_to = forms.DateField(label="延长后有效期至", widget=DateInput())
    through = forms.CharField(label="依据文件", required=False, help_text="文号或索引号")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 2}))


class AmendForm(forms.Form):
    """修改。"""

    through = forms.CharField(label="修改决定", help_text="修改决定的文号或索引号")
    html = forms.CharField(
        label="修改后的全文",
        required=False,
        widget=forms.Textarea({"class": "body-text", "data-editor": ""}),
        help_text="不改动全文的，文件标为“已修改”；改动的，作为新版本发布",
    )
    caption = forms.CharField(label="修改后的题注", max_length=500, required=False)
    reason = forms.CharField(label="说明", max_length=300, widget=forms.Textarea({"rows": 2}))


#: Seen from the policy: the other document interprets this one.
INTERPRETED_BY = "interpreted_by"


class LinkForm(forms.Form):
    """建立关系：the other document by number, by words of its title, or out of a list.

    The list is there where drafts belong together: a policy and what interprets it.
    """

    link = forms.ChoiceField(label="本文件", choices=Link.choices)
    pick = forms.IntegerField(label="从本机关文件中选", required=False, widget=forms.Select)
    target = forms.CharField(
        label="相关文件", required=False, max_length=300,
        help_text="文号、索引号，或者本机关文件标题中的几个字（草稿也可以）",
    )  # fmt: skip
    on = forms.DateField(label="自", required=False, widget=DateInput(), help_text="空为施行之日")

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: list[Document] = []
        if document.row.policy:
            added = (INTERPRETED_BY, "由以下材料解读")
            self.fields["link"].choices = [*Link.choices, added]
            self.initial["link"] = INTERPRETED_BY
            found = interpretations_for(document)
        elif document.kind == INTERPRETATION:
            self.initial["link"] = Link.INTERPRETS
            found = to_interpret(document)
        listed = [(one.pk, _listed(one)) for one in found]
        self.fields["pick"].widget.choices = [("", "（不选，按下面查找）"), *listed]
        if not listed and not self.data.get("pick"):
            self.fields["pick"].widget = forms.HiddenInput()

    def offer(self, one: Document) -> None:
        """列入可选的文件：one chosen elsewhere, so that the form shows it as chosen."""
        choices = self.fields["pick"].widget.choices
        if one.pk not in dict(choices):
            choices.append((one.pk, _listed(one)))

    def clean(self) -> dict[str, Any]:
        """One way or the other."""
        given = super().clean() or {}
        if bool(given.get("pick")) == bool(given.get("target")):
            raise forms.ValidationError(
                "请从列表中选一份文件，或者填写文号、索引号、标题，二者择一。"
            )
        return given


def _listed(one: Document) -> str:
    return f"{one.title}（{one.number or one.get_state_display()}）"


class PassForm(forms.Form):
    """放行。"""

    mark = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="放行理由", max_length=500, min_length=5,
        error_messages={"min_length": "放行须写明理由，至少5个字。"},
    )  # fmt: skip


class ColumnForm(forms.ModelForm):
    """栏目。"""

    class Meta:
        model = Column
        fields = [
            *("parent", "name", "type", "description", "tags", "kind", "keeper"),
            *("update_days", "position", "topic", "opens_on", "closes_on"),
        ]
        widgets = {"opens_on": DateInput(), "closes_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Column.objects.filter(organ=self.instance.organ).order_by("path")
        self.fields["parent"] = _ParentField(
            own, label="上级栏目", required=False, empty_label="（顶级）"
        )


class _ParentField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{'　' * obj.depth}{obj.name}"


class GuideForm(forms.ModelForm):
    """政府信息公开指南。"""

    class Meta:
        model = Guide
        exclude = ["organ"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4


class CampaignForm(forms.ModelForm):
    """清理工作。"""

    kinds = forms.MultipleChoiceField(
        label="清理的种类",
        choices=[(k.code, k.name) for k in KINDS.values() if k.lives],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Campaign
        fields = ["title", "kinds", "subtree", "cut_off"]
        widgets = {"cut_off": DateInput()}


class ItemForm(forms.ModelForm):
    """清理清单的一项。"""

    class Meta:
        model = CampaignItem
        fields = ["unit_opinion", "unit_reason", "decision", "reason", "valid_to"]
        widgets = {"valid_to": DateInput()}


class AdoptForm(forms.Form):
    """采用各地的有效期规则。"""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="适用机关", empty_label=None)
    known = forms.ChoiceField(label="规则")
    basis = forms.CharField(
        label="本地依据", max_length=200, required=False,
        help_text="文件名称、文号和条款；上表已写明文件的可以不填",
    )  # fmt: skip
    read = forms.BooleanField(label="已核对原文", required=False)

    def __init__(self, *args: Any, organs: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=organs)
        listed = [(rule.code, f"{rule}（{rule.certainty}）") for rule in known_rules()]
        self.fields["known"].choices = listed


class PeriodForm(forms.ModelForm):
    """有效期规则。"""

    class Meta:
        model = PeriodRule
        fields = ["organ", "provisional", "years", "basis"]

    def __init__(self, *args: Any, organs: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=organs)
