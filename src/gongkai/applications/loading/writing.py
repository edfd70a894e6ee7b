"""写入：applications with their people, matters, events, replies, in a few statements a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from gongkai.applications import finding
from gongkai.applications.actions.numbering import query_code
from gongkai.applications.actions.receiving import person_key, text_key
from gongkai.applications.actions.taking import told_of
from gongkai.applications.clock import columns_of, counted_as, standing_of
from gongkai.applications.loading.reading import CONSULTATION, UNNAMED, Read
from gongkai.applications.models import (
    Applicant,
    Application,
    Consultation,
    Event,
    Load,
    Matter,
    Reply,
)
from gongkai.applications.queries import HANDLING
from gongkai.applications.states import State
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Standing
from gongkai.law.events import (
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    Note,
)
from gongkai.law.events import Event as Happening
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.rights import roles_of
from gongkai.trail.actions import hold, record_all


@dataclass(frozen=True)
class Office:
    """机关：with its calendar, and who handles or has handled there by name; read once a load."""

    organ: Organ
    calendar: Calendar
    handlers: Mapping[str, list[Staff]]

    @classmethod
    def of(cls, organ: Organ) -> Office:
        """As it is today."""
        handlers = defaultdict(list)
        roles = Role.objects.filter(organ=organ, duty__in=HANDLING).values("staff")
        for one in Staff.objects.filter(pk__in=roles).order_by("pk"):
            handlers[one.name].append(one)
        return cls(organ, calendar_of(organ), handlers)

    def handler_of(self, one: Read) -> Staff | None:
        """承办人：by his name; what is still open goes to nobody who does not handle today.

        A name that leads to nobody, or to several, stays on record as a note.
        """
        if not one.handler:
            return None
        found = self.handlers.get(one.handler, [])
        reason = ""
        if not found:
            reason = f"{self.organ}没有叫这个名字的承办人员"
        elif len(found) > 1:
            reason = f"{self.organ}有{len(found)}名承办人员叫这个名字"
        elif one.replied_on is None and not roles_of(found[0], self.organ) & HANDLING:
            reason = f"{one.handler}现在没有承办的岗位"
        if not reason:
            return found[0]
        one.doubt("handler", one.handler, f"{reason}，没有计入承办人")
        assert one.arrived_on is not None
        one.events.append(Note(one.arrived_on, text=f"登记簿承办人：{one.handler}"))
        return None


def built(one: Read, office: Office, run: Load) -> tuple[Application, Standing]:
    """组成一件申请：its clock replayed; raises BadLedger, NotAllowed, BadDate."""
    assert one.asked is not None
    assert one.person is not None
    assert one.arrived_on is not None
    application = Application(
        organ=office.organ,
        year=one.year,
        serial=one.serial,
        number=one.number,
        sort=one.asked.sort,
        channel=one.asked.channel.value,
        arrived_on=one.arrived_on,
        applicant_name=one.person.name,
        category=one.person.category,
        person_key="" if one.person.name == UNNAMED else person_key(one.person),
        subject=one.asked.subject,
        description=one.asked.description,
        arrival_note=one.asked.arrival_note,
        purpose=one.asked.purpose,
        text_key=text_key(one.asked),
        handler=office.handler_of(one),
        unit=one.unit,
        received_on=one.arrived_on,
        state=_state(one),
        outcome=one.outcome if one.replied_on else "",
        closed_on=one.closed_on,
        disputed=one.disputed,
        imported=f"{run.name[:120]} 第{one.row}行 原编号{one.number}"[:200],
        demo=office.organ.demo,
    )
    standing = standing_of(application, also=tuple(one.events), calendar=office.calendar)
    for name, value in columns_of(standing, application.state).items():
        setattr(application, name, value)
    for name, value in counted_as(application).items():
        setattr(application, name, value)
    return application, standing


def _state(one: Read) -> State:
    if one.replied_on:
        return State.CLOSED
    kinds = {type(event) for event in one.events}
    if CorrectionNotice in kinds and CorrectionReceived not in kinds:
        return State.CORRECTING
    if ConsultSent in kinds and ConsultReply not in kinds:
        return State.CONSULTING
    return State.HANDLING


def keep(fresh: list[tuple[Read, Application]], run: Load, office: Office) -> None:
    """留存：a batch, in the transaction at hand, with a step of the trail each."""
    if not fresh:
        return
    hold()
    for _, application in fresh:
        application.code = query_code()
    made = Application.objects.bulk_create([application for _, application in fresh])
    Applicant.objects.bulk_create(
        Applicant(application=application, order=0, **vars(one.person))
        for one, application in fresh
    )
    Matter.objects.bulk_create(
        Matter(
            application=application,
            text="\n".join(part for part in (application.subject, application.description) if part),
            outcome=application.outcome,
        )
        for _, application in fresh
    )
    asked = _consultations(fresh)
    Event.objects.bulk_create(
        _row(application, event, asked.get(application.pk), run)
        for one, application in fresh
        for event in one.events
    )
    Reply.objects.bulk_create(
        Reply(
            application=application,
            outcome=application.outcome,
            number=one.reply_number,
            tracking=one.tracking,
        )
        for one, application in fresh
        if application.outcome
    )
    record_all(made, "load", by=run.by, label="导入", note=f"由登记簿导入：{run.name}")
    finding.put(made)


def _consultations(fresh: list[tuple[Read, Application]]) -> dict[int, int]:
    rows = []
    for one, application in fresh:
        days = {type(event): event.on for event in one.events}
        if ConsultSent in days:
            rows.append(
                Consultation(
                    application=application,
                    whom="third_party",
                    name=UNNAMED,
                    information=application.subject,
                    sent_on=days[ConsultSent],
                    ended_on=days.get(ConsultReply) or one.replied_on,
                )
            )
    return {row.application_id: row.pk for row in Consultation.objects.bulk_create(rows)}


def _row(application: Application, event: Happening, asked: int | None, run: Load) -> Event:
    if getattr(event, "id", "") == CONSULTATION:
        event = replace(event, id=f"{asked}")  # type: ignore[call-arg]
    return Event(
        application=application, on=event.on, kind=event.TYPE, told=told_of(event), by=run.by
    )
