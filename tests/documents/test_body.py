import io
from html import escape

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.documents.body.clean import from_text, read_html, settle, text_of
from gongkai.documents.body.difference import difference
from gongkai.documents.body.outline import articles, headings, why_not_ordered
from gongkai.documents.body.word import read_word
from gongkai.errors import BadInput, Unreadable

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
RULE = "\n".join(
    [
        "第一章　总则",
        "第一条　为了规范信息公开，制定本办法。",
        "第二条　本办法适用于本市。",
        "　　前款所称本市，包括各县。",
        "第二章　公开",
        "第一节　主动公开",
        "第三条　下列信息应当公开：",
        "（一）规章；",
        "（二）机关职能。",
        "第四条之一　附带规定。",
    ]
)


def make_docx(build):
    """A DOCX that ``build`` has put something into."""
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given_", "settled"),
    [
        ("<p>一句话。</p>", "<p>一句话。</p>"),
        ("<p>　　缩进的一句话。</p><p>&nbsp;</p>", "<p>缩进的一句话。</p>"),
        ("<p><b>一、总体要求</b></p>", '<h2 id="s1">一、总体要求</h2>'),
        ("<p>（一）指导思想</p>", '<h3 id="s1">（一）指导思想</h3>'),
        ("<p>（一）指导思想。坚持依法公开。</p>", "<p>（一）指导思想。坚持依法公开。</p>"),
        ("<p>第一章　总则</p>", '<h2 id="s1" align="center">第一章　总则</h2>'),
        ("<p>第十二条　目录应当更新。</p>", '<p id="a12">第十二条　目录应当更新。</p>'),
        ("<p>第十二条规定的目录应当更新。</p>", "<p>第十二条规定的目录应当更新。</p>"),
        ("<h1>题目</h1>", '<h2 id="s1">题目</h2>'),
        ("<p>各县人民政府：</p><p>甲。</p>", '<p align="left">各县人民政府：</p><p>甲。</p>'),
        ('<p style="color:red" onclick="x()">甲</p>', "<p>甲</p>"),
        ("<script>alert(1)</script><style>p{}</style><p>甲</p>", "<p>甲</p>"),
        ('<p><a href="javascript:x()">甲</a></p>', '<p><a rel="noopener noreferrer">甲</a></p>'),
        ('<p>甲<img src="https://elsewhere.example/x.png">乙</p>', "<p>甲乙</p>"),
        (
            '<p><img src="/documents/7/files/9/" alt="图1"></p>',
            '<p><img src="/documents/7/files/9/" alt="图1"></p>',
        ),
        ("<iframe src=x></iframe><form><input></form><p>甲</p>", "<p>甲</p>"),
    ],
)
def test_a_body_is_clean_and_says_what_each_line_is(given_, settled):
    assert settle(given_) == settled


@pytest.mark.parametrize("cell", ["一、甲", "第一条　乙"])
def test_lines_in_tables_stay_as_they_are(cell):
    assert settle(f"<table><tr><td colspan=2>{cell}</td></tr></table>") == (
        f'<table><tbody><tr><td colspan="2">{cell}</td></tr></tbody></table>'
    )


LINES = st.lists(
    st.sampled_from(
        [
            "一、甲",
            "（二）乙",
            "第三条　丙。",
            "第一章　丁",
            "各局：",
            "1 < 2 & 3",
            "　戊。",
            "",
            "<p>己",
        ]
    )
    | st.text(alphabet="一二第条章（）、甲乙<&>。 　", max_size=12),
    max_size=8,
)


@given(LINES)
def test_plain_text_is_settled_as_its_lines_would_be(lines):
    as_html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)

    assert from_text("\n".join(lines)) == settle(as_html)


@given(LINES)
def test_settling_twice_is_settling_once(lines):
    once = from_text("\n".join(lines))

    assert settle(once) == once


def test_text_is_read_line_by_line_and_tables_row_by_row():
    html = "<p>甲&amp;乙</p><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"

    assert text_of(html) == "甲&乙\n1\t2\n3"


