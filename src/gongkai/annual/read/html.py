"""网页：paragraphs and grids of a page, as government sites and word processors write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.model import Report
from gongkai.annual.read.assemble import report
from gongkai.annual.read.document import Block, Grid, Paragraph, placed, words
from gongkai.errors import Unreadable
from gongkai.screening.source import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements that only dress letters; a word processor puts dozens of them into one cell.
_DRESSING = tuple(
    words(
        "span font b strong i em u s sub sup small big tt label mark ins del strike abbr cite code "
        "bdo q time kbd o:p st1:chmetcnv st1:chsdate st1:personname st1:place st1:city "
        "publishtime ucaptitle ucapcontent"
    )
)
#: Elements whose content is never part of the report.
_DROPPED = tuple(
    words(
        "script style noscript template iframe object embed applet svg canvas audio video map "
        "select option button textarea nav aside footer"
    )
)
_BREAKS = words(
    "p div br hr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article aside main header head title "
    "blockquote pre center form fieldset body html table thead tbody tfoot tr td th caption "
    "figure figcaption address details summary"
)
#: Tables that are no elements of the page: in a string of a script, or written as text.
_ESCAPED_TABLE = re.compile(r"(?:<|\\u003[cC]|&lt;)table\b")
_TEXT_AREA = re.compile(r"</?textarea\b[^>]*>", re.IGNORECASE)
_OPENING_QUOTE = re.compile(r"(?<![\\=])[\"'`](?=\s*(?:<|\\u003[cC]))")
_CLOSING_QUOTE = re.compile(r"(>|\\u003[eE])[\"'`]\s*[;,)}\]<]")
_BACKSLASH = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_MEANT = {"n": "\n", "r": "\n", "t": " "}
#: Where a line of the source ends between two Chinese characters, no space is meant.
_SOURCE_LINE_END = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_HEADING = re.compile(
    r"^[(（]?[一二三四五六][)）]?[、.．]?\s*(?:总体情况|主动公开政府|收到和处理|.{0,8}政府信息公开.{0,4}行政复议"
    r"|.{0,12}存在.{0,4}问题|其他需要报告)"
)
_TITLE = re.compile(r"年度报告|年报|信息公开.{0,4}报告")
_PUBLISHED = re.compile(r"(?:发布|公开|生成|成文|发文)(?:日期|时间)")
#: Cells that only the statutory tables have.
_STATUTORY = frozenset(("信息内容", "自然人", "结果维持", "结果\n维持", "申请人情况"))


def read(data: bytes, name: str = "") -> Report:
    """读网页：the report in a page of HTML, in whatever encoding the page really is.

    Raises :class:`~gongkai.errors.Unreadable`.
    """
    return report(blocks(decode(data)), name)


def blocks(source: str) -> list[Block]:
    """网页版面：paragraphs and grids of a page, scripts, navigation and dressing left out.

    What follows the element that holds all parts of the report (related links, the foot of the
    page) is left out too. Raises :class:`~gongkai.errors.Unreadable` where nothing is left.
    """
    root = _tree(source)
    found = list(_walk(root))
    if not any(isinstance(piece.block, Grid) for piece in found):
        hidden = _hidden_page(source)
        if hidden:
            return blocks(hidden)
    if not any(isinstance(piece.block, Paragraph) for piece in found):
        raise Unreadable("网页里没有文字；内容可能是图片，或者要由脚本另行载入")
    return [*_facts(root, found), *_main(found)]


def _tree(source: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        # Bytes, not str: a page may begin with an XML declaration of another encoding.
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Unreadable("网页里没有内容")
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    etree.strip_tags(root, *_DRESSING)
    return root


def _hidden_page(source: str) -> str:
    """A page that a script is to unfold: HTML in a string of the script, or written as text."""
    table = _ESCAPED_TABLE.search(source)
    if table is None:
        return ""
    if table[0].startswith("&"):
        return unescape(_TEXT_AREA.sub("", source))
    opening = [quote.end() for quote in _OPENING_QUOTE.finditer(source, 0, table.start() + 1)]
    closing = _CLOSING_QUOTE.search(source, table.end())
    inside = source[opening[-1] if opening else table.start() : closing.end(1) if closing else None]
    return _BACKSLASH.sub(lambda m: chr(int(m[1], 16)) if m[1] else _MEANT.get(m[2], m[2]), inside)


class _Piece(NamedTuple):
    """A block, the element it stands in, and whether all its text is a link."""

    block: Block
    element: _Element
    linked: bool


def _walk(root: _Element) -> Iterator[_Piece]:
    from lxml import etree

    words: list[str] = []
    in_link, plain, tables = 0, False, 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if tag == "head":
            if event == "start":
                walker.skip_subtree()
            continue
        if tag in _BREAKS:
            if words and (text := _tidy("".join(words))):
                yield _Piece(Paragraph(text), _holder(element, event), not plain)
            words, plain = [], False
        if event == "start":
            if tag == "table" and not _is_layout(element):
                walker.skip_subtree()
                tables += 1
                yield _Piece(Grid(placed(_cells(element)), tables), element, linked=False)
                continue
            in_link += tag == "a"
            piece = element.text
        else:
            in_link -= tag == "a"
            piece = element.tail
        if piece:
            words.append(piece)
            plain = plain or not (in_link or piece.isspace())


def _holder(element: _Element, event: str) -> _Element:
    """What holds the text before this event: the element if it ends here, else what it is in."""
    parent = element if event == "end" else element.getparent()
    return element if parent is None else parent


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", _SOURCE_LINE_END.sub("", text)).strip()


def _is_layout(table: _Element) -> bool:
    """A table around other tables arranges the page; unless those only dress single cells."""
    nested = table.iterdescendants("table")
    return any(len(list(inner.iter("td", "th"))) > 1 for inner in nested)


def _cells(table: _Element) -> list[list[tuple[str, int, int]]]:
    rows: list[list[tuple[str, int, int]]] = []
    inner = {cell for nested in table.iterdescendants("table") for cell in nested.iter()}
    for element in table.iter("tr", "td", "th"):
        if element in inner:
            continue
        if element.tag == "tr":
            rows.append([])
            continue
        if not rows:
            rows.append([])
        rows[-1].append(
            (_text(element), _span(element.get("rowspan")), _span(element.get("colspan")))
        )
    return rows


def _text(cell: _Element) -> str:
    """The text of a cell, a line for each element in it."""
    pieces = cell.itertext() if len(cell) else (cell.text or "",)
    return "\n".join(" ".join(words) for piece in pieces if (words := str(piece).split()))


def _span(attribute: str | None) -> int:
    if attribute is None:
        return 1
    digits = re.match(r"\s*(\d{1,4})", attribute)
    return int(digits[1]) if digits else 1


def _main(found: list[_Piece]) -> list[Block]:
    """The blocks up to the end of the element that holds the report; links before it left out."""
    anchors = [piece.element for piece in found if _is_anchor(piece.block)]
    if not anchors:
        return [piece.block for piece in found]
    holder = _common_ancestor(anchors[0], anchors[-1])
    inside = set(holder.iter())
    last = max(place for place, piece in enumerate(found) if piece.element in inside)
    return [
        piece.block
        for piece in found[: last + 1]
        if not piece.linked or piece.element in inside or _TITLE.search(_words(piece.block))
    ]


def _is_anchor(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return _HEADING.match(block.text) is not None
    return any(square.text in _STATUTORY for square in block.squares)


def _common_ancestor(first: _Element, last: _Element) -> _Element:
    above = {first, *first.iterancestors()}
    node: _Element | None = last
    while node is not None and node not in above:
        node = node.getparent()
    return first if node is None else node


def _words(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _facts(root: _Element, found: list[_Piece]) -> Iterator[Paragraph]:
    """What the page says of itself in its head, where its text does not say it (页面标签).

    Names of the tags: 政府网站发展指引（国办发〔2017〕47号）.
    """
    before = []
    for piece in found:
        if _is_anchor(piece.block):
            break
        before.append(_words(piece.block))
    tags = {
        element.get("name", "").lower(): element.get("content", "").strip()
        for element in root.iter("meta")
    }
    if not any(_TITLE.search(line) for line in before):
        title = tags.get("articletitle") or root.findtext(".//title") or ""
        if _TITLE.search(title):
            yield Paragraph(_tidy(re.split(r"[-_|—]{1,2}(?!.*年)", title)[0]))
    if tags.get("pubdate") and not any(_PUBLISHED.search(line) for line in before):
        yield Paragraph(f"发布时间：{tags['pubdate']}")
