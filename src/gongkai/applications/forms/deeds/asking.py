"""补正、征求意见的表单（第三十条、第三十二条、第三十四条）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.applications.actions.consulting import USUAL_GAP
from gongkai.applications.actions.correcting import usual_correct_by
from gongkai.applications.clock import correction_notice_by
from gongkai.applications.forms.deeds.base import (
    DeedForm,
    OnForm,
    SendingForm,
    day_field,
    files_field,
    prose,
)
from gongkai.applications.models import Consultation
from gongkai.applications.models.application import CHANNELS
from gongkai.applications.states import Attached, Opinion
from gongkai.law.events import Channel, Whom


class CorrectForm(SendingForm):
    """告知补正：what is unclear, how to say it better, by when."""

    what = prose("需要补正的事项", max_length=2000, help_text="应当一次性告知（第三十条）")
    guidance = prose("指导和释明", max_length=2000, help_text="怎样写才明确，可以参考什么")
    correct_by = day_field("补正期限", help_text="合理的期限；逾期不补正视为放弃申请")
    late_anyway = forms.BooleanField(
        label="知道逾期，仍然发出",
        required=False,
        help_text="收到申请7个工作日以后发出的，不影响答复期限",
    )

    def settle(self) -> None:
        """The usual day of the office; nothing is asked about being late in time."""
        super().settle()
        self.fields["correct_by"].initial = usual_correct_by(self.application)
        limit = correction_notice_by(self.application).due
        if limit is None or timezone.localdate() <= limit:
            del self.fields["late_anyway"]


class CorrectionForm(OnForm):
    """收到补正：the words, how they came, and whether a late one is accepted."""

    sort = Attached.CORRECTION

    on = day_field("收到日期")
    text = prose("补正的内容", max_length=5000, required=False, rows=4)
    enclosed = files_field("补正材料")
    channel = forms.ChoiceField(
        label="提交渠道", choices=[("", "与申请相同"), *CHANNELS], required=False
    )
    justified = forms.BooleanField(label="逾期，但有正当理由", required=False)
    reason = forms.CharField(
        label="认可的正当理由", max_length=300, required=False, help_text="逾期补正的填写"
    )

    def told(self) -> dict[str, Any]:
        """The channel as the clock knows it."""
        told = super().told()
        told["channel"] = _CHANNELS.get(told["channel"])
        return told


_CHANNELS = {channel.value: channel for channel in Channel}


class ConsultForm(SendingForm):
    """征求意见：of whom, about what; nothing in it tells who asks."""

    to_applicant = False

    whom = forms.ChoiceField(
        label="征求谁的意见",
        choices=[(whom.value, whom.label) for whom in Whom],
        widget=forms.RadioSelect,
        initial=Whom.THIRD_PARTY.value,
        help_text="第三方逾期不答复的，由本机关决定是否公开；共同制作机关逾期不答复的，视为同意公开",
    )
    name = forms.CharField(label="名称", max_length=100)
    information = prose(
        "拟公开的信息", max_length=5000, rows=4, help_text="名称、内容概要；不得写明申请人身份"
    )
    address = forms.CharField(
        label="联系地址", max_length=200, required=False, help_text="加密保存，查看时记录在案"
    )
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    tell_applicant = forms.BooleanField(
        label="同时告知申请人征求意见所需时间不计入期限",
        required=False,
        initial=True,
        help_text="申请人选择电子方式的随即发出；其他的留作草稿，邮寄后登记邮件号码",
    )

    def settle(self) -> None:
        """What was asked for stands there to be edited."""
        super().settle()
        self.fields["information"].initial = self.application.subject

    def told(self) -> dict[str, Any]:
        """Whom as the clock knows it."""
        told = super().told()
        told["whom"] = _WHOM[told["whom"]]
        return told


_WHOM = {whom.value: whom for whom in Whom}


class _Asked(forms.ModelChoiceField[Consultation]):
    """征求的对象：by name and the day of the letter."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.get_whom_display()}，{obj.sent_on}发出）"


class _OfOne(DeedForm):
    """对一份征求意见函：the only open one is chosen beforehand."""

    consultation = _Asked(
        Consultation.objects.none(),
        label="征求谁的意见",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def settle(self) -> None:
        """Those it may be about."""
        super().settle()
        rows = self.rows()
        choice: Any = self.fields["consultation"]
        choice.queryset = rows
        if "on" in self.fields:
            self.fields["on"].initial = timezone.localdate()
        keys = list(rows.values_list("pk", flat=True)[:2])
        choice.initial = keys[0] if len(keys) == 1 else None

    def rows(self) -> Any:
        """Those still waited for."""
        return self.application.consultations.filter(ended_on__isnull=True)


class DeliveredForm(_OfOne):
    """登记送达：the fifteen working days run from the next day."""

    on = day_field("对方收到日期")

    def rows(self) -> Any:
        """Those not yet delivered."""
        return super().rows().filter(delivered_on__isnull=True)


class OpinionForm(_OfOne):
    """收到意见：what it is, why, and what we think of the reasons."""

    sort = Attached.OPINION

    on = day_field("收到日期")
    opinion = forms.ChoiceField(
        label="意见",
        choices=[(one.value, one.label) for one in Opinion if one is not Opinion.SILENT],
        widget=forms.RadioSelect,
    )
    reasons = prose(
        "对方的理由", max_length=5000, required=False, help_text="不同意公开的，应当登记理由"
    )
    reasonable = forms.NullBooleanField(
        label="理由是否合理",
        required=False,
        widget=forms.Select(choices=[("", "尚未判断"), ("true", "合理"), ("false", "不合理")]),
    )
    enclosed = files_field("回函")

    def told(self) -> dict[str, Any]:
        """The opinion as the table has it."""
        told = super().told()
        told["opinion"] = Opinion(told["opinion"])
        return told


class LapsedForm(_OfOne):
    """意见逾期：nothing to fill in but whose."""


class OverrideForm(SendingForm, _OfOne):
    """告知第三方拟公开：why, and when it will be disclosed."""

    to_applicant = False

    reason = prose("不公开会对公共利益造成重大影响的理由", max_length=2000)
    release_on = day_field("拟公开日期", help_text="与告知第三方之间应当留出合理间隔")

    def settle(self) -> None:
        """The usual gap."""
        super().settle()
        told = self.fields["on"].initial
        self.fields["release_on"].initial = told + USUAL_GAP

    def rows(self) -> Any:
        """Third parties that refused and have not been told yet."""
        return self.application.consultations.filter(
            whom=Whom.THIRD_PARTY.value,
            opinion__in=[Opinion.REFUSES, Opinion.PARTLY],
            override_sent_on__isnull=True,
        )
