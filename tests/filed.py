"""一份年报：plain functions that make reports and take them on their way."""

from asked import make_office, make_people
from city import make_staff
from gongkai.law.credit_code import credit_check
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling, moving
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Section

YEAR = 2025
FIFTH = "主动公开内容的针对性不够强。改进措施：每季度分析一次申请热点，及时主动公开。"


def make_writers(organ=None):
    """An office, its clerk, who signs, and the competent department above; by name."""
    organ = organ or make_office()
    give_code(organ)
    people = make_people(organ)
    people[Duty.COMPETENT] = make_staff("主管", Duty.COMPETENT, organ=organ.parent or organ)
    return organ, people


def give_code(organ):
    """A credit code with the right check character, for its index numbers."""
    if not organ.code:
        body = f"11130100{organ.pk:09d}"
        organ.code = body + credit_check(body)
        organ.save(update_fields=["code"])


def write_part(filing, number, text, by):
    """Write one part as it stands now."""
    section = Section.objects.get(filing=filing, number=number)
    return filling.write(section, text, by=by, seen=section.revision)


def make_filing(organ, clerk, year=YEAR, **fields):
    """A report with everything filled in that no record tells."""
    filing = filling.begin(organ, year, by=clerk, **fields)
    for ref in BY_HAND:
        filling.enter(filing, ref, "0", by=clerk, source="本机关业务统计")
    write_part(filing, 5, FIFTH, clerk)
    return filing


def send_in(filing, people):
    """Approved and submitted."""
    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])
    moving.advance(filing, "approve", by=people[Duty.SIGN])
    moving.advance(filing, "submit", by=people[Duty.DISCLOSURE])


def publish(filing, people, on=None):
    """All the way to the public."""
    give_code(filing.organ)
    send_in(filing, people)
    moving.advance(filing, "clear", by=people[Duty.COMPETENT])
    moving.publish(filing, by=people[Duty.DISCLOSURE], on=on)
