"""导入一个登记簿：in batches, from where it stopped, each row once, doubts told row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.applications.actions.numbering import number_form
from gongkai.applications.loading.headings import mapping_of, missing
from gongkai.applications.loading.reading import Doubtful, Read, read_row
from gongkai.applications.loading.sheets import Row, Table, read_table
from gongkai.applications.loading.writing import Office, built, keep
from gongkai.applications.models import Application, Doubt, Load
from gongkai.errors import BadInput, GongkaiError
from gongkai.organs.models import Organ, Staff
from gongkai.organs.numbering import used
from gongkai.trail.actions import record

BATCH = 200
Progress = Callable[[int], None]


def open_load(data: bytes, name: str, organ: Organ, *, by: Staff | None, dry: bool) -> Load:
    """开始或者继续：the same file at the same organ is one load until it is finished."""
    digest = hashlib.sha256(data).hexdigest()
    fresh = Load(organ=organ, digest=digest, name=name[:200], by=by)
    if dry:
        return fresh
    known = Load.objects.filter(organ=organ, digest=digest, finished_at__isnull=True).first()
    if known is None:
        fresh.save()
    return known or fresh


def table_of(
    data: bytes, name: str, given: Mapping[str, str] | None = None
) -> tuple[Table, dict[str, str]]:
    """表格和列名对应。Raises Unreadable, BadInput where a needed column is missing."""
    table = read_table(data, name)
    mapping = mapping_of(table.heads, given)
    if lacking := missing(mapping):
        heads = "、".join(table.heads[:20])
        raise BadInput(f"没有找到{'、'.join(lacking)}这样的列；文件里的列有：{heads}。")
    return table, mapping


def load(
    data: bytes,
    name: str,
    organ: Organ,
    *,
    by: Staff | None = None,
    given: Mapping[str, str] | None = None,
    dry: bool = False,
    progress: Progress = lambda rows: None,
) -> Load:
    """导入：returns the load with its counts; ``doubts_of`` tells what is doubtful.

    With ``dry`` everything is read, replayed and compared, and nothing is kept. A number the
    organ already has is passed over, so a file may be loaded again. Raises BadInput, Unreadable.
    """
    table, mapping = table_of(data, name, given)
    run = open_load(data, name, organ, by=by, dry=dry)
    office = Office.of(organ)
    seen = _before(table.rows[: run.done], mapping)
    for rows in _batches(table.rows[run.done :]):
        _batch(rows, run, mapping, office, seen, dry)
        progress(run.done)
    if not dry:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        counts = {"新增": run.added, "已有": run.same, "没有导入": run.failed}
        record(run, "load", by=by, label="导入登记簿", changes=counts)
    return run


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _before(rows: Sequence[Row], mapping: Mapping[str, str]) -> dict[str, int]:
    """Numbers of the rows done before it was interrupted."""
    today = timezone.localdate()
    read = (read_row(row.number, row.cells, mapping, today=today) for row in rows)
    return {one.number: one.row for one in reversed(list(read)) if one.number}


def _batch(
    rows: list[Row],
    run: Load,
    mapping: Mapping[str, str],
    office: Office,
    seen: dict[str, int],
    dry: bool,
) -> None:
    today = timezone.localdate()
    read = [read_row(row.number, row.cells, mapping, today=today) for row in rows]
    made = [(one, _made(one, office, run, seen)) for one in read]
    with transaction.atomic():
        same = _known(read, run.organ)
        fresh = [
            (one, application)
            for one, application in made
            if application is not None and not one.failed and one.number not in same
        ]
        fresh = _unclashed(fresh, run.organ)
        if not dry:
            keep(fresh, run, office)
            _use(fresh, run.organ)
        told = [one for one in read if one.number not in same]
        run.done += len(rows)
        run.added += len(fresh)
        run.same += len(read) - len(told)
        run.failed += sum(one.failed for one in told)
        run.doubtful += sum(bool(one.doubts) and not one.failed for one in told)
        doubts = [_doubt(run, one, doubt) for one in told for doubt in one.doubts]
        if dry:
            run.__dict__.setdefault("told", []).extend(doubts)
        else:
            Doubt.objects.bulk_create(doubts)
            Load.objects.filter(pk=run.pk).update(
                done=F("done") + len(rows),
                added=run.added,
                same=run.same,
                failed=run.failed,
                doubtful=run.doubtful,
            )


def _made(one: Read, office: Office, run: Load, seen: dict[str, int]) -> Application | None:
    """The application of a row, not kept yet; None where it cannot be one."""
    if one.number:
        first = seen.setdefault(one.number, one.row)
        if first != one.row:
            one.doubt("number", one.number, f"与第{first}行的编号相同", fatal=True)
    if one.failed:
        return None
    try:
        application, standing = built(one, office, run)
    except GongkaiError as problem:
        one.doubt("", "", f"办理记录自相矛盾：{problem}".rstrip("。"), fatal=True)
        return None
    if standing.answered_on and standing.due and standing.answered_on > standing.due:
        one.doubt("replied_on", one.replied_on, f"超过答复期限{standing.due}")
    elif one.replied_on is None and standing.due and standing.due < timezone.localdate():
        one.doubt("replied_on", "", f"没有答复日期，答复期限{standing.due}已过")
    if one.told_due and standing.due and one.told_due != standing.due:
        one.doubt("due_on", one.told_due, f"按办理记录推算的期限为{standing.due}")
    return application


def _known(read: list[Read], organ: Organ) -> set[str]:
    """Numbers the organ has already: of the files loaded before."""
    numbers = [one.number for one in read if one.number]
    asked = {office_number(organ, one): one.number for one in read if one.number}
    rows = Application.objects.filter(organ=organ, number__in=[*numbers, *asked])
    return {asked.get(number, number) for number in rows.values_list("number", flat=True)}


def office_number(organ: Organ, one: Read) -> str:
    """登记编号：as the file has it; digits alone get the form of the organ around them."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in one.number):
        return one.number
    return number_form(organ).replace("{年}", f"{one.year}").replace("{号}", f"{one.serial}")


