"""留痕要花多少：`take()` beside a bare update and insert, and how fast a trail is walked."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
ROUNDS = 2_000
PAGE = Path(__file__).parent.parent / "tests" / "data" / "reports" / "09_shuyang_drc_2023.html"


def main() -> None:
    """On SQLite, in a folder thrown away afterwards; milliseconds of processor time."""
    sys.path.insert(0, str(TESTS))
    os.environ["DJANGO_SETTINGS_MODULE"] = "trial_settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    papers, signer = _papers()
    bare = _each(papers[:ROUNDS], _bare)
    taken = _each(papers[ROUNDS:], lambda paper: _take(paper, signer))
    print(f"{'bare UPDATE + INSERT, one transaction':<42}{bare:8.2f} ms")
    print(f"{'take(): rights, four eyes, seal, head':<42}{taken:8.2f} ms{taken / bare:8.1f} ×")
    print(f"{'limit for a publication':<42}{15:8.2f} ms{15 / taken:8.1f} takes")
    _walk()
    _turn()


def _papers():
    from city import make_organ, make_staff
    from papers.models import Paper, State

    office = make_organ("办公室")
    signer = make_staff("王签发", "sign", organ=office)
    author = make_staff("李起草", "draft", organ=office)
    Paper.objects.bulk_create(
        Paper(title=f"第{n}号", organ=office, author=author, state=State.REVIEW)
        for n in range(2 * ROUNDS)
    )
    return list(Paper.objects.select_related("organ")), signer


def _each(papers, work):
    begun = time.process_time()
    for paper in papers:
        work(paper)
    return (time.process_time() - begun) / len(papers) * 1_000


def _bare(paper):
    from django.contrib.sessions.models import Session
    from django.db import transaction
    from django.utils import timezone

    from papers.models import Paper, State

    with transaction.atomic():
        Paper.objects.filter(pk=paper.pk, state=paper.state).update(state=State.ISSUED)
        Session.objects.create(
            session_key=str(paper.pk), session_data="x" * 400, expire_date=timezone.now()
        )


def _take(paper, signer):
    from gongkai.steps.actions import take

    take(paper, "issue", by=signer)


def _walk():
    from gongkai.trail.actions import verify

    begun = time.process_time()
    assert verify() is None
    spent = time.process_time() - begun
    print(f"{'verify(): steps a second':<42}{ROUNDS / spent:8,.0f}")


def _turn():
    from gongkai.theme.chinese import page_to_traditional, to_traditional

    page = PAGE.read_text("utf-8", "replace")
    page_to_traditional("<p>公开</p>")
    to_traditional.cache_clear()
    begun = time.process_time()
    page_to_traditional(page)
    first = (time.process_time() - begun) * 1_000
    begun = time.process_time()
    page_to_traditional(page)
    again = (time.process_time() - begun) * 1_000
    size = len(page.encode()) / 1024
    print(f"{f'a page of {size:.0f} KB to traditional: first':<42}{first:8.2f} ms")
    print(f"{'  the same page again':<42}{again:8.2f} ms")


if __name__ == "__main__":
    main()
