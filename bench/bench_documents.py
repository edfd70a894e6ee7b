"""主动公开：how long pages, publication and import take with a million documents.

Asks: CPU of a request from the WSGI handler to its last byte, and how many queries it makes; the
limits are those of the plan of this room. Run it by itself:

    python bench/bench_documents.py                  # a million documents; minutes to make them
    python bench/bench_documents.py --count 100000
    python bench/bench_documents.py --home DIR       # keep the database, use it again

`make bench` keeps it in BENCH_HOME, if that is set.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

ORGANS = 60
#: So many documents can be found by words.
SEARCHED = 20_000
PARAGRAPH = (
    "<p>为贯彻落实国务院部署，进一步做好政府信息公开工作，经市政府同意，"
    "现就有关事项通知如下，请结合实际认真抓好落实。</p>"
)
BODY = (
    "<p>各县（市、区）人民政府，市政府各部门：</p>"
    + f'<h2 id="s1">一、总体要求</h2>{PARAGRAPH}' * 8
)
KINDS = [
    "normative",
    "policy",
    "statistics",
    "budget",
    "licensing",
    "penalty",
    "personnel",
    "other",
]
WEIGHTS = [2, 5, 10, 5, 30, 30, 3, 15]


def prepare(home: Path) -> None:
    """A site of its own, away from any other."""
    os.environ |= {
        "GONGKAI_HOME": str(home),
        "GONGKAI_DEMO": "1",
        "GONGKAI_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "gongkai.settings",
    }
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def fill(count: int) -> float:
    """``count`` documents at sixty organs; seconds it took."""
    from django.db import connection, transaction

    from city import make_organ
    from gongkai.documents.actions.columns import lay_out
    from gongkai.documents.loading.insert import insert, reserve
    from gongkai.documents.models import Column, Document, Placement, Publication, Version
    from gongkai.documents.states import Channel, State
    from gongkai.organs.states import Kind
    from library import make_office

    office = make_office("石州市人民政府办公室", demo=True)
    organs = [office.organ]
    for n in range(ORGANS - 1):
        organ = make_organ(f"石州市第{n}局", parent=office.organ, kind=Kind.DEPARTMENT)
        lay_out(organ)
        organs.append(organ)
    places = {(c.organ_id, c.kind): c for c in Column.objects.exclude(kind="")}
    rng, begun = random.Random(7), time.perf_counter()
    first = datetime(2005, 1, 1, 8, tzinfo=UTC)
    states = [State.ISSUED] * 97 + [State.DRAFT, State.UNIT, State.SIGNED]
    for start in range(0, count, 5_000):
        size = min(5_000, count - start)
        documents, versions, placements, publications = [], [], [], []
        for n, key in enumerate(reserve(Document, size), start):
            at = first + timedelta(minutes=11 * n)
            organ, kind = rng.choice(organs), rng.choices(KINDS, WEIGHTS)[0]
            state = rng.choice(states) if n > count * 0.99 else State.ISSUED
            lives = kind in ("normative", "policy")
            signed = state == State.SIGNED
            documents.append(
                Document(
                    pk=key, organ=organ, kind=kind, title=f"关于第{n}号事项的{kind}文件",
                    number=f"石政〔{at.year}〕{n}号" if lives else "",
                    number_key=f"石政〔{at.year}〕{n}" if lives else "",
                    index_number=f"11370322004222241N/{at.year}-{n:07d}"
                    if state == State.ISSUED else "",
                    state=state, issued_at=at if state == State.ISSUED else None,
                    formed_on=at.date(), edition=1, topic="综合政务", issuer=organ.name,
                    validity=rng.choice(["in_force", "in_force", "repealed"]) if lives else "",
                    due_on=at.date() + timedelta(days=28) if signed else None,
                )
            )  # fmt: skip
            versions.append(Version(document_id=key, number=1, title=documents[-1].title,
                                    html=BODY, findings=[]))  # fmt: skip
            column = places.get((organ.pk, kind))
            if state == State.ISSUED and column:
                placements += [
                    Placement(document_id=key, column_id=c, direct=c == column.pk, issued_at=at)
                    for c in column.lineage
                ]
                publications.append(
                    Publication(document_id=key, channel=Channel.WEBSITE, column=column, at=at)
                )
        with transaction.atomic():
            for rows in (documents, versions, placements, publications):
                insert(rows)
    taken = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return taken


def _index() -> None:
    """The newest documents are put where words are looked for; how it grows is another bench."""
    from gongkai.documents.entries import entries
    from gongkai.documents.models import Document
    from gongkai.search.index import index

    newest = Document.objects.filter(state="issued").order_by("-pk").values_list("pk", flat=True)
    keys = list(newest[:SEARCHED])
    for start in range(0, len(keys), 500):
        index().put(*entries(keys[start : start + 500]))


def cost(address: str, *, by: object = None, times: int = 100) -> tuple[float, int]:
    """Milliseconds of CPU a request costs in the middle, and its queries."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection, reset_queries
    from django.test import Client

    handler = WSGIHandler()
    cookies = ""
    if by is not None:
        client = Client()
        client.force_login(by, "allauth.account.auth_backends.AuthenticationBackend")
        client.get("/desk/documents/", HTTP_HOST="localhost:8000")
        cookies = "; ".join(f"{k}={m.value}" for k, m in client.cookies.items())
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": cookies,
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost:8000",
        "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
    }  # fmt: skip
    status: list[str] = []

    def once() -> int:
        # What no connection between requests would keep is read anew.
        response = handler(dict(environ), lambda code, headers, *_: status.append(code))
        size = sum(len(part) for part in response)
        response.close()
        return size

    once()
    if not status[-1].startswith("200"):
        raise SystemExit(f"{address}: {status[-1]}")
    settings.DEBUG = True
    reset_queries()
    connection.force_debug_cursor = True
    once()
    queries = len(connection.queries_log)
    connection.force_debug_cursor = settings.DEBUG = False
    spent = []
    for _ in range(times):
        begun = time.process_time()
        once()
        spent.append(time.process_time() - begun)
    return statistics.median(spent) * 1000, queries