def _unclashed(
    fresh: list[tuple[Read, Application]], organ: Organ
) -> list[tuple[Read, Application]]:
    """Without those whose number another organ has, or whose serial this one has given."""
    for one, application in fresh:
        application.number = office_number(organ, one)
    numbers = [application.number for _, application in fresh]
    taken = set(Application.objects.filter(number__in=numbers).values_list("number", flat=True))
    years = {application.year for _, application in fresh}
    serials = set(
        Application.objects.filter(
            organ=organ, year__in=years, serial__in=[one.serial for one, _ in fresh]
        ).values_list("year", "serial")
    )
    free = []
    for one, application in fresh:
        place = (application.year, application.serial)
        if application.number in taken or place in serials:
            one.doubt("number", one.number, "这个编号（流水号）已经用过", fatal=True)
            continue
        taken.add(application.number)
        serials.add(place)
        free.append((one, application))
    return free


def _use(fresh: list[tuple[Read, Application]], organ: Organ) -> None:
    """The organ's own series goes on behind the highest number loaded."""
    form = number_form(organ)
    last: dict[int, int] = {}
    for _, application in fresh:
        last[application.year] = max(last.get(application.year, 0), application.serial)
    for year, serial in last.items():
        used(form.replace("{年}", str(year)), serial)


def _doubt(run: Load, one: Read, told: Doubtful) -> Doubt:
    return Doubt(
        load=run,
        row=one.row,
        number=one.number,
        column=told.column,
        read=told.read,
        reason=told.reason[:300],
        fatal=told.fatal,
    )


def doubts_of(run: Load) -> list[Doubt]:
    """疑点：of a load, also of one that was only tried."""
    told: list[Doubt] | None = run.__dict__.get("told")
    return told if told is not None else list(run.doubts.all())


def restarted(run: Load) -> Load:
    """清零：before a load that was looked over is done in earnest."""
    run.done = run.added = run.same = run.failed = run.doubtful = 0
    run.save(update_fields=["done", "added", "same", "failed", "doubtful"])
    run.doubts.all().delete()
    return run
