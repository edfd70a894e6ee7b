"""提示：what the clock noticed on its way, each a sentence with its article.

A defect is something an opponent in court may use; a reminder is something to do or to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from gongkai.law.articles import FEE_MEASURE, REGULATION, Article
from gongkai.law.terms import CORRECTION_NOTICE, FEE_PAYMENT, OPINION


class FlagKind(Enum):
    """提示的种类：the sentence ({on} the day of the event, {other} a second day), the article.

    The last value is True for a defect (瑕疵), False for a reminder.
    """

    UNCONFIRMED = (
        "尚未与申请人确认收到申请，暂自到达之日{on}起算，这是最稳妥的起算日",
        REGULATION.article(31),
        False,
    )
    CONFIRMED_LATE = (
        "{other}收到的信函到{on}才与申请人确认；应当于收到的当日确认，请留存联系记录",
        REGULATION.article(31, item=2),
        False,
    )
    CORRECTION_NOTICE_LATE = (
        f"{{on}}发出的补正通知超过了{CORRECTION_NOTICE}（至迟应于{{other}}发出）",
        REGULATION.article(30),
        True,
    )
    CORRECTION_NOTICE_AGAIN = (
        "{on}又发出补正通知；补正只能一次性告知，再次通知不影响答复期限",
        REGULATION.article(30),
        True,
    )
    CORRECTION_TIME_LONG = (
        "{on}发出的补正通知给出的期限到{other}，超过本机关规定的上限",
        REGULATION.article(30),
        False,
    )
    CORRECTION_LATE = (
        "补正材料于{on}收到，已经逾期且无正当理由，不再处理；请另行登记为新的申请并与原申请关联",
        REGULATION.article(30),
        False,
    )
    CORRECTION_VOID = (
        "{on}收到的补正材料对应的补正通知不影响答复期限，期限不重新计算",
        REGULATION.article(30),
        False,
    )
    EXTENSION_LATE = (
        "{on}发出延期告知时，答复期限已于{other}届满，延期无效",
        REGULATION.article(33, 2),
        True,
    )
    EXTENSION_AGAIN = (
        "{on}再次延期；一次延长用完后不能再延，本次延期不生效",
        REGULATION.article(33, 2),
        True,
    )
    EXTENSION_IDLE = (
        "{on}延期时答复期限并未计算（等待补正或者缴费），延期不生效",
        REGULATION.article(33, 2),
        True,
    )
    EXTENSION_OF_FIXED = (
        "{on}延期时，答复日期已经另行确定为{other}，延期不生效",
        REGULATION.article(33, 2),
        True,
    )
    CONSULT_LATE = (
        "{on}发出征求意见函时，答复期限已于{other}届满，不影响期限",
        REGULATION.article(33, 3),
        True,
    )
    CONSULT_ON_LAST_DAY = (
        "{on}发出征求意见函当日已是期限最后一日，收到意见后没有剩余的工作日；应当先延期或者当日答复",
        REGULATION.article(33, 3),
        True,
    )
    OPINION_LATE = (
        f"{{on}}收到的意见超过了{OPINION}（{{other}}届满），其后的日子不再扣除",
        REGULATION.article(32),
        False,
    )
    LAPSED_EARLY = (
        f"{{on}}停止等待意见时，{OPINION}的答复期到{{other}}才届满",
        REGULATION.article(32),
        True,
    )
    OTHER_ORGAN_SLOW = (
        "{other}征求其他机关意见，到{on}仍未收到，请催办",
        REGULATION.article(33, 3),
        False,
    )
    DELIVERY_UNKNOWN = (
        "{on}发出的征求意见函没有送达记录，无法计算对方答复期何时届满",
        REGULATION.article(32),
        False,
    )
    FEE_NOTICE_LATE = (
        "{on}发出收费通知时，答复期限已于{other}届满，通知不影响期限",
        FEE_MEASURE.article(6, 1),
        True,
    )
    FEE_NOTICE_IDLE = (
        "{on}发出收费通知时正在等待补正，通知不影响期限",
        FEE_MEASURE.article(6, 1),
        True,
    )
    FEE_NOTICE_AGAIN = (
        "{on}再次发出收费通知；一件申请只收费一次，再次通知不影响期限",
        FEE_MEASURE.article(3),
        True,
    )
    PAID_LATE = (
        f"{{on}}缴费超过了{FEE_PAYMENT}，视为放弃申请；请退款并告知申请人",
        FEE_MEASURE.article(6, 1),
        False,
    )
    PAID_VOID = (
        "{on}缴费对应的收费通知不影响期限，期限不重新计算",
        FEE_MEASURE.article(6, 1),
        True,
    )
    DELAY_LATE = (
        "{on}告知延迟答复时，答复期限已于{other}届满，不影响期限",
        REGULATION.article(35),
        True,
    )
    DELAY_IDLE = (
        "{on}告知延迟答复时答复期限并未计算（等待补正或者缴费），不影响期限",
        REGULATION.article(35),
        True,
    )
    DELAY_NOT_LATER = (
        "{on}告知的答复日期{other}不晚于原期限，期限不变",
        REGULATION.article(35),
        False,
    )
    REPLY_LATE = ("{on}答复，期限已于{other}届满", REGULATION.article(33, 2), True)
    AFTER_THE_END = ("{on}的事项发生在办结之后，不影响期限", REGULATION.article(45), False)
    YEAR_END = (
        "{other}起的元旦放假安排尚未公布，可能涉及{on}前后的日子",
        REGULATION.article(33, 2),
        False,
    )
    PROVISIONAL = (
        "{on}所在年度的放假安排尚未载入，日期为暂定，载入后请重新计算",
        REGULATION.article(33, 2),
        False,
    )

    @property
    def sentence(self) -> str:
        """句式。"""
        return self.value[0]

    @property
    def article(self) -> Article:
        """依据。"""
        return self.value[1]

    @property
    def is_defect(self) -> bool:
        """是否程序瑕疵。"""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Flag:
    """一条提示：``str()`` is the sentence with its article."""

    kind: FlagKind
    on: date
    other: date | None = None

    def __str__(self) -> str:
        sentence = self.kind.sentence.format(on=self.on, other=self.other)
        return f"{sentence}（{self.article}）"

    @property
    def article(self) -> Article:
        """依据。"""
        return self.kind.article

    @property
    def is_defect(self) -> bool:
        """是否程序瑕疵。"""
        return self.kind.is_defect
