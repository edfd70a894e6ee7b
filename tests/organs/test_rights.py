import pytest

from city import make_organ, make_staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db


def test_a_duty_counts_where_it_is_held():
    city = make_organ("石州市")
    office = make_organ("石州市政府办公室", parent=city)
    drafter = make_staff("李起草", Duty.DRAFT, organ=office)
    competent = make_staff("主管", Duty.COMPETENT, organ=city)

    assert roles_of(drafter, office) == {Duty.DRAFT}
    assert roles_of(drafter, city) == frozenset()
    assert roles_of(competent, office) == {Duty.COMPETENT}
