"""登记簿的检索：by number, by tracking number, by words of the request, by name.

The words lie in a table of their own, written in the transaction that keeps the request. Nothing
that is sealed goes in; names stand apart, so that who may not see them cannot look for them
either; anonymising takes a request out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import Q

from gongkai.applications.models import Application, Consultation, Service
from gongkai.search.fold import pieces, terms
from gongkai.search.table import Table, Wanted

#: 登记簿的词表。
TABLE = Table("applications_words")
#: So many hits are looked at, the newest first; who gets more should say more.
MOST = 1_000
#: Of a description so much is looked into; what is longer is a file in all but name.
_READ = 2_000
_BATCH = 1_000
_TOP = 1 << 62
#: Stand before the words of a name, and before an organ; no text holds these characters.
_NAME, _ORGAN = "\ue001", "\ue002"
#: More words than this, and none of them is taken for a name.
_MOST_WORDS = 3
#: More organs than this, and the words of all are looked through.
_MOST_ORGANS = 4


@dataclass(frozen=True, slots=True)
class Hits:
    """命中：keys of applications, the newest first; ``more`` says that there are others."""

    keys: list[int]
    more: bool = False


def put(applications: Iterable[Application]) -> None:
    """收录：in the transaction at hand; again for what has changed."""
    rest = iter(applications)
    while batch := list(islice(rest, _BATCH)):
        if connection.vendor == "sqlite":
            TABLE.drop([one.pk for one in batch])
        TABLE.put([(one.pk, _pieces(one)) for one in batch])


def drop(applications: Iterable[Application]) -> None:
    """撤出：nothing of them is found by words any more."""
    TABLE.drop([one.pk for one in applications])


def refill() -> Iterator[int]:
    """重建：every request anew, from what is on record; yields how many are done."""
    rows = Application.objects.filter(anonymised_on__isnull=True).order_by("pk")
    last, done = 0, 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        with transaction.atomic():
            put(batch)
        last, done = batch[-1].pk, done + len(batch)
        yield done
    TABLE.optimize()


def lay_out(using: str = "default", **_: Any) -> None:
    """铺设词表：after a migration, where it is missing; emptied where nothing is left to find."""
    tables = connections[using].introspection.table_names()
    if Application._meta.db_table not in tables:
        return
    with connections[using].cursor() as cursor:
        if TABLE.name not in tables:
            for statement in TABLE.creation(connections[using].vendor):
                cursor.execute(statement)
        elif not Application.objects.using(using).exists():
            cursor.execute(f"DELETE FROM {TABLE.name}")


def _pieces(one: Application) -> list[str]:
    told = f"{one.subject} {one.wanted_number} {one.description[:_READ]} {one.handed_by}"
    plain = pieces(f"{told} {one.arrival_note}")
    return [*plain, *(_NAME + piece for piece in pieces(one.applicant_name)), _organ(one.organ_id)]


def _organ(key: int) -> str:
    return f"{_ORGAN}{key}"


# ── 查找 ────────────────────────────────────────────────────────────────────────────────────


def numbered(text: str) -> Q | None:
    """按号码找：a register number, a paper number, a serial, a tracking number; None for words."""
    plain = _tidy(text)
    if found := _NUMBER.search(plain):
        rows = Application.objects.filter(number__in={plain, plain[: found.end()]})
        keys = list(rows.values_list("pk", flat=True))
        # A number of another kind: that of the document asked for.
        return Q(pk__in=keys) if keys else None
    if plain.isascii() and plain.isdecimal() and len(plain) <= 6:
        return Q(serial=int(plain))
    if _TRACKING.fullmatch(plain.upper()):
        code = plain.upper()
        sent = Service.objects.filter(tracking=code).order_by().values_list("paper__application")
        asked = Consultation.objects.filter(tracking=code).order_by().values_list("application")
        keys = [key for (key,) in sent.union(asked)]
        return Q(pk__in=keys) if keys else None
    return None


_NUMBER = re.compile(r"〔\d{4}〕第?\d+号")
_TRACKING = re.compile(r"(?=.*\d)[A-Z0-9]{8,30}")
_BRACKETS = str.maketrans("[]【】()（）", "〔〕〔〕〔〕〔〕")


def _tidy(text: str) -> str:
    """As register numbers are written: no blanks, brackets of one kind."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)


def find(text: str, organs: Sequence[int], *, named: bool) -> Hits:
    """按词找：all words, each in the text or, for who sees names, in the name."""
    parts = [found for word in text.split() if (found := terms(word))]
    if not parts:
        return Hits([])
    wanted = _wanted(parts, named and len(parts) <= _MOST_WORDS)
    scopes = [(_organ(key),) for key in organs] if len(organs) <= _MOST_ORGANS else [()]
    keys: set[int] = set()
    for filters in scopes:
        asked = Wanted(wanted.terms, filters, wanted.relaxed)
        keys.update(TABLE.find(asked, below=_TOP, above=0, limit=MOST + 1))
    newest = sorted(keys, reverse=True)
    return Hits(newest[:MOST], len(newest) > MOST)


def _wanted(parts: list[list[str]], named: bool) -> Wanted:
    if not named:
        return Wanted(tuple(piece for part in parts for piece in part))
    either = ((part, [_NAME + piece for piece in part]) for part in parts)
    lists = (tuple(piece for part in chosen for piece in part) for chosen in product(*either))
    return Wanted((), (), tuple(lists))
