"""清除：what tells who made a file goes, everything else stays."""

import io

import docx
import pikepdf
import pytest
from PIL import Image

from gongkai.errors import NotAllowed
from gongkai.files.cleaning import cleaned
from gongkai.files.hidden import What
from gongkai.files.kinds import Kind, recognise
from gongkai.files.readers import read
from made_files import (
    append_round,
    make_docx,
    make_jpeg,
    make_ofd,
    make_pdf,
    make_png,
    make_xlsx,
    part_of,
    with_parts,
)

CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
    '<property name="承办人"><x>孙科员</x></property></Properties>'
)


def sign_by_name(pdf):
    pdf.docinfo["/Author"] = "郑科员"
    pdf.docinfo["/Title"] = "Notice"
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")


def make_signed_xlsx():
    return make_xlsx(change=lambda book: setattr(book.properties, "creator", "周会计"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (with_parts(make_docx("正文", author="赵小军"), docProps__custom_xml=CUSTOM), Kind.DOCX),
        (make_signed_xlsx(), Kind.XLSX),
        (make_pdf("Notice", change=sign_by_name), Kind.PDF),
        (make_jpeg(place=(38, 114), artist="Li Hua"), Kind.JPEG),
        (make_jpeg() + b"hidden rest", Kind.JPEG),
        (make_png(Author="Li Hua") + b"hidden rest", Kind.PNG),
    ],
)
def test_a_cleaned_file_hides_nothing_reads_the_same_and_is_still_sound(data, kind):
    assert read(data, kind).hidden != []

    result = cleaned(data, kind)

    assert read(result, kind).hidden == []
    assert read(result, kind).text == read(data, kind).text
    assert recognise(result, f"文件.{kind}") == kind
    assert cleaned(result, kind) == result


def test_a_cleaned_document_opens_as_before():
    data = with_parts(make_docx("第一段", "第二段", author="赵小军"), docProps__custom_xml=CUSTOM)

    opened = docx.Document(io.BytesIO(cleaned(data, Kind.DOCX)))

    assert [paragraph.text for paragraph in opened.paragraphs] == ["第一段", "第二段"]
    assert opened.core_properties.author == ""


def test_a_cleaned_pdf_keeps_its_title_and_loses_what_it_said_before():
    def title(pdf):
        pdf.docinfo["/Title"] = "Notice"

    data = make_pdf(
        "Secret price 800000",
        change=title,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    again = append_round(data, b"Secret price 800000", b"No price is given..")
    assert b"Secret" in again

    result = cleaned(again, Kind.PDF)

    assert b"Secret" not in result
    assert read(result, Kind.PDF).hidden == []
    with pikepdf.open(io.BytesIO(result)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Notice"


def test_a_cleaned_picture_is_the_same_picture_the_same_way_up():
    data = make_jpeg(place=(38, 114), orientation=6)

    result = cleaned(data, Kind.JPEG)

    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(result)) as after:
        assert after.tobytes() == before.tobytes()
        assert after.getexif()[0x0112] == 6
        assert dict(after.getexif().get_ifd(0x8825)) == {}


def test_comments_and_changes_are_left_to_a_person():
    def change(document):
        document.add_comment(document.paragraphs[0].runs, "请再核", author="李秘书")

    result = cleaned(make_docx("正文", author="赵小军", change=change), Kind.DOCX)

    assert [one.kind for one in read(result, Kind.DOCX).hidden] == [What.COMMENT]


def test_a_signed_file_is_not_touched():
    signed = with_parts(make_docx("正文"), _xmlsignatures__sig1_xml="<Signature/>")

    with pytest.raises(NotAllowed, match="改动会使签章失效"):
        cleaned(signed, Kind.DOCX)


def test_a_kind_that_cannot_be_cleaned_says_so():
    with pytest.raises(NotAllowed, match="OFD 文件不能自动清除"):
        cleaned(make_ofd("公文"), Kind.OFD)


def test_no_part_of_a_document_is_lost_but_those_that_name_people():
    data = with_parts(make_docx("正文"), docProps__custom_xml=CUSTOM)

    assert part_of(cleaned(data, Kind.DOCX), "word/styles.xml") == part_of(data, "word/styles.xml")
