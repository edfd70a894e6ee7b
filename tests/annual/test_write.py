from pathlib import PurePath

import pytest

from annual_strategies import make_report
from chinese_fonts import PDF
from gongkai.annual import exchange
from gongkai.annual.write import write
from gongkai.errors import BadInput


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", PDF, "json", "md"])
def test_the_same_report_gives_the_same_bytes(suffix):
    assert write(make_report(), suffix) == write(make_report(), suffix)


@pytest.mark.parametrize("to", ["年报.JSON", ".json", "json", PurePath("out") / "年报.2024.json"])
def test_the_format_is_what_the_name_ends_in(to):
    assert exchange.loads(write(make_report(), to).decode()) == make_report()


@pytest.mark.parametrize(
    ("to", "named"), [("年报.doc", "年报.doc"), ("年报", "年报"), ("out/", "out"), ("", "")]
)
def test_an_unknown_format_is_refused(to, named):
    with pytest.raises(BadInput) as caught:
        write(make_report(), to)

    known = ".html、.docx、.xlsx、.pdf、.json、.md"
    assert str(caught.value) == f"不会写“{named}”这种格式，文件名应以{known}之一结尾"
