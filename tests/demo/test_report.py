"""The real report of 2022, made again from the records of the whole year, and read back."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from chinese_fonts import needs_fonts
from gongkai.annual.exchange import load
from gongkai.annual.forms import TABLE_3, Ref
from gongkai.demo import filling
from gongkai.documents.figures import website_items
from gongkai.organs.models import Organ

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))
import reproduction

#: As the real one says.
SAID = {
    "公开各类政策文件": 166,
    "公开建议、提案复文": 92,
    "通过市政府网站公开信息": 13_679,
    "编发微博微信稿件": 3_295,
    "编发政府公报": 12,
    "公报刊登政策文件": 50,
    "送图书馆、档案馆、政务服务中心": 157,
    "办理依申请公开": 343,
    "引发行政复议": 12,
    "行政诉讼": 9,
    "现行有效规章": 59,
    "废止行政规范性文件": 2,
    "失效行政规范性文件": 40,
    "公开平台各版块发布信息": 1_793,
}


@pytest.fixture(scope="module")
def _year(django_db_setup, django_db_blocker):
    """The whole year, filled once; as a clerk sees it in November 2026."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 2, tzinfo=UTC))
        list(filling.fill(full=True))
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_year")]


def test_the_full_year_has_every_item_of_the_report():
    organs = Organ.objects.values_list("pk", flat=True)

    assert website_items(list(organs), 2022).count() == 13_679


def test_every_cell_is_that_of_the_real_report():
    report, seed = load(reproduction.ours().frozen), reproduction.real()
    blank = [ref for ref, cell in seed.cells() if cell is None]

    assert len(list(report.cells())) == 200
    assert reproduction.differences(report, seed) == []
    assert blank == [Ref(TABLE_3, "三、（六）3.其他", "其他")]
    assert report.cell(blank[0]) == 0


def test_the_prose_tells_the_figures_of_the_real_report():
    report, seed = load(reproduction.ours().frozen), reproduction.real()

    assert {one.label: one.in_(seed) for one in reproduction.FIGURES} == SAID
    assert {one.label: one.in_(report) for one in reproduction.FIGURES} == SAID


@needs_fonts
def test_what_the_public_is_handed_reads_back_the_same_and_the_page_of_it_is_not_stale():
    filing = reproduction.ours()
    report, back = load(filing.frozen), reproduction.read_back(filing)

    assert list(back) == ["网页", "HTML", "DOCX", "PDF", "XLSX", "JSON"]
    for name, read in back.items():
        assert dict(read.cells()) == dict(report.cells()), name
        assert (read.organ, read.year) == (report.organ, report.year), name
        assert {one.label: one.in_(read) for one in reproduction.FIGURES} == SAID, name
    assert reproduction.PAGE.read_text("utf-8") == reproduction.page(filing, back)