def cursor_at(order: list[str], row: dict[str, object]) -> str:
    """The address of a page far down, as the list itself would write it."""
    from gongkai.theme.paging import _write

    return _write(row, order, False)


def publish(times: int = 30) -> float:
    """Milliseconds of CPU one publication costs, from the reasons to the search index."""
    from types import SimpleNamespace

    from gongkai.documents.actions.publishing import issue
    from gongkai.documents.actions.reviewing import number
    from gongkai.organs.models import Role
    from library import bring, make_draft

    roles = Role.objects.select_related("staff__organ", "organ").filter(organ=1)
    office = SimpleNamespace(organ=roles[0].organ, **{role.duty: role.staff for role in roles})
    spent = []
    for n in range(times):
        document = bring(
            make_draft(office, f"关于测速第{time.time_ns()}件事的通知", html=BODY), office
        )
        number(document, by=office.director, sign="石政办发")
        begun = time.process_time()
        issue(document, by=office.disclosure)
        spent.append(time.process_time() - begun)
        assert n >= 0
    return statistics.median(spent) * 1000


def load(rows: int, folder: Path) -> float:
    """Documents a second from JSONL into the database, metadata and a body of 3,000 characters."""
    from gongkai.documents.loading.run import load as load_file
    from gongkai.organs.models import Organ

    line = PARAGRAPH.removeprefix("<p>").removesuffix("</p>") + "\n"
    body = "一、总体要求\n" + line * 60
    file = folder / f"load-{time.time_ns()}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for n in range(rows):
            day = date(2015, 1, 1) + timedelta(days=n % 3000)
            row = {"id": f"{file.stem}-{n}", "标题": f"关于导入第{n}件事的通知", "正文": body,
                   "成文日期": str(day), "发布日期": str(day), "主题分类": "综合政务"}  # fmt: skip
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    begun = time.process_time()
    done = load_file(str(file), Organ.objects.get(pk=1))
    taken = time.process_time() - begun
    assert done.added == rows, (done.added, done.failed)
    file.unlink()
    return rows / taken


