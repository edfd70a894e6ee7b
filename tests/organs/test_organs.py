from datetime import date

import pytest

from city import make_organ, make_staff
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.actions import save_organ
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty, Kind
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db


def test_the_path_runs_from_the_root_down():
    city = make_organ("市政府")
    county = make_organ("县政府", parent=city)
    town = make_organ("镇政府", parent=county)

    assert (city.depth, town.depth) == (0, 2)
    assert town.lineage == [city.pk, county.pk, town.pk]
    assert list(Organ.objects.under(county)) == [county, town]
    assert list(Organ.objects.above(town)) == [city, county, town]


def test_organs_stand_as_in_the_tree_each_level_by_its_position():
    city = make_organ("市政府")
    later = make_organ("乙局", parent=city, position=20)
    first = make_organ("甲局", parent=city, position=10)
    below = make_organ("甲所", parent=first)

    assert list(Organ.objects.all()) == [city, first, below, later]
    first.position = 30
    first.save()
    assert list(Organ.objects.all()) == [city, later, first, below]


def test_whoever_stands_below_moves_along():
    city = make_organ("市政府")
    old, new = make_organ("甲县", parent=city), make_organ("乙县", parent=city)
    town = make_organ("镇政府", parent=old)
    village = make_organ("村镇银行", parent=town)

    town.parent = new
    town.save()

    village.refresh_from_db()
    assert village.lineage == [city.pk, new.pk, town.pk, village.pk]
    assert list(Organ.objects.under(old)) == [old]


def test_one_digit_is_not_a_prefix_of_two():
    organs = [make_organ() for _ in range(12)]

    assert [organ for organ in organs if organ not in Organ.objects.under(organ)] == []
    assert [list(Organ.objects.under(organ)) for organ in organs] == [[organ] for organ in organs]


def test_an_organ_cannot_stand_below_itself():
    city = make_organ("市政府")
    office = make_organ("办公室", parent=city)
    admin = make_staff("系统", Duty.SYSTEM, organ=city)
    city.parent = office

    with pytest.raises(BadInput, match="不能是本机关或本机关的下属"):
        save_organ(city, by=admin)


def test_an_organ_stands_from_its_first_day_to_its_last():
    organ = make_organ(valid_from=date(2019, 1, 1), valid_to=date(2024, 6, 30))
    days = [date(2018, 12, 31), date(2019, 1, 1), date(2024, 6, 30), date(2024, 7, 1)]

    assert [organ.stands(day) for day in days] == [False, True, True, False]
    assert [organ in Organ.objects.standing(day) for day in days] == [False, True, True, False]


def test_what_changed_is_written_down():
    city = make_organ("市政府")
    admin = make_staff("系统", Duty.SYSTEM, organ=city)
    city.phone = "0311-86687000"

    save_organ(city, by=admin)
    save_organ(city, by=admin)

    assert [(s.label, s.changes) for s in Step.objects.of(city)] == [
        ("修改机关信息", {"phone": ["", "0311-86687000"]})
    ]


def test_only_the_system_administrator_above_keeps_an_organ():
    city, other = make_organ("甲市"), make_organ("乙市")
    admin = make_staff("系统", Duty.SYSTEM, organ=other)

    with pytest.raises(NotAllowed, match="由系统管理员办理"):
        save_organ(Organ(name="甲市财政局", kind=Kind.DEPARTMENT, parent=city), by=admin)

    assert list(Organ.objects.under(city)) == [city]
