"""政策解读：drafted, signed and published with its policy（同步起草、同步审签、同步发布）."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.documents.actions.drafting import draft, refuse, why_not_draft
from gongkai.documents.actions.validity import link
from gongkai.documents.kinds import codes
from gongkai.documents.models import Document
from gongkai.documents.states import Link, State
from gongkai.organs.models import Staff

INTERPRETATION = "interpretation"
#: What is past interpreting.
_OVER = (State.DROPPED, State.WITHDRAWN, State.KEPT)
#: The most one can choose from in a list; older ones are found by title or number.
_MOST = 50


def why_not_interpret(policy: Document, *, by: Staff) -> list[str]:
    """起草解读的障碍。"""
    if not policy.row.policy:
        return ["只有政策文件才须解读"]
    if policy.state in _OVER:
        return [f"文件{policy.get_state_display()}，不再解读"]
    return why_not_draft(policy.organ, by=by)


@transaction.atomic
def interpret(policy: Document, *, by: Staff) -> Document:
    """起草解读：a draft beside the policy, tied to it from the first; raises NotAllowed."""
    refuse(why_not_interpret(policy, by=by))
    ending = "》政策解读"
    room = (Document._meta.get_field("title").max_length or 0) - len(ending) - 1
    reading = draft(policy.organ, INTERPRETATION, f"《{policy.title[:room]}{ending}", by=by)
    link(reading, policy, Link.INTERPRETS, by=by)
    return reading


def to_interpret(reading: Document) -> list[Document]:
    """可以解读的文件：the organ's own policies, drafts among them, newest first."""
    return _own(reading, codes(policy=True), reading.acts.values_list("target", flat=True))


def interpretations_for(policy: Document) -> list[Document]:
    """可以作为解读材料的：the organ's own interpretations, drafts among them, newest first."""
    return _own(policy, [INTERPRETATION], policy.acted_upon.values_list("source", flat=True))


def _own(one: Document, kinds: list[str], tied: Iterable[int]) -> list[Document]:
    rows = Document.objects.filter(organ=one.organ_id, kind__in=kinds).exclude(state__in=_OVER)
    rows = rows.exclude(pk__in=tied).order_by("-pk").only("pk", "title", "number", "state")
    return list(rows[:_MOST])