def main() -> None:
    """In a process of its own: the site is set up once in a process, and others need it too."""
    home = os.environ.get("BENCH_HOME")
    command = [sys.executable, __file__, *(["--home", home] if home else [])]
    print(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def measure() -> None:
    """Make the documents, ask for the pages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = args.home or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        prepare(home)
        from gongkai.documents.models import Column, Document, Placement

        if not Document.objects.exists():
            fill(args.count)
            _index()
        print(f"{Document.objects.count():,} documents, {SEARCHED:,} of them in the search index")
        clerk = _staff("disclosure")
        competent = _staff("competent")
        platform = Column.objects.get(organ=1, statutory="platform").pk
        busy = Column.objects.get(organ=1, kind="licensing").pk
        middle = Document.objects.filter(state="issued").order_by("pk").values("id", "issued_at")
        deep = middle[Document.objects.filter(state="issued").count() // 2]
        placed = Placement.objects.filter(column=platform).order_by("issued_at")
        stood = placed.values("issued_at", "document")[placed.count() // 2]
        number = Document.objects.filter(kind="policy").exclude(number="")[0].number
        at_desk = cursor_at(["-pk"], {"pk": deep["id"]})
        at_column = cursor_at(["-issued_at", "-document"], stood)
        at_library = cursor_at(["-issued_at", "-pk"], {"issued_at": deep["issued_at"],
                                                        "pk": deep["id"]})  # fmt: skip
        rows = [
            ("desk list, one organ", "/desk/documents/", clerk, 5),
            ("desk list, whole city", "/desk/documents/", competent, 5),
            ("desk list, whole city, deep", f"/desk/documents/?at={at_desk}", competent, 5),
            ("desk: under review", "/desk/documents/?phase=review", competent, 5),
            ("desk: overdue by due date", "/desk/documents/?late=1&sort=due", competent, 5),
            ("desk: kind and phase", "/desk/documents/?kind=normative&phase=issued", competent, 5),
            ("desk: kind of one organ", "/desk/documents/?kind=budget", clerk, 5),
            ("desk: by day of issue", "/desk/documents/?sort=issued", competent, 5),
            ("desk: validity", "/desk/documents/?validity=repealed", competent, 5),
            ("desk: words", f"/desk/documents/?q={quote('事项的文件')}", competent, 5),
            ("desk: words, one organ", f"/desk/documents/?q={quote('事项')}", clerk, 5),
            ("desk: a number", f"/desk/documents/?q={quote(number)}", competent, 5),
            ("column", f"/columns/{busy}/", None, 5),
            ("column, top of the tree", f"/columns/{platform}/", None, 5),
            ("column, deep", f"/columns/{platform}/?at={at_column}", None, 5),
            ("library in force", "/policies/", None, 5),
            ("library, kind, all, deep", f"/policies/?kind=policy&validity=all&at={at_library}",
             None, 5),
            ("archive of a year", "/archive/2015/", None, 5),
            ("catalogue of an organ", "/organs/1/catalogue/", None, 5),
            ("document", f"/documents/{deep['id']}/", None, 2),
            ("document, first time", f"/documents/{deep['id']}/?from=search", None, 2),
        ]  # fmt: skip
        print(f"{'page':32}{'CPU ms':>8}{'limit':>7}{'÷ limit':>9}{'queries':>9}")
        for label, address, by, limit in rows:
            spent, queries = cost(address, by=by)
            print(f"{label:32}{spent:8.2f}{limit:7}{spent / limit:9.2f}{queries:9}")
        spent = publish()
        print(f"{'publish one':32}{spent:8.2f}{15:7}{spent / 15:9.2f}")
        print(f"import, documents a second: {load(5_000, home):,.0f} (limit 2,000)")


def _staff(duty: str) -> object:
    from gongkai.organs.models import Role

    return Role.objects.select_related("staff").get(organ=1, duty=duty).staff


if __name__ == "__main__":
    measure()
