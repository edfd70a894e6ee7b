"""年报：the round of 2022 as it was finished, that of 2025 with what is still open, and the years.

The city's own report of 2022 is counted from its records and goes its way by the real actions;
so do those of the two departments that have somebody at every desk. The other units file what they
keep elsewhere, invented and marked so, laid down at once as it stands after years.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.annual.forms import TABLE_2, TABLE_4
from gongkai.annual.model import Contact
from gongkai.annual.write import write
from gongkai.demo import figures, prose
from gongkai.demo.invented import Table, form_of, report_of
from gongkai.demo.loading import LABEL, moment
from gongkai.demo.texts import MARK
from gongkai.organs.models import Organ, Staff
from gongkai.reporting.actions import calling, filling, loading, moving, settling
from gongkai.reporting.assembling import freeze
from gongkai.reporting.counting import BY_HAND, count
from gongkai.reporting.entries import announce
from gongkai.reporting.models import Call, Filing, Section, Unit
from gongkai.reporting.states import Basis, Scope, State
from gongkai.trail.actions import hold, record_all

#: The round of the report, finished; and the last one, which is not.
FINISHED, OPEN = figures.YEAR, 2025
OWN_NAME = "石家庄市人民政府办公室"
#: The city's own report of the years that no record here tells of; 2021 is counted.
_REQUESTS = {2019: 268, 2020: 241, 2021: 0, 2023: 331, 2024: 307}
#: Departments of the open round: how far each has come by its own desk, or what it lacks.
_STANDING = {
    "石家庄市生态环境局": State.CLEARED,
    "石家庄市司法局": State.SUBMITTED,
    "石家庄市水利局": State.SUBMITTED,
    "石家庄市体育局": State.RETURNED,
    "石家庄市商务局": State.DRAFT,
}
#: Of the two with all desks: sent back to one, still written at the other.
_RETURNED_TO, _DRAFTING = _STAFFED = ("石家庄市教育局", "石家庄市财政局")
#: 没有报送：two counties, to be urged.
_MISSING = ("井陉矿区人民政府", "赞皇县人民政府")
_RETURNED = "表三总计与各列之和不符，第五部分没有写改进情况，请核对后重新报送（演示）。"
_SOURCE = "单位自行编制的年报（演示）.xlsx"


def file_reports(organs: dict[str, Organ]) -> int:
    """编报：each round and each year unless it is there; how many reports there are."""
    city = organs["city"]
    people = {staff.username: staff for staff in Staff.objects.filter(demo=True)}
    keys = {organ.name: key for key, organ in organs.items()}
    desks = {
        name: _Desk(*(people[f"{keys[name]}_{desk}"] for desk in ("disclosure", "sign")))
        for name in _STAFFED
    }
    desks[city.name] = _Desk(people["gongkai"], people["qianfa"])
    keeper = people["zhuguan"]
    _name(city, people["gongkai"])
    calls = [_call(city, year, keeper) for year in (FINISHED, OPEN)]
    for year, requests in _REQUESTS.items():
        _publish_file(city, year, requests, people["gongkai"])
    for made in calls:
        _file_round(made, desks, keeper)
    return Filing.objects.filter(demo=True).count()


@dataclass(frozen=True)
class _Desk:
    """谁编制，谁审签：of an organ."""

    clerk: Staff
    signer: Staff


@transaction.atomic
def _call(city: Organ, year: int, keeper: Staff) -> Call:
    """编报通知：sent out at the end of the year."""
    if found := Call.objects.filter(organ=city, year=year).first():
        return found
    made = calling.call(calling.proposed(city, year), by=keeper)
    calling.advance_call(made, "issue", by=keeper)
    Call.objects.filter(pk=made.pk).update(issued_at=moment(date(year, 12, 12)))
    return Call.objects.get(pk=made.pk)


def _name(city: Organ, clerk: Staff) -> None:
    """署名：the city's own report is that of its office."""
    if filling.signature_of(city, Scope.OWN) != OWN_NAME:
        settling.settle(city, {"own_name": OWN_NAME, "whole_name": city.name}, by=clerk)


def _contact(organ: Organ) -> Contact:
    return Contact(organ.address, organ.postcode, organ.disclosure_phone, organ.fax, organ.email)


# ── 往年 ────────────────────────────────────────────────────────────────────────────────────


def _publish_file(city: Organ, year: int, requests: int, clerk: Staff) -> None:
    """往年的年报：published elsewhere, read in from its page; what records tell is not invented."""
    if Filing.objects.of(city, Scope.OWN, year).exists():
        return
    told = report_of(OWN_NAME, year, requests, contact=_contact(city), own=_known(city, year))
    loading.load_published(
        city, year, write(told, "html"), f"{OWN_NAME}{year}年年报{MARK}.html", by=clerk,
        on=date(year + 1, 1, 28),
    )  # fmt: skip


def _known(city: Organ, year: int) -> dict[str, Table]:
    if form_of(year) != form_of(FINISHED):
        return {}
    tables = dict(count([city.pk], year).tables)
    for ref in BY_HAND:
        tables[ref.table][ref.row][ref.column] = 0
    return tables if not _REQUESTS[year] else {name: tables[name] for name in (TABLE_2, TABLE_4)}


# ── 一轮 ────────────────────────────────────────────────────────────────────────────────────


def _file_round(made: Call, desks: dict[str, _Desk], keeper: Staff) -> None:
    """一轮编报：none if it has been filed already."""
    if Filing.objects.filter(call=made).exists():
        return
    units = made.units.select_related("organ", "call")
    with transaction.atomic():
        _lay_down(made, [unit for unit in units if _elsewhere(unit)], keeper)
    for name, desk in desks.items():
        unit = made.units.select_related("organ").get(organ__name=name)
        _by_hand(made, unit, desk, keeper)
    _sum_up(made, desks[made.organ.name], keeper)


