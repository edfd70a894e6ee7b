"""模板标签：built into every template, no ``{% load %}`` needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.signals import setting_changed
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def fixed(name: str) -> SafeString:
    """印好的部分：a template that knows of the site alone, the same on every page: drawn once.

    Like ``{% include %}`` with nothing but ``website`` and ``demo``; while developing it is drawn
    anew each time.
    """
    return _draw(name) if settings.DEBUG else _drawn(name)


def _draw(name: str) -> SafeString:
    return render_to_string(name, {"website": settings.SITE, "demo": settings.DEMO})


_drawn = cache(_draw)
setting_changed.connect(lambda **_: _drawn.cache_clear(), weak=False, dispatch_uid="theme.fixed")


@register.simple_tag(takes_context=True)
def page_tags(context: Any, **given: Any) -> SafeString:
    """页面标签（《政府网站发展指引》，国办发〔2017〕47号）：``<meta>`` of site, column and article.

    Site tags stand on every page. A column page puts ``column`` into its context: a mapping or
    object with ``name``, ``description``, ``keywords``, ``type``; an article page also
    ``article``: ``title``, ``pub_date``, ``source``, optional ``keywords``, ``author``,
    ``description``, ``image``, ``url``.
    """
    site = settings.SITE
    tags = [
        ("SiteName", site["name"]),
        ("SiteDomain", site["domain"]),
        ("SiteIDCode", site["id_code"]),
    ]
    column = given.get("column") or context.get("tag_column")
    if column:
        tags += [
            ("ColumnName", _of(column, "name")),
            ("ColumnDescription", _of(column, "description") or _of(column, "name")),
            ("ColumnKeywords", _of(column, "keywords") or _of(column, "name")),
            ("ColumnType", _of(column, "type")),
        ]
    article = given.get("article") or context.get("tag_article")
    if article:
        tags += [
            ("ArticleTitle", _of(article, "title")),
            ("PubDate", _moment(_of(article, "pub_date"))),
            ("ContentSource", _of(article, "source")),
        ]
        optional = ("Keywords", "Author", "Description", "Image", "Url")
        told = [(name, _of(article, name.lower())) for name in optional]
        tags += [
            (name, _address(context, value) if name in ("Image", "Url") else value)
            for name, value in told
            if value
        ]
    # By hand: a tag at a time by format_html costs as much as the rest of the head.
    return SafeString(
        "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in tags)
    )


def _of(thing: Any, name: str) -> Any:
    value = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, "")
    if callable(value):
        value = value()
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "" if value is None else value


def _address(context: Any, url: Any) -> str:
    """An address as it is outside of the page: with the name of the site."""
    request = context.get("request")
    return request.build_absolute_uri(str(url)) if request else str(url)


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d 00:00")
    return str(value)


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """查询串：the address of this page with some parameters changed; None or "" takes one away.

    Paging starts anew unless ``at`` is among the changes.
    """
    request = context.get("request")
    values: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    if "at" not in changes:
        values.pop("at", None)
    for name, value in changes.items():
        if value in (None, ""):
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}" if values else "?"


@register.simple_tag
@cache
def address(name: str) -> str:
    """地址：of a page that has but one; like ``{% url %}``, asked once a process."""
    return reverse(name)


@register.simple_tag
def entries(listed: Iterable[Mapping[str, Any]]) -> SafeString:
    """导航项：of one group, each a line of a list; the one that leads here is marked."""
    return _entries(tuple((one["label"], one["url"], one["current"]) for one in listed))


@lru_cache(maxsize=512)
def _entries(listed: tuple[tuple[str, str, bool], ...]) -> SafeString:
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((url, _HERE if current else "", label) for label, url, current in listed),
    )


_HERE = SafeString(' aria-current="page"')


#: Word of a state → colour of its pill; anything else is grey.
TONES = {"good", "warn", "bad", "info", "plain"}


@register.simple_tag
def pill(text: Any, tone: str = "plain") -> SafeString:
    """状态标：a word on a ground; the tone is good, warn, bad, info or plain."""
    return format_html(
        '<span class="pill pill-{}">{}</span>', tone if tone in TONES else "plain", text
    )


@register.inclusion_tag("theme/_strip.html")
def strip(days: Iterable[Any], label: str = "逐日计算") -> dict[str, Any]:
    """日条：one box a day; a day has ``date``, ``kind`` (counted, holiday, makeup, paused, start,
    due) and ``text`` for those who cannot see the colour; ``number`` is the day's count or None.
    """
    return {"days": list(days), "label": label}


@register.inclusion_tag("theme/_bars.html")
def bars(chart: Any) -> dict[str, Any]:
    """条形图：of ``theme.charts.bars``, with its table."""
    return {"chart": chart}


@register.inclusion_tag("theme/_plot.html")
def plot(chart: Any) -> dict[str, Any]:
    """图表：of ``theme.charts.plot``, a table whose figures have their bars."""
    return {"chart": chart}


@register.inclusion_tag("theme/_paging.html", takes_context=True)
def paging(context: Any, page: Any, count: Any = None) -> dict[str, Any]:
    """翻页：links to the newer and older rows, and how many there are if that was counted."""
    return {"page": page, "count": count, "request": context.get("request")}


@register.inclusion_tag("theme/_breadcrumb.html")
def breadcrumb(*steps: str) -> dict[str, Any]:
    """面包屑：label, address, label, address, …; the last label may stand without an address."""
    pairs = [
        {"label": steps[place], "url": steps[place + 1] if place + 1 < len(steps) else ""}
        for place in range(0, len(steps), 2)
    ]
    return {"steps": pairs}


@register.inclusion_tag("theme/_tabs.html", takes_context=True)
def tabs(context: Any, *steps: str, label: str = "分页") -> dict[str, Any]:
    """页签：label, address, …; links, so they need no script; the page one is on is marked."""
    here = context["request"].get_full_path() if "request" in context else ""
    urls = steps[1::2]
    current = here if here in urls else here.partition("?")[0]
    pairs = [
        {"label": text, "url": url, "current": url == current}
        for text, url in zip(steps[::2], urls, strict=True)
    ]
    return {"steps": pairs, "label": label}


@register.filter
def filesize(size: int) -> str:
    """文件大小：as people say it: 999 字节, 35 KB, 1.2 MB, 5.0 GB."""
    if size < 2**10:
        return f"{size} 字节"
    if size < 2**20:
        return f"{size / 2**10:.0f} KB"
    if size < 2**30:
        return f"{size / 2**20:.1f} MB"
    return f"{size / 2**30:.1f} GB"
