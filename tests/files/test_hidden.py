"""隐藏信息：each thing a reader does not see is found, and a plain file has none."""

import io

import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What
from gongkai.files.kinds import Kind
from gongkai.files.readers import read
from made_files import (
    add_vanished,
    add_white,
    append_round,
    insert_addition,
    insert_deletion,
    make_docx,
    make_jpeg,
    make_ofd,
    make_pdf,
    make_png,
    make_xlsx,
    make_zip,
    paint,
    part_of,
    with_parts,
)


def seen(data, kind):
    return [(one.kind, one.where, one.what) for one in read(data, kind).hidden]


def relate(data, part, kind, target, external=True):
    """The package with one more relationship."""
    rels = part_of(data, part)
    mode = ' TargetMode="External"' if external else ""
    more = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    key = part.replace("/", "__").replace("_xml", ".xml")
    return with_parts(data, **{key: rels.replace("</Relationships>", more)})


# ── 没有隐藏信息 ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        (
            make_docx("关于印发通知的通知", "一、总体要求"),
            Kind.DOCX,
            "关于印发通知的通知\n一、总体要求",
        ),
        (make_xlsx(), Kind.XLSX, "公开\n单位\t件数\n市财政局\t12"),
        (make_pdf("Notice", "Article 1"), Kind.PDF, "Notice\nArticle 1"),
        (make_pdf("Notice", linearize=True), Kind.PDF, "Notice"),
        (
            make_ofd("关于印发通知的通知", "一、总体要求"),
            Kind.OFD,
            "关于印发通知的通知\n一、总体要求",
        ),
        (make_jpeg(), Kind.JPEG, ""),
        (make_png(), Kind.PNG, ""),
        ("单位,件数".encode(), Kind.TEXT, "单位,件数"),
    ],
)
def test_a_plain_file_is_read_and_hides_nothing(data, kind, text):
    reading = read(data, kind)

    assert (reading.text, reading.hidden, reading.signed) == (text, [], False)


# ── Word ────────────────────────────────────────────────────────────────────────────────────


def test_tracked_changes_are_found_with_who_and_what():
    def change(document):
        insert_deletion(document, "内部掌握")
        insert_addition(document, "公开发布")

    reading = read(make_docx("本办法", change=change), Kind.DOCX)

    assert reading.text == "本办法公开发布"
    assert reading.hidden == [
        Hidden(What.TRACKED, "正文", "王科长删除 1 处：内部掌握"),
        Hidden(What.TRACKED, "正文", "王科长增加 1 处：公开发布"),
    ]


def test_comments_of_a_document_are_found():
    def change(document):
        document.add_comment(document.paragraphs[0].runs, "请张局再核一下", author="李秘书")

    assert seen(make_docx("本办法", change=change), Kind.DOCX) == [
        (What.COMMENT, "批注", "李秘书：请张局再核一下")
    ]


def test_vanished_and_white_words_are_found_and_are_no_text():
    def change(document):
        add_vanished(document, "底价八十万")

    reading = read(make_docx("采购公告", change=change), Kind.DOCX)

    assert reading.text == "采购公告"
    assert reading.hidden == [Hidden(What.HIDDEN_TEXT, "正文", "底价八十万")]
    white = make_docx("采购公告", change=lambda document: add_white(document, "底价八十万"))
    assert seen(white, Kind.DOCX) == [(What.HIDDEN_TEXT, "正文（白色文字）", "底价八十万")]
    shaded = make_docx("采购", change=lambda document: add_white(document, "公告", shaded=True))
    assert seen(shaded, Kind.DOCX) == []


def test_words_hidden_by_their_style_are_found():
    def change(document):
        style = document.styles.add_style("内部", 1)
        style.font.hidden = True
        document.add_paragraph("底价八十万", style="内部")

    assert seen(make_docx("采购公告", change=change), Kind.DOCX) == [
        (What.HIDDEN_TEXT, "正文", "底价八十万")
    ]


def test_words_in_header_and_table_and_footnote_are_text():
    def change(document):
        document.sections[0].header.paragraphs[0].text = "页眉里的话"
        document.add_table(1, 2).rows[0].cells[1].text = "格里的话"

    assert read(make_docx("正文", change=change), Kind.DOCX).text == "正文\n\n格里的话\n页眉里的话"


