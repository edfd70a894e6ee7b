"""图表：bars drawn as SVG, with the same figures as a table for who cannot see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: 图的宽度和行高，in the units of its own view.
WIDTH, ROW, LABEL, FIGURE = 640, 34, 200, 60


@dataclass(frozen=True)
class Bar:
    """一条：what it is of, how much, where its figure opens to, and the place of its parts."""

    label: str
    value: int
    url: str
    y: int
    length: int

    @property
    def middle(self) -> int:
        """The line its words stand on."""
        return self.y + ROW // 2

    @property
    def end(self) -> int:
        """Where the figure is written."""
        return LABEL + self.length + 8

    @property
    def short(self) -> str:
        """名称, as far as there is room; the table has it whole."""
        return self.label if len(self.label) <= 12 else f"{self.label[:11]}…"


@dataclass(frozen=True)
class Chart:
    """条形图：``caption`` says what is counted, ``unit`` in what."""

    caption: str
    unit: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """In the units of its view."""
        return max(1, len(self.bars)) * ROW

    @property
    def view(self) -> str:
        """视框。"""
        return f"0 0 {WIDTH} {self.height}"


def bars(caption: str, rows: Iterable[tuple[str, int, str]], *, unit: str = "件") -> Chart:
    """条形图：of (label, value, address to open); the longest fills the room there is.

    >>> chart = bars("申请", [("预算", 4, ""), ("征地", 2, "")])
    >>> [(bar.label, bar.length) for bar in chart.bars]
    [('预算', 380), ('征地', 190)]
    """
    told = list(rows)
    most = max((value for _, value, _ in told), default=0) or 1
    room = WIDTH - LABEL - FIGURE
    return Chart(
        caption,
        unit,
        tuple(
            Bar(label, value, url, place * ROW, round(value * room / most))
            for place, (label, value, url) in enumerate(told)
        ),
    )
