"""留痕的模板标签：``{% load trail %}{% timeline record %}``。"""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from gongkai.trail.models import Step
from gongkai.trail.words import changes_of

register = template.Library()


@register.inclusion_tag("trail/_timeline.html")
def timeline(record: models.Model, newest_first: bool = True) -> dict[str, Any]:
    """办理过程：everything done to a record, with reasons and changes."""
    steps = Step.objects.of(record).order_by("-number" if newest_first else "number")
    return {"steps": [{"step": step, "changes": changes_of(step)} for step in steps[:500]]}


@register.filter
def changes(step: Step) -> list[Any]:
    """The changes of a step, in words."""
    return changes_of(step)
