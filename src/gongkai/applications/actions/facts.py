"""文书要素：an application and its record as the letters want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.applications.clock import office_of, standing_of
from gongkai.applications.letters import facts as letters
from gongkai.applications.letters.fields import FIELDS, Kind
from gongkai.applications.models import Application, Consultation, Matter, SearchLog
from gongkai.applications.states import Sort
from gongkai.law.calendar import parse_date
from gongkai.law.events import CorrectionReceived
from gongkai.law.outcomes import outcome
from gongkai.law.reviewers import OrganKind
from gongkai.organs.models import Organ
from gongkai.organs.states import Kind as OrganSort

_KINDS = {
    OrganSort.CITY: OrganKind.CITY,
    OrganSort.OFFICE: OrganKind.DESIGNATED_OFFICE,
    OrganSort.DEPARTMENT: OrganKind.DEPARTMENT,
    OrganSort.COUNTY: OrganKind.COUNTY,
    OrganSort.TOWNSHIP: OrganKind.TOWNSHIP,
    OrganSort.ENTERPRISE: OrganKind.PUBLIC_ENTERPRISE,
    OrganSort.VERTICAL: OrganKind.VERTICAL,
}
_GOVERNMENTS = (OrganSort.CITY, OrganSort.COUNTY, OrganSort.TOWNSHIP)


def office_facts(organ: Organ) -> letters.Office:
    """答复机关：names, addresses, and who stands above it.

    What the organ has entered as its review body and court is taken before what the tree tells.
    """
    return letters.Office(
        name=organ.name,
        kind=organ_kind(organ),
        government=organ.review_body or _government(organ),
        superior=organ.review_body or (organ.parent.name if organ.parent else None),
        court=organ.court or None,
        unit=organ.disclosure_office,
        address=organ.address,
        postcode=organ.postcode,
        phone=organ.disclosure_phone or organ.phone,
        fax=organ.fax,
        email=organ.email,
        hours=organ.hours,
        head=organ.disclosure_head,
        signer=_signer(organ),
    )


def organ_kind(organ: Organ) -> OrganKind:
    """机关类别：as the law of remedies sorts organs."""
    if organ.kind == OrganSort.DEPARTMENT and "司法" in organ.name:
        return OrganKind.JUSTICE
    if organ.kind == OrganSort.TOWNSHIP and "街道" in organ.name:
        return OrganKind.OUTPOST
    return _KINDS[OrganSort(organ.kind)]


def _government(organ: Organ) -> str | None:
    """本级人民政府：the nearest government above it."""
    above = organ.parent
    while above is not None and above.kind not in _GOVERNMENTS:
        above = above.parent
    return above.name if above else None


def _signer(organ: Organ) -> str:
    office = office_of(organ)
    return office.signer if office.organ_id == organ.pk else ""


def facts_of(
    application: Application,
    *,
    number: str = "",
    consultation: Consultation | None = None,
    given: Mapping[str, Any] | None = None,
) -> letters.Facts:
    """全部要素：for any letter of the case; ``given`` are the fields of the step at hand.

    Personal data is opened here, for the application form alone: no other letter has a field
    for it, and the letters refuse to print it.
    """
    told = {**procedure(application), **(_consulted(consultation) if consultation else {})}
    told |= {name: value for name, value in (given or {}).items() if value not in (None, "")}
    return letters.Facts(
        office=office_facts(application.organ),
        number=number,
        applicant=_applicant(application),
        application=_application(application),
        matters=tuple(_matter(matter) for matter in application.matters.all()),
        given=told,
    )


def _applicant(application: Application) -> letters.Applicant:
    people = list(application.applicants.all())
    first = people[0] if people else None
    if first is None:
        return letters.Applicant(names=(application.applicant_name,))
    return letters.Applicant(
        names=tuple(person.name for person in people),
        category=first.get_category_display(),
        is_person=first.category == "person",
        representative=first.representative,
        contact=first.contact,
        proxy=first.proxy,
        private=letters.Private(
            identity=first.get_identity_display(),
            identity_number=first.identity_number.open(),
            phone=first.phone.open(),
            email=first.email.open(),
            address=first.address.open(),
            postcode=first.postcode,
            proxy_number=first.proxy_number.open(),
            proxy_phone=first.proxy_phone.open(),
        ),
    )


def _application(application: Application) -> letters.Application:
    standing = standing_of(application)
    corrected = application.events.counting().filter(kind=CorrectionReceived.TYPE).last()
    return letters.Application(
        number=application.number,
        arrived_on=application.arrived_on,
        channel=application.came_by,
        request="\n".join(part for part in (application.subject, application.description) if part),
        received_on=standing.day0,
        basis=standing.day0_basis,
        corrected_on=corrected.on if corrected else None,
        wanted_number=application.wanted_number,
        purpose=application.purpose,
        form=application.get_form_display(),
        delivery=application.get_delivery_display() if application.delivery else "",
        assistance=application.assistance,
        handler=application.handler.name if application.handler else "",
        rectify_within=office_of(application.organ).rectification_days
        if application.sort == Sort.RECTIFICATION
        else None,
    )


def _matter(matter: Matter) -> letters.Matter:
    findings = {name: _read(name, value) for name, value in matter.findings.items()}
    if matter.severing:
        findings.setdefault("区分处理的考虑", matter.severing)
    if matter.outcome == "D1a":
        findings["检索记录"] = [_search(log) for log in matter.application.searches.all()]
    return letters.Matter(
        text=matter.text,
        outcome=outcome(matter.outcome) if matter.outcome else None,
        findings=findings,
    )


def _read(name: str, value: Any) -> Any:
    """A value as it was kept: a day is a day again."""
    if FIELDS[name].kind is Kind.DAY and isinstance(value, str):
        return parse_date(value)
    return value


def procedure(application: Application) -> dict[str, Any]:
    """经过：what earlier letters of the case have told, and the day the reply is due."""
    told: dict[str, Any] = {}
    for paper in application.papers.filter(state="fixed", consultation__isnull=True):
        told |= {name: _read(name, value) for name, value in paper.facts.items()}
    standing = standing_of(application)
    if standing.due:
        told["答复期限"] = standing.due
    return told


def _search(log: SearchLog) -> dict[str, object]:
    return {
        "系统": log.place,
        "检索词": log.words,
        "时间范围": log.period,
        "检索人": log.searcher,
        "检索时间": log.on,
        "结果": log.result,
    }


def _consulted(consultation: Consultation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "收件人": consultation.name,
        "征求对象": consultation.get_whom_display(),
        "拟公开的信息": consultation.information,
        "征求意见书发出日期": consultation.sent_on,
    }
    if consultation.override:
        told |= {
            "决定公开的内容": consultation.information,
            "公共利益理由": consultation.override,
            "拟公开的日期": consultation.release_on,
            "第三方意见": consultation.reasons,
        }
    return {name: value for name, value in told.items() if value}
