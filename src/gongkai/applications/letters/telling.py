"""说法：how the fields that nobody types in are worded, from the facts and the law.

Each number of days stands beside its article, taken from `gongkai.law`, never typed here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai.applications.letters.facts import Applicant, Application
from gongkai.applications.letters.needs import RECTIFIED
from gongkai.law.articles import FEE_MEASURE, REGULATION, Article
from gongkai.law.course import CORRECTED, ORDERED, PAID
from gongkai.law.events import Channel, Order, Whom
from gongkai.law.letters import Reader
from gongkai.law.terms import CO_MAKER_OPINION, FEE_PAYMENT, OPINION

if TYPE_CHECKING:
    from gongkai.applications.letters.fields import Context

#: 收到之日怎样确定，in the words of 第三十一条 and 第二十九条.
_RECEIVED_WHEN = {
    Channel.IN_PERSON: "当面提交的，以提交之日为收到申请之日",
    Channel.ORAL: "口头提出的，以本机关政府信息公开工作机构代为填写完成之日为收到申请之日",
    Channel.POST_SIGNED: "以邮寄方式提交的，以本机关签收之日为收到申请之日",
    Channel.POST_ORDINARY: "以无需签收的邮寄方式提交的，以本机关与申请人确认之日为收到申请之日",
    Channel.INTERNAL: "由其他内设机构转交的，以本机关与申请人确认之日为收到申请之日",
    Channel.ONLINE: "通过互联网渠道提交的，以双方确认之日为收到申请之日",
    Channel.EMAIL: "通过互联网渠道提交的，以双方确认之日为收到申请之日",
    Channel.FAX: "通过传真提交的，以双方确认之日为收到申请之日",
}
#: 重新起算：what began the period anew, by the article that says so.
_BEGUN_ANEW = {
    CORRECTED: "本机关于{day}收到补正的申请，依据{basis}，答复期限自该日起计算",
    PAID: "信息处理费于{day}缴清，依据{basis}，处理期限自次日起重新计算",
    ORDERED[Order.REVIEW]: "本机关于{day}收到责令重新答复的行政复议决定（{basis}）",
    ORDERED[Order.JUDGMENT]: "本机关于{day}收到责令重新答复的行政判决（{basis}）",
}
_RECEIPT = 3
_OTHER_ORGAN = Whom.OTHER_ORGAN.label
_HOW = {
    Channel.IN_PERSON: "当面提交",
    Channel.ORAL: "口头提出",
    Channel.POST_SIGNED: "邮寄提交",
    Channel.POST_ORDINARY: "以平常信函提交",
    Channel.INTERNAL: "向本机关其他内设机构提交",
    Channel.ONLINE: "通过互联网提交",
    Channel.EMAIL: "通过电子邮件提交",
    Channel.FAX: "通过传真提交",
}


def _applicant(c: Context) -> Applicant:
    return c.facts.applicant or Applicant(names=())


def _of_application(tell: Callable[[Application], str]) -> Callable[[Context], str]:
    return lambda c: tell(c.facts.application) if c.facts.application else ""


def _day(c: object) -> str:
    from gongkai.applications.letters.fields import day

    return day(c)  # type: ignore[arg-type]


application_number = _of_application(lambda one: one.number)
channel = _of_application(lambda one: one.channel.label)
arrived = _of_application(lambda one: _day(one.arrived_on))
received = _of_application(lambda one: _day(one.received_on))
corrected = _of_application(lambda one: _day(one.corrected_on))
wanted_number = _of_application(lambda one: one.wanted_number)
form = _of_application(lambda one: one.form)
delivery = _of_application(lambda one: one.delivery)
purpose = _of_application(lambda one: one.purpose)
assistance = _of_application(lambda one: one.assistance)
handler = _of_application(lambda one: one.handler)


def _receipt_basis(one: Application) -> str:
    if one.received_on is None:
        return ""
    if one.receipt_basis in _BEGUN_ANEW:
        return _begun_anew(one)
    # 第三十一条 speaks of requests for disclosure alone.
    like = "参照" if one.rectifies else ""
    return f"{like}{one.receipt_basis}，{_RECEIVED_WHEN[one.channel]}"


receipt_basis = _of_application(_receipt_basis)


def _begun_anew(one: Application) -> str:
    sentence = _BEGUN_ANEW[one.receipt_basis]
    return sentence.format(day=_day(one.received_on), basis=one.receipt_basis)


def receipt(c: Context) -> str:
    """收到情况：who asked when and how, and the legal day of receipt with its basis.

    When the period has begun anew since, the day told is that of the new beginning.
    """
    one = c.facts.application
    if one is None:
        return ""
    told = f"{address_form(c)}于{_day(one.arrived_on)}{_HOW[one.channel]}的{sort(c)}"
    told += f"（登记编号：{one.number}）"
    if one.received_on is None:
        return f"{told}，本机关收悉。"
    if one.receipt_basis in _BEGUN_ANEW:
        return f"{told}，本机关收悉。{_begun_anew(one)}。"
    told += f"，本机关于{_day(one.received_on)}收到"
    told += "。" if _rectifies(c) else f"（依据{receipt_basis(c)}）。"
    if one.corrected_on:
        again = _BEGUN_ANEW[CORRECTED]
        told += again.format(day=_day(one.corrected_on), basis=CORRECTED) + "。"
    return told


def _rectifies(c: Context) -> bool:
    one = c.facts.application
    return c.letter.number == RECTIFIED or (one is not None and one.rectifies)


def sort(c: Context) -> str:
    """申请种类：as a letter calls the request."""
    return "政府信息更正申请" if _rectifies(c) else "政府信息公开申请"


def rectify_within(c: Context) -> str:
    """更正申请办理工作日数：empty for a request for disclosure, whose period the law sets."""
    one = c.facts.application
    return f"{one.rectify_within}" if one and one.rectifies else ""


def request(c: Context) -> str:
    """申请内容：of the matter at hand, else of the whole request."""
    if c.matter is not None:
        return c.matter.text
    return c.facts.application.request if c.facts.application else ""


def applicants(c: Context) -> str:
    """申请人：one, or several side by side."""
    return "、".join(_applicant(c).names)


def category(c: Context) -> str:
    """申请人类别。"""
    return _applicant(c).category if c.facts.applicant else ""


def address_form(c: Context) -> str:
    """称呼：您 for a person, 您等 for several, 你单位 for an organisation."""
    one = _applicant(c)
    if not one.is_person:
        return "你单位"
    return "您" if len(one.names) < 2 else "你们"


def representative(c: Context) -> str:
    """法定代表人。"""
    return _applicant(c).representative


def contact_person(c: Context) -> str:
    """联系人。"""
    return _applicant(c).contact


def proxy(c: Context) -> str:
    """代理人。"""
    return _applicant(c).proxy


def private(name: str) -> Callable[[Context], str]:
    """个人信息：for the application form alone."""
    return lambda c: str(getattr(_applicant(c).private, name))


def signer(c: Context) -> str:
    """落款。"""
    return c.facts.office.signer or c.facts.office.name


def contact(c: Context) -> str:
    """联系方式：the disclosure office and how to reach it（第十二条第二款）."""
    one = c.facts.office
    told = [
        f"{label}：{value}"
        for label, value in (
            ("联系单位", one.unit),
            ("地址", one.address),
            ("邮政编码", one.postcode),
            ("联系电话", one.phone),
            ("电子邮箱", one.email),
        )
        if value
    ]
    return "；".join(told) + "。" if one.phone or one.address else ""


def _articles(c: Context) -> tuple[Article, ...]:
    if c.letter.reader is Reader.OTHER_ORGAN and not _co_maker(c):
        return tuple(one for one in c.letter.basis if one != CO_MAKER_OPINION.article)
    if c.letter.number == _RECEIPT and _rectifies(c):
        return (REGULATION.article(41),)
    outcome = c.matter.outcome if c.matter else None
    return outcome.articles if outcome and outcome.letter == c.letter else c.letter.basis


def basis(c: Context) -> str:
    """依据：every article of the outcome; the statute's title once for those that follow."""
    told, last = [], None
    for article in _articles(c):
        told.append(article.place if article.statute == last else str(article))
        last = article.statute
    return "、".join(told)


