"""来件：bytes from anywhere, opened safely and turned into text.

Two promises. A file that cannot be read is refused with one sentence naming what is wrong with
it (:class:`~gongkai.errors.Unreadable`). A file that can be read is read in the encoding it was
written in: where the bytes do not tell clearly, the file is refused too, for one wrong guess
turns a whole document into plausible nonsense.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from gongkai.errors import Unreadable

MEGABYTE: Final = 1024 * 1024

LARGEST_FILE: Final = 64 * MEGABYTE
"""单个文件的上限：larger files are refused before a byte is read."""

LARGEST_UNPACKED: Final = 256 * MEGABYTE
LARGEST_PART: Final = 64 * MEGABYTE
MOST_PARTS: Final = 10_000
STEEPEST_RATIO: Final = 200
"""压缩包的上限：unpacked size in all and of one XML part, number of parts, and the ratio of
unpacked to packed size (looked at only above ten megabytes: tidy XML packs very well)."""

# (偏移, 特征字节, 种类)
_MAGIC: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (0, b"\xff\xd8\xff", "JPEG 图片"),
    (0, b"GIF87a", "GIF 图片"),
    (0, b"GIF89a", "GIF 图片"),
    (0, b"II*\x00", "TIFF 图片"),
    (0, b"MM\x00*", "TIFF 图片"),
    (8, b"WEBP", "WebP 图片"),
    (0, b"%PDF-", "PDF 文件"),
    (0, b"PK\x03\x04", "ZIP 压缩包"),
    (0, b"PK\x05\x06", "ZIP 压缩包"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件"),
    (0, b"Rar!\x1a\x07", "RAR 压缩包"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (0, b"\x1f\x8b\x08", "GZIP 压缩包"),
    (0, b"\x7fELF", "可执行程序"),
    (4, b"ftyp", "视频文件"),
    (0, b"ID3", "音频文件"),
)

# What the head of a file must say for its suffix to be believed; other suffixes are text.
_CLAIMS: Final = {
    ".pdf": "PDF 文件",
    ".docx": "ZIP 压缩包",
    ".xlsx": "ZIP 压缩包",
    ".xlsm": "ZIP 压缩包",
}


def open_safely(path: str | Path, *, largest: int = LARGEST_FILE) -> bytes:
    """打开文件：the bytes of a file that is what its suffix claims.

    Looks at existence, size (``largest`` in bytes, before reading), emptiness, and the first
    bytes against the suffix; office files are also passed through :func:`check_zip`.
    Raises :class:`~gongkai.errors.Unreadable`.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise Unreadable(f"“{path}”是文件夹，不是文件")
        size = path.stat().st_size
        if size > largest:
            raise Unreadable(
                f"“{path.name}”有 {size / MEGABYTE:.1f} MB，"
                f"超过一次可读的 {largest // MEGABYTE} MB；请拆分后再试"
            )
        with path.open("rb") as file:
            # One byte beyond the limit tells a stream without a size (a pipe) from a small file.
            data = file.read(largest + 1)
    except FileNotFoundError:
        raise Unreadable(f"找不到文件“{path}”") from None
    except PermissionError:
        raise Unreadable(f"没有读取“{path}”的权限") from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "路径不合法"
        raise Unreadable(f"读不了“{path}”：{reason}") from None
    if len(data) > largest:
        raise Unreadable(f"“{path.name}”超过一次可读的 {largest // MEGABYTE} MB；请拆分后再试")
    check_claim(data, path.name)
    return data


def check_claim(data: bytes, name: str) -> None:
    """名实相符：refuse bytes that are not what the suffix of ``name`` claims them to be.

    Also refuses empty files, encrypted or ancient office files, and zip bombs.
    """
    if not data:
        raise Unreadable(f"“{name}”是空文件")
    suffix = Path(name).suffix.lower()
    claimed = _CLAIMS.get(suffix)
    actual = kind_of(data)
    if actual == "旧版 Office 文件":
        raise Unreadable(_about_ole(data, name))
    if claimed is None and actual is not None:
        raise Unreadable(
            f"“{name}”其实是{actual}，不是文本；"
            + ("请先识别成文字再试" if actual.endswith("图片") else "请改正扩展名后再试")
        )
    if claimed is not None and actual != claimed:
        what = f"其实是{actual}" if actual else "内容不是这种格式，或者已经残缺"
        raise Unreadable(f"“{name}”的扩展名是 {suffix}，{what}")
    if claimed == "ZIP 压缩包":
        check_zip(data, name)


