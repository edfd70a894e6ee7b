"""申请的状态、分组、类别和办理流程表。

``State`` is where an application stands with us; how it ended is the outcome of its reply, and
what its clock says is replayed from the events. The three move independently.
"""

from __future__ import annotations

from django.db.models import TextChoices

from gongkai.organs.states import Duty
from gongkai.steps.states import Flow, Move


class State(TextChoices):
    """办理状态。"""

    RECEIVED = "received", "待登记"
    HANDLING = "handling", "办理中"
    CORRECTING = "correcting", "待补正"
    CONSULTING = "consulting", "征求意见"
    REASONING = "reasoning", "待说明理由"
    PAYING = "paying", "待缴费"
    DRAFTING = "drafting", "拟写答复"
    LEGAL = "legal", "合法性审核"
    SECRECY = "secrecy", "保密审查"
    SIGNING = "signing", "待签发"
    APPROVED = "approved", "待送达"
    SERVED = "served", "已送达"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"


#: The reply has not gone out: the clock, if it runs, runs against us.
OPEN = (
    State.RECEIVED,
    State.HANDLING,
    State.CORRECTING,
    State.CONSULTING,
    State.REASONING,
    State.PAYING,
    State.DRAFTING,
    State.LEGAL,
    State.SECRECY,
    State.SIGNING,
    State.APPROVED,
)
#: Registered and in our own hands.
WORKING = (State.HANDLING, State.CONSULTING, State.REASONING, State.DRAFTING)
#: The draft of the reply lies on a desk.
UNDER_REVIEW = (State.LEGAL, State.SECRECY, State.SIGNING)
#: The reply has gone out.
DONE = (State.SERVED, State.CLOSED, State.ARCHIVED)


class Phase(TextChoices):
    """阶段：a few plain groups over many states, for lists, filters and colours."""

    NEW = "new", "待登记"
    WORKING = "working", "办理中"
    WAITING = "waiting", "等待对方"
    REVIEW = "review", "审核签发"
    SERVING = "serving", "待送达"
    DONE = "done", "已答复"

    @property
    def states(self) -> tuple[State, ...]:
        """The states of the group."""
        return tuple(state for state, phase in PHASES.items() if phase == self)

    @property
    def tone(self) -> str:
        """Colour of the pill; the word says the same."""
        tones = {"new": "info", "waiting": "plain", "done": "good", "serving": "warn"}
        return tones.get(self.value, "warn")


PHASES: dict[State, Phase] = {
    State.RECEIVED: Phase.NEW,
    State.HANDLING: Phase.WORKING,
    State.DRAFTING: Phase.WORKING,
    State.CORRECTING: Phase.WAITING,
    State.CONSULTING: Phase.WAITING,
    State.REASONING: Phase.WAITING,
    State.PAYING: Phase.WAITING,
    State.LEGAL: Phase.REVIEW,
    State.SECRECY: Phase.REVIEW,
    State.SIGNING: Phase.REVIEW,
    State.APPROVED: Phase.SERVING,
    State.SERVED: Phase.DONE,
    State.CLOSED: Phase.DONE,
    State.ARCHIVED: Phase.DONE,
}


class Sort(TextChoices):
    """申请种类。"""

    DISCLOSURE = "disclosure", "申请公开"
    RECTIFICATION = "rectification", "申请更正"


class Category(TextChoices):
    """申请人类别：the columns of Table 3（国办公开办函〔2021〕30号）."""

    PERSON = "person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    CHARITY = "charity", "社会公益组织"
    LAW_FIRM = "law_firm", "法律服务机构"
    OTHER = "other", "其他"

    @property
    def is_person(self) -> bool:
        """自然人: everything else is 法人或者其他组织."""
        return self is Category.PERSON


class Identity(TextChoices):
    """身份证明的种类（第二十九条第二款第（一）项）。"""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    HK_MACAO = "hk_macao", "港澳居民来往内地通行证（居住证）"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证（居住证）"
    CREDIT_CODE = "credit_code", "统一社会信用代码证书"
    OTHER = "other", "其他有效证件"


