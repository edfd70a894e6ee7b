"""清洗正文：HTML from anywhere to the few elements a public text needs, without script or style.

What comes out is stored; what is stored is shown as it is. So everything is settled here: which
elements and addresses may stay, which lines are headings, where articles begin.
"""

from __future__ import annotations

import html as entities
import re

from gongkai.errors import BadInput, Unreadable

#: Longer than any document; a paste of a whole site is refused.
MOST_CHARACTERS = 5_000_000

_PHRASES = {"a", "b", "br", "em", "i", "img", "s", "strong", "sub", "sup", "u"}
_TAGS = _PHRASES | {
    *("h1", "h2", "h3", "h4", "p", "blockquote", "ul", "ol", "li", "hr", "div"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "p": {"align", "id"},
    "div": {"align"},
    **{f"h{level}": {"align", "id"} for level in range(1, 5)},
}
#: Where the images of a document may come from: its own files, nothing else.
OWN_FILE = re.compile(r"/(?:desk/)?documents/[0-9]+/files/[0-9]+/")
_ID = re.compile(r"[ast][0-9]{1,5}")
_EVENT = re.compile(r"on[a-z]{3,}", re.IGNORECASE)
#: Addresses that run something; browsers overlook blanks and control characters within them.
_RUNNING = re.compile(r"(javascript:|vbscript:|data:text/html)", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20]+")
_SPAN = re.compile(r"[1-9][0-9]{0,2}")

_BLOCK = "h2|h3|h4|p|blockquote|ul|ol|li|table|caption|thead|tbody|tfoot|tr|th|td|figure|div|hr"
_TAG = re.compile(r"<[^>]+>")
_OPENING = re.compile(r"\s*<(p|h[1-4])\b[^>]*>.*?</\1>", re.DOTALL)
_LOST_IMAGE = re.compile(r"<img(?![^>]* src=)[^>]*>")


def clean(html: str) -> str:
    """清洗：scripts, styles, frames, forms, events and foreign images go; text and tables stay.

    Raises BadInput when it is longer than any document could be.
    """
    import nh3

    if len(html) > MOST_CHARACTERS:
        raise BadInput("正文超过500万字符，请把附表等内容作为附件上传。")
    bare = nh3.clean(
        html.replace("\0", ""),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        clean_content_tags={"script", "style", "title", "head", "template", "iframe", "object"},
        link_rel="noopener noreferrer",
    )
    return _LOST_IMAGE.sub("", bare).strip()


def settle(html: str) -> str:
    """定稿：clean, then make of each line what it is: heading, article, centred or plain."""
    from gongkai.documents.body.lines import settle_lines

    return settle_lines(clean(html))


def from_text(text: str) -> str:
    """纯文本转正文：a paragraph a line; raises BadInput when it is longer than any document."""
    from gongkai.documents.body.lines import settle_text

    if len(text) > MOST_CHARACTERS:
        raise BadInput("正文超过500万字符，请把附表等内容作为附件上传。")
    return settle_text(text.replace("\0", ""))


def text_of(html: str) -> str:
    """正文的文字：a line a block, tables a line a row; for search, screening, differences."""
    text = re.sub(r"</t[hd]>\s*(?=<t[hd])", "\t", html)
    text = re.sub(rf"<br>|</(?:{_BLOCK})>", "\n", text)
    text = entities.unescape(_TAG.sub("", text)).replace("\xa0", " ")
    lines = (line.strip(" \r\f\v\u3000") for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def without_title(html: str, title: str) -> str:
    """去掉文首的标题：a manuscript begins with its own title, often over several lines; the page of
    a document has it already. Unchanged where the first lines are something else.
    """
    wanted, said, place = "".join(title.split()), "", 0
    while line := _OPENING.match(html, place):
        said += "".join(text_of(line[0]).split())
        place = line.end()
        if said == wanted:
            return html[place:].lstrip()
        if not wanted.startswith(said):
            break
    return html


def read_html(data: bytes) -> str:
    """读HTML文件：its encoding found, the body of it cleaned and settled.

    Raises Unreadable for what is no web page and for one that carries scripts: who wrote them
    must know that the text is not taken as it is.
    """
    from gongkai.screening.source import decode, kind_of

    if kind := kind_of(data):
        raise Unreadable(f"上传的其实是{kind}，不是网页文件。")
    text = decode(data)
    if "<" not in text:
        return from_text(text)
    if found := scripts_in(text):
        raise Unreadable(
            f"网页文件含有脚本（{'、'.join(found)}），没有收下；请去掉脚本后重新上传。"
        )
    body = re.search(r"<body\b[^>]*>(.*)</body", text, re.DOTALL | re.IGNORECASE)
    return settle(body[1] if body else text)


def scripts_in(html: str) -> list[str]:
    """网页中的脚本：elements, event attributes and addresses that run something, each once."""
    from lxml import etree

    if len(html) > MOST_CHARACTERS:
        raise BadInput("正文超过500万字符，请把附表等内容作为附件上传。")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        root = etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []  # nothing but blanks and comments
    found: dict[str, None] = {}
    for element in () if root is None else root.iter(etree.Element):
        if str(element.tag).rpartition(":")[2] == "script":
            found["<script>"] = None
        for name, value in ((str(key), str(said)) for key, said in element.items()):
            if _EVENT.fullmatch(name):
                found[f"事件属性 {name.lower()}"] = None
            elif running := _RUNNING.match(_IGNORED.sub("", value)):
                found[f"{running[1].lower()} 链接"] = None
    return list(found)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if OWN_FILE.fullmatch(value) else None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name in ("colspan", "rowspan"):
        return value if _SPAN.fullmatch(value) else None
    if name == "align":
        return value if value in ("left", "center", "right") else None
    return value
