"""期限：every period the clock knows, each with the article that sets it.

``TERMS`` is keyed by the code that stands before the dash in a case number (``REPLY-09``). Numbers
the statutes leave open are not here but in `gongkai.law.policy`.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

from gongkai.law.articles import (
    CIVIL_CODE,
    CIVIL_PROCEDURE,
    FEE_MEASURE,
    LITIGATION,
    LITIGATION_INTERPRETATION,
    RECONSIDERATION,
    RECONSIDERATION_2017,
    REGULATION,
    Article,
)
from gongkai.law.numerals import chinese


class Unit(Enum):
    """计算单位：the words a statute writes after the number."""

    WORKING_DAYS = "个工作日"
    DAYS = "日"
    MONTHS = "个月"
    YEARS = "年"


@dataclass(frozen=True, slots=True)
class Term:
    """期限：so many days, months or years, and the article that says so.

    ``since`` is the first day from which the period has had this length; earlier facts are refused
    rather than measured by a law not yet in force. ``also`` are the articles that say how to count.
    ``starts`` names the day it runs from, which is itself not counted.
    """

    code: str
    name: str
    length: int
    unit: Unit
    article: Article
    starts: str
    since: date
    also: tuple[Article, ...] = ()

    def __str__(self) -> str:
        unit = "日" if self.unit is Unit.DAYS else self.unit.value
        return f"{self.length}{unit}"

    @property
    def spellings(self) -> tuple[str, ...]:
        """写法：how the period may stand in the text: 20个工作日, 六十日, 六个月, 一年.

        The 3, 5, 7 and 10 days of 行政复议法 are working days though it writes 日（第八十八条）.
        """
        units = [self.unit.value]
        if self.unit is Unit.WORKING_DAYS and WORKING_DAYS_OF_REVIEW in self.also:
            units = [Unit.DAYS.value]
        return tuple(f"{n}{unit}" for unit in units for n in (self.length, chinese(self.length)))

    @property
    def rolls(self) -> bool:
        """顺延：True when a last day that is a day of rest moves to the next working day."""
        return self.unit is not Unit.WORKING_DAYS


def add_months(on: date, count: int) -> date:
    """加若干月：the corresponding day, or the last of the month（民法典第二百零二条）.

    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    month += 1
    return date(year, month, min(on.day, months.monthrange(year, month)[1]))


#: 开始的当日不计入
DAY_ZERO = CIVIL_CODE.article(201, 1)
#: 没有对应日的，月末日为最后一日
CORRESPONDING_DAY = CIVIL_CODE.article(202)
#: 最后一日是法定休假日的顺延（诉讼、复议）
ROLLING = CIVIL_PROCEDURE.article(85, 3)
#: 复议法的三日、五日、七日、十日是工作日
WORKING_DAYS_OF_REVIEW = RECONSIDERATION.article(88, 2)
#: 复议的期间依照民事诉讼法
PERIODS_OF_REVIEW = RECONSIDERATION.article(88, 1)

_REGULATION_2019 = date(2019, 5, 15)
_FEE_MEASURE_2021 = date(2021, 1, 1)
_REVIEW_LAW_2023 = date(2024, 1, 1)
_LITIGATION_LAW_2014 = date(2015, 5, 1)
_INTERPRETATION_2018 = date(2018, 2, 8)
# 六十日 and 十五日 stood in the laws of 1999 and 1989 as well; the calendar begins in 2004.
_SINCE_LONG = date(2004, 1, 1)

_WD, _D, _M, _Y = Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS

