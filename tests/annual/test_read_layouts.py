"""One report in every layout: the same cells come back, or it is said why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import annual_layouts as layouts
from annual_strategies import make_report, reports
from gongkai.annual.forms import TABLE_2
from gongkai.annual.model import Cell, Report, Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.annual.write import write

A_FEW = settings(max_examples=8, deadline=None)


@st.composite
def with_blanks(draw: st.DrawFn) -> Report:
    """A sound report, some of its cells blank."""
    report = draw(reports())
    for ref in draw(st.lists(st.sampled_from([ref for ref, _ in report.cells()]), max_size=20)):
        report = report.with_cell(ref, None)
    return report


def told(report: Report) -> dict[tuple[str, ...], Cell]:
    return {tuple(ref): cell for ref, cell in report.cells()}


def wrong(read: Report, written: Report) -> dict[tuple[str, ...], tuple[Cell, Cell]]:
    """Cells that were read as something else than was written, neither unknown nor inferred."""
    inferred = {
        (remark.ref.table, remark.ref.row)
        for remark in read.remarks
        if remark.code == "inferred-figures" and remark.ref
    }
    meant = told(written)
    return {
        key: (cell, meant.get(key))
        for key, cell in told(read).items()
        if not isinstance(cell, Undeterminable)
        and cell != meant.get(key)
        and key[:2] not in inferred
    }


@pytest.mark.parametrize("layout", layouts.SHOWING_BLANKS)
@given(report=with_blanks())
@A_FEW
def test_every_cell_is_read_when_something_stands_between_cells(layout, report):
    read = read_bytes(layout(report).encode())

    assert told(read) == told(report)
    assert (read.form, read.year, read.organ) == (report.form, report.year, report.organ)
    assert set(read.origins) == {ref for ref, _ in read.cells()}


@pytest.mark.parametrize("layout", layouts.KEEPING_APART)
@given(report=reports())
@A_FEW
def test_every_cell_is_read_when_figures_stand_apart(layout, report):
    read = read_bytes(layout(report).encode())

    assert told(read) == told(report)


@pytest.mark.parametrize("layout", layouts.KEEPING_APART)
@given(report=with_blanks())
@A_FEW
def test_no_cell_is_wrong_when_blanks_leave_no_trace(layout, report):
    read = read_bytes(layout(report).encode())

    assert wrong(read, report) == {}


@given(report=reports())
@A_FEW
def test_no_cell_is_wrong_when_all_separators_are_lost(report):
    read = read_bytes(layouts.flat(report).encode())

    assert wrong(read, report) == {}
    assert read.form == report.form


@pytest.mark.parametrize("layout", [layouts.stacked, layouts.across, layouts.spaced])
@given(report=reports(), seed=st.integers(0, 99))
@A_FEW
def test_every_cell_is_read_in_traditional_script_with_glosses(layout, report, seed):
    text = layouts.traditional(layout(report), seed)

    assert told(read_bytes(text.encode())) == told(report)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8-sig", "utf-16", "utf-16-le"])
@given(report=reports())
@settings(max_examples=5, deadline=None)
def test_every_cell_is_read_in_any_encoding(encoding, report):
    data = layouts.across(report).encode(encoding)

    assert told(read_bytes(data)) == told(report)


@given(report=reports())
@settings(max_examples=5, deadline=None)
def test_every_cell_is_read_in_big5(report):
    data = layouts.traditional(layouts.across(report).replace("“", "「").replace("”", "」"), 1)
    bare = data.encode("big5hkscs", "ignore")

    assert wrong(read_bytes(bare), report) == {}


@pytest.mark.parametrize("misread_as", ["latin-1", "cp1252"])
@given(report=reports())
@settings(max_examples=5, deadline=None)
def test_every_cell_is_read_when_utf_8_was_taken_for_a_western_encoding(misread_as, report):
    raw = layouts.across(report).encode()
    spoilt = "".join(bytes([byte]).decode(misread_as, "ignore") or chr(byte) for byte in raw)

    assert told(read_bytes(spoilt.encode())) == told(report)


@pytest.mark.parametrize("layout", [*layouts.SHOWING_BLANKS, *layouts.KEEPING_APART, layouts.flat])
@given(report=reports())
@A_FEW
def test_no_cell_is_wrong_when_utf_8_was_taken_for_gbk(layout, report):
    read = read_bytes(layouts.misread(layout(report)).encode())

    assert wrong(read, report) == {}


@pytest.mark.parametrize("layout", [*layouts.SHOWING_BLANKS, *layouts.KEEPING_APART])
def test_prose_that_speaks_of_what_the_tables_count_is_no_part_of_them(layout):
    report = make_report()
    said = {
        2: "2023年，我局办理行政许可12件，作出行政处罚3件，现行有效规章5件。",
        3: "全年新收政府信息公开申请77件，上年结转6件，予以公开5件。",
        4: "全年发生行政复议71件，结果维持7件，未经复议直接起诉2件，尚未审结1件。",
    }
    text = layout(report)
    for part, heading in ((2, "三、收到和处理"), (3, "四、政府信息公开"), (4, "五、存在的主要")):
        text = text.replace(heading, f"\n{said[part]}\n{heading}")

    read = read_bytes(text.encode())

    assert told(read) == told(report)
    assert {n: read.part(n).paragraphs for n in said} == {n: (s,) for n, s in said.items()}


@given(report=reports())
@A_FEW
def test_markdown_that_we_write_is_read_back_whole(report):
    assert read_bytes(write(report, "md")) == report


@pytest.mark.parametrize("layout", layouts.SHOWING_BLANKS)
def test_a_table_left_empty_is_blank_and_not_unknown(layout):
    report = make_report()
    for ref, _ in list(report.cells()):
        if ref.table != TABLE_2:
            report = report.with_cell(ref, None)

    assert told(read_bytes(layout(report).encode())) == told(report)
