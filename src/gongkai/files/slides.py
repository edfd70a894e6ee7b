"""演示文稿：the words on its slides, and what the audience does not see."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.packages import Package, office_secrets
from gongkai.files.reading import Reading


def read(data: bytes) -> Reading:
    """读演示文稿：raises Unreadable for a part that is missing or broken."""
    package = Package(data)
    hidden: list[Hidden] = []
    text: list[str] = []
    for number, part in enumerate(package.named("ppt/slides/slide"), 1):
        root = package.xml(part)
        words = _words(package, part)
        if root.get("show") in {"0", "false"}:
            hidden.append(Hidden(What.HIDDEN_SLIDE, f"第{number}张", shown(words)))
        else:
            text.append(words)
    hidden.extend(_spoken(package))
    hidden.extend(office_secrets(package))
    return Reading(text="\n".join(text), hidden=hidden, signed=package.signed)


def _words(package: Package, part: str) -> str:
    lines = (
        "".join(one.text or "" for one in paragraph.iter("{*}t"))
        for paragraph in package.xml(part).iter("{*}p")
    )
    return "\n".join(filter(None, lines))


def _spoken(package: Package) -> Iterator[Hidden]:
    for part in package.named("ppt/notesSlides/notesSlide"):
        words = _words(package, part).strip()
        if words and not words.isdigit():  # a page number is no note
            yield Hidden(What.NOTES, part.rpartition("/")[2], shown(words))
    for part in package.named("ppt/comments/"):
        for one in package.xml(part).iter("{*}cm"):
            yield Hidden(What.COMMENT, "批注", shown("".join(map(str, one.itertext()))))
