"""依申请公开的模板标签：``{% load applications %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from gongkai.applications.states import PHASES, State
from gongkai.law.outcomes import outcome
from gongkai.theme.templatetags.theme import pill
from gongkai.vault.masks import mask_name

register = template.Library()

_PILLS = {state.value: pill(state.label, PHASES[state].tone) for state in State}


@register.simple_tag
def state_pill(state: str) -> SafeString:
    """状态标：the word of a state in the colour of its group."""
    return _PILLS[state]


@register.filter
def outcome_name(code: str) -> str:
    """答复结果：in words; empty for none."""
    return outcome(code).name if code else ""


@register.filter
def lines(text: Any) -> list[str]:
    """段落：the lines of a text that say something."""
    return [line for line in str(text).splitlines() if line.strip()]


@register.filter
def masked_name(name: str) -> str:
    """遮盖的姓名：张**."""
    return mask_name(name)