def test_who_made_a_document_is_found_but_does_not_block():
    document = make_docx("正文", author="赵小军")
    app = part_of(document, "docProps/app.xml").replace("<Company></Company>", "")
    app = app.replace(
        "</Properties>", "<Company>某某软件公司</Company><Manager>钱总</Manager></Properties>"
    )
    found = read(with_parts(document, docProps__app_xml=app), Kind.DOCX).hidden

    assert [(one.where, one.what) for one in found] == [
        ("作者", "赵小军"),
        ("单位", "某某软件公司"),
        ("主管", "钱总"),
    ]
    assert not any(one.blocks for one in found)


def test_custom_properties_are_found_but_not_those_that_name_the_tool():
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property name="KSOProductBuildVer"><vt:lpwstr>2052-11.1</vt:lpwstr></property>'
        '<property name="承办人"><vt:lpwstr>孙科员</vt:lpwstr></property></Properties>'
    )

    assert seen(with_parts(make_docx("正文"), docProps__custom_xml=custom), Kind.DOCX) == [
        (What.METADATA, "自定义属性“承办人”", "孙科员")
    ]


def test_a_template_from_elsewhere_and_a_linked_picture_are_found_but_no_hyperlink():
    data = make_docx("正文")
    for kind, target in [
        ("attachedTemplate", "file:///D:/内网/红头.dotx"),
        ("hyperlink", "https://www.gov.cn/"),
    ]:
        data_with = relate(data, "word/_rels/document.xml.rels", kind, target)
        found = seen(data_with, Kind.DOCX)
        assert found == (
            [(What.LINK, "word/document.xml", target)] if kind == "attachedTemplate" else []
        )


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word__vbaProject.bin", What.MACRO),
        ("word__embeddings__oleObject1.bin", What.EMBEDDED),
        ("word__activeX__activeX1.bin", What.EMBEDDED),
        ("docProps__thumbnail.jpeg", What.THUMBNAIL),
    ],
)
def test_parts_that_do_not_belong_in_a_document_are_found(part, kind):
    data = with_parts(make_docx("正文"), **{part: "x"})

    assert [one.kind for one in read(data, Kind.DOCX).hidden] == [kind]


# ── Excel ───────────────────────────────────────────────────────────────────────────────────


def test_hidden_sheets_rows_and_columns_are_found_and_the_sheets_are_no_text():
    def change(book):
        sheet = book.active
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        for name, state in [("底稿", "hidden"), ("身份证号", "veryHidden")]:
            other = book.create_sheet(name)
            other.append(["110101199003077758"])
            other.sheet_state = state

    reading = read(make_xlsx(change=change), Kind.XLSX)

    assert "110101199003077758" not in reading.text
    assert [(one.kind, one.where, one.what) for one in reading.hidden] == [
        (What.HIDDEN_ROWS, "工作表“公开”", "隐藏的列 B"),
        (What.HIDDEN_ROWS, "工作表“公开”", "隐藏的行 2，共 1 行"),
        (What.HIDDEN_SHEET, "工作表“底稿”", "隐藏"),
        (What.HIDDEN_SHEET, "工作表“身份证号”", "深度隐藏"),
    ]


def test_comments_and_hidden_names_of_a_workbook_are_found():
    def change(book):
        book.active["B2"].comment = Comment("这个数待核", "周会计")
        name = openpyxl.workbook.defined_name.DefinedName("底价", attr_text='"800000"', hidden=True)
        book.defined_names["底价"] = name

    assert seen(make_xlsx(change=change), Kind.XLSX) == [
        (What.COMMENT, "单元格 B2", "这个数待核"),
        (What.HIDDEN_TEXT, "隐藏的名称“底价”", '"800000"'),
    ]


def test_pivot_caches_and_links_of_a_workbook_are_found():
    cache = (
        '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:F900" sheet="原始名单"/>'
        "</cacheSource></pivotCacheDefinition>"
    )
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/externalLinkPath" Target="file:///E:/人事/工资.xlsx" TargetMode="External"/>'
        "</Relationships>"
    )
    data = with_parts(
        make_xlsx(),
        **{
            "xl__pivotCache__pivotCacheDefinition1_xml": cache,
            "xl__externalLinks___rels__externalLink1.xml.rels": link,
        },
    )

    assert seen(data, Kind.XLSX) == [
        (What.PIVOT, "xl/pivotCache/pivotCacheDefinition1.xml", "原始名单 A1:F900"),
        (What.LINK, "xl/externalLinks/externalLink1.xml", "file:///E:/人事/工资.xlsx"),
    ]


