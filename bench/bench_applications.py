"""依申请公开：the desk, the search, a new holiday and fifty citizens at once, in a full register.

Asks: wall time of a request from the WSGI handler to its last byte, and its queries; the limits
are those of the plan of this room. 200,000 requests on SQLite, 50,000 of them open; with
PostgreSQL beside it (`.ci/postgresql make bench`) a million there as well. Run it by itself:

    python bench/bench_applications.py                     # SQLite
    .ci/postgresql python bench/bench_applications.py --postgresql
    python bench/bench_applications.py --count 20000 --open 5000 --home DIR
"""

from __future__ import annotations

import argparse
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

SQLITE, POSTGRESQL = 200_000, 1_000_000
OPEN, ORGANS, HANDLERS = 50_000, 60, 8
CITIZENS = 50
_BATCH = 5_000
_WORDS = (
    *(
        "集体土地征收补偿安置方案",
        "部门预算和决算",
        "老旧小区改造任务清单",
        "国有土地使用权出让合同",
    ),
    *("道路改造工程批复", "学区划分方案", "排污许可核发材料", "公租房分配名单", "行政处罚决定书"),
)
_PLACES = ("槐底", "东苑", "留营", "方村", "塔谈", "孙村", "谈固", "柳林", "振头", "十里铺")
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超"


def prepare(home: Path, *, postgresql: bool) -> None:
    """A site of its own, away from any other."""
    os.environ |= {
        "GONGKAI_HOME": str(home),
        "GONGKAI_DEMO": "1",
        "GONGKAI_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "gongkai.settings",
    }
    if postgresql:
        os.environ["GONGKAI_DATABASE"] = os.environ["GONGKAI_TEST_DATABASE"]
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


# ── 填充 ────────────────────────────────────────────────────────────────────────────────────


def fill(count: int, still_open: int) -> float:
    """``count`` requests at sixty organs, the newest of them open; seconds it took."""
    from django.db import connection, transaction

    from gongkai.applications import finding
    from gongkai.applications.models import Applicant, Application, Event, Matter
    from gongkai.documents.loading.insert import insert, reserve

    organs, handlers = _city()
    rng, begun = random.Random(7), time.perf_counter()
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        with transaction.atomic():
            rows, matters, events, people = [], [], [], []
            for n, key in zip(numbers, reserve(Application, len(numbers)), strict=True):
                one, happened = _request(n, count, still_open, organs, handlers, rng)
                one.pk = key
                rows.append(one)
                matters.append(Matter(application=one, text=one.description))
                people.append(Applicant(application=one, name=one.applicant_name,
                                        phone=f"0311-{n:08d}", category=one.category))  # fmt: skip
                events += [
                    Event(application=one, on=on, kind=kind, told=told)
                    for on, kind, told in happened
                ]
            Application.objects.bulk_create(rows)
            Applicant.objects.bulk_create(people)
            insert(matters)
            insert(events)
            finding.put(rows)
    _letters(count)
    taken = time.perf_counter() - begun
    finding.TABLE.optimize()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return taken


def _city() -> tuple[list[Any], dict[int, list[Any]]]:
    from asked import make_office
    from city import make_organ, make_staff
    from gongkai.organs.states import Duty

    first = make_office()
    organs = [
        first,
        *(make_organ(f"石家庄市第{n}局", parent=first.parent) for n in range(1, ORGANS)),
    ]
    handlers = {
        organ.pk: [make_staff("", Duty.DISCLOSURE, organ=organ) for _ in range(HANDLERS)]
        for organ in organs
    }
    make_staff("主管", Duty.COMPETENT, organ=first.parent)
    make_staff("负责人", Duty.OFFICE_HEAD, organ=first)
    return organs, handlers


