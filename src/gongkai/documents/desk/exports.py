"""导出清单：the lists of the desk as CSV or XLSX, filtered as they are on the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Reminder
from gongkai.documents.queries import visible
from gongkai.documents.states import Attribute, State, Validity
from gongkai.documents.worklist import Wanted, worklist
from gongkai.organs.pages import StaffRequest, desk_page

#: An export is for a person's own work, not a copy of the database.
MOST_EXPORTED = 50_000
_CHUNK = 2_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """清单：its name, its headings with the width of each in characters, and its rows."""

    name: str
    title: str
    heads: dict[str, int]
    rows: Iterable[Sequence[Any]]


@desk_page
@require_safe
def documents(request: StaffRequest, form: str) -> HttpResponseBase:
    """导出工作清单：the same rows as the list."""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted).order_by(*wanted.order)[:MOST_EXPORTED]
    listed = rows.values(
        *("title", "kind", "number", "index_number", "state", "attribute", "validity"),
        *("due_on", "issued_at", "organ__name"),
    )
    heads = {
        "标题": 60, "种类": 16, "发文字号": 22, "索引号": 36, "状态": 14, "公开属性": 12,
        "有效性": 10, "公开期限": 12, "发布时间": 18, "公开机关": 28,
    }  # fmt: skip
    lines = map(_line, listed.iterator(_CHUNK))
    return sent(Sheet("documents", "文件", heads, lines), form)


def _line(row: dict[str, Any]) -> list[Any]:
    return [
        *(row["title"], KINDS[row["kind"]].name, row["number"], row["index_number"]),
        *(State(row["state"]).label, Attribute(row["attribute"]).label),
        Validity(row["validity"]).label if row["validity"] else "",
        row["due_on"],
        row["issued_at"],
        row["organ__name"],
    ]


@desk_page
@require_safe
def reminders(request: StaffRequest, form: str) -> HttpResponseBase:
    """导出到期提醒：those nobody has dealt with yet, soonest first."""
    rows = Reminder.objects.filter(visible(request.user, prefix="document__"))
    lines = (
        rows.filter(settled_at__isnull=True)
        .order_by("valid_to", "pk")
        .values_list(
            *("document__title", "document__number", "valid_to", "months"),
            "document__organ__name",
        )[:MOST_EXPORTED]
        .iterator(_CHUNK)
    )
    heads = {"标题": 60, "发文字号": 22, "有效期至": 12, "不到（月）": 12, "公开机关": 28}
    return sent(Sheet("reminders", "到期提醒", heads, lines), form)


def sent(sheet: Sheet, form: str) -> HttpResponseBase:
    """发出：CSV goes out line by line; a workbook is written to a temporary file first."""
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(as_csv(sheet), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}.csv"'
    else:
        response = FileResponse(as_workbook(sheet), content_type=_XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def as_csv(sheet: Sheet) -> Iterator[str]:
    """CSV：with the mark by which a spreadsheet knows UTF-8."""
    yield "\ufeff" + _csv_line(sheet.heads)
    for row in sheet.rows:
        yield _csv_line(map(_text, row))


def _csv_line(cells: Iterable[str]) -> str:
    """One line; a cell that a spreadsheet would take for a formula is shown as it is."""
    out = io.StringIO()
    safe = [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell for cell in cells]
    csv.writer(out).writerow(safe)
    return out.getvalue()


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def as_workbook(sheet: Sheet) -> Any:
    """XLSX：a temporary file at its beginning; rows go to the disk as they are read."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    table: Any = book.create_sheet(sheet.title)
    table.freeze_panes = "A2"
    for number, width in enumerate(sheet.heads.values(), 1):
        table.column_dimensions[get_column_letter(number)].width = width

    def cell(value: Any) -> Any:
        if isinstance(value, datetime):
            value = timezone.localtime(value).replace(tzinfo=None)
        elif isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)
        elif not isinstance(value, date | int):
            return value
        made = WriteOnlyCell(table, value)
        if isinstance(value, datetime):
            made.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, str):
            made.data_type = "s"  # a title beginning with “=” is no formula
        return made

    heads = [cell(head) for head in sheet.heads]
    for head in heads:
        head.font = Font(bold=True)
    table.append(heads)
    for row in sheet.rows:
        table.append([cell(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return file