def quotation(c: Context) -> str:
    """法条原文：of the decisive article."""
    return next((article.quotation for article in _articles(c)), "")


def decision(c: Context) -> str:
    """决定：the name of the outcome."""
    outcome = c.matter.outcome if c.matter else None
    return outcome.name if outcome else ""


def _co_maker(c: Context) -> bool:
    return c.letter.reader is Reader.OTHER_ORGAN and c.given("征求对象") != _OTHER_ORGAN


def opinion_term(c: Context) -> str:
    """征求意见期限：15 working days from the day the letter was received."""
    term = CO_MAKER_OPINION if _co_maker(c) else OPINION
    return f"自收到本征求意见书之日起{term}内"


def silence(c: Context) -> str:
    """逾期不答复的后果。"""
    if _co_maker(c):
        return f"逾期未提出意见的，依据{CO_MAKER_OPINION.article}，视为同意公开"
    if c.given("征求对象") == _OTHER_ORGAN:
        return f"逾期未提出意见的，由本机关依照{REGULATION!r}的规定决定是否公开"
    return f"逾期未提出意见的，依据{OPINION.article}，由本机关依照该条例的规定决定是否公开"


def abandoned(c: Context) -> str:
    """逾期不补正的后果。"""
    return (
        f"无正当理由逾期不补正的，依据{REGULATION.article(30)}，视为放弃申请，"
        "本机关不再处理该政府信息公开申请"
    )


def not_counted(c: Context) -> str:
    """不计入期限的规定。"""
    return "征求第三方和其他机关意见所需时间不计算在答复期限内"


def fee_basis(c: Context) -> str:
    """收费依据：the Regulation, and the article of the method chosen."""
    by_page = c.given("计收方式") == "按量计收"
    tariff = FEE_MEASURE.article(5, 2) if by_page else FEE_MEASURE.article(4, 2)
    return f"{REGULATION.article(42, 1)}和{tariff}（{FEE_MEASURE.number}）"


def fee_term(c: Context) -> str:
    """缴费期限的规定。"""
    return f"自收到本通知次日起{FEE_PAYMENT}内"


def unpaid(c: Context) -> str:
    """逾期不缴费的后果。"""
    return (
        f"逾期未缴纳的，依据{FEE_PAYMENT.article}，视为放弃申请，本机关不再处理该政府信息公开申请"
    )
