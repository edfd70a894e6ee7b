"""下载版式里的图片：the picture itself, with its description, in DOCX and PDF."""

import io
from types import SimpleNamespace

import docx
import pikepdf
import pytest
from PIL import Image

from gongkai.documents.actions import attaching, drafting
from gongkai.documents.letters.blocks import Cell, Heading, Paragraph, Picture, Table, blocks
from gongkai.documents.letters.document import to_docx, to_pdf
from gongkai.documents.letters.pictures import pictures_of, printed_of
from gongkai.documents.models import DocumentFile
from gongkai.documents.showing import show
from library import make_draft, make_office


def drawn(width, height, form="PNG", mode="RGB", **options):
    out = io.BytesIO()
    colour = {"RGB": (11, 74, 143), "CMYK": (200, 100, 0, 20), "RGBA": (11, 74, 143, 128)}
    Image.new(mode, (width, height), colour.get(mode, 1)).save(out, form, **options)
    return out.getvalue()


def illustrated(*, broken=False):
    """A draft with a picture between two sentences, and one that is not its own."""
    office = make_office()
    draft = make_draft(office)
    kept = attaching.attach(
        draft, drawn(400, 100), "流程图.png", by=office.draft, role=DocumentFile.Role.PICTURE
    )
    html = (
        f'<p>流程如下：<img src="{kept.get_absolute_url()}" alt="三步办结">请照此办理。</p>'
        '<p><img src="/documents/999999/files/1/" alt="别人的图"></p>'
    )
    drafting.set_body(draft, html, by=office.draft)
    return SimpleNamespace(shown=show(draft.pk, to=office.draft), address=kept.get_absolute_url())


def test_a_picture_cuts_the_paragraph_it_stands_in():
    html = '<h2>一、流程</h2><p>如下<img src="/a" alt="甲"><b>续</b><img src="/b" alt="乙"></p>'

    found = list(blocks(html, {"/a"}))

    assert found == [
        Heading(1, "一、流程"),
        Paragraph("如下"),
        Picture("/a", "甲"),
        Paragraph("续（乙，见网页）"),
    ]


def test_a_list_item_keeps_its_number_where_a_picture_follows():
    found = list(blocks('<ol><li>登记<img src="/a" alt="甲">续</li></ol>', {"/a"}))

    assert found == [Paragraph("1. 登记"), Picture("/a", "甲"), Paragraph("续")]


@pytest.mark.django_db
def test_the_word_document_shows_the_picture_with_its_description():
    made = illustrated()

    paper = docx.Document(io.BytesIO(to_docx(made.shown)))

    (shape,) = paper.inline_shapes
    assert shape._inline.docPr.get("descr") == "三步办结"
    assert (round(shape.width.pt), round(shape.height.pt)) == (300, 75)
    assert "（别人的图，见网页）" in [one.text for one in paper.paragraphs]


@pytest.mark.django_db
def test_the_pdf_shows_the_picture_and_still_conforms():
    made = illustrated()

    with pikepdf.open(io.BytesIO(to_pdf(made.shown))) as pdf:
        images = [one for one in pdf.objects if _is(one, "/Subtype", "/Image")]
        meta = pdf.open_metadata()
        told = {str(one.Alt) for one in pdf.objects if _is(one, "/S", "/Figure")}

        assert [(int(one.Width), int(one.Height)) for one in images] == [(400, 100)]
        assert told == {"三步办结"}
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["pdfuaid:part"] == "1"


def _is(one, key, value):
    return isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and one.get(key) == value


def tabled():
    """A draft with two pictures in cells of a table, one of them wider than its cell."""
    office = make_office()
    draft = make_draft(office)
    wide, narrow = (
        attaching.attach(
            draft, drawn(width, 50), f"{width}.png", by=office.draft,
            role=DocumentFile.Role.PICTURE,
        ).get_absolute_url()
        for width in (1200, 40)
    )  # fmt: skip
    html = (
        "<table><tr><th>步骤</th><th>图示</th></tr>"
        f'<tr><td>登记</td><td>先<img src="{wide}" alt="登记窗口">后</td></tr>'
        f'<tr><td colspan="2"><img src="{narrow}" alt="印章"></td></tr></table>'
    )
    drafting.set_body(draft, html, by=office.draft)
    return show(draft.pk, to=office.draft)


