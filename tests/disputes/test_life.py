"""从副本到教训：whole cases, by the people whose desk it is."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from asked import make_office, make_people, make_request
from city import make_organ, make_staff
from disputed import CAME, decide, file_answer, make_dispute, make_disputed, paper
from gongkai.applications.models import Application
from gongkai.applications.states import State as AskedState
from gongkai.disputes.actions import answering, hearing, obeying, registering, ruling
from gongkai.disputes.actions.registering import Facts, attach
from gongkai.disputes.clock import due_of, reply_due_of
from gongkai.disputes.deadlines import open_deadlines
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import (
    Attached,
    Challenged,
    Disposal,
    Kind,
    Party,
    Procedure,
    State,
)
from gongkai.errors import BadDate, BadInput, NotAllowed
from gongkai.law.calendar import china, read_overrides
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture
def organ():
    return make_office()


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


# ── 登记 ────────────────────────────────────────────────────────────────────────────────────


def test_a_case_about_a_request_takes_what_its_reply_says():
    organ, people, application = make_disputed("A2")
    case = make_dispute(organ, people[Duty.DISCLOSURE], application=application)

    reply = application.replies.get()
    assert (case.about, case.claimant) == (application.subject, "张三丰")
    assert (case.outcome, case.round, case.paper_number) == ("A2", 1, reply.paper.number)
    assert case.article == "《政府信息公开条例》第三十六条第（二）项"
    assert Application.objects.get(pk=application.pk).disputed


def test_registering_leaves_no_name_in_the_trail(organ, clerk):
    case = make_dispute(organ, clerk, claimant="欧阳震华")
    registering.amend(
        case, Facts(kind=Kind.REVIEW, body="石家庄市人民政府", received_on=CAME, about="诸葛亮亮案",
                    claimant="诸葛亮亮"), by=clerk, reason="欧阳震华写错了",
    )  # fmt: skip

    told = [f"{step.title}{step.note}{step.changes}" for step in Step.objects.of(case)]
    assert [one for one in told if "欧阳震华" in one or "诸葛亮亮" in one] == []
    assert Dispute.objects.get(pk=case.pk).claimant == "诸葛亮亮"


def test_numbers_are_given_once_and_in_a_row(organ, clerk):
    year = timezone.localdate().year
    numbers = [make_dispute(organ, clerk).number for _ in range(2)]

    assert numbers == [f"{organ.name}复议诉讼〔{year}〕1号", f"{organ.name}复议诉讼〔{year}〕2号"]


@pytest.mark.parametrize(
    ("kind", "procedure", "on", "due"),
    [
        # 5 working days: 28, 29, 30 September, 9, 10 October 2025.
        (Kind.REVIEW, Procedure.SIMPLE, D(2025, 9, 26), D(2025, 10, 10)),
        # 10 working days: those and 11 (Saturday, make-up), 13, 14, 15, 16 October.
        (Kind.REVIEW, Procedure.ORDINARY, D(2025, 9, 26), D(2025, 10, 16)),
        # 15 days of the calendar: 7 October is a holiday, rolls to the 9th.
        (Kind.DIRECT, Procedure.ORDINARY, D(2025, 9, 22), D(2025, 10, 9)),
        (Kind.AFTER, Procedure.SIMPLE, D(2025, 9, 22), D(2025, 10, 9)),
        # Until 2023 ten days of the calendar: 2 October 2022 rolls to Saturday the 8th, make-up.
        (Kind.REVIEW, Procedure.ORDINARY, D(2022, 9, 22), D(2022, 10, 8)),
    ],
)
def test_the_answer_is_due_when_the_law_of_the_day_says(organ, clerk, kind, procedure, on, due):
    case = make_dispute(organ, clerk, kind, on=on, procedure=procedure)

    assert case.due_on == due


def test_a_suit_before_the_law_that_counts_is_refused_in_words(organ, clerk):
    with pytest.raises(BadDate, match="2010-05-06早于2015-05-01"):
        make_dispute(organ, clerk, Kind.DIRECT, on=D(2010, 5, 6))


def test_organs_of_one_short_name_and_one_that_is_renamed_go_on_counting(clerk):
    first, second = (
        make_organ(f"{place}教育局", short_name="教育局") for place in ("甲县", "乙县")
    )
    people = [make_staff("丙", Duty.LEGAL, organ=one) for one in (first, second)]
    numbers = [make_dispute(one.organ, one).number for one in people]
    first.short_name = "教体局"
    first.save()
    numbers.append(make_dispute(first, people[0]).number)

    year = timezone.localdate().year
    told = [number.replace(f"复议诉讼〔{year}〕", " ") for number in numbers]
    assert told == ["教育局 1号", "教育局 1号", "教体局 2号"]


def test_a_simplified_review_before_the_law_knew_it_is_refused(organ, clerk):
    with pytest.raises(NotAllowed, match="简易程序自2024-01-01起才有"):
        make_dispute(organ, clerk, on=D(2023, 12, 29), procedure=Procedure.SIMPLE)


def test_a_copy_of_tomorrow_is_refused(organ, clerk):
    with pytest.raises(BadDate, match="晚于今天"):
        make_dispute(organ, clerk, on=timezone.localdate() + timedelta(days=1))


def test_a_request_of_another_organ_is_refused(clerk, organ):
    other = make_organ("石家庄市民政局")
    application = make_request(other, make_staff("乙", Duty.DISCLOSURE, organ=other))

    with pytest.raises(NotAllowed, match="不是石家庄市财政局受理的"):
        make_dispute(organ, clerk, application=application)


def test_only_who_handles_cases_there_registers(organ):
    stranger = make_staff("外人", Duty.DISCLOSURE, organ=make_organ("石家庄市民政局"))

    with pytest.raises(NotAllowed, match="由石家庄市财政局的信息公开机构、法制机构登记"):
        make_dispute(organ, stranger)


def warned(**fields):
    usual = {"kind": Kind.DIRECT, "body": "某法院", "received_on": D(2025, 6, 3), "about": "预算"}
    return registering.warnings_about(Facts(**(usual | fields)))


_UNLINKED = "没有关联申请；申请在登记簿里的，请关联，败诉原因才能按答复结果统计"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"outcome": "C4"},
            "应当先申请行政复议，不应直接起诉（《行政复议法》第二十三条第一款第（四）项）",
        ),
        ({"outcome": "B"}, "对部分公开中不予公开的部分不服的，应当先申请行政复议"),
        (
            {"challenged": Challenged.SILENCE, "received_on": D(2025, 5, 30)},
            "2025-06-01以前，对不答复是否须先复议有不同认识（《行政复议法》第二十三条第一款第（三）项）",
        ),
        ({"kind": Kind.AFTER}, "没有选择此前的行政复议"),
    ],
)
def test_what_is_odd_in_law_is_said_and_not_refused(fields, words):
    said, unlinked = warned(**fields)

    assert words in said
    assert unlinked == _UNLINKED


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "D1b"},
        {"outcome": "C4", "received_on": D(2023, 12, 29)},
        {"outcome": "C4", "kind": Kind.REVIEW},
        {"challenged": Challenged.SILENCE},
    ],
)
def test_what_is_in_order_is_not_warned_about(fields):
    assert warned(**fields) == [_UNLINKED]


def test_correcting_the_day_moves_the_clock(organ, clerk):
    case = make_dispute(organ, clerk, Kind.DIRECT, on=D(2025, 9, 22))
    facts = registering.facts_of(case)
    registering.amend(
        case, Facts(**{**vars(facts), "received_on": D(2025, 9, 23)}), by=clerk, reason="看错邮戳"
    )

    assert Dispute.objects.get(pk=case.pk).due_on == D(2025, 10, 9)
    assert case.due_on == due_of(case)


def test_another_outcome_has_another_article(organ, clerk):
    case = make_dispute(organ, clerk, outcome="D1b")
    facts = registering.facts_of(case)
    registering.amend(case, Facts(**{**vars(facts), "outcome": "C5"}), by=clerk, reason="看错")

    assert (case.outcome, case.article) == ("C5", "《政府信息公开条例》第十六条第一款")


# ── 答复 ────────────────────────────────────────────────────────────────────────────────────


def test_who_drafts_the_answer_does_not_approve_it(organ, people):
    drafter = make_staff("两职", Duty.LEGAL, Duty.OFFICE_HEAD, organ=organ)
    case = make_dispute(organ, drafter)
    attach(case, [paper(Attached.ANSWER), paper(Attached.EVIDENCE)], by=drafter)
    answering.submit(case, by=drafter)

    with pytest.raises(NotAllowed, match="起草人不得审定自己起草的内容"):
        answering.approve(case, by=drafter)
    answering.approve(case, by=people[Duty.OFFICE_HEAD])

    assert case.state == State.APPROVED


def test_an_answer_without_its_papers_is_not_submitted(organ, clerk):
    case = make_dispute(organ, clerk)

    with pytest.raises(NotAllowed) as refused:
        answering.submit(case, by=clerk)

    assert str(refused.value) == (
        "还没有加入复议答复书（《行政复议法》第四十八条）；"
        "还没有加入证据清单和证据；不提交的，视为没有证据。"
    )


def test_the_clock_stands_still_once_the_answer_is_in(organ, people):
    case = make_dispute(organ, people[Duty.DISCLOSURE])
    due = case.due_on
    file_answer(case, people, on=due + timedelta(days=1))

    assert (case.state, case.due_on, case.last_due_on) == (State.ANSWERED, None, due)
    assert case.answered_late


def test_files_are_sealed(organ, clerk):
    case = make_dispute(organ, clerk, sent=[paper(Attached.COPY, content="机密原告".encode())])
    (kept,) = case.attachments.all()

    with kept.blob.open() as file:
        assert file.read() == "机密原告".encode()
    with default_storage.open(kept.blob.stored) as file:
        assert "机密原告".encode() not in file.read()
    assert kept.blob.sealed


# ── 听证 ────────────────────────────────────────────────────────────────────────────────────


def test_a_hearing_is_told_of_and_another_is_put_off(organ, clerk):
    case = make_dispute(organ, clerk)
    first = hearing.hear(case, by=clerk, on=CAME, place="第一庭", goes="王主任")
    second = hearing.hear(case, by=clerk, on=CAME, place="第二庭", goes="王主任")
    hearing.attend(first, by=clerk, note="双方陈述意见")
    hearing.cancel(second, by=clerk, reason="对方请求改期")

    assert [one.note for one in case.hearings.all()] == ["双方陈述意见", ""]
    assert [one.cancelled_why for one in case.hearings.all()] == ["", "对方请求改期"]


def test_a_hearing_to_come_has_not_been_held(organ, clerk):
    case = make_dispute(organ, clerk)
    day = timezone.localdate() + timedelta(days=3)
    coming = hearing.hear(case, by=clerk, on=day, place="第一庭", goes="王主任")

    with pytest.raises(NotAllowed, match=f"{day}才举行"):
        hearing.attend(coming, by=clerk, note="开了")


# ── 结论、上诉 ──────────────────────────────────────────────────────────────────────────────


def test_a_reversal_needs_its_cause(organ, clerk):
    case = make_dispute(organ, clerk)

    with pytest.raises(BadInput, match="被纠正的，请选择原因"):
        decide(case, clerk, "r64", D(2025, 7, 1))
    assert Dispute.objects.get(pk=case.pk).state == State.RECEIVED


def test_a_finding_of_a_court_does_not_end_a_review(organ, clerk):
    case = make_dispute(organ, clerk)

    with pytest.raises(BadInput, match="“判决驳回诉讼请求”不是行政复议的结论"):
        decide(case, clerk, "s69", D(2025, 7, 1))


def test_a_case_sent_back_is_heard_again_and_its_first_ruling_counts_nowhere(organ, clerk):
    case = make_dispute(organ, clerk, Kind.DIRECT)
    decide(case, clerk, "s69", D(2025, 7, 1))
    ruling.appeal(case, by=clerk, party=Party.CLAIMANT, on=D(2025, 7, 10), court="中级法院")
    ruling.decide_appeal(case, Disposal.REMANDED, by=clerk, on=D(2025, 9, 1))
    assert (case.state, case.result, case.concluded_on) == (State.ANSWERED, "", None)

    decide(case, clerk, "s70", D(2025, 11, 3), cause="evidence")
    assert (case.state, case.result, case.concluded_on) == (
        State.DECIDED, "reversed", D(2025, 11, 3),
    )  # fmt: skip
    assert [one.overturned for one in case.rulings.all()] == [True, False]


def test_an_appeal_upheld_leaves_the_first_finding_and_counts_on_the_later_day(organ, clerk):
    case = make_dispute(organ, clerk, Kind.DIRECT)
    decide(case, clerk, "s70", D(2025, 7, 1), cause="procedure")
    ruling.appeal(case, by=clerk, party=Party.OURS, on=D(2025, 7, 10), court="中级法院")
    ruling.decide_appeal(case, Disposal.AFFIRMED, by=clerk, on=D(2025, 9, 1))

    assert (case.finding, case.cause, case.concluded_on) == ("s70", "procedure", D(2025, 9, 1))
    with pytest.raises(NotAllowed, match="第二审裁判是终审裁判，不能上诉"):
        ruling.appeal(case, by=clerk, party=Party.OURS, on=D(2025, 9, 3), court="高级法院")


def test_a_review_is_not_appealed_against(organ, clerk):
    case = make_dispute(organ, clerk)
    decide(case, clerk, "r68", D(2025, 7, 1))

    with pytest.raises(NotAllowed, match="请另行登记为“复议后起诉”"):
        ruling.appeal(case, by=clerk, party=Party.CLAIMANT, on=D(2025, 7, 3), court="法院")


def test_a_suit_is_not_closed_while_it_can_be_appealed_against(organ, clerk):
    today = timezone.localdate()
    case = make_dispute(organ, clerk, Kind.DIRECT, on=today - timedelta(days=3))
    decide(case, clerk, "s69", today - timedelta(days=1))

    with pytest.raises(NotAllowed, match="上诉期至"):
        ruling.close(case, by=clerk)


def test_a_lost_case_is_closed_with_its_lesson_and_not_without(organ, clerk):
    case = make_dispute(organ, clerk)
    decide(case, clerk, "r65", D(2025, 7, 1), cause="procedure")
    with pytest.raises(NotAllowed, match="请先写经验教训"):
        ruling.close(case, by=clerk)

    ruling.learn(case, "张三丰的申请应当先征求第三方意见", by=clerk)
    ruling.close(case, by=clerk)

    assert (case.state, case.lessons) == (State.CLOSED, "申请人的申请应当先征求第三方意见")


def test_a_review_a_suit_rests_on_is_not_struck(organ, clerk):
    review = make_dispute(organ, clerk)
    suit = make_dispute(organ, clerk, Kind.AFTER, earlier=review)

    with pytest.raises(NotAllowed, match=f"{suit}以本案为此前的行政复议"):
        ruling.strike(review, by=clerk, reason="重复")


# ── 责令重新答复 ────────────────────────────────────────────────────────────────────────────


def lost(code="r64", **fields):
    organ, people, application = make_disputed()
    clerk = people[Duty.DISCLOSURE]
    case = make_dispute(organ, clerk, application=application, **fields)
    decide(case, clerk, code, D(2025, 7, 1), cause="evidence", number="石政复决〔2025〕7号")
    case.application = Application.objects.get(pk=application.pk)
    return case, clerk


def test_an_ordered_reply_runs_on_the_clock_of_the_request():
    case, clerk = lost()
    obeying.order(case, by=clerk, on=D(2025, 7, 2), workdays=15)

    application = Application.objects.get(pk=case.application_id)
    assert (application.state, application.round) == (AskedState.HANDLING, 2)
    assert Application.objects.count() == 1
    # 15 working days after Wednesday 2 July 2025.
    assert application.due_on == D(2025, 7, 23)
    assert (case.reordered, case.reply_due_on) == (True, D(2025, 7, 23))
    with pytest.raises(NotAllowed, match="还没有重新答复"):
        obeying.obey(case, by=clerk)


def test_the_night_finds_what_the_register_has_answered_anew():
    case, clerk = lost()
    obeying.order(case, by=clerk, on=D(2025, 7, 2), workdays=15)
    Application.objects.filter(pk=case.application_id).update(
        state=AskedState.SERVED, answered_on=D(2025, 7, 18)
    )

    assert obeying.follow() == 1
    assert Dispute.objects.get(pk=case.pk).replied_on == D(2025, 7, 18)
    assert obeying.follow() == 0


def test_an_ordered_reply_about_words_alone_has_a_clock_of_its_own(organ, clerk):
    case = make_dispute(organ, clerk)
    decide(case, clerk, "r66", D(2025, 7, 1), cause="idle")
    obeying.order(case, by=clerk, on=D(2025, 7, 2))
    # Twenty working days, as the office's choice is where nothing is ordered.
    assert (case.reordered, case.reply_due_on) == (False, D(2025, 7, 30))

    obeying.obey(case, by=clerk, on=D(2025, 7, 29))
    assert case.replied_on == D(2025, 7, 29)


def test_what_was_upheld_orders_nothing(organ, clerk):
    case = make_dispute(organ, clerk)
    decide(case, clerk, "r68", D(2025, 7, 1))

    with pytest.raises(NotAllowed, match="结论是“维持”，不发生重新答复"):
        obeying.order(case, by=clerk)


def test_a_new_holiday_moves_the_answers_and_the_replies_of_their_own(organ, clerk):
    answer = make_dispute(organ, clerk, on=D(2025, 7, 7))
    other = make_dispute(organ, clerk)
    decide(other, clerk, "r66", D(2025, 7, 1), cause="idle")
    obeying.order(other, by=clerk, on=D(2025, 7, 2), workdays=5)
    calendar = china().with_overrides(read_overrides("日期,种类,依据\n2025-07-08,放假,某通知\n"))

    moved = [(one.subject, one.label, one.due, one.recompute(calendar))
             for one in open_deadlines([organ.pk])]  # fmt: skip

    assert moved == [
        (answer, "复议答复书期限", D(2025, 7, 21), D(2025, 7, 22)),
        (other, "重新答复期限", D(2025, 7, 9), D(2025, 7, 10)),
    ]
    assert reply_due_of(other) == D(2025, 7, 9)
