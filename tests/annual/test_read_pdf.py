"""PDF: two published reports cell by cell, tables broken over pages, bad and damaged files."""

import contextlib
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_grids import pieces_of, said
from annual_strategies import reports
from gongkai.annual import exchange
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, Form, Ref
from gongkai.annual.read.pdf import blocks, read
from gongkai.annual.write import write
from gongkai.errors import GongkaiError, Unreadable

DATA = Path(__file__).parents[1] / "data"
FILES = ("02_huaian_2024", "03_hongze_2023")


def file(name):
    return (DATA / "reports" / f"{name}.pdf").read_bytes()


@cache
def report_in(name):
    return read(file(name), f"{name}.pdf")


def figures(name):
    published = (DATA / "figures" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(published, parse_float=Decimal)["tables"]


def published(name):
    return exchange.load(json.loads((DATA / "figures" / f"{name}.json").read_text("utf-8")))


def drawn(pieces, *, height=29.7, stroke="0.5pt"):
    """Pieces of a document as a PDF; pages of little height (cm) break the tables."""
    lines = [
        f"#set page(width: 21cm, height: {height}cm, margin: 2cm)",
        '#set text(size: 9pt, font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "SimSun"))',
        "#set par(first-line-indent: (amount: 2em, all: true))",
    ]
    for piece in pieces:
        if isinstance(piece, str):
            lines.append(f"#par({json.dumps(piece, ensure_ascii=False)})")
            continue
        width = sum(across for _, _, across in piece[0])
        cells = (
            f"table.cell(rowspan: {down}, colspan: {across}, "
            f"text({json.dumps(text, ensure_ascii=False)}))"
            for row in piece
            for text, down, across in row
        )
        columns = f"({'1fr,' * width})"
        lines.append(
            "#{set par(first-line-indent: 0pt)\n"
            f"table(columns: {columns}, stroke: {stroke}, inset: 3pt, {', '.join(cells)})}}"
        )
    return typst.compile("\n".join(lines).encode())


@pytest.mark.parametrize("name", FILES)
def test_every_published_cell_is_read_exactly(name):
    assert said(report_in(name).tables) == figures(name)


def test_sums_published_wrong_are_read_as_printed():
    table = report_in("03_hongze_2023").tables[TABLE_4]

    assert list(table["行政复议"].values()) == [10, 1, 0, 0, 0]
    assert list(table["行政诉讼-复议后起诉"].values()) == [5, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "form", "year", "organ"),
    [
        ("02_huaian_2024", Form.Y2021, 2024, "淮安市人民政府"),
        ("03_hongze_2023", Form.MIXED, 2023, "洪泽区人民政府"),
    ],
)
def test_form_year_and_organ_are_those_of_the_title(name, form, year, organ):
    report = report_in(name)

    assert (report.form, report.year, report.organ) == (form, year, organ)
    assert report.header.title == f"{organ}{year}年政府信息公开工作年度报告"


def test_each_cell_says_on_which_page_it_stood():
    origins = report_in("03_hongze_2023").origins

    above = origins[Ref(TABLE_3, "三、（四）2.没有现成信息需要另行制作", "自然人")]
    below = origins[Ref(TABLE_3, "三、（四）3.补正后申请内容仍不明确", "自然人")]
    assert (above.page, above.quote) == (3, "3")
    assert (below.page, below.quote) == (4, "0")


def test_lines_are_joined_to_the_paragraphs_they_were_set_from():
    part = report_in("02_huaian_2024").part(6)

    assert part.paragraphs == (
        "2024年，市政府严格落实《政府信息公开信息处理费管理办法》，"
        "全年收取政府信息公开信息处理费3940元。",
    )


def test_prose_holds_neither_tables_nor_page_numbers():
    report = report_in("02_huaian_2024")

    assert [len(part.paragraphs) for part in report.parts] == [6, 0, 0, 0, 2, 1]
    assert [text for part in report.parts for text in part.paragraphs if "-3-" in text] == []


@settings(max_examples=4, deadline=None)
@given(reports())
def test_a_report_written_and_read_is_the_same(report):
    assert read(write(report, "pdf")) == report


@pytest.mark.parametrize("height", [29.7, 12.0, 9.0])
@pytest.mark.parametrize("variant", ["as_printed", "unmerged", "block_by_block"])
def test_tables_broken_anywhere_by_the_ends_of_pages_are_whole_again(variant, height):
    report = published("02_huaian_2024")

    read_back = read(drawn(pieces_of(report, variant), height=height))

    assert said(read_back.tables) == said(report.tables)


def test_tables_without_rulings_are_read_as_text_or_not_at_all():
    report = published("02_huaian_2024")

    read_back = read(drawn(pieces_of(report, "as_printed"), stroke="none"))

    for table, rows in said(read_back.tables).items():
        for row, cells in (rows or {}).items():
            wrong = {
                column: cell
                for column, cell in cells.items()
                if cell not in ("?", said(report.tables)[table][row][column])
            }
            assert wrong == {}


def test_a_scan_is_refused_with_advice_to_recognise_it_first():
    scan = typst.compile(b"#page(rect(width: 100%, height: 100%, fill: gray))")

    with pytest.raises(Unreadable, match="OCR"):
        read(scan, "扫描.pdf")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_off_is_refused_with_a_sentence(kept):
    data = file("02_huaian_2024")

    with pytest.raises(Unreadable, match="残缺"):
        read(data[: int(len(data) * kept)])


def test_a_locked_file_is_refused_with_a_sentence():
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O("
        + b"o" * 32
        + b")/U("
        + b"u" * 32
        + b")>>endobj\ntrailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(b)]>>\n%%EOF"
    )

    with pytest.raises(Unreadable, match="密码"):
        read(locked)


def test_a_file_without_pages_is_refused_with_a_sentence():
    empty = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )

    with pytest.raises(Unreadable, match="没有页面"):
        read(empty)


@settings(max_examples=12, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 0.99), st.integers(0, 60), st.binary(max_size=8)),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_file_is_read_or_refused_never_anything_else(changes):
    data = small_file()
    for place, length, put in changes:
        start = int(place * len(data))
        data = data[:start] + put + data[start + length :]

    with contextlib.suppress(GongkaiError):
        assert read(data).tables.keys() == {TABLE_2, TABLE_3, TABLE_4}


@cache
def small_file():
    return drawn(pieces_of(published("02_huaian_2024"), "as_printed"))


def test_blocks_come_in_the_order_of_reading():
    kinds = [type(block).__name__ for block in blocks(small_file())]

    assert kinds == [
        *["Paragraph"] * 4,
        "Grid",
        "Paragraph",
        "Grid",
        "Paragraph",
        "Grid",
        *["Paragraph"] * 4,
    ]
