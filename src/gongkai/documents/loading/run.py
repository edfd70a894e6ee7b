"""导入一个文件：row by row, in batches, with progress, from where it stopped the last time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.documents.kinds import KINDS
from gongkai.documents.loading.reading import Loaded, mapping_of, read_row
from gongkai.documents.loading.sources import Row, Source, open_source
from gongkai.documents.loading.writing import Places, Tally, write_batch
from gongkai.documents.models import FailedRow, ImportRun
from gongkai.errors import BadInput
from gongkai.organs.models import Organ
from gongkai.trail.actions import record

BATCH = 500
#: Of more refusals only the number is kept.
MOST_FAILURES = 10_000


def load(
    path: str,
    organ: Organ,
    *,
    kind: str = "policy",
    headings: Mapping[str, str] | None = None,
    dry: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> ImportRun:
    """导入：returns the run, with its counts and refusals.

    A file that was interrupted goes on behind the last batch that was written. With ``dry``
    everything is read, proven and compared, and nothing is kept. Raises BadInput, Unreadable.
    """
    if kind not in KINDS:
        raise BadInput(f"没有“{kind}”这个种类；可用：{'、'.join(KINDS)}。")
    if not organ.code:
        raise BadInput(f"{organ}没有登记统一社会信用代码，不能编制索引号。")
    source = open_source(path)
    mapping = mapping_of(headings or {})
    digest = source.digest
    run = None if dry else ImportRun.objects.filter(
        digest=digest, organ=organ, finished_at__isnull=True
    ).first()  # fmt: skip
    run = run or ImportRun(digest=digest, name=source.path.name[:200], organ=organ)
    if not dry and not run.pk:
        run.save()
    places = Places.of(organ)
    for rows in _batches(source, run.done):
        _batch(rows, run, mapping, kind, places, source, dry)
        progress(run.done)
    if not dry:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        record(
            run, "load", by=None, label="导入文件",
            changes={"新增": run.added, "更新": run.changed, "未变": run.same, "失败": run.failed},
        )  # fmt: skip
    return run


def _batches(source: Source, done: int) -> Iterator[list[Row]]:
    rows = islice(source.rows(), done, None)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _batch(
    rows: list[Row],
    run: ImportRun,
    mapping: Mapping[str, str],
    kind: str,
    places: Places,
    source: Source,
    dry: bool,
) -> None:
    """One batch: read outside the transaction, then written with the run's own progress."""
    refused = Tally()
    loaded = list(_read(rows, mapping, kind, refused))
    with transaction.atomic():
        tally = write_batch(loaded, run.organ, places, source, demo=run.organ.demo)
        if dry:
            transaction.set_rollback(True)
        failures = sorted(refused.failures + tally.failures)
        run.done += len(rows)
        run.added += tally.added
        run.changed += tally.changed
        run.same += tally.same
        if not dry:
            _keep(run, failures)
            if tally.touched:
                from gongkai.documents.tasks import look_over

                look_over.enqueue(tally.touched)
        run.failed += len(failures)
    if dry:
        told = run.__dict__.setdefault("told", [])
        told += [FailedRow(row=r, title=t, reason=w) for r, t, w in failures]


def _keep(run: ImportRun, failures: list[tuple[int, str, str]]) -> None:
    left = max(0, MOST_FAILURES - run.failed)
    FailedRow.objects.bulk_create(
        FailedRow(run=run, row=row, title=title, reason=reason)
        for row, title, reason in failures[:left]
    )
    ImportRun.objects.filter(pk=run.pk).update(
        done=run.done,
        added=run.added,
        changed=run.changed,
        same=run.same,
        failed=F("failed") + len(failures),
    )


def _read(
    rows: list[Row], mapping: Mapping[str, str], kind: str, refused: Tally
) -> Iterator[Loaded]:
    today = timezone.localdate()
    for number, row in rows:
        if isinstance(row, BadInput):
            refused.fail(number, "", row)
            continue
        try:
            yield read_row(number, row, mapping, kind=kind, today=today)
        except BadInput as problem:
            refused.fail(number, str(row.get("title") or row.get("标题") or ""), problem)


def failures_of(run: ImportRun) -> list[FailedRow]:
    """失败的行：of a run, also of one that was only tried."""
    told: list[FailedRow] | None = run.__dict__.get("told")
    return told if told is not None else list(run.failures.all())
