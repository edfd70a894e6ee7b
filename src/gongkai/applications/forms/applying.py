"""网上申请的表单：what is wanted, who asks, and the promise that it is true（第二十九条）."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.applications.actions.receiving import Person
from gongkai.applications.forms.uploads import FilesField
from gongkai.applications.models.application import LONGEST
from gongkai.applications.states import Category, Delivery, Form, Identity, Sort
from gongkai.errors import BadNumber
from gongkai.organs.codes import credit_code
from gongkai.organs.models import Organ
from gongkai.organs.states import Kind
from gongkai.screening.identity import is_resident_number
from gongkai.theme.forms import sentence_of

#: 共同申请人：so many besides the first; more ask on paper.
MOST_JOINT = 9
_PHONE = forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"})


def organs_to_ask() -> Iterator[Organ]:
    """可以申请的机关：those that stand today; not public enterprises（第五十五条）."""
    rows = Organ.objects.standing(timezone.localdate()).exclude(kind=Kind.ENTERPRISE)
    return rows.only("name", "short_name", "path").iterator()


def organ_named(text: str, *, any_kind: bool = False) -> Organ:
    """按名称找机关：its full or short name, else the only one whose name has these words.

    Raises ValidationError saying which ones there are; unless ``any_kind``, also for a public
    enterprise.
    """
    name = "".join(text.split())
    standing = Organ.objects.standing(timezone.localdate())
    exact = standing.filter(name=name).first() or _only(standing.filter(short_name=name))
    found = [exact] if exact else list(standing.filter(name__contains=name)[:6])
    if not found:
        raise ValidationError(f"没有找到名称里有“{name[:40]}”的机关，请从列出的名称里选择。")
    if len(found) > 1:
        names = "、".join(organ.name for organ in found[:5])
        more = "等" if len(found) > 5 else ""
        raise ValidationError(f"名称里有“{name[:40]}”的机关有{names}{more}，请写全称。")
    if found[0].kind == Kind.ENTERPRISE and not any_kind:
        raise ValidationError(
            f"{found[0]}是公共企事业单位，公开信息适用专门规定（第五十五条），不在这里申请；"
            "请直接向它提出，或者向它的主管部门申诉。"
        )
    return found[0]


def _only(rows: Any) -> Organ | None:
    few = list(rows[:2])
    return few[0] if len(few) == 1 else None


class WantedForm(forms.Form):
    """第一步：所需的政府信息。"""

    sort = forms.ChoiceField(
        label="要办什么",
        choices=[
            (Sort.DISCLOSURE, "申请公开政府信息"),
            (Sort.RECTIFICATION, "申请更正与自己有关的信息（第四十一条，须附证据）"),
        ],
        widget=forms.RadioSelect,
        initial=Sort.DISCLOSURE,
    )
    organ = forms.CharField(
        label="向哪个机关申请",
        max_length=100,
        help_text="输入名称中的几个字，从列出的名称里选择",
        widget=forms.TextInput({"list": "organs", "autocomplete": "off"}),
        error_messages={"required": "请写明向哪个机关申请。"},
    )
    subject = forms.CharField(
        label="所需信息的名称",
        max_length=300,
        help_text="例如：2024年度老旧小区改造项目清单",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "请写明所需信息的名称，或者能让工作人员查找到它的描述。"},
    )
    wanted_number = forms.CharField(
        label="文号",
        max_length=120,
        required=False,
        help_text="知道发文字号的，请填写",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    description = forms.CharField(
        label="其他描述",
        max_length=LONGEST,
        required=False,
        help_text="形成的时间、地点、涉及的事项等，写得越具体，找得越准",
        widget=forms.Textarea({"rows": 5}),
    )
    materials = FilesField(
        label="附件",
        required=False,
        help_text="可以说明所需信息的材料，Word、PDF、图片等，可以选几个",
    )

    def clean_organ(self) -> Organ:
        """The organ itself."""
        return organ_named(self.cleaned_data["organ"])


def _identity_number(kind: str, text: str) -> str:
    """证件号码：checked where the number can be checked; raises ValidationError."""
    number = "".join(text.split()).upper()
    if kind == Identity.RESIDENT and not is_resident_number(number):
        raise ValidationError("居民身份证号码不对，请对照证件核对18位号码（GB 11643校验）。")
    if kind == Identity.CREDIT_CODE:
        with sentence_of(BadNumber):
            return credit_code(number)
    return number


class PersonForm(forms.Form):
    """共同申请人：name, document, telephone."""

    name = forms.CharField(label="姓名（名称）", max_length=100)
    identity = forms.ChoiceField(label="证件种类", choices=Identity)
    identity_number = forms.CharField(label="证件号码", max_length=60)
    phone = forms.CharField(label="联系电话", max_length=40, widget=_PHONE)

    def clean(self) -> dict[str, Any]:
        """The number against its kind."""
        kept = super().clean() or self.cleaned_data
        _check_number(self, kept)
        return kept

    def person(self, category: str) -> Person:
        """共同申请人。"""
        return Person(category=Category(category), **self.cleaned_data)


def _check_number(form: forms.Form, kept: dict[str, Any]) -> None:
    if kept.get("identity_number") and kept.get("identity"):
        try:
            kept["identity_number"] = _identity_number(kept["identity"], kept["identity_number"])
        except ValidationError as problem:
            form.add_error("identity_number", problem)


class ApplicantForm(forms.Form):
    """第二步：申请人和获取方式。

    Which fields belong to a person and which to an organisation the page tells by classes, so
    that nothing needs a script; what does not belong to the category chosen is not asked.
    """

    category = forms.ChoiceField(
        label="申请人类别", choices=Category, widget=forms.RadioSelect, initial=Category.PERSON
    )
    name = forms.CharField(
        label="姓名（单位填名称）",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": "请填写申请人的姓名或者名称（第二十九条）。",
            "max_length": "姓名（名称）最多%(limit_value)d个字，现在有%(show_value)d个字。",
        },
    )
    representative = forms.CharField(
        label="法定代表人（负责人）",
        max_length=60,
        error_messages={"required": "单位申请的，请填写法定代表人（负责人）。"},
    )
    contact = forms.CharField(label="联系人", max_length=60, required=False)
    identity = forms.ChoiceField(label="证件种类", choices=Identity, initial=Identity.RESIDENT)
    identity_number = forms.CharField(
        label="证件号码",
        max_length=60,
        help_text="个人填居民身份证等证件号码，单位填统一社会信用代码；加密保存，只有信息公开机构"
        "因办理需要才能查看，查看留有记录",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "请填写身份证明的号码（第二十九条）。"},
    )
    proof = FilesField(
        label="身份证明",
        images=True,
        help_text="证件的照片或者扫描件（JPG、PNG、PDF），可以选几个；加密保存",
        error_messages={"required": "请上传身份证明（第二十九条第二款第（一）项）。"},
    )
    phone = forms.CharField(label="联系电话", max_length=40, required=False, widget=_PHONE)
    email = forms.EmailField(
        label="电子邮箱",
        max_length=200,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱的写法不对，例如 name@example.com。"},
    )
    address = forms.CharField(
        label="通信地址",
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "postal-code"}),
        error_messages={"invalid": "邮政编码是6位数字。"},
    )
    proxy = forms.CharField(label="代理人姓名", max_length=60, required=False)
    proxy_number = forms.CharField(
        label="代理人身份证号码", max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    proxy_phone = forms.CharField(label="代理人电话", max_length=40, required=False, widget=_PHONE)
    mandate = FilesField(
        label="授权委托书", images=True, required=False, help_text="照片或者扫描件；加密保存"
    )
    form = forms.ChoiceField(
        label="要什么形式的信息",
        choices=Form,
        widget=forms.RadioSelect,
        initial=Form.ELECTRONIC,
    )
    delivery = forms.ChoiceField(
        label="用什么方式获取",
        choices=Delivery,
        widget=forms.RadioSelect,
        initial=Delivery.ONLINE,
        help_text="网上获取：凭编号和查询码在本网站查看和下载答复；传真：发到您填写的电话号码",
    )
    assistance = forms.CharField(
        label="需要什么帮助",
        max_length=300,
        required=False,
        help_text="阅读有困难或者视听有障碍的，写明需要的帮助（第四十三条）",
    )
    purpose = forms.CharField(
        label="用途", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, held: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held or {}
        self.fields["proof"].required = not self.held.get("identity")
        if self.is_bound and self.data.get("category") == Category.PERSON:
            self.fields["representative"].required = False

    def clean(self) -> dict[str, Any]:
        """第二十九条：身份证明、联系方式；and what the chosen way of getting it needs."""
        kept = super().clean() or self.cleaned_data
        if kept.get("category") == Category.PERSON:
            kept["representative"] = kept["contact"] = ""
        _check_number(self, kept)
        self._clean_contact(kept)
        self._clean_proxy(kept)
        return kept

    def _clean_contact(self, kept: dict[str, Any]) -> None:
        if not any(kept.get(name) for name in ("phone", "email", "address")) and not any(
            name in self.errors for name in ("phone", "email", "address")
        ):
            self.add_error("phone", "电话、邮箱、地址请至少填写一项，以便联系您（第二十九条）。")
        if (
            kept.get("delivery") == Delivery.FAX
            and not kept.get("phone")
            and "phone" not in self.errors
        ):
            self.add_error("phone", "选择传真的，请填写能收传真的电话号码。")
        if kept.get("delivery") == Delivery.POST and not kept.get("address"):
            self.add_error("address", "选择邮寄的，请填写通信地址。")
        if (
            kept.get("delivery") == Delivery.EMAIL
            and not kept.get("email")
            and "email" not in self.errors
        ):
            self.add_error("email", "选择电子邮件的，请填写电子邮箱。")

    def _clean_proxy(self, kept: dict[str, Any]) -> None:
        if not kept.get("proxy"):
            return
        number = kept.get("proxy_number", "")
        if not number:
            self.add_error("proxy_number", "有代理人的，请填写代理人的身份证号码。")
        elif not is_resident_number("".join(number.split()).upper()):
            self.add_error("proxy_number", "代理人的身份证号码不对，请对照证件核对18位号码。")
        if not self.held.get("proxy") and "mandate" not in self.errors:
            self.add_error("mandate", "有代理人的，请上传授权委托书。")

    def person(self) -> Person:
        """申请人：as typed."""
        kept = self.cleaned_data
        names = [name for name in Person.__dataclass_fields__ if name in kept]
        return Person(**{name: kept[name] for name in names} | {
            "category": Category(kept["category"])
        })  # fmt: skip


class SendForm(forms.Form):
    """第三步：核对无误，提交。"""

    true = forms.BooleanField(
        label="我已核对以上内容，并对申请材料的真实性负责",
        error_messages={"required": "请先核对，并勾选对申请材料的真实性负责。"},
    )
