"""词表：the words by which prose speaks of what the tables count.

One regular expression cuts a sentence into words; each word is of one kind. Longer words
stand before the shorter ones they contain, so that 不予公开 is never read as 公开, and words
that only look like ours（信息公开, 规范性文件类信息） are named so that they can be passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from gongkai.annual.forms import (
    COERCION,
    DIRECT_SUIT,
    FEES,
    GRANTED,
    NATURAL_PERSON,
    NOT_PROCESSED,
    ORGANISATIONS,
    OTHERWISE_THREE_ROWS,
    PARTLY_GRANTED,
    PENALTIES,
    PERMITS,
    PROCUREMENT,
    RECONSIDERATION,
    REFUSED,
    RESULTS,
    SUIT_AFTER_RECONSIDERATION,
    UNABLE,
)


class Word(Enum):
    """词类：what a word of the lexicon is about."""

    REQUEST = "申请"
    WEAK_REQUEST = "申请（未说明是信息公开申请）"
    RECEIVE = "收到"
    HANDLE = "办理"
    ANSWER = "答复"
    CARRIED_IN = "上年结转"
    CARRIED_OUT = "结转下年"
    OUTCOME = "办理结果"
    APPLICANT = "申请人"
    REVIEW = "行政复议"
    SUIT = "行政诉讼"
    RESULT = "复议诉讼结果"
    DOCUMENT = "规章、规范性文件"
    DOCUMENT_VERB = "制发、废止"
    DECISION = "许可、处罚、强制"
    FEE = "收费"
    PROCESSING_FEE = "信息处理费"
    PROCUREMENT = "采购"
    RATE = "办结率"
    SHARE = "占比"
    GROWTH = "同比"
    SUBSET = "其中"
    FOREIGN = "别的事"
    PASS = "略过"


@dataclass(frozen=True, slots=True)
class Meaning:
    """词义：the kind of a word and the rows or columns it names.

    ``whole`` means a class of outcomes（不予公开） rather than one row; ``own`` that it is the
    table's own word rather than a paraphrase, so that a contradiction is one beyond doubt.
    """

    word: Word
    names: tuple[str, ...] = ()
    whole: bool = False
    own: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """词：a word found in a sentence."""

    meaning: Meaning
    start: int
    end: int
    text: str

    @property
    def word(self) -> Word:
        """Its kind."""
        return self.meaning.word


_NOTHING = Meaning(Word.PASS)
_FOREIGN = Meaning(Word.FOREIGN)


def _row(*rows: str, own: bool = False) -> Meaning:
    return Meaning(Word.OUTCOME, rows, own=own)


def _whole(*rows: str, own: bool = True) -> Meaning:
    return Meaning(Word.OUTCOME, rows, whole=True, own=own)


#: (pattern, meaning), in the order in which they are tried at a place.
_ENTRIES: tuple[tuple[str, Meaning], ...] = (
    # words that only look like ours
    ("信息公开(?:行政)?法?复议法?(?=、|和|情况)", _NOTHING),
    ("(?:行政)?复议(?:法|机关|机构|局|体制|决定|审查|答复|委员会|应诉)", _NOTHING),
    ("行政诉讼法|公益诉讼|民事诉讼", _NOTHING),
    ("(?:行政)?规范性文件(?:类|库|管理|制定|合法|备案|清理|目录)|规章制度|规章(?:库|类)", _FOREIGN),
    (
        "行政许可(?:类|事项|信息|目录|清单|结果|申请)|行政处罚(?:类|事项|信息|目录|清单|结果|案件信息)",
        _FOREIGN,
    ),
    ("不予?受理", _FOREIGN),
    ("办结率|答复率|按时办理率|按期答复率|回复率|公开率", Meaning(Word.RATE)),
    ("占(?:全部|总|申请|比)?", Meaning(Word.SHARE)),
    (
        "(?:同比|环比|(?:较|比)(?:上一?年|去年|20[0-9][0-9]年)(?:度|同期|全年)?)"
        "(?:申请量|数量|总量|有所|大幅)?(?:增长|增加|上升|提高|下降|减少|回落|降低|下滑|增|减|升|降)?"
        "|(?:增长|增加|上升|下降|减少|回落|降低|下滑)(?:了|约)?(?=[0-9])",
        Meaning(Word.GROWTH),
    ),
    # carrying over
    (
        "(?:结转|顺延|延期|转)(?:到|至|入)?20[0-9][0-9]年度?(?!申请|的)",
        Meaning(Word.CARRIED_OUT, own=False),
    ),
    (
        "20[0-9][0-9]年度?(?:未办结|顺延)?的?(?:政府信息公开)?(?:申请)?(?:结转|转入|转来)(?![到至入下])",
        Meaning(Word.CARRIED_IN, own=False),
    ),
    (
        "(?:结转|转结|转|顺延|延期|延续|延|跨)(?:到|至|入|为)?(?:下|次|明|第二)一?(?:个)?年度?"
        "|(?:下|次)一?年度?(?:继续)?(?:办理|答复|结转)"
        "|(?:正在|尚在)(?:办理|处理)(?:中)?|尚未(?:办结|答复|办理完)|未办结|未到(?:答复|办理)期限?|在办(?=[0-9])"
        "|办理中",
        Meaning(Word.CARRIED_OUT),
    ),
    ("结转(?=[0-9])", Meaning(Word.CARRIED_IN, own=False)),
    (
        "(?:上一?年|去年|往年|以前年)度?(?:的|未办结的?|政府)?(?:信息公开)?(?:申请)?(?:结转|转结|转入|转来|遗留|顺延|延续)"
        "|(?:结转|转结|承接|延续)(?:自)?(?:上一?年|去年)度?",
        Meaning(Word.CARRIED_IN),
    ),
    # outcomes: the classes and their rows
    ("不予(?:以)?公开", _whole(*REFUSED)),
    ("不同意公开|不宜公开|免予公开", _whole(*REFUSED, own=False)),
    ("部分(?:予以)?公开", _whole(PARTLY_GRANTED)),
    ("区分处理", _whole(PARTLY_GRANTED, own=False)),
    ("予[以已]公开", _whole(GRANTED)),
    ("同意公开|准予公开|全部公开|完全公开", _whole(GRANTED, own=False)),
    ("无法(?:予以)?提供", _whole(*UNABLE)),
    ("不予(?:以)?处理", _whole(*NOT_PROCESSED)),
    ("其[他它](?:方式|情形|类型?)?处理", Meaning(Word.OUTCOME, ("其他处理",), whole=True)),
    ("国家秘密", _row(REFUSED[0])),
    ("法律、?(?:行政)?法规禁止(?:公开)?", _row(REFUSED[1])),
    ("(?:危及)?“?三安全一稳定”?", _row(REFUSED[2])),
    ("(?:保护)?第三方(?:合法)?权益|商业秘密|个人隐私", _row(REFUSED[3])),
    ("(?:属于)?(?:三类)?内部(?:事务|管理)信息", _row(REFUSED[4])),
    ("(?:属于)?(?:四类)?过程性(?:性)?信息", _row(REFUSED[5])),
    ("(?:属于)?(?:行政)?执法案卷", _row(REFUSED[6])),
    ("(?:属于)?行政查询(?:事项)?", _row(REFUSED[7])),
    ("(?:本[机单]?[关位局办])?不掌握(?:相关)?(?:政府)?(?:信息)?|信息不存在", _row(UNABLE[0])),
    ("没有现成(?:信息)?(?:需要?另行制作)?|需要?另行制作", _row(UNABLE[1])),
    ("补正后[^，。；0-9]{0,8}不明确", _row(UNABLE[2])),
    ("信访、?举报、?投诉(?:类)?(?:申请)?", _row(NOT_PROCESSED[0])),
    ("重复申请", _row(NOT_PROCESSED[1])),
    ("(?:要求)?(?:提供)?公开出版物", _row(NOT_PROCESSED[2])),
    ("(?:无正当理由)?大量反复申请", _row(NOT_PROCESSED[3])),
    ("(?:要求行政机关)?确认或(?:者)?重新出具(?:已获取信息)?", _row(NOT_PROCESSED[4])),
    ("(?:无正当理由)?(?:逾期)?[不未]补正", _row(OTHERWISE_THREE_ROWS[0])),
    (
        "(?:逾期)?未(?:按收费通知)?(?:要求)?缴(?:纳)?费(?:用)?|(?:逾期)?不缴(?:纳)?费(?:用)?",
        _row(OTHERWISE_THREE_ROWS[1]),
    ),
    # disputes
    (
        "未经复议直接(?:起诉|诉讼|提起(?:行政)?诉讼)(?:案件)?|直接(?:提起|向法院)?(?:行政)?(?:起诉|诉讼)(?:案件)?",
        Meaning(Word.SUIT, (DIRECT_SUIT,)),
    ),
    (
        "经?(?:行政)?复议后(?:再|又)?(?:提起|向法院)?(?:行政)?(?:起诉|诉讼)(?:案件)?",
        Meaning(Word.SUIT, (SUIT_AFTER_RECONSIDERATION,)),
    ),
    (
        "(?:被?(?:申请|提起|提出))?(?:行政复议|复议)(?:申请|案件|纠纷|案)?",
        Meaning(Word.REVIEW, (RECONSIDERATION,)),
    ),
    (
        "(?:被?提起)?(?:行政诉讼|诉讼|行政应诉)(?:案件|纠纷|案)?(?:数)?",
        Meaning(Word.SUIT, (DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION)),
    ),
    (
        "(?:结果|予以|被|获|决定|判决)?维持(?:原(?:行政行为|决定|判)?)?",
        Meaning(Word.RESULT, (RESULTS[0],)),
    ),
    ("结果纠正|(?:被)?依?法?(?:纠正|纠错)", Meaning(Word.RESULT, (RESULTS[1],))),
    ("其[他它]结果", Meaning(Word.RESULT, (RESULTS[2],))),
    (
        "(?:尚)?未审(?:理)?结|尚?未结案|正在审理(?:中)?|(?:尚)?在审(?:理)?中?|审理中",
        Meaning(Word.RESULT, (RESULTS[3],)),
    ),
    ("胜诉|驳回(?:诉讼请求|起诉|复议申请)?", Meaning(Word.RESULT, (RESULTS[0],), own=False)),
    ("败诉|被?撤销|确认违法|责令", Meaning(Word.RESULT, (RESULTS[1],), own=False)),
    ("撤诉|撤回|终止|和解|调解", Meaning(Word.RESULT, (RESULTS[2],), own=False)),
    ("其[他它](?=[0-9])", Meaning(Word.RESULT, (RESULTS[2],), own=False)),
    # who applied
    (
        "法人(?:或者?|和|及|与|以及|、|/)其他组织|法人(?:或者?|和|及|与|、)组织|法人",
        Meaning(Word.APPLICANT, ORGANISATIONS),
    ),
    ("自然人", Meaning(Word.APPLICANT, (NATURAL_PERSON,))),
    ("公民|个人(?!信息)", Meaning(Word.APPLICANT, (NATURAL_PERSON,), own=False)),
    ("商业企业", Meaning(Word.APPLICANT, (ORGANISATIONS[0],))),
    ("企业", Meaning(Word.APPLICANT, (ORGANISATIONS[0],), own=False)),
    ("科研机构", Meaning(Word.APPLICANT, (ORGANISATIONS[1],))),
    ("社会公益组织", Meaning(Word.APPLICANT, (ORGANISATIONS[2],))),
    ("法律服务机构", Meaning(Word.APPLICANT, (ORGANISATIONS[3],))),
    ("律师事务所|律所|律师", Meaning(Word.APPLICANT, (ORGANISATIONS[3],), own=False)),
    # documents and decisions
    ("(?:行政)?规范性文件", Meaning(Word.DOCUMENT, ("规范性文件",))),
    ("规章", Meaning(Word.DOCUMENT, ("规章",))),
    ("现行有效|继续有效", Meaning(Word.DOCUMENT_VERB, ("有效",))),
    ("(?:宣布|予以|已)?废止(?:文件)?", Meaning(Word.DOCUMENT_VERB, ("废止",))),
    ("(?:宣布|自动|已)?失效(?:文件)?", Meaning(Word.DOCUMENT_VERB, ("失效",))),
    ("新?制发|新?制定|新?出台|印发|新制作", Meaning(Word.DOCUMENT_VERB, ("制发",))),
    (
        "审查|审核|备案|解读|清理|报送|修改|修订|梳理|评估|延期|延长|征求|起草|合法性|转发|征集",
        Meaning(Word.DOCUMENT_VERB, ("别的",)),
    ),
    ("行政许可(?:处理)?(?:决定)?", Meaning(Word.DECISION, (PERMITS,))),
    ("行政处罚(?:处理)?(?:决定)?", Meaning(Word.DECISION, (PENALTIES,))),
    ("行政强制(?:措施|执行|处理)?(?:决定)?", Meaning(Word.DECISION, (COERCION,))),
    ("减免|降低收费|退费|退还", _FOREIGN),
    ("行政事业性收费", Meaning(Word.FEE, (FEES,))),
    ("(?:政府)?(?:信息公开)?信息(?:公开)?处理费", Meaning(Word.PROCESSING_FEE)),
    ("政府集中采购", Meaning(Word.PROCUREMENT, (PROCUREMENT,))),
    # requests
    (
        "(?:政府)?信息公开申请(?!人|表|书|指南|渠道|办理|答复|接收|平台|系统|流程)(?:事项)?"
        "|信息依申请公开(?:申请|事项|件)?|依申请公开(?:政府信息|政务信息|信息)?(?:的)?(?:申请|事项|件|信息)?"
        "|依申请(?:政府)?信息公开(?:申请)?|依申请信息|依申请(?=[0-9件])|申请公开(?:政府)?信息|公开申请(?!人|表|书)"
        "|申请件",
        Meaning(Word.REQUEST),
    ),
    (
        "政府信息公开|信息公开|政务公开|主动公开|公开(?:办|工作|平台|栏|专区|指南|渠道|途径)",
        _NOTHING,
    ),
    (
        "申请(?!人|表|书|指南|渠道|办理|答复|接收|平台|系统|流程|公开|受理|量|数)",
        Meaning(Word.WEAK_REQUEST),
    ),
    ("新收到?|收到|接收|受理|接到|收件|登记", Meaning(Word.RECEIVE)),
    ("答复(?!书|函|文书|意见|口径)|办结|办毕|办复|回复|结办", Meaning(Word.ANSWER)),
    (
        "办理(?!机构|程序|流程|规范|制度|机制|工作|过程|环节|时限|期限)|处理(?!费|机制)",
        Meaning(Word.HANDLE),
    ),
    ("公开|公布|发布", Meaning(Word.DOCUMENT_VERB, ("公开",))),
    ("其中|包括|含(?!有)", Meaning(Word.SUBSET)),
    # other things that are counted in the same words
    (
        "热线|问政|留言|来信|信件|信箱|咨询|建议|提案|投诉|举报|信访|新闻|微信|微博|视频|图解|访谈|栏目|专题"
        "|来电|来访|工单|评论|稿件|公报|会议|培训|补贴|人事任免|政策性?文件|公文|市场主体|许可申请|登记申请|备案申请"
        "|动态|公告|通知|文章|问答|群众诉求|整改",
        _FOREIGN,
    ),
)


def _alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, those within brackets left together."""
    depth = start = 0
    for at, char in enumerate(pattern):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "|" and not depth:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def _openings(pattern: str) -> set[str]:
    """The characters a pattern can begin with; optional beginnings are looked past."""
    found: set[str] = set()
    at = 0
    while at < len(pattern):
        if pattern[at] == "(":
            end = _closing(pattern, at)
            if pattern.startswith("(?:", at):
                for word in _alternatives(pattern[at + 3 : end]):
                    found |= _openings(word)
        elif pattern[at] == "[":
            end = pattern.index("]", at)
            found.update(pattern[at + 1 : end])
        else:
            end = at
            found.add(pattern[at])
        if not pattern.startswith("?", end + 1):
            break
        at = end + 2
    return found


