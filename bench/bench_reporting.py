"""年报编制：a year counted from a million requests, a city summed and checked, a page of a report.

Asks: wall time; the limits are those of the plan of this room. A million requests spread over sixty
units and seven years, and a million more at one organ in a single year, which is the hard case;
beside them letters, disputes and documents in proportion. With PostgreSQL
(`.ci/postgresql make bench`) there as well. Run it by itself:

    python bench/bench_reporting.py                     # SQLite
    .ci/postgresql python bench/bench_reporting.py --postgresql
    python bench/bench_reporting.py --count 20000 --home DIR

`make bench` keeps what it fills in BENCH_HOME, if that is set.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench_applications import cost, prepare

COUNT = 1_000_000
UNITS, YEARS = 60, range(2021, 2026)
#: The year in which everything comes to one organ.
YEAR = 2025
#: 条例施行
_FIRST, _TODAY = date(2019, 5, 15), date(2026, 11, 15)
_BATCH = 10_000
#: Seconds to count a year, by database.
LIMITS = {"postgresql": 2.0, "sqlite": 5.0}
_CATEGORIES = ("person", "business", "research", "charity", "law_firm", "other")
#: One request in so many: has a letter beside its reply, is disputed, asks to correct a record.
_LETTERS, _DISPUTED, _RECTIFYING = 3, 20, 50
_DOCUMENTS = 2_000


# ── 填充 ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stock:
    """一批申请：so many, at these organs, received from one day to another."""

    name: str
    count: int
    organs: list[Any]
    first: date
    last: date

    def day(self, n: int) -> date:
        """收到日期：evenly spread."""
        return self.first + timedelta(days=n * (self.last - self.first).days // self.count)


def fill(count: int) -> None:
    """Both stocks; only what counting looks at: no papers, no files, no words to search for."""
    from django.db import connection, transaction

    office, units = _city()
    stocks = [
        Stock("spread", count, units, _FIRST, date(2026, 10, 31)),
        # Some come before the year and some are answered after it, so that both carries are there.
        Stock("dense", count, [office], date(YEAR - 1, 12, 15), date(YEAR, 12, 31)),
    ]
    for stock in stocks:
        for start in range(0, stock.count, _BATCH):
            with transaction.atomic():
                _requests(stock, range(start, min(start + _BATCH, stock.count)))
    for organ in (office, *units):
        _documents(organ, _DOCUMENTS if organ is office else _DOCUMENTS // UNITS)
    with connection.cursor() as cursor:
        # As the autovacuum of PostgreSQL does in the night after: it tells what it may read of the
        # index alone.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _city() -> tuple[Any, list[Any]]:
    from asked import make_office, make_people
    from city import make_organ, make_staff
    from gongkai.organs.states import Duty

    office = make_office()
    make_people(office)
    make_staff("主管", Duty.COMPETENT, organ=office.parent)
    make_staff("汇总", Duty.DISCLOSURE, organ=office.parent)
    units = [make_organ(f"石家庄市第{n}局", parent=office.parent) for n in range(UNITS)]
    make_staff("编制", Duty.DISCLOSURE, organ=units[0], username="unit")
    return office, units


def _requests(stock: Stock, numbers: range) -> None:
    from gongkai.applications.models import Application
    from gongkai.documents.loading.insert import insert, reserve

    rng = random.Random(numbers.start)
    rows, events, disputes = [], [], []
    for n, key in zip(numbers, reserve(Application, len(numbers)), strict=True):
        one = _request(stock, n, rng)
        one.pk = key
        # Nothing is sealed here: counting opens nothing, and sealing a million takes a while.
        one.__dict__["code"] = ""
        rows.append(one)
        events += _events(one, n)
        if n % _DISPUTED == 0 and one.ended_on is not None:
            disputes.append(_dispute(one, n, rng))
    for made in (rows, events, disputes):
        insert(made)


def _request(stock: Stock, n: int, rng: random.Random) -> Any:
    from gongkai.applications.models import Application
    from gongkai.law.outcomes import OUTCOMES

    organ, on = stock.organs[n % len(stock.organs)], stock.day(n)
    ended: date | None = on + timedelta(days=rng.randint(3, 40))
    if ended is not None and (ended > _TODAY or n % 997 == 0):
        ended = None
    code = rng.choice(OUTCOMES).code if ended else ""
    return Application(
        organ=organ, year=on.year, serial=n + 1, number=f"{stock.name}〔{on.year}〕第{n + 1}号",
        channel="in_person", arrived_on=on, received_on=on, applicant_name="张三丰",
        sort="rectification" if n % _RECTIFYING == 0 else "disclosure",
        category=rng.choices(_CATEGORIES, (90, 6, 1, 1, 1, 1))[0],
        subject="2024年部门预算", state="closed" if ended else "handling", outcome=code,
        answered_on=ended, closed_on=ended, ended_on=ended, ended_as=code,
        due_on=None if ended else on + timedelta(days=28),
    )  # fmt: skip


def _events(one: Any, n: int) -> Iterator[Any]:
    from gongkai.applications.models import Event

    kinds = ("correction_notice", "consult_sent", "fee_notice_issued", "reasons_asked")
    if n % _LETTERS == 0:
        kind = kinds[n // _LETTERS % len(kinds)]
        told = {"kind": "third_party"} if kind == "consult_sent" else {}
        yield Event(application_id=one.pk, on=one.received_on, kind=kind, told=told)


def _dispute(one: Any, n: int, rng: random.Random) -> Any:
    from gongkai.disputes.findings import FINDINGS
    from gongkai.disputes.models import Dispute
    from gongkai.disputes.states import Kind

    kind = rng.choice(list(Kind))
    came = one.ended_on + timedelta(days=rng.randint(5, 60))
    found = rng.choice([each for each in FINDINGS if each.suit == kind.is_suit])
    ended: date | None = came + timedelta(days=rng.randint(20, 200))
    if ended is not None and ended > _TODAY:
        ended = None
    return Dispute(
        organ_id=one.organ_id, application_id=one.pk, year=came.year, serial=n + 1,
        number=f"{one.number}-{kind}", kind=kind, about=one.subject, body="某机关",
        received_on=came, outcome=one.ended_as, concluded_on=ended,
        finding=found.code if ended else "", result=found.result if ended else "",
        state="closed" if ended else "answered",
    )  # fmt: skip


def _documents(organ: Any, count: int) -> None:
    from datetime import UTC, datetime

    from gongkai.documents.loading.insert import insert, reserve
    from gongkai.documents.models import Document

    days = (date(2025, 12, 1) - date(2010, 1, 1)).days
    rows = []
    for n, key in enumerate(reserve(Document, count)):
        on = date(2010, 1, 1) + timedelta(days=n * days // count)
        rows.append(
            Document(
                pk=key, organ=organ, kind="normative", title=f"关于第{n}号事项的通知",
                index_number=f"{organ.pk}/{on.year}-{n:07d}", state="issued", edition=1,
                issued_at=datetime(on.year, on.month, on.day, 8, tzinfo=UTC), formed_on=on,
                validity="in_force", topic="综合政务", issuer=organ.name,
            )
        )  # fmt: skip
    insert(rows)


# ── 测量 ────────────────────────────────────────────────────────────────────────────────────


def timed(work: Callable[[], Any], times: int = 5) -> tuple[float, float, Any]:
    """Seconds in the middle, by the clock and of CPU here, once the caches are full; the result.

    Of PostgreSQL the CPU is another process's.
    """
    result = work()
    walls, spent = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        spent.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(spent), result


def told(label: str, wall: float, cpu: float, limit: float, note: str) -> None:
    """One line of the table."""
    print(f"{label:46}{wall:8.3f}{cpu:8.3f}{limit:7.1f}{wall / limit:9.2f}  {note}")


def counting() -> None:
    """统计：one organ's year, every table."""
    from django.db import connection

    from gongkai.annual.forms import NEW, RESULTS_TOTAL, TABLE_3, TOTAL
    from gongkai.organs.models import Organ
    from gongkai.reporting.counting import count

    limit = LIMITS[connection.vendor]
    office = Organ.objects.get(name="石家庄市财政局").pk
    units = list(Organ.objects.filter(name__contains="市第").values_list("pk", flat=True))
    for label, organs in (
        ("one of sixty organs", units[:1]),
        ("all sixty at once", units),
        ("one organ, all in the year", [office]),
    ):
        wall, cpu, counted = timed(lambda organs=organs: count(organs, YEAR))
        table = counted.tables[TABLE_3]
        note = f"{table[NEW][TOTAL]:,} new, {table[RESULTS_TOTAL][TOTAL]:,} ended"
        told(f"count {YEAR}: {label}", wall, cpu, limit, note)


