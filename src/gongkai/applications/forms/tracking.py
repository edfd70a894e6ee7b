"""查询办理的表单：number and code, and what an applicant may add to his request."""

from __future__ import annotations

from django import forms

from gongkai.applications.forms.uploads import FilesField
from gongkai.applications.models.contact import STARS


class TrackForm(forms.Form):
    """查询：编号和查询码。"""

    number = forms.CharField(
        label="编号",
        max_length=80,
        help_text="回执上的登记编号或者投诉受理编号，括号用哪种都行",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "请填写回执上的编号。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=20,
        help_text="回执上的8位字母和数字，不分大小写",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters",
                                "spellcheck": "false"}),
        error_messages={"required": "请填写回执上的查询码。"},
    )  # fmt: skip


class CorrectionForm(forms.Form):
    """补正。"""

    text = forms.CharField(
        label="补正的内容",
        max_length=5_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="按补正告知书的要求写明；也可以只上传材料",
    )
    materials = FilesField(label="补正材料", required=False)


class ReasonsForm(forms.Form):
    """说明理由（第三十五条）。"""

    text = forms.CharField(
        label="理由",
        max_length=5_000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "请写明理由。"},
    )
    materials = FilesField(label="证明材料", required=False)


class WithdrawForm(forms.Form):
    """撤回申请。"""

    text = forms.CharField(
        label="撤回的意思",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        initial="本人自愿撤回这件政府信息公开申请。",
        error_messages={"required": "请写明撤回申请的意思。"},
    )
    sure = forms.BooleanField(
        label="我知道撤回后这件申请不再办理",
        error_messages={"required": "请勾选，确认撤回。"},
    )


class MessageForm(forms.Form):
    """留言。"""

    text = forms.CharField(
        label="留言",
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="请不要在这里写证件号码",
        error_messages={"required": "请写留言内容。"},
    )


class RatingForm(forms.Form):
    """评价。"""

    stars = forms.TypedChoiceField(
        label="对这次办理",
        coerce=int,
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一项评价。"},
    )
    text = forms.CharField(
        label="意见", max_length=1_000, required=False, widget=forms.Textarea({"rows": 3})
    )
