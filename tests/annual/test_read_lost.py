"""Characters lost in a wrong decoding: put back where the form leaves no doubt, else left open."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings

from annual_strategies import make_report, reports
from gongkai.annual.forms import TABLE_3, TABLE_3_COLUMNS, Form, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.annual.read.lost import restore
from gongkai.annual.write import write


def swallow(problem):
    """As some decoders do: the ASCII character behind a broken byte is lost with it."""
    behind = problem.object[problem.start + 1 : problem.start + 2]
    return "\ufffd", problem.start + (2 if behind.isascii() and behind else 1)


codecs.register_error("test.swallow", swallow)


def spoilt(text, errors):
    """UTF-8 taken for GBK, and what that lost, saved as UTF-8."""
    return text.encode().decode("gbk", errors).encode()


def shaped(report, shape):
    """A report as plain text, its cells divided by tabs or bars, or a cell a line."""
    lines = []
    for line in write(report, "md").decode().split("\n"):
        if not line.startswith("|"):
            lines.append(line.lstrip("# "))
        elif not line.startswith("| ---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if shape == "cell a line":
                lines += filter(None, cells)
            else:
                lines.append("\t".join(cells) if shape == "tabs" else "|".join(cells))
    return "\n".join(lines)


def told(report, read):
    """The cells that were read as they were written; any other must say it is unknown."""
    known = 0
    for ref, cell in report.cells():
        if not isinstance(read.cell(ref), Undeterminable):
            assert (ref, read.cell(ref)) == (ref, cell)
            known += 1
    return known


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("三��收到和处理政府信息��申��情�\n", "三、收到和处理政府信息公开申请情况\n"),
        ("\ufffd、总体情况", "一、总体情况"),
        ("规\ufffd\t1\t0\t6", "规章\t1\t0\t6"),
        ("\ufffd年\ufffd/\ufffd?", "本年增/减"),
        ("（\ufffd）予以公开|12", "（一）予以公开|12"),
        ("属于国\ufffd密", "属于国家秘密"),
        ("2023年政府信息公开工作年度报\ufffd", "2023年政府信息公开工作年度报告"),
    ],
)
def test_words_of_the_form_are_restored(damaged, meant):
    assert restore(damaged).text == meant


@pytest.mark.parametrize(
    "damaged",
    ["行政\ufffd\t1", "其他\ufffd", "（\ufffd）项", "\ufffd", "12\ufffd", "某市\ufffd办公\ufffd"],
)
def test_what_could_have_been_several_things_stays_a_gap(damaged):
    assert restore(damaged) == (damaged, 0)


def test_a_gap_before_a_figure_stays_for_it_may_have_swallowed_a_digit():
    assert restore("予以公\ufffd2 0").text == "予以公开\ufffd2 0"


def test_whole_text_is_left_alone():
    assert restore("一、总体情况?") == ("一、总体情况?", 0)


@pytest.mark.parametrize("unit", ["\ufffd", "本\ufffd", "\ufffd年\t", "公开\ufffd申请\n"])
def test_text_of_nothing_but_gaps_does_not_hang(unit):
    assert restore(unit * 200_000) == (unit * 200_000, 0)


@pytest.mark.parametrize("shape", ["tabs", "bars", "cell a line"])
@pytest.mark.parametrize("errors", ["replace", "ignore"])
@pytest.mark.parametrize("form", Form)
def test_every_cell_of_a_misread_report_comes_back(shape, errors, form):
    report = make_report(form)

    read = read_bytes(spoilt(shaped(report, shape), errors))

    assert (read.form, read.year) == (form, report.year)
    assert [part.heading for part in read.parts] == [part.heading for part in report.parts]
    # Print has the unit of the purchases of 2019 in the cell; with it, the amount is lost.
    assert told(report, read) == sum(1 for _ in report.cells()) - (form is Form.Y2019)


@pytest.mark.parametrize("shape", ["tabs", "bars", "cell a line"])
@given(report=reports())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_cell_of_a_misread_report_is_wrong(shape, report):
    text = shaped(report, shape)
    cells = sum(1 for _ in report.cells())
    for errors in ("replace", "ignore", "test.swallow"):
        known = told(report, read_bytes(spoilt(text, errors)))
        if errors != "test.swallow" and shape != "cell a line":
            assert known >= 0.95 * cells


def test_a_figure_whose_border_was_swallowed_is_open_and_its_neighbours_are_read():
    report = make_report(Form.Y2021)
    row = "二、上年结转政府信息公开申请数量"
    text = shaped(report, "tabs").replace(f"{row}\t\t\t", f"{row}\t")

    read = read_bytes(spoilt(text, "test.swallow"))

    cells = [read.cell(Ref(TABLE_3, row, column)) for column in TABLE_3_COLUMNS]
    assert cells == [Undeterminable("原文为“\ufffd18”，不是数字"), 19, 20, 21, 22, 23, 24]
    assert told(report, read) > 0.8 * sum(1 for _ in report.cells())
