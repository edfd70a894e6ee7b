"""结论：how a review or a suit can end, and the column of Table 4 each counts in.

The form knows three results and no definition of them. 驳回 counts as 维持, for the organ's act
stands; what ended without a judgment of the act counts as 其他: that is common practice, no text
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gongkai.disputes.states import Kind, Result
from gongkai.errors import BadInput
from gongkai.law.articles import LITIGATION, LITIGATION_INTERPRETATION, RECONSIDERATION, Article


@dataclass(frozen=True, slots=True)
class Finding:
    """结论：one way to end a case.

    ``article`` is None where the statutes kept here have none. ``by_order`` is a 裁定, whose time
    for appeal is shorter（行政诉讼法第八十五条）. With those that ``may_order`` a new reply can be
    ordered.
    """

    code: str
    name: str
    suit: bool
    result: Result
    article: Article | None = None
    by_order: bool = False
    may_order: bool = False

    def __str__(self) -> str:
        return self.name

    def basis(self, on: date) -> Article | None:
        """依据：the article, for a ruling of a day on which it was law."""
        if self.article is None or on < self.article.statute.in_force:
            return None
        return self.article


def _review(
    code: str, name: str, result: Result, article: Article | None, *, order: bool = False
) -> Finding:
    return Finding(code, name, False, result, article, may_order=order)


def _suit(
    code: str, name: str, result: Result, article: Article | None, *, order: bool = False
) -> Finding:
    return Finding(code, name, True, result, article, may_order=order)


def _order(code: str, name: str, result: Result, article: Article | None) -> Finding:
    return Finding(code, name, True, result, article, by_order=True)


_UPHELD, _REVERSED, _OTHER = Result.UPHELD, Result.REVERSED, Result.OTHER
_REVIEW, _SUIT = RECONSIDERATION.article, LITIGATION.article

#: 行政复议的结论，行政诉讼的结论。
FINDINGS: tuple[Finding, ...] = (
    _review("r68", "维持", _UPHELD, _REVIEW(68)),
    _review("r69", "驳回复议请求", _UPHELD, _REVIEW(69)),
    _review("r33", "驳回复议申请", _UPHELD, _REVIEW(33)),
    _review("r63", "变更", _REVERSED, _REVIEW(63)),
    _review("r64", "撤销或者部分撤销", _REVERSED, _REVIEW(64), order=True),
    _review("r65", "确认违法", _REVERSED, _REVIEW(65), order=True),
    _review("r66", "责令履行", _REVERSED, _REVIEW(66), order=True),
    _review("r67", "确认无效", _REVERSED, _REVIEW(67), order=True),
    _review("r30", "不予受理", _OTHER, _REVIEW(30)),
    _review("r41", "终止（撤回申请等）", _OTHER, None),
    _review("r73", "调解", _OTHER, _REVIEW(73), order=True),
    _review("r74", "和解", _OTHER, _REVIEW(74)),
    _suit("s69", "判决驳回诉讼请求", _UPHELD, _SUIT(69)),
    _order("s49", "裁定驳回起诉", _UPHELD, LITIGATION_INTERPRETATION.article(69)),
    _suit("s70", "判决撤销或者部分撤销", _REVERSED, _SUIT(70), order=True),
    _suit("s72", "判决履行", _REVERSED, _SUIT(72), order=True),
    _suit("s74", "判决确认违法", _REVERSED, _SUIT(74), order=True),
    _suit("s75", "判决确认无效", _REVERSED, _SUIT(75), order=True),
    _suit("s77", "判决变更", _REVERSED, _SUIT(77)),
    _order("s51", "裁定不予立案", _OTHER, _SUIT(51)),
    _order("s62", "裁定准许撤诉", _OTHER, _SUIT(62)),
    _order("s0", "裁定终结诉讼", _OTHER, None),
    _suit("s60", "调解", _OTHER, None, order=True),
)
_BY_CODE: Mapping[str, Finding] = MappingProxyType({one.code: one for one in FINDINGS})
CHOICES = [(one.code, one.name) for one in FINDINGS]


def finding(code: str) -> Finding:
    """结论：by its code; BadInput for one nobody knows."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise BadInput("请选择结论。") from None


def findings_of(kind: Kind) -> tuple[Finding, ...]:
    """可选的结论：of a case of this kind."""
    return tuple(one for one in FINDINGS if one.suit == kind.is_suit)
