"""读数：from the words around a number to what it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual.checks.narrative import others, requests
from gongkai.annual.checks.narrative.context import (
    CASE_UNITS,
    DOCUMENT_UNITS,
    REQUEST_UNITS,
    Context,
    Window,
    joined,
)
from gongkai.annual.checks.narrative.fact import Reading
from gongkai.annual.checks.narrative.lexicon import Token, Word
from gongkai.annual.checks.narrative.numbers import COUNT_UNITS
from gongkai.annual.checks.narrative.scope import partial

_DENIED = re.compile(
    r"(?:未|没有|无)(?:再)?(?:发生|出现|产生|收到|接到|引发|有|受理|因)|无一|[未无]$"
)
_DECISION_UNITS = CASE_UNITS | {"项"}
_NOUNS = frozenset(
    {
        Word.REQUEST,
        Word.WEAK_REQUEST,
        Word.OUTCOME,
        Word.APPLICANT,
        Word.REVIEW,
        Word.SUIT,
        Word.RESULT,
        Word.DOCUMENT,
        Word.DECISION,
        Word.FEE,
        Word.PROCESSING_FEE,
        Word.PROCUREMENT,
    }
)


def read(window: Window, context: Context) -> Reading | None:
    """读：what a number may be; ``None`` when it speaks of nothing the tables count."""
    number = window.number
    if number.unit not in COUNT_UNITS and not number.is_money:
        return None
    if _DENIED.search(window.clause):
        return None
    context.hear(window.left)
    reading = _distributed(window, context) or _meant(window, context)
    context.hear(window.right)
    if reading is None:
        context.disturbed = context.disturbed or number.unit in REQUEST_UNITS
        return None
    if context.attributes and reading.counts_requests:
        return None
    doubt = reading.doubt or context.scope.doubt(window.before) or partial(_near(window))
    if not doubt and context.disturbed:
        doubt = "前面的数只是其中一部分，不能确定这里指全部"
    return Reading(reading.metrics, reading.otherwise, doubt, reading.own)


def _near(window: Window) -> str:
    """The clause of a number, without the words of the lexicon that only look like a part."""
    clause = window.clause
    for token in window.left:
        if token.word in (Word.OUTCOME, Word.RESULT, Word.CARRIED_IN, Word.CARRIED_OUT):
            clause = clause.replace(token.text, "")
    return clause


def _distributed(window: Window, context: Context) -> Reading | None:
    """行政复议、行政诉讼分别为7件、9件: the k-th number belongs to the k-th word."""
    if "分别" in window.clause:
        context.queue = [token for token in window.left if token.word in _NOUNS]
    elif window.left:
        context.queue = []
    if not context.queue:
        return None
    token = context.queue.pop(0)
    return _of_nouns([token], window, context)


def _meant(window: Window, context: Context) -> Reading | None:
    left, right = list(window.left), list(window.right)
    if _foreign(left):
        return None
    if carried := requests.carried_over(left, right, window, context):
        return carried
    nouns = [token for token in left if token.word in _NOUNS]
    if not nouns:
        nouns = [token for token in right if token.word in _NOUNS]
        if _foreign(right):
            return None
    if nouns:
        return _of_nouns(nouns, window, context)
    if context.about(Word.DOCUMENT) and window.number.unit in DOCUMENT_UNITS:
        return others.of_documents_again(window, context)
    return requests.of_verbs(window, context)


def _foreign(tokens: Sequence[Token]) -> bool:
    """The last thing named is not ours."""
    named = [token for token in tokens if token.word in _NOUNS or token.word is Word.FOREIGN]
    return bool(named) and named[-1].word is Word.FOREIGN


def _of_nouns(nouns: list[Token], window: Window, context: Context) -> Reading | None:
    last = nouns[-1]
    repeats = last.word in (Word.REQUEST, Word.WEAK_REQUEST) and len(nouns) > 1
    if repeats and nouns[-2].word in (Word.APPLICANT, Word.OUTCOME, Word.RESULT):
        # 自然人申请72件, 不予公开申请3件: the request only repeats what is counted
        last, nouns = nouns[-2], nouns[:-1]
    tied = joined(nouns, window.text)
    number = window.number
    match last.word:
        case Word.REQUEST | Word.WEAK_REQUEST:
            return requests.of_verbs(window, context)
        case Word.OUTCOME if number.unit in REQUEST_UNITS:
            return requests.of_outcomes(tied, window, context)
        case Word.APPLICANT if number.unit in REQUEST_UNITS:
            return requests.of_applicants(tied, window, context)
        case Word.REVIEW | Word.SUIT if number.unit in CASE_UNITS:
            return others.of_disputes(tied, window, context)
        case Word.RESULT if number.unit in CASE_UNITS:
            return others.of_results(last, nouns, window, context)
        case Word.DOCUMENT if number.unit in DOCUMENT_UNITS:
            return others.of_documents(last, window, context)
        case Word.DECISION if number.unit in _DECISION_UNITS:
            return others.of_decisions(last, window, context)
        case Word.FEE | Word.PROCESSING_FEE | Word.PROCUREMENT if number.is_money:
            return others.of_money(last, context)
    return None