REPLY = Term(
    "REPLY", "答复", 20, _WD, REGULATION.article(33, 2), "收到申请", _REGULATION_2019, (DAY_ZERO,)
)
EXTENSION = Term(
    "EXTENSION", "延长答复（至多）", 20, _WD, REGULATION.article(33, 2), "原期限届满",
    _REGULATION_2019,
)  # fmt: skip
CORRECTION_NOTICE = Term(
    "CORRNOTICE", "告知补正", 7, _WD, REGULATION.article(30), "收到申请", _REGULATION_2019,
    (DAY_ZERO,),
)  # fmt: skip
OPINION = Term(
    "OPINION", "第三方提出意见", 15, _WD, REGULATION.article(32), "第三方收到征求意见书",
    _REGULATION_2019, (DAY_ZERO,),
)  # fmt: skip
CO_MAKER_OPINION = Term(
    "COMAKER", "共同制作机关提出意见", 15, _WD, REGULATION.article(34), "该机关收到征求意见书",
    _REGULATION_2019, (DAY_ZERO,),
)  # fmt: skip
FEE_PAYMENT = Term(
    "FEEPAY", "缴纳信息处理费", 20, _WD, FEE_MEASURE.article(6, 1), "收到收费通知",
    _FEE_MEASURE_2021,
)  # fmt: skip
PUBLICATION = Term(
    "PUBLISH", "主动公开", 20, _WD, REGULATION.article(26), "信息形成或者变更", _REGULATION_2019,
    (DAY_ZERO,),
)  # fmt: skip
REVIEW = Term(
    "REVIEW60", "申请行政复议", 60, _D, RECONSIDERATION.article(20, 1), "知道或者应当知道行政行为",
    _SINCE_LONG, (PERIODS_OF_REVIEW, ROLLING),
)  # fmt: skip
REVIEW_ANSWER = Term(
    "REVANS10", "复议答复（普通程序）", 10, _WD, RECONSIDERATION.article(48), "收到复议申请书副本",
    _REVIEW_LAW_2023, (WORKING_DAYS_OF_REVIEW,),
)  # fmt: skip
#: Until 2023 ten days of the calendar: only 五日 and 七日 were working days then（第四十条第二款）.
REVIEW_ANSWER_UNTIL_2023 = Term(
    "REVANS1999", "复议答复（2023年以前）", 10, _D, RECONSIDERATION_2017.article(23, 1),
    "收到复议申请书副本", _SINCE_LONG, (RECONSIDERATION_2017.article(40), ROLLING),
)  # fmt: skip
REVIEW_ANSWER_SIMPLE = Term(
    "REVANS5", "复议答复（简易程序）", 5, _WD, RECONSIDERATION.article(54, 1), "收到复议申请书副本",
    _REVIEW_LAW_2023, (WORKING_DAYS_OF_REVIEW, RECONSIDERATION.article(53, 1, 4)),
)  # fmt: skip
REVIEW_DECISION = Term(
    "REVDEC60", "复议决定（普通程序）", 60, _D, RECONSIDERATION.article(62, 1), "受理复议申请",
    _REVIEW_LAW_2023, (PERIODS_OF_REVIEW, ROLLING),
)  # fmt: skip
REVIEW_DECISION_EXTENSION = Term(
    "REVEXT30", "复议决定延长（至多）", 30, _D, RECONSIDERATION.article(62, 1), "原期限届满",
    _REVIEW_LAW_2023, (PERIODS_OF_REVIEW, ROLLING),
)  # fmt: skip
REVIEW_DECISION_SIMPLE = Term(
    "REVDEC30", "复议决定（简易程序）", 30, _D, RECONSIDERATION.article(62, 2), "受理复议申请",
    _REVIEW_LAW_2023, (PERIODS_OF_REVIEW, ROLLING),
)  # fmt: skip
SUIT = Term(
    "SUIT6M", "直接起诉", 6, _M, LITIGATION.article(46, 1), "知道或者应当知道作出行政行为",
    _LITIGATION_LAW_2014, (CORRESPONDING_DAY, ROLLING),
)  # fmt: skip
SUIT_AFTER_REVIEW = Term(
    "SUIT15", "复议后起诉", 15, _D, LITIGATION.article(45), "收到复议决定书", _SINCE_LONG,
    (ROLLING,),
)  # fmt: skip
SUIT_UNTOLD = Term(
    "SUIT1Y", "未告知起诉期限的起诉（最长）", 1, _Y, LITIGATION_INTERPRETATION.article(64, 1),
    "知道或者应当知道行政行为内容", _INTERPRETATION_2018, (CORRESPONDING_DAY, ROLLING),
)  # fmt: skip
SUIT_NO_ANSWER = Term(
    "SUITNOANS", "逾期不答复的起诉", 6, _M, LITIGATION_INTERPRETATION.article(66), "答复期限届满",
    _INTERPRETATION_2018, (CORRESPONDING_DAY, ROLLING),
)  # fmt: skip
DEFENCE = Term(
    "DEFENCE15", "提交答辩状和证据", 15, _D, LITIGATION.article(67, 1), "收到起诉状副本",
    _LITIGATION_LAW_2014, (ROLLING,),
)  # fmt: skip
APPEAL = Term(
    "APPEAL15", "对判决上诉", 15, _D, LITIGATION.article(85), "收到判决书", _LITIGATION_LAW_2014,
    (ROLLING,),
)  # fmt: skip
APPEAL_AGAINST_ORDER = Term(
    "APPEAL10", "对裁定上诉", 10, _D, LITIGATION.article(85), "收到裁定书", _LITIGATION_LAW_2014,
    (ROLLING,),
)  # fmt: skip
FIRST_INSTANCE = Term(
    "TRIAL6M", "第一审判决", 6, _M, LITIGATION.article(81), "立案", _LITIGATION_LAW_2014,
    (CORRESPONDING_DAY, ROLLING),
)  # fmt: skip
SUMMARY_TRIAL = Term(
    "TRIAL45", "简易程序审结", 45, _D, LITIGATION.article(83), "立案", _LITIGATION_LAW_2014,
    (ROLLING,),
)  # fmt: skip

#: 各种期限，以案例编号的前缀为键
TERMS: Mapping[str, Term] = MappingProxyType(
    {
        term.code: term
        for term in (
            REPLY, EXTENSION, CORRECTION_NOTICE, OPINION, CO_MAKER_OPINION, FEE_PAYMENT,
            PUBLICATION, REVIEW, REVIEW_ANSWER, REVIEW_ANSWER_UNTIL_2023, REVIEW_ANSWER_SIMPLE,
            REVIEW_DECISION, REVIEW_DECISION_EXTENSION, REVIEW_DECISION_SIMPLE, SUIT,
            SUIT_AFTER_REVIEW, SUIT_UNTOLD, SUIT_NO_ANSWER, DEFENCE, APPEAL,
            APPEAL_AGAINST_ORDER, FIRST_INSTANCE, SUMMARY_TRIAL,
        )
    }
)  # fmt: skip
