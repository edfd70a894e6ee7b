"""读正文：every number of the prose that speaks of something the tables count, and its verdict.

Each number is read with the words around it: those of its own clause first, then those that
follow it（1件结转下年度）, then those since the number before. What it may mean is a list of
readings; it is confirmed if one of them fits, contradicted only if none does and nothing
suggests that it counts something else: another year, a part of the year, one office of the
city or the city of one office, a channel, one number out of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongkai.annual.checks.narrative import rates
from gongkai.annual.checks.narrative.context import Context, Window, windows
from gongkai.annual.checks.narrative.fact import Agreement, Fact, Kind, as_fact, judge
from gongkai.annual.checks.narrative.lexicon import Token, Word, tokens
from gongkai.annual.checks.narrative.metrics import Figures, Metric
from gongkai.annual.checks.narrative.reading import read
from gongkai.annual.checks.narrative.requests import share_of
from gongkai.annual.checks.narrative.scope import Scope
from gongkai.annual.checks.narrative.sentences import Sentence, sentences
from gongkai.annual.forms import DIRECT_SUIT, RECONSIDERATION, SUIT_AFTER_RECONSIDERATION
from gongkai.annual.model import Report

#: 258件，占33.9%: the share is of the number just before it.
_FOLLOWS = re.compile("(?:大?约|共|分别)?占")
_UPHELD = re.compile(r"(?:均|全部|都)(?:获|被|予以|得到|为|已)?(?:结果)?维持(?!\d)")
_HAPPENED = "收到|接到|受理|发生|出现|产生|引发|涉及|有|因|被"
_DENIAL = re.compile(
    rf"(?:未再?(?:{_HAPPENED})|(?:没有|暂?无|零)再?(?:{_HAPPENED})?)(?P<what>[^，。；！\d]*)"
)
_NARROWING = re.compile(
    r"法人|企业|组织|公民|自然人|逾期|超期|败诉|纠正|纠错|撤销|收费|网上|网络|信函|当面|投诉|举报|渠道|不|障碍"
    r"|延期|补正|错|问题|关于|涉及"
)
_DISPUTES = (RECONSIDERATION, DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION)


def read_facts(
    report: Report, last_year: Report | None = None, *, blank_as_zero: bool = False
) -> list[Fact]:
    """正文数字：facts in the order of the prose; none for a report without tables or prose."""
    if report.form is None or not report.parts:
        return []
    figures = Figures(report, blank_as_zero=blank_as_zero)
    earlier = None
    if last_year is not None and last_year.form is not None:
        earlier = Figures(last_year, blank_as_zero=blank_as_zero)
    context = Context(figures, Scope(report))
    found: list[Fact] = []
    for sentence in sentences(report):
        if sentence.tells:
            context.open(sentence)
            found.extend(_of_sentence(sentence, context, earlier))
            context.hear(sentence.tokens)
        elif sentence.opens or "申请" in sentence.quote:
            context.open(sentence)
            context.hear(sentence.tokens)
    return _settled(found)


def _of_sentence(sentence: Sentence, context: Context, last_year: Figures | None) -> Iterator[Fact]:
    previous: Fact | None = None
    for window in windows(sentence):
        words = {token.word for token in window.left}
        fact: Fact | None = None
        if Word.GROWTH in words:
            if previous is not None:
                fact = rates.growth(window, previous, last_year, context.figures, sentence)
        elif window.number.is_share:
            context.hear(window.left)
            if rates.wants_rate(window, context):
                fact = rates.rate(window, context.figures, sentence)
            elif Word.SHARE in words:
                fact = _share(window, previous, context, sentence)
        else:
            previous = fact = _count(window, context, sentence)
        if fact is not None:
            yield fact
    yield from _upheld(sentence, context)
    yield from _denials(sentence, context)


def _share(
    window: Window, previous: Fact | None, context: Context, sentence: Sentence
) -> Fact | None:
    metric = share_of(window, context) if context.section is not None else None
    if metric is None:
        if previous is None or not _FOLLOWS.match(window.clause):
            return None
        return rates.share(window, previous, context.figures, sentence)
    amount = metric.amount
    if not amount.exact or context.scope.doubt(window.before):
        return None
    counted = Fact(
        metric.name,
        amount.value,
        sentence.quote,
        sentence.place,
        Agreement.CONFIRMED,
        metric.refs,
        amount.value,
    )
    return rates.share(window, counted, context.figures, sentence)


def _count(window: Window, context: Context, sentence: Sentence) -> Fact | None:
    reading = read(window, context)
    if reading is None:
        return None
    kind = Kind.MONEY if window.number.is_money else Kind.COUNT
    judged = judge(window.number, reading)
    return as_fact(window.number, judged, quote=sentence.quote, place=sentence.place, kind=kind)


def _upheld(sentence: Sentence, context: Context) -> Iterator[Fact]:
    match = _UPHELD.search(sentence.text)
    if match is None or not context.strong:
        return
    named = {
        name
        for token in sentence.tokens
        if token.end <= match.start() and token.word in (Word.REVIEW, Word.SUIT)
        for name in token.meaning.names
    }
    fact = rates.all_upheld(
        sentence, context.figures, [group for group in _DISPUTES if group in named]
    )
    if fact is not None and not context.scope.doubt(sentence.text[: match.start()]):
        yield fact


def _denials(sentence: Sentence, context: Context) -> Iterator[Fact]:
    """未收到政府信息公开申请、未发生行政复议：a figure of 0 said in words.

    A contradiction is never certain: what exactly is denied a sentence seldom says.
    """
    for match in _DENIAL.finditer(sentence.text):
        clause = match["what"]
        words = tokens(clause)
        metric = _denied(words, match.group(), context, sentence)
        if metric is None or _NARROWING.search(clause):
            continue
        if context.scope.doubt(sentence.text[: match.start()]):
            continue
        amount = metric.amount
        if amount.unknown or not amount.filled:
            agreement = Agreement.UNVERIFIED
        else:
            agreement = Agreement.CONTRADICTED if amount.value else Agreement.CONFIRMED
        yield Fact(
            metric.name,
            0,
            sentence.quote,
            sentence.place,
            agreement,
            metric.refs,
            amount.value if amount.filled else None,
            amount.unknown,
            Kind.DENIAL,
        )


def _denied(words: list[Token], said: str, context: Context, sentence: Sentence) -> Metric | None:
    disputes = [token for token in words if token.word in (Word.REVIEW, Word.SUIT)]
    if disputes:
        names = {name for token in disputes for name in token.meaning.names}
        groups = tuple(group for group in _DISPUTES if group in names)
        return context.figures.dispute(groups) if context.strong else None
    if any(token.word is Word.CARRIED_OUT and "结转" in token.text for token in words):
        return context.figures.carried_out
    received = said.startswith(("未收到", "没有收到", "未接到", "没有接到", "未受理", "无依申请"))
    if words and words[-1].word is Word.REQUEST and received:
        return context.figures.new
    return None


def _settled(found: list[Fact]) -> list[Fact]:
    """Look at the facts together: what one says can excuse another.

    A number contradicted here but confirmed in another sentence most likely counts something
    else here. 废止 stated apart from 失效 is right when the table counts both as 废止.
    """
    confirmed = {(fact.name, fact.kind) for fact in found if fact.agreement is Agreement.CONFIRMED}
    settled = []
    for fact in found:
        if fact.metric == "废止" and fact.agreement is Agreement.CONTRADICTED:
            lapsed = next(
                (one for one in found if one.metric == "失效" and one.quote == fact.quote), None
            )
            if lapsed is not None and fact.value + lapsed.value == fact.table_value:
                fact = replace(
                    fact,
                    agreement=Agreement.CONFIRMED,
                    reason=f"表中废止件数含失效的{lapsed.value}件",
                )
        if fact.certain and (fact.name, fact.kind) in confirmed:
            fact = replace(fact, certain=False, reason="别处所说与表中一致，这里可能指其中一部分")
        settled.append(fact)
    return settled
