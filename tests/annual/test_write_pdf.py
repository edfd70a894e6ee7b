import io
import re

import pdfplumber
import pytest

from annual_strategies import make_report
from chinese_fonts import needs_fonts
from gongkai.annual.forms import Form
from gongkai.annual.model import Part, Report
from gongkai.annual.write import write
from gongkai.annual.write.grids import grids
from gongkai.errors import NotInstalled

pytestmark = needs_fonts


def squeezed(text):
    return re.sub(r"\s", "", text or "")


@pytest.mark.parametrize("form", Form)
def test_every_box_of_every_table_is_on_the_page(form):
    report = make_report(form)

    with pdfplumber.open(io.BytesIO(write(report, "pdf"))) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]

    found = [[squeezed(text) for row in table for text in row if text] for table in tables]
    expected = [
        [squeezed(box.text) for row in grid.rows for box in row if box.text]
        for grid in grids(report)
    ]
    assert found == expected


def test_the_file_claims_its_standards_and_carries_its_title():
    written = write(make_report(), "pdf")

    with pdfplumber.open(io.BytesIO(written)) as pdf:
        metadata = pdf.metadata
    assert metadata["Title"] == "石家庄市人民政府办公室2024年政府信息公开工作年度报告"
    assert metadata["CreationDate"].startswith("D:20250117")
    claims = re.findall(rb"<(pdfaid:part|pdfaid:conformance|pdfuaid:part)>(\w)<", written)
    assert claims == [
        (b"pdfaid:part", b"2"),
        (b"pdfaid:conformance", b"A"),
        (b"pdfuaid:part", b"1"),
    ]
    assert b"/Lang(zh-CN)" in written


def test_prose_is_set_as_it_stands_and_never_run_as_code():
    code = '#panic("no") $x$ *粗* _斜_ <标> @引 \\ // 注释 #sys.inputs'
    report = Report(None, 2024, "某局", {}, (Part(1, "#总体 = 情况", (code,)),))

    with pdfplumber.open(io.BytesIO(write(report, "pdf"))) as pdf:
        text = squeezed("".join(page.extract_text() for page in pdf.pages))

    assert squeezed(code) in text
    assert "一、#总体=情况" in text


def test_a_character_no_font_has_is_named():
    report = Report(None, 2024, "某局", {}, (Part(1, "总体情况", ("甲\ue123乙",)),))

    with pytest.raises(NotInstalled) as caught:
        write(report, "pdf")

    assert "U+E123" in str(caught.value)
