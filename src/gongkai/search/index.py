"""引擎与来源：the engine this site uses, and the rooms that give it entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from gongkai.errors import BadInput
from gongkai.search.entry import Index, Provider

_PROVIDERS: dict[str, Provider] = {}


@lru_cache(maxsize=1)
def index() -> Index:
    """检索引擎：named by the setting SEARCH_INDEX, the embedded one by default."""
    name: str = getattr(settings, "SEARCH_INDEX", "gongkai.search.embedded.Embedded")
    engine: Index = import_string(name)()
    return engine


setting_changed.connect(lambda **_: index.cache_clear(), weak=False, dispatch_uid="search.index")


def provide(provider: Provider) -> None:
    """登记来源：a room calls this in ``ready()`` of its app."""
    _PROVIDERS[provider.source] = provider


def providers() -> list[Provider]:
    """已登记的来源。"""
    return list(_PROVIDERS.values())


def rebuild(source: str = "") -> Iterator[tuple[Provider, int]]:
    """重建索引：of one source or of all; yields progress. Searching goes on meanwhile.

    Raises BadInput for a source nobody provides.
    """
    if source and source not in _PROVIDERS:
        known = "、".join(_PROVIDERS) or "无"
        raise BadInput(f"没有“{source}”这个来源；已有：{known}。")
    for provider in [_PROVIDERS[source]] if source else providers():
        done = 0
        for done in index().refill(provider):
            yield provider, done
        if not done:
            yield provider, 0
