"""读数：from the words around a number to what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.annual.checks.narrative.fact import Reading
from gongkai.annual.checks.narrative.lexicon import Token, Word
from gongkai.annual.checks.narrative.metrics import Figures, Metric
from gongkai.annual.checks.narrative.numbers import COUNT_UNITS, Number
from gongkai.annual.checks.narrative.scope import Scope, is_channel, is_theme, partial
from gongkai.annual.checks.narrative.sentences import Sentence
from gongkai.annual.checks.sums import Amount
from gongkai.annual.forms import (
    DIRECT_SUIT,
    GRANTED,
    NOT_PROCESSED,
    PARTLY_GRANTED,
    RECONSIDERATION,
    REFUSED,
    SUIT_AFTER_RECONSIDERATION,
    UNABLE,
)

_CLAUSE_ENDS = "，；：（）。！？"
_RIGHT_ENDS = "，；：（）。、！？"
_CONJUNCTION = re.compile("(?:及|和|与|、|或|或者|以及|并|案件|申请){0,3}")
_DENIED = re.compile(
    r"(?:未|没有|无)(?:再)?(?:发生|出现|产生|收到|接到|引发|有|受理|因)|无一|[未无]$"
)
#: 制发公文707件，主动公开673件，依申请公开20件，不予公开14件
_ATTRIBUTES = re.compile(
    r"公开属性"
    r"|(?:公文|文件)\d+(?:件|份|条).{0,60}(?:依申请公开|不予公开)[^，。；、]{0,4}\d+(?:件|份|条)"
    r"|主动公开(?:类|的|公文|文件|政府信息|信息)?\d+(?:件|份|条).{0,20}依申请公开[^，。；、]{0,4}\d+(?:件|份|条)"
)
_REQUEST_UNITS = frozenset({"件", "份", "条", "宗", "起", "例", "个", "项", "件次"})
_CASE_UNITS = frozenset({"件", "起", "宗", "例", "个", "次", "件次"})
_DOCUMENT_UNITS = frozenset({"件", "部", "份", "个", "项"})
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
_TOPICS = frozenset(
    {Word.REQUEST, Word.OUTCOME, Word.REVIEW, Word.SUIT, Word.DOCUMENT, Word.FOREIGN}
)
_VERBS = frozenset({Word.RECEIVE, Word.ANSWER, Word.HANDLE})
_DISPUTES = (RECONSIDERATION, DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION)
_NO_COLUMN = Amount(0, 0, 0, "表二没有“失效”一栏")
_NOT_COUNTED = Amount(0, 0, 0, "表中不统计信息处理费")
_NEW_AND_CARRIED = "等于本年新收与上年结转之和，应写明含上年结转"


@dataclass
class Context:
    """上下文：what a sentence, and the ones before it under the same heading, speak of."""

    figures: Figures
    scope: Scope
    #: Requests for government information were spoken of under this heading.
    section: Token | None = None
    #: The words that last set the subject: a request, some disputes, documents, something else.
    topic: Token | None = None
    #: The topic was set in this sentence, not in one before.
    fresh: bool = False
    #: A request for government information is spoken of in this sentence, by its full name.
    strong: bool = False
    #: A number of this sentence counted a part only（网上申请60件）: those after it may as well.
    disturbed: bool = False
    #: Tokens still to be given out after 分别为.
    queue: list[Token] = field(default_factory=list)
    #: The sentence sorts documents by how they are published, not requests by their outcome.
    attributes: bool = False
    #: What was last said to have been done with documents in this sentence.
    verbs: tuple[Token, ...] = ()
    #: The row the applicants in this sentence break down.
    base: Metric | None = None

    def open(self, sentence: Sentence) -> None:
        """Begin a sentence."""
        if sentence.opens:
            self.section = None
        self.topic = self.section
        self.fresh = self.disturbed = False
        self.strong = any(token.word is Word.REQUEST for token in sentence.tokens) or (
            "信息公开" in sentence.text
        )
        self.queue = []
        self.verbs = ()
        self.base = None
        self.attributes = bool(_ATTRIBUTES.search(sentence.text))

    def hear(self, words: Sequence[Token]) -> None:
        """Let words set the topic."""
        for token in words:
            if token.word in _TOPICS:
                self.topic, self.fresh = token, True
            if token.word is Word.REQUEST:
                self.section = token

    def about(self, *words: Word) -> bool:
        """Whether the topic is one of these."""
        return self.topic is not None and self.topic.word in words


@dataclass(frozen=True)
class Window:
    """窗口：a number with the words of its clause before it, and those that follow."""

    number: Number
    clause: str
    left: tuple[Token, ...]
    right: tuple[Token, ...]
    #: The whole sentence.
    text: str

    @property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.text[: self.number.start]

    @property
    def after(self) -> str:
        """What follows the number."""
        return self.text[self.number.end :]


def windows(sentence: Sentence) -> Iterator[Window]:
    """The numbers of a sentence, each with its words."""
    text, numbers = sentence.text, sentence.numbers
    for index, number in enumerate(numbers):
        previous = numbers[index - 1].end if index else 0
        following = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
        start = max(previous, *(text.rfind(mark, 0, number.start) + 1 for mark in _CLAUSE_ENDS))
        end = min(
            (at for mark in _RIGHT_ENDS if (at := text.find(mark, number.end)) >= 0),
            default=len(text),
        )
        left = _within(sentence, start, number.start)
        if (
            not any(token.word is not Word.PASS for token in left)
            and "；" not in text[previous:start]
        ):
            start = previous
            left = _within(sentence, start, number.start)
        right = _within(sentence, number.end, end) if end <= following else ()
        yield Window(number, text[start : number.start], left, right, text)


def _within(sentence: Sentence, start: int, end: int) -> tuple[Token, ...]:
    return tuple(
        token
        for token in sentence.tokens
        if start <= token.start and token.end <= end and token.word is not Word.PASS
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
        context.disturbed = context.disturbed or number.unit in _REQUEST_UNITS
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
    if carried := _carried(left, right, window, context):
        return carried
    nouns = [token for token in left if token.word in _NOUNS]
    if not nouns:
        nouns = [token for token in right if token.word in _NOUNS]
        if _foreign(right):
            return None
    if nouns:
        return _of_nouns(nouns, window, context)
    if context.about(Word.DOCUMENT) and window.number.unit in _DOCUMENT_UNITS:
        return _of_documents_again(window, context)
    return _of_verbs(window, context)


def _foreign(tokens: Sequence[Token]) -> bool:
    """The last thing named is not ours."""
    named = [token for token in tokens if token.word in _NOUNS or token.word is Word.FOREIGN]
    return bool(named) and named[-1].word is Word.FOREIGN


def _carried(
    left: list[Token], right: list[Token], window: Window, context: Context
) -> Reading | None:
    words = left if any(token.word in _CARRIED for token in left) else right
    carried = [token for token in words if token.word in _CARRIED]
    if not carried or not _is_request(window, context):
        return None
    last = carried[-1]
    later = [token for token in words if token.start > last.start and token.word in _NOUNS]
    if any(token.word in (Word.REVIEW, Word.SUIT, Word.DOCUMENT) for token in (*later, *right)):
        return None
    if is_channel(window.clause) or window.number.unit not in _REQUEST_UNITS:
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


_CARRIED = frozenset({Word.CARRIED_IN, Word.CARRIED_OUT})


def _is_request(window: Window, context: Context) -> bool:
    near = any(
        token.word in (Word.REQUEST, Word.WEAK_REQUEST) for token in (*window.left, *window.right)
    )
    return near or context.strong or context.about(Word.REQUEST, Word.OUTCOME)


def _of_nouns(nouns: list[Token], window: Window, context: Context) -> Reading | None:
    last = nouns[-1]
    repeats = last.word in (Word.REQUEST, Word.WEAK_REQUEST) and len(nouns) > 1
    if repeats and nouns[-2].word in (Word.APPLICANT, Word.OUTCOME, Word.RESULT):
        # 自然人申请72件, 不予公开申请3件: the request only repeats what is counted
        last, nouns = nouns[-2], nouns[:-1]
    joined = _joined(nouns, window.text)
    number = window.number
    match last.word:
        case Word.REQUEST | Word.WEAK_REQUEST:
            return _of_verbs(window, context)
        case Word.OUTCOME if number.unit in _REQUEST_UNITS:
            return _of_outcomes(joined, window, context)
        case Word.APPLICANT if number.unit in _REQUEST_UNITS:
            return _of_applicants(joined, window, context)
        case Word.REVIEW | Word.SUIT if number.unit in _CASE_UNITS:
            return _of_disputes(joined, window, context)
        case Word.RESULT if number.unit in _CASE_UNITS:
            return _of_results(last, nouns, window, context)
        case Word.DOCUMENT if number.unit in _DOCUMENT_UNITS:
            return _of_documents(last, window, context)
        case Word.DECISION if number.unit in ("件", "项", "宗", "起", "例", "个", "次"):
            return _of_decisions(last, window, context)
        case Word.FEE if number.is_money:
            metric = context.figures.fees()
            return None if metric is None else Reading((metric,), own=False)
        case Word.PROCESSING_FEE if number.is_money:
            return Reading((Metric("信息处理费", (), _NOT_COUNTED),), own=False)
        case Word.PROCUREMENT if number.is_money:
            metric = context.figures.purchases()
            return None if metric is None else Reading((metric,), own=False)
    return None


def _joined(nouns: list[Token], text: str) -> list[Token]:
    """The last noun with those of its kind that a conjunction ties to it: 予以公开及部分公开."""
    joined = [nouns[-1]]
    for token in reversed(nouns[:-1]):
        follower = joined[0]
        alike = token.word is follower.word and token.meaning.whole is follower.meaning.whole
        if not (alike and _CONJUNCTION.fullmatch(text[token.end : follower.start])):
            break
        joined.insert(0, token)
    return joined


def _of_verbs(window: Window, context: Context) -> Reading | None:
    """收到、办理、答复: a number of requests, told by what was done with them."""
    number, figures = window.number, context.figures
    words = (*window.left, *window.right)
    verbs = {token.word for token in window.left if token.word in _VERBS}
    by_right = not verbs
    if by_right:
        verbs = {token.word for token in window.right if token.word in _VERBS}
    named = any(token.word is Word.REQUEST for token in words)
    weakly = any(token.word is Word.WEAK_REQUEST for token in words)
    if number.unit not in _REQUEST_UNITS or is_channel(window.clause):
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


def _of_outcomes(joined: list[Token], window: Window, context: Context) -> Reading | None:
    if not _is_request(window, context) or context.about(Word.FOREIGN, Word.DOCUMENT):
        return None
    if is_channel(window.clause) or "信息" in _between(joined[-1], window):
        return None
    figures = context.figures
    metric = figures.outcome([token.meaning.names for token in joined])
    whole = all(token.meaning.whole for token in joined)
    right_side = not any(token in window.left for token in joined)
    others = _wider_classes(joined, figures) if len(joined) == 1 else ()
    doubt = "" if whole or not right_side else "只说明了原因，不能确定是哪一项"
    if not whole and not all(token.text in token.meaning.names[0] for token in joined):
        doubt = doubt or "说法与表中不同，不能确定是哪一项"
    if window.number.unit == "条":
        doubt = doubt or "以条计的可能是信息而不是申请"
    if reason := _reason_within(joined, window):
        # 因过程性信息不予公开4件 is one row of the class; with 等原因 it would be the class
        row = figures.outcome([reason.meaning.names])
        return Reading((row, metric), doubt="只说了一种原因", own=False)
    return Reading((metric,), others, doubt, whole and not right_side and context.strong)


def _between(token: Token, window: Window) -> str:
    """What stands between a word and its number."""
    return window.text[token.end : window.number.start]


def _wider_classes(joined: list[Token], figures: Figures) -> tuple[tuple[Metric, str], ...]:
    """What writers also call by the name of one class of outcomes."""
    own = joined[0].meaning.names
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


def _reason_within(joined: list[Token], window: Window) -> Token | None:
    """A single row named before the class it belongs to, as the only reason."""
    first = joined[0]
    for token in window.left:
        within = set(token.meaning.names) < set(first.meaning.names)
        if token.word is Word.OUTCOME and token.end <= first.start and within:
            return None if "等" in window.text[token.end : first.start] else token
    return None


def _of_applicants(joined: list[Token], window: Window, context: Context) -> Reading | None:
    if context.about(Word.FOREIGN, Word.REVIEW, Word.SUIT, Word.DOCUMENT):
        return None
    named = any(token.word in (Word.REQUEST, Word.WEAK_REQUEST) for token in window.left)
    if context.base is None and not (named and context.strong):
        return None
    figures = context.figures
    base = context.base or figures.new
    columns = tuple(dict.fromkeys(name for token in joined for name in token.meaning.names))
    metric = figures.applicant(columns, base)
    carried = figures.applicant(columns, figures.to_handle)
    own = all(token.meaning.own for token in joined)
    return Reading(
        (metric,),
        ((carried, _NEW_AND_CARRIED),),
        doubt="" if own else "申请人的类别不是表中的叫法",
        own=False,
    )


def _of_disputes(joined: list[Token], window: Window, context: Context) -> Reading | None:
    text = window.before + window.after[:40]
    if not context.strong and not context.about(Word.REQUEST, Word.OUTCOME, Word.REVIEW, Word.SUIT):
        return None
    names = {name for token in joined for name in token.meaning.names}
    groups = tuple(group for group in _DISPUTES if group in names)
    doubt = "" if context.strong or "公开" in text else "没有写明是政府信息公开的案件"
    # 办理行政复议 may be the reviewing organ's work, not the reviewed one's
    own = not any(token.word in _VERBS for token in window.left)
    figures = context.figures
    concluded = figures.concluded(groups)
    if "审结" in window.clause and "未审结" not in window.clause:
        return Reading((concluded,), doubt=doubt, own=False)
    return Reading((figures.dispute(groups),), ((concluded, "等于已审结的件数"),), doubt, own)


def _of_results(
    last: Token, nouns: list[Token], window: Window, context: Context
) -> Reading | None:
    disputes = [token for token in nouns if token.word in (Word.REVIEW, Word.SUIT)]
    topic = disputes[-1] if disputes else context.topic
    if topic is None or topic.word not in (Word.REVIEW, Word.SUIT):
        return None
    metric = context.figures.dispute(topic.meaning.names, last.meaning.names[0])
    doubt = "" if last.meaning.own else "结果的说法与表中不同"
    if not doubt and not context.strong:
        doubt = "没有写明是政府信息公开的案件"
    return Reading((metric,), doubt=doubt, own=last in window.left)


def _of_documents(last: Token, window: Window, context: Context) -> Reading | None:
    row = last.meaning.names[0]
    verbs = [token for token in window.left if token.word is Word.DOCUMENT_VERB]
    if not verbs:
        verbs = [token for token in window.right if token.word is Word.DOCUMENT_VERB]
    if not verbs and window.before[: -len(window.clause)].endswith("、"):
        verbs = list(context.verbs)  # 现行有效规章12件、规范性文件40件
    context.verbs = tuple(verbs)
    return documents(row, verbs, context)


def _of_documents_again(window: Window, context: Context) -> Reading | None:
    """废止规范性文件2件、失效40件: the second number goes on speaking of the same documents."""
    verbs = [token for token in window.left if token.word is Word.DOCUMENT_VERB]
    if context.topic is None or not verbs or verbs[-1].meaning.names == ("公开",):
        return None
    return documents(context.topic.meaning.names[0], verbs, context)


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


def _of_decisions(last: Token, window: Window, context: Context) -> Reading | None:
    if any(mark in window.clause for mark in ("公开", "公示", "发布", "信息", "听证", "备案")):
        return None
    metric = context.figures.decisions(last.meaning.names[0])
    if metric is None:
        return None
    stated = "决定" in last.text or "作出" in window.clause
    return Reading((metric,), doubt="" if stated else "没有写明是处理决定", own=False)
