"""窗口收件的表单：every channel but the site itself, with its proof; who asks, and for what.

A paper that lacks something is received all the same; what it lacks is told（第三十条）.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.applications.actions.receiving import Asked, Person, Sent
from gongkai.applications.forms.uploads import FilesField
from gongkai.applications.models.application import LONGEST
from gongkai.applications.states import Attached, Category, Delivery, Form, Identity, Sort
from gongkai.errors import BadNumber
from gongkai.law.events import Channel
from gongkai.law.ledger import read_channel
from gongkai.organs.codes import credit_code
from gongkai.organs.models import Organ
from gongkai.screening.identity import is_resident_number
from gongkai.theme.forms import DateInput

#: 渠道和收到之日（第二十九条第一款、第三十一条）：what counts as the day of receipt, by channel.
RULES: dict[Channel, str] = {
    Channel.IN_PERSON: "以申请人提交之日为收到申请之日（第三十一条第（一）项）。",
    Channel.ORAL: "申请人书写有困难的，可以口头提出，由受理人代为填写、申请人确认；"
    "以提交之日为收到申请之日（第二十九条第一款、第三十一条第（一）项）。",
    Channel.POST_SIGNED: "挂号、特快等需要签收的，以本机关签收之日为收到申请之日"
    "（第三十一条第（二）项）；收发室签收也是签收，请填签收日期，不是转到本机构的日期。",
    Channel.POST_ORDINARY: "平常信函等无需签收的，应当于收到申请的当日与申请人确认，"
    "以确认之日为收到申请之日（第三十一条第（二）项）；收件后请办理“确认收到”，"
    "联系不上的，记录每次联系的情况。",
    Channel.INTERNAL: "其他内设机构收到后转来的，到达日期填本机关最早收到的日期；"
    "应当与申请人确认，以确认之日为收到申请之日（第三十一条第（二）项）。",
    Channel.FAX: "以双方确认之日为收到申请之日（第三十一条第（三）项）；收件后请办理“确认收到”。",
    Channel.EMAIL: "以双方确认之日为收到申请之日（第三十一条第（三）项）；到达日期填邮件进入"
    "公布邮箱的日期，收件后请办理“确认收到”。",
}
CHANNELS = [(channel.value, channel.label) for channel in RULES]
#: 共同申请人：so many besides the first.
MOST_JOINT = 9
_NAMES = {
    "required": "请填写申请人的姓名（名称）。",
    "max_length": "姓名（名称）最多%(limit_value)d个字，现在有%(show_value)d个字。",
}


class ReceiveForm(forms.Form):
    """收件：how and when it came, what is asked for, how the answer is wanted."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    organ = forms.ModelChoiceField(Organ.objects.none(), label="受理机关", empty_label=None)
    sort = forms.ChoiceField(label="种类", choices=Sort, initial=Sort.DISCLOSURE)
    channel = forms.ChoiceField(
        label="提交渠道",
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择申请是怎样提交的。",
            "invalid_choice": "窗口收件没有这个渠道，请重新选择。",
        },
    )
    arrived_on = forms.DateField(label="到达日期", widget=DateInput())
    arrived_at = forms.TimeField(
        label="到达时间", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text="传真、邮件的时间，或者当面提交的时间",
    )  # fmt: skip
    tracking = forms.CharField(label="邮件号码", max_length=60, required=False)
    signed_by = forms.CharField(label="签收人", max_length=60, required=False)
    handed_by = forms.CharField(
        label="转来的机构", max_length=100, required=False, help_text="由其他内设机构转来的填写"
    )
    attempts = forms.CharField(
        label="联系申请人的情况",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="何时、以何种方式联系，结果如何；记入办理过程",
    )
    subject = forms.CharField(
        label="所需信息的名称",
        max_length=300,
        help_text="照申请表抄录；没有名称的，写能够查找的描述",
        error_messages={
            "required": "请填写所需信息的名称，或者能查找到它的描述。",
            "max_length": "最多%(limit_value)d个字，现在有%(show_value)d个字；其余写在内容描述里。",
        },
    )
    wanted_number = forms.CharField(label="文号", max_length=120, required=False)
    description = forms.CharField(
        label="内容描述", max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 4})
    )
    purpose = forms.CharField(
        label="用途", max_length=500, required=False,
        help_text="申请人写了才填，不得要求申请人说明",
    )  # fmt: skip
    form = forms.ChoiceField(label="获取信息的方式", choices=Form, initial=Form.PAPER)
    delivery = forms.ChoiceField(
        label="获取信息的途径", choices=[("", "没有写明"), *Delivery.choices], required=False
    )
    assistance = forms.CharField(
        label="需要的帮助", max_length=300, required=False,
        help_text="阅读困难或者视听障碍（第四十三条）",
    )  # fmt: skip
    request_files = FilesField(label="申请材料扫描件", required=False)
    identity_files = FilesField(
        label="身份证明扫描件", images=True, required=False, help_text="加密保存，查看须写明原因"
    )
    proxy_files = FilesField(
        label="授权委托材料扫描件", images=True, required=False, help_text="加密保存"
    )
    arrival_files = FilesField(label="收件凭证", required=False, help_text="信封、传真件、邮件等")

    def __init__(self, data: Any, files: Any, *, organs: list[int], organ: int) -> None:
        usual = {"token": secrets.token_urlsafe(24), "arrived_on": timezone.localdate()}
        super().__init__(data, files, initial={**usual, "organ": organ})
        chosen: Any = self.fields["organ"]
        chosen.queryset = Organ.objects.standing(timezone.localdate()).filter(pk__in=organs)

    def clean_arrived_on(self) -> Any:
        """A day to come is a slip of the pen."""
        day = self.cleaned_data["arrived_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(f"{day:%Y-%m-%d}晚于今天，请核对。")
        return day

    def clean(self) -> dict[str, Any]:
        """What the channel needs as proof of its day."""
        told = super().clean() or self.cleaned_data
        channel = told.get("channel")
        if channel == Channel.INTERNAL and not told.get("handed_by"):
            self.add_error("handed_by", "由其他内设机构转来的，请写明是哪个机构。")
        if channel == Channel.POST_SIGNED and not (told.get("tracking") or told.get("signed_by")):
            self.add_error("tracking", "需要签收的邮寄，邮件号码和签收人请至少填写一项。")
        return told

    @property
    def rules(self) -> list[tuple[Any, str]]:
        """渠道和收到之日：each choice with its rule, for the page."""
        choices = zip(self["channel"], RULES.values(), strict=True)
        return list(choices)

    @property
    def asked(self) -> Asked:
        """所申请的：as the action takes it."""
        told = self.cleaned_data
        same = ("subject", "description", "arrived_on", "handed_by", "wanted_number", "purpose")
        return Asked(
            channel=read_channel(told["channel"]),
            sort=Sort(told["sort"]),
            form=Form(told["form"]),
            delivery=told["delivery"],
            assistance=told["assistance"],
            arrival_note="；".join(self._proof()),
            **{name: told[name] for name in same},
        )

    def _proof(self) -> Iterator[str]:
        told = self.cleaned_data
        if told["arrived_at"]:
            yield f"{told['arrived_at']:%H:%M}到达"
        if told["tracking"]:
            yield f"邮件号码{told['tracking']}"
        if told["signed_by"]:
            yield f"签收人{told['signed_by']}"

    @property
    def sent(self) -> list[Sent]:
        """随附的文件：each of its class."""
        sorts = {
            "request_files": Attached.REQUEST,
            "identity_files": Attached.IDENTITY,
            "proxy_files": Attached.PROXY,
            "arrival_files": Attached.ARRIVAL,
        }
        return [
            Sent(sort, file, file.name)
            for name, sort in sorts.items()
            for file in self.cleaned_data.get(name) or []
        ]


class PersonForm(forms.Form):
    """申请人：as the paper has it; numbers that can be checked are."""

    category = forms.ChoiceField(label="类别", choices=Category, initial=Category.PERSON)
    name = forms.CharField(label="姓名（名称）", max_length=100, error_messages=_NAMES)
    identity = forms.ChoiceField(label="证件种类", choices=Identity, initial=Identity.RESIDENT)
    identity_number = forms.CharField(
        label="证件号码", max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off"}), help_text="加密保存",
    )  # fmt: skip
    representative = forms.CharField(
        label="法定代表人（负责人）", max_length=60, required=False, help_text="单位申请的填写"
    )
    contact = forms.CharField(label="联系人", max_length=60, required=False)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", max_length=200, required=False)
    address = forms.CharField(label="通信地址", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^\d{6}$", label="邮政编码", required=False,
        error_messages={"invalid": "邮政编码是6位数字。"},
    )  # fmt: skip
    proxy = forms.CharField(label="代理人", max_length=60, required=False)
    proxy_number = forms.CharField(
        label="代理人证件号码", max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    proxy_phone = forms.CharField(label="代理人电话", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """A number that cannot be right is a slip of the pen; it may be left out, not wrong."""
        told = super().clean() or self.cleaned_data
        number = "".join(str(told.get("identity_number", "")).split()).upper()
        if number and told.get("identity") == Identity.RESIDENT and not is_resident_number(number):
            self.add_error(
                "identity_number",
                "居民身份证号码不对，请对照证件核对18位号码；看不清的可以先不填。",
            )
        if number and told.get("identity") == Identity.CREDIT_CODE:
            try:
                number = credit_code(number)
            except BadNumber as problem:
                self.add_error("identity_number", str(problem))
        told["identity_number"] = number
        return told

    @property
    def person(self) -> Person:
        """申请人的情况。"""
        told = dict(self.cleaned_data)
        return Person(**told | {"category": Category(told["category"])})

    @property
    def missing(self) -> list[str]:
        """第二十九条还缺什么：no obstacle to receiving it."""
        told, lacks = self.cleaned_data, []
        if not told["identity_number"]:
            lacks.append("身份证明")
        if not (told["phone"] or told["email"] or told["address"]):
            lacks.append("联系方式")
        if told["category"] != Category.PERSON and not told["representative"]:
            lacks.append("法定代表人（负责人）姓名")
        return [f"{told['name']}的{lack}" for lack in lacks]


PersonFormSet = forms.formset_factory(
    PersonForm, extra=0, min_num=1, max_num=MOST_JOINT + 1, absolute_max=MOST_JOINT + 2,
    validate_min=True, validate_max=True,
)  # fmt: skip
