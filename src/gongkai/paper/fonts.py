"""字体：which typefaces of official paper this system has, and what stands in for the rest.

GB/T 9704-2012 sets the title in 小标宋, the body in 仿宋, headings in 黑体 and 楷体, page
numbers in 宋体. For each the office's own licensed font comes first, then the free ones:
Fandol (Debian: texlive-lang-chinese), then Noto CJK (Debian: fonts-noto-cjk), LXGW WenKai.
No font is shipped with gongkai.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.errors import NotInstalled

if TYPE_CHECKING:
    import typst

#: A folder with the office's own fonts, or several as in ``PATH``.
DIRECTORIES = "GONGKAI_FONTS"


class Style(StrEnum):
    """字体用途：the five typefaces of official paper."""

    TITLE = "小标宋"
    BODY = "仿宋"
    HEADING = "黑体"
    SUBHEADING = "楷体"
    SONG = "宋体"


_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "STSong", "Songti SC")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "STHeiti", "PingFang SC")
#: The families of each style, best first: by the name the font gives itself in English, and in
#: Chinese for those that have no other.
STACKS = {
    Style.TITLE: (
        "FZXiaoBiaoSong-B05",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "方正小标宋简体",
        *_SERIF,
    ),
    Style.BODY: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang", *_SERIF),
    Style.HEADING: ("SimHei", "黑体", "FandolHei", "Heiti SC", *_SANS),
    Style.SUBHEADING: (
        "KaiTi_GB2312",
        "楷体_GB2312",
        "KaiTi",
        "STKaiti",
        "Kaiti SC",
        "FandolKai",
        "LXGW WenKai",
        *_SERIF,
    ),
    Style.SONG: ("SimSun", "宋体", "FandolSong", *_SERIF),
}


class Fonts:
    """字体库：the fonts found in given folders and, unless told otherwise, on the system."""

    def __init__(self, directories: Iterable[Path] = (), *, system: bool = True) -> None:
        import typst

        #: What the typesetter takes.
        self.found: typst.Fonts = typst.Fonts(
            include_system_fonts=system,
            include_embedded_fonts=False,
            font_paths=[str(directory) for directory in directories],
        )
        self._families = frozenset(self.found.families())

    def stack(self, style: Style) -> list[str]:
        """字体栈：the families for a style that are there, best first.

        What a family lacks (㎡, 镕) is taken from the next. A style with no family of its own
        takes any Chinese family there is. Raises ``NotInstalled`` when there is none at all.
        """
        wanted = (
            *STACKS[style],
            *_SERIF,
            *_SANS,
            *(name for all_ in STACKS.values() for name in all_),
        )
        there = [name for name in dict.fromkeys(wanted) if name in self._families]
        if not there:
            raise NotInstalled(
                "系统里没有中文字体，不能生成PDF；请安装fonts-noto-cjk"
                "（Debian、Ubuntu：apt install fonts-noto-cjk），"
                f"或用环境变量{DIRECTORIES}指明字体所在的文件夹"
            )
        return there


def system_fonts() -> Fonts:
    """本机字体：those of the system and of the folders that ``GONGKAI_FONTS`` names."""
    return _fonts(os.environ.get(DIRECTORIES, ""))


@cache
def _fonts(directories: str) -> Fonts:
    return Fonts(Path(name) for name in directories.split(os.pathsep) if name)
