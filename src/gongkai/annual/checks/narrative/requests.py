"""申请：numbers of requests: received, answered, carried over; by outcome and by applicant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongkai.annual.checks.narrative.context import (
    REQUEST_UNITS,
    VERBS,
    Context,
    Window,
    joined,
)
from gongkai.annual.checks.narrative.fact import Reading
from gongkai.annual.checks.narrative.lexicon import Token, Word, tokens
from gongkai.annual.checks.narrative.metrics import Figures, Metric
from gongkai.annual.checks.narrative.scope import is_channel, is_theme
from gongkai.annual.forms import GRANTED, NOT_PROCESSED, PARTLY_GRANTED, REFUSED, UNABLE

_CARRIED = frozenset({Word.CARRIED_IN, Word.CARRIED_OUT})
_NEW_AND_CARRIED = "等于本年新收与上年结转之和，应写明含上年结转"


def carried_over(
    left: list[Token], right: list[Token], window: Window, context: Context
) -> Reading | None:
    """上年结转、结转下年: told by the words, or by the year they name."""
    words = left if any(token.word in _CARRIED for token in left) else right
    carried = [token for token in words if token.word in _CARRIED]
    if not carried or not _is_request(window, context):
        return None
    last = carried[-1]
    later = [token for token in words if token.start > last.start]
    if any(token.word in (Word.REVIEW, Word.SUIT, Word.DOCUMENT) for token in (*later, *right)):
        return None
    if is_channel(window.clause) or window.number.unit not in REQUEST_UNITS:
        return None
    figures = context.figures
    own = last.meaning.own
    if not own:
        years = [int(year) for year in re.findall(r"20\d\d", last.text)]
        if not years:
            doubt = "没有写明是上年结转还是结转下年"
            return Reading((figures.carried_in, figures.carried_out), doubt=doubt, own=False)
        if context.scope.year is None:
            return None
        earlier = years[-1] < context.scope.year
        if last.word is Word.CARRIED_IN and not earlier:
            return None
        metric = figures.carried_in if years[-1] <= context.scope.year else figures.carried_out
        return Reading((metric,), own=False)
    if last.word is Word.CARRIED_OUT:
        pending = last.text.startswith(("正在", "尚", "未", "在办", "办理中"))
        doubt = "未说明是年底未办结的" if pending and "年底" not in window.clause else ""
        return Reading((figures.carried_out,), doubt=doubt)
    if any(token.word is Word.RECEIVE for token in left) and "不含" not in window.clause:
        return Reading((figures.to_handle, figures.new))
    return Reading((figures.carried_in,))


def _is_request(window: Window, context: Context) -> bool:
    near = any(
        token.word in (Word.REQUEST, Word.WEAK_REQUEST) for token in (*window.left, *window.right)
    )
    return near or context.strong or context.about(Word.REQUEST, Word.OUTCOME)


def of_verbs(window: Window, context: Context) -> Reading | None:
    """收到、办理、答复: a number of requests, told by what was done with them."""
    number, figures = window.number, context.figures
    words = (*window.left, *window.right)
    verbs = {token.word for token in window.left if token.word in VERBS}
    by_right = not verbs
    if by_right:
        verbs = {token.word for token in window.right if token.word in VERBS}
    named = any(token.word is Word.REQUEST for token in words)
    weakly = any(token.word is Word.WEAK_REQUEST for token in words)
    if number.unit not in REQUEST_UNITS or is_channel(window.clause):
        return None
    if not named and not context.about(Word.REQUEST, Word.OUTCOME):
        return None
    subset = any(token.word is Word.SUBSET for token in window.left)
    if not verbs:
        if subset or not named or is_theme(window.clause):
            return None
        return Reading(
            (figures.new, figures.to_handle, figures.answered),
            own=False,
            doubt="没有写明是收到还是办结",
        )
    if not named and not weakly and Word.ANSWER not in verbs and not context.fresh:
        return None
    if is_theme(window.clause) and subset:
        return None
    doubt = "前面有“其中”，只是一部分" if subset else ""
    if not (named or weakly or context.fresh):
        doubt = doubt or "没有写明是政府信息公开申请"
    own = (named or context.strong) and not by_right
    if Word.ANSWER in verbs and Word.RECEIVE not in verbs:
        context.base = context.base or figures.answered
        return Reading(
            (figures.answered,),
            (
                (figures.new, "等于本年新收，与办理结果总计不同"),
                (figures.to_handle, "等于新收与上年结转之和，与办理结果总计不同"),
                (figures.replied, "等于办理结果总计减其他处理"),
            ),
            doubt,
            own,
        )
    if Word.RECEIVE in verbs and verbs == {Word.RECEIVE}:
        context.base = context.base or figures.new
        if _includes_carried(window.after):
            return Reading((figures.to_handle, figures.new), doubt=doubt, own=own)
        return Reading((figures.new,), ((figures.to_handle, _NEW_AND_CARRIED),), doubt, own)
    if not named and not weakly and not context.fresh:
        return None
    context.base = context.base or figures.new
    return Reading((figures.new, figures.answered, figures.to_handle), doubt=doubt, own=own)


_INCLUDING = re.compile(
    r"[，（](?:其中|包括|包含|含)[：，]?(?:新收[^，。；）\d]{0,10}\d+[件份条宗][，、和及]?)?"
    r"[^，。；）答办]{0,8}(?:上一?年|20\d\d年)[^，。；）]{0,12}结转"
)


def _includes_carried(after: str) -> bool:
    """收到75件（含上年结转1件）: the number before includes what was carried over."""
    return bool(_INCLUDING.match(after))


def of_outcomes(tied: list[Token], window: Window, context: Context) -> Reading | None:
    """办理结果: a class of outcomes or one row of it, several tied together added up."""
    if not _is_request(window, context) or context.about(Word.FOREIGN, Word.DOCUMENT):
        return None
    if is_channel(window.clause) or "信息" in _between(tied[-1], window):
        return None
    figures = context.figures
    whole = all(token.meaning.whole for token in tied)
    right_side = not any(token in window.left for token in tied)
    others = _wider_classes(tied, figures) if len(tied) == 1 else ()
    doubt = "" if whole or not right_side else "只说明了原因，不能确定是哪一项"
    rows = [token.meaning.names[0] for token in tied]
    if not set(rows) <= set(figures.rows) and not whole:
        return None  # 逾期不补正 in a form with one row for （六）
    metric = figures.outcome([token.meaning.names for token in tied])
    if not whole and not all(token.text in row for token, row in zip(tied, rows, strict=True)):
        doubt = doubt or "说法与表中不同，不能确定是哪一项"
    if window.number.unit == "条":
        doubt = doubt or "以条计的可能是信息而不是申请"
    if reason := _reason_within(tied, window):
        # 因过程性信息不予公开4件 is one row of the class; with 等原因 it would be the class
        row = figures.outcome([reason.meaning.names])
        return Reading((row, metric), doubt="只说了一种原因", own=False)
    own = whole and not right_side and context.strong
    own = own and all(token.meaning.own for token in tied)
    return Reading((metric, *_remaining(tied, window, figures)), others, doubt, own)


def _remaining(tied: list[Token], window: Window, figures: Figures) -> Iterator[Metric]:
    """逾期未补正2件，其他处理5件: the class without the rows named apart from it."""
    if tied[-1].meaning.names != _OTHERWISE or len(figures.otherwise) == 1:
        return
    named = {name for token in tokens(window.text) for name in token.meaning.names}
    rows = tuple(row for row in figures.otherwise if row not in named)
    if len(rows) < len(figures.otherwise):
        yield replace(figures.outcome([rows]), name="其他处理合计")


def share_of(window: Window, context: Context) -> Metric | None:
    """不予公开占7.3%: the class or the applicants a share is of, when no count stands before."""
    nouns = [token for token in window.left if token.word in (Word.OUTCOME, Word.APPLICANT)]
    if not nouns:
        return None
    tied = joined(nouns, window.text)
    if tied[-1].word is Word.OUTCOME:
        return context.figures.outcome([token.meaning.names for token in tied])
    columns = tuple(dict.fromkeys(name for token in tied for name in token.meaning.names))
    return context.figures.applicant(columns, context.base or context.figures.new)


def _between(token: Token, window: Window) -> str:
    """What stands between a word and its number."""
    return window.text[token.end : window.number.start]


def _wider_classes(tied: list[Token], figures: Figures) -> tuple[tuple[Metric, str], ...]:
    """What writers also call by the name of one class of outcomes."""
    own = tied[0].meaning.names
    others = []
    for wider in _WIDER.get(own, ()):
        metric = figures.outcome([own, *wider])
        others.append((metric, f"等于{metric.name}"))
    return tuple(others)


_OTHERWISE = ("其他处理",)
_WIDER: dict[tuple[str, ...], tuple[tuple[tuple[str, ...], ...], ...]] = {
    (GRANTED,): (((PARTLY_GRANTED,),),),
    REFUSED: ((UNABLE,), (UNABLE, NOT_PROCESSED), (UNABLE, NOT_PROCESSED, _OTHERWISE)),
    UNABLE: ((REFUSED,), (NOT_PROCESSED,)),
    NOT_PROCESSED: ((_OTHERWISE,),),
    _OTHERWISE: ((NOT_PROCESSED,),),
}


def _reason_within(tied: list[Token], window: Window) -> Token | None:
    """A single row named before the class it belongs to, as the only reason."""
    first = tied[0]
    for token in window.left:
        within = set(token.meaning.names) < set(first.meaning.names)
        if token.word is Word.OUTCOME and token.end <= first.start and within:
            return None if "等" in window.text[token.end : first.start] else token
    return None


def of_applicants(tied: list[Token], window: Window, context: Context) -> Reading | None:
    """申请人: a column of the row that the number before them counted."""
    if context.about(Word.FOREIGN, Word.REVIEW, Word.SUIT, Word.DOCUMENT):
        return None
    named = any(token.word in (Word.REQUEST, Word.WEAK_REQUEST) for token in window.left)
    if context.base is None and not (named and context.strong):
        return None
    figures = context.figures
    base = context.base or figures.new
    columns = tuple(dict.fromkeys(name for token in tied for name in token.meaning.names))
    metric = figures.applicant(columns, base)
    carried = figures.applicant(columns, figures.to_handle)
    own = all(token.meaning.own for token in tied)
    return Reading(
        (metric,),
        ((carried, _NEW_AND_CARRIED),),
        doubt="" if own else "申请人的类别不是表中的叫法",
        own=False,
    )