def _request(
    n: int, count: int, still_open: int, organs: list[Any], handlers: dict[int, list[Any]],
    rng: random.Random,
) -> tuple[Any, list[tuple[date, str, dict[str, Any]]]]:  # fmt: skip
    from gongkai.applications.models import Application

    organ = organs[n % ORGANS]
    is_open = n >= count - still_open
    today = _today()
    if is_open:
        # Spread over the last six weeks: some late, most not.
        on = today - timedelta(days=(count - 1 - n) * 40 // still_open)
    else:
        on = date(2019, 5, 15) + timedelta(
            days=n * ((today - date(2019, 5, 15)).days - 60) // (count - still_open)
        )
    columns, answered = _columns(on, is_open)
    words, place = rng.choice(_WORDS), rng.choice(_PLACES)
    subject = f"{place}片区{on.year}年{words}"
    one = Application(
        organ=organ, year=on.year, serial=n + 1, number=f"{organ.name}公开〔{on.year}〕第{n + 1}号",
        code=f"{n:08d}", channel="in_person", arrived_on=on,
        applicant_name=rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN),
        category="person", subject=subject, person_key=f"{n % 50_000}",
        description=f"申请公开{subject}第{n % 997}批的全部内容，包括附件和附图。",
        text_key=f"{n % 150_000}", handler=rng.choice(handlers[organ.pk]),
        state=_state(n, is_open), outcome="" if is_open else rng.choice(["A2", "B", "D1a", "D1b"]),
        closed_on=answered, **columns,
    )  # fmt: skip
    one.ended_on, one.ended_as = answered, one.outcome
    return one, [] if answered is None else [(answered, "reply_sent", {"way": "electronic"})]


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _state(n: int, is_open: bool) -> str:
    if not is_open:
        return "closed"
    states = ("handling", "handling", "handling", "drafting", "legal", "signing", "approved")
    return states[n // ORGANS % len(states)]


@cache
def _columns(on: date, is_open: bool) -> tuple[dict[str, Any], date | None]:
    """What the clock says of a request received on a day; answered on the fifteenth day."""
    from gongkai.applications.clock import columns_of
    from gongkai.law.calendar import china
    from gongkai.law.clock import replay
    from gongkai.law.events import Channel, Ledger, ReplySent, Way

    answered = None if is_open else china().nth_after(on, 15)
    events = (ReplySent(answered, way=Way.ELECTRONIC),) if answered else ()
    standing = replay(Ledger(on, Channel.IN_PERSON, events), asof=_today())
    return columns_of(standing, "handling" if is_open else "closed"), answered


def _letters(count: int) -> None:
    """A letter that went by post for one closed request in forty."""
    from gongkai.applications.models import Application, Paper, Service

    rows = Application.objects.filter(state="closed").order_by("pk")
    for start in range(0, count // 40, _BATCH):
        chosen = list(rows[start : min(start + _BATCH, count // 40)])
        papers = Paper.objects.bulk_create(
            Paper(application=one, letter=13, number=f"{one.number}-答", title="告知书",
                  body="予以公开。", dated_on=one.answered_on)
            for one in chosen
        )  # fmt: skip
        Service.objects.bulk_create(
            Service(paper=paper, way="post", sent_on=paper.dated_on,
                    tracking=f"XA{start + n:08d}013")
            for n, paper in enumerate(papers)
        )  # fmt: skip


# ── 测量 ────────────────────────────────────────────────────────────────────────────────────


def cost(address: str, *, by: Any, times: int = 25) -> tuple[float, float, int]:
    """Milliseconds of a request in the middle: by the clock, of CPU; and its queries."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection, reset_queries
    from django.test import Client

    handler, client = WSGIHandler(), Client()
    client.force_login(by, "allauth.account.auth_backends.AuthenticationBackend")
    client.get("/desk/", HTTP_HOST="localhost:8000")
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query,
        "HTTP_COOKIE": "; ".join(f"{k}={m.value}" for k, m in client.cookies.items()),
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost:8000",
        "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
    }  # fmt: skip
    status: list[str] = []

    def once() -> None:
        response = handler(dict(environ), lambda code, headers, *_: status.append(code))
        for _ in response:
            pass
        response.close()

    once()
    if not status[-1].startswith("200"):
        raise SystemExit(f"{address}: {status[-1]}")
    settings.DEBUG = connection.force_debug_cursor = True
    reset_queries()
    once()
    queries = len(connection.queries_log)
    settings.DEBUG = connection.force_debug_cursor = False
    walls, spent = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        once()
        walls.append(time.perf_counter() - wall)
        spent.append(time.process_time() - cpu)
    return statistics.median(walls) * 1000, statistics.median(spent) * 1000, queries


def pages() -> None:
    """The table of pages, each beside its limit."""
    from gongkai.applications.models import Application, Service
    from gongkai.organs.models import Organ, Staff

    organ = Organ.objects.get(name="石家庄市财政局")
    clerk = Staff.objects.filter(organ=organ, roles__duty="disclosure")[0]
    competent = Staff.objects.get(roles__duty="competent")
    own = Application.objects.filter(organ=organ)
    middle = own.order_by("pk")[own.count() // 2]
    posted = Service.objects.filter(paper__application__organ=organ).order_by("pk").last()
    one = own.filter(state="handling").order_by("pk").last()
    assert posted is not None
    assert one is not None
    at, found = "/desk/applications/", "/desk/applications/?q="
    rows = [
        ("home of a clerk", "/desk/", clerk, 100),
        ("home of the competent", "/desk/", competent, 100),
        ("register, one organ", at, clerk, 200),
        ("register, whole city", at, competent, 200),
        ("register: overdue, by due day", f"{at}?late=1&sort=due", competent, 200),
        ("register: phase", f"{at}?phase=review", competent, 200),
        ("register: outcome, channel", f"{at}?outcome=D1a&channel=in_person", competent, 200),
        ("find: register number", f"{found}{quote(middle.number)}", clerk, 200),
        ("find: serial", f"{found}{middle.serial}", clerk, 200),
        ("find: tracking number", f"{found}{posted.tracking}", clerk, 200),
        ("find: name", f"{found}{quote(middle.applicant_name)}", clerk, 200),
        ("find: words", f"{found}{quote('学区划分方案')}", clerk, 200),
        ("find: two words, whole city", f"{found}{quote('柳林 排污许可')}", competent, 200),
        ("find: nothing", f"{found}{quote('没有这样的申请')}", competent, 200),
        ("a case", one.get_absolute_url(), clerk, 200),
    ]
    print(f"{'page':32}{'wall ms':>9}{'CPU ms':>8}{'limit':>7}{'wall ÷ limit':>14}{'queries':>9}")
    for label, address, by, limit in rows:
        wall, spent, queries = cost(address, by=by)
        print(f"{label:32}{wall:9.1f}{spent:8.1f}{limit:7}{wall / limit:14.2f}{queries:9}")


def holiday() -> None:
    """放假安排：which of all open cases a new notice would move."""
    from gongkai.applications.models import Application
    from gongkai.law.calendar import china
    from gongkai.organs.actions import upload_holidays
    from gongkai.organs.holidays import preview
    from gongkai.organs.models import HolidayNotice, Organ

    city = Organ.objects.get(name="石家庄市人民政府")
    days = [china().nth_after(_today(), place) for place in (3, 4)]
    lines = "".join(f"{day},放假,《测速》\n" for day in days)
    notice = HolidayNotice.objects.filter(organ=city).first()
    if notice is None:
        keeper = _keeper(city)
        upload_holidays(city, "测速用的放假安排", f"日期,种类,依据\n{lines}", by=keeper)
        notice = HolidayNotice.objects.get(organ=city)
    begun = time.perf_counter()

    shifts = preview(city, adding=notice)
    wall = time.perf_counter() - begun
    still = Application.objects.running().count()
    print(
        f"\nholiday notice over {still:,} running clocks: {len(shifts):,} would move, "
        f"{wall:.1f} s, {wall / 20:.2f} ÷ limit 20 s"
    )


def _keeper(city: Any) -> Any:
    from city import make_staff
    from gongkai.organs.states import Duty

    return make_staff("信息公开机构", Duty.DISCLOSURE, organ=city, username="keeper")


def citizens() -> None:
    """五十人同时申请：each from a browser of his own, through the three pages."""
    from django.db import connections
    from django.test import Client, override_settings

    import applying
    from gongkai.applications.models import Application
    from gongkai.demo.applicants import identity_number
    from gongkai.organs.models import Organ

    organ = Organ.objects.get(name="石家庄市财政局")
    before = Application.objects.order_by("pk").last()
    assert before is not None

    def file(n: int) -> float:
        browser = Client(REMOTE_ADDR=f"10.0.{n // 200}.{n % 200 + 1}", HTTP_HOST="localhost:8000")
        begun = time.perf_counter()
        applying.first(browser, subject=f"第{n}位的申请", description="全文")
        applying.second(browser, name=f"申请人{n}", identity_number=identity_number(n + 1))
        response = applying.send(browser)
        taken = time.perf_counter() - begun
        connections.close_all()
        assert response.status_code == 200, response.status_code
        return taken

    begun = time.perf_counter()
    with override_settings(ALLOWED_HOSTS=["*"]), ThreadPoolExecutor(CITIZENS) as people:
        each = list(people.map(file, range(CITIZENS)))
    wall = time.perf_counter() - begun
    came = list(Application.objects.filter(pk__gt=before.pk, organ=organ).order_by("pk"))
    serials = [one.serial for one in came]
    wanted = {f"第{n}位的申请" for n in range(CITIZENS)}
    print(
        f"\n{CITIZENS} citizens at once: {len(came)} requests, "
        f"{len({one.number for one in came})} numbers, "
        f"without a gap and in order: {serials == list(range(serials[0], serials[0] + CITIZENS))}, "
        f"lost: {len(wanted - {one.subject for one in came})}; "
        f"{wall:.1f} s for all, {statistics.median(each):.1f} s for one in the middle"
    )


def main() -> None:
    """In processes of their own: the site is set up once in a process, and others need it too."""
    kinds = [[]] if "GONGKAI_TEST_DATABASE" not in os.environ else [[], ["--postgresql"]]
    for kind in kinds:
        command = [sys.executable, __file__, *kind]
        print(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def measure() -> None:
    """Make the requests, ask for the pages, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--count", type=int)
    parser.add_argument("--open", type=int, default=int(os.environ.get("BENCH_OPEN", OPEN)))
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    size = "BENCH_POSTGRESQL" if args.postgresql else "BENCH_SQLITE"
    usual = POSTGRESQL if args.postgresql else SQLITE
    count = args.count or int(os.environ.get(size, usual))
    with tempfile.TemporaryDirectory() as scratch:
        home = args.home or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        prepare(home, postgresql=args.postgresql)
        from django.db import connection

        from gongkai.applications.models import Application

        if not Application.objects.exists():
            print(f"filled in {fill(count, args.open):,.0f} s", file=sys.stderr)
        still = Application.objects.open().count()
        print(f"{connection.vendor}: {Application.objects.count():,} requests, {still:,} open")
        pages()
        holiday()
        citizens()


if __name__ == "__main__":
    measure()
