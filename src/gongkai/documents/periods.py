"""各地有效期规则：what provinces are known to say, as data to choose from (``periods.csv``).

Nothing here counts by itself: an organ adopts a row, with the words of its own rules before it.
Of what one source or common practice tells (待核) that is asked for expressly.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: 可靠程度：read in the rules themselves, or told by one source or by practice.
PROVEN, LIKELY = "已核", "待核"
GENERAL, PROVISIONAL = "一般", "暂行、试行"


@dataclass(frozen=True, slots=True)
class Known:
    """一条已知的规则：so many ``years`` at a place, for what kind, where that is written."""

    place: str
    provisional: bool
    years: int
    basis: str
    certainty: str
    source: str
    note: str

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.place}-{'p' if self.provisional else 'g'}-{self.years}"

    @property
    def kind(self) -> str:
        """种类：一般，或者暂行、试行。"""
        return PROVISIONAL if self.provisional else GENERAL

    @property
    def likely(self) -> bool:
        """待核：to be held against the rules before it is adopted."""
        return self.certainty != PROVEN

    @property
    def named(self) -> bool:
        """依据写明了文件：otherwise whoever adopts it must name one."""
        return self.basis.startswith("《")

    def __str__(self) -> str:
        return f"{self.place}：{self.kind}{self.years}年"


@cache
def known_rules() -> tuple[Known, ...]:
    """已知的规则：in the order of the file."""
    with files("gongkai.documents").joinpath("periods.csv").open(encoding="utf-8") as lines:
        return tuple(
            Known(
                row["地方"], row["种类"] == PROVISIONAL, int(row["年数"]), row["依据"],
                row["可靠程度"], row["来源"], row["说明"],
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


def known_rule(code: str) -> Known | None:
    """一条规则，按代码。"""
    return next((rule for rule in known_rules() if rule.code == code), None)
