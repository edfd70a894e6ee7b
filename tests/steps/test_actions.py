from datetime import date

import pytest

from city import make_organ, make_staff
from gongkai.errors import NotAllowed
from gongkai.organs.actions import delegate
from gongkai.organs.rights import forget
from gongkai.organs.states import Duty
from gongkai.steps.actions import comment, may, offers, take, why_not
from gongkai.trail.actions import verify
from gongkai.trail.models import Step
from papers.models import Paper, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_organ("石州市政府办公室")


def make_paper(office, *, author=None, state=State.DRAFT):
    return Paper.objects.create(title="通知", organ=office, author=author, state=state)


def test_take_moves_the_record_and_writes_it_down(office):
    drafter = make_staff("李起草", Duty.DRAFT, organ=office)
    paper = make_paper(office, author=drafter)

    step = take(paper, "submit", by=drafter, note="请审")

    paper.refresh_from_db()
    assert paper.state == State.REVIEW
    assert (step.who, step.label, step.before, step.after, step.note) == (
        "李起草",
        "提交审查",
        "draft",
        "review",
        "请审",
    )
    assert [str(step) for step in Step.objects.of(paper)] == ["李起草 提交审查"]


def test_take_sets_the_changes_with_the_state(office):
    signer = make_staff("王签发", Duty.SIGN, organ=office)
    paper = make_paper(office, state=State.REVIEW)

    step = take(paper, "issue", by=signer, issued_on=date(2026, 3, 2))

    assert Paper.objects.values_list("state", "issued_on").get() == (
        State.ISSUED,
        date(2026, 3, 2),
    )
    assert paper.issued_on == date(2026, 3, 2)
    assert step.changes == {"issued_on": [None, "2026-03-02"]}


def test_a_move_from_another_state_is_refused(office):
    signer = make_staff("王签发", Duty.SIGN, organ=office)
    paper = make_paper(office)

    with pytest.raises(NotAllowed, match="现在是“草稿”，不能发布"):
        take(paper, "issue", by=signer)

    assert list(Step.objects.all()) == []


def test_a_move_without_the_duty_is_refused(office):
    stranger = make_staff("外人", Duty.SIGN)
    paper = make_paper(office, state=State.REVIEW)

    assert why_not(paper, "issue", by=stranger) == ["“发布”由石州市政府办公室的签发办理"]


def test_the_author_may_not_issue_his_own_paper(office):
    author = make_staff("王签发", Duty.DRAFT, Duty.SIGN, organ=office)
    paper = make_paper(office, author=author, state=State.REVIEW)

    with pytest.raises(NotAllowed, match="起草人不得发布自己起草的内容"):
        take(paper, "issue", by=author)


def test_the_author_does_not_escape_by_lending_his_duty(office):
    author = make_staff("王签发", Duty.SIGN, organ=office)
    friend = make_staff("李代办", organ=office)
    delegate(
        author,
        friend,
        [Duty.SIGN],
        by=author,
        first_day=date.today(),
        last_day=date.today(),
        reason="出差",
    )
    paper = make_paper(office, author=author, state=State.REVIEW)

    assert why_not(paper, "issue", by=friend) == ["您代王签发办理，而起草人不得发布自己起草的内容"]


def test_whoever_examined_may_not_issue(office):
    both = make_staff("身兼两职", Duty.SECRECY, Duty.SIGN, organ=office)
    paper = make_paper(office, state=State.REVIEW)

    take(paper, "examine", by=both)

    assert paper.state == State.REVIEW
    assert why_not(paper, "issue", by=both) == [
        "已办理“保密审查”的人不得再办理“发布”，须由另一人办理"
    ]


def test_a_return_needs_its_reasons(office):
    signer = make_staff("王签发", Duty.SIGN, organ=office)
    paper = make_paper(office, state=State.REVIEW)

    with pytest.raises(NotAllowed, match="退回须写明理由"):
        take(paper, "give_back", by=signer, note="  ")
    take(paper, "give_back", by=signer, note="依据过期，请改。")

    assert [step.note for step in Step.objects.of(paper)] == ["依据过期，请改。"]


def test_a_delegate_acts_for_the_one_who_is_away(office):
    away = make_staff("王签发", Duty.SIGN, organ=office)
    here = make_staff("李代办", organ=office)
    today = date.today()
    delegate(away, here, [Duty.SIGN], by=away, first_day=today, last_day=today, reason="出差")
    paper = make_paper(office, state=State.REVIEW)

    step = take(paper, "issue", by=here)

    assert (step.by_name, step.for_name, step.who) == ("李代办", "王签发", "李代办（代王签发）")


def test_the_house_itself_takes_only_automatic_moves(office):
    paper = make_paper(office, state=State.ISSUED)

    step = take(paper, "lapse", by=None)

    assert (step.by_name, paper.state) == ("系统", State.LAPSED)
    with pytest.raises(NotAllowed, match="须由人办理"):
        take(make_paper(office), "submit", by=None)


def test_one_who_left_may_do_nothing(office):
    gone = make_staff("李起草", Duty.DRAFT, organ=office, is_active=False)
    paper = make_paper(office)

    assert not may(gone, paper, "submit")


def test_offers_carry_the_reasons_of_the_trade(office):
    signer = make_staff("王签发", Duty.SIGN, organ=office)
    paper = make_paper(office, state=State.REVIEW)

    found = offers(
        paper, by=signer, why_not_also=lambda move: ["没有解读方案"] if move == "issue" else []
    )

    assert [(offer.move.name, offer.reasons) for offer in found] == [
        ("give_back", []),
        ("examine", ["“保密审查”由石州市政府办公室的保密审查办理"]),
        ("issue", ["没有解读方案"]),
    ]


def test_comments_stand_in_the_trail_and_change_nothing(office):
    staff = make_staff("张三", organ=office)
    paper = make_paper(office)

    comment(paper, "附件二缺页码", by=staff)

    assert [(s.label, s.note) for s in Step.objects.of(paper)] == [("批注", "附件二缺页码")]
    with pytest.raises(NotAllowed, match="批注没有内容"):
        comment(paper, " \n", by=staff)


def test_of_two_who_saw_the_same_state_only_the_first_wins(office):
    first = make_staff("甲", Duty.SIGN, organ=office)
    second = make_staff("乙", Duty.SIGN, organ=office)
    paper = make_paper(office, state=State.REVIEW)
    stale = Paper.objects.get(pk=paper.pk)

    take(paper, "issue", by=first)
    with pytest.raises(NotAllowed, match="刚刚由别人办理过"):
        take(stale, "give_back", by=second, note="再改")

    assert [step.move for step in Step.objects.of(paper)] == ["issue"]
    assert verify() is None


def test_rights_are_read_anew_after_they_changed(office):
    staff = make_staff("李起草", organ=office)
    paper = make_paper(office)
    assert not may(staff, paper, "submit")

    staff.roles.create(organ=office, duty=Duty.DRAFT)
    forget(staff)

    assert may(staff, paper, "submit")
