"""编报通知：the competent department asks its units, and sees who has sent in what."""

from __future__ import annotations

from collections import Counter
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
from gongkai.reporting.states import PUBLIC, SENT_IN, CallState, Scope, State
from gongkai.steps.actions import take
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step

#: 各单位报送截止日期：usually ten days or so before it has to be public.
USUALLY_DUE = (1, 20)
#: 下级政府的汇总年报：later, for it waits for its own departments.
WHOLES_USUALLY_DUE = (2, 20)
_TEXT = """一、编报依据：《中华人民共和国政府信息公开条例》第四十九条、第五十条，\
《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）。
二、统计期限：{year}年1月1日至{year}年12月31日。
三、各单位应当如实填报，没有发生的事项填0，没有收到申请的也要报送（零报告）。\
六个部分不得增减，表格不得改动。
四、年报经本单位分管负责人审签后报送，审核通过后于{next}年1月31日前\
在政府信息公开年报栏目公布。
五、逾期不报、内容雷同、敷衍应付的，依照《条例》第四十七条处理。"""
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
    _list(made, list(units_below(made)))
    record(made, "call", by=by, label="拟写编报通知", after=CallState.DRAFT)
    return made


def _list(made: Call, units: list[Unit]) -> None:
    signed = Counter(unit.name for unit in units)
    refuse(
        [f"有{number}个单位都署名“{name}”，请先在编报口径里改成不同的署名"
         for name, number in signed.items() if number > 1]
    )  # fmt: skip
    Unit.objects.bulk_create(units)


def proposed(organ: Organ, year: int) -> Call:
    """通知草稿：the usual days and words, to be gone over; nothing is kept yet."""
    return Call(
        organ=organ,
        year=year,
        title=f"关于做好{year}年政府信息公开工作年度报告编制报送工作的通知",
        text=_TEXT.format(year=year, next=year + 1),
        due_on=date(year + 1, *USUALLY_DUE),
        publish_on=date(year + 1, *OWN_BY),
        whole_on=date(year + 1, *WHOLE_BY),
    )


def why_not_amend(made: Call, *, by: Staff) -> list[str]:
    """改通知的障碍：what has gone out is not rewritten; a unit may be given another day."""
    reasons = []
    if Duty.COMPETENT not in roles_of(by, made.organ):
        reasons.append(f"{made.organ}的编报通知由政府信息公开工作主管部门拟写")
    if made.state != CallState.DRAFT:
        reasons.append("通知已经发出；要推迟报送的，请给单位另定截止日期")
    return reasons


