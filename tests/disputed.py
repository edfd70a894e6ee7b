"""一件案件：plain functions that make reviews and suits, free of surprises."""

from datetime import date

from asked import ON, answer, make_office, make_people, make_request
from gongkai.disputes.actions import answering, ruling
from gongkai.disputes.actions.registering import Facts, Sent, attach, register
from gongkai.disputes.actions.ruling import Decided
from gongkai.disputes.states import Attached, Kind
from gongkai.organs.states import Duty

#: The day our copy of the papers comes.
CAME = date(2025, 5, 6)


def make_disputed(code="A2", *, organ=None, **fields):
    """An organ, its people, and a request of theirs that was answered."""
    organ = organ or make_office()
    people = make_people(organ)
    application = make_request(organ, people[Duty.DISCLOSURE], **fields)
    answer(application, people, ON, code)
    return organ, people, application


def make_dispute(organ, by, kind=Kind.REVIEW, *, on=CAME, handler=None, sent=(), **fields):
    """Registered the day its copy came; about words alone, unless a request is named."""
    if "application" not in fields:
        fields = {"about": "2024年部门预算", "claimant": "张三丰"} | fields
    usual = {"body": "石家庄铁路运输法院" if kind.is_suit else "石家庄市人民政府"}
    facts = Facts(kind=kind, received_on=on, **(usual | fields))
    return register(organ, facts, by=by, handler=handler, sent=sent)


def paper(sort, name="材料.txt", content=b"\xe6\x9d\x90\xe6\x96\x99"):
    return Sent(sort, content, name)


def file_answer(dispute, people, on=CAME):
    """From the draft of our answer to the body that hears the case."""
    clerk, head = people[Duty.DISCLOSURE], people[Duty.OFFICE_HEAD]
    attach(dispute, [paper(Attached.ANSWER), paper(Attached.EVIDENCE)], by=clerk)
    answering.submit(dispute, by=clerk)
    answering.approve(dispute, by=head)
    answering.file(dispute, by=clerk, on=on)


def decide(dispute, by, finding, on, **fields):
    return ruling.decide(dispute, Decided(finding=finding, on=on, **fields), by=by)
