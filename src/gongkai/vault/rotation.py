"""轮换密钥：find all that is sealed, seal it anew with the current key, give up an old key.

Found is every :class:`SealedText` of every model, so a new room needs to do nothing. Whatever is
sealed already with the current key is left alone: a rotation that was killed goes on where it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Substr

from gongkai.errors import BadInput, GongkaiError, NotAllowed
from gongkai.vault import keyring
from gongkai.vault.fields import SealedText
from gongkai.vault.keyring import Key
from gongkai.vault.sealing import HEAD, VERSION, key_of, seal, unseal

#: Rows sealed anew in one transaction.
BATCH: Final = 500
#: What was begun with a key before it was replaced has ended by then.
SETTLED: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Place:
    """密存之处：a model with sealed fields."""

    model: type[models.Model]
    fields: tuple[SealedText, ...]

    def rows(self) -> models.QuerySet[Any]:
        """All rows, each token beside its field as plain text: ``token_phone``."""
        tokens = {f"token_{one.attname}": Cast(F(one.name), TextField()) for one in self.fields}
        rows: models.QuerySet[Any] = self.model._base_manager.annotate(**tokens)
        return rows

    def outdated(self, current: Key) -> models.QuerySet[Any]:
        """Rows with anything sealed under another key than the current one."""
        wanted = Q()
        for one in self.fields:
            name = f"token_{one.attname}"
            filled = Q(**{f"{name}__isnull": False}) & ~Q(**{name: ""})
            wanted |= filled & ~Q(**{f"{name}__startswith": f"{VERSION}.{current.id}."})
        return self.rows().filter(wanted)


@dataclass(frozen=True)
class Progress:
    """进度：rows sealed anew since the last report, and sentences about what does not open."""

    done: int
    problems: tuple[str, ...] = ()


def places() -> list[Place]:
    """密存之处：every table with sealed fields."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        own = [one for one in model._meta.local_concrete_fields if isinstance(one, SealedText)]
        if own and model._meta.managed and not model._meta.proxy:
            found.append(Place(model, tuple(own)))
    return found


def counts() -> dict[SealedText, Counter[str]]:
    """各密钥下的内容：for each field, how many values are sealed with each key."""
    told = {}
    for place in places():
        for one in place.fields:
            name = f"token_{one.attname}"
            rows = (
                place.rows()
                .filter(**{f"{name}__isnull": False})
                .exclude(**{name: ""})
                .annotate(head=Substr(name, 1, HEAD))
                .order_by()
                .values_list("head")
                .annotate(number=models.Count("*"))
            )
            told[one] = Counter({key_of(head): number for head, number in rows})
    return told


def waiting() -> int:
    """待重新密封：how many rows hold anything that is not under the current key."""
    current = keyring.keyring().current
    return sum(place.outdated(current).count() for place in places())


def begin() -> tuple[Key, bool]:
    """开始轮换：the key to seal with, and whether an earlier rotation to it goes on.

    A new key is made, unless the last rotation has not come to its end, or the file of keys is
    changed elsewhere and its newest is not used everywhere yet.
    """
    current = keyring.keyring().current
    unfinished = current.finished is None if keyring.is_writable() else waiting() > 0
    return (current, True) if unfinished else (keyring.add(), False)


def reseal(batch: int = BATCH) -> Iterator[Progress]:
    """重新密封：everything, ``batch`` rows in a transaction; a report after each.

    Rows changed by others at the same moment are met again in another round. What does not open
    stays as it is and is reported.
    """
    current = keyring.keyring().current
    for place in places():
        known: set[tuple[Any, str]] = set()
        missed = True
        while missed:
            missed, last = False, None
            while rows := _next(place, current, last, batch):
                last = rows[-1]["pk"]
                result = _sealed_anew(place, current, rows)
                missed |= result.lost
                new = [text for at, text in result.problems.items() if at not in known]
                known |= result.problems.keys()
                yield Progress(result.done, tuple(new))
    if keyring.is_writable():
        keyring.finish(current)


