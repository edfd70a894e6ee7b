"""复议、诉讼案件的种类、状态和办理流程表。

``State`` is where a case stands with us; how it ended is the finding of its last ruling, and what
the yearly report counts is derived from the rulings alone（``standing.settled``）.
"""

from __future__ import annotations

from django.db.models import TextChoices

from gongkai.annual import forms
from gongkai.organs.states import Duty
from gongkai.steps.states import Flow, Move


class Kind(TextChoices):
    """案件种类：the rows of Table 4, by their exchange names（国办公开办函〔2021〕30号）."""

    REVIEW = "review", forms.RECONSIDERATION
    DIRECT = "direct", forms.DIRECT_SUIT
    AFTER = "after", forms.SUIT_AFTER_RECONSIDERATION

    @property
    def row(self) -> str:
        """年报的行：the exchange name of its row in Table 4."""
        return str(self.label)

    @property
    def short(self) -> str:
        """简称：行政复议, 直接起诉, 复议后起诉."""
        return self.row.rpartition("-")[2].removeprefix("未经复议")

    @property
    def is_suit(self) -> bool:
        """行政诉讼。"""
        return self is not Kind.REVIEW

    @property
    def answer(self) -> str:
        """我方提交的：what the organ writes in such a case."""
        return "答辩状" if self.is_suit else "复议答复书"

    @property
    def copy(self) -> str:
        """收到的：what the body sends us, with which the time to answer begins."""
        return "起诉状副本" if self.is_suit else "复议申请书副本"

    @property
    def forum(self) -> str:
        """在哪里：what sort of body hears it."""
        return "人民法院" if self.is_suit else "复议机关"

    @property
    def decision(self) -> str:
        """结论文书。"""
        return "裁判文书" if self.is_suit else "复议决定书"

    @property
    def claimant(self) -> str:
        """对方的称谓。"""
        return "原告" if self.is_suit else "申请人"


class Challenged(TextChoices):
    """争议的行为：what is said to be wrong."""

    REPLY = "reply", "对答复不服"
    SILENCE = "silence", "未按期答复"
    OTHER = "other", "其他公开行为"


class Procedure(TextChoices):
    """审理程序。"""

    ORDINARY = "ordinary", "普通程序"
    SIMPLE = "simple", "简易程序"


class Result(TextChoices):
    """结果类别：the first three columns of Table 4; who has none yet is 尚未审结."""

    UPHELD = "upheld", forms.RESULTS[0]
    REVERSED = "reversed", forms.RESULTS[1]
    OTHER = "other", forms.RESULTS[2]

    @property
    def tone(self) -> str:
        """Colour of the pill; the word says the same."""
        return {"upheld": "good", "reversed": "bad"}.get(self.value, "plain")


#: 尚未审结：the fourth column.
PENDING = forms.RESULTS[3]


class Cause(TextChoices):
    """被纠正的原因（行政复议法第六十四条第一款、行政诉讼法第七十条）。"""

    EVIDENCE = "evidence", "主要事实不清、证据不足"
    LAW = "law", "适用依据错误"
    PROCEDURE = "procedure", "违反法定程序"
    POWER = "power", "超越职权或者滥用职权"
    UNFIT = "unfit", "明显不当"
    IDLE = "idle", "不履行法定职责"
    OTHER = "other", "其他"


class Party(TextChoices):
    """上诉人。"""

    OURS = "ours", "本机关"
    CLAIMANT = "claimant", "原告"
    THIRD = "third", "第三人"


class Disposal(TextChoices):
    """二审的处理（行政诉讼法第八十九条第一款）。"""

    AFFIRMED = "affirmed", "驳回上诉，维持原裁判"
    CHANGED = "changed", "改判、撤销或者变更"
    REMANDED = "remanded", "撤销原判，发回重审"
    WITHDRAWN = "withdrawn", "准许撤回上诉"


