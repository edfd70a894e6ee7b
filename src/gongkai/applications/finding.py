"""登记簿的检索：by number, by tracking number, by words of the request, by name.

The words lie in a table of their own, written in the transaction that keeps the request, and again
in each that changes what is asked or who is asked about it. Nothing that is sealed goes in, nor a
number of identity or telephone somebody wrote into his request; names, of applicants and of third
parties alike, stand apart, so that who may not see them cannot look for them either; anonymising
takes a request out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import Model, Q

from gongkai.applications.actions.scrubbing import Scrubber
from gongkai.applications.models import (
    Applicant,
    Application,
    Consultation,
    Matter,
    Reply,
    Service,
)
from gongkai.search.fold import pieces, terms
from gongkai.search.table import Table, Wanted

#: 登记簿的词表。
TABLE = Table("applications_words")
#: So many hits are looked at, the newest first; who gets more should say more.
MOST = 1_000
#: Of a text so much is looked into from its beginning, and as much before its end, where what was
#: added by a correction stands; what is longer is a file in all but name.
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
        keys = [one.pk for one in batch]
        if connection.vendor == "sqlite":
            TABLE.drop(keys)
        TABLE.put(list(zip(keys, _pieces(batch), strict=True)))


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


def _pieces(batch: Sequence[Application]) -> Iterator[list[str]]:
    """词：of each of them; three questions, however many there are."""
    matters = _told(batch, Matter, "text")
    people = _told(batch, Applicant, "name", "representative", "contact", "proxy")
    parties = _told(batch, Consultation, "name")
    for one in batch:
        asked = [one.subject, one.description, one.purpose, one.assistance, *matters[one.pk]]
        words = _bare.text("\n".join(dict.fromkeys(map(_ends, asked))))
        kept = f"{one.wanted_number} {one.handed_by} {one.arrival_note} {one.imported}"
        names = " ".join([one.applicant_name, *people[one.pk], *parties[one.pk]])
        yield [
            *dict.fromkeys([*pieces(words), *pieces(kept)]),
            *(_NAME + piece for piece in pieces(names)),
            _organ(one.organ_id),
        ]


#: Takes numbers of identity, telephone and card out, by their form.
_bare = Scrubber(())


def _told(batch: Sequence[Application], kind: type[Model], *names: str) -> dict[int, list[str]]:
    """What hangs on each of them."""
    found: dict[int, list[str]] = defaultdict(list)
    keys = [one.pk for one in batch]
    rows = kind._default_manager.filter(application__in=keys).order_by("pk")
    for key, *texts in rows.values_list("application", *names):
        found[key] += filter(None, texts)
    return found


def _ends(text: str) -> str:
    return text if len(text) <= 2 * _READ else f"{text[:_READ]}\n{text[-_READ:]}"


def _organ(key: int) -> str:
    return f"{_ORGAN}{key}"


# ── 查找 ────────────────────────────────────────────────────────────────────────────────────


def numbered(text: str) -> Q | None:
    """按号码找：a register number, a paper number, a serial, a tracking number; None for words."""
    plain = _tidy(text)
    if found := _NUMBER.search(plain):
        rows = Application.objects.filter(number__in={plain, plain[: found.end()]})
        loaded = Reply.objects.filter(number=plain).order_by().values_list("application")
        keys = [key for (key,) in rows.order_by().values_list("pk").union(loaded)]
        # A number of another kind: that of the document asked for.
        return Q(pk__in=keys) if keys else None
    if plain.isascii() and plain.isdecimal() and len(plain) <= 6:
        return Q(serial=int(plain))
    if _TRACKING.fullmatch(plain.upper()):
        code = plain.upper()
        sent = Service.objects.filter(tracking=code).order_by().values_list("paper__application")
        asked = Consultation.objects.filter(tracking=code).order_by().values_list("application")
        loaded = Reply.objects.filter(tracking=code).order_by().values_list("application")
        keys = [key for (key,) in sent.union(asked, loaded)]
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
