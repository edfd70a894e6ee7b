"""信息处理费：what an abnormal volume of requests may be charged, with the working shown.

政府信息公开信息处理费管理办法（国办函〔2020〕109号，自2021年1月1日起）. Disclosure is free of
charge; an organ *may* charge when number or frequency are clearly beyond reason（条例第四十二条
第一款）. It picks one method for a request, by item or by page, and never both（第三条）. Both
tariffs are progressive: each band is charged at its own rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.errors import BadNumber, NotAllowed
from gongkai.law.articles import FEE_MEASURE, Article

#: More items in a month, or pages in one request, are a slip of the finger.
MOST = 100_000

_ONE_METHOD = FEE_MEASURE.article(3)
_BY_ITEM = FEE_MEASURE.article(4, 2)
_BY_PAGE = FEE_MEASURE.article(5, 2)
_NOT_BY_PAGE = FEE_MEASURE.article(5, 1)


@dataclass(frozen=True, slots=True)
class Band:
    """档：units number ``first`` to ``last`` at ``rate`` yuan each; ``last`` None is open-ended."""

    first: int
    last: int | None
    rate: int
    basis: Article


@dataclass(frozen=True, slots=True)
class Line:
    """计算行：the units of one charge that fall into one band."""

    first: int
    last: int
    rate: int
    basis: Article

    @property
    def count(self) -> int:
        """数量：how many units."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """金额：in yuan."""
        return self.count * self.rate


@dataclass(frozen=True, slots=True)
class Fee:
    """收费：the lines of one charge, their unit (件 or 页) and the paragraph they rest on."""

    unit: str
    lines: tuple[Line, ...]
    basis: Article

    @property
    def total(self) -> int:
        """应收金额：in yuan."""
        return sum(line.amount for line in self.lines)

    @property
    def working(self) -> list[str]:
        """计算过程：one sentence a line, as the fee notice must show（第六条第一款）."""
        return [
            f"第{_span(line)}{self.unit}：{line.count}{self.unit}×{line.rate}元/{self.unit}"
            f"＝{line.amount}元（{line.basis.place}）"
            for line in self.lines
        ]

    def as_dict(self) -> dict[str, object]:
        """数据：the charge in the form the command line prints with ``--json``."""
        return {
            "total": self.total,
            "unit": self.unit,
            "basis": str(self.basis),
            "lines": [
                {
                    "first": line.first,
                    "last": line.last,
                    "count": line.count,
                    "rate": line.rate,
                    "amount": line.amount,
                    "basis": str(line.basis),
                }
                for line in self.lines
            ],
        }


def by_items(items: int, *, earlier: int = 0) -> Fee:
    """按件计收：the fee for ``items`` more requests of one applicant in one calendar month.

    ``earlier`` is how many the same applicant has already made in that month; the count begins
    anew on the first of each month（第四条第二款“一个自然月内累计”）. BadNumber for counts that
    are negative, not whole, or beyond MOST.

    >>> by_items(55).total
    9000
    >>> by_items(5, earlier=8).total
    300
    """
    _check(items, "件数")
    _check(earlier, "本月已申请件数")
    return Fee("件", tuple(_charge(_item_bands(), earlier, earlier + items)), _BY_ITEM)


def by_pages(pages: int, *, already_public: bool = False) -> Fee:
    """按量计收：the fee for the pages supplied in one request, not added up across requests.

    One side of A4 or smaller is a page. Where the information is already public and the
    applicant is only told how to get it, this method does not apply（第五条第一款）: NotAllowed.

    >>> by_pages(240).total
    4300
    """
    _check(pages, "页数")
    if already_public:
        raise NotAllowed(
            f"信息已主动公开、只告知获取方式和途径的，不适用按量计收（{_NOT_BY_PAGE}）"
        )
    return Fee("页", tuple(_charge(_page_bands(), 0, pages)), _BY_PAGE)


def fee(
    *,
    items: int | None = None,
    pages: int | None = None,
    earlier: int = 0,
    already_public: bool = False,
) -> Fee:
    """信息处理费：by the one method chosen; NotAllowed when both are asked for."""
    if items is not None and pages is not None:
        raise NotAllowed(f"按件、按量只能选择一种，不得重复计算（{_ONE_METHOD}）")
    if items is not None:
        return by_items(items, earlier=earlier)
    if pages is not None:
        return by_pages(pages, already_public=already_public)
    raise BadNumber("请给出件数或者页数")


def _item_bands() -> Iterator[Band]:
    """第四条第二款：ten free, then 100 yuan, and from the 31st on 100 yuan more every ten."""
    yield Band(1, 10, 0, FEE_MEASURE.article(4, 2, 1))
    yield Band(11, 30, 100, FEE_MEASURE.article(4, 2, 2))
    above = FEE_MEASURE.article(4, 2, 3)
    for step in range(MOST):
        yield Band(31 + 10 * step, 40 + 10 * step, 200 + 100 * step, above)


def _page_bands() -> Iterator[Band]:
    """第五条第二款：thirty free, then 10, 20 and 40 yuan."""
    yield Band(1, 30, 0, FEE_MEASURE.article(5, 2, 1))
    yield Band(31, 100, 10, FEE_MEASURE.article(5, 2, 2))
    yield Band(101, 200, 20, FEE_MEASURE.article(5, 2, 3))
    yield Band(201, None, 40, FEE_MEASURE.article(5, 2, 4))


def _charge(bands: Iterator[Band], above: int, up_to: int) -> Iterator[Line]:
    """Cut the units number ``above + 1`` to ``up_to`` along the bands."""
    for band in bands:
        if band.first > up_to:
            return
        first = max(band.first, above + 1)
        last = up_to if band.last is None else min(band.last, up_to)
        if first <= last:
            yield Line(first, last, band.rate, band.basis)


def _check(count: int, name: str) -> None:
    if isinstance(count, bool) or not isinstance(count, int):
        raise BadNumber(f"{name}应当是整数，不能是{count!r}")
    if count < 0:
        raise BadNumber(f"{name}不能是负数（{count}）")
    if count > MOST:
        raise BadNumber(f"{name}大得不合情理，最多{MOST}")


def _span(line: Line) -> str:
    return str(line.first) if line.first == line.last else f"{line.first}—{line.last}"
