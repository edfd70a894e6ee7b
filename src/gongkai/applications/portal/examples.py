"""可供试查的申请：of the demonstration alone, invented ones that anybody may track."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from gongkai.applications.models import Application
from gongkai.applications.states import State

#: One whose reply has come, and one that waits for a word of the applicant.
_SHOWN = (State.SERVED, State.CORRECTING)


@dataclass(frozen=True, slots=True)
class Example:
    """一件：its number, its query code and how far it has come."""

    number: str
    code: str
    state: str


def examples() -> list[Example]:
    """试查的申请：none outside the demonstration."""
    if not settings.DEMO:
        return []
    found = []
    for state in _SHOWN:
        rows = Application.objects.filter(demo=True, state=state, anonymised_on__isnull=True)
        if one := rows.order_by("pk").first():
            found.append(Example(one.number, one.code.open(), one.get_state_display()))
    return found
