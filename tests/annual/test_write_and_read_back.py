"""往返：what is written in any format is read back as the same report.

A printed page does not say why a figure is undeterminable; only the exchange format does. So
the reasons are left out of the comparison, and nothing else.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annual_strategies import make_report, reports
from chinese_fonts import PDF
from gongkai.annual import exchange
from gongkai.annual.forms import Form
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.annual.write import write

FIGURES = Path(__file__).parents[1] / "data" / "figures"
ALL = ["html", "docx", "xlsx", PDF, "json", "md"]
NO_REASON = Undeterminable("")


def without_reasons(report):
    for ref, cell in list(report.cells()):
        if isinstance(cell, Undeterminable):
            report = report.with_cell(ref, NO_REASON)
    return report


def read_back(report, suffix):
    return without_reasons(read_bytes(write(report, suffix), f"年报.{suffix}"))


def unhurried(examples):
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


@pytest.mark.parametrize("suffix", ["html", "md", "json"])
@given(report=reports(sound=False))
@unhurried(30)
def test_any_report_comes_back(suffix, report):
    assert read_back(report, suffix) == without_reasons(report)


@pytest.mark.parametrize("suffix", ["docx", "xlsx", PDF])
@given(report=reports(sound=False))
@unhurried(8)
def test_any_report_comes_back_from_the_slower_formats(suffix, report):
    assert read_back(report, suffix) == without_reasons(report)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("suffix", ALL)
def test_each_figure_and_each_fact_of_the_header_come_back_in_their_places(suffix, form):
    report = make_report(form)

    back = read_bytes(write(report, suffix))

    assert (back.form, back.year, back.organ) == (report.form, report.year, report.organ)
    assert back.tables == report.tables
    assert back.header == report.header


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize(
    "name", ["02_huaian_2024", "03_hongze_2023", "09_shuyang_drc_2023", "13_shanghai_go_2019"]
)
def test_published_figures_come_back_cell_by_cell(name, suffix):
    published = exchange.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))

    back = read_back(published, suffix)

    assert back.tables == published.tables
