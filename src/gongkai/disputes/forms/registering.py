"""登记案件、更正登记事项的表单；导出。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.applications.forms.uploads import FilesField
from gongkai.applications.models import Application
from gongkai.applications.models.application import OUTCOME_CHOICES
from gongkai.disputes.actions.registering import Facts, Sent
from gongkai.disputes.actions.taking import HANDLERS
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Attached, Challenged, Kind, Procedure
from gongkai.organs.forms import PersonField
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.rights import organs_with
from gongkai.theme.forms import DateInput

#: So many earlier reviews are offered, the newest first.
OFFERED = 200


def handlers_of(organs: list[int]) -> Any:
    """可以承办的人：who handles cases at one of these organs today."""
    held = Role.objects.held(timezone.localdate()).filter(organ__in=organs, duty__in=HANDLERS)
    return Staff.objects.filter(is_active=True, pk__in=held.values("staff")).order_by("name")


class ReviewField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """选一件行政复议：by its number, the case number and what it is about."""

    def label_from_instance(self, obj: Any) -> str:
        """台账编号 案号 事项 结果。"""
        told = (obj.number, obj.case_number, obj.about[:30], obj.result_told)
        return " ".join(part for part in told if part)


class RegisterForm(forms.Form):
    """登记事项：what the papers say that came."""

    fields: dict[str, Any]

    organ = forms.ModelChoiceField(Organ.objects.none(), label="被申请人（被告）")
    kind = forms.ChoiceField(
        label="案件种类",
        choices=[(kind.value, kind.short) for kind in Kind],
        widget=forms.RadioSelect,
        help_text="年度报告表四按种类统计",
    )
    application = forms.CharField(
        label="所涉申请的登记编号",
        max_length=80,
        required=False,
        help_text="申请在登记簿里的，填写登记编号；答复结果、依据和申请人从登记簿取得",
    )
    about = forms.CharField(
        label="所涉事项",
        max_length=300,
        required=False,
        help_text="没有关联申请的必须填写；有关联申请的，不填则取所需信息名称",
    )
    challenged = forms.ChoiceField(
        label="争议的行为",
        choices=Challenged.choices,
        widget=forms.RadioSelect,
        initial=Challenged.REPLY,
    )
    round = forms.IntegerField(
        label="第几次答复",
        min_value=1,
        max_value=99,
        required=False,
        help_text="重新答复过的，写明对第几次答复不服；不填为最近一次",
    )
    outcome = forms.ChoiceField(
        label="答复结果",
        choices=[("", "从登记簿取得，或者没有"), *OUTCOME_CHOICES],
        required=False,
    )
    article = forms.CharField(
        label="答复依据",
        max_length=120,
        required=False,
        help_text="不填则取该答复结果所依据的条文",
    )
    paper_number = forms.CharField(label="答复书编号", max_length=100, required=False)
    body = forms.CharField(label="复议机关（法院）", max_length=100)
    case_number = forms.CharField(label="案号", max_length=80, required=False)
    claimant = forms.CharField(
        label="申请人（原告）",
        max_length=100,
        required=False,
        help_text="不填则取申请登记的申请人",
    )
    received_on = forms.DateField(
        label="收到副本的日期",
        widget=DateInput(),
        help_text="本机关收到复议申请书或者起诉状副本之日，答复期限自次日起计算",
    )
    procedure = forms.ChoiceField(
        label="审理程序",
        choices=Procedure.choices,
        widget=forms.RadioSelect,
        initial=Procedure.ORDINARY,
        help_text="行政复议：普通程序10个工作日、简易程序5个工作日内答复"
        "（《行政复议法》第四十八条、第五十四条第一款、第八十八条第二款）；"
        "行政诉讼：两种程序均为15日（《行政诉讼法》第六十七条第一款）",
    )
    earlier = ReviewField(
        Dispute.objects.none(),
        label="此前的行政复议",
        required=False,
        empty_label="没有，或者不在台账里",
        help_text="复议后起诉的，选择台账里的行政复议案件",
    )

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        self.by = by
        super().__init__(*args, **options)
        keys = organs_with(by, HANDLERS)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=keys).order_by("path")
        self.fields["organ"].empty_label = None
        self.fields["organ"].initial = by.organ_id if by.organ_id in keys else None
        if len(keys) == 1:
            self.fields["organ"].initial = keys[0]
            self.fields["organ"].widget = forms.HiddenInput()
        known = Organ.objects.filter(pk__in=keys).values_list("review_body", "court")
        names = dict.fromkeys(name for pair in known for name in pair if name)
        if names:
            self.fields["body"].help_text = f"本机关登记的：{'、'.join(names)}"
        reviews = Dispute.objects.standing().filter(organ__in=keys, kind=Kind.REVIEW)
        newest = reviews.order_by("-received_on", "-pk").values("pk")[:OFFERED]
        self.fields["earlier"].queryset = Dispute.objects.filter(
            pk__in=list(newest.values_list("pk", flat=True))
        ).order_by("-received_on", "-pk")

    def clean_application(self) -> Application | None:
        """The request, by its number; one that cannot be seen is not there."""
        number = self.cleaned_data["application"].strip()
        if not number:
            return None
        rows = Application.objects.on_the_desk_of(self.by).select_related("organ")
        found = rows.filter(number=number).first()
        if found is None:
            raise ValidationError(f"登记簿里没有编号为“{number}”的申请。")
        return found

    def facts(self) -> Facts:
        """登记事项：as the action takes them."""
        told = {name: self.cleaned_data[name] for name in FACTS}
        return Facts(
            **told | {
                "kind": Kind(told["kind"]),
                "challenged": Challenged(told["challenged"]),
                "procedure": Procedure(told["procedure"]),
            }
        )  # fmt: skip


#: The fields of the form that are the facts of the case.
FACTS = (
    *("kind", "application", "about", "challenged", "round", "outcome", "article"),
    *("paper_number", "body", "case_number", "claimant", "received_on", "procedure", "earlier"),
)


class NewForm(RegisterForm):
    """登记案件：with who handles it, and the papers that came."""

    handler = PersonField(
        Staff.objects.none(), label="承办人", required=False, empty_label="由我承办"
    )
    copies = FilesField(
        label="申请书、起诉状副本和通知",
        required=False,
        help_text="加密保存，只由本机关的人员查看",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["handler"].queryset = handlers_of(organs_with(self.by, HANDLERS))

    def sent(self) -> list[Sent]:
        """材料。"""
        return [Sent(Attached.COPY, one, one.name) for one in self.cleaned_data["copies"]]


class AmendForm(RegisterForm):
    """更正登记事项：the same, of one organ, with the reason."""

    reason = forms.CharField(
        label="更正原因",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="原来的内容保留在办理过程中，期限按更正后的日期重新计算",
    )

    def __init__(self, *args: Any, dispute: Dispute, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["organ"]
        rows = self.fields["earlier"].queryset
        self.fields["earlier"].queryset = rows.filter(organ=dispute.organ).exclude(pk=dispute.pk)


def initial_of(dispute: Dispute) -> dict[str, Any]:
    """更正前的内容。"""
    told = {name: getattr(dispute, name) for name in FACTS}
    told["application"] = dispute.application.number if dispute.application else ""
    return told
