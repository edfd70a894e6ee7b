"""一件申请的全部记录：every row of every table that hangs on an application, whatever the table.

The archive copies them and anonymising goes through them, so that a table added later is in
neither forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models

from gongkai.applications.models import Application
from gongkai.organs.models import Organ, Staff
from gongkai.vault.fields import Sealed


@cache
def tables() -> tuple[tuple[type[models.Model], str], ...]:
    """从属的表：each with the path that leads from a row to its application, the shortest first."""
    found: dict[type[models.Model], str] = {}
    reached: list[tuple[type[models.Model], str]] = [(Application, "")]
    while reached:
        model, path = reached.pop(0)
        for link in model._meta.get_fields(include_hidden=True):
            owner = link.related_model
            if not (link.auto_created and (link.one_to_many or link.one_to_one)):
                continue
            if not isinstance(owner, type) or owner is Application or owner in found:
                continue
            way = f"{link.field.name}__{path}" if path else link.field.name  # type: ignore[union-attr]
            found[owner] = way
            reached.append((owner, way))
    return tuple(found.items())


def rows_of(application: Application) -> Iterator[models.Model]:
    """从属的记录：by table, in the order of their keys."""
    for model, path in sorted(tables(), key=lambda pair: pair[0].__name__):
        yield from model._base_manager.filter(**{path: application.pk}).order_by("pk")


def told(row: models.Model) -> dict[str, Any]:
    """一条记录：its columns by name, people and organs by theirs, what is sealed opened."""
    return {field.name: _value(row, field) for field in row._meta.concrete_fields}


def _value(row: models.Model, field: Any) -> Any:
    if field.is_relation and field.related_model in (Staff, Organ):
        other = getattr(row, field.name)
        return None if other is None else str(other)
    value = getattr(row, field.attname)
    return value.open() if isinstance(value, Sealed) else value
