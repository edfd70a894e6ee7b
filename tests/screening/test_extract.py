"""取文：what is read from files, where it stands, and what is refused."""

import contextlib
import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.errors import Unreadable
from gongkai.screening import Severity, extract, screen_file

NUMBER = "11010519491231002X"
REPORTS = Path(__file__).parents[1] / "data" / "reports"


def places(path):
    screened = screen_file(path)
    return [(one.rule, screened.place(one)) for one in screened.findings]


def make_word(path):
    document = docx.Document()
    document.add_paragraph("公示")
    document.add_paragraph(f"张某，身份证号{NUMBER}")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "卡号"
    table.cell(1, 0).text, table.cell(1, 1).text = "李某", "6222020200112230004"
    document.sections[0].header.paragraphs[0].text = "机密★1年"
    document.save(path)
    return path


def make_workbook(path):
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.active.append(["序号", "身份证号"])
    book.active.append([1, NUMBER])
    hidden = book.create_sheet("底稿")
    hidden.append([110105194912310029])
    hidden.append(["440524198001010013"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_text_is_placed_by_line(tmp_path):
    path = tmp_path / "公示.txt"
    path.write_text(f"公示\n\n{NUMBER}\n", encoding="gb18030")

    assert places(path) == [("P-01", "第3行")]


def test_a_word_file_is_read_with_its_tables_and_header(tmp_path):
    path = make_word(tmp_path / "公示.docx")

    assert places(path) == [("P-01", "第2段"), ("P-04", "表1第2行"), ("S-01", "页眉")]


def test_a_workbook_is_read_with_its_hidden_sheets(tmp_path):
    path = make_workbook(tmp_path / "名单.xlsx")

    assert places(path) == [("P-01", "工作表“名单”B2"), ("P-01", "工作表“底稿”（隐藏）A2")]


def test_a_page_is_read_as_its_reader_sees_it(tmp_path):
    path = tmp_path / "公示.html"
    path.write_text(
        "<html><head><meta charset='gb2312'><meta name='Description' content='说明'>"
        f"<script>var a='{NUMBER}'</script></head><body><p>张某<span>110105</span>"
        "<b>19491231</b>002X</p><table><tr><td>甲</td><td>乙</td></tr></table><!-- 批注 -->"
        "</body></html>",
        encoding="gb18030",
    )

    text = extract(path).text

    assert text == f"说明\n张某{NUMBER}\n甲\t乙"


def test_a_pdf_is_placed_by_page():
    screened = screen_file(REPORTS / "03_hongze_2023.pdf")

    assert [screened.place(one) for one in screened.findings] == ["第1页", "第3页"]


@pytest.mark.parametrize(
    ("name", "damage", "sentence"),
    [
        ("截断.pdf", lambda data: data[:2000], "残缺"),
        ("空.pdf", lambda data: b"", "空文件"),
        ("图.txt", lambda data: b"\x89PNG\r\n\x1a\n" + bytes(20), "图片"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path, name, damage, sentence):
    path = tmp_path / name
    path.write_bytes(damage((REPORTS / "03_hongze_2023.pdf").read_bytes()))

    with pytest.raises(Unreadable, match=sentence):
        extract(path)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_an_archive_of_something_else_is_refused(tmp_path, suffix):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("别的.xml", "<a/>")
    path = tmp_path / f"假{suffix}"
    path.write_bytes(held.getvalue())

    with pytest.raises(Unreadable, match="不是"):
        extract(path)


@pytest.mark.parametrize("make", [make_word, make_workbook])
def test_office_files_with_any_part_broken_are_refused_or_read(tmp_path, make):
    whole = make(tmp_path / ("a.docx" if make is make_word else "a.xlsx"))
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    for broken in parts:
        with zipfile.ZipFile(whole, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content[: len(content) // 2] if name == broken else content)
        try:
            text = extract(whole).text
        except Unreadable as refused:
            text = str(refused)
        assert re.search("[\u4e00-\u9fff]", text)


def test_as_dict_counts_and_places(tmp_path):
    path = tmp_path / "公示.txt"
    path.write_text(f"身份证号：{NUMBER}，予已公开", encoding="utf-8")

    told = screen_file(path).as_dict()

    assert told["counts"] == {"error": 1, "warning": 1, "note": 0}
    assert [one["place"] for one in told["findings"]] == ["第1行", "第1行"]
    assert screen_file(path).count(Severity.ERROR) == 1


@pytest.mark.parametrize(
    "name", ["a.docx", "a.xlsx", "03_hongze_2023.pdf", "09_shuyang_drc_2023.html"]
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(random=st.randoms(use_true_random=False))
def test_any_damage_is_read_over_or_refused_in_a_sentence(tmp_path, name, random):
    whole = tmp_path / name
    if name == "a.docx":
        make_word(whole)
    elif name == "a.xlsx":
        make_workbook(whole)
    else:
        whole.write_bytes((REPORTS / name).read_bytes())
    data = bytearray(whole.read_bytes())
    for _ in range(random.randint(1, 20)):
        data[random.randrange(len(data))] = random.randrange(256)
    whole.write_bytes(data[: random.randint(1, len(data))] if random.random() < 0.3 else data)

    with contextlib.suppress(Unreadable):
        assert isinstance(screen_file(whole).findings, list)
