"""办理一步的表单：what every deed asks, and how a letter goes out."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.applications.actions.papers import Sending
from gongkai.applications.actions.receiving import Sent
from gongkai.applications.forms.uploads import FilesField
from gongkai.applications.models import Application
from gongkai.applications.models.paper import WAYS
from gongkai.applications.states import Attached, Delivery
from gongkai.law.events import Way
from gongkai.organs.models import Staff
from gongkai.theme.forms import DateInput

#: The longest letter that is kept.
LONGEST_BODY = 30_000


def day_field(label: str, **options: Any) -> forms.DateField:
    """日期。"""
    return forms.DateField(label=label, widget=DateInput(), **options)


def prose(label: str, *, rows: int = 3, **options: Any) -> forms.CharField:
    """一段文字：in a text area."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


def files_field(label: str) -> FilesField:
    """随附的文件：several at once, none needed."""
    return FilesField(label=label, required=False)


class DeedForm(forms.Form):
    """办理一步：``told()`` is what the deed takes."""

    #: 附件的类别：of the files the form takes.
    sort: ClassVar[Attached] = Attached.HANDLING

    def __init__(self, *args: Any, application: Application, by: Staff, **options: Any) -> None:
        self.application, self.by = application, by
        super().__init__(*args, **options)
        self.settle()

    def settle(self) -> None:
        """What depends on the case: defaults and choices."""

    def told(self) -> dict[str, Any]:
        """What was filled in, by the names of the deed."""
        told = dict(self.cleaned_data)
        if "enclosed" in told:
            told["sent"] = [Sent(self.sort, one, one.name) for one in told.pop("enclosed")]
        return told


class OnForm(DeedForm):
    """日期：today unless told otherwise; the last field of the forms that have nothing more."""

    on = day_field("日期")

    def settle(self) -> None:
        """Today."""
        self.fields["on"].initial = timezone.localdate()


class SendingForm(DeedForm):
    """发出文书：the day, the way, the number of the mail."""

    #: 给申请人的：his own choice of a way is taken up.
    to_applicant: ClassVar[bool] = True

    on = day_field("发出日期")
    way = forms.ChoiceField(label="发出方式", choices=WAYS, widget=forms.RadioSelect)
    tracking = forms.CharField(
        label="邮件号码",
        max_length=60,
        required=False,
        help_text="邮寄的填写；应当通过邮政企业寄送（国办公开办函〔2016〕235号）",
    )

    def settle(self) -> None:
        """The applicant's own choice, else the post."""
        super().settle()
        self.order_fields([name for name in self.fields if name not in ("on", "way", "tracking")])
        choice: Any = self.fields["way"]
        chosen = self.application.delivery if self.to_applicant else ""
        choice.initial = _CHOSEN.get(chosen, Way.POST).value
        self.fields["on"].initial = timezone.localdate()

    def told(self) -> dict[str, Any]:
        """The sending as one."""
        told = super().told()
        told["sending"] = Sending(
            on=told.pop("on"), way=_WAYS[told.pop("way")], tracking=told.pop("tracking")
        )
        return told


#: 申请人选定的途径 → 送达方式; whatever else he chose, a letter goes by post.
_CHOSEN: dict[str, Way] = {
    Delivery.ONLINE: Way.ELECTRONIC,
    Delivery.EMAIL: Way.ELECTRONIC,
    Delivery.FAX: Way.FAX,
}
#: By the code a form sends.
_WAYS = {way.value: way for way in Way}
