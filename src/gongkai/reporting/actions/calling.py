"""编报通知：the competent department asks its units, and sees who has sent in what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.errors import BadDate, BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions.filling import refuse
from gongkai.reporting.models import Call, Filing, Unit
from gongkai.reporting.states import SENT_IN, CallState, Scope
from gongkai.steps.actions import take
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step

#: 第四十九条: the last days of publication, month and day of the next year.
OWN_BY, WHOLE_BY = (1, 31), (3, 31)


def why_not_call(organ: Organ, year: int, *, by: Staff) -> list[str]:
    """发通知的障碍：the competent department calls, once a year."""
    reasons = []
    if Duty.COMPETENT not in roles_of(by, organ):
        reasons.append(f"{organ}的编报通知由政府信息公开工作主管部门发出")
    if year > timezone.localdate().year:
        reasons.append(f"{year}年还没有到")
    if Call.objects.filter(organ=organ, year=year).exists():
        reasons.append(f"{year}年的编报通知已经有了")
    return reasons


@transaction.atomic
def call(made: Call, *, by: Staff) -> Call:
    """拟写通知：with the units of the tree, to be gone over before it goes out.

    Raises NotAllowed, BadDate for days that the statute or each other forbid.
    """
    refuse(why_not_call(made.organ, made.year, by=by))
    _prove_days(made)
    hold()
    made.author, made.demo = by, made.organ.demo
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as problem:
        raise NotAllowed(f"{made.year}年的编报通知刚刚由别人建立了，请刷新页面。") from problem
    Unit.objects.bulk_create(units_below(made))
    record(made, "call", by=by, label="拟写编报通知", after=CallState.DRAFT)
    return made


def _prove_days(made: Call) -> None:
    own, whole = date(made.year + 1, *OWN_BY), date(made.year + 1, *WHOLE_BY)
    if made.publish_on > own:
        raise BadDate(f"各单位的年报应当在{own}前公布（第四十九条第一款）。")
    if made.whole_on > whole:
        raise BadDate(f"政府的年报应当在{whole}前公布（第四十九条第二款）。")
    if made.due_on > made.publish_on:
        raise BadDate("报送截止日期不能晚于公布截止日期。")
    if made.due_on <= date(made.year, 12, 31):
        raise BadDate(f"{made.year}年结束以后才能报送，截止日期应当在{made.year + 1}年。")


def units_below(made: Call) -> Iterable[Unit]:
    """名单：the organ's own office, its departments, and the governments below as wholes.

    Public enterprises have rules of their own（第五十五条）; what was merged by the end of the
    year is told by its successor. Townships are summed up by their county.
    """
    last = date(made.year, 12, 31)
    yield Unit(call=made, organ=made.organ, name=_named(made.organ, Scope.OWN), position=0)
    below = Organ.objects.filter(parent=made.organ).exclude(kind=Kind.ENTERPRISE).order_by("path")
    governments = (Kind.CITY, Kind.COUNTY)
    for place, organ in enumerate((one for one in below if one.stands(last)), start=1):
        scope = Scope.WHOLE if organ.kind in governments else Scope.OWN
        yield Unit(call=made, organ=organ, name=_named(organ, scope), scope=scope, position=place)


def _named(organ: Organ, scope: str) -> str:
    from gongkai.reporting.actions.filling import signature_of

    return signature_of(organ, scope)


def why_not_list(made: Call, *, by: Staff) -> list[str]:
    """改名单的障碍：until the round is closed."""
    reasons = []
    if Duty.COMPETENT not in roles_of(by, made.organ):
        reasons.append("名单由主管部门确定")
    if made.state == CallState.CLOSED:
        reasons.append("这一轮编报已经结束")
    return reasons


@transaction.atomic
def add_unit(
    made: Call, *, by: Staff, organ: Organ | None = None, name: str = "", scope: str = Scope.OWN
) -> Unit:
    """增加单位：one of the tree, or by name one outside the system. Raises NotAllowed, BadInput."""
    refuse(why_not_list(made, by=by))
    title = _named(organ, scope) if organ else name.strip()
    if not title:
        raise BadInput("请选择机关，或者填写系统外单位的名称。")
    place = made.units.count()
    fresh = Unit(call=made, organ=organ, name=title[:100], position=place,
                 scope=scope if organ else Scope.OUTSIDE)  # fmt: skip
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError as problem:
        raise NotAllowed(f"{title}已经在名单里。") from problem
    record(made, "add_unit", by=by, label="增加编报单位", note=title)
    return fresh


@transaction.atomic
def remove_unit(unit: Unit, *, by: Staff, reason: str) -> None:
    """去掉单位：with a reason; not one that has already sent its report in. Raises NotAllowed."""
    refuse(why_not_list(unit.call, by=by))
    if not reason.strip():
        raise BadInput("请写明去掉的原因。")
    if filing_of(unit) is not None:
        raise NotAllowed(f"{unit}已经报送年报，不能从名单里去掉。")
    record(unit.call, "remove_unit", by=by, label="去掉编报单位", note=f"{unit}：{reason.strip()}")
    unit.delete()


def why_not_move(made: Call, move: str, *, by: Staff) -> list[str]:
    """通知流转的障碍。"""
    reasons = why_not_by_table(made, move, by=by)
    if move == "issue" and not made.units.exists():
        reasons.append("名单是空的")
    return reasons


@transaction.atomic
def advance_call(made: Call, move: str, *, by: Staff, note: str = "") -> Step:
    """发出、结束、恢复。Raises NotAllowed."""
    refuse(why_not_move(made, move, by=by))
    told = {"issued_at": timezone.now()} if move == "issue" else {}
    step = take(made, move, by=by, note=note, **told)
    if move == "issue":
        _hand_down(made)
    return step


def _hand_down(made: Call) -> None:
    """Reports begun before the call went out belong to it from now on."""
    for unit in made.units.exclude(organ=None):
        Filing.objects.in_hand().filter(
            organ=unit.organ_id, scope=unit.scope, year=made.year, call=None
        ).update(call=made, due_on=unit.due)


# ── 进度 ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Progress:
    """报送进度：a unit, its newest report whatever its state, and whether it is late."""

    unit: Unit
    filing: Filing | None
    sent_in: bool
    late: bool

    @property
    def missing(self) -> bool:
        """未报送。"""
        return not self.sent_in


def progress(made: Call, on: date | None = None) -> list[Progress]:
    """各单位进度：in the order of the list; two queries, however many units."""
    today = on or timezone.localdate()
    units = list(made.units.all())
    for unit in units:
        unit.call = made
    keys = [unit.organ_id for unit in units if unit.organ_id]
    newest: dict[object, Filing] = {}
    rows = Filing.objects.filter(year=made.year, organ__in=[*keys, made.organ_id]).defer("frozen")
    for one in rows.order_by("version"):
        newest[one.name if one.scope == Scope.OUTSIDE else (one.organ_id, one.scope)] = one
    found = []
    for unit in units:
        filing = newest.get((unit.organ_id, unit.scope) if unit.organ_id else unit.name)
        sent = filing is not None and (filing.state in SENT_IN or filing.version > 1)
        when = filing.submitted_at if filing is not None else None
        day = timezone.localdate(when) if when else today
        found.append(Progress(unit, filing, sent, late=day > unit.due))
    return found


def filing_of(unit: Unit) -> Filing | None:
    """报送的年报：the newest that has been sent in."""
    rows = Filing.objects.sent_in().filter(year=unit.call.year)
    if unit.organ_id:
        rows = rows.filter(organ=unit.organ_id, scope=unit.scope)
    else:
        rows = rows.filter(organ=unit.call.organ_id, scope=Scope.OUTSIDE, name=unit.name)
    return rows.order_by("-version").first()
