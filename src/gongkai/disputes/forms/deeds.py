"""办理一步的表单：``told()`` is what the deed takes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.applications.forms.uploads import FilesField
from gongkai.disputes.actions.registering import Sent
from gongkai.disputes.actions.ruling import Decided, last_ruling
from gongkai.disputes.findings import finding, findings_of
from gongkai.disputes.forms.registering import handlers_of
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Attached, Cause, Disposal, Party, Result
from gongkai.law.articles import RECONSIDERATION
from gongkai.organs.forms import PersonField
from gongkai.organs.models import Staff
from gongkai.theme.forms import DateInput

#: 被申请人的负责人应当参加听证
_HEARING = RECONSIDERATION.article(51, 3)
_CAUSES = [("", "没有被纠正"), *Cause.choices]


def day_field(label: str, **options: Any) -> forms.DateField:
    """日期。"""
    return forms.DateField(label=label, widget=DateInput(), **options)


def prose(label: str, *, rows: int = 3, most: int = 3000, **options: Any) -> forms.CharField:
    """一段文字：in a text area."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class DeedForm(forms.Form):
    """办理一步。"""

    fields: dict[str, Any]
    #: 材料的类别：of the files the form takes.
    sort: ClassVar[Attached] = Attached.OTHER

    def __init__(self, *args: Any, dispute: Dispute, **options: Any) -> None:
        self.dispute = dispute
        super().__init__(*args, **options)
        self.settle()

    def settle(self) -> None:
        """What depends on the case: defaults, labels and choices."""

    def told(self) -> dict[str, Any]:
        """What was filled in, by the names of the deed."""
        told = dict(self.cleaned_data)
        if "enclosed" in told:
            told["sent"] = [Sent(self.sort, one, one.name) for one in told.pop("enclosed")]
        return told


class AssignForm(DeedForm):
    """确定承办人。"""

    handler = PersonField(Staff.objects.none(), label="承办人", empty_label="请选择")

    def settle(self) -> None:
        """Who handles cases at the organ."""
        self.fields["handler"].queryset = handlers_of([self.dispute.organ_id])


class AttachForm(DeedForm):
    """加入材料：of one sort at a time."""

    sorts = forms.ChoiceField(label="类别", choices=Attached.choices, widget=forms.RadioSelect)
    enclosed = FilesField(label="文件", help_text="加密保存，只由本机关的人员查看")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def settle(self) -> None:
        """What is usually wanted next."""
        kept = set(self.dispute.attachments.values_list("sort", flat=True))
        wanted = (Attached.ANSWER, Attached.EVIDENCE, Attached.OTHER)
        self.fields["sorts"].initial = next(one for one in wanted if one not in kept or one
                                            is Attached.OTHER)  # fmt: skip

    def told(self) -> dict[str, Any]:
        """The files, of the sort that was chosen."""
        sort = Attached(self.cleaned_data["sorts"])
        files = [Sent(sort, one, one.name) for one in self.cleaned_data["enclosed"]]
        return {"sent": files, "note": self.cleaned_data["note"]}


class FileForm(DeedForm):
    """登记提交。"""

    on = day_field("提交日期", help_text="当面交的为对方签收之日；邮寄的为交邮之日")
    note = forms.CharField(
        label="提交方式", max_length=200, required=False, help_text="如邮件号码、签收人"
    )

    def settle(self) -> None:
        """Today."""
        self.fields["on"].initial = timezone.localdate()


class HearForm(DeedForm):
    """登记听证、开庭。"""

    sort = Attached.HEARING
    on = day_field("日期")
    at = forms.TimeField(
        label="时间", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label="地点", max_length=200)
    goes = forms.CharField(label="出席人员", max_length=200)
    enclosed = FilesField(label="通知、传票", required=False)

    def settle(self) -> None:
        """Who has to go."""
        whom = "应当出庭应诉" if self.dispute.sort.is_suit else "应当参加听证"
        basis = "《行政诉讼法》第三条第三款" if self.dispute.sort.is_suit else _HEARING
        self.fields[
            "goes"
        ].help_text = f"本机关负责人{whom}，不能出席的委托相应的工作人员（{basis}）"


class AttendForm(DeedForm):
    """登记听证、庭审情况。"""

    sort = Attached.HEARING
    note = prose("情况", rows=5)
    enclosed = FilesField(label="笔录等材料", required=False)


class CancelForm(DeedForm):
    """取消听证、开庭。"""

    reason = forms.CharField(
        label="原因", max_length=200, help_text="改期的，取消后另行登记新的日期"
    )


