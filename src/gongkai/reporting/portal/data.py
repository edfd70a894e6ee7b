"""历年数据：series of published figures, to be looked at or taken away, with where each is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.annual.model import Cell, Undeterminable
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.reporting.series import (
    MEASURES,
    NOT_ASKED,
    Measure,
    Unit,
    Year,
    chosen,
    drawn,
    told,
    units,
    years_of,
)
from gongkai.reporting.showing import COLUMN
from gongkai.theme.charts import plot

#: More figures than this beside each other are read better in the table.
MOST_DRAWN = 4


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """历年数据页面：a unit, the figures wanted, a row each, the years beside each other."""
    known = units()
    unit = _unit(known, request.GET)
    measures = chosen(request.GET.getlist("figure"))
    years = _years(unit)
    context = {
        "units": known,
        "unit": unit,
        "measures": measures,
        "groups": [(name, list(some)) for name, some in groupby(MEASURES.values(), _group)],
        "years": years,
        "rows": [
            (one, [(told(one.of(year.report.tables)), year.source_of(one)) for year in years])
            for one in measures
        ],
        "by_hand": any(one.source_of(m) != one.provenance for one in years for m in measures),
        "chart": _chart(measures, years),
        "taken": _taken(unit, measures),
        "tag_column": COLUMN | {"name": "政府信息公开年报历年数据", "type": "数据发布"},
    }
    return render(request, "reporting/portal/data.html", context)


def _group(measure: Measure) -> str:
    return measure.group


def _unit(known: Sequence[Unit], asked: QueryDict) -> Unit | None:
    """The unit asked for, else the first; raises Http404 for one that has published nothing."""
    if key := asked.get("unit", ""):
        found = next((one for one in known if one.key == key), None)
        if found is None:
            raise Http404
        return found
    return known[0] if known else None


def _years(unit: Unit | None) -> list[Year]:
    return years_of(unit.organ, unit.scope, unit.outside) if unit else []


def _chart(measures: Sequence[Measure], years: Sequence[Year]) -> Any:
    """Drawn where there are years to compare, and figures of one unit, few enough for the eye."""
    if len(years) < 2 or len(measures) > MOST_DRAWN or any(m.unit != "件" for m in measures):
        return None
    rows = [
        (f"{one.year}年", [drawn(measure.of(one.report.tables)) for measure in measures])
        for one in years
    ]
    return plot("历年比较", "年度", [measure.label for measure in measures], rows)


def _taken(unit: Unit | None, measures: Sequence[Measure]) -> dict[str, str]:
    """The addresses of the same figures as files."""
    if unit is None:
        return {}
    asked = QueryDict(mutable=True)
    asked["unit"] = unit.key
    whole = asked.urlencode()
    asked.setlist("figure", [measure.key for measure in measures])
    return {
        form: f"{reverse('reporting:series', args=[form])}?{asked.urlencode()}"
        for form in ("csv", "xlsx", "json")
    } | {
        f"cells_{form}": f"{reverse('reporting:cells', args=[form])}?{whole}"
        for form in ("csv", "xlsx")
    }


# ── 下载 ────────────────────────────────────────────────────────────────────────────────────


@require_safe
def series(request: HttpRequest, form: str) -> HttpResponseBase:
    """下载所选的：a line a figure and year."""
    unit = _asked(request)
    measures, years = chosen(request.GET.getlist("figure")), _years(unit)
    if form == "json":
        return _as_json(request, unit, measures, years)
    heads = {"单位": 30, "年度": 8, "指标": 30, "数字": 12, "计量单位": 10, "数据来源": 20}
    lines = (
        [unit.label, str(year.year), one.label, told(one.of(year.report.tables)), one.unit,
         year.source_of(one)]
        for one in measures for year in years
    )  # fmt: skip
    return sent(Sheet("reports-series", "历年数据", heads, lines), form)


def _asked(request: HttpRequest) -> Unit:
    unit = _unit(units(), request.GET)
    if unit is None:
        raise Http404
    return unit


def _as_json(
    request: HttpRequest, unit: Unit, measures: Sequence[Measure], years: Sequence[Year]
) -> HttpResponse:
    """JSON：what is no figure is null, and ``state`` says why."""
    found = {
        "unit": {"key": unit.key, "name": unit.name, "scope": unit.scope},
        "years": [
            {
                "year": year.year,
                "provenance": year.provenance,
                "url": request.build_absolute_uri(reverse("reporting:report", args=[year.pk])),
            }
            for year in years
        ],
        "figures": [
            {
                "key": one.key,
                "label": one.label,
                "unit": one.unit,
                "values": [_value(year, one) for year in years],
            }
            for one in measures
        ],
    }
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    # Anyone may take it into a page of his own: it is public and the same for everybody.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _value(year: Year, measure: Measure) -> dict[str, Any]:
    cell = measure.of(year.report.tables)
    return {
        "year": year.year,
        "value": _plain(cell),
        "state": _state(cell),
        "provenance": year.source_of(measure),
    }


def _plain(cell: Cell | str) -> int | float | None:
    if cell is None or isinstance(cell, Undeterminable | str):
        return None
    return cell if isinstance(cell, int) else float(cell)


def _state(cell: Cell | str) -> str:
    if cell is None:
        return "blank"
    if isinstance(cell, Undeterminable):
        return "undeterminable"
    return "not-in-form" if cell == NOT_ASKED else "figure"


@require_safe
def cells(request: HttpRequest, form: str) -> HttpResponseBase:
    """下载全部单元格：every cell of every year, by the names of the form of that year."""
    unit = _asked(request)
    heads = {
        "单位": 30, "年度": 8, "表": 36, "行": 44, "列": 20, "数字": 12, "数据来源": 20,
    }  # fmt: skip
    return sent(Sheet("reports-cells", "全部数据", heads, _cells(unit, _years(unit))), form)


def _cells(unit: Unit, years: Sequence[Year]) -> Iterator[list[str]]:
    typed = {
        (measure.table, measure.rows[0]): measure
        for measure in MEASURES.values()
        if measure.by_hand
    }
    for year in years:
        for ref, cell in year.report.cells():
            measure = typed.get((ref.table, ref.row))
            source = year.source_of(measure) if measure else year.provenance
            yield [unit.label, str(year.year), *ref, told(cell), source]
