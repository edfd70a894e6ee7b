"""建城：organs, people, columns, topics, guides; whatever is there already stays as it is."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.demo import city, content
from gongkai.documents.actions.columns import lay_out
from gongkai.documents.models import Column, Guide, PeriodRule
from gongkai.documents.periods import known_rules
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.states import Duty, Kind
from gongkai.trail.actions import hold, record, record_all

LABEL = "载入演示数据"
#: Duties that reach down from the city, or belong to the house as a whole.
_ABOVE_ALL = {Duty.COMPETENT, Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT}


@transaction.atomic
def found_organs() -> dict[str, Organ]:
    """机关：by key, each with its code, its disclosure office and where to turn to."""
    hold()
    present = {organ.name: organ for organ in Organ.objects.filter(demo=True)}
    found: dict[str, Organ] = {}
    new = []
    for serial, place in enumerate(city.places(), 1):
        organ = present.get(place.name)
        if organ is None:
            organ = _organ(place, serial, present.get(place.above))
            present[place.name] = organ
            new.append(organ)
        found[place.key] = organ
    record_all(new, "create", by=None, label=LABEL)
    return found


def _organ(place: city.Place, serial: int, above: Organ | None) -> Organ:
    inside = place.kind in (Kind.DEPARTMENT, Kind.TOWNSHIP)
    return Organ.objects.create(
        name=place.name,
        short_name=place.short,
        parent=above,
        kind=place.kind,
        code=city.code_of(serial),
        number_words=place.words,
        position=10 * serial,
        address=f"石家庄市演示路{serial}号",
        postcode="050000",
        hours="工作日 9:00—12:00，13:30—17:30",
        phone=f"0311-0000{serial:04d}",
        fax=f"0311-0001{serial:04d}",
        email=f"demo{serial}@example.gov.cn",
        disclosure_office=f"{place.name}政务公开办公室（演示）",
        disclosure_head="演示负责人",
        disclosure_phone=f"0311-0000{serial:04d}",
        review_body=above.name if above and inside else "河北省人民政府",
        court="石家庄市中级人民法院" if place.kind == Kind.CITY else "石家庄铁路运输法院",
        demo=True,
    )


@transaction.atomic
def found_staff(organs: dict[str, Organ]) -> list[Staff]:
    """人员：nobody has a password; they are entered by one click, in the demonstration alone."""
    hold()
    known = set(Staff.objects.values_list("username", flat=True))
    new: list[Staff] = []
    for serial, place in enumerate(city.places(), 1):
        organ = organs[place.key]
        people = city.CITY_STAFF if place.key == "city" else tuple(city.staff_of(place, serial))
        new += [
            _open(person, organ, organs["office"])
            for person in people
            if person.username not in known
        ]
    record_all(new, "create", by=None, label=LABEL)
    return new


def _open(person: city.Person, organ: Organ, office: Organ) -> Staff:
    staff = Staff(
        username=person.username, name=person.name, organ=organ, unit=person.unit, demo=True,
        must_change_password=False,
    )  # fmt: skip
    staff.set_unusable_password()
    staff.save()
    places = [organ]
    if organ.kind == Kind.CITY and not _ABOVE_ALL & set(person.duties):
        places.append(office)  # the office does the paper work of the city government
    Role.objects.bulk_create(
        Role(staff=staff, organ=place, duty=duty, valid_from=date(2022, 1, 1))
        for place in places
        for duty in person.duties
    )
    return staff


def found_columns(organs: dict[str, Organ]) -> None:
    """栏目：the statutory blocks everywhere; in the city also what stands around them."""
    for organ in organs.values():
        if organ.kind != Kind.ENTERPRISE:
            lay_out(organ)
    root = organs["city"]
    above = _column(root, "上级政策文件", "政策文件", "国家法律法规和国务院文件", position=900)
    for place, group in enumerate(content.GROUPS):
        _column(root, group, "政策文件", f"{group}，供查阅", parent=above, position=910 + place)
    _column(root, "工作动态", "工作动态", "政府工作动态", kind="news", update_days=14, position=920)
    _column(root, "市情概况", "概况信息", "城市概况", position=930)
    for organ in organs.values():
        if organ.kind in (Kind.DEPARTMENT, Kind.COUNTY):
            _column(organ, "工作动态", "工作动态", "工作动态", kind="news", update_days=14)
    for name, opens, closes in (
        ("优化营商环境", date(2022, 3, 1), None),
        ("稳经济保民生", date(2022, 6, 1), None),
        ("2022年疫情防控", date(2022, 1, 1), date(2022, 12, 31)),
    ):
        _column(root, name, "政策文件", f"{name}专题", topic=True, opens_on=opens,
                closes_on=closes)  # fmt: skip


@transaction.atomic
def _column(
    organ: Organ, name: str, type_: str, description: str, *, parent: Column | None = None,
    **fields: object,
) -> Column:  # fmt: skip
    found = Column.objects.filter(organ=organ, parent=parent, name=name).first()
    if found:
        return found
    hold()
    made = Column.objects.create(
        organ=organ, parent=parent, name=name, type=type_, description=description, tags=name,
        keeper="政务公开办公室", demo=True, **fields,
    )  # fmt: skip
    record(made, "create", by=None, label=LABEL)
    return made


@transaction.atomic
def found_guides(organs: dict[str, Organ]) -> None:
    """指南、有效期规则：what Article 12 asks for; the years Hebei is taken to have."""
    hold()
    present = set(Guide.objects.values_list("organ", flat=True))
    Guide.objects.bulk_create(
        _guide(organ)
        for organ in organs.values()
        if organ.pk not in present and organ.kind != Kind.ENTERPRISE
    )
    for rule in known_rules():
        if rule.place == "河北省":
            PeriodRule.objects.get_or_create(
                organ=organs["city"],
                provisional=rule.provisional,
                defaults={"years": rule.years, "basis": f"{rule.basis}（演示，年数未核对）"},
            )


def _guide(organ: Organ) -> Guide:
    return Guide(
        organ=organ,
        classification="政府信息按照《中华人民共和国政府信息公开条例》第二十条、第二十一条分类。",
        arrangement="每条信息编有索引号，由统一社会信用代码、年份和流水号组成。",
        obtaining="主动公开的信息可以在本平台、政府公报和查阅场所获取；其他政府信息可以依法申请公开。",
        office=organ.disclosure_office,
        address=organ.address,
        hours=organ.hours,
        phone=organ.disclosure_phone,
        fax=organ.fax,
        internet=organ.email,
        fees="申请人申请公开政府信息的数量、频次明显超过合理范围的，依法收取信息处理费。",
        remedies=f"认为本机关未依法公开政府信息的，可以向{organ.review_body}申请行政复议。",
        updated_at=timezone.now(),
    )
