"""表格的网页：the three tables as the form prints them; what stands in a figure's box is given.

Every figure names the cells that head it, so a screen reader tells what it is a figure of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from gongkai.annual.forms import Ref
from gongkai.annual.model import Cell, Report, Undeterminable
from gongkai.annual.write.grids import Box, Grid, Kind

#: What a box shows: its inside, and the class of the box.
Drawn = tuple[SafeString, str]
_PREFIX = {"表二": "t2", "表三": "t3", "表四": "t4"}
BLANK = SafeString('<span class="cell-blank">未填</span>')


def anchors(report: Report) -> dict[Ref, str]:
    """锚点：where each cell stands on the page."""
    return {ref: f"c{place}" for place, (ref, _) in enumerate(report.cells())}


def table(grid: Grid, figure: Callable[[Box], Drawn], at: Mapping[Ref, str]) -> SafeString:
    """一张表：scrolls within itself where the page is narrow."""
    prefix = _PREFIX[grid.table.split()[0]]
    rows: list[list[str]] = [[] for _ in grid.rows]
    for (row, column), box in grid.places.items():
        if box.kind is Kind.FIGURE:
            heads = " ".join(f"{prefix}-{r}-{c}" for r, c in grid.headings[row, column])
            rows[row].append(_figure(box, heads, figure, at))
        else:
            rows[row].append(_head(box, f"{prefix}-{row}-{column}"))
    lines = [f"<tr>{''.join(cells)}</tr>" for cells in rows]
    head = f"<thead>{''.join(lines[: grid.heads])}</thead>" if grid.heads else ""
    caption = escape(f"{grid.table.split()[0]}　{grid.caption}")
    columns = f"<colgroup>{'<col>' * len(grid.widths)}</colgroup>"
    return SafeString(
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{caption}">'
        f'<table class="sheet sheet-{prefix}"><caption>{caption}</caption>{columns}{head}'
        f"<tbody>{''.join(lines[grid.heads :])}</tbody></table></div>"
    )


def _spans(box: Box) -> str:
    across = f' colspan="{box.across}"' if box.across > 1 else ""
    return across + (f' rowspan="{box.down}"' if box.down > 1 else "")


def _figure(box: Box, heads: str, figure: Callable[[Box], Drawn], at: Mapping[Ref, str]) -> str:
    inside, kind = figure(box)
    own = f' id="{at[box.ref]}"' if box.ref is not None and box.ref in at else ""
    named = f' class="{kind}"' if kind else ""
    return f'<td{own}{named}{_spans(box)} headers="{heads}">{inside}</td>'


def _head(box: Box, own: str) -> str:
    text = escape(box.text)
    match box.kind:
        case Kind.NOTE:
            return f'<td class="note"{_spans(box)}>{text}</td>'
        case Kind.STUB:
            scope = "rowgroup" if box.down > 1 else "row"
            return f'<th id="{own}" scope="{scope}"{_spans(box)}>{text}</th>'
        case Kind.BAND:
            return f'<th id="{own}" class="band" scope="colgroup"{_spans(box)}>{text}</th>'
        case _:
            scope = "colgroup" if box.across > 1 else "col"
            return f'<th id="{own}" scope="{scope}"{_spans(box)}>{text}</th>'


def shown(cell: Cell) -> SafeString:
    """格中所见：a figure, 未填, or 无法确定 with the reason: three different things."""
    if cell is None:
        return BLANK
    if isinstance(cell, Undeterminable):
        return format_html('<span class="cell-unknown" title="{}">无法确定</span>', cell.reason)
    return SafeString(f"{cell:f}" if not isinstance(cell, int) else f"{cell}")
