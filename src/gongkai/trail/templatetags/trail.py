"""留痕的模板标签：``{% load trail %}{% timeline record %}``。"""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from gongkai.trail.models import Step
from gongkai.trail.words import Names, changes_of

register = template.Library()


@register.inclusion_tag("trail/_timeline.html")
def timeline(record: models.Model, newest_first: bool = True) -> dict[str, Any]:
    """办理过程：everything done to a record, with reasons and changes."""
    steps = Step.objects.of(record).order_by("-number" if newest_first else "number")
    names = _names_of(record)
    return {"steps": [{"step": one, "changes": changes_of(one, names)} for one in steps[:500]]}


def _names_of(record: models.Model) -> Names:
    """What is beside the record already, so that no step asks for it."""
    fields = record._meta.concrete_fields
    links = [field for field in fields if isinstance(field, models.ForeignKey)]
    beside = [getattr(record, one.name) for one in links if one.is_cached(record)]
    return {(type(one), one.pk): str(one) for one in beside if one is not None}


@register.filter
def changes(step: Step) -> list[Any]:
    """The changes of a step, in words."""
    return changes_of(step)