@transaction.atomic
def amend(
    made: Call, *, by: Staff, title: str, text: str, due_on: date, publish_on: date, whole_on: date
) -> None:
    """改通知：its words and its days, until it goes out. Raises NotAllowed, BadDate."""
    refuse(why_not_amend(made, by=by))
    told = {
        "title": title, "text": text, "due_on": due_on, "publish_on": publish_on,
        "whole_on": whole_on,
    }  # fmt: skip
    changes = {name: [getattr(made, name), value] for name, value in told.items()}
    for name, value in told.items():
        setattr(made, name, value)
    _prove_days(made)
    made.save(update_fields=list(told))
    changed = {
        name: [f"{one}" for one in pair] for name, pair in changes.items() if pair[0] != pair[1]
    }
    record(made, "amend", by=by, label="修改编报通知", changes=changed)


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
    year is told by its successor. Townships are summed up by their county. An office in whose
    name the government's own report is made has none besides.
    """
    last = date(made.year, 12, 31)
    own = _named(made.organ, Scope.OWN)
    yield Unit(call=made, organ=made.organ, name=own, position=0)
    below = Organ.objects.filter(parent=made.organ).exclude(kind=Kind.ENTERPRISE).order_by("path")
    below = below.exclude(kind=Kind.OFFICE, name=own)
    governments = (Kind.CITY, Kind.COUNTY)
    # One that ends on the last day of the year is counted with its successor.
    standing = (one for one in below if one.stands(last) and one.valid_to != last)
    for place, organ in enumerate(standing, start=1):
        scope = Scope.WHOLE if organ.kind in governments else Scope.OWN
        later = min(date(made.year + 1, *WHOLES_USUALLY_DUE), made.whole_on)
        yield Unit(
            call=made, organ=organ, name=_named(organ, scope), scope=scope, position=place,
            due_on=later if scope == Scope.WHOLE else None,
        )  # fmt: skip


def unaccounted(made: Call) -> list[Organ]:
    """没有单位计入的：ended within the year below the caller, and no successor is on record."""
    first, last = date(made.year, 1, 1), date(made.year, 12, 31)
    rows = Organ.objects.filter(parent=made.organ, successor=None, valid_to__range=(first, last))
    return list(rows.exclude(kind=Kind.ENTERPRISE))


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
    if made.state == CallState.ISSUED:
        _hand_down(made, fresh)
    return fresh


@transaction.atomic
def set_due(unit: Unit, on: date | None, *, by: Staff, reason: str) -> None:
    """另定截止日期：for one unit, with a reason; None takes it back to that of the call.

    Raises NotAllowed, BadInput, BadDate for a day within the year or after that of publication.
    """
    made: Call = unit.call
    refuse(why_not_list(made, by=by))
    if not reason.strip():
        raise BadInput("请写明另定日期的原因。")
    last = made.whole_on if unit.scope == Scope.WHOLE else made.publish_on
    if on is not None and not date(made.year, 12, 31) < on <= last:
        raise BadDate(f"截止日期应当在{made.year}年结束以后，不能晚于公布截止日期{last}。")
    before, unit.due_on = unit.due, on
    unit.save(update_fields=["due_on"])
    filings = Filing.objects.filter(call=made, organ=unit.organ_id, scope=unit.scope)
    filings.exclude(state__in=PUBLIC).update(due_on=unit.due)
    record(
        made, "set_due", by=by, label="另定截止日期", note=f"{unit}：{reason.strip()}",
        changes={unit.name: [f"{before}", f"{unit.due}"]},
    )  # fmt: skip


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
        _hand_down(made, *made.units.exclude(organ=None))
    return step


def _hand_down(made: Call, *units: Unit) -> None:
    """Reports begun before the call went out belong to it from now on."""
    for unit in units:
        Filing.objects.in_hand().filter(
            organ=unit.organ_id, scope=unit.scope, year=made.year, call=None
        ).update(call=made, due_on=unit.due)


# ── 进度 ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Progress:
    """报送进度：a unit, its newest report whatever its state, and when it first sent one in."""

    unit: Unit
    filing: Filing | None
    sent_on: date | None
    late: bool

    @property
    def sent_in(self) -> bool:
        """已报送。"""
        return self.sent_on is not None

    @property
    def missing(self) -> bool:
        """未报送。"""
        return self.sent_on is None


def progress(made: Call, on: date | None = None) -> list[Progress]:
    """各单位进度：in the order of the list; two queries, however many units.

    A correction in the making does not take back what was sent in before it.
    """
    today = on or timezone.localdate()
    units = list(made.units.select_related("organ"))
    for unit in units:
        unit.call = made
    keys = [unit.organ_id for unit in units if unit.organ_id]
    versions: dict[object, list[Filing]] = {}
    rows = Filing.objects.filter(year=made.year, organ__in=[*keys, made.organ_id]).defer("frozen")
    for one in rows.order_by("version"):
        key = one.name if one.scope == Scope.OUTSIDE else (one.organ_id, one.scope)
        versions.setdefault(key, []).append(one)
    found = []
    for unit in units:
        filed = versions.get((unit.organ_id, unit.scope) if unit.organ_id else unit.name, [])
        sent_on = next(filter(None, map(_sent_on, filed)), None)
        late = (sent_on or today) > unit.due
        found.append(Progress(unit, filed[-1] if filed else None, sent_on, late))
    return found


def _sent_on(filing: Filing) -> date | None:
    """报送日期：of one read from its published file, the day it was published."""
    if filing.state not in SENT_IN and filing.state != State.REPLACED:
        return None
    if filing.submitted_at is not None:
        return timezone.localdate(filing.submitted_at)
    return filing.published_on


def filing_of(unit: Unit) -> Filing | None:
    """报送的年报：the newest that has been sent in."""
    rows = Filing.objects.sent_in().filter(year=unit.call.year)
    if unit.organ_id:
        rows = rows.filter(organ=unit.organ_id, scope=unit.scope)
    else:
        rows = rows.filter(organ=unit.call.organ_id, scope=Scope.OUTSIDE, name=unit.name)
    return rows.order_by("-version").first()