def kind_of(data: bytes) -> str | None:
    """文件种类：what the first bytes say the file is; ``None`` where they say nothing (text)."""
    for at, magic, kind in _MAGIC:
        if data.startswith(magic, at):
            return kind
    # "BM" also begins English words; a bitmap tells its own size in the next four bytes.
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "BMP 图片"
    return None


def check_zip(data: bytes, name: str = "压缩包") -> None:
    """压缩包检查：refuse a damaged, encrypted or dangerously packed archive before unpacking it.

    The sizes are those the directory of the archive declares; ``zipfile`` never unpacks more of a
    part than its declared size, so a directory that lies small does no harm.
    Raises :class:`~gongkai.errors.Unreadable`.
    """
    damaged = Unreadable(f"“{name}”已经残缺，打不开；请重新取得原件")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_dangerous(parts, len(data), name)
            if archive.testzip() is not None:
                raise damaged
    except _BROKEN_ZIP:
        raise damaged from None


# What ``zipfile`` raises where the directory or a part of an archive is not what it should be.
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)


def _refuse_dangerous(parts: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    """By what the directory declares, before anything is unpacked."""
    if not parts:
        raise Unreadable(f"“{name}”里面是空的")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable(f"“{name}”设有密码，请取消密码后再试")
    unpacked = sum(part.file_size for part in parts)
    largest_part = max((p.file_size for p in parts if p.filename.endswith(".xml")), default=0)
    steep = unpacked > 10 * MEGABYTE and unpacked > STEEPEST_RATIO * packed
    if (
        steep
        or unpacked > LARGEST_UNPACKED
        or largest_part > LARGEST_PART
        or len(parts) > MOST_PARTS
    ):
        raise Unreadable(
            f"“{name}”只有 {packed / MEGABYTE:.2f} MB，解开却有 {unpacked / MEGABYTE:.0f} MB"
            f"、{len(parts)} 个部件，疑似压缩炸弹，没有打开"
        )


def _about_ole(data: bytes, name: str) -> str:
    """The compound format holds both the Office of before 2007 and encrypted files of today."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"“{name}”设有打开密码，请取消密码后再试"
    return f"“{name}”是旧版 Office 文件（.doc 或 .xls），请另存为 .docx 或 .xlsx 后再试"


# ---- 文字编码 ----

# The commonest characters of running Chinese, simplified and traditional. About half of any real
# text consists of them; of text decoded wrongly, a few in a hundred.
_COMMON: Final = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已"
    "从动两长知民样现分将外但身些与高意进把法此实回二理点月明其种全工己者向情部正名定问力机给等几业"
    "最间新位因重被电四第门相次东政海口使教西再平信北少关并内加化由代军产入先山五水万市体别处总场师"
    "书比住员九性通目华报立张活难数件安表原车应路期常提金何更反合放做系计或司利受果界及今京务制解各"
    "任至物台记边共风战干接许八特直服题建南度统字请交认论百义科元社术结六功指非流每管连资队条院变联"
    "言权展该领传近治决周保达办运半七必城强步完革深区即求品转量技程告江基满式息识极令收党未持取设始"
    "历史商千片容研站广改议形委房际则首单据导网专若校志观究包组造落视济申复府依规章款项示范例县镇村"
    "國來說們為時會過對學後見經頭發實點聲給間業關與進開動機現長門東電無還從這樣種當兩將話幾問題應務"
    "員報處總場師書統義記許變聯權決運達該領傳論辦據設議專華廣單際網視濟離復產體萬車規縣鎮項範條請認"
    "，。、；：？！“”《》（）〔〕　０１２３４５６７８９"
)

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_SAMPLE: Final = 20_000  # characters looked at to judge an encoding


def decode(data: bytes) -> str:
    """识别编码：bytes to text, never silently wrong.

    A byte-order mark decides; then strict UTF-8; then those of GB18030, Big5 and UTF-16 that
    decode without a fault, by how much of what comes out is common Chinese. Line ends are left as
    they are. Raises :class:`~gongkai.errors.Unreadable` for binary content, for text cut off in
    the middle of a character, and where no encoding gives readable Chinese.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _by_its_mark(data.removeprefix(mark), encoding)
    if b"\x00" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            _refuse_broken_utf8(data, problem)
        else:
            return _refuse_binary(_unless_gb18030(data, text))
    return _most_plausible(data)


#: UTF-8 writes these characters in three bytes or more.
_BEYOND_TWO_BYTES: Final = re.compile("[\u0800-\U0010ffff]")


def _unless_gb18030(data: bytes, text: str) -> str:
    """A word or two in GB 18030 may happen to be valid UTF-8 of Greek or Latin letters: 联通."""
    if text.isascii() or _BEYOND_TWO_BYTES.search(text):
        return text
    other = _try(data, "gb18030")
    return other if other is not None and _plausibility(other) > 0.7 else text


def _by_its_mark(data: bytes, encoding: str) -> str:
    try:
        return _refuse_binary(data.decode(encoding))
    except UnicodeDecodeError as problem:
        raise Unreadable(
            f"文件开头标明是 {encoding.upper()} 编码，第 {problem.start + 1} 字节处却不是，"
            "可能没有传完整"
        ) from None


def _refuse_broken_utf8(data: bytes, problem: UnicodeDecodeError) -> None:
    """Text that is UTF-8 all but a few bytes is damaged UTF-8, not something else."""
    kept = data.decode("utf-8", errors="ignore")
    wide = sum(not char.isascii() for char in kept[:_SAMPLE])
    damage = len(data) - len(kept.encode("utf-8"))
    if wide and damage * 20 <= len(data) and _plausibility(kept) > _READABLE:
        raise Unreadable(
            f"文件是 UTF-8 编码，但第 {problem.start + 1} 字节处残缺，可能没有传完整；"
            "请重新取得原件"
        )


def _most_plausible(data: bytes) -> str:
    encodings = ["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else []
    if b"\x00" not in data:
        encodings = ["gb18030", "big5hkscs", *encodings]
    readings = [text for name in encodings if (text := _try(data, name)) is not None]
    best = max(readings, key=_plausibility, default=None)
    if best is None or _plausibility(best) < _READABLE:
        if b"\x00" in data:
            raise Unreadable("文件含有二进制内容，不是文本")
        raise Unreadable("认不出文件的文字编码；请另存为 UTF-8 编码后再试")
    return best


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


_READABLE: Final = 0.25


def _plausibility(text: str) -> float:
    """How much of what is not ASCII is common Chinese (1.0) or at least everyday Chinese (0.4)."""
    wide = [char for char in text[:_SAMPLE] if not char.isascii()]
    if not wide:
        return 1.0 if text.isprintable() or not _controls(text) else 0.0
    score = sum(1.0 if char in _COMMON else _everyday(char) for char in wide) / len(wide)
    return score - _controls(text[:_SAMPLE]) / len(wide)


def _everyday(char: str) -> float:
    """GB 2312 level one holds the 3,755 everyday characters, Big5 level one 5,401."""
    for encoding, low, high, worth in (("gb2312", 0xB0, 0xD7, 0.4), ("big5", 0xA4, 0xC6, 0.1)):
        try:
            lead = char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if low <= lead <= high:
            return worth
    return 0.0 if char.isprintable() or char == "\u3000" else -2.0


#: Control characters, but for white space and the mark that ended files under DOS.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def _controls(text: str) -> int:
    return len(_CONTROL.findall(text))


def _refuse_binary(text: str) -> str:
    if _controls(text[:_SAMPLE]) * 100 > len(text[:_SAMPLE]):
        raise Unreadable("文件含有二进制内容，不是文本")
    return text
