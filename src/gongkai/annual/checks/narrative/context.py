"""上下文：what the words around a number, and those before them, speak of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.annual.checks.narrative.lexicon import Token, Word
from gongkai.annual.checks.narrative.metrics import Figures, Metric
from gongkai.annual.checks.narrative.numbers import Number
from gongkai.annual.checks.narrative.scope import Scope
from gongkai.annual.checks.narrative.sentences import Sentence

REQUEST_UNITS = frozenset({"件", "份", "条", "宗", "起", "例", "个", "项", "件次"})
CASE_UNITS = frozenset({"件", "起", "宗", "例", "个", "次", "件次"})
DOCUMENT_UNITS = frozenset({"件", "部", "份", "个", "项"})
VERBS = frozenset({Word.RECEIVE, Word.ANSWER, Word.HANDLE})

_CLAUSE_END = re.compile("[，；：（）。！？]")
_RIGHT_END = re.compile("[，；：（）。、！？]")
_CONJUNCTION = re.compile("(?:及|和|与|、|或|或者|以及|并|案件|申请){0,3}")
#: 制发公文707件，主动公开673件，依申请公开20件，不予公开14件
_ATTRIBUTES = re.compile(
    r"公开属性"
    r"|(?:公文|文件)\d+(?:件|份|条).{0,60}(?:依申请公开|不予公开)[^，。；、]{0,4}\d+(?:件|份|条)"
    r"|主动公开(?:类|的|公文|文件|政府信息|信息)?\d+(?:件|份|条).{0,20}依申请公开[^，。；、]{0,4}\d+(?:件|份|条)"
)
_TOPICS = frozenset(
    {Word.REQUEST, Word.OUTCOME, Word.REVIEW, Word.SUIT, Word.DOCUMENT, Word.FOREIGN}
)


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
    opens = [0, *(match.end() for match in _CLAUSE_END.finditer(text))]
    closes = [*(match.start() for match in _RIGHT_END.finditer(text)), len(text)]
    for index, number in enumerate(numbers):
        previous = numbers[index - 1].end if index else 0
        following = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
        start = max(previous, opens[bisect_right(opens, number.start) - 1])
        end = closes[bisect_left(closes, number.end)]
        left = _within(sentence, start, number.start)
        if not left and "；" not in text[previous:start]:
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


def joined(nouns: list[Token], text: str) -> list[Token]:
    """The last noun with those of its kind that a conjunction ties to it: 予以公开及部分公开."""
    tied = [nouns[-1]]
    for token in reversed(nouns[:-1]):
        follower = tied[0]
        alike = token.word is follower.word and token.meaning.whole is follower.meaning.whole
        if not (alike and _CONJUNCTION.fullmatch(text[token.end : follower.start])):
            break
        tied.insert(0, token)
    return tied
