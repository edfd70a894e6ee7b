"""What is printed is what was written: DOCX and PDF read back."""

import io
import re
from datetime import date

import docx as word
import pdfplumber
import pytest

from chinese_fonts import needs_fonts
from gongkai.applications.letters import compose, docx, pdf, written
from gongkai.applications.letters.examples import EXAMPLE_DAY, example
from gongkai.applications.letters.texts import cells
from gongkai.law.letters import LETTERS, letter
from gongkai.paper.wordtable import NAMESPACE

IDS = [str(one) for one in LETTERS]
MADE = {one.number: compose(one, example(one), on=EXAMPLE_DAY) for one in LETTERS}


def lines_of(made) -> list[str]:
    """What must be read back, in order: prose as it is, tables cell by cell."""
    told: list[str] = []
    for line in made.paragraphs:
        squares = cells(line)
        if squares is None:
            told.append(line.removeprefix("# "))
        elif not re.fullmatch(r"[|\s-]+", line):
            told += squares
    return told


def bare(text: str) -> str:
    """Without blanks and line ends, which a page sets as it likes."""
    return re.sub(r"\s|\u200b", "", text)


@pytest.mark.parametrize("number", MADE)
def test_word_holds_the_paragraphs_of_the_text(number):
    made = MADE[number]
    document = word.Document(io.BytesIO(docx(made)))

    read: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, word.table.Table):
            for row in block.rows:
                seen: list[object] = []
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.append(cell._tc)
                        read.append(cell.text)
        elif block.text:
            read.append(block.text)
    expected = [made.number, made.title]
    expected += [f"{made.addressee}："] if made.addressee else []
    body = lines_of(made)
    if made.is_form:
        assert [line for line in read if line] == [made.title, *filter(None, body)]
        return
    signed = [made.signature, "2025年7月8日"]
    slip = body.index("第三方意见回函") if number == 6 else len(body)
    assert [line for line in read if line.strip()] == [
        line for line in (*expected, *body[:slip], *signed, *body[slip:]) if line.strip()
    ]


@needs_fonts
@pytest.mark.parametrize("number", MADE)
def test_the_pdf_holds_the_paragraphs_of_the_text(number):
    made = MADE[number]
    with pdfplumber.open(io.BytesIO(pdf(made))) as pages:
        text = bare("".join(_text_without_page_number(page) for page in pages.pages))
        squares = {
            bare(square or "")
            for page in pages.pages
            for table in page.extract_tables()
            for row in table
            for square in row
        }

    prose = [line.removeprefix("# ") for line in made.paragraphs if cells(line) is None]
    assert [line for line in (made.title, *prose) if bare(line) not in text] == []
    expected = {bare(one) for line in made.paragraphs for one in cells(line) or []}
    assert {one for one in expected if one.strip("-")} <= squares
    if not made.is_form:
        assert made.number in text
        assert f"{made.signature}2025年7月8日" in text


def _text_without_page_number(page) -> str:
    return re.sub(r"— ?\d+ ?—\s*$", "", page.extract_text() or "")


@needs_fonts
def test_a_letter_stands_under_the_red_name_of_its_organ():
    with pdfplumber.open(io.BytesIO(pdf(MADE[13]))) as pages:
        first, second = pages.pages[:2]
        name = [char for char in first.chars if char["text"] in "石州市自然资源和规划局"][:11]
        red = name[0]["non_stroking_color"]
        lines = [line for line in first.lines if line["stroking_color"] == red]
        heights = sorted(round(line["top"] / 72 * 25.4) for line in lines)

        assert red[0] > 0.8 > 0.1 > max(red[1:])
        assert {char["non_stroking_color"] for char in name} == {red}
        assert heights == [47, 48, 276, 277]
        assert {round((line["x1"] - line["x0"]) / 72 * 25.4) for line in lines} == {170}
        assert second.lines == []
        assert "— 2 —" in second.extract_text()
        assert "— 1 —" not in first.extract_text()


@needs_fonts
def test_a_form_has_no_red_head():
    with pdfplumber.open(io.BytesIO(pdf(MADE[38]))) as pages:
        assert {char["non_stroking_color"] for char in pages.pages[0].chars} == {(0.0,)}


@needs_fonts
@pytest.mark.parametrize("number", [13, 2])
def test_the_same_letter_gives_the_same_bytes(number):
    made = MADE[number]

    assert pdf(made) == pdf(made)
    assert docx(made) == docx(made)
    assert b"/MarkInfo" in pdf(made)
    assert b"pdfaid" in pdf(made)


def test_a_text_that_was_kept_is_printed_as_it_was_made():
    made = MADE[15]

    kept = written(
        15,
        organ=made.organ,
        number=made.number,
        title=made.title,
        addressee=made.addressee,
        body=made.text,
        signature=made.signature,
        dated_on=made.dated_on,
    )

    assert kept.paragraphs == made.paragraphs
    assert docx(kept) == docx(made)


@needs_fonts
def test_a_long_letter_keeps_its_signature_with_text():
    body = "\n".join(
        f"第{place}段，说明本件申请的办理情况和本机关查明的事实。" * 3 for place in range(30)
    )
    for extra in range(6):
        kept = written(
            4, organ="石州市人民政府", title="告知书", dated_on=date(2025, 7, 8), number="某号",
            addressee="某人", body=body + "\n末段。" * extra,
        )  # fmt: skip
        with pdfplumber.open(io.BytesIO(pdf(kept))) as pages:
            last = pages.pages[-1].extract_text()

        assert "2025年7月8日" in last
        assert len(last.splitlines()) >= 4  # text, name, date, page number


def test_what_no_paper_can_carry_is_left_out_of_a_text_pasted_in():
    kept = written(
        4, organ="某局", title="书", dated_on=EXAMPLE_DAY, body="甲\x0b乙\x00\ud800丙\n\n丁"
    )

    assert kept.paragraphs == ("甲", "乙丙", "丁")
    assert docx(kept).startswith(b"PK")


def test_word_has_the_red_name_above_the_first_page_alone():
    document = word.Document(io.BytesIO(docx(MADE[13])))
    section = document.sections[0]
    name = section.first_page_header.paragraphs[0]
    lines = [
        part.find(f".//{{{NAMESPACE}}}pBdr/{{{NAMESPACE}}}bottom").attrib
        for part in (name._p, section.first_page_footer.paragraphs[0]._p)
    ]

    assert section.different_first_page_header_footer
    assert name.text == "石州市自然资源和规划局"
    assert str(name.runs[0].font.color.rgb) == "D7000F"
    assert section.header.paragraphs[0].text == ""
    assert round(section.header_distance.mm) == 30
    assert round(section.footer_distance.mm) == 20
    assert [line[f"{{{NAMESPACE}}}val"] for line in lines] == [
        "thickThinSmallGap",
        "thinThickSmallGap",
    ]
    assert "—" not in section.first_page_footer.paragraphs[0].text


def test_the_forms_are_tables():
    for number in (1, 2, 3, 36, 38):
        document = word.Document(io.BytesIO(docx(MADE[number])))

        assert len(document.tables) >= 1, letter(number)
