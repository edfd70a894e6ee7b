"""留痕：write a step down, and prove that nothing written has been touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from gongkai.errors import BadInput
from gongkai.trail import guard
from gongkai.trail.models import BEGINNING, Head, Step

#: What stands for the house itself when no person acted: a lapse, a publication at a time.
SYSTEM = "系统"


class Person(Protocol):
    """经办人：all the trail wants to know of a person."""

    pk: Any

    @property
    def display_name(self) -> str:
        """姓名。"""

    @property
    def organ_name(self) -> str:
        """所在机关。"""


@dataclass(frozen=True)
class Break:
    """断点：the first place where the chain no longer holds; ``number`` 0 is the guard itself."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"第{self.number}步：{self.reason}" if self.number else self.reason


def _text(value: str) -> str:
    """Text as both databases can keep it: without NUL and without halves of characters."""
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def plain(value: Any) -> Any:
    """What a value is called in the trail: JSON without floats, so that its seal is stable.

    Dates become ISO text, records their key, what is sealed its mask. Raises BadInput for the rest.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return _text(value) if isinstance(value, str) else value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | Promise):
        return _text(str(value))
    if isinstance(value, models.Model):
        return plain(value.pk)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    raise BadInput(f"留痕记不下这样的值：{type(value).__name__}。")


def hold() -> Head:
    """Take the head of the chain until the transaction ends; others who write wait here."""
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    return head


@transaction.atomic(savepoint=False)
def record(subject: models.Model, move: str, *, by: Person | None, **told: Any) -> Step:
    """记一步：write down that ``by`` did ``move`` to ``subject``; None is the house itself.

    It belongs to the caller's transaction: if the deed fails, it was never done nor written.
    ``told`` is what ``write`` takes: label, before, after, note, for_name, changes.
    """
    return write(hold(), subject, move, by=by, **told)


def write(
    head: Head,
    subject: models.Model,
    move: str,
    *,
    by: Person | None,
    label: str = "",
    before: str = "",
    after: str = "",
    note: str = "",
    for_name: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Step:
    """记一步，链头已经握住：for callers who held it before they changed anything."""
    step = _sealed(head, subject, move, by, label, before, after, note, for_name, changes)
    step.save(force_insert=True)
    _advance(head)
    return step


@transaction.atomic(savepoint=False)
def record_all(
    subjects: Iterable[models.Model], move: str, *, by: Person | None, **told: Any
) -> int:
    """批量记步：one step a subject, written a thousand at a time, for imports; how many.

    ``told`` is the same for all of them: label, before, after, note.
    """
    head, number = hold(), 0
    rest = iter(subjects)
    while batch := list(islice(rest, 1_000)):
        Step.objects.bulk_create([_sealed(head, one, move, by, **told) for one in batch])
        number += len(batch)
    _advance(head)
    return number


def _sealed(
    head: Head,
    subject: models.Model,
    move: str,
    by: Person | None,
    label: str = "",
    before: str = "",
    after: str = "",
    note: str = "",
    for_name: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Step:
    """The next step of the chain, not saved yet; ``head`` in hand is moved on to it."""
    step = Step(
        number=head.number + 1,
        at=timezone.now(),
        by_id=by.pk if by else None,
        by_name=by.display_name if by else SYSTEM,
        for_name=for_name,
        organ_name=by.organ_name if by else "",
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        title=_text(str(subject))[:300],
        move=move,
        label=label or move,
        before=before,
        after=after,
        note=_text(note).strip(),
        changes=plain(changes or {}),
        previous=head.seal,
    )
    step.seal = step.computed_seal()
    head.number, head.seal = step.number, step.seal
    return step


def _advance(head: Head) -> None:
    Head.objects.filter(pk=head.pk).update(number=head.number, seal=head.seal)


def verify(upto: tuple[int, str] | None = None) -> Break | None:
    """验链：walk the chain from its beginning; None if nothing has been touched.

    Found are a row changed, deleted (also the last ones), inserted or put elsewhere, and a guard
    taken away. ``upto`` is a head noted down earlier, a number and its seal: only it shows that
    somebody with the rights of the database itself has rewritten the chain and its head.
    """
    newest = Step.objects.order_by("-number").values_list("number", flat=True).first() or 0
    # Read after the newest step: whoever wrote it has moved the head in the same transaction.
    number, seal = head()
    if newest > number:
        return Break(number + 1, "这一步不是由系统记下的")
    return _walk(number, seal, upto) or _guarded()


def _walk(end: int, end_seal: str, upto: tuple[int, str] | None) -> Break | None:
    last, seal = 0, BEGINNING
    for step in Step.objects.filter(number__lte=end).order_by("number").iterator(2_000):
        if step.number != last + 1:
            return Break(last + 1, "这一步不见了")
        if step.previous != seal:
            return Break(step.number, "与上一步接不上")
        if step.computed_seal() != step.seal:
            return Break(step.number, "内容被改动过")
        last, seal = step.number, step.seal
        if upto and upto[0] == last and upto[1] != seal:
            return Break(last, "与先前记下的校验值不符")
    if last < end:
        return Break(last + 1, "这一步不见了")
    if seal != end_seal:
        return Break(last, "与链头不符")
    if upto and upto[0] > last:
        return Break(upto[0], "这一步不见了")
    return None


def _guarded() -> Break | None:
    if names := guard.missing():
        return Break(0, f"数据库中的留痕保护被去掉了：{'、'.join(names)}。请重新执行 migrate")
    return None


def head() -> tuple[int, str]:
    """链头：number and seal of the last step, to be noted down outside the database."""
    row = Head.objects.filter(pk=1).values_list("number", "seal").first()
    return row or (0, BEGINNING)
