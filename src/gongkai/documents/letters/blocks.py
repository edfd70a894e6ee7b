"""正文分块：a settled text as the blocks paper knows: headings, paragraphs, tables, pictures."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """标题：level 1 or more; never deeper than one below the heading before it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落：``align`` is "", "center" or "right"."""

    text: str
    align: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """图片：its address in the text, and its description."""

    address: str
    description: str


@dataclass(frozen=True, slots=True)
class Cell:
    """格：its words and pictures in order, the columns and rows it covers."""

    pieces: tuple[str | Picture, ...]
    across: int
    down: int
    head: bool


@dataclass(frozen=True, slots=True)
class Table:
    """表格：rows of cells, how many of them are heads, and the number of columns."""

    rows: list[list[Cell]]
    heads: int
    columns: int


Block = Heading | Paragraph | Table | Picture


def blocks(html: str, pictures: Container[str] = ()) -> Iterator[Block]:
    """分块：in order; a picture stands by itself if its address is among ``pictures``.

    Any other, and one in a heading, becomes its description.
    """
    from lxml import html as parser

    if not html.strip():
        return
    depth = 0
    for element in parser.fragment_fromstring(html, create_parent="div"):
        for block in _blocks_of(element, pictures):
            if isinstance(block, Heading):
                depth = min(block.level, depth + 1)
                yield Heading(depth, block.text)
            else:
                yield block


def _blocks_of(element: Any, pictures: Container[str]) -> Iterator[Block]:
    tag = element.tag
    if tag == "table":
        if (table := _table(element, pictures)).rows:
            yield table
    elif tag in ("ul", "ol"):
        start = int(element.get("start") or 1)
        for number, item in enumerate(element.iterchildren("li"), start):
            lead = f"{number}. " if tag == "ol" else "· "
            for piece in _pieces(item, pictures):
                yield piece if isinstance(piece, Picture) else Paragraph(lead + piece)
                lead = ""
    elif (
        tag in ("div", "blockquote", "figure") and len(element) and not (element.text or "").strip()
    ):
        for child in element:
            yield from _blocks_of(child, pictures)
    elif tag in ("h2", "h3", "h4"):
        if text := _text(element):
            yield Heading(int(tag[1]) - 1, text)
    elif isinstance(tag, str):
        for piece in _pieces(element, pictures):
            if isinstance(piece, Picture):
                yield piece
            else:
                yield Paragraph(piece, element.get("align") or "")
    if element.tail and element.tail.strip():
        yield Paragraph(element.tail.strip())


def _text(element: Any) -> str:
    return "".join(str(piece) for piece in _pieces(element, ()))


def _pieces(element: Any, pictures: Container[str]) -> Iterator[str | Picture]:
    """The words of an element, cut where one of the pictures stands; no piece is empty."""
    words: list[str] = []
    for part in _parts(element, pictures):
        if isinstance(part, str):
            words.append(part)
            continue
        if told := _trimmed(words):
            yield told
        yield part
        words = []
    if told := _trimmed(words):
        yield told


def _trimmed(words: list[str]) -> str:
    return "".join(words).strip(" \t\r\n\u3000")


def _parts(element: Any, pictures: Container[str]) -> Iterator[str | Picture]:
    if element.tag == "img":
        address, description = element.get("src") or "", element.get("alt") or "图"
        known = address in pictures
        yield Picture(address, description) if known else f"（{description}，见网页）"
    elif element.tag == "br":
        yield "\n"
    elif element.text and isinstance(element.tag, str):
        yield element.text
    for child in element:
        yield from _parts(child, pictures)
        if child.tail:
            yield child.tail


def _table(element: Any, pictures: Container[str]) -> Table:
    """The cells of a table, every row filled to the same width."""
    rows, heads, spans, width = [], 0, [], 0
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        spans.append([(int(c.get("colspan") or 1), int(c.get("rowspan") or 1)) for c in cells])
        rows.append(cells)
        if len(rows) == heads + 1 and cells and all(cell.tag == "th" for cell in cells):
            heads += 1
    width = _width(spans)
    made: list[list[Cell]] = []
    reaching = [0] * width  # how many rows below each column is still covered
    for place, (cells, sizes) in enumerate(zip(rows, spans, strict=True)):
        filled, column, left = [], 0, list(zip(cells, sizes, strict=True))
        while column < width:
            if reaching[column]:
                reaching[column] -= 1
                column += 1
                continue
            if left:
                cell, (across, down) = left.pop(0)
                pieces, head = tuple(_pieces(cell, pictures)), cell.tag == "th"
            else:
                pieces, head, across, down = (), False, 1, 1
            across = _free(reaching, column, across)
            down = min(down, len(rows) - place)
            filled.append(Cell(pieces, across, down, head))
            for covered in range(column, column + across):
                reaching[covered] = down - 1
            column += across
        made.append(filled)
    return Table([row for row in made if row], min(heads, len(made)), width)


def _width(spans: list[list[tuple[int, int]]]) -> int:
    width, reaching = 0, [0] * 1000
    for sizes in spans:
        column, left = 0, list(sizes)
        while left and column < 900:
            if reaching[column]:
                column += 1
                continue
            across, down = left.pop(0)
            for covered in range(column, min(column + across, 999)):
                reaching[covered] = down
            column += across
        width = max(width, column)
        reaching = [max(0, rest - 1) for rest in reaching]
    return width


def _free(reaching: list[int], column: int, across: int) -> int:
    end = column
    while end < len(reaching) and end < column + across and not reaching[end]:
        end += 1
    return max(1, end - column)