class DecideForm(DeedForm):
    """登记结论：a review decision, or a ruling of the first instance."""

    sort = Attached.DECISION
    finding = forms.ChoiceField(label="结论", widget=forms.RadioSelect)
    cause = forms.ChoiceField(
        label="被纠正的原因",
        choices=_CAUSES,
        required=False,
        help_text="撤销、变更、确认违法或者无效、责令履行的必须选择，供分析败诉原因",
    )
    on = day_field("裁决日期", help_text="文书上的日期；年度报告按这一天所在的年度计入结果")
    received_on = day_field("收到日期", help_text="上诉期限、重新答复的期限自收到之日起计算")
    number = forms.CharField(label="文书编号", max_length=100, required=False)
    note = prose("主要理由", required=False)
    enclosed = FilesField(label="文书", required=False)

    def settle(self) -> None:
        """The findings of this kind of case, each with the column it counts in."""
        choices = [
            (one.code, f"{one}（{one.result.label}）") for one in findings_of(self.dispute.sort)
        ]
        self.fields["finding"].choices = choices
        self.fields["received_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """A reversal has its cause."""
        told = super().clean() or self.cleaned_data
        code = told.get("finding", "")
        if code and finding(code).result is Result.REVERSED and not told.get("cause"):
            self.add_error("cause", "被纠正的，请选择原因。")
        return told

    def told(self) -> dict[str, Any]:
        """The decision as one."""
        told = super().told()
        return {"sent": told.pop("sent"), "decided": Decided(**told)}


class AppealForm(DeedForm):
    """登记上诉。"""

    sort = Attached.APPEAL
    party = forms.ChoiceField(label="上诉人", choices=Party.choices, widget=forms.RadioSelect)
    on = day_field("上诉日期", help_text="本机关上诉的为递交上诉状之日；对方上诉的为上诉状上的日期")
    court = forms.CharField(label="二审法院", max_length=100)
    case_number = forms.CharField(label="二审案号", max_length=80, required=False)
    reason = prose("上诉理由", most=2000, required=False)
    enclosed = FilesField(label="上诉状", required=False)

    def told(self) -> dict[str, Any]:
        """With who appeals as what it is."""
        told = super().told()
        return told | {"party": Party(told["party"])}


class DecideAppealForm(DeedForm):
    """登记二审结论。"""

    sort = Attached.DECISION
    disposal = forms.ChoiceField(
        label="二审的处理", choices=Disposal.choices, widget=forms.RadioSelect
    )
    changed = forms.ChoiceField(
        label="改判后的结论", required=False, help_text="只有改判、撤销或者变更的才选择"
    )
    cause = forms.ChoiceField(
        label="被纠正的原因",
        choices=_CAUSES,
        required=False,
        help_text="改判后结果为纠正的选择；维持原裁判的，仍按一审的原因",
    )
    on = day_field("裁判日期", help_text="二审裁判是终审裁判，年度报告按这一天所在的年度计入结果")
    received_on = day_field("收到日期", required=False)
    number = forms.CharField(label="文书编号", max_length=100, required=False)
    note = prose("主要理由", required=False)
    enclosed = FilesField(label="文书", required=False)

    def settle(self) -> None:
        """The findings of a suit."""
        found = [
            (one.code, f"{one}（{one.result.label}）") for one in findings_of(self.dispute.sort)
        ]
        self.fields["changed"].choices = [("", "没有改判"), *found]

    def told(self) -> dict[str, Any]:
        """With the disposal as what it is."""
        told = super().told()
        return told | {"disposal": Disposal(told["disposal"])}


class OrderForm(DeedForm):
    """登记责令重新答复。"""

    on = day_field("起算日", help_text="收到复议决定之日；判决为生效之日（判决另有写明的，按判决）")
    workdays = forms.IntegerField(
        label="期限（工作日）", min_value=1, max_value=365, required=False,
        help_text="决定书、判决书写明多少个工作日的填写",
    )  # fmt: skip
    until = day_field(
        "或者期限（日期）", required=False,
        help_text="写明日期或者按自然日算得日期的填写；两项都不填的，按本机关的办理口径",
    )  # fmt: skip

    def settle(self) -> None:
        """The day the ruling came."""
        ruling = last_ruling(self.dispute)
        if ruling is not None:
            self.fields["on"].initial = ruling.received_on


class ObeyForm(DeedForm):
    """登记已重新答复：of a request that is not in the register."""

    on = day_field("重新答复日期")

    def settle(self) -> None:
        """What the register knows need not be typed."""
        self.fields["on"].initial = timezone.localdate()
        if self.dispute.reordered:
            del self.fields["on"]


class LearnForm(DeedForm):
    """写经验教训。"""

    text = prose(
        "经验教训",
        rows=6,
        help_text="为什么发生争议、为什么被纠正、今后怎样答复；不要写当事人的姓名",
    )

    def settle(self) -> None:
        """What was written before."""
        self.fields["text"].initial = self.dispute.lessons
