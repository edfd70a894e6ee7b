"""说法：how the fields that nobody types in are worded, from the facts and the law.

Each number of days stands beside its article, taken from `gongkai.law`, never typed here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai.applications.letters.facts import Applicant, Application
from gongkai.law.articles import FEE_MEASURE, REGULATION, Article
from gongkai.law.events import Channel, Whom
from gongkai.law.letters import Reader
from gongkai.law.terms import CO_MAKER_OPINION, FEE_PAYMENT, OPINION

if TYPE_CHECKING:
    from gongkai.applications.letters.fields import Context

PROSE_FINDINGS = (
    ("查明的情况", "与处理决定有关的其他事实"),
    ("区分处理的考虑", "能否区分处理以及为什么（第三十七条）"),
    ("公开位置", "具体网址、栏目或者查阅地点"),
    ("获取的时间和地点", "到何处、何时领取或者查阅"),
    ("禁止公开的规定", "法律、行政法规禁止公开的条文"),
    ("危害评估", "公开可能危及什么、为什么"),
    ("征求第三方意见的结果", "何时征求、第三方如何答复"),
    ("公共利益的权衡", "不公开是否对公共利益造成重大影响"),
    ("查阅案卷的权利", "当事人可以依法查阅案卷的规定和机构"),
    ("特别规定", "对获取该信息有特别规定的法律、行政法规"),
    ("非本机关负责的理由", "为什么不由本机关负责公开"),
    ("不能确定负责机关的说明", "确定不了负责公开的机关时，说明为什么"),
    ("需要另行制作的内容", "现有信息之外需要加工、分析的部分"),
    ("补正告知的内容", "补正告知书要求补正什么"),
    ("收到的补正材料", "申请人补正了什么，为什么仍不明确"),
    ("办理渠道", "信访、投诉、举报可以向谁提出、如何提出"),
    ("出版物获取途径", "在何处购买、借阅或者浏览"),
    ("要求说明理由的情况", "何时要求说明、申请人如何说明"),
    ("理由不合理的认定", "为什么认为理由不合理"),
    ("此前提供信息的记录", "何时、以何文书、以何方式提供过"),
    ("此前答复的送达证明", "邮件号、签收日期等"),
    ("补正告知的送达证明", "邮件号、签收日期等"),
    ("收费通知的送达证明", "邮件号、签收日期等"),
    ("终止的事实", "书面撤回或者其他终止的事实"),
    ("不属于政府信息的说明", "不是履行行政管理职能过程中制作或者获取（第二条）"),
)
TEXT_FINDINGS = (
    ("提供方式", "纸质、电子文档等，以及如何交给申请人"),
    ("定密依据", "保密事项范围的名称和条目"),
    ("定密机关", "作出定密决定的机关"),
    ("密级", "绝密、机密或者秘密"),
    ("内部事务信息的类别", "人事管理、后勤管理或者内部工作流程"),
    ("过程性信息的类别", "讨论记录、过程稿、磋商信函或者请示报告"),
    ("所处阶段", "信息形成时行政程序所处的阶段"),
    ("所属案件", "案件名称或者文号"),
    ("办理机构", "受理查询的机构及其联系方式"),
    ("负责公开的机关", "能够确定的机关名称"),
    ("负责公开的机关的联系方式", "该机关的地址、电话"),
    ("此前答复的编号", "已作出的答复的编号"),
)
DAY_FINDINGS = (
    ("定密日期", "作出定密决定的日期"),
    ("此前答复的日期", "已作出的答复的日期"),
    ("补正告知的日期", "发出补正告知书的日期"),
    ("缴费期限届满日", "20个工作日的最后一日"),
)
ROW_FINDINGS = (
    ("信息清单", "提供给申请人的信息", "名称 文号 形式 页数"),
    ("区分处理清单", "不予公开的内容，逐处说明", "内容 位置 理由 依据"),
    ("检索记录", "在哪里、用什么词、查哪段时间、谁在何时查",
     "系统 检索词 时间范围 检索人 检索时间 结果"),
)  # fmt: skip
PROSE_FOR_ALL = (
    ("拟公开的信息", "名称、内容概要，不得写明申请人身份"),
    ("决定公开的内容", "决定予以公开的信息"),
    ("公共利益理由", "不公开会对公共利益造成重大影响的理由"),
    ("第三方意见", "第三方提出的意见和理由"),
)
TEXT_FOR_ALL = (
    ("收件人", "第三方或者其他机关的名称"),
    ("征求对象", "第三方、共同制作机关或者其他机关"),
)
DAY_FOR_ALL = (
    ("拟公开的日期", "与告知之间留出合理间隔"),
    ("征求意见书发出日期", "征求意见的文书何时发出"),
)
PROSE_COURSE = (
    ("需要补正的事项", "哪些内容不明确、应当补什么"),
    ("指导和释明", "怎样写才明确，可以参考什么"),
    ("延期理由", "为什么不能按期答复"),
    ("征求意见的情况", "因申请涉及谁而征求意见，何时发出"),
    ("申请的数量和频次", "什么期间内申请了多少件、什么内容"),
    ("延迟的原因", "理由合理但无法按期答复的原因"),
    ("收费理由", "数量、频次明显超过合理范围的事实"),
    ("缴纳方式", "收款人、账户、缴款渠道和票据"),
    ("更正的证据", "申请人提供的证据及其审核"),
    ("更正结果", "更正为什么，或者不予更正的理由"),
    ("转送机关", "转送何机关，或者请申请人向何机关提出，及其联系方式"),
    ("承办意见", "承办人、日期和意见"),
    ("合法性审核意见", "审核人、日期和意见"),
    ("保密审查意见", "审查人、日期和意见"),
    ("负责人意见", "签发人、日期和意见"),
    ("备注", "需要说明的其他事项"),
)
TEXT_COURSE = (
    ("查询码", "申请人查询办理进度用"),
    ("延期批准人", "同意延期的政府信息公开工作机构负责人"),
    ("计收方式", "按件计收或者按量计收"),
    ("送达文书", "送达的文书名称、编号"),
    ("受送达人", "文书送给谁"),
    ("送达方式", "邮政寄送、直接送达、电子方式等"),
    ("邮件号码", "邮政企业的邮件号"),
    ("签收人", "签收人姓名及与受送达人的关系"),
    ("送达人", "送达人姓名"),
    ("拟用文书", "拟作出的答复及其结果"),
    ("更正的信息", "申请人要求更正的政府信息记录"),
)
DAY_COURSE = (
    ("答复期限", "答复的最后一日"),
    ("原答复期限", "延期前的最后一日"),
    ("新的答复期限", "延期后的最后一日"),
    ("补正期限", "补正的最后一日"),
    ("说明理由的期限", "说明理由的最后一日"),
    ("延迟答复的日期", "确定的合理日期"),
    ("交邮日期", "交给邮政企业的日期"),
    ("交邮或者签收日期", "算作送达的日期"),
)
COUNT_COURSE = (
    ("延长的工作日数", "不超过20"),
    ("收费数额", "元"),
)
ROW_COURSE = (
    ("各项期限", "登记表上的期限", "名称 日期 依据"),
    ("计算过程", "收费办法规定的分档计算，一行一档", "说明"),
)
ROW_FOR_ALL = (("附件", "随文书送出的材料", "名称"),)

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
#: 更正申请处理告知书：第三十一条 speaks of requests for disclosure alone.
_RECTIFICATION = 37
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
receipt_basis = _of_application(
    lambda one: f"{one.receipt_basis}，{_RECEIVED_WHEN[one.channel]}" if one.received_on else ""
)


def receipt(c: Context) -> str:
    """收到情况：who asked when and how, and the legal day of receipt with its basis."""
    one = c.facts.application
    if one is None:
        return ""
    sort = "政府信息更正申请" if c.letter.number == _RECTIFICATION else "政府信息公开申请"
    told = f"{address_form(c)}于{_day(one.arrived_on)}{_HOW[one.channel]}的{sort}"
    told += f"（登记编号：{one.number}）"
    if one.received_on and c.letter.number == _RECTIFICATION:
        told += f"，本机关于{_day(one.received_on)}收到。"
    elif one.received_on:
        told += f"，本机关于{_day(one.received_on)}收到（依据{receipt_basis(c)}）。"
    else:
        told += "，本机关收悉。"
    if one.corrected_on:
        told += (
            f"本机关于{_day(one.corrected_on)}收到补正的申请，依据{REGULATION.article(30)}，"
            "答复期限自该日起计算。"
        )
    return told


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
