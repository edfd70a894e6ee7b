"""文件种类：told by the content; what is not what it claims is refused in words."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from gongkai.errors import Unreadable
from gongkai.files.kinds import Kind, recognise
from gongkai.files.names import tidy
from made_files import (
    make_docx,
    make_jpeg,
    make_ofd,
    make_pdf,
    make_png,
    make_xlsx,
    make_zip,
    with_parts,
)


def make_image(form):
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, form)
    return out.getvalue()


def make_pptx():
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.presentationml.presentation.main+xml"/></Types>'
    )
    return make_zip(**{"[Content_Types].xml": types, "ppt/presentation.xml": "<p/>"})


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (make_docx, "通知.docx", Kind.DOCX),
        (make_xlsx, "台账.xlsx", Kind.XLSX),
        (make_pptx, "汇报.pptx", Kind.PPTX),
        (lambda: make_pdf("x"), "公报.PDF", Kind.PDF),
        (lambda: make_ofd("公文"), "公文.ofd", Kind.OFD),
        (make_png, "图.png", Kind.PNG),
        (make_jpeg, "照片.jpeg", Kind.JPEG),
        (lambda: make_image("GIF"), "图.gif", Kind.GIF),
        (lambda: make_image("TIFF"), "扫描.tif", Kind.TIFF),
        (lambda: make_zip(a="1"), "附件.zip", Kind.ZIP),
        (lambda: "单位,件数\n市财政局,12".encode(), "数据.csv", Kind.TEXT),
        (lambda: "市政府办公室关于印发通知的通知".encode("gb18030"), "说明.txt", Kind.TEXT),
        (make_docx, "没有扩展名", Kind.DOCX),
    ],
)
def test_a_kind_is_told_by_its_content(make, name, kind):
    assert recognise(make(), name) == kind


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "空.pdf", "是空文件"),
        (make_docx("正文"), "公报.pdf", "扩展名是 .pdf，其实是Word 文档"),
        (b"MZ\x90\x00 this is a program", "公报.pdf", "内容不是PDF 文件，可能已经残缺"),
        ("关于供热的通知".encode(), "公报.pdf", "内容不是PDF 文件，而是文本；改扩展名不能转换格式"),
        (b"<!DOCTYPE html><p>404</p>", "公报.pdf", "内容不是PDF 文件，而是网页"),
        (b"%PDF-1.7\nno pdf at all\n%%EOF\n", "公报.pdf", "不是完整的 PDF 文件"),
        (make_pdf("x")[:-200], "公报.pdf", "不是完整的 PDF 文件"),
        (
            make_pdf("x", encryption=pikepdf.Encryption(user="a", owner="b")),
            "密.pdf",
            "设有打开密码",
        ),
        (make_pdf("x") + make_zip(a="1"), "双.pdf", "既是PDF 文件又是压缩包"),
        (make_png() + make_zip(a="1"), "双.png", "既是PNG 图片又是压缩包"),
        (make_png()[:50], "图.png", "不是完整的图片"),
        (
            b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>",
            "说明.txt",
            "是网页或者标记文件",
        ),
        (b"<svg onload='alert(1)'/>", "图", "是网页或者标记文件"),
        (b"\x7fELF\x02\x01\x01", "程序", "是可执行程序"),
        (make_zip(a=b"0" * 40_000_000), "弹.zip", "疑似压缩炸弹"),
        (make_docx("正文")[:-300], "残.docx", "已经残缺"),
    ],
)
def test_what_is_not_what_it_claims_is_refused(data, name, sentence):
    with pytest.raises(Unreadable, match=sentence):
        recognise(data, name)


def test_a_stream_of_a_pdf_that_unpacks_without_end_is_refused():
    packer = zlib.compressobj(9)
    bomb = b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(80)), packer.flush()])

    def arm(pdf):
        stream = pikepdf.Stream(pdf, b"")
        stream.write(bomb, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].obj.Contents = stream

    with pytest.raises(Unreadable, match="疑似压缩炸弹"):
        recognise(make_pdf("x", change=arm, compress_streams=False), "弹.pdf")


def test_an_office_file_with_macros_by_its_type_is_refused():
    document = make_docx("正文")
    main = "wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.'
        'macroEnabled.main+xml"/></Types>'
    )
    assert main not in types

    with pytest.raises(Unreadable, match="是带宏的 Office 文件"):
        recognise(with_parts(document, **{"[Content_Types]_xml": types}), "通知.docm")


def test_a_file_above_the_limit_of_its_kind_is_refused(settings):
    settings.UPLOAD_LIMITS = {"pdf": 1, "zip": 0}
    big = make_pdf("x", change=lambda pdf: pdf.make_indirect(pikepdf.Stream(pdf, b"")))
    big = big.replace(b"%%EOF", b"%" + b"x" * 1_200_000 + b"\n%%EOF")

    with pytest.raises(Unreadable, match=r"有 1\.1 MB，PDF 文件不能超过 1 MB"):
        recognise(big, "大.pdf")
    with pytest.raises(Unreadable, match="本站不接收这种文件"):
        recognise(make_zip(a="1"), "附件.zip")


@pytest.mark.parametrize(
    ("name", "kind", "tidied"),
    [
        ("通知.docx", Kind.DOCX, "通知.docx"),
        (r"C:\材料\通知.DOCX", Kind.DOCX, "通知.docx"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("通知\u202excod.exe", Kind.PDF, "通知xcod.exe.pdf"),
        ('a"b<c>\r\nd.pdf', Kind.PDF, "a_b_c_d.pdf"),
        ("", Kind.PDF, "附件.pdf"),
        (".pdf", Kind.PDF, "pdf.pdf"),
        ("CON.txt", Kind.TEXT, "_CON.txt"),
        ("照片.jpeg", Kind.JPEG, "照片.jpeg"),
        ("长" * 300 + ".xlsx", Kind.XLSX, "长" * 115 + ".xlsx"),
    ],
)
def test_a_name_is_only_a_name_and_its_suffix_does_not_lie(name, kind, tidied):
    assert tidy(name, kind) == tidied
