"""索引号：the number under which published information stands in the catalogue.

No national text fixes the format. Those seen on government sites share one build: the code of the
organ, a slash, the year (or year and month), a hyphen and a serial:
``11441700007280420Y/2021-00050``, ``11341702486344515H/202110-00013``, ``000014349/2017-00110``,
``0142768-8/2022-00185``, ``6107280000/2024-001005``.

>>> normalise_index(" 索引号：０１４３１９８３ｘ／2021—00138")
'01431983X/2021-00138'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gongkai.errors import BadNumber
from gongkai.law.credit_code import is_credit_code, is_organ_code

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－─", "-") | dict.fromkeys("∕⁄╱", "/"))
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_LABEL = re.compile(r"^索引号[:：]?")
_FORM = re.compile(
    r"(?P<organ>[0-9A-Z][0-9A-Z-]{7,17})/(?P<year>\d{4})(?P<month>\d{2})?-(?P<serial>\d{3,7})",
    re.ASCII,
)
_MOST = 99_999


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """索引号：organ code, year, month if there is one, and the serial with its leading zeros."""

    organ: str
    year: int
    month: int | None
    serial: str

    def __str__(self) -> str:
        month = "" if self.month is None else f"{self.month:02d}"
        return f"{self.organ}/{self.year}{month}-{self.serial}"

    @property
    def checked(self) -> bool:
        """代码是否有效：the organ code is a credit code or organisation code with a right check.

        False is no error: site codes (6107280000) carry no check character.
        """
        return is_credit_code(self.organ) or is_organ_code(self.organ)


def parse_index(text: str) -> IndexNumber:
    """读索引号：in any case and width, with a label, any dash; BadNumber for anything else."""
    cleaned = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES).upper()
    match = _FORM.fullmatch(_LABEL.sub("", _INVISIBLE.sub("", cleaned)))
    if match is None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        raise BadNumber(f"“{shown}”不是索引号，应当如“11370322004222241N/2025-00001”")
    year, month = int(match["year"]), match["month"]
    if not 1949 <= year <= 2099 or not (month is None or 1 <= int(month) <= 12):
        raise BadNumber(f"索引号里的年月“{match['year']}{month or ''}”不对")
    return IndexNumber(match["organ"], year, int(month) if month else None, match["serial"])


def normalise_index(text: str) -> str | None:
    """规范索引号：the printed form, or None."""
    try:
        return str(parse_index(text))
    except BadNumber:
        return None


def same_index(one: str, other: str) -> bool:
    """是否同一索引号：hyphens in the organ code and leading zeros of the serial aside."""
    try:
        return _identity(parse_index(one)) == _identity(parse_index(other))
    except BadNumber:
        return False


def make_index(credit_code: str, year: int, serial: int) -> IndexNumber:
    """编索引号：``<统一社会信用代码>/<年份>-<五位流水号>``; BadNumber for a wrong code or serial.

    That a serial is not used twice is for the caller, who knows those given out.
    """
    code = credit_code.strip().upper()
    if not is_credit_code(code):
        raise BadNumber(f"“{credit_code}”不是有效的统一社会信用代码（GB 32100-2015）")
    if not 1949 <= year <= 2099:
        raise BadNumber(f"年份{year}不对")
    if not 1 <= serial <= _MOST:
        raise BadNumber(f"流水号应当在1至{_MOST}之间，不能是{serial}")
    return IndexNumber(code, year, None, f"{serial:05d}")


def _identity(number: IndexNumber) -> tuple[str, int, int | None, int]:
    return number.organ.replace("-", ""), number.year, number.month, int(number.serial)
