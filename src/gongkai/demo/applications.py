"""2022年的申请：the 343 of the report, answered, so that counting them gives its third table.

They are laid down at once, as they stand after years; what is done today is done by the real
actions (``gongkai.demo.cases``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.applications import finding
from gongkai.applications.actions.numbering import query_code
from gongkai.applications.actions.papers import composed, seal_of
from gongkai.applications.actions.receiving import Asked, Person, person_key, text_key
from gongkai.applications.clock import columns_of, counted_as
from gongkai.applications.models import (
    Applicant,
    Application,
    Event,
    Extension,
    Matter,
    Office,
    Paper,
    Reply,
    SearchLog,
    Service,
)
from gongkai.applications.states import Category, Delivery, Form, State
from gongkai.demo import figures
from gongkai.demo.applicants import Request, applicant, request
from gongkai.demo.loading import LABEL, moment
from gongkai.law import events as law
from gongkai.law.clock import replay
from gongkai.law.events import Channel, Way
from gongkai.law.outcomes import outcome
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ, Series, Staff
from gongkai.organs.numbering import used
from gongkai.trail.actions import record_all

NUMBER_FORM = "石政公开〔{年}〕第{号}号"
#: 申请档案保管年数：of the office's own choosing; the register of 2021 is past it.
KEEP_YEARS = 5
FEE_ACCOUNT = "收款人：石家庄市财政局（演示），账号：0000000000000000，缴款码见通知"
#: One in so many is extended; the report does not say how many were.
_EXTENDED = 23
_LAST = date(figures.YEAR, 11, 18)
_CORRECTION = {
    "需要补正的事项": "“所有材料”指向不明确，请写明所需信息的名称、文号或者其他特征性描述",
    "指导和释明": "可以写明项目名称、批准文号或者形成的大致时间",
}


@dataclass
class _Case:
    """一件：what is made of it, table by table, before the tables are written."""

    code: str
    person: Person
    request: Request
    application: Application
    happenings: list[law.Event] = field(default_factory=list)
    answered: date = _LAST
    way: Way = Way.POST
    correct_by: date | None = None


def settle(city: Organ) -> Office:
    """办理口径：the form of the numbers, where a fee is paid, how long requests are kept."""
    wanted = {
        "number_form": NUMBER_FORM, "fee_account": FEE_ACCOUNT, "keep_years": KEEP_YEARS,
    }  # fmt: skip
    return Office.objects.get_or_create(organ=city, defaults=wanted)[0]


@transaction.atomic
def requests_of_the_year(city: Organ) -> int:
    """本年新收的申请：all in one transaction; none if they are there already; how many."""
    if Application.objects.filter(organ=city, year=figures.YEAR, demo=True).exists():
        return 0
    settle(city)
    clerk, head, signer = (
        Staff.objects.get(username=name) for name in ("gongkai", "fuzeren", "qianfa")
    )
    cases = list(_cases(city, clerk))
    applications = [one.application for one in cases]
    Application.objects.bulk_create(applications)
    _link_repeats(cases)
    Applicant.objects.bulk_create(
        Applicant(application=one.application, **vars(one.person)) for one in cases
    )
    Matter.objects.bulk_create(_matter(one) for one in cases)
    Event.objects.bulk_create(
        Event(application=one.application, on=event.on, kind=event.TYPE, told=_told(event),
              by=clerk, at=moment(event.on, 10))
        for one in cases
        for event in one.happenings
    )  # fmt: skip
    SearchLog.objects.bulk_create(_search(one, clerk) for one in cases if one.code == "D1a")
    Extension.objects.bulk_create(_extensions(cases, clerk, head))
    for one in cases:
        _answer(one, clerk, signer)
    finding.put(applications)
    used(NUMBER_FORM.replace("{年}", f"{figures.YEAR}"), len(applications))
    Series.objects.bulk_create(
        [Series(name=f"{one.number}-答", last=1) for one in applications], ignore_conflicts=True
    )
    record_all(applications, "create", by=None, label=LABEL, after=State.CLOSED)
    return len(applications)


def _cases(city: Organ, clerk: Staff) -> Iterator[_Case]:
    """The counts of the report, well mixed; a repeat comes late, after what it repeats."""
    chance = random.Random(figures.YEAR)
    codes = [
        (code, Category(category))
        for code, row in figures.REQUESTS.items()
        for category, number in row.items()
        for _ in range(number)
    ]
    chance.shuffle(codes)
    codes.sort(key=lambda pair: pair[0] == "E2")
    calendar = calendar_of(city)
    first = date(figures.YEAR, 1, 4)
    for place, (code, category) in enumerate(codes):
        day = first.toordinal() + place * (_LAST - first).days // len(codes)
        arrived = calendar.roll(date.fromordinal(day))
        serial = place + 1
        case = _Case(code, applicant(serial, category), request(code, serial), Application())
        _receive(case, city, clerk, serial, arrived, chance)
        yield case


def _receive(
    case: _Case, city: Organ, clerk: Staff, serial: int, arrived: date, chance: random.Random
) -> None:
    channel = chance.choices(
        [Channel.ONLINE, Channel.POST_SIGNED, Channel.IN_PERSON, Channel.EMAIL], [60, 28, 8, 4]
    )[0]
    online = channel in (Channel.ONLINE, Channel.EMAIL)
    case.way = Way.ELECTRONIC if online else Way.POST
    case.application = Application(
        organ=city,
        year=figures.YEAR,
        serial=serial,
        number=NUMBER_FORM.replace("{年}", f"{figures.YEAR}").replace("{号}", f"{serial}"),
        code=query_code(),
        channel=channel.value,
        arrived_on=arrived,
        category=case.person.category,
        form=Form.ELECTRONIC if online else Form.PAPER,
        delivery=Delivery.ONLINE if online else Delivery.POST,
        state=State.CLOSED,
        handler=clerk,
        author=clerk,
        unit=clerk.unit,
        outcome=case.code,
        demo=True,
        created_at=moment(arrived),
    )
    _happen(case, city, serial, chance, confirmed=online)
    _word(case)


def _happen(
    case: _Case, city: Organ, serial: int, chance: random.Random, *, confirmed: bool
) -> None:
    """What happened, and when: read by the same clock as everything else."""
    calendar, arrived = calendar_of(city), case.application.arrived_on
    happened: list[law.Event] = [law.Confirmed(arrived)] if confirmed else []
    answer = calendar.nth_after(arrived, chance.randint(4, 18))
    if case.code == "F1":
        asked = calendar.nth_after(arrived, 3)
        case.correct_by = calendar.nth_after(asked, 10)
        happened.append(law.CorrectionNotice(asked, correct_by=case.correct_by))
        answer = calendar.nth_after(case.correct_by, 2)
    elif case.code == "F3a":
        happened.append(law.Withdrawn(calendar.nth_after(arrived, 3)))
    elif serial % _EXTENDED == 0:
        happened.append(law.Extension(calendar.nth_after(arrived, 17), workdays=10))
        answer = calendar.nth_after(arrived, 26)
    happened.append(law.ReplySent(answer, way=case.way))
    case.happenings, case.answered = sorted(happened, key=lambda one: one.on), answer
    ledger = law.Ledger(arrived, case.application.came_by, tuple(case.happenings))
    standing = replay(ledger, calendar, settle(city).policy, asof=answer)
    case.application.closed_on = answer
    columns = columns_of(standing, State.CLOSED)
    for name, value in columns.items():
        setattr(case.application, name, value)
    for name, value in counted_as(case.application).items():
        setattr(case.application, name, value)


def _word(case: _Case) -> None:
    """Who asks, for what; keys by which the same person and the same words are known again."""
    one, asked = case.application, case.request
    told = Asked(channel=one.came_by, subject=asked.subject, description=asked.description)
    one.applicant_name, one.person_key = case.person.name, person_key(case.person)
    one.subject, one.description, one.text_key = asked.subject, asked.description, text_key(told)


def _link_repeats(cases: list[_Case]) -> None:
    """重复申请：asks again for what the same person was answered early in the year."""
    earlier = (one for one in cases if one.code == "D1b" and one.person.category.is_person)
    for case in (one for one in cases if one.code == "E2"):
        first = next(earlier)
        case.person = first.person
        sent = f"{_day(first.answered)}以{first.way.label}送达"
        findings = {
            "此前答复的编号": f"{first.application.number}-答",
            "此前答复的日期": f"{first.answered}",
            "此前答复的送达证明": sent,
        }
        case.request = Request(first.request.subject, first.request.description, findings)
        case.application.origin = first.application
        case.application.origin_kind = "同一申请人内容相同的申请"
        _word(case)
        case.application.save()


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _matter(case: _Case) -> Matter:
    asked, findings = case.request, dict(case.request.findings)
    if case.code == "F3a":
        day = next(one.on for one in case.happenings if isinstance(one, law.Withdrawn))
        findings = {"终止的事实": f"{_day(day)}，本机关收到申请人书面撤回上述申请的声明"}
    if case.code == "F1":
        sent = next(one.on for one in case.happenings if isinstance(one, law.CorrectionNotice))
        findings = {"补正告知的送达证明": f"{_day(sent)}以{case.way.label}送达"}
    return Matter(
        application=case.application,
        text=f"{asked.subject}\n{asked.description}",
        outcome=case.code,
        findings=findings,
        severable=False if asked.severing else None,
        severing=asked.severing,
    )


def _told(event: law.Event) -> dict[str, Any]:
    """What an event says beside its day, by the names ``law.ledger`` reads."""
    match event:
        case law.CorrectionNotice():
            return {"correct_by": f"{event.correct_by}"}
        case law.Extension():
            return {"workdays": event.workdays}
        case law.ReplySent():
            return {"way": event.way.value}
    return {}


def _search(case: _Case, clerk: Staff) -> SearchLog:
    day = calendar_of(case.application.organ).nth_after(case.application.arrived_on, 2)
    return SearchLog(
        application=case.application,
        on=day,
        place="市政府办公室电子公文系统和档案室（演示）",
        words=case.request.subject[:40],
        period="2010年1月1日至2022年12月31日",
        result="没有检索到符合的文件",
        searcher=clerk.name,
        by=clerk,
        at=moment(day, 11),
    )


def _extensions(cases: list[_Case], clerk: Staff, head: Staff) -> Iterator[Extension]:
    for case in cases:
        for event in case.happenings:
            if isinstance(event, law.Extension):
                at = moment(event.on, 15)
                yield Extension(
                    application=case.application, workdays=event.workdays,
                    reason="所申请的信息年代较久，需要逐卷查找、核对", proposed_by=clerk,
                    proposed_at=at, approved=True, decided_by=head, decided_at=at,
                    sent_on=event.on,
                )  # fmt: skip


def _answer(case: _Case, clerk: Staff, signer: Staff) -> None:
    """答复书和送达：composed by the same texts as any other, fixed on the day it went out."""
    if case.correct_by is not None:
        asked = next(one.on for one in case.happenings if isinstance(one, law.CorrectionNotice))
        facts = {**_CORRECTION, "补正期限": case.correct_by}
        _send(case, _paper(case, 4, "补", asked, clerk, facts), asked, clerk)
    number = outcome(case.code).letter.number
    paper = _paper(case, number, "答", case.answered, clerk)
    Reply.objects.create(
        application=case.application, outcome=case.code, paper=paper, drafted_by=clerk,
        drafted_at=moment(case.answered), approved_by=signer,
        approved_at=moment(case.answered, 14),
    )  # fmt: skip
    _send(case, paper, case.answered, clerk)


def _paper(case: _Case, letter: int, word: str, on: date, clerk: Staff, facts: Any = None) -> Paper:
    number = f"{case.application.number}-{word}"
    made, _ = composed(case.application, letter, on=on, facts=facts, paper_no=number)
    told = {name: f"{value}" if isinstance(value, date) else value
            for name, value in (facts or {}).items()}  # fmt: skip
    paper = Paper(
        application=case.application, letter=letter, number=number, title=made.title,
        addressee=made.addressee, body=made.text, facts=told, signature=made.signature,
        dated_on=on, by=clerk, at=moment(on),
        read_at=moment(on, 20) if case.way is Way.ELECTRONIC else None,
        state=Paper.State.FIXED, fixed_at=moment(on, 14),
    )  # fmt: skip
    paper.sha256 = seal_of(paper)
    paper.save()
    return paper


def _send(case: _Case, paper: Paper, on: date, clerk: Staff) -> None:
    by_post = case.way is Way.POST
    Service.objects.create(
        paper=paper, way=case.way.value, sent_on=on, by=clerk, at=moment(on, 16),
        tracking=f"XA{paper.application.serial:08d}013" if by_post else "",
        signed_on=calendar_of(paper.application.organ).nth_after(on, 2) if by_post else on,
        receiver="本人" if by_post else "",
    )  # fmt: skip
