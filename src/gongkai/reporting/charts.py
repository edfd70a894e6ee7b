"""图表：what the page of a published report draws, each a table whose figures have their bars."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.forms import APPLICANTS, DISPUTES, NEW, TABLE_3, TABLE_4, TABLE_4_COLUMNS
from gongkai.annual.model import Report
from gongkai.reporting.series import GROUPS, MEASURES, Year, drawn
from gongkai.theme.charts import Plot, plot

#: How many years are drawn beside each other.
MOST_YEARS = 6
_KINDS = ("行政复议", "未经复议直接起诉", "复议后起诉")


def charts_of(report: Report, years: Sequence[Year]) -> list[Plot]:
    """图表：results, applicants, year on year, disputes; none of a table the report has not."""
    found = []
    if report.tables.get(TABLE_3):
        found += [_results(report), _applicants(report)]
        if len(years) > 1:
            found.append(_year_on_year(years[-MOST_YEARS:]))
    if report.tables.get(TABLE_4):
        found.append(_disputes(report))
    return found


def _results(report: Report) -> Plot:
    rows = [(label, [drawn(MEASURES[key].of(report.tables))]) for key, (label, _) in GROUPS.items()]
    return plot("答复类型：本年度办理结果", "办理结果", ["件数"], rows)


def _applicants(report: Report) -> Plot:
    cells = (report.tables.get(TABLE_3) or {}).get(NEW, {})
    rows = [(label, [drawn(cells.get(label))]) for label in APPLICANTS]
    return plot("申请人类型：本年新收申请", "申请人", ["件数"], rows)


def _year_on_year(years: Sequence[Year]) -> Plot:
    keys = ("new", "ended", "carried_out")
    rows = [
        (f"{one.year}年", [drawn(MEASURES[key].of(one.report.tables)) for key in keys])
        for one in years
    ]
    return plot("历年申请办理情况", "年度", [MEASURES[key].label for key in keys], rows)


def _disputes(report: Report) -> Plot:
    table = report.tables.get(TABLE_4) or {}
    rows = [
        (label, [drawn(table.get(row, {}).get(column)) for column in TABLE_4_COLUMNS])
        for label, row in zip(_KINDS, DISPUTES, strict=True)
    ]
    return plot("行政复议、行政诉讼结果", "类别", TABLE_4_COLUMNS, rows)
