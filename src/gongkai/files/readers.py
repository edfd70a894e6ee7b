"""读取：each kind of file by the one who can read it."""

from __future__ import annotations

from gongkai.files import images, ofd, old, pdf, sheets, slides, word
from gongkai.files.hidden import Hidden, What
from gongkai.files.kinds import Kind
from gongkai.files.reading import Reading
from gongkai.screening.source import decode


def read(data: bytes, kind: Kind) -> Reading:
    """读取：raises Unreadable for a file that is damaged inside."""
    match kind:
        case Kind.DOCX:
            return word.read(data)
        case Kind.XLSX:
            return sheets.read(data)
        case Kind.PPTX:
            return slides.read(data)
        case Kind.PDF:
            return pdf.read(data)
        case Kind.OFD:
            return ofd.read(data)
        case Kind.PNG | Kind.JPEG | Kind.GIF | Kind.TIFF:
            return images.read(data, kind)
        case Kind.DOC | Kind.XLS | Kind.PPT:
            return old.read(data)
        case Kind.ZIP:
            return Reading(hidden=[Hidden(What.UNSEEN, "压缩包", "里面的文件没有逐一检查")])
        case Kind.TEXT:
            return Reading(text=decode(data))
