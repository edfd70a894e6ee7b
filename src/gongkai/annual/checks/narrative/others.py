"""案件、文件、决定：numbers of reviews and suits, of documents, of decisions and of money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.annual.checks.narrative.context import VERBS, Context, Window
from gongkai.annual.checks.narrative.fact import Reading
from gongkai.annual.checks.narrative.lexicon import Token, Word
from gongkai.annual.checks.narrative.metrics import Metric
from gongkai.annual.checks.sums import Amount
from gongkai.annual.forms import DIRECT_SUIT, RECONSIDERATION, SUIT_AFTER_RECONSIDERATION

_DISPUTES = (RECONSIDERATION, DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION)
_NO_COLUMN = Amount(0, 0, 0, "表二没有“失效”一栏")
_NOT_COUNTED = Amount(0, 0, 0, "表中不统计信息处理费")


def of_disputes(tied: list[Token], window: Window, context: Context) -> Reading | None:
    """行政复议、行政诉讼: totals of one or more groups of Table 4."""
    text = window.before + window.after[:40]
    if not context.strong and not context.about(Word.REQUEST, Word.OUTCOME, Word.REVIEW, Word.SUIT):
        return None
    names = {name for token in tied for name in token.meaning.names}
    groups = tuple(group for group in _DISPUTES if group in names)
    doubt = "" if context.strong or "公开" in text else "没有写明是政府信息公开的案件"
    # 办理行政复议 may be the reviewing organ's work, not the reviewed one's
    own = not any(token.word in VERBS for token in window.left)
    figures = context.figures
    concluded = figures.concluded(groups)
    if "审结" in window.clause and "未审结" not in window.clause:
        return Reading((concluded,), doubt=doubt, own=False)
    return Reading((figures.dispute(groups),), ((concluded, "等于已审结的件数"),), doubt, own)


def of_results(last: Token, nouns: list[Token], window: Window, context: Context) -> Reading | None:
    """结果维持 and the like: a result of the cases last spoken of."""
    disputes = [token for token in nouns if token.word in (Word.REVIEW, Word.SUIT)]
    topic = disputes[-1] if disputes else context.topic
    if topic is None or topic.word not in (Word.REVIEW, Word.SUIT):
        return None
    metric = context.figures.dispute(topic.meaning.names, last.meaning.names[0])
    doubt = "" if last.meaning.own else "结果的说法与表中不同"
    if not doubt and not context.strong:
        doubt = "没有写明是政府信息公开的案件"
    return Reading((metric,), doubt=doubt, own=last in window.left)


def of_documents(last: Token, window: Window, context: Context) -> Reading | None:
    """规章、规范性文件, with what was done with them before or after the number."""
    row = last.meaning.names[0]
    verbs = [token for token in window.left if token.word is Word.DOCUMENT_VERB]
    if not verbs:
        verbs = [token for token in window.right if token.word is Word.DOCUMENT_VERB]
    if not verbs and window.before[: -len(window.clause)].endswith("、"):
        verbs = list(context.verbs)  # 现行有效规章12件、规范性文件40件
    context.verbs = tuple(verbs)
    reading = documents(row, verbs, context)
    return _doubted(reading, window)


def _doubted(reading: Reading | None, window: Window) -> Reading | None:
    """公开规章13件（含新制定5件）: the second number may be a part of the first."""
    subset = any(token.word is Word.SUBSET for token in window.left)
    if reading is None or not subset:
        return reading
    return replace(reading, doubt=reading.doubt or "前面有“其中”，只是一部分")


def of_documents_again(window: Window, context: Context) -> Reading | None:
    """废止规范性文件2件、失效40件: the second number goes on speaking of the same documents."""
    verbs = [token for token in window.left if token.word is Word.DOCUMENT_VERB]
    if context.topic is None or not verbs or verbs[-1].meaning.names == ("公开",):
        return None
    return _doubted(documents(context.topic.meaning.names[0], verbs, context), window)


def documents(row: str, verbs: Sequence[Token], context: Context) -> Reading | None:
    """规章、规范性文件: what was done with them decides the column.

    A contradiction is never certain: 市政府制发 and 全市制发 are not the same documents, and
    which of the two the table counts a sentence seldom tells.
    """
    said = [token.meaning.names[0] for token in verbs]
    verb = said[-1] if said else ""
    if verb == "公开" and "制发" in said:  # 制定发布
        verb = "制发"
    if verb == "别的":
        return None
    if verb == "失效":
        subject = context.figures.documents(row, "有效")[0].subject
        return Reading((Metric("失效", (), _NO_COLUMN, subject),), own=False)
    metrics = tuple(context.figures.documents(row, verb))
    if not metrics:
        return None
    vague = verb in ("", "公开")
    return Reading(metrics, doubt="没有写明是制发还是现行有效" if vague else "", own=False)


def of_decisions(last: Token, window: Window, context: Context) -> Reading | None:
    """行政许可、行政处罚、行政强制: decisions made, not decisions published."""
    if any(mark in window.clause for mark in ("公开", "公示", "发布", "信息", "听证", "备案")):
        return None
    metric = context.figures.decisions(last.meaning.names[0])
    if metric is None:
        return None
    stated = "决定" in last.text or "作出" in window.clause
    return Reading((metric,), doubt="" if stated else "没有写明是处理决定", own=False)


def of_money(last: Token, context: Context) -> Reading | None:
    """收费、采购: a sum of money, in 元."""
    if last.word is Word.PROCESSING_FEE:
        return Reading((Metric("信息处理费", (), _NOT_COUNTED),), own=False)
    figures = context.figures
    metric = figures.fees() if last.word is Word.FEE else figures.purchases()
    return None if metric is None else Reading((metric,), own=False)
