"""网页：the report as one valid, accessible HTML document without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gongkai.annual.write.grids import Box, Grid, Kind
from gongkai.annual.write.layout import Document, lead

_STYLE = """
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: #fff; color: #111;
  font: 1.125rem/1.8 FangSong_GB2312, FangSong, "Noto Serif CJK SC", serif; line-break: strict; }
h1 { font: bold 1.75rem/1.4 FZXiaoBiaoSong-B05S, "Noto Serif CJK SC", SimSun, serif;
  text-align: center; text-wrap: balance; }
h2 { font: bold 1.25rem/1.6 SimHei, "Noto Sans CJK SC", sans-serif; }
p { margin: 0.5em 0; text-align: justify; text-indent: 2em; }
b { font-family: KaiTi_GB2312, KaiTi, "LXGW WenKai", serif; font-weight: bold; }
p.fact { margin: 0; text-indent: 0; font-size: 1rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; line-height: 1.4;
  font-family: SimSun, "Noto Serif CJK SC", serif; }
caption { padding: 0.5em 0; font-weight: bold; }
th, td { border: 1px solid #333; padding: 0.35em 0.4em; }
th { font-weight: normal; text-align: left; }
th[scope^="col"] { text-align: center; }
th.band { background: #dce6f2; }
td { text-align: center; font-variant-numeric: tabular-nums; }
td.note { text-align: left; }
@media print { body { margin: 0; max-width: none; font-size: 12pt; }
  .wide { overflow: visible; } table { font-size: 9pt; } tr, h2 { break-inside: avoid; }
  h2 { break-after: avoid; } }
"""


def to_html(document: Document) -> bytes:
    """写成网页：the whole document in UTF-8; every figure names the cells that head it."""
    return "\n".join([*_page(document), ""]).encode()


def _page(document: Document) -> Iterator[str]:
    title = escape(document.title)
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield '<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    if document.organ:
        yield f'<meta name="author" content="{escape(document.organ)}">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>"
    for label, value in document.facts:
        yield f'<p class="fact">{label}：{escape(value)}</p>'
    yield from body(document)
    yield "</main>\n</body>\n</html>"


def body(document: Document, *, styled: bool = True) -> Iterator[str]:
    """正文：preamble, headings, prose and tables, piece by piece, for a page that has its own head.

    Unless ``styled`` the widths of columns are left to the style sheet of that page, which may
    not allow any other: the tables are of the classes ``t2``, ``t3`` and ``t4``.
    """
    yield from map(_paragraph, document.preamble)
    for section in document.sections:
        if section.heading:
            yield f"<h2>{escape(section.heading)}</h2>"
        yield from map(_paragraph, section.paragraphs)
        if section.grid:
            yield from _table(section.grid, styled)


def _paragraph(text: str) -> str:
    end = lead(text)
    opening = f"<b>{escape(text[:end])}</b>" if end else ""
    return f"<p>{opening}{escape(text[end:])}</p>"


def _table(grid: Grid, styled: bool) -> Iterator[str]:
    number = grid.table.split()[0]
    prefix = {"表二": "t2", "表三": "t3", "表四": "t4"}[number]
    caption = escape(f"{number} {grid.caption}")
    if styled:
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">'
        yield f"<table>\n<caption>{caption}</caption>\n<colgroup>"
        whole = sum(grid.widths)
        yield "".join(f'<col style="width: {100 * width / whole:.4g}%">' for width in grid.widths)
        yield "</colgroup>"
    else:
        yield f'<div class="table-scroll" role="region" tabindex="0" aria-label="{caption}">'
        yield f'<table class="{prefix}">\n<caption>{caption}</caption>'
    rows: list[list[str]] = [[] for _ in grid.rows]
    for (row, column), box in grid.places.items():
        heads = " ".join(f"{prefix}-{r}-{c}" for r, c in grid.headings.get((row, column), ()))
        rows[row].append(_cell(box, f"{prefix}-{row}-{column}", heads))
    for group, some in (("thead", rows[: grid.heads]), ("tbody", rows[grid.heads :])):
        if some:
            yield f"<{group}>"
            yield from (f"<tr>{''.join(cells)}</tr>" for cells in some)
            yield f"</{group}>"
    yield "</table>\n</div>"


def _cell(box: Box, own: str, heads: str) -> str:
    spans = f' colspan="{box.across}"' if box.across > 1 else ""
    spans += f' rowspan="{box.down}"' if box.down > 1 else ""
    text = escape(box.text)
    match box.kind:
        case Kind.FIGURE:
            return f'<td{spans} headers="{heads}">{text}</td>'
        case Kind.NOTE:
            return f'<td class="note"{spans}>{text}</td>'
        case Kind.STUB:
            scope = "rowgroup" if box.down > 1 else "row"
            return f'<th id="{own}" scope="{scope}"{spans}>{text}</th>'
        case Kind.BAND:
            return f'<th id="{own}" class="band" scope="colgroup"{spans}>{text}</th>'
        case Kind.HEAD:
            scope = "colgroup" if box.across > 1 else "col"
            return f'<th id="{own}" scope="{scope}"{spans}>{text}</th>'
