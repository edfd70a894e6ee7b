"""读取结果：the text of a file and what it hides, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.files.hidden import Hidden

#: Raised when reading learns something new; files read with an earlier one are read again.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """读取结果：``text`` is what a reader of the file sees, for screening and for search.

    ``facts`` are ``pages`` or ``width`` and ``height`` where the kind has them. ``signed``: the
    file bears an electronic signature or seal, and may not be changed.
    """

    text: str = ""
    hidden: list[Hidden] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    signed: bool = False
