"""通知的状态、收件人、渠道：what a notice is, to whom it goes, and which way."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """通知状态。"""

    WAITING = "waiting", "等待发送"
    SENT = "sent", "已发送"
    FAILED = "failed", "发送失败"
    DROPPED = "dropped", "没有发出"


class Audience(TextChoices):
    """收件人类别：who is written to decides how it is proved that he may be."""

    STAFF = "staff", "工作人员"
    APPLICANT = "applicant", "申请人"
    OFFICE = "office", "机关"


class Channel(TextChoices):
    """渠道。"""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"
    WEBHOOK = "webhook", "系统接口"


class Pace(TextChoices):
    """何时发：at once, or together with the rest of the day in one summary."""

    AT_ONCE = "at_once", "随时发送"
    DAILY = "daily", "每天早上八点汇总发送"


#: A notice in one of these is not sent again of itself.
ENDED = (State.SENT, State.FAILED, State.DROPPED)
