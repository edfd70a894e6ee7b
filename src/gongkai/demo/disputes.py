"""复议和诉讼：the twelve reviews and nine suits of 2022, and a few that are open these days.

Those of 2022 are laid down at once, as they stand after years: counted, they give the fourth table
of the report. Which requests they were about, and how they ended later, is invented. Those of
these days are brought where they stand by the real actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.applications.models import Application
from gongkai.applications.states import State as AskedState
from gongkai.demo import figures
from gongkai.demo.loading import LABEL, moment
from gongkai.disputes.actions import answering, hearing, obeying, ruling
from gongkai.disputes.actions.registering import (
    Facts,
    Sent,
    attach,
    columns_of,
    mark_disputed,
    number_of,
    register,
    series_of,
)
from gongkai.disputes.actions.ruling import Decided, settled
from gongkai.disputes.clock import due_of
from gongkai.disputes.models import Dispute, Ruling
from gongkai.disputes.states import Attached, Challenged, Kind, Party, Procedure, State
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ, Staff
from gongkai.organs.numbering import used
from gongkai.trail.actions import record_all

_COURT, _REVIEWER = "石家庄铁路运输法院", "河北省人民政府"
#: How the twelve reviews ended: eleven upheld within the year, the last pending at its end.
_REVIEWS = ("r68", "r69", "r68", "r33", "r68", "r69", "r68", "r68", "r69", "r68", "r33", "r41")
#: How the suits ended: four begun without a review; five after one, the first within the year.
_DIRECT = ("s69", "s70", "s62", "s69")
_AFTER = ("s69", "s69", "s49", "s74", "s69")
_CAUSES = {"s70": "evidence", "s74": "procedure"}
_LESSONS = {
    "s70": "告知信息不存在的，检索范围要覆盖档案室和承办处室，检索记录随答辩材料提交。（演示）",
    "s74": "补正告知应当在收到申请后7个工作日内发出，逾期发出的不停止计算答复期限。（演示）",
}


@dataclass
class _Case:
    """一件：its facts, when our answer was filed, and how and when it ended."""

    facts: Facts
    finding: str
    ended: date
    dispute: Dispute = field(default_factory=Dispute)


@transaction.atomic
def disputes_of_the_year(city: Organ) -> int:
    """本年的复议和诉讼：all in one transaction; none if they are there already; how many."""
    if Dispute.objects.filter(organ=city, demo=True, received_on__year=figures.YEAR).exists():
        return 0
    clerk, lawyer = (Staff.objects.get(username=name) for name in ("gongkai", "fazhi"))
    cases = sorted(_cases(city), key=lambda one: one.facts.received_on)
    for serial, case in enumerate(cases, start=1):
        case.dispute.number = number_of(city, figures.YEAR, serial)
        _lay_down(case, city, serial, clerk, lawyer)
    _link_reviews(cases)
    used(series_of(city, figures.YEAR), len(cases))
    Ruling.objects.bulk_create(_ruling(one, clerk) for one in cases)
    made = [one.dispute for one in cases]
    record_all(made, "register", by=None, label=LABEL, after=State.CLOSED)
    for dispute in made:
        mark_disputed(dispute, by=None)
    return len(made)


def _cases(city: Organ) -> Iterator[_Case]:
    """Reviews and suits about requests that were answered early enough in the year."""
    calendar = calendar_of(city)
    rows = Application.objects.filter(organ=city, demo=True, year=figures.YEAR)
    told = rows.filter(outcome__in=("D1a", "D1b"), origin__isnull=True)
    told = told.filter(answered_on__lt=date(figures.YEAR, 9, 1)).order_by("answered_on", "pk")
    answered = iter(told[:: len(told) // (len(_REVIEWS) + len(_DIRECT))])
    reviewed = []
    for place, code in enumerate(_REVIEWS):
        application = next(answered)
        last = place == len(_REVIEWS) - 1
        came = date(figures.YEAR, 12, 5) if last else _after(application, 30)
        ended = calendar.roll(came + timedelta(days=45))
        number = f"冀政复〔{figures.YEAR}〕{310 + place}号"
        reviewed.append(_Case(_facts(Kind.REVIEW, application, came, number), code, ended))
    yield from reviewed
    for place, code in enumerate(_DIRECT):
        application = next(answered)
        came = calendar.roll(date(figures.YEAR, 9, 19) + timedelta(days=21 * place))
        number = f"（{figures.YEAR}）冀8601行初{140 + place}号"
        yield _Case(_facts(Kind.DIRECT, application, came, number), code, _judged(came))
    for place, code in enumerate(_AFTER):
        review = reviewed[0 if place == 0 else place + 5]
        came = calendar.roll(review.ended + timedelta(days=20))
        number = f"（{figures.YEAR}）冀8601行初{160 + place}号"
        ended = date(figures.YEAR, 11, 16) if place == 0 else _judged(came)
        assert review.facts.application is not None
        yield _Case(_facts(Kind.AFTER, review.facts.application, came, number), code, ended)


def _after(application: Application, days: int) -> date:
    assert application.answered_on is not None
    return calendar_of(application.organ).roll(application.answered_on + timedelta(days=days))


def _judged(came: date) -> date:
    """Not before the new year: on 31 December the report has it pending."""
    return max(came + timedelta(days=150), date(figures.YEAR + 1, 2, 13))


def _facts(kind: Kind, application: Application, came: date, number: str) -> Facts:
    body = _COURT if kind.is_suit else _REVIEWER
    return Facts(
        kind=kind, body=body, received_on=came, application=application, case_number=number
    )


def _lay_down(case: _Case, city: Organ, serial: int, clerk: Staff, lawyer: Staff) -> None:
    """As it stands in the end; by the same columns an action would write."""
    one = case.dispute
    one.organ, one.year, one.serial = city, figures.YEAR, serial
    one.handler, one.author, one.demo = clerk, lawyer, True
    for name, value in columns_of(case.facts).items():
        setattr(one, name, value)
    one.last_due_on = due_of(one)
    one.filed_on = min(calendar_of(city).nth_after(one.received_on, 4), one.last_due_on)
    one.state, one.closed_on = State.CLOSED, case.ended + timedelta(days=30)
    for name, value in settled(_ruling(case, clerk)).items():
        setattr(one, name, value)
    one.lessons = _LESSONS.get(case.finding, "")
    one.created_at = moment(one.received_on)
    one.save()


def _ruling(case: _Case, clerk: Staff) -> Ruling:
    return Ruling(
        dispute=case.dispute, finding=case.finding, number=case.facts.case_number, on=case.ended,
        received_on=case.ended, cause=_CAUSES.get(case.finding, ""), by=clerk,
    )  # fmt: skip


def _link_reviews(cases: list[_Case]) -> None:
    """复议后起诉：each to the review of the same request."""
    reviews = {one.facts.application: one.dispute for one in cases if one.facts.kind is Kind.REVIEW}
    for one in cases:
        if one.facts.kind is Kind.AFTER:
            one.dispute.earlier = reviews[one.facts.application]
            one.dispute.save(update_fields=["earlier"])


# ── 这些天的 ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Desk:
    """经办人：who handles, who drafts, who approves."""

    organ: Organ
    clerk: Staff
    lawyer: Staff
    head: Staff

    def ago(self, days: int) -> date:
        """几天以前：or the last working day before that."""
        day = timezone.localdate() - timedelta(days=days)
        return calendar_of(self.organ).nth_after(day, 0)

    def register(self, kind: Kind, days: int, matter: str, **fields: object) -> Dispute:
        """One whose copy came so many days ago."""
        facts = Facts(
            kind=kind, received_on=self.ago(days),
            body=_COURT if kind.is_suit else self.organ.review_body or _REVIEWER,
            **({"about": f"{matter}（演示）", "claimant": "许某某"} | fields),  # type: ignore[arg-type]
        )  # fmt: skip
        copy = _file(Attached.COPY, f"{kind.copy}（演示）")
        return register(self.organ, facts, by=self.clerk, sent=[copy], demo=True)

    def answer(self, one: Dispute, *, filed: bool = True) -> None:
        """Drafted by the lawyer, approved by the head, handed in."""
        names = (one.sort.answer, "证据清单")
        sorts = (Attached.ANSWER, Attached.EVIDENCE)
        told = [_file(sort, f"{name}（演示）") for sort, name in zip(sorts, names, strict=True)]
        attach(one, told, by=self.lawyer)
        answering.submit(one, by=self.lawyer)
        if filed:
            answering.approve(one, by=self.head)
            answering.file(
                one, by=self.clerk, on=one.received_on + timedelta(days=3), note="专人送达"
            )


def _file(sort: Attached, name: str) -> Sent:
    return Sent(sort, f"{name}：演示材料，无实际内容。\n".encode(), f"{name}.txt")


@transaction.atomic
def begin_disputes(city: Organ) -> int:
    """在办案件：one in nearly every state; none if there are any already; how many."""
    if Dispute.objects.filter(demo=True, received_on__year__gt=figures.YEAR + 1).exists():
        return 0
    names = ("gongkai", "fazhi", "fuzeren")
    desk = _Desk(city, *(Staff.objects.get(username=name) for name in names))
    today = timezone.localdate()
    asked = {"application": one, "about": "", "claimant": ""} if (one := _answered(city)) else {}
    desk.register(
        Kind.REVIEW, 1, "2024年度土地征收补偿安置方案", procedure=Procedure.SIMPLE, **asked
    )
    drafted = desk.register(Kind.REVIEW, 8, "2023年老旧管网改造项目清单", outcome="D1a")
    desk.answer(drafted, filed=False)
    heard = desk.register(Kind.DIRECT, 40, "2025年公交线网优化方案", outcome="D2")
    desk.answer(heard)
    hearing.hear(heard, by=desk.clerk, on=today + timedelta(days=2), place=f"{_COURT}第二审判庭",
                 goes="文若谷、江正则")  # fmt: skip
    ordered = desk.register(
        Kind.REVIEW, 75, "2022年度信访事项转办单", challenged=Challenged.SILENCE
    )
    desk.answer(ordered)
    number = f"冀政复〔{today.year}〕88号"
    told = Decided(finding="r66", on=desk.ago(12), cause="idle", number=number)
    ruling.decide(ordered, told, by=desk.clerk)
    obeying.order(ordered, by=desk.clerk, on=desk.ago(8), workdays=15)
    appealed = desk.register(Kind.DIRECT, 200, "2024年道路绿化工程招标文件", outcome="C4")
    desk.answer(appealed)
    number = f"（{today.year}）冀8601行初31号"
    told = Decided(finding="s70", on=desk.ago(50), cause="law", number=number)
    ruling.decide(appealed, told, by=desk.clerk)
    ruling.appeal(
        appealed, by=desk.clerk, party=Party.OURS, on=desk.ago(41), court="石家庄市中级人民法院"
    )
    decided = desk.register(Kind.DIRECT, 70, "2021年抗旱补助资金发放名册", outcome="D1a")
    desk.answer(decided)
    number = f"（{today.year}）冀8601行初77号"
    told = Decided(finding="s69", on=desk.ago(6), received_on=desk.ago(4), number=number)
    ruling.decide(decided, told, by=desk.clerk)
    approved = desk.register(Kind.DIRECT, 9, "2020年防汛物资采购合同", outcome="C4")
    desk.answer(approved, filed=False)
    answering.approve(approved, by=desk.head)
    return 7


def _answered(city: Organ) -> Application | None:
    """A request of these days that was answered: the case is shown on its page too."""
    rows = Application.objects.filter(organ=city, demo=True, year__gt=figures.YEAR, imported="")
    return rows.filter(state__in=(AskedState.SERVED, AskedState.CLOSED)).order_by("pk").first()
