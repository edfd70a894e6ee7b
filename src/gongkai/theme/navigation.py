"""导航：rooms hang their entries here, so no room reaches up to a door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """导航项：``address`` is the name of a page; ``shown`` decides from the user who sees it."""

    label: str
    address: str
    group: str = ""
    position: int = 100
    shown: Callable[[Any], object] | None = None


@cache
def _url(address: str) -> str:
    """The address of a page, asked once; every page shows all of them."""
    return reverse(address)


@dataclass
class Navigation:
    """导航：entries by group, in order of position."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def add(
        self,
        label: str,
        address: str,
        *,
        group: str = "",
        position: int = 100,
        shown: Callable[[Any], object] | None = None,
    ) -> None:
        """Hang up an entry; called from a room's ``AppConfig.ready``."""
        self.entries[group, label] = Entry(label, address, group, position, shown)

    def shown_to(self, request: HttpRequest) -> list[dict[str, Any]]:
        """``[{"group": …, "entries": [{"label", "url", "current"}]}]`` for who asks."""
        user = getattr(request, "user", None)
        shown = []
        for entry in sorted(self.entries.values(), key=lambda entry: entry.position):
            if entry.shown and not (user and user.is_authenticated and entry.shown(user)):
                continue
            try:
                shown.append((entry, _url(entry.address)))
            except NoReverseMatch:
                continue  # the room is not part of this installation
        # The page one is on lies under several addresses; the longest of them is meant.
        under = [url for _, url in shown if request.path.startswith(url) and url != "/"]
        here = max(under, key=len, default=request.path)
        groups: dict[str, list[dict[str, Any]]] = {}
        for entry, url in shown:
            item = {"label": entry.label, "url": url, "current": url == here}
            groups.setdefault(entry.group, []).append(item)
        return [{"group": group, "entries": entries} for group, entries in groups.items()]


#: 工作台的侧边导航。
DESK = Navigation()
#: 门户的主导航。
PORTAL = Navigation()
