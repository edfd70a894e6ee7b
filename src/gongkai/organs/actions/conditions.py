"""办理的条件：what every action asks and refuses in the same words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty


def refuse(reasons: list[str]) -> None:
    """Raise NotAllowed with all reasons, if there are any."""
    if reasons:
        raise NotAllowed("；".join(reasons) + "。")


def proven(record_: models.Model) -> None:
    """What the model itself demands, as one sentence (BadInput); a form has asked it before."""
    try:
        record_.full_clean()
    except ValidationError as problem:
        raise BadInput("；".join(problem.messages)) from problem


def needs(duty: Duty, by: Staff, organ: Organ, what: str) -> list[str]:
    """The reason against ``what`` when the person lacks the duty at the organ."""
    if duty in roles_of(by, organ):
        return []
    return [f"{what}由{duty.label}办理"]


def differences(before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """变更：each column of a record that differs, as ``[before, after]``; of a new one, all set."""
    found = {}
    for field in after._meta.concrete_fields:
        if not field.editable or field.primary_key:
            continue
        new = getattr(after, field.attname)
        old = getattr(before, field.attname) if before else None
        if new != old and (before or new not in (None, "", [], False)):
            found[field.name] = [old, new]
    return found
