"""图表：bars drawn as SVG, with the same figures as a table for who cannot see them.

``bars`` opens each figure and folds its table away; in ``plot`` the table is the chart, each
figure with its bar: it reads aloud, prints and fits a telephone as any table does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True)
class Mark:
    """一格：the figure as printed, and of a hundred parts of the longest how long its bar is.

    ``length`` is None where there is no figure to draw.
    """

    text: str
    length: int | None


@dataclass(frozen=True)
class Plot:
    """图表：``columns`` head the figures; ``head`` says what the rows are."""

    caption: str
    unit: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]


def plot(
    caption: str,
    head: str,
    columns: Sequence[str],
    rows: Iterable[tuple[str, Sequence[int | str]]],
    *,
    unit: str = "件",
) -> Plot:
    """图表：rows of figures under columns, all on one scale; a word stands where none is known.

    >>> chart = plot("申请", "年度", ["新收"], [("2021年", [40]), ("2022年", ["未填"])])
    >>> [mark.length for _, marks in chart.rows for mark in marks]
    [100, None]
    """
    told = [(label, tuple(cells)) for label, cells in rows]
    most = max((cell for _, cells in told for cell in cells if isinstance(cell, int)), default=0)
    return Plot(
        caption,
        unit,
        head,
        tuple(columns),
        tuple((label, tuple(_mark(cell, most) for cell in cells)) for label, cells in told),
    )


def _mark(cell: int | str, most: int) -> Mark:
    """The bar of a figure that is not 0 can be seen, however small."""
    if isinstance(cell, str):
        return Mark(cell, None)
    return Mark(f"{cell}", max(1, round(100 * cell / most)) if cell > 0 else 0)
