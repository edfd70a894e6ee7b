"""一件申请：plain functions that make requests for information, free of surprises."""

from datetime import date

from city import make_organ, make_staff
from gongkai.applications.actions import replying, serving
from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.papers import Sending
from gongkai.applications.actions.receiving import Asked, Person, receive, register
from gongkai.law.events import Channel, Way
from gongkai.organs.states import Duty, Kind

#: A resident identity number that passes the checksum and belongs to nobody.
IDENTITY = "130102199003074514"
ON = date(2025, 3, 3)
#: What a plain disclosure says.
GIVEN = {
    "信息清单": [{"名称": "2024年部门预算", "文号": "", "形式": "电子文档", "页数": "42"}],
    "提供方式": "电子文档，通过本平台提供",
}


def make_office(name="石家庄市财政局"):
    """An organ with everything its letters print."""
    city = make_organ("石家庄市人民政府", kind=Kind.CITY, review_body="河北省人民政府")
    return make_organ(
        name,
        parent=city,
        address="石家庄市青园街218号",
        postcode="050000",
        disclosure_office="办公室",
        disclosure_phone="0311-86686000",
        disclosure_head="王主任",
        email="xxgk@example.cn",
        hours="工作日9:00—17:00",
        court="石家庄铁路运输法院",
    )


def make_people(organ):
    """One person for each duty a request needs."""
    return {
        duty: make_staff(f"{duty.label}员", duty, organ=organ)
        for duty in (
            Duty.DISCLOSURE, Duty.OFFICE_HEAD, Duty.DRAFT, Duty.LEGAL, Duty.SECRECY, Duty.SIGN,
        )
    }  # fmt: skip


def person(name="张三丰", **fields):
    return Person(
        **{
            "name": name,
            "identity_number": IDENTITY,
            "phone": "13800138000",
            "email": "zsf@example.cn",
            "address": "石家庄市长安区中山东路1号2单元",
            **fields,
        }
    )


def make_request(organ, by, *, on=ON, channel=Channel.IN_PERSON, registered=True, **fields):
    """Received at the desk, and registered unless told otherwise."""
    people = fields.pop("persons", [person()])
    fields = {"subject": "2024年部门预算", "description": "财政局2024年部门预算全文"} | fields
    application = receive(organ, Asked(channel=channel, arrived_on=on, **fields), people, by=by)
    if registered:
        register(application, by=by)
    return application


def post(on, tracking="XA12345678913"):
    """By China Post on a day."""
    return Sending(on=on, way=Way.POST, tracking=tracking)


def electronic(on):
    """Into the applicant's own system."""
    return Sending(on=on, way=Way.ELECTRONIC)


def approve(application, people):
    """From the written reply to the signature, desk by desk."""
    replying.compose_reply(application, by=people[Duty.DISCLOSURE])
    replying.advance(application, "submit", by=people[Duty.DISCLOSURE])
    replying.advance(application, "pass_legal", by=people[Duty.LEGAL])
    replying.advance(application, "pass_secrecy", by=people[Duty.SECRECY])
    replying.advance(application, "sign", by=people[Duty.SIGN])


def answer(application, people, on, code="A2", findings=GIVEN):
    clerk = people[Duty.DISCLOSURE]
    replying.draft(application, by=clerk)
    for matter in application.matters.all():
        decide(matter, code, by=clerk, findings=findings)
    approve(application, people)
    serving.serve(application, by=clerk, sending=electronic(on))
