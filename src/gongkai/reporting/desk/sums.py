"""汇总的页面：what every unit brings to each cell, who is missing, where a sum is not exact."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.annual.forms import TABLES, TOTAL
from gongkai.annual.model import Cell, Undeterminable
from gongkai.annual.rollup import Total
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.errors import GongkaiError
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.desk.calls import own_call
from gongkai.reporting.models import Call
from gongkai.reporting.rounds import Line, lines
from gongkai.reporting.sums import Sum, base_table, ref_of, sum_of


@desk_page
@require_safe
def sums(request: StaffRequest, pk: int) -> HttpResponse:
    """汇总：the sums of one table, and of the chosen row each unit's part."""
    made = own_call(pk, request.user)
    context: dict[str, Any] = {"call": made}
    try:
        found = sum_of(made)
    except GongkaiError as problem:
        # Reports in forms that count different things cannot be added up; the sentence says which.
        context["problem"] = f"{problem}"
    else:
        context |= _told(made, found, request.GET.get("table", ""), request.GET.get("row", ""))
    return render(request, "reporting/desk/sums.html", context)


def _told(made: Call, found: Sum, table: str, row: str) -> dict[str, Any]:
    table, row = ref_of(table, row, found)
    totals_of = dict(found.rows(table))
    rows = [(name, _in_words(totals), name == row) for name, totals in totals_of.items()]
    late: list[Line] = [one for one in lines(made) if one.progress.late]
    return {
        "sum": found,
        "tables": [(name, name == table) for name in TABLES],
        "table": table,
        "rows": rows,
        "row": row,
        "totals": totals_of.get(row, []),
        "units": [
            (part, [_shown(cell) for cell in cells]) for part, cells in found.of_row(table, row)
        ],
        "late": [one for one in late if one.progress.sent_in],
    }


def _in_words(totals: list[Total]) -> str:
    """合计：the one of 总计, else each of the row's in their order."""
    if totals[-1].ref.column == TOTAL:
        return totals[-1].words
    return "／".join(total.words for total in totals)


def _shown(cell: Cell) -> tuple[str, str]:
    """What stands in the cell, and why if it is no figure."""
    if cell is None:
        return "空白", "没有填写"
    if isinstance(cell, Undeterminable):
        return "无法确定", cell.reason
    return f"{cell:f}" if not isinstance(cell, int) else f"{cell}", ""


@desk_page
@require_safe
def sums_file(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """导出汇总底表：a cell a line, a unit a column."""
    made = own_call(pk, request.user)
    found = sum_of(made)
    units = {part.unit.name: 14 for part in found.sent}
    heads = {"表": 8, "行": 44, "列": 18, "合计": 12} | units
    sheet = Sheet(f"sum-{made.year}", f"{made.year}年汇总底表", heads, base_table(found))
    return sent(sheet, form)
