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
        email = staff_recipient(staff, Channel.EMAIL).address
        phone = staff_recipient(staff, Channel.SMS).address
        missing = "您的账号里没有{}，请系统管理员在“人员”里补上。"
        self.fields["email"].help_text = (
            f"发到 {mask_email(email)}" if email else missing.format("电子邮箱")
        )
        self.fields["sms"].help_text = (
            f"发到 {mask_phone(phone)}" if phone else missing.format("手机号码")
        )
        self.fields["pace"].choices = Pace.choices
