"""下一步：each deed that leaves the state an application is in, with its page or its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from gongkai.applications.actions import (
    archiving,
    consulting,
    correcting,
    excess,
    extending,
    receiving,
    replying,
    serving,
)
from gongkai.applications.actions.taking import why_not
from gongkai.applications.models import Application, Consultation
from gongkai.organs.models import Staff
from gongkai.steps.states import Move

#: Reasons of the trade, besides those of the table of moves.
WhyNot = Callable[[Application, Staff], list[str]]


@dataclass(frozen=True, slots=True)
class Deed:
    """可办的一步：``url`` is the page of the deed; without one a note on the spot is enough."""

    move: Move
    reasons: list[str]
    url: str
    forward: bool
    label: str

    @property
    def allowed(self) -> bool:
        """Whether it may be done now."""
        return not self.reasons


#: 可以直接办的：nothing but a note is asked; the rest need a page.
ON_THE_SPOT = frozenset(
    {
        *("draft", "handle_again", "submit", "recall", "pass_legal", "return_legal"),
        *("pass_secrecy", "return_secrecy", "sign", "return_sign", "close"),
        *("lapse_correction", "lapse_payment", "refuse_extension"),
    }
)
#: 办理台：pages where a deed is prepared; what it still lacks is told and mended there.
_WORKSHOPS = {"submit": "拟写答复、提交审核"}
#: Done on the page of another deed, or by it.
_WITHIN = frozenset({"ask_late", "resume"})
#: 主要的一步：what moves the case on from each state; they stand first.
_FORWARD = frozenset(
    {
        *("register", "draft", "submit", "pass_legal", "pass_secrecy", "sign", "serve"),
        *("sign_for", "close", "archive", "extend", "take_correction", "take_opinion"),
        *("take_reasons", "take_payment", "lapse_correction", "lapse_payment", "confirm"),
    }
)


def _each(check: Callable[..., list[str]]) -> WhyNot:
    """Of the consultations the one with the least against it speaks for all."""

    def reasons(application: Application, by: Staff) -> list[str]:
        open_ones: Iterable[Consultation] = application.consultations.all()
        found = [check(one, by=by) for one in open_ones]
        return min(found, key=len, default=["还没有征求过意见"])

    return reasons


def _of(check: Callable[..., list[str]]) -> WhyNot:
    return lambda application, by: check(application, by=by)


def _nothing_pending(application: Application, by: Staff) -> list[str]:
    return [] if extending.pending(application) else ["没有待批准的延期"]


_CHECKS: dict[str, WhyNot] = {
    "confirm": _of(receiving.why_not_confirm),
    "ask_to_correct": lambda one, by: correcting.why_not_ask(one, by=by, late_anyway=True),
    "take_correction": _of(correcting.why_not_take_correction),
    "lapse_correction": _of(correcting.why_not_lapse),
    "consult": _of(consulting.why_not_consult),
    "note_delivery": _each(consulting.why_not_note_delivery),
    "take_opinion": _each(consulting.why_not_take_opinion),
    "lapse_opinion": _each(consulting.why_not_lapse_opinion),
    "override": _each(consulting.why_not_override),
    "propose_extension": _of(extending.why_not_propose),
    "extend": _of(extending.why_not_approve),
    "refuse_extension": _nothing_pending,
    "ask_reasons": _of(excess.why_not_ask_reasons),
    "take_reasons": _of(excess.why_not_take_reasons),
    "set_later_date": _of(excess.why_not_set_later_date),
    "charge": _of(excess.why_not_charge),
    "note_fee_notice": _of(excess.why_not_note_fee_notice),
    "take_payment": _of(excess.why_not_take_payment),
    "lapse_payment": _of(excess.why_not_lapse_payment),
    "withdraw": _of(replying.why_not_withdraw),
    "draft": _of(replying.why_not_draft),
    "submit": _of(replying.why_not_submit),
    "sign": _of(replying.why_not_sign),
    "seal": _of(serving.why_not_seal),
    "serve": _of(serving.why_not_serve),
    "sign_for": _of(serving.why_not_sign_for),
    "close": _of(serving.why_not_close),
    "archive": _of(archiving.why_not_archive),
    "reorder": _of(serving.why_not_reorder),
}


def deed_url(move: str, application: Application) -> str:
    """办理页：the address of the page of a deed; empty where it needs none."""
    try:
        return reverse(f"applications:deed_{move}", args=[application.pk])
    except NoReverseMatch:
        return ""


def why_not_do(application: Application, move: str, *, by: Staff) -> list[str]:
    """办理的障碍：of the table first; only where it has none are those of the trade asked."""
    reasons = why_not(application, move, by=by)
    if not reasons and move in _CHECKS:
        reasons = _CHECKS[move](application, by)
    return list(dict.fromkeys(reasons))


def deeds(application: Application, *, by: Staff) -> list[Deed]:
    """下一步：those that move the case on first, then as the table has them."""
    found = []
    for move in application.FLOW.leaving(application.state):
        url = deed_url(move.name, application)
        if move.name in _WITHIN or not (url or move.name in ON_THE_SPOT):
            continue
        if url and move.name in _WORKSHOPS:
            reasons = why_not(application, move.name, by=by)
        else:
            reasons = why_not_do(application, move.name, by=by)
        label = _WORKSHOPS.get(move.name, move.label) if url else move.label
        found.append(Deed(move, reasons, url, move.name in _FORWARD, label))
    return sorted(found, key=lambda deed: not deed.forward)