def _next(place: Place, current: Key, last: Any, batch: int) -> list[dict[str, Any]]:
    rows = place.outdated(current).order_by("pk")
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.values("pk", *(f"token_{one.attname}" for one in place.fields))[:batch])


@dataclass
class _Round:
    """How far a batch came: rows done, whether others changed any meanwhile, what went wrong."""

    done: int = 0
    lost: bool = False
    problems: dict[tuple[Any, str], str] = field(default_factory=dict)


def _sealed_anew(place: Place, current: Key, rows: list[dict[str, Any]]) -> _Round:
    """A batch in one transaction; row by row only if the database guards some of them."""
    try:
        with transaction.atomic():
            return _attempted(place, current, rows)
    except IntegrityError:
        if len(rows) == 1:
            where = f"{place.model._meta.verbose_name} {rows[0]['pk']}"
            return _Round(problems={(rows[0]["pk"], ""): f"{where}：数据库不允许修改这条记录。"})
    whole = _Round()
    for row in rows:
        one = _sealed_anew(place, current, [row])
        whole.done += one.done
        whole.lost |= one.lost
        whole.problems |= one.problems
    return whole


def _attempted(place: Place, current: Key, rows: list[dict[str, Any]]) -> _Round:
    result = _Round()
    with connection.cursor() as cursor:
        for row in rows:
            new: dict[SealedText, tuple[str, str]] = {}
            for one in place.fields:
                token = row[f"token_{one.attname}"]
                if not token or key_of(token) == current.id:
                    continue
                try:
                    new[one] = (seal(unseal(token, one.context), one.context), token)
                except GongkaiError as problem:
                    where = f"{place.model._meta.verbose_name} {row['pk']} 的{one.verbose_name}"
                    result.problems[row["pk"], one.attname] = f"{where}：{problem}"
            if new:
                changed = _replaced(cursor, place.model, row["pk"], new)
                result.done += changed
                if not changed and place.model._base_manager.filter(pk=row["pk"]).exists():
                    result.lost = True
    return result


def _replaced(
    cursor: CursorWrapper,
    model: type[models.Model],
    pk: Any,
    new: dict[SealedText, tuple[str, str]],
) -> int:
    """One row, if its tokens are still those that were read. Plain SQL: there may be millions."""
    quote = connection.ops.quote_name
    key: Any = model._meta.pk
    columns = [quote(str(one.column)) for one in new]
    cursor.execute(
        f"UPDATE {quote(model._meta.db_table)} SET {', '.join(f'{one} = %s' for one in columns)}"
        f" WHERE {quote(key.column)} = %s AND {' AND '.join(f'{one} = %s' for one in columns)}",
        [
            *(after for after, _ in new.values()),
            key.get_db_prep_value(pk, connection),
            *(before for _, before in new.values()),
        ],
    )
    changed: int = cursor.rowcount
    return changed


def retire(key_id: str) -> Key:
    """注销密钥：gone for good, with it whatever backups hold under it.

    Raises BadInput for a key that is not there; NotAllowed for the current key, for one replaced
    less than an hour ago, whose last uses may still be under way, and while anything is sealed
    with it.
    """
    key = keyring.keyring().by_id.get(key_id.strip().lower())
    if key is None:
        raise BadInput(f"没有密钥 {key_id}。用 gongkai vault status 查看全部密钥。")
    if key.replaced is None:
        raise NotAllowed("现用密钥不能注销，请先轮换。")
    if datetime.now(UTC) - key.replaced < SETTLED:
        raise NotAllowed(
            f"密钥 {key.id} 停用还不到 1 小时，正在办理的操作可能还在用它，请稍后再注销。"
        )
    held = {one: number[key.id] for one, number in counts().items() if number[key.id]}
    if held:
        told = "、".join(f"{_name(one)} {number:,} 项" for one, number in held.items())
        raise NotAllowed(
            f"密钥 {key.id} 还不能注销，仍在密封：{told}。请先执行 gongkai vault rotate。"
        )
    keyring.remove(key)
    return key


def _name(one: SealedText) -> str:
    return f"{one.model._meta.verbose_name}的{one.verbose_name}"
