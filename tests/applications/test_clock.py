"""期限表 B3：each row through the deeds themselves, and the cases through stored events."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from asked import ON, answer, electronic, make_office, make_people, make_request, post
from gongkai.applications.actions import (
    consulting,
    correcting,
    excess,
    extending,
    replying,
    serving,
)
from gongkai.applications.actions.receiving import confirm
from gongkai.applications.clock import refresh, standing_of
from gongkai.applications.models import Application, Event, Fee
from gongkai.applications.states import Category, Opinion, State
from gongkai.errors import NotAllowed
from gongkai.law.course import Status
from gongkai.law.events import Channel, Order, Whom
from gongkai.law.ledger import read_channel
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parents[1] / "data" / "deadlines" / "cases.csv"
D = date
MARCH_7, MARCH_10, MARCH_21, MARCH_26 = (D(2025, 3, day) for day in (7, 10, 21, 26))


@pytest.fixture
def organ():
    return make_office()


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def request_(organ, clerk):
    return make_request(organ, clerk)


def due(application, asof=None):
    return standing_of(application, asof=asof).due


def token(application, asof=None):
    return standing_of(application, asof=asof).token


def test_row_1_receipt_starts_twenty_working_days(request_):
    assert due(request_) == D(2025, 3, 31)
    assert (request_.received_on, request_.due_on) == (ON, D(2025, 3, 31))


def correct(application, by, on=MARCH_7, correct_by=MARCH_21, **more):
    return correcting.ask_to_correct(
        application,
        by=by,
        what="没有写明年度",
        guidance="请写明所需预算的年度",
        correct_by=correct_by,
        sending=post(on),
        **more,
    )


def test_row_2_a_notice_within_seven_days_stops_the_clock(request_, clerk):
    paper = correct(request_, clerk)
    assert request_.state == State.CORRECTING
    assert token(request_, D(2025, 3, 10)) == "AWAITING_CORRECTION"
    assert "没有写明年度" in paper.body
    assert "13800138000" not in paper.body


def test_row_3_a_late_notice_stops_nothing(request_, clerk):
    with pytest.raises(NotAllowed, match="7个工作日"):
        correct(request_, clerk, on=D(2025, 3, 13))
    correct(request_, clerk, on=D(2025, 3, 13), late_anyway=True)
    assert request_.state == State.HANDLING
    assert due(request_) == D(2025, 3, 31)


def test_row_4_there_is_one_notice_only(request_, clerk):
    correct(request_, clerk)
    correcting.take_correction(request_, by=clerk, text="2024年", on=D(2025, 3, 14))
    with pytest.raises(NotAllowed, match="一次性告知"):
        correct(request_, clerk, on=D(2025, 3, 17), correct_by=D(2025, 3, 28))


def test_row_5_a_corrected_request_begins_anew(request_, clerk):
    correct(request_, clerk)
    correcting.take_correction(request_, by=clerk, text="2024年度预算", on=D(2025, 3, 14))
    assert request_.state == State.HANDLING
    assert due(request_) == D(2025, 4, 14)
    assert "2024年度预算" in request_.matters.get().text


def test_row_5_late_with_good_reason_begins_anew(request_, clerk):
    correct(request_, clerk)
    correcting.take_correction(
        request_, by=clerk, text="2024年度", on=D(2025, 3, 28), justified=True, reason="住院"
    )
    assert due(request_) == D(2025, 4, 27)  # a Sunday worked for the holiday of May


def test_rows_6_and_7_never_or_too_late_is_abandoned(request_, clerk):
    correct(request_, clerk)
    with pytest.raises(NotAllowed, match="登记为新的申请"):
        correcting.take_correction(request_, by=clerk, text="2024年", on=D(2025, 3, 24))
    correcting.lapse_correction(request_, by=clerk)
    assert token(request_) == "ABANDONED:2025-03-22"
    assert request_.state == State.DRAFTING
    assert [matter.outcome for matter in request_.matters.all()] == ["F1"]
    assert "XA12345678913" in request_.matters.get().findings["补正告知的送达证明"]


def consult(application, by, on=MARCH_7, whom=Whom.THIRD_PARTY, name="河北甲公司"):
    return consulting.consult(
        application,
        by=by,
        whom=whom,
        name=name,
        information="2024年部门预算中与贵单位有关的合同金额",
        sending=post(on),
    )


def test_rows_8_and_9_the_days_between_letter_and_answer_do_not_count(request_, clerk):
    letter = consult(request_, clerk)
    assert (request_.state, token(request_, D(2025, 3, 10))) == (State.CONSULTING, "PAUSED")
    consulting.note_delivery(letter, by=clerk, on=D(2025, 3, 10))
    consulting.take_opinion(letter, by=clerk, opinion=Opinion.AGREES, on=D(2025, 3, 21))
    assert (request_.state, due(request_)) == (State.HANDLING, D(2025, 4, 15))


def test_row_10_a_silent_third_party_pauses_fifteen_days_of_its_own(request_, clerk):
    letter = consult(request_, clerk)
    consulting.note_delivery(letter, by=clerk, on=D(2025, 3, 10))
    assert letter.due_on == D(2025, 3, 31)
    with pytest.raises(NotAllowed, match="2025-03-31才届满"):
        consulting.lapse_opinion(letter, by=clerk, on=D(2025, 3, 31))
    consulting.lapse_opinion(letter, by=clerk, on=D(2025, 4, 1))
    assert letter.opinion == Opinion.SILENT
    assert due(request_) == D(2025, 4, 23)


def test_row_11_a_silent_co_maker_consents(request_, clerk):
    letter = consult(request_, clerk, whom=Whom.CO_MAKER, name="市发展改革委")
    consulting.note_delivery(letter, by=clerk, on=D(2025, 3, 10))
    consulting.lapse_opinion(letter, by=None, on=D(2025, 4, 1))
    assert (request_.state, due(request_)) == (State.HANDLING, D(2025, 4, 23))
    assert request_.papers.filter(letter=8).count() == 1


def test_row_12_an_answer_after_fifteen_days_excludes_no_more(request_, clerk):
    letter = consult(request_, clerk)
    consulting.note_delivery(letter, by=clerk, on=D(2025, 3, 10))
    consulting.take_opinion(letter, by=clerk, opinion=Opinion.AGREES, on=D(2025, 4, 9))
    assert due(request_) == D(2025, 4, 23)


def test_row_13_overlapping_letters_exclude_the_union(request_, clerk):
    first = consult(request_, clerk)
    second = consult(request_, clerk, on=D(2025, 3, 10), name="河北乙公司")
    for letter in (first, second):
        consulting.note_delivery(letter, by=clerk, on=D(2025, 3, 11))
    consulting.take_opinion(first, by=clerk, opinion=Opinion.AGREES, on=D(2025, 3, 17))
    assert request_.state == State.CONSULTING
    consulting.take_opinion(second, by=clerk, opinion=Opinion.AGREES, on=D(2025, 3, 21))
    assert (request_.state, due(request_)) == (State.HANDLING, D(2025, 4, 15))


def test_row_14_another_organ_is_waited_for_without_limit(request_, clerk):
    letter = consult(request_, clerk, whom=Whom.OTHER_ORGAN, name="市档案馆")
    assert consulting.why_not_lapse_opinion(letter, by=None) == [
        "征求其他机关意见没有法定期限，由承办人决定是否不再等待"
    ]
    consulting.take_opinion(letter, by=clerk, opinion=Opinion.AGREES, on=D(2025, 4, 25))
    assert due(request_) == D(2025, 5, 21)


def test_a_letter_on_the_last_day_is_refused_for_it_leaves_no_day_over(request_, clerk):
    with pytest.raises(NotAllowed, match="没有剩余的工作日"):
        consult(request_, clerk, on=D(2025, 3, 31))


def test_the_letters_to_others_never_tell_who_asks(request_, clerk):
    with pytest.raises(NotAllowed, match="不得出现申请人身份"):
        consulting.consult(
            request_, by=clerk, whom=Whom.THIRD_PARTY, name="甲公司",
            information="张三丰要的合同", sending=post(D(2025, 3, 7)),
        )  # fmt: skip
    consult(request_, clerk)
    assert "张三丰" not in request_.papers.get(letter=6).body
    assert "张三丰" not in request_.papers.get(letter=6).addressee


def extend(application, people, on=MARCH_26, workdays=10):
    extending.propose_extension(
        application, by=people[Duty.DISCLOSURE], workdays=workdays, reason="信息量大"
    )
    return extending.approve_extension(application, by=people[Duty.OFFICE_HEAD], sending=post(on))


@pytest.fixture
def today(monkeypatch):
    """Another day than today, for deeds that look at the clock as it stands now."""

    def become(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)

    return become


def test_row_15_an_approved_extension_told_in_time_adds_its_days(request_, people, today):
    today(D(2025, 3, 26))
    paper = extend(request_, people)
    assert due(request_) == D(2025, 4, 15)
    assert (request_.original_due_on, request_.due_on) == (D(2025, 3, 31), D(2025, 4, 15))
    assert "信息公开机构负责人员" in paper.body


def test_row_15_who_proposed_does_not_approve(organ, request_, people, today):
    from gongkai.organs.models import Role

    today(D(2025, 3, 26))
    head = people[Duty.OFFICE_HEAD]
    Role.objects.create(staff=head, organ=organ, duty=Duty.DISCLOSURE)
    extending.propose_extension(request_, by=head, workdays=5, reason="信息量大")
    with pytest.raises(NotAllowed, match="另一人"):
        extending.approve_extension(request_, by=head, sending=post(D(2025, 3, 26)))


def test_row_16_after_expiry_or_again_it_is_refused(request_, people, today):
    today(D(2025, 4, 1))
    with pytest.raises(NotAllowed, match="已经届满"):
        extend(request_, people, on=D(2025, 4, 1))
    today(D(2025, 3, 26))
    extend(request_, people)
    with pytest.raises(NotAllowed, match="已经延期一次"):
        extend(request_, people, on=D(2025, 3, 27))


def charge(application, by, on=MARCH_10):
    return excess.charge(
        application, by=by, method=Fee.Method.PAGES, count=240, reason="申请页数明显超过合理范围",
        sending=post(on),
    )  # fmt: skip


@pytest.fixture
def account(organ):
    from gongkai.applications.models import Office

    return Office.objects.create(organ=organ, fee_account="市财政非税收入专户")


@pytest.mark.usefixtures("account")
def test_rows_17_and_18_a_fee_notice_stops_and_payment_begins_anew(request_, clerk):
    fee = charge(request_, clerk)
    assert (fee.amount, request_.state) == (4300, State.PAYING)
    assert token(request_, D(2025, 3, 11)) == "AWAITING_PAYMENT"
    excess.note_fee_notice(request_, by=clerk, on=D(2025, 3, 12))
    excess.take_payment(request_, by=clerk, receipt="冀财0001", on=D(2025, 3, 20))
    assert (request_.state, due(request_)) == (State.HANDLING, D(2025, 4, 18))


@pytest.mark.usefixtures("account")
def test_row_19_not_paid_is_abandoned(request_, clerk):
    charge(request_, clerk)
    excess.note_fee_notice(request_, by=clerk, on=D(2025, 3, 12))
    excess.lapse_payment(request_, by=None)
    assert token(request_) == "ABANDONED:2025-04-11"
    assert request_.matters.get().outcome == "F2"


def test_row_20_asking_for_reasons_lets_the_clock_run(request_, clerk):
    excess.ask_reasons(
        request_, by=clerk, facts="一个月内申请42件", answer_by=D(2025, 3, 14),
        sending=electronic(D(2025, 3, 5)),
    )  # fmt: skip
    assert (request_.state, due(request_)) == (State.REASONING, D(2025, 3, 31))


def test_row_21_a_later_date_told_is_the_date(request_, people, clerk):
    excess.ask_reasons(
        request_, by=clerk, facts="一个月内申请42件", answer_by=D(2025, 3, 14),
        sending=electronic(D(2025, 3, 5)),
    )  # fmt: skip
    excess.take_reasons(request_, by=None, text="撰写论文", on=D(2025, 3, 12))
    excess.set_later_date(
        request_, by=people[Duty.OFFICE_HEAD], until=D(2025, 5, 30), reason="需要逐件核对",
        sending=electronic(D(2025, 3, 14)),
    )  # fmt: skip
    assert due(request_) == D(2025, 5, 30)


def test_row_22_a_withdrawal_closes(request_, clerk):
    replying.withdraw(request_, by=None, text="不再需要", on=D(2025, 3, 6))
    assert token(request_) == "WITHDRAWN:2025-03-06"
    assert (request_.state, request_.matters.get().outcome) == (State.DRAFTING, "F3a")


def test_row_23_an_ordered_reply_has_a_new_last_day(request_, people, clerk):
    answer(request_, people, on=D(2025, 3, 20))
    serving.reorder(
        request_, by=clerk, source=Order.REVIEW, number="冀政复决〔2025〕8号", on=D(2025, 6, 3)
    )
    assert (request_.state, request_.round, due(request_)) == (
        State.HANDLING, 2, D(2025, 7, 1),
    )  # fmt: skip


def test_ordinary_post_counts_from_the_confirmation(organ, clerk):
    letter = make_request(organ, clerk, channel=Channel.POST_ORDINARY)
    assert standing_of(letter, asof=ON).status is Status.UNCONFIRMED
    confirm(letter, by=clerk, on=D(2025, 3, 5))
    assert (letter.received_on, due(letter)) == (D(2025, 3, 5), D(2025, 4, 2))


def rows():
    with CASES.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["case"].startswith("REPLY")]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["case"])
def test_the_worked_cases_agree_through_stored_events(organ, row):
    told = json.loads(row["events"] or "[]")
    application = Application.objects.create(
        organ=organ, year=2025, serial=1, number="案例1号", category=Category.PERSON,
        channel=read_channel(row["channel"] or "in_person").value,
        arrived_on=row["received"], received_on=row["received"], subject="案例",
    )  # fmt: skip
    application.refresh_from_db()
    asof = None
    for one in told:
        one = dict(one)
        kind, on = one.pop("type"), D.fromisoformat(one.pop("date"))
        if kind == "asof":
            asof = on
            continue
        Event.objects.create(application=application, kind=kind, on=on, told=one)
    last = application.events.last()
    asof = asof or (last.on if last else application.arrived_on)
    assert standing_of(application, asof=asof).token == row["due"]
    refresh(application)