# ── 演示文稿 ─────────────────────────────────────────────────────────────────────────────────


def test_hidden_slides_and_notes_are_found():
    def slide(words, show=""):
        return (
            '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"{show}>'
            f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:sld>"
        )

    data = make_zip(
        **{
            "ppt/slides/slide1.xml": slide("公开内容"),
            "ppt/slides/slide2.xml": slide("内部内容", ' show="0"'),
            "ppt/notesSlides/notesSlide1.xml": slide("这里不要讲"),
            "ppt/notesSlides/notesSlide2.xml": slide("2"),
        }
    )
    reading = read(data, Kind.PPTX)

    assert reading.text == "公开内容"
    assert [(one.kind, one.what) for one in reading.hidden] == [
        (What.HIDDEN_SLIDE, "内部内容"),
        (What.NOTES, "这里不要讲"),
    ]


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────


def annotate(kind, **said):
    def change(pdf):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], **said
        )
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))

    return change


def attach(pdf):
    pdf.attachments["原始名单.xlsx"] = b"x"


def run_script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def sign_by_name(pdf):
    pdf.docinfo["/Author"] = "郑科员"
    pdf.docinfo["/承办处室"] = "法制处"
    pdf.docinfo["/Producer"] = "WPS"


def switch_off_a_layer(pdf):
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="审核意见"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            annotate("/Text", T="吴处长", Contents="此处待议"),
            (What.COMMENT, "第1页", "吴处长：此处待议"),
        ),
        (annotate("/FileAttachment", Contents="底稿"), (What.EMBEDDED, "第1页", "底稿")),
        (attach, (What.EMBEDDED, "附件", "原始名单.xlsx")),
        (run_script, (What.SCRIPT, "动作", "app.alert(1)")),
        (switch_off_a_layer, (What.HIDDEN_LAYER, "图层", "审核意见")),
    ],
)
def test_what_a_pdf_carries_besides_its_pages_is_found(change, found):
    data = make_pdf("Notice", change=change)

    assert seen(data, Kind.PDF) == [found]


def test_a_link_in_a_pdf_is_not_hidden():
    assert seen(make_pdf("Notice", change=annotate("/Link")), Kind.PDF) == []


def test_who_made_a_pdf_is_found_but_not_with_what():
    assert seen(make_pdf("Notice", change=sign_by_name), Kind.PDF) == [
        (What.METADATA, "作者", "郑科员"),
        (What.METADATA, "自定义属性“承办处室”", "法制处"),
    ]


