"""Reports for the rules: one worked-out report, and the real ones as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongkai.annual.forms import (
    CARRIED_IN,
    CARRIED_OUT,
    COERCION,
    DECISIONS,
    DISPUTES,
    FEE_AMOUNT,
    FEES,
    GRANTED,
    IN_FORCE,
    ISSUED,
    LAYOUTS,
    NEW,
    NORMATIVE_2021,
    NOT_PROCESSED,
    OTHERWISE_THREE_ROWS,
    PARTLY_GRANTED,
    PARTS,
    PENALTIES,
    PERMITS,
    REFUSED,
    REPEALED,
    RESULTS_TOTAL,
    RULES,
    TABLE_2,
    TABLE_3,
    TABLE_3_COLUMNS,
    TABLE_4,
    TABLE_4_COLUMNS,
    UNABLE,
    Form,
    Ref,
)
from gongkai.annual.model import Cell, Part, Report
from gongkai.annual.read import read_report

DATA = Path(__file__).parent / "data"
REPORTS = DATA / "reports"

#: The six applicant columns of the rows that are not all 0; the totals follow.
APPLICATIONS = {
    NEW: (90, 8, 0, 0, 2, 0),
    CARRIED_IN: (5, 0, 0, 0, 0, 0),
    GRANTED: (38, 1, 0, 0, 1, 0),
    PARTLY_GRANTED: (10, 0, 0, 0, 0, 0),
    REFUSED[0]: (1, 0, 0, 0, 0, 0),
    REFUSED[3]: (2, 0, 0, 0, 0, 0),
    REFUSED[5]: (4, 0, 0, 0, 0, 0),
    REFUSED[7]: (3, 0, 0, 0, 0, 0),
    UNABLE[0]: (16, 3, 0, 0, 1, 0),
    UNABLE[1]: (5, 0, 0, 0, 0, 0),
    UNABLE[2]: (1, 0, 0, 0, 0, 0),
    NOT_PROCESSED[0]: (2, 4, 0, 0, 0, 0),
    NOT_PROCESSED[1]: (4, 0, 0, 0, 0, 0),
    OTHERWISE_THREE_ROWS[0]: (3, 0, 0, 0, 0, 0),
    OTHERWISE_THREE_ROWS[2]: (3, 0, 0, 0, 0, 0),
    RESULTS_TOTAL: (92, 8, 0, 0, 2, 0),
    CARRIED_OUT: (3, 0, 0, 0, 0, 0),
}
CASES = ((6, 2, 3, 1), (2, 0, 1, 0), (3, 1, 0, 2))
NOTHING = (0,) * 6


def make_report(
    said: str = "", *, organ: str = "淮安市人民政府", year: int = 2024, part: int = 1
) -> Report:
    """100 requests received, 5 carried in, 102 answered, 3 carried out; 12 reviews, 9 suits.

    ``said`` is the prose of one part, of part one unless told otherwise.
    """
    layout = LAYOUTS[Form.Y2021]
    tables: dict[str, dict[str, dict[str, Cell]]] = {
        TABLE_2: {
            RULES: {ISSUED: 1, REPEALED: 0, IN_FORCE: 12},
            NORMATIVE_2021: {ISSUED: 8, REPEALED: 3, IN_FORCE: 40},
            PERMITS: {DECISIONS: 500},
            PENALTIES: {DECISIONS: 60},
            COERCION: {DECISIONS: 4},
            FEES: {FEE_AMOUNT: Decimal("123.45")},
        },
        TABLE_3: {
            row: _with_total(TABLE_3_COLUMNS, APPLICATIONS.get(row, NOTHING))
            for row in layout.tables[TABLE_3]
        },
        TABLE_4: {
            group: _with_total(TABLE_4_COLUMNS, cases)
            for group, cases in zip(DISPUTES, CASES, strict=True)
        },
    }
    prose = {
        1: ("本年度各项工作平稳有序。",),
        5: ("存在的主要问题是公开的深度还不够，将继续改进。",),
        6: ("无其他需要报告的事项。",),
        part: (said,) if said else (),
    }
    parts = tuple(
        Part(number, heading, prose.get(number, ())) for number, heading in enumerate(PARTS, 1)
    )
    return Report(Form.Y2021, year, organ, tables, parts)


def _with_total(columns: tuple[str, ...], figures: tuple[int, ...]) -> dict[str, Cell]:
    return dict(zip(columns, (*figures, sum(figures)), strict=True))


def changed(report: Report, cells: Mapping[tuple[str, str, str], Cell]) -> Report:
    """The report with some cells changed."""
    for (table, row, column), cell in cells.items():
        report = report.with_cell(Ref(table, row, column), cell)
    return report


def without_prose(report: Report) -> Report:
    """Only the tables."""
    return replace(report, parts=())


@cache
def real(name: str) -> Report:
    """A real report, read from its file: ``01`` for 01_sjz_gov_office_2022.txt."""
    (path,) = (path for path in REPORTS.glob(f"{name}*") if "recovered" not in path.name)
    return read_report(path)
