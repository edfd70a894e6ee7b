"""主动公开的模板标签：``{% load documents %}``。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.documents.kinds import KINDS
from gongkai.documents.showing import Cell, Shown
from gongkai.documents.states import TONES, State, Validity
from gongkai.theme.templatetags.theme import pill

register = template.Library()


@register.simple_tag
def validity_pill(value: str) -> SafeString:
    """有效性：as a word and a colour."""
    validity = Validity(value)
    return pill(validity.label, validity.tone)


@register.simple_tag
def state_pill(value: str) -> SafeString:
    """办理状态：as a word and a colour."""
    state = State(value)
    return pill(state.label, TONES.get(state, "info"))


@register.filter
def kind_name(code: str) -> str:
    """种类：its name."""
    return KINDS[code].name if code in KINDS else ""


@register.filter
def settled(html: str) -> SafeString:
    """正文：HTML that was cleaned when it was stored; nothing else may be passed here."""
    return mark_safe(html)


@register.simple_tag
def facts(shown: Shown) -> SafeString:
    """元数据：each fact of a document, its name and its value, as a list says them."""
    validity = validity_pill(shown.validity)
    return SafeString("\n".join(_fact(cell, validity) for cell in shown.cells))


def _fact(cell: Cell, validity: SafeString) -> str:
    long = ' class="long"' if cell.wide else ""
    if cell.muted:
        value: str = f'<span class="muted">（{escape(cell.value)}）</span>'
    elif cell.name == "有效性":
        value = validity
    else:
        value = _value(cell.value)
    return f"<dt{long}>{escape(cell.name)}</dt><dd{long}>{value}</dd>"


def _value(value: Any) -> str:
    if isinstance(value, date):
        day = f"{value.year}年{value.month}月{value.day}日"
        return f'<time datetime="{value.isoformat()}">{day}</time>'
    return escape(value or "—")
