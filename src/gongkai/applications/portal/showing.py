"""申请人看得到什么：``shown()``, the one place that decides what of a request its applicant sees.

Whoever has number and code sees what was told to him and what he told, and nothing else: no name
of a member of the staff, no remark, no draft, no opinion of a third party, no letter to others,
no internal day. No other page of the portal shows a request at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.applications.actions.correcting import why_not_take_correction
from gongkai.applications.actions.excess import why_not_take_reasons
from gongkai.applications.actions.facts import office_facts
from gongkai.applications.actions.replying import why_not_withdraw
from gongkai.applications.clock import held, standing_of
from gongkai.applications.models import Application, Attachment, Message, Paper, Service
from gongkai.applications.showing import Box, Stretch, boxes, stretches
from gongkai.applications.states import DONE, Attached, Sort, State
from gongkai.errors import GongkaiError
from gongkai.law import events as happening
from gongkai.law.clock import Standing, replay
from gongkai.law.course import Status
from gongkai.law.events import Channel, Ledger
from gongkai.law.letters import Reader, letter
from gongkai.law.remedies import Remedy, remedy, silence_remedy
from gongkai.law.terms import REVIEW, SUIT, SUIT_NO_ANSWER, Term
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ

#: 状态的说法：our reviews among ourselves are one thing to the applicant.
_WORKING = "正在办理"
_SAID = {
    State.RECEIVED: "已经收到，等待登记",
    State.HANDLING: _WORKING,
    State.CORRECTING: "请您补正",
    State.CONSULTING: "正在征求意见",
    State.REASONING: "请您说明理由",
    State.PAYING: "请您缴纳信息处理费",
    State.DRAFTING: _WORKING,
    State.LEGAL: _WORKING,
    State.SECRECY: _WORKING,
    State.SIGNING: _WORKING,
    State.APPROVED: "已经作出答复，正在送达",
    State.SERVED: "已经答复",
    State.CLOSED: "已经答复",
    State.ARCHIVED: "已经答复",
}
_NEXT = {
    State.RECEIVED: "工作机构登记后分给承办处室办理。",
    State.CORRECTING: "请在补正期限内按补正告知书补正；收到补正后重新计算答复期限。"
    "逾期不补正又没有正当理由的，视为放弃申请（第三十条）。",
    State.CONSULTING: "征求第三方或者其他机关意见所需的时间不计算在答复期限内"
    "（第三十三条第三款）。",
    State.REASONING: "申请的数量、频次较多，请说明理由（第三十五条）。",
    State.PAYING: "请在收到收费通知次日起20个工作日内缴费，逾期未缴的不再处理这件申请"
    "（《信息处理费管理办法》第六条）。",
}  # fmt: skip
#: Letters that are for the applicant and were never sent by anybody: he got them at once.
_RECEIPT = 3
#: 由申请人自己交来的。
_OWN = (Attached.REQUEST, Attached.CORRECTION, Attached.REASONS)


@dataclass(frozen=True, slots=True)
class Happened:
    """经过：one day and what happened, in words for the public."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class SentPaper:
    """文书：that was sent to the applicant, and how."""

    paper: Paper
    sent_on: date | None
    way: str
    tracking: str


