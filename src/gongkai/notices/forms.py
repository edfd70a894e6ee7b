"""通知的表单。"""

from __future__ import annotations

from django import forms

from gongkai.notices.models import Preference
from gongkai.notices.states import Channel, Pace
from gongkai.notices.subjects import staff_recipient
from gongkai.organs.models import Staff
from gongkai.vault.masks import mask_email, mask_phone


class PreferenceForm(forms.ModelForm):
    """通知设置：each way with the address it leads to."""

    class Meta:
        model = Preference
        fields = ["email", "sms", "pace"]
        widgets = {"pace": forms.RadioSelect}

    def __init__(self, *args, staff: Staff, **kwargs):
        super().__init__(*args, **kwargs)
        for name, masking, missing in (
            ("email", mask_email, "电子邮箱"),
            ("sms", mask_phone, "手机号码"),
        ):
            field = self.fields[name]
            if address := staff_recipient(staff, Channel(name)).address:
                field.label = f"{field.label}（{masking(address)}）"
            else:
                field.help_text = f"您的账号里没有{missing}，请系统管理员在“人员”里补上。"
        self.fields["pace"].choices = Pace.choices
