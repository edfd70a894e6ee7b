"""变更的说法：what changed, field by field, in the words of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

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


#: 记录的名称：by its model and key, read once for all the steps of a page.
Names = dict[tuple[type[models.Model], Any], str]


def changes_of(step: Step, names: Names | None = None) -> list[Change]:
    """变更：each ``field: [before, after]`` of a step; anything else it noted, as it is.

    ``names`` remembers what the records that are mentioned are called, from step to step.
    """
    names = {} if names is None else names
    model = _model(step.subject)
    found = []
    for name, value in step.changes.items():
        if not is_told(model, name):
            continue
        label, said = _words(model, name, names)
        if isinstance(value, list) and len(value) == 2:
            found.append(Change(label, said(value[0]), said(value[1])))
        else:
            found.append(Change(label, "", said(value)))
    return found


def is_told(model: type[models.Model] | None, name: str) -> bool:
    """Whether a change is worth telling: a field nobody gave a name is the machine's own."""
    field = _field(model, name)
    return field is None or str(field.verbose_name) != name.replace("_", " ")


def _model(subject: str) -> type[models.Model] | None:
    try:
        return apps.get_model(subject)
    except (LookupError, ValueError):
        return None  # a room that is no longer there; its steps are


def _family(model: type[models.Model] | None) -> Iterator[type[models.Model]]:
    """A record and what is kept one to one beside it: a form filled in is told on its record."""
    if model is None:
        return
    yield model
    for relation in model._meta.related_objects:
        if relation.one_to_one and isinstance(relation.related_model, type):
            yield relation.related_model


def _field(model: type[models.Model] | None, name: str) -> Any:
    for one in _family(model):
        try:
            field: Any = one._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.concrete:
            return field
    return None


def _words(
    model: type[models.Model] | None, name: str, names: Names
) -> tuple[str, Callable[[Any], str]]:
    """The label of a field, and how its values are said.

    A model may have ``TOLD``, name → label and choices, for what its fields cannot say: the
    members of a list, or a change that is in no field of its own.
    """
    for one in _family(model):
        if name in (told := getattr(one, "TOLD", {})):
            label, choices = told[name]
            return str(label), partial(_said, choices=choices)
    field = _field(model, name)
    if field is None:
        return name, partial(_said, choices={})
    label = str(field.verbose_name)
    if isinstance(field, models.DateField):
        return label, _day
    if isinstance(field, models.ForeignKey):
        return label, partial(_record, field, names)
    choices = dict(field.flatchoices or [])
    return label, partial(_said, choices=choices)


def _day(value: Any) -> str:
    """A day, or a moment in local time, as a document would write it."""
    text = str(value or "")
    try:
        if len(text) > len("2026-11-22") and (moment := parse_datetime(text)):
            local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
            return f"{_written(local)} {local:%H:%M}"
        day = parse_date(text)
    except ValueError:
        return text
    return _written(day) if day else text


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _record(field: Any, names: Names, value: Any) -> str:
    """Another record by its name; by its key if it is there no longer."""
    if value in (None, ""):
        return ""
    key = (field.related_model, value)
    if key not in names:
        kept = field.related_model._base_manager.filter(pk=value).first()
        names[key] = str(kept or value)
    return names[key]


def _said(value: Any, choices: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_said(item, choices) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{key} {_said(item, choices)}" for key, item in value.items())
    return str(choices[value]) if value in choices else _plain(value)


def _plain(value: Any) -> str:
    """Whatever else was noted; a day or a moment is known by its looks."""
    looks = isinstance(value, str) and len(value) >= 10 and value[4:8:3] == "--"
    return _day(value) if looks else str(value)
