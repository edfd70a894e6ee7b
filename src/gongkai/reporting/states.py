"""年报报送件的状态、范围、来源和流程表（《政府信息公开条例》第四十九条、第五十条）。"""

from __future__ import annotations

from django.db.models import TextChoices

from gongkai.organs.states import Duty
from gongkai.steps.states import Flow, Move


class Scope(TextChoices):
    """编报范围：whose year it is."""

    OWN = "own", "本机关"
    WHOLE = "whole", "汇总"
    OUTSIDE = "outside", "系统外单位"


class Basis(TextChoices):
    """数据来源：where its figures come from."""

    RECORDS = "records", "由办理记录统计"
    UNITS = "units", "由各单位年报汇总"
    FILE = "file", "由文件读入"


class State(TextChoices):
    """报送件的状态。"""

    DRAFT = "draft", "编制中"
    SIGNING = "signing", "待审签"
    APPROVED = "approved", "待报送"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    CLEARED = "cleared", "待公布"
    PUBLISHED = "published", "已公布"
    REPLACED = "replaced", "已更正"

    @property
    def tone(self) -> str:
        """Colour of the pill; the word says the same."""
        tones = {"published": "good", "replaced": "plain", "returned": "bad", "draft": "info"}
        return tones.get(self.value, "warn")


#: The text may be written and the figures follow the records.
EDITABLE = (State.DRAFT, State.RETURNED)
#: The figures stand as they were when the leader was asked.
FROZEN = (
    State.SIGNING,
    State.APPROVED,
    State.SUBMITTED,
    State.CLEARED,
    State.PUBLISHED,
    State.REPLACED,
)
#: Sent in: what a sum may be built of.
SENT_IN = (State.SUBMITTED, State.CLEARED, State.PUBLISHED)
#: Out of hand; everybody may read what has a day of publication.
PUBLIC = (State.PUBLISHED, State.REPLACED)

_OFFICE = {Duty.DISCLOSURE, Duty.OFFICE_HEAD}
_COMPETENT = {Duty.COMPETENT}

FLOW = Flow(
    State,
    send_up=Move("提交审签", start=EDITABLE, end=State.SIGNING, roles=_OFFICE),
    take_back=Move("撤回修改", start={State.SIGNING}, end=State.DRAFT, roles=_OFFICE),
    approve=Move("审签同意", start={State.SIGNING}, end=State.APPROVED, roles={Duty.SIGN},
                 four_eyes=True),
    return_up=Move("退回修改", start={State.SIGNING}, end=State.DRAFT, roles={Duty.SIGN},
                   reason=True),
    reopen=Move("重新编制", start={State.APPROVED}, end=State.DRAFT, roles=_OFFICE, reason=True),
    submit=Move("报送", start={State.APPROVED}, end=State.SUBMITTED, roles=_OFFICE),
    clear=Move("审核通过", start={State.SUBMITTED}, end=State.CLEARED, roles=_COMPETENT,
               apart={"submit", "send_up"}),
    give_back=Move("退回", start={State.SUBMITTED, State.CLEARED}, end=State.RETURNED,
                   roles=_COMPETENT, reason=True),
    publish=Move("公布", start={State.CLEARED}, end=State.PUBLISHED, roles=_OFFICE),
    replace=Move("由更正后的代替", start={State.PUBLISHED, State.CLEARED, State.RETURNED},
                 end=State.REPLACED, roles=_OFFICE | _COMPETENT),
)  # fmt: skip


class CallState(TextChoices):
    """编报通知的状态。"""

    DRAFT = "draft", "拟写中"
    ISSUED = "issued", "已发出"
    CLOSED = "closed", "已结束"


CALLS = Flow(
    CallState,
    issue=Move("发出通知", start={CallState.DRAFT}, end=CallState.ISSUED, roles=_COMPETENT),
    close=Move("结束编报", start={CallState.ISSUED}, end=CallState.CLOSED, roles=_COMPETENT),
    resume=Move("恢复编报", start={CallState.CLOSED}, end=CallState.ISSUED, roles=_COMPETENT,
                reason=True),
)  # fmt: skip
