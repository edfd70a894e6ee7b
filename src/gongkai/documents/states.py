"""文件的状态、有效性、公开属性，以及审签流程表。

``State`` is how far our work has come, ``Validity`` what the law still makes of the document,
``Attribute`` whether it may be shown at all; the three move independently.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from gongkai.documents.kinds import KINDS, Path
from gongkai.law.articles import REGULATION, Article
from gongkai.organs.states import Duty
from gongkai.steps.states import Flow, Move


class State(TextChoices):
    """办理状态。"""

    DRAFT = "draft", "起草"
    UNIT = "unit", "部门负责人审核"
    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "法制审核"
    OFFICE = "office", "信息公开机构审核"
    DIRECTOR = "director", "办公室主任审核"
    SIGN = "sign", "待签发"
    SIGNED = "signed", "已签发"
    SCHEDULED = "scheduled", "定时发布"
    ISSUED = "issued", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"
    KEPT = "kept", "不主动公开"
    DROPPED = "dropped", "已作废"


#: 办理状态的颜色；the word says the same.
TONES = {
    State.ISSUED: "good",
    State.SIGNED: "warn",
    State.SCHEDULED: "warn",
    State.WITHDRAWN: "bad",
    State.DRAFT: "plain",
    State.DROPPED: "plain",
    State.KEPT: "plain",
}


class Validity(TextChoices):
    """有效性。"""

    NONE = "", "不适用"
    PENDING = "pending", "尚未施行"
    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"

    @property
    def tone(self) -> str:
        """Colour of the pill; the word says the same."""
        return {"in_force": "good", "pending": "info", "amended": "warn", "": "plain"}.get(
            self.value, "bad"
        )


class Attribute(TextChoices):
    """公开属性（《政府信息公开条例》第十三条、第三十七条）。"""

    PROACTIVE = "proactive", "主动公开"
    REDACTED = "redacted", "删减后公开"
    ON_REQUEST = "on_request", "依申请公开"
    REFUSED = "refused", "不予公开"

    @property
    def note(self) -> str:
        """附注：the line in brackets above the 版记 of the printed document."""
        word = {"on_request": "此件依申请公开", "refused": "此件不予公开"}
        return f"（{word.get(self.value, '此件公开发布')}）"


#: What may stand before the public.
PUBLIC = (Attribute.PROACTIVE, Attribute.REDACTED)


class Ground(TextChoices):
    """不予公开的理由（《政府信息公开条例》第十四条至第十六条）。"""

    SECRET = "C1", "国家秘密"
    FORBIDDEN = "C2", "法律、行政法规禁止公开"
    SECURITY = "C3", "可能危及国家安全、公共安全、经济安全、社会稳定"
    THIRD_PARTY = "C4", "涉及商业秘密、个人隐私，公开会损害第三方合法权益"
    INTERNAL = "C5", "内部事务信息"
    PROCESS = "C6", "过程性信息"
    CASE_FILE = "C7", "行政执法案卷信息"

    @property
    def article(self) -> Article:
        """依据的条款。"""
        place = {"C4": (15,), "C5": (16, 1), "C6": (16, 2), "C7": (16, 2)}
        return REGULATION.article(*place.get(self.value, (14,)))


class Secrecy(TextChoices):
    """密级：only what is not classified may be handled here at all."""

    NONE = "none", "不涉密"
    WORK = "work", "工作秘密"


class Channel(TextChoices):
    """公开渠道（《政府信息公开条例》第二十三条、第二十五条）。"""

    WEBSITE = "website", "政府网站"
    GAZETTE = "gazette", "政府公报"
    NEW_MEDIA = "new_media", "政务新媒体"
    POINTS = "points", "查阅场所"
    PRESS = "press", "新闻发布"


class Link(TextChoices):
    """文件之间的关系：the first document does this to the second."""

    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    LAPSES = "lapses", "宣布失效"
    EXTENDS = "extends", "延长有效期"
    INTERPRETS = "interprets", "解读"
    BASED_ON = "based_on", "依据"
    FORWARDS = "forwards", "转发"
    ANSWERS = "answers", "答复"

    @property
    def passive(self) -> str:
        """The same seen from the second document."""
        return {
            "amends": "被修改",
            "repeals": "被废止",
            "lapses": "被宣布失效",
            "extends": "有效期延长",
            "interprets": "解读材料",
            "based_on": "作为依据制定的文件",
            "forwards": "转发文件",
            "answers": "答复文件",
        }[self.value]


#: Links by which a document acts upon an older one; they may not run in a circle.
ACTING = (Link.AMENDS, Link.REPEALS, Link.LAPSES, Link.EXTENDS)


@dataclass(frozen=True, slots=True)
class Stage:
    """环节：a desk a draft lies on, who sits there, and what the pass is called."""

    state: State
    duty: Duty
    label: str
    next: State
    short: State | None = None  # where it goes on the short path; None: not passed on it

    @property
    def move(self) -> str:
        """The name of passing it on."""
        return f"pass_{self.state}"


STAGES = (
    Stage(State.UNIT, Duty.UNIT_HEAD, "同意，送保密审查", State.SECRECY, State.SECRECY),
    Stage(State.SECRECY, Duty.SECRECY, "保密审查通过", State.LEGAL, State.OFFICE),
    Stage(State.LEGAL, Duty.LEGAL, "法制审核通过", State.OFFICE),
    Stage(State.OFFICE, Duty.DISCLOSURE, "公开属性审核通过", State.DIRECTOR, State.SIGNED),
    Stage(State.DIRECTOR, Duty.DIRECTOR, "核稿同意，送签", State.SIGN),
)
UNDER_REVIEW = (*(stage.state for stage in STAGES), State.SIGN)
#: Signed and on its way to the public: the publication task is open.
DUE = (State.SIGNED, State.SCHEDULED)


def _stage_moves() -> dict[str, Move]:
    moves = {}
    for stage in STAGES:
        move = Move(
            stage.label, start={stage.state}, end=stage.next, roles={stage.duty}, four_eyes=True
        )
        moves[stage.move] = move
        if stage.short not in (None, stage.next):
            label = "审定" if stage.short == State.SIGNED else stage.label
            moves[f"{stage.move}_short"] = Move(
                label, start={stage.state}, end=stage.short, roles={stage.duty}, four_eyes=True
            )
    for state, duty in (*((s.state, s.duty) for s in STAGES), (State.SIGN, Duty.SIGN)):
        moves[f"return_{state}"] = Move(
            "退回", start={state}, end=State.DRAFT, roles={duty}, reason=True
        )
    return moves


_DISCLOSURE = {Duty.DISCLOSURE}
_OFFICE = {Duty.DISCLOSURE, Duty.OFFICE_HEAD}
_VALIDITY = {Duty.DISCLOSURE, Duty.LEGAL}

FLOW = Flow(
    State,
    submit=Move("提交审查", start={State.DRAFT}, end=State.UNIT, roles={Duty.DRAFT}),
    drop=Move("作废", start={State.DRAFT}, end=State.DROPPED, roles={Duty.DRAFT}, reason=True),
    recall=Move("撤回修改", start={State.UNIT}, end=State.DRAFT, roles={Duty.DRAFT}),
    **_stage_moves(),
    sign=Move("签发", start={State.SIGN}, end=State.SIGNED, roles={Duty.SIGN}, four_eyes=True),
    number=Move("编号", start={State.SIGNED}, roles={Duty.DIRECTOR, Duty.DISCLOSURE}),
    schedule=Move(
        "定时发布", start={State.SIGNED}, end=State.SCHEDULED, roles=_DISCLOSURE, four_eyes=True
    ),
    unschedule=Move(
        "取消定时", start={State.SCHEDULED}, end=State.SIGNED, roles=_DISCLOSURE, automatic=True
    ),
    issue=Move(
        "发布",
        start={State.SIGNED, State.SCHEDULED},
        end=State.ISSUED,
        roles=_DISCLOSURE,
        four_eyes=True,
        automatic=True,
    ),
    keep=Move("归档，不主动公开", start={State.SIGNED}, end=State.KEPT, roles=_DISCLOSURE),
    readjust=Move(
        "转为主动公开", start={State.KEPT}, end=State.SIGNED, roles=_DISCLOSURE, reason=True
    ),
    announce=Move("公布清理结果", start={State.DRAFT}, end=State.ISSUED, roles={Duty.SIGN}),
    proclaim=Move("公布", start={State.DRAFT}, end=State.ISSUED, roles=_OFFICE),
    correct=Move("更正", start={State.ISSUED}, roles=_OFFICE, reason=True),
    amend=Move("记为已修改", start={State.ISSUED}, roles=_VALIDITY, reason=True, automatic=True),
    repeal=Move("废止", start={State.ISSUED}, roles=_VALIDITY, reason=True, automatic=True),
    lapse=Move("记为失效", start={State.ISSUED}, roles=_VALIDITY, reason=True, automatic=True),
    extend=Move("延长有效期", start={State.ISSUED}, roles=_VALIDITY, reason=True, automatic=True),
    withdraw=Move(
        "撤下",
        start={State.ISSUED},
        end=State.WITHDRAWN,
        roles=_DISCLOSURE,
        reason=True,
        danger=True,
    ),
    restore=Move(
        "重新发布", start={State.WITHDRAWN}, end=State.ISSUED, roles=_DISCLOSURE, reason=True
    ),
)


def off_path(move: str, kind: str) -> bool:
    """不走的路：whether a move belongs to the other path than this kind's."""
    short = KINDS[kind].path is Path.SHORT
    if move.endswith("_short"):
        return not short
    return short and f"{move}_short" in FLOW


