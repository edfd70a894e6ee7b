"""手头的申请：one in every state these days, brought there by the real actions.

Nothing is set by hand: each case is received on a day that is past, and what followed was done by
the person whose desk it is, on days the clock allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions import (
    complaining,
    consulting,
    conversing,
    correcting,
    excess,
    extending,
    replying,
    serving,
    supervising,
    transferring,
)
from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.papers import Sending
from gongkai.applications.actions.receiving import Asked, Person, confirm, receive, register
from gongkai.applications.actions.searching import log_search
from gongkai.applications.models import Application, Fee
from gongkai.applications.states import Category, Delivery, Form, Opinion, Sort
from gongkai.demo import figures
from gongkai.demo.applicants import Request, applicant, request
from gongkai.demo.applications import settle
from gongkai.demo.texts import MARK
from gongkai.law import events as law
from gongkai.law.events import Channel, Way, Whom
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ, Staff

#: What several people ask for in these days.
_HOT = "2026年老旧小区加装电梯补助标准和申报条件"


@dataclass(frozen=True)
class _Office:
    """一个机关的经办人：who does what there."""

    organ: Organ
    clerk: Staff
    handler: Staff
    legal: Staff
    secrecy: Staff
    signer: Staff

    def ago(self, days: int) -> date:
        """几个工作日以前：a working day; today, if it is one, for none."""
        calendar, day = calendar_of(self.organ), timezone.localdate()
        while days > 0 or not calendar.is_working(day):
            days -= calendar.is_working(day)
            day -= timedelta(days=1)
        return day

    def due_next(self) -> date:
        """收到之日：so that the twentieth working day is today, or the next working day."""
        calendar, today = calendar_of(self.organ), timezone.localdate()
        due, day = calendar.roll(today), self.ago(15)
        while calendar.nth_after(day, 20) > due:
            day -= timedelta(days=1)
        return day


@transaction.atomic
def begin_cases(organs: dict[str, Organ]) -> int:
    """在办申请：none if there are any already; how many."""
    city = organs["city"]
    begun = Application.objects.filter(demo=True, year__gt=figures.YEAR, imported="")
    if begun.exists():
        return 0
    settle(city)
    people = {staff.username: staff for staff in Staff.objects.filter(demo=True)}
    names = ("gongkai", "qicao", "fazhi", "baomi", "qianfa")
    office = _Office(city, *(people[name] for name in names))
    school = next(organ for organ in organs.values() if organ.name == "石家庄市教育局")
    finance = next(organ for organ in organs.values() if organ.name == "石家庄市财政局")
    for place, begin in enumerate(_CASES):
        begin(office, place * 13 + 700)
    _at_departments(office, _office_of(school, organs, people), finance)
    _supervise(people["zhuguan"], school)
    return begun.count()


def _office_of(organ: Organ, organs: dict[str, Organ], people: dict[str, Staff]) -> _Office:
    key = next(key for key, one in organs.items() if one.pk == organ.pk)
    desks = ("disclosure", "draft", "legal", "secrecy", "sign")
    return _Office(organ, *(people[f"{key}_{desk}"] for desk in desks))


# ── 几步走到哪里 ────────────────────────────────────────────────────────────────────────────


def _come(
    office: _Office, outcome: str, serial: int, on: date, *, channel: Channel = Channel.ONLINE,
    asked: Request | None = None, person: Person | None = None, **fields: Any,
) -> Application:  # fmt: skip
    told = asked or request(outcome, serial)
    online = channel.is_electronic
    kept = {
        "form": Form.ELECTRONIC if online else Form.PAPER,
        "delivery": Delivery.ONLINE if online else Delivery.POST,
    }
    wanted = Asked(
        channel=channel, subject=told.subject, description=told.description, arrived_on=on,
        **(kept | fields),
    )  # fmt: skip
    by = None if channel is Channel.ONLINE else office.clerk
    return receive(office.organ, wanted, [person or applicant(serial)], by=by, demo=True)


def _begun(
    office: _Office, outcome: str, serial: int, on: date, *, own: bool = False, **fields: Any
) -> Application:
    """Received, confirmed where that is needed, registered and given to somebody."""
    one = _come(office, outcome, serial, on, **fields)
    if one.came_by.is_electronic or one.came_by.is_unsigned_post:
        confirm(one, by=office.clerk, on=on, note="电话确认")
    register(one, by=office.clerk, handler=office.clerk if own else office.handler)
    return one


def _written(office: _Office, outcome: str, serial: int, on: date, **fields: Any) -> Application:
    one = _begun(office, outcome, serial, on, **fields)
    _write(office, one, outcome, serial)
    return one


def _write(office: _Office, one: Application, outcome: str, serial: int, **findings: Any) -> None:
    """The outcome chosen and the letter laid out."""
    asked = request(outcome, serial)
    if outcome == "D1a":
        log_search(
            one, by=office.handler, place="电子公文系统、档案室（演示）", words=asked.subject[:30],
            period="2012年至今", result="没有检索到符合的文件",
        )  # fmt: skip
    replying.draft(one, by=office.handler)
    for matter in one.matters.all():
        decide(
            matter, outcome, by=office.handler, findings={**asked.findings, **findings},
            severable=False if asked.severing else None, severing=asked.severing,
        )  # fmt: skip
    replying.compose_reply(one, by=office.handler)


def _pass(office: _Office, one: Application, *, until: str = "sign") -> None:
    """审签：desk after desk, as far as is told."""
    for move, who in (
        ("submit", office.handler),
        ("pass_legal", office.legal),
        ("pass_secrecy", office.secrecy),
        ("sign", office.signer),
    ):
        replying.advance(one, move, by=who)
        if move == until:
            return


def _post(office: _Office, days: int, serial: int) -> Sending:
    return Sending(on=office.ago(days), way=Way.POST, tracking=f"XA{serial:08d}113")


def _online(office: _Office, days: int) -> Sending:
    return Sending(on=office.ago(days), way=Way.ELECTRONIC)


# ── 各件 ────────────────────────────────────────────────────────────────────────────────────


def _to_register(office: _Office, serial: int) -> None:
    """待登记：online, by post, by fax, and a company."""
    _come(office, "A2", serial, office.ago(0))
    _come(office, "D1b", serial + 1, office.ago(1), channel=Channel.POST_SIGNED,
          arrival_note=f"挂号信XA{serial:08d}213，收发室签收")  # fmt: skip
    _come(office, "D1a", serial + 2, office.ago(2), channel=Channel.FAX,
          arrival_note="传真，0311-00000000")  # fmt: skip
    _come(office, "A1", serial + 3, office.ago(1), channel=Channel.IN_PERSON,
          person=applicant(serial + 3, Category.BUSINESS))  # fmt: skip


def _near_the_end(office: _Office, serial: int) -> None:
    """今日（下一工作日）到期、逾期：in handling."""
    _begun(office, "B", serial, office.due_next(), channel=Channel.IN_PERSON, own=True)
    _begun(office, "D2", serial + 1, office.ago(24), channel=Channel.POST_SIGNED, own=True)
    _begun(office, "D1b", serial + 3, office.ago(18))
    _begun(office, "C8", serial + 2, office.ago(9))


def _awaiting_correction(office: _Office, serial: int) -> None:
    one = _begun(office, "F1", serial, office.ago(5))
    correcting.ask_to_correct(
        one, by=office.handler, what="“所有材料”指向不明确，请写明所需信息的名称或者文号",
        guidance="可以写明项目名称、批准文号或者形成的大致时间",
        correct_by=calendar_of(office.organ).nth_after(timezone.localdate(), 6),
        sending=_online(office, 3),
    )  # fmt: skip


def _consulting(office: _Office, serial: int) -> None:
    one = _begun(office, "B", serial, office.ago(8))
    asked = consulting.consult(
        one, by=office.handler, whom=Whom.THIRD_PARTY, name=f"石家庄演示建筑有限公司{MARK}",
        information="片区改造项目批复附件中涉及贵单位的工程造价明细",
        address="石家庄市演示街901号", phone="0311-00030001", sending=_post(office, 6, serial),
    )  # fmt: skip
    consulting.note_delivery(asked, by=office.handler, on=office.ago(4))
    other = _begun(office, "B", serial + 1, office.ago(6), channel=Channel.POST_SIGNED)
    consulting.consult(
        other, by=office.handler, whom=Whom.OTHER_ORGAN, name=f"河北省演示厅{MARK}",
        information="片区改造项目批复引用的省级专项规划附图", sending=_post(office, 3, serial + 1),
    )  # fmt: skip


def _extension_asked(office: _Office, serial: int) -> None:
    one = _begun(office, "D1a", serial, office.ago(16), channel=Channel.IN_PERSON)
    extending.propose_extension(
        one, by=office.handler, workdays=10, reason="涉及十余年的纸质档案，需要逐卷查找、核对"
    )


def _paying(office: _Office, serial: int) -> None:
    one = _begun(office, "A2", serial, office.ago(10))
    excess.charge(
        one, by=office.handler, method=Fee.Method.PAGES, count=260,
        reason="一次申请的信息共260页，明显超过合理范围", sending=_online(office, 4),
    )  # fmt: skip
    other = _begun(office, "A2", serial + 1, office.ago(7), channel=Channel.POST_SIGNED)
    excess.charge(
        other, by=office.handler, method=Fee.Method.ITEMS, count=34,
        reason="一个月内申请34件，明显超过合理范围", sending=_post(office, 1, serial + 1),
    )  # fmt: skip


def _reasons_asked(office: _Office, serial: int) -> None:
    one = _begun(office, "A2", serial, office.ago(6))
    excess.ask_reasons(
        one, by=office.handler, facts="近三个月提交申请38件，其中21件内容相近",
        answer_by=calendar_of(office.organ).nth_after(timezone.localdate(), 5),
        sending=_online(office, 2),
    )  # fmt: skip
    told = _begun(office, "D2", serial + 1, office.ago(9), channel=Channel.IN_PERSON)
    excess.ask_reasons(
        told, by=office.handler, facts="一个月内提交申请26件，涉及同一片区",
        answer_by=calendar_of(office.organ).nth_after(timezone.localdate(), 3),
        sending=_post(office, 6, serial + 1),
    )  # fmt: skip
    excess.take_reasons(
        told, by=office.handler, on=office.ago(1),
        text="同时代理二十六户被征收人，各户的材料不同，只能分别申请。",
    )  # fmt: skip


def _under_review(office: _Office, serial: int) -> None:
    """待合法性审核、待保密审查、待签发、待送达、退回修改。"""
    _pass(office, _written(office, "A2", serial, office.ago(11)), until="submit")
    _pass(office, _written(office, "C5", serial + 1, office.ago(12)), until="pass_legal")
    _pass(office, _written(office, "D1b", serial + 2, office.ago(13)), until="pass_secrecy")
    _pass(office, _written(office, "D2", serial + 3, office.ago(14),
                           channel=Channel.POST_SIGNED))  # fmt: skip
    one = _written(office, "E1", serial + 4, office.ago(12))
    _pass(office, one, until="submit")
    replying.advance(one, "return_legal", by=office.legal, note="请补充可以反映问题的部门和电话。")


def _served(office: _Office, serial: int) -> None:
    """已送达，申请人还没有下载；同一人又申请同样的信息；已办结并评价。"""
    one = _written(office, "A1", serial, office.ago(15))
    _pass(office, one)
    serving.serve(one, by=office.clerk, sending=_online(office, 0))
    again = _begun(
        office, "E2", serial, office.ago(0), person=applicant(serial),
        asked=Request(one.subject, one.description, {}),
    )  # fmt: skip
    conversing.say(again, "上次的网址打不开，能否直接发给我？", by=None)
    done = _written(office, "D1b", serial + 1, office.ago(18))
    _pass(office, done)
    serving.serve(done, by=office.clerk, sending=_online(office, 1))
    serving.close(done, by=office.clerk)
    conversing.rate(done, 4, "说明了该找哪个机关，希望再快一些。")


def _talking(office: _Office, serial: int) -> None:
    one = _begun(office, "A2", serial, office.ago(7), own=True)
    conversing.say(one, "请问办到哪一步了？我只需要清单，不需要附图。", by=None)


def _same_thing(office: _Office, serial: int) -> None:
    """热点：three people ask for the same."""
    for place, words in enumerate(("全文。", "以及办理流程。", "请提供文件和申报表。")):
        asked = Request(f"{_HOT}{MARK}", f"{_HOT}，{words}", {})
        _begun(office, "A2", serial + place, office.ago(3 + place), asked=asked)


def _withdrawn(office: _Office, serial: int) -> None:
    one = _begun(office, "F3a", serial, office.ago(6))
    replying.withdraw(one, by=None, text="已经在网站上找到，撤回申请。")


def _rectifying(office: _Office, serial: int) -> None:
    asked = Request(
        f"更正政策兑现名单中的本人姓名{MARK}", "公示名单中本人姓名有误，附证件复印件。", {}
    )
    _begun(office, "A2", serial, office.ago(4), asked=asked, sort=Sort.RECTIFICATION,
           channel=Channel.IN_PERSON)  # fmt: skip


def _ordered(office: _Office, serial: int) -> None:
    """责令重新答复：after a review decision, with its own last day."""
    one = _written(office, "D1a", serial, office.ago(19), channel=Channel.IN_PERSON)
    _pass(office, one)
    serving.serve(one, by=office.clerk, sending=_post(office, 0, serial))
    serving.close(one, by=office.clerk)
    serving.reorder(
        one, by=office.clerk, source=law.Order.REVIEW, number="冀政复决（演示）1号", workdays=20
    )


def _opinion_in(office: _Office, serial: int) -> None:
    """第三方已答复，待作出决定。"""
    one = _begun(office, "B", serial, office.ago(14))
    asked = consulting.consult(
        one, by=office.handler, whom=Whom.THIRD_PARTY, name=f"河北演示设计有限公司{MARK}",
        information="项目设计方案中涉及贵单位的技术参数", address="石家庄市演示街902号",
        phone="0311-00030002", sending=_post(office, 12, serial),
    )  # fmt: skip
    consulting.note_delivery(asked, by=office.handler, on=office.ago(10))
    consulting.take_opinion(
        asked, by=office.handler, opinion=Opinion.REFUSES, reasons="技术参数属于商业秘密",
        reasonable=True, on=office.ago(3),
    )  # fmt: skip


_CASES: tuple[Callable[[_Office, int], None], ...] = (
    *(_to_register, _near_the_end, _awaiting_correction, _consulting, _extension_asked, _paying),
    *(_reasons_asked, _under_review, _served, _talking, _same_thing, _withdrawn, _rectifying),
    *(_ordered, _opinion_in),
)


def _at_departments(office: _Office, school: _Office, finance: Organ) -> None:
    """部门的申请：one overdue, one answered, one forwarded from the city to the right organ."""
    _begun(school, "A2", 901, school.ago(27))
    done = _written(school, "D2", 902, school.ago(17))
    _pass(school, done)
    serving.serve(done, by=school.clerk, sending=_online(school, 2))
    serving.close(done, by=school.clerk)
    budget = Request(f"2025年度市级部门预算{MARK}", "2025年度市级部门预算汇总表。", {})
    one = _begun(office, "D1b", 903, office.ago(3), asked=budget)
    transferring.transfer(one, finance, by=office.clerk, reason="预算由财政部门制作")


def _supervise(keeper: Staff, school: Organ) -> None:
    """投诉、抽查、责令改正：what the competent department has in hand."""
    late = Application.objects.filter(organ=school, demo=True).order_by("pk")[0]
    complaining.complain(
        school, "申请已经超过二十个工作日，没有收到答复（演示）。", name=applicant(901).name,
        phone=applicant(901).phone, application=late,
    )  # fmt: skip
    year = figures.YEAR
    drawn = supervising.draw(
        keeper.organ, date(year, 1, 1), date(year, 12, 31), 6, by=keeper, seed=year
    )
    supervising.judge(drawn[0], by=keeper, verdict="sound", finding="")
    supervising.judge(
        drawn[1], by=keeper, verdict="flawed", finding="答复书没有写明收到申请日期的确定依据。"
    )
    due = calendar_of(school).nth_after(timezone.localdate(), 5)
    supervising.order(
        school, by=keeper, problem="一件申请超过法定期限没有答复。",
        demand="立即答复申请人，并书面说明原因。", due_on=due, application=late,
    )  # fmt: skip
