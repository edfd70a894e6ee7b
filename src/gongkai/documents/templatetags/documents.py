"""主动公开的模板标签：``{% load documents %}``。"""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongkai.documents.kinds import KINDS
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
