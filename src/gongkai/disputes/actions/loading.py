"""导入原有的台账：looked over first, then all that can be loaded, in one transaction.

Between the two the file stays with whoever loads it, sealed: nothing is kept before it is
confirmed, and what is loaded is what was looked over.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import refuse
from gongkai.applications.loading.sheets import read_table
from gongkai.disputes.actions.registering import columns_of, mark_disputed, number_of, series_of
from gongkai.disputes.actions.ruling import settled
from gongkai.disputes.actions.taking import why_not_handle
from gongkai.disputes.clock import due_of, refresh
from gongkai.disputes.loading import Read, mapping_of, missing, read_rows
from gongkai.disputes.models import Dispute, Ruling
from gongkai.disputes.states import State
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.numbering import next_serial
from gongkai.trail.actions import hold, record, record_all
from gongkai.vault.sealing import seal, unseal

#: A ledger of cases is short; what is larger is something else.
LARGEST = 1_000_000
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Look:
    """检查结果：what each column is taken for, and each row with its doubts."""

    heads: list[str]
    mapping: Mapping[str, str]
    rows: list[Read]
    lacking: list[str]

    @property
    def wanted(self) -> list[Read]:
        """会导入的。"""
        return [one for one in self.rows if one.wanted]

    @property
    def same(self) -> int:
        """已有的。"""
        return sum(one.same for one in self.rows)

    @property
    def doubtful(self) -> list[Read]:
        """有疑点的，和不能导入的。"""
        return [one for one in self.rows if one.doubts and not one.same]


def wrap(data: bytes, organ: Organ, *, by: Staff) -> str:
    """密封上传的文件：opens again only for the same person and organ."""
    if len(data) > LARGEST:
        raise BadInput(f"台账文件超过{LARGEST // 1_000_000} MB，请只保留台账本身的列。")
    return seal(base64.b64encode(data).decode(), _context(organ, by))


def unwrap(token: str, organ: Organ, *, by: Staff) -> bytes:
    """打开。Raises Unreadable for what is no such file."""
    return base64.b64decode(unseal(token, _context(organ, by)))


def _context(organ: Organ, by: Staff) -> str:
    return f"disputes.load.{organ.pk}.{by.pk}"


def look_over(data: bytes, name: str, organ: Organ, given: Mapping[str, str] | None = None) -> Look:
    """检查：nothing is kept. Raises Unreadable, BadInput for what is no table."""
    table = read_table(data, name)
    if len(table.rows) > MOST_ROWS:
        raise BadInput(f"台账超过{MOST_ROWS}行，请分年度导入。")
    mapping = mapping_of(table.heads, given)
    lacking = missing(mapping)
    rows = [] if lacking else read_rows(table, mapping, organ, timezone.localdate())
    _mark_known(rows, organ)
    return Look(table.heads, mapping, rows, lacking)


def _mark_known(rows: list[Read], organ: Organ) -> None:
    """已有的：the same kind and case number, or without one the same day and matter."""
    cases = Dispute.objects.standing().filter(organ=organ)
    seen = {
        _key(kind, case_number, received_on, about)
        for kind, case_number, received_on, about in cases.values_list(
            "kind", "case_number", "received_on", "about"
        )
    }
    for one in rows:
        if one.facts is not None:
            facts = one.facts
            about = columns_of(facts)["about"]
            key = _key(facts.kind, facts.case_number, facts.received_on, about)
            one.same = key in seen
            seen.add(key)


def _key(kind: str, case_number: str, received_on: Any, about: str) -> tuple[str, ...]:
    plain = "".join(case_number.split())
    return (str(kind), plain) if plain else (str(kind), f"{received_on}", about)


@transaction.atomic
def load(
    data: bytes, name: str, organ: Organ, *, by: Staff, given: Mapping[str, str] | None = None
) -> int:
    """导入：every row that can be; returns how many. Raises NotAllowed, BadInput, Unreadable."""
    hold()
    refuse(why_not_handle(organ, by=by))
    look = look_over(data, name, organ, given)
    if look.lacking:
        raise BadInput(f"没有找到{'、'.join(look.lacking)}这样的列。")
    if not look.wanted:
        raise NotAllowed("没有可以导入的案件。")
    made = [_made(one, name, organ, by) for one in look.wanted]
    Ruling.objects.bulk_create(
        Ruling(dispute=case, finding=one.finding.code, number=case.case_number,
               on=one.concluded_on, received_on=one.concluded_on, cause=one.cause, by=by)
        for one, case in zip(look.wanted, made, strict=True)
        if one.finding is not None and one.concluded_on is not None
    )  # fmt: skip
    record_all(made, "register", by=by, label="导入案件", note=name[:200])
    record(organ, "load_disputes", by=by, label="导入复议诉讼台账",
           note=f"{name[:200]}：导入{len(made)}件，已有{look.same}件，"
           f"没有导入{len(look.rows) - len(made) - look.same}件")  # fmt: skip
    for case in made:
        mark_disputed(case, by=by)
    return len(made)


def _made(one: Read, name: str, organ: Organ, by: Staff) -> Dispute:
    """As it stood in the old ledger: concluded ones are closed, the rest goes on from here."""
    assert one.facts is not None
    year = one.facts.received_on.year
    serial = next_serial(series_of(organ, year))
    case = Dispute(
        organ=organ, year=year, serial=serial, number=number_of(organ, year, serial),
        imported=name[:200], handler=None if one.finding else by, lessons=one.lessons,
        filed_on=one.filed_on, **columns_of(one.facts),
    )  # fmt: skip
    case.last_due_on = due_of(case) if one.filed_on else None
    case.state = State.ANSWERED if one.filed_on else State.RECEIVED
    if one.finding is not None and one.concluded_on is not None:
        ended = Ruling(finding=one.finding.code, on=one.concluded_on, cause=one.cause)
        for column, value in settled(ended).items():
            setattr(case, column, value)
        case.state, case.closed_on = State.CLOSED, one.concluded_on
    case.save()
    refresh(case)
    return case