class CleanupState(TextChoices):
    """清理的阶段。"""

    LISTING = "listing", "列清单"
    OPINIONS = "opinions", "起草单位提意见"
    LEGAL = "legal", "法制审核"
    DECIDING = "deciding", "决定"
    APPLIED = "applied", "已公布"


class Decision(TextChoices):
    """清理的决定。"""

    KEEP = "keep", "继续有效"
    AMEND = "amend", "拟修改"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "宣布失效"
    EXTEND = "extend", "延长有效期"


_LEGAL = {Duty.LEGAL}

CLEANUP = Flow(
    CleanupState,
    ask=Move(
        "征求起草单位意见", start={CleanupState.LISTING}, end=CleanupState.OPINIONS, roles=_LEGAL
    ),
    gather=Move(
        "汇总送法制审核", start={CleanupState.OPINIONS}, end=CleanupState.LEGAL, roles=_LEGAL
    ),
    judge=Move("送决定", start={CleanupState.LEGAL}, end=CleanupState.DECIDING, roles=_LEGAL),
    give_back=Move(
        "退回",
        start={CleanupState.DECIDING},
        end=CleanupState.LEGAL,
        roles={Duty.SIGN},
        reason=True,
    ),
    apply=Move(
        "决定并公布",
        start={CleanupState.DECIDING},
        end=CleanupState.APPLIED,
        roles={Duty.SIGN},
        four_eyes=True,
        danger=True,
    ),
)