def test_a_body_longer_than_any_document_is_refused():
    with pytest.raises(BadInput, match="500万"):
        settle("甲" * 5_000_001)


# ── Word ────────────────────────────────────────────────────────────────────────────────────


def test_a_word_document_keeps_headings_tables_and_the_side_of_a_line():
    def build(document):
        document.add_heading("一、总体要求", 1)
        document.add_paragraph("居中").alignment = 1
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
        table.cell(1, 0).text = "甲"

    reading = read_word(make_docx(build))

    assert reading.html == (
        '<h2 id="s1">一、总体要求</h2><p align="center">居中</p>'
        '<table><tbody><tr><td colspan="2"><p>合并</p></td></tr>'
        "<tr><td><p>甲</p></td><td></td></tr></tbody></table>"
    )


def test_numbers_word_computes_are_written_out():
    def build(document):
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
                '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
                '<w:lvlText w:val="%1、"/></w:lvl>'
                '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
                '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
        )
        for depth, text in ((0, "总体要求"), (1, "目标"), (1, "原则"), (0, "任务"), (1, "分工")):
            place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="90"/>'
            numbered = parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>")
            document.add_paragraph(text)._p.get_or_add_pPr().append(numbered)

    reading = read_word(make_docx(build))

    assert text_of(reading.html).split("\n") == [
        "一、总体要求",
        "（一）目标",
        "（二）原则",
        "二、任务",
        "（一）分工",
    ]
    assert [heading.level for heading in headings(reading.html)] == [2, 3, 3, 2, 3]


def test_pictures_come_beside_the_text_with_a_mark_in_it():
    reading = read_word(make_docx(lambda d: d.add_picture(io.BytesIO(PNG))))

    assert [picture.data for picture in reading.pictures] == [PNG]
    assert reading.pictures[0].mark in reading.html


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 no", "PDF"),
        (b"PK\x03\x04 broken", "残缺"),
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "旧版"),
    ],
)
def test_what_is_no_word_document_is_refused_in_words(data, said):
    with pytest.raises(Unreadable, match=said):
        read_word(data)


def test_an_html_file_in_gbk_is_read():
    page = "<html><head><title>x</title></head><body><p>石州市人民政府公告内容。</p></body></html>"

    assert read_html(page.encode("gb18030")) == "<p>石州市人民政府公告内容。</p>"


# ── 条文结构、比对 ──────────────────────────────────────────────────────────────────────────


def test_articles_are_read_with_their_parts_paragraphs_and_items():
    found = articles(from_text(RULE))

    assert [(a.number, a.insert, a.parts) for a in found] == [
        (1, 0, ("第一章　总则",)),
        (2, 0, ("第一章　总则",)),
        (3, 0, ("第二章　公开", "第一节　主动公开")),
        (4, 1, ("第二章　公开", "第一节　主动公开")),
    ]
    assert found[1].paragraphs == ["本办法适用于本市。", "前款所称本市，包括各县。"]
    assert found[2].items == {1: ["规章；", "机关职能。"]}


def test_a_gap_in_the_numbering_of_articles_is_told():
    text = "第一条　甲。\n第三条　乙。"

    assert why_not_ordered(articles(from_text(text))) == ["第1条之后是第3条，条号不连续"]


def test_a_difference_is_told_word_by_word():
    changes = difference("<p>责任单位为市政府办公室。</p>", "<p>责任单位为市财政局。</p>")

    assert [(p.kind, p.text) for p in changes[0].pieces] == [
        ("same", "责任单位为市"),
        ("gone", "政府办公室"),
        ("new", "财政局"),
        ("same", "。"),
    ]


@given(LINES, LINES)
def test_a_difference_holds_both_texts(old, new):
    before, after = from_text("\n".join(old)), from_text("\n".join(new))
    assume(text_of(before) != text_of(after))

    changes = difference(before, after, around=100)

    def told(*kinds):
        return "".join(p.text for c in changes for p in c.pieces if p.kind in kinds)

    assert told("same", "gone") == text_of(before).replace("\n", "")
    assert told("same", "new") == text_of(after).replace("\n", "")