def _closing(pattern: str, at: int) -> int:
    depth = 0
    for end in range(at, len(pattern)):
        depth += (pattern[end] == "(") - (pattern[end] == ")")
        if not depth:
            return end
    raise AssertionError(pattern)


def _by_opening() -> dict[str, tuple[re.Pattern[str], list[Meaning]]]:
    """For each opening character, the words it may open, as one pattern, and their meanings.

    A sentence has few places where a word can begin and each can begin only a few words, so
    this reads several times as fast as one pattern of all words. The empty group at the end
    of a word tells which one matched.
    """
    words = [(word, meaning) for pattern, meaning in _ENTRIES for word in _alternatives(pattern)]
    openings: dict[str, list[tuple[str, Meaning]]] = {}
    for word, meaning in words:
        for char in _openings(word):
            openings.setdefault(char, []).append((word, meaning))
    return {
        char: (
            re.compile("|".join(f"{word}()" for word, _ in few)),
            [meaning for _, meaning in few],
        )
        for char, few in openings.items()
    }


_WORDS = _by_opening()
_OPENING = re.compile(f"[{''.join(sorted(_WORDS))}]")


def tokens(sentence: str) -> list[Token]:
    """分词：the words of the lexicon in a sentence, in order."""
    found: list[Token] = []
    at = 0
    while opening := _OPENING.search(sentence, at):
        at = opening.start()
        pattern, meanings = _WORDS[sentence[at]]
        if match := pattern.match(sentence, at):
            meaning = meanings[(match.lastindex or 1) - 1]
            found.append(Token(meaning, at, match.end(), match.group()))
            at = match.end()
        else:
            at += 1
    return found
