"""编号：register numbers and numbers of papers, each series without a gap."""

from __future__ import annotations

import secrets

from gongkai.applications.models import Application, Office
from gongkai.errors import BadInput
from gongkai.organs.models import Organ
from gongkai.organs.numbering import next_serial

#: Letters and digits that are not mistaken for one another on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_YEAR, _SERIAL = "{年}", "{号}"


def number_form(organ: Organ) -> str:
    """登记编号格式：the organ's own, else its name, 公开, the year and the serial."""
    own = Office.objects.filter(organ=organ).values_list("number_form", flat=True).first()
    return own or f"{organ.short_name or organ.name}公开〔{_YEAR}〕第{_SERIAL}号"


def why_not_number_form(form: str) -> list[str]:
    """格式的毛病：it must tell year and serial, each once."""
    return [
        f"编号格式里要有且只有一个“{part}”" for part in (_YEAR, _SERIAL) if form.count(part) != 1
    ]


def next_number(organ: Organ, year: int) -> tuple[str, int]:
    """取登记编号：the next of the organ's series, and its serial.

    Belongs to the transaction of the registration: if that fails, the number was never taken.
    The series is the form itself, so that two organs of one form share it and never clash.
    """
    form = number_form(organ)
    if reasons := why_not_number_form(form):
        raise BadInput("；".join(reasons) + "。")
    prefix = form.replace(_YEAR, str(year))
    serial = next_serial(prefix)
    return prefix.replace(_SERIAL, str(serial)), serial


def paper_number(application: Application, word: str) -> str:
    """文书编号：the register number and a word for the paper: …第12号-答, -补, -延2."""
    series = f"{application.number}-{word}"
    serial = next_serial(series)
    return series if serial == 1 else f"{series}{serial}"


def query_code() -> str:
    """查询码：eight characters, one in 850 thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