def summing() -> None:
    """汇总：five years of sixty units added up cell by cell and held against every rule."""
    from gongkai.organs.models import Organ
    from gongkai.reporting.actions.checking import check
    from gongkai.reporting.models import Call, Filing

    city = Organ.objects.get(name="石家庄市人民政府")
    if not Call.objects.exists():
        _send_in(city)
    filings = list(Filing.objects.filter(organ=city, scope="whole").order_by("year"))

    def work() -> list[Any]:
        checked = [check(filing) for filing in filings]
        for one in checked:
            _ = one.verdict
        return checked

    wall, cpu, checked = timed(work, times=3)
    units = sum(len(one.assembled.rollup.parts) if one.assembled.rollup else 0 for one in checked)
    told(f"{UNITS} units × {len(YEARS)} years summed and checked", wall, cpu, 5.0,
         f"{units} reports")  # fmt: skip


def _send_in(city: Any) -> None:
    """What each unit counted for itself, cleared; and a report of the whole for each year."""
    from django.utils import timezone

    from gongkai.organs.models import Organ, Staff
    from gongkai.reporting.actions import filling
    from gongkai.reporting.assembling import assemble, freeze
    from gongkai.reporting.counting import BY_HAND
    from gongkai.reporting.models import Call, Entry, Filing, Section, Unit

    clerk = Staff.objects.get(organ=city, roles__duty="disclosure")
    units = list(Organ.objects.filter(name__contains="市第").order_by("pk"))
    for year in YEARS:
        last = date(year + 1, 3, 31)
        made = Call.objects.create(organ=city, year=year, title=f"{year}年编报通知", due_on=last,
                                   publish_on=last, whole_on=last, author=clerk,
                                   state="issued")  # fmt: skip
        Unit.objects.bulk_create(
            Unit(call=made, organ=organ, name=organ.name, position=place)
            for place, organ in enumerate(units)
        )
        for organ in units:
            filing = Filing(organ=organ, name=organ.name, year=year, call=made)
            filing.save()
            Section.objects.create(filing=filing, number=1, text="全年新收申请{新收}件。")
            Entry.objects.bulk_create(
                Entry(filing=filing, table=ref.table, row=ref.row, column=ref.column, value=0,
                      source="业务统计")
                for ref in BY_HAND
            )  # fmt: skip
            now, (frozen, seal) = timezone.now(), freeze(assemble(filing).report)
            Filing.objects.filter(pk=filing.pk).update(
                frozen=frozen, seal=seal, frozen_at=now, submitted_at=now, state="cleared"
            )
        filling.begin(city, year, by=clerk, scope="whole", call=made)