def test_what_a_pdf_said_before_its_last_round_of_saving_is_found():
    data = make_pdf(
        "Secret price 800000",
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    again = append_round(data, b"Secret price 800000", b"No price is given..")

    reading = read(again, Kind.PDF)

    assert reading.text == "No price is given.."
    assert reading.hidden == [Hidden(What.EARLIER, "增量保存", "先后保存了 2 次")]


@pytest.mark.parametrize(
    ("commands", "found"),
    [
        ("0 g 70 755 200 16 re f", ["Zhang San 110101"]),
        ("0 0 0 1 k 70 755 200 16 re f", ["Zhang San 110101"]),
        ("1 g 70 755 200 16 re f", []),  # a white ground
        ("0 g 70 500 200 16 re f", []),  # a box over nothing
        ("0 g 70 755 200 1 re f", []),  # a rule under the line
        ("0 G 70 755 200 16 re S", []),  # a frame
    ],
)
def test_words_under_a_black_box_are_found(commands, found):
    data = make_pdf("Zhang San 110101", change=lambda pdf: paint(pdf, commands))

    covered = [one.what for one in read(data, Kind.PDF).hidden]

    assert covered == found


def test_white_words_on_a_black_head_of_a_table_are_not_covered():
    def head_first(pdf):
        page = pdf.pages[0].obj
        words = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(b"0 g 70 755 200 16 re f 1 g\n" + words)

    assert seen(make_pdf("Head", change=head_first), Kind.PDF) == []


# ── OFD ─────────────────────────────────────────────────────────────────────────────────────


def test_what_an_ofd_carries_besides_its_pages_is_found():
    data = make_ofd(
        "公文正文",
        author="冯科员",
        page='<ofd:TextObject ID="90" Boundary="0 0 1 1" Visible="false">'
        "<ofd:TextCode>底价八十万</ofd:TextCode></ofd:TextObject>",
        document="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        Doc_0__Attachs__Attachments_xml='<Attachments><Attachment Name="底稿.docx"/></Attachments>',
        Doc_0__Annots__Annotations_xml="<Annotations><Page>"
        "<FileLoc>Page_0/Annot.xml</FileLoc></Page></Annotations>",
        Doc_0__Annots__Page_0__Annot_xml='<PageAnnot><Annot Creator="陈主任">请再核</Annot>'
        "</PageAnnot>",
    )
    reading = read(data, Kind.OFD)

    assert (reading.text, reading.facts) == ("公文正文", {"pages": 1})
    assert [(one.kind, one.where, one.what) for one in reading.hidden] == [
        (What.METADATA, "作者", "冯科员"),
        (What.HIDDEN_TEXT, "Doc_0/Pages/Page_0/Content.xml", "底价八十万"),
        (What.EMBEDDED, "附件", "底稿.docx"),
        (What.COMMENT, "注释", "陈主任：请再核"),
    ]


def test_an_ofd_that_bears_a_seal_says_so():
    data = make_ofd("公文正文", Doc_0__Signs__Signatures_xml="<Signatures/>")

    assert read(data, Kind.OFD).signed is True


def test_words_on_one_baseline_of_an_ofd_are_one_line():
    one = (
        '<ofd:TextObject ID="{}" Boundary="{} 20 10 6"><ofd:TextCode>{}</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    page = one.format(50, 20, "石政发") + one.format(51, 30, "〔2025〕1号")

    assert read(make_ofd(page=page), Kind.OFD).text == "石政发〔2025〕1号"


# ── 图片 ────────────────────────────────────────────────────────────────────────────────────


def test_where_a_picture_was_taken_and_by_whom_is_found():
    data = make_jpeg(place=(38, -114), artist="Li Hua")

    assert seen(data, Kind.JPEG) == [
        (What.LOCATION, "拍摄信息", "38.50000, -114.00000"),
        (What.METADATA, "作者", "Li Hua"),
    ]


def test_words_and_bytes_beside_a_picture_are_found():
    assert seen(make_png(Author="Li Hua"), Kind.PNG) == [(What.METADATA, "“Author”", "Li Hua")]
    for data, kind in [(make_png(), Kind.PNG), (make_jpeg(), Kind.JPEG)]:
        assert seen(data + b"hidden rest", kind) == [(What.TRAILING, "文件末尾", "11 字节")]


# ── 其他 ────────────────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_looked_into_says_so_and_blocks():
    (found,) = read(make_zip(a="1"), Kind.ZIP).hidden

    assert (found.kind, found.blocks) == (What.UNSEEN, True)


def test_every_kind_of_hidden_thing_has_its_advice_and_survives_being_kept():
    for what in What:
        found = Hidden(what, "正文", "内容")
        assert found.advice
        assert Hidden.from_json(found.as_json()) == found


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (with_parts(make_docx("正文"), word__document_xml="<broken"), Kind.DOCX),
        (with_parts(make_xlsx(), xl__workbook_xml="<broken"), Kind.XLSX),
        (make_ofd("x", Doc_0__Document_xml="<broken"), Kind.OFD),
        (make_zip(**{"OFD.xml": "<OFD/>"}), Kind.OFD),
        (b"%PDF-1.4 broken", Kind.PDF),
        (b"\xff\xd8\xff broken", Kind.JPEG),
    ],
)
def test_a_file_damaged_inside_is_unreadable_in_words(data, kind):
    with pytest.raises(Unreadable):
        read(data, kind)


def test_an_entity_that_reaches_for_a_file_of_the_server_gets_nothing():
    data = make_docx("正文")
    attack = part_of(data, "word/document.xml").replace(
        "<w:document", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1
    )
    attack = attack.replace("正文", "&x;")

    assert "root" not in read(with_parts(data, word__document_xml=attack), Kind.DOCX).text


def test_reading_changes_nothing():
    data = io.BytesIO(make_pdf("Notice"))

    assert read(data.getvalue(), Kind.PDF) == read(data.getvalue(), Kind.PDF)