class Form(TextChoices):
    """获取信息的方式：in what form the applicant wants it（第二十九条、第四十条）."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子文档"
    READING = "reading", "现场查阅、抄录"
    DISC = "disc", "光盘等介质"


class Delivery(TextChoices):
    """获取信息的途径：by what way."""

    ONLINE = "online", "网上获取"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    PICK_UP = "pick_up", "自行领取"
    FAX = "fax", "传真"


class Opinion(TextChoices):
    """征求到的意见（第三十二条、第三十四条）。"""

    AGREES = "agrees", "同意公开"
    PARTLY = "partly", "同意部分公开"
    REFUSES = "refuses", "不同意公开"
    SILENT = "silent", "逾期未提出意见"


class Attached(TextChoices):
    """附件的类别：whether it is sealed and how long it is kept follow from it."""

    IDENTITY = "identity", "身份证明"
    PROXY = "proxy", "授权委托材料"
    REQUEST = "request", "申请附件"
    ARRIVAL = "arrival", "收件凭证"
    CORRECTION = "correction", "补正材料"
    REASONS = "reasons", "说明理由材料"
    OPINION = "opinion", "征求意见回函"
    PAYMENT = "payment", "缴费凭证"
    HANDLING = "handling", "办理材料"
    SUPPLIED = "supplied", "提供的信息"
    SEALED_PAPER = "sealed_paper", "用印后的文书"
    SERVICE = "service", "送达凭证"
    ARCHIVE = "archive", "归档包"

    @property
    def is_personal(self) -> bool:
        """Sealed at rest and opened only with a reason."""
        return self in (Attached.IDENTITY, Attached.PROXY, Attached.ARCHIVE)


_OFFICE = {Duty.DISCLOSURE}
_HANDLERS = {Duty.DISCLOSURE, Duty.DRAFT}
_HEAD = {Duty.OFFICE_HEAD}
_NEARLY_ALL = tuple(state for state in OPEN if state not in (State.RECEIVED, State.APPROVED))

FLOW = Flow(
    State,
    register=Move("登记", start={State.RECEIVED}, end=State.HANDLING, roles=_OFFICE),
    confirm=Move("确认收到", start=OPEN, roles=_OFFICE, automatic=True),
    attempt=Move("记录联系情况", start=OPEN, roles=_HANDLERS),
    assign=Move("分办", start=OPEN, roles=_OFFICE | _HEAD),
    transfer=Move("转其他机关", start={State.RECEIVED, State.HANDLING}, end=State.DRAFTING,
                  roles=_OFFICE),
    split=Move("分项", start={State.HANDLING}, roles=_HANDLERS),
    ask_to_correct=Move("告知补正", start={State.HANDLING}, end=State.CORRECTING, roles=_HANDLERS),
    # After the seventh day it no longer stops the clock, so nobody waits for the answer.
    ask_late=Move("逾期告知补正", start={State.HANDLING}, roles=_HANDLERS),
    take_correction=Move("收到补正", start={State.CORRECTING, State.HANDLING},
                         end=State.HANDLING, roles=_HANDLERS, automatic=True),
    lapse_correction=Move("逾期不补正", start={State.CORRECTING}, end=State.DRAFTING,
                          roles=_HANDLERS, automatic=True),
    consult=Move("征求意见", start={State.HANDLING, State.CONSULTING}, end=State.CONSULTING,
                 roles=_HANDLERS),
    note_delivery=Move("登记送达", start={State.CONSULTING}, roles=_HANDLERS),
    take_opinion=Move("收到意见", start={State.CONSULTING}, roles=_HANDLERS),
    lapse_opinion=Move("意见逾期", start={State.CONSULTING}, roles=_HANDLERS, automatic=True),
    resume=Move("继续办理", start={State.CONSULTING}, end=State.HANDLING, roles=_HANDLERS,
                automatic=True),
    override=Move("告知第三方拟公开", start={State.HANDLING, State.DRAFTING}, roles=_HANDLERS),
    propose_extension=Move("提出延期", start=_NEARLY_ALL, roles=_HANDLERS),
    extend=Move("批准延期", start=_NEARLY_ALL, roles=_HEAD, apart={"propose_extension"}),
    refuse_extension=Move("不同意延期", start=_NEARLY_ALL, roles=_HEAD, reason=True),
    ask_reasons=Move("要求说明理由", start={State.HANDLING}, end=State.REASONING, roles=_HANDLERS),
    take_reasons=Move("收到理由", start={State.REASONING}, end=State.HANDLING, roles=_HANDLERS,
                      automatic=True),
    set_later_date=Move("确定延迟答复日期", start={State.HANDLING, State.REASONING},
                        end=State.HANDLING, roles=_HEAD),
    charge=Move("发出收费通知", start={State.HANDLING}, end=State.PAYING, roles=_HANDLERS),
    note_fee_notice=Move("登记收费通知送达", start={State.PAYING}, roles=_HANDLERS),
    take_payment=Move("收到缴费", start={State.PAYING}, end=State.HANDLING, roles=_HANDLERS),
    lapse_payment=Move("逾期不缴费", start={State.PAYING}, end=State.DRAFTING, roles=_HANDLERS,
                       automatic=True),
    withdraw=Move("撤回申请", start=tuple(s for s in OPEN if s != State.APPROVED),
                  end=State.DRAFTING, roles=_HANDLERS, automatic=True),
    log_search=Move("登记检索", start=WORKING, roles=_HANDLERS),
    draft=Move("拟写答复", start={State.HANDLING, State.REASONING}, end=State.DRAFTING,
               roles=_HANDLERS),
    handle_again=Move("退回办理", start={State.DRAFTING}, end=State.HANDLING, roles=_HANDLERS),
    submit=Move("提交审核", start={State.DRAFTING}, end=State.LEGAL, roles=_HANDLERS),
    pass_legal=Move("合法性审核通过", start={State.LEGAL}, end=State.SECRECY, roles={Duty.LEGAL},
                    four_eyes=True),
    return_legal=Move("退回", start={State.LEGAL}, end=State.DRAFTING, roles={Duty.LEGAL},
                      reason=True),
    pass_secrecy=Move("保密审查通过", start={State.SECRECY}, end=State.SIGNING,
                      roles={Duty.SECRECY}, four_eyes=True),
    return_secrecy=Move("退回", start={State.SECRECY}, end=State.DRAFTING, roles={Duty.SECRECY},
                        reason=True),
    sign=Move("签发", start={State.SIGNING}, end=State.APPROVED, roles=_HEAD | {Duty.SIGN},
              four_eyes=True),
    return_sign=Move("退回", start={State.SIGNING}, end=State.DRAFTING,
                     roles=_HEAD | {Duty.SIGN}, reason=True),
    recall=Move("撤回重拟", start={State.LEGAL}, end=State.DRAFTING, roles=_HANDLERS),
    seal=Move("登记用印", start={State.APPROVED}, roles=_OFFICE),
    serve=Move("送达", start={State.APPROVED}, end=State.SERVED, roles=_OFFICE),
    sign_for=Move("登记签收", start={State.SERVED, State.CLOSED}, roles=_OFFICE, automatic=True),
    serve_again=Move("送达未成，重新送达", start={State.SERVED}, end=State.APPROVED, roles=_OFFICE,
                     reason=True),
    close=Move("办结", start={State.SERVED}, end=State.CLOSED, roles=_OFFICE, automatic=True),
    archive=Move("归档", start={State.CLOSED}, end=State.ARCHIVED, roles=_OFFICE),
    reorder=Move("责令重新答复", start=DONE, end=State.HANDLING,
                 roles={Duty.DISCLOSURE, Duty.OFFICE_HEAD, Duty.LEGAL}, reason=True),
    strike=Move("更正登记", start=tuple(State), roles=_OFFICE | _HEAD, reason=True),
    anonymise=Move("匿名化", start={State.CLOSED, State.ARCHIVED}, roles=_OFFICE, reason=True,
                   danger=True),
)  # fmt: skip


class ComplaintState(TextChoices):
    """投诉举报的状态（第四十七条第二款、第五十一条）。"""

    RECEIVED = "received", "待核实"
    ORDERED = "ordered", "已责令改正"
    UNFOUNDED = "unfounded", "不成立"
    DONE = "done", "已答复"


_COMPETENT = {Duty.COMPETENT}

COMPLAINTS = Flow(
    ComplaintState,
    order=Move("责令改正", start={ComplaintState.RECEIVED}, end=ComplaintState.ORDERED,
               roles=_COMPETENT, reason=True),
    dismiss=Move("认定不成立", start={ComplaintState.RECEIVED}, end=ComplaintState.UNFOUNDED,
                 roles=_COMPETENT, reason=True),
    answer=Move("答复投诉人", start={ComplaintState.ORDERED, ComplaintState.UNFOUNDED},
                end=ComplaintState.DONE, roles=_COMPETENT, reason=True),
)  # fmt: skip


class OrderState(TextChoices):
    """责令改正的状态（第四十七条）。"""

    ISSUED = "issued", "待改正"
    REPORTED = "reported", "待复核"
    DONE = "done", "已改正"


ORDERS = Flow(
    OrderState,
    report=Move("报告改正情况", start={OrderState.ISSUED}, end=OrderState.REPORTED,
                roles=_OFFICE | _HEAD, reason=True),
    give_back=Move("退回", start={OrderState.REPORTED}, end=OrderState.ISSUED, roles=_COMPETENT,
                   reason=True),
    accept=Move("复核通过", start={OrderState.REPORTED}, end=OrderState.DONE, roles=_COMPETENT),
)  # fmt: skip