def page() -> None:
    """报送件的页面：a report that is being written, its figures counted anew."""
    from gongkai.organs.models import Staff
    from gongkai.reporting.actions import filling
    from gongkai.reporting.models import Filing

    clerk = Staff.objects.get(username="unit")
    filing = Filing.objects.filter(organ=clerk.organ, year=2026).first()
    filing = filing or filling.begin(clerk.organ, 2026, by=clerk)
    wall, spent, queries = cost(filing.get_absolute_url(), by=clerk)
    told("a page of a report in the making", wall / 1000, spent / 1000, 0.1, f"{queries} queries")


def main() -> None:
    """In processes of their own: the site is set up once in a process, and others need it too."""
    kinds = [[]] if "GONGKAI_TEST_DATABASE" not in os.environ else [[], ["--postgresql"]]
    kept = os.environ.get("BENCH_HOME")
    for kind in kinds:
        home = ["--home", f"{kept}/reporting{''.join(kind)}"] if kept else []
        command = [sys.executable, __file__, *kind, *home]
        print(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def measure() -> None:
    """Make the requests, count, sum, ask for the page, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = args.home or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        prepare(home, postgresql=args.postgresql)
        from django.db import connection

        from gongkai.applications.models import Application

        if not Application.objects.exists():
            begun = time.perf_counter()
            fill(args.count)
            print(f"filled in {time.perf_counter() - begun:,.0f} s", file=sys.stderr)
        stocks = Application.objects.count() // 2
        print(f"{connection.vendor}: {stocks:,} requests at sixty organs, {stocks:,} at one")
        print(f"{'':46}{'wall s':>8}{'CPU s':>8}{'limit':>7}{'÷ limit':>9}")
        counting()
        summing()
        page()


if __name__ == "__main__":
    measure()
