"""测试用的文件：made on the spot, each with exactly the thing hidden in it that is asked for."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image
from PIL.TiffImagePlugin import IFDRational


def make_docx(*paragraphs, author="", change=None):
    """A document of these paragraphs; ``change`` may alter it before it is saved."""
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.comments = ""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return with_parts(out.getvalue(), drop=("docProps/thumbnail.jpeg",))


def with_parts(data, *, drop=(), **parts):
    """The package with parts added, replaced or dropped; names use __ for / and end in _xml."""
    out = io.BytesIO()
    replaced = {_part_name(name): body for name, body in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part not in drop and part not in replaced:
                new.writestr(part, old.read(part))
        for part, body in replaced.items():
            new.writestr(part, body)
    return out.getvalue()


def _part_name(name):
    name = name.replace("__", "/")
    return name.removesuffix("_xml") + ".xml" if name.endswith("_xml") else name


def part_of(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def insert_deletion(document, words, author="王科长"):
    """Strike words out of the last paragraph, with the change tracked."""
    paragraph = document.paragraphs[-1]._p
    paragraph.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="9" w:author="{author}" w:date="2026-03-01T00:00:00Z">'
            f"<w:r><w:delText>{words}</w:delText></w:r></w:del>"
        )
    )


def insert_addition(document, words, author="王科长"):
    document.paragraphs[-1]._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="10" w:author="{author}">'
            f"<w:r><w:t>{words}</w:t></w:r></w:ins>"
        )
    )


def add_vanished(document, words):
    document.paragraphs[-1].add_run(words).font.hidden = True


def add_white(document, words, *, shaded=False):
    run = document.paragraphs[-1].add_run(words)
    run.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
    if shaded:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:fill"), "C00000")
        run._r.get_or_add_rPr().append(shade)


def make_xlsx(rows=(("单位", "件数"), ("市财政局", 12)), *, change=None):
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = "公开"
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_pdf(*lines, change=None, **save):
    """A page with these lines in Helvetica; ``change`` may alter it before it is saved."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    words = "".join(
        f"BT /F1 12 Tf 72 {760 - 20 * number} Td ({line}) Tj ET\n"
        for number, line in enumerate(lines)
    )
    page.obj.Contents = pdf.make_stream(words.encode())
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def paint(pdf, commands):
    """Add drawing commands to the first page, after what is there."""
    pdf.pages[0].contents_add(commands.encode())


def append_round(data, old, new):
    """Save once more by appending, as an editor does: the old object stays in the file."""
    at = data.index(old)
    begin = data.rindex(b" 0 obj", 0, at)
    number = int(data[:begin].rsplit(b"\n", 1)[-1])
    end = data.index(b"endobj", at)
    body = data[begin:end].replace(old, new)
    xref = int(data.rsplit(b"startxref", 1)[1].split()[0])
    place = len(data)
    text = f"{number}".encode() + body + b"endobj\n"
    table = place + len(text)
    root = data[data.rindex(b"/Root") :].split(b" R")[0] + b" R"
    info = (
        b"/Info" + data.rpartition(b"/Info")[2].split(b" R")[0] + b" R" if b"/Info" in data else b""
    )
    size = data[data.rindex(b"/Size") :].split()[1].split(b"/")[0]
    return (
        data
        + text
        + f"xref\n{number} 1\n{place:010d} 00000 n \ntrailer << {root.decode()} ".encode()
        + info
        + b" /Size "
        + size
        + f" /Prev {xref} >>\nstartxref\n{table}\n%%EOF\n".encode()
    )


def make_jpeg(*, place=None, artist="", orientation=1, thumbnail=False, size=(8, 6)):
    """A red picture; ``place`` is latitude and longitude in whole degrees."""
    exif = Image.Exif()
    if artist:
        exif[315] = artist
    if orientation != 1:
        exif[0x0112] = orientation
    if place:
        exif[0x8825] = {
            1: "N" if place[0] >= 0 else "S",
            2: tuple(IFDRational(n) for n in (abs(place[0]), 30, 0)),
            3: "E" if place[1] >= 0 else "W",
            4: tuple(IFDRational(n) for n in (abs(place[1]), 0, 0)),
        }
    out = io.BytesIO()
    image = Image.new("RGB", size, "red")
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def make_png(**text):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for name, said in text.items():
        info.add_text(name, said)
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, "PNG", pnginfo=info)
    return out.getvalue()


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def make_ofd(*lines, author="", document="", page="", **parts):
    """A page of these lines; ``document`` and ``page`` are XML added inside."""
    words = "".join(
        f'<ofd:TextObject ID="{number + 10}" Boundary="20 {20 + 10 * number} 100 6">'
        f'<ofd:TextCode X="0" Y="5">{line}</ofd:TextCode></ofd:TextObject>'
        for number, line in enumerate(lines)
    )
    files = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>"
        f"<ofd:Author>{author}</ofd:Author></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
        f"{document}</ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>"
        f"{words}{page}</ofd:Layer></ofd:Content></ofd:Page>",
        **{_part_name(name): body for name, body in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body.replace("<ofd:Document>", f"<ofd:Document {_OFD}>"))
    return out.getvalue()


def make_zip(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()
