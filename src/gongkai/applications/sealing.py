"""电子签章的接口：the office's own seal puts its seal on a letter; this is the door it comes in by.

A seal of an organ is made by a system licensed for it（GB/T 38540-2020, GM/T 0031）, never by this
one. An installation that has one names a class in GONGKAI_SEALER; without one the letter is
printed, sealed by hand, and the sealed copy is uploaded.
"""

from __future__ import annotations

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from gongkai.errors import NotInstalled, Unreadable


class Sealer(Protocol):
    """电子签章：takes the PDF of a letter and gives it back sealed.

    What goes wrong is raised as an error of ``gongkai.errors``, in a sentence for the clerk.
    """

    def seal(self, pdf: bytes) -> bytes:
        """签章：the same letter with the seal on it, as PDF."""
        ...


def has_sealer() -> bool:
    """是否接入了电子签章：named in the settings, whether or not it works."""
    return bool(getattr(settings, "SEALER", ""))


def sealer() -> Sealer | None:
    """本站的电子签章：None where none is set. Raises NotInstalled for one that is not there."""
    if not has_sealer():
        return None
    name: str = settings.SEALER
    try:
        return cast(Sealer, import_string(name)())
    except ImportError:
        raise NotInstalled(f"设置 GONGKAI_SEALER 所指的“{name}”没有安装。") from None


def sealed(pdf: bytes) -> bytes:
    """签章：by the seal of this site. Raises NotInstalled, Unreadable for what is no PDF."""
    maker = sealer()
    if maker is None:
        raise NotInstalled("本站没有接入电子签章，请上传用印后的文书。")
    made = maker.seal(pdf)
    if not made.startswith(b"%PDF"):
        raise Unreadable("电子签章系统返回的不是PDF，没有登记用印。")
    return made