def test_a_cell_keeps_words_and_pictures_in_order():
    cell = '<td>先<img src="/a" alt="甲">后<img src="/b" alt="乙"></td>'

    (table,) = blocks(f"<table><tr>{cell}<td></td></tr></table>", {"/a"})

    told = ("先", Picture("/a", "甲"), "后（乙，见网页）")
    assert table == Table([[Cell(told, 1, 1, False), Cell((), 1, 1, False)]], 0, 2)


@pytest.mark.django_db
def test_the_word_document_shows_the_pictures_of_a_table_in_their_cells():
    paper = docx.Document(io.BytesIO(to_docx(tabled())))

    cells = [paper.tables[0].cell(row, 1) for row in (1, 2)]
    shapes = paper.inline_shapes
    keys = [one._inline.docPr.get("id") for one in shapes]
    column = 156 / 25.4 * 72 / 2
    assert [one.text for one in cells] == ["先\n\n后", ""]
    assert [len(one._tc.xpath(".//pic:pic")) for one in cells] == [1, 1]
    assert [one._inline.docPr.get("descr") for one in shapes] == ["登记窗口", "印章"]
    assert [round(one.width.pt) for one in shapes] == [round(column - 10), 30]
    assert len(set(keys)) == 2


@pytest.mark.django_db
def test_the_pdf_shows_the_pictures_of_a_table_and_still_conforms():
    with pikepdf.open(io.BytesIO(to_pdf(tabled()))) as pdf:
        images = [one for one in pdf.objects if _is(one, "/Subtype", "/Image")]
        told = {str(one.Alt) for one in pdf.objects if _is(one, "/S", "/Figure")}
        meta = pdf.open_metadata()

        assert sorted(int(one.Width) for one in images) == [40, 1200]
        assert told == {"登记窗口", "印章"}
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("2", "1")


@pytest.mark.django_db
def test_only_pictures_of_the_document_itself_are_taken():
    made = illustrated()

    assert list(pictures_of(made.shown.row["id"], made.shown.html)) == [made.address]
    assert list(pictures_of(made.shown.row["id"] + 1, made.shown.html)) == []


def test_a_plain_picture_is_taken_as_it_is():
    data = drawn(96, 48)

    printed = printed_of(data)

    assert printed.data is data
    assert (printed.suffix, printed.width, printed.height) == (".png", 72, 36)


@pytest.mark.parametrize(
    ("data", "suffix", "mode"),
    [
        (drawn(10, 10, "JPEG", "CMYK"), ".jpg", "RGB"),
        (drawn(10, 10, "GIF", "P"), ".png", "RGBA"),
        (drawn(10, 10, "BMP"), ".png", "RGBA"),
    ],
    ids=["CMYK", "GIF", "BMP"],
)
def test_what_paper_cannot_carry_is_drawn_anew(data, suffix, mode):
    printed = printed_of(data)

    with Image.open(io.BytesIO(printed.data)) as image:
        assert (printed.suffix, image.mode, image.size) == (suffix, mode, (10, 10))


def test_a_photograph_is_turned_upright_and_no_larger_than_it_is_printed():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side

    printed = printed_of(drawn(4000, 2000, "JPEG", exif=exif))

    with Image.open(io.BytesIO(printed.data)) as image:
        assert image.size == (1063, 2126)
        assert printed.height == pytest.approx(0.8 * 225 / 25.4 * 72)


def test_a_broken_picture_is_none():
    assert printed_of(drawn(50, 50)[:60]) is None
    assert printed_of(b"") is None
