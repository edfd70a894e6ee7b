"""变更的说法：what changed, field by field, in the words of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from gongkai.trail.models import Step


@dataclass(frozen=True)
class Change:
    """一处变更：the name of the field, what it said before and what it says now."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.label}：{self.after}"
        return f"{self.label}：{self.before} → {self.after or '（空）'}"


def changes_of(step: Step) -> list[Change]:
    """变更：each ``field: [before, after]`` of a step; anything else it noted, as it is."""
    model = _model(step.subject)
    found = []
    for name, value in step.changes.items():
        label, said = _field(model, name)
        if isinstance(value, list) and len(value) == 2:
            found.append(Change(label, said(value[0]), said(value[1])))
        else:
            found.append(Change(label, "", said(value)))
    return found


def _model(subject: str) -> type[models.Model] | None:
    try:
        return apps.get_model(subject)
    except (LookupError, ValueError):
        return None  # a room that is no longer there; its steps are


def _field(model: type[models.Model] | None, name: str) -> tuple[str, Any]:
    """The label of a field, and how its values are said."""
    try:
        field: Any = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    choices = dict(getattr(field, "flatchoices", None) or [])
    label = str(getattr(field, "verbose_name", name))
    return label, lambda value: _said(value, choices)


def _said(value: Any, choices: dict[Any, Any]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_said(item, choices) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{key} {_said(item, choices)}" for key, item in value.items())
    return str(choices.get(value, value))
