"""流程的模板标签：``{% load steps %}``。"""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.steps.actions import Offer, offers

register = template.Library()


@register.inclusion_tag("steps/desk/_moves.html", takes_context=True)
def next_moves(
    context: Any, record: Any, url: str = "", given: list[Offer] | None = None
) -> dict[str, Any]:
    """下一步：a button a move; a move that is not allowed is grey, with its reasons beside it.

    The forms post ``move``, ``seen`` (the state as it was drawn) and ``note`` to ``url``; the page
    there asks ``steps.actions.posted`` what was wanted. ``given`` are offers the page has made
    itself, with reasons of the trade; otherwise those of the table are shown.
    """
    request = context["request"]
    return {
        "offers": offers(record, by=request.user) if given is None else given,
        "record": record,
        "state": record.FLOW.label(record.state),
        "url": url or request.path,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def state_label(record: Any) -> str:
    """The state of a record in words."""
    return str(record.FLOW.label(record.state))
