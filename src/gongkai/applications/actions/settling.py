"""定口径：what the statutes leave to an office; first what would move, then the change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.applications.actions.numbering import why_not_number_form
from gongkai.applications.actions.taking import refuse
from gongkai.applications.clock import columns_of, office_of, standing_of
from gongkai.applications.deadlines import BATCH, with_events
from gongkai.applications.models import Application, Office
from gongkai.errors import BadInput, GongkaiError, NotAllowed
from gongkai.organs.actions.conditions import differences
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record

_MAY = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})
#: Dates that a switch may move.
_DATES = ("received_on", "due_on", "safe_on", "internal_on")


@dataclass(frozen=True, slots=True)
class Moved:
    """一件的变动：an open case and its dates before and after; None where no day runs."""

    application: Application
    before: dict[str, date | None]
    after: dict[str, date | None]

    @property
    def due(self) -> tuple[date | None, date | None]:
        """法定期限，之前和之后。"""
        return self.before["due_on"], self.after["due_on"]

    @property
    def told(self) -> list[tuple[str, date | None, date | None]]:
        """哪个日期变动：name, before, after."""
        names = dict(zip(_DATES, ("收到日期", "法定期限", "稳妥期限", "内部期限"), strict=True))
        return [
            (names[key], self.before[key], self.after[key])
            for key in _DATES
            if self.before[key] != self.after[key]
        ]


def why_not_settle(organ: Organ, *, by: Staff) -> list[str]:
    """定口径的障碍：the disclosure office of that very organ decides."""
    if roles_of(by, organ) & _MAY:
        return []
    return [f"办理口径由{organ}的信息公开机构确定"]


def own_office(organ: Organ) -> Office:
    """本机关的口径：its own row, or one not yet kept that says what holds now."""
    own = Office.objects.filter(organ=organ).first()
    if own is not None:
        return own
    above = office_of(organ)
    same = {
        field.name: getattr(above, field.name)
        for field in Office._meta.concrete_fields
        if not field.primary_key and field.name not in ("organ", "number_form", "signer")
    }
    return Office(organ=organ, **same)


def changed(organ: Organ, told: Mapping[str, Any]) -> Office:
    """改后的口径：not kept yet. Raises BadInput for what makes no sense."""
    office = own_office(organ)
    for name, value in told.items():
        setattr(office, name, value)
    if office.number_form and (reasons := why_not_number_form(office.number_form)):
        raise BadInput("；".join(reasons) + "。")
    try:
        assert office.policy
    except GongkaiError as problem:
        raise BadInput(str(problem)) from problem
    return office


def moved(organ: Organ, office: Office) -> Iterator[Moved]:
    """会变动的：open cases of the organ, and of those below that follow it, by the new rules."""
    for application in _followers(organ, office):
        try:
            columns = columns_of(standing_of(application), application.state)
        except GongkaiError:
            continue  # its record is told on its own page
        before = {name: getattr(application, name) for name in _DATES}
        after = {name: columns[name] for name in _DATES}
        if before != after:
            yield Moved(application, before, after)


def _followers(organ: Organ, office: Office) -> Iterator[Application]:
    """Their organ objects have been told the new rules."""
    told: dict[int, Organ] = {}
    for one in Organ.objects.under(organ):
        one.__dict__["_application_office"] = office
        told[one.pk] = one
    others = Office.objects.filter(organ__in=told).exclude(organ=organ)
    for own in others.select_related("organ"):
        for key in [key for key, one in told.items() if own.organ_id in one.lineage]:
            del told[key]
    rows = with_events(Application.objects.open().filter(organ__in=told).order_by("pk"))
    for application in rows.iterator(BATCH):
        application.organ = told[application.organ_id]
        yield application


@transaction.atomic
def settle(organ: Organ, told: Mapping[str, Any], *, by: Staff) -> tuple[Office, int]:
    """定口径：keep it, move the dates of the open cases; returns how many moved.

    Raises NotAllowed, BadInput.
    """
    hold()
    refuse(why_not_settle(organ, by=by))
    before = Office.objects.filter(organ=organ).first()
    office = changed(organ, told)
    if not (changes := differences(before, office)):
        raise NotAllowed("没有改变。")
    cases = [(one.application, one.told) for one in moved(organ, office)]
    office.save()
    record(office, "settle", by=by, label="确定办理口径", changes=changes)
    for application, days in cases:
        columns = columns_of(standing_of(application), application.state)
        Application.objects.filter(pk=application.pk).update(**columns)
        note = "；".join(f"{name}由{old or '无'}变为{new or '无'}" for name, old, new in days)
        record(application, "settle", by=by, label="办理口径变动", note=note)
    return office, len(cases)