class Attached(TextChoices):
    """案件材料的类别。"""

    COPY = "copy", "申请书、起诉状副本"
    ANSWER = "answer", "答复书、答辩状"
    EVIDENCE = "evidence", "证据清单和证据"
    HEARING = "hearing", "听证、开庭材料"
    DECISION = "decision", "决定书、裁判文书"
    APPEAL = "appeal", "上诉材料"
    OTHER = "other", "其他材料"


class State(TextChoices):
    """办理状态。"""

    RECEIVED = "received", "待答复"
    REVIEWING = "reviewing", "答复待审定"
    APPROVED = "approved", "待提交"
    ANSWERED = "answered", "审理中"
    DECIDED = "decided", "已有结论"
    APPEALED = "appealed", "二审中"
    CLOSED = "closed", "已办结"
    STRUCK = "struck", "登记有误，不计"


#: Our answer has not gone out: the time to answer runs against us.
ANSWERING = (State.RECEIVED, State.REVIEWING, State.APPROVED)
#: No ruling that would end it.
OPEN = (*ANSWERING, State.ANSWERED, State.APPEALED)
#: Something is left for us to do.
LIVE = (*OPEN, State.DECIDED)

TONES: dict[State, str] = {
    State.RECEIVED: "info",
    State.REVIEWING: "warn",
    State.APPROVED: "warn",
    State.ANSWERED: "plain",
    State.APPEALED: "plain",
    State.DECIDED: "warn",
    State.CLOSED: "good",
    State.STRUCK: "plain",
}

#: 信息公开机构和法制机构 handle a case together; the drafter is never the one who approves.
_HANDLERS = {Duty.DISCLOSURE, Duty.LEGAL}
_HEAD = {Duty.OFFICE_HEAD}
_ALL = _HANDLERS | _HEAD
_COUNTED = tuple(state for state in State if state != State.STRUCK)

FLOW = Flow(
    State,
    assign=Move("确定承办人", start=LIVE, roles=_ALL),
    amend=Move("更正登记事项", start=_COUNTED, roles=_HANDLERS, reason=True),
    attach=Move("加入材料", start=_COUNTED, roles=_HANDLERS),
    submit=Move("提交审定", start={State.RECEIVED}, end=State.REVIEWING, roles=_HANDLERS),
    give_back=Move("退回修改", start={State.REVIEWING, State.APPROVED}, end=State.RECEIVED,
                   roles=_HEAD | {Duty.SIGN}, reason=True),
    approve=Move("审定", start={State.REVIEWING}, end=State.APPROVED, roles=_HEAD | {Duty.SIGN},
                 four_eyes=True),
    file=Move("登记提交", start={State.APPROVED}, end=State.ANSWERED, roles=_HANDLERS),
    hear=Move("登记听证、开庭", start=OPEN, roles=_HANDLERS),
    attend=Move("登记听证、庭审情况", start=LIVE, roles=_HANDLERS),
    cancel_hearing=Move("取消听证、开庭", start=LIVE, roles=_HANDLERS, reason=True),
    decide=Move("登记结论", start=(*ANSWERING, State.ANSWERED), end=State.DECIDED,
                roles=_HANDLERS),
    appeal=Move("登记上诉", start={State.DECIDED}, end=State.APPEALED, roles=_HANDLERS),
    decide_appeal=Move("登记二审结论", start={State.APPEALED}, end=State.DECIDED,
                       roles=_HANDLERS),
    remand=Move("登记发回重审", start={State.APPEALED}, end=State.ANSWERED, roles=_HANDLERS),
    order=Move("登记责令重新答复", start={State.DECIDED}, roles=_ALL),
    obey=Move("登记已重新答复", start={State.DECIDED}, roles=_HANDLERS, automatic=True),
    learn=Move("写经验教训", start={State.DECIDED, State.CLOSED}, roles=_ALL),
    close=Move("办结", start={State.DECIDED}, end=State.CLOSED, roles=_HANDLERS),
    reopen=Move("恢复办理", start={State.CLOSED}, end=State.DECIDED, roles=_ALL, reason=True),
    strike=Move("登记有误，不计", start=_COUNTED, end=State.STRUCK, roles=_HEAD | {Duty.DISCLOSURE},
                reason=True, danger=True),
)  # fmt: skip