def _elsewhere(unit: Unit) -> bool:
    """Units whose reports come from a file, the missing ones among them left out."""
    assert unit.organ is not None
    own = unit.organ.name in _STAFFED or unit.organ_id == unit.call.organ_id
    return not own and not (unit.call.year == OPEN and unit.organ.name in _MISSING)


def _lay_down(made: Call, units: Iterable[Unit], keeper: Staff) -> None:
    """由文件报送的：as they stand after the round; what has come of them since by real actions."""
    hold()
    rows = [_filed(made, unit) for unit in units]
    Filing.objects.bulk_create(rows)
    record_all(rows, "load", by=None, label=LABEL, after=State.SUBMITTED)
    for filing in rows:
        match _standing(made, filing.name):
            case State.CLEARED:
                moving.advance(filing, "clear", by=keeper)
            case State.RETURNED:
                moving.advance(filing, "give_back", by=keeper, note=_RETURNED)
    announce(one for one in rows if one.state == State.PUBLISHED)


def _standing(made: Call, name: str) -> State:
    return _STANDING.get(name, State.PUBLISHED) if made.year == OPEN else State.PUBLISHED


def _filed(made: Call, unit: Unit) -> Filing:
    """One unit's report, not kept yet: a department has few requests, a county some dozens."""
    organ = unit.organ
    assert organ is not None
    chance = random.Random(f"{unit.name}{made.year}")
    government = unit.scope == Scope.WHOLE
    requests = chance.randint(12, 140) if government else max(0, chance.randint(-6, 30))
    report = report_of(unit.name, made.year, requests, contact=_contact(organ))
    sent = date(made.year + 1, 2 if government else 1, chance.randint(5, 18))
    standing = _standing(made, unit.name)
    told: dict[str, Any] = {"state": State.DRAFT if standing == State.DRAFT else State.SUBMITTED}
    if standing == State.PUBLISHED:
        day = date(made.year + 1, 3 if government else 1, chance.randint(22, 30))
        told = {"state": standing, "published_on": day, "published_at": moment(day)}
        report = replace(report, header=replace(report.header, published_on=day))
    if standing != State.DRAFT:
        told |= {"submitted_at": moment(sent), "frozen_at": moment(sent)}
    frozen, seal = freeze(report)
    return Filing(
        organ=organ, scope=unit.scope, name=unit.name, year=made.year, basis=Basis.FILE, call=made,
        due_on=unit.due, frozen=frozen, seal=seal if standing != State.DRAFT else "",
        source=_SOURCE, demo=True, created_at=moment(date(made.year + 1, 1, 4)), **told,
    )  # fmt: skip


def _by_hand(made: Call, unit: Unit, desk: _Desk, keeper: Staff) -> None:
    """本机关编报的：written and signed; published, but for the two that are behind."""
    organ = unit.organ
    assert organ is not None
    city = organ.pk == made.organ_id
    with transaction.atomic():
        filing = filling.begin(organ, made.year, by=desk.clerk)
        if made.year == OPEN and organ.name == _DRAFTING:
            return
        for ref in BY_HAND:
            filling.enter(filing, ref, "0", by=desk.clerk, source="本机关业务统计（演示）")
        _write(filing, _texts(made.year) if city else {5: prose.TROUBLE}, desk.clerk)
        _send_in(filing, desk, sent=date(made.year + 1, 1, 12))
        if made.year == OPEN and organ.name == _RETURNED_TO:
            moving.advance(filing, "give_back", by=keeper, note=_RETURNED)
            return
        _publish(filing, desk, keeper, on=date(made.year + 1, 1, 29))


def _texts(year: int) -> dict[int, str]:
    if year == FINISHED:
        return {1: prose.OWN, 5: prose.OWN_TROUBLE}
    return {1: prose.LATER, 5: prose.WHOLE_TROUBLE}


def _sum_up(made: Call, desk: _Desk, keeper: Staff) -> None:
    """汇总：the sum of the units; that of the open round is in the making."""
    with transaction.atomic():
        filing = filling.begin(made.organ, made.year, by=desk.clerk, scope=Scope.WHOLE)
        _write(filing, {1: prose.WHOLE, 5: prose.WHOLE_TROUBLE}, desk.clerk)
        if made.year == OPEN:
            return
        _send_in(filing, desk, sent=date(made.year + 1, 3, 20))
        _publish(filing, desk, keeper, on=date(made.year + 1, 3, 27))
        calling.advance_call(made, "close", by=keeper)


def _write(filing: Filing, texts: dict[int, str], clerk: Staff) -> None:
    for section in Section.objects.filter(filing=filing, number__in=texts):
        text = texts[section.number].replace("{年}", f"{filing.year}")
        filling.write(section, text, by=clerk, seen=section.revision)


def _send_in(filing: Filing, desk: _Desk, *, sent: date) -> None:
    for move, who in (("send_up", desk.clerk), ("approve", desk.signer), ("submit", desk.clerk)):
        moving.advance(filing, move, by=who)
    _date(filing, submitted_at=moment(sent), frozen_at=moment(sent, 8))


def _publish(filing: Filing, desk: _Desk, keeper: Staff, *, on: date) -> None:
    moving.advance(filing, "clear", by=keeper)
    moving.publish(filing, by=desk.clerk, on=on)
    _date(filing, published_at=moment(on))


def _date(filing: Filing, **told: datetime) -> None:
    """It was done then, though it is filled in today."""
    Filing.objects.filter(pk=filing.pk).update(**told)
    for name, value in told.items():
        setattr(filing, name, value)
