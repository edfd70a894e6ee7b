"""办理记录：what an office's own ledgers count, for comparing with the report it publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Records:
    """办理记录：counts for one year, under the exchange names of rows and columns.

    ``None`` means that the office keeps no such ledger, which is not the same as a count of 0.
    """

    #: Row of Table 3 → applicant column → count; a row or column left out counts 0.
    applications: Mapping[str, Mapping[str, int]]
    #: Row of Table 4 → result column (without 总计) → count.
    disputes: Mapping[str, Mapping[str, int]] | None = None
    #: Row of Table 2 (规章, 行政规范性文件) → documents in force on 31 December.
    in_force: Mapping[str, int] | None = None
    #: Letters that went out: in the year, or on the requests that ended so in it.
    corrections: int | None = None
    fee_notices: int | None = None
    reason_letters: int | None = None
    consultations: int | None = None
    #: Row of Table 4 → cases of earlier years still open on 1 January, and how many of them
    #: appear in this year's ledger as concluded or pending.
    carried_disputes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    #: Direct suits against a refusal under Articles 14 to 16.
    direct_suits_against_refusals: int | None = None
    #: The report was filled in from these records, not typed in or imported.
    system_made: bool = True