@dataclass(frozen=True, slots=True)
class Road:
    """一条救济途径：where to, the last day, and the article."""

    name: str
    where: str
    last_day: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class Unsatisfied:
    """不服怎么办：the notice as in the reply, and its last days, reckoned from ``since``."""

    wording: str
    since: date
    sure: bool
    roads: tuple[Road, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """留言：``ours`` says that the office wrote it; never who."""

    text: str
    at: datetime
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """申请人所见：everything a page about a request may show, and nothing besides."""

    number: str
    organ: Organ
    subject: str
    wanted_number: str
    description: str
    arrived_on: date
    state: str
    next: str
    open: bool
    due: date | None
    due_kind: str
    reckoning: tuple[str, ...]
    days: list[Box]
    stretches: list[Stretch]
    happened: list[Happened]
    papers: list[SentPaper]
    files: list[Attachment]
    own: list[str]
    said: list[Said]
    unsatisfied: Unsatisfied | None
    may_rate: bool
    rated: str
    #: 不能办的原因，以办理名为键；empty when it may be done, missing when it is no question.
    may: dict[str, list[str]] = field(default_factory=dict)


def shown(application: Application) -> Shown:
    """申请人所见的一件申请：the only function that decides."""
    with held(application):
        standing = standing_of(application)
        ratings = {one.round: one.get_stars_display() for one in application.ratings.all()}
        rated = ratings.get(application.round, "")
        return Shown(
            number=application.number,
            organ=application.organ,
            subject=application.subject,
            wanted_number=application.wanted_number,
            description=application.description,
            arrived_on=application.arrived_on,
            state=_state(application, standing),
            next=_next(application, standing),
            open=application.is_open,
            due=standing.due if application.is_open else None,
            due_kind="办理期限" if application.sort == Sort.RECTIFICATION else "法定",
            reckoning=reckoning(standing, rectification=application.sort == Sort.RECTIFICATION),
            days=boxes(standing),
            stretches=list(stretches(standing)),
            happened=list(_happened(application)),
            papers=list(_papers(application)),
            files=list(files_for(application)),
            own=_own(application),
            said=_said(application),
            unsatisfied=_unsatisfied(application, standing),
            may_rate=application.is_done and not rated,
            rated=rated,
            may=dict(_may(application)),
        )


def papers_for(application: Application) -> Iterator[Paper]:
    """给申请人的文书：fixed, addressed to him, and sent."""
    return (one.paper for one in _papers(application))


def files_for(application: Application) -> Iterator[Attachment]:
    """给申请人的文件：shared with him, once the paper they belong to has been sent."""
    sent = {paper.pk for paper in papers_for(application)}
    for one in application.attachments.filter(shared=True).select_related("blob"):
        if one.sort in (Attached.SUPPLIED, Attached.SEALED_PAPER) and (
            one.paper_id in sent if one.paper_id else application.is_done
        ):
            yield one


def _papers(application: Application) -> Iterator[SentPaper]:
    services: dict[int, Service] = {}
    for service in Service.objects.filter(paper__application=application).order_by("pk"):
        services[service.paper_id] = service
    for paper in application.papers.filter(state=Paper.State.FIXED).order_by("pk"):
        found = services.get(paper.pk)
        if letter(paper.letter).reader is not Reader.APPLICANT:
            continue
        if found is None and paper.letter != _RECEIPT:
            continue
        yield SentPaper(
            paper,
            found.sent_on if found else paper.dated_on,
            found.get_way_display() if found else "提交时告知",
            found.tracking if found else "",
        )


def _state(application: Application, standing: Standing) -> str:
    if application.is_open and standing.status is Status.OVERDUE:
        return "已经超过答复期限，还没有答复"
    if application.is_open and standing.status is Status.WITHDRAWN:
        return "您已撤回，正在办结"
    return _SAID[State(application.state)]


def _next(application: Application, standing: Standing) -> str:
    """接下来：what is waited for, and until when."""
    said = _NEXT.get(State(application.state), "") if application.is_open else ""
    limit = standing.course.correct_by
    if application.state == State.CORRECTING and limit is not None:
        return f"补正的最后一日是{_day(date.fromordinal(limit))}。{said}"
    return said


def _may(application: Application) -> Iterator[tuple[str, list[str]]]:
    if application.state == State.CORRECTING:
        yield "correct", why_not_take_correction(application, by=None)
    if application.state == State.REASONING:
        yield "reasons", why_not_take_reasons(application, by=None)
    if application.is_open:
        yield "withdraw", why_not_withdraw(application, by=None)
    if application.anonymised_on is None:
        yield "message", []


def _own(application: Application) -> list[str]:
    rows = application.attachments.filter(by__isnull=True, sort__in=_OWN)
    return list(rows.order_by("order", "pk").values_list("name", flat=True))


def _said(application: Application) -> list[Said]:
    rows = Message.objects.filter(application=application).order_by("pk")
    return [Said(one.text, one.at, one.by_id is not None) for one in rows]


# ── 经过 ────────────────────────────────────────────────────────────────────────────────────

_PLAIN = {
    happening.Confirmed: "与您确认收到申请",
    happening.ConsultDelivered: "征求意见的函件送达对方",
    happening.ConsultReply: "收到征求的意见",
    happening.ConsultLapsed: "征求意见期满，对方没有提出意见",
    happening.ReasonsAsked: "请您说明理由",
    happening.ReasonsGiven: "收到您说明的理由",
    happening.FeeNoticeIssued: "发出信息处理费收费通知",
    happening.FeeNoticeReceived: "您收到收费通知",
    happening.FeePaid: "收到您的缴费",
    happening.CorrectionReceived: "收到您的补正，答复期限重新计算",
    happening.ReplySigned: "您签收答复",
    happening.Withdrawn: "您撤回申请",
}


def _happened(application: Application) -> Iterator[Happened]:
    yield Happened(application.arrived_on, f"申请到达（{application.came_by.label}）")
    for row in application.events.counting():
        if text := _words(row.happening):
            yield Happened(row.on, text)


def _words(event: happening.Event) -> str:
    """What happened, in words; empty for what is the office's own business."""
    if isinstance(event, happening.Extension):
        return f"告知延长答复期限{event.workdays}个工作日"
    if isinstance(event, happening.DelayAgreed):
        return f"告知延迟至{_day(event.until)}答复"
    if isinstance(event, happening.CorrectionNotice):
        until = f"，请在{_day(event.correct_by)}前补正" if event.correct_by else ""
        return f"发出补正告知{until}"
    if isinstance(event, happening.ConsultSent):
        asked = "第三方" if event.whom is happening.Whom.THIRD_PARTY else "其他机关"
        return f"征求{asked}意见"
    if isinstance(event, happening.ReplySent):
        return f"发出答复（{event.way.label}）"
    if isinstance(event, happening.ReplyOrdered):
        return f"收到{event.source.label}，将重新答复"
    return _PLAIN.get(type(event), "")


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def reckoning(standing: Standing, *, rectification: bool = False) -> tuple[str, ...]:
    """怎样算出来的：the last day in sentences, each step beside its article.

    A request to correct a record（第四十一条）has no period by law, and is told so.
    """
    course, term = standing.course, standing.ledger.term
    basis = (
        "《条例》第四十一条没有规定期限，这是本机关自定的" if rectification else standing.article
    )
    said = [
        f"法律上的收到之日是{_day(standing.day0)}（{standing.day0_basis}），当日不计入，"
        f"自次日起算{term}（{basis}），休息日、节假日不算，调休上班的日子算。"
    ]
    if course.pauses:
        said.append("征求第三方、其他机关意见所需的时间不计算在内（条例第三十三条第三款）。")
    if course.extension:
        said.append(f"经批准延长{course.extension}个工作日（条例第三十三条第二款）。")
    if standing.status is Status.AWAITING_CORRECTION:
        said.append("正在等待补正；收到补正之日起重新计算（条例第三十条）。")
    elif standing.status is Status.AWAITING_PAYMENT:
        said.append("正在等待缴费；缴费之日起重新计算（《信息处理费管理办法》第六条）。")
    elif standing.due is None and standing.status is Status.PAUSED:
        said.append("征求意见还没有结束，最后一日待其结束后确定。")
    elif standing.due is not None:
        kind = "办理期限" if rectification else "法定"
        said.append(f"因此，{kind}的最后一日是{_day(standing.due)}。")
    if standing.provisional:
        said.append("途中有的年份放假安排还没有公布，这一日期是暂定的，公布后可能变动。")
    return tuple(said)


# ── 不服怎么办 ──────────────────────────────────────────────────────────────────────────────


def _unsatisfied(application: Application, standing: Standing) -> Unsatisfied | None:
    replier = office_facts(application.organ).replier
    try:
        if application.state in DONE and application.outcome:
            service = _last_service(application)
            if service is None:
                return None
            notice = remedy(application.outcome, replier, service.paper.dated_on)
            since = service.signed_on or service.sent_on
            sure = service.signed_on is not None
            return _told(application.organ, notice, since, sure, SUIT)
        if application.is_open and standing.status is Status.OVERDUE and standing.due:
            notice = silence_remedy(replier, standing.due)
            return _told(application.organ, notice, standing.due, True, SUIT_NO_ANSWER)
    except GongkaiError:
        return None  # nothing is said rather than something wrong
    return None


def _last_service(application: Application) -> Service | None:
    rows = Service.objects.filter(
        paper__reply__application=application, paper__reply__round=application.round
    )
    return rows.select_related("paper").order_by("-pk").first()


def _told(organ: Organ, notice: Remedy, since: date, sure: bool, suit: Term) -> Unsatisfied | None:
    if not notice.wording:
        return None
    roads = []
    if notice.review is not None:
        bodies = "或者".join(map(str, notice.review.bodies))
        roads.append(
            Road("申请行政复议", bodies, last_day(organ, REVIEW, since), f"{REVIEW.article}")
        )
    if notice.suit is not None:
        court = notice.suit.court or "有管辖权的人民法院"
        roads.append(Road("提起行政诉讼", court, last_day(organ, suit, since), f"{suit.article}"))
    return Unsatisfied(notice.wording, since, sure, tuple(roads))


def last_day(organ: Organ, term: Term, since: date) -> date | None:
    """最后一日：of a period that runs from the day after ``since``, rolled over days of rest."""
    return replay(Ledger(since, Channel.SERVED, (), term), calendar_of(organ)).due
