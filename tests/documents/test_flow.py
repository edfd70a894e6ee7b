from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from city import make_staff
from gongkai.documents.actions import drafting, publishing, reviewing, validity
from gongkai.documents.actions.obstacles import next_steps, why_not
from gongkai.documents.models import Document, Override, PeriodRule, Publication, Version
from gongkai.documents.states import FLOW, Attribute, State
from gongkai.documents.tasks import publish
from gongkai.errors import BadInput, GongkaiError, NotAllowed
from gongkai.jobs.models import Job
from gongkai.law.terms import PUBLICATION
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step
from library import (
    BODY,
    PASSES,
    SHORT_PASSES,
    bring,
    column,
    fresh,
    make_draft,
    make_issued,
    make_office,
)

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"


def test_a_draft_goes_from_desk_to_desk_to_the_public():
    office = make_office()
    document = make_draft(office)

    bring(document, office)
    number = reviewing.number(document, by=office.director, sign="石政办发")
    publishing.issue(document, by=office.disclosure)

    year = timezone.localdate().year
    assert list(Document.objects.public()) == [document]
    assert (number, fresh(document).index_number) == (
        "石政办发〔2025〕1号",
        f"{office.organ.code}/{year}-00001",
    )
    assert [step.label for step in Step.objects.of(document).exclude(move="write")] == [
        "起草",
        "提交审查",
        "同意，送保密审查",
        "保密审查通过",
        "法制审核通过",
        "公开属性审核通过",
        "核稿同意，送签",
        "签发",
        "编号",
        "发布",
    ]
    assert verify() is None


def test_information_that_is_no_official_paper_takes_the_short_way():
    office = make_office()
    document = make_draft(office, "2025年统计公报", kind="statistics")

    bring(document, office)
    publishing.issue(document, by=office.disclosure)

    assert [s.move for s in Step.objects.of(document)] == [
        *("draft", "write"),
        *(move for move, _ in SHORT_PASSES),
        "issue",
    ]


@pytest.mark.parametrize(("place", "who"), [(p, w) for p, (_, w) in enumerate(PASSES) if p])
def test_every_desk_may_return_a_draft_with_a_reason(place, who):
    office = make_office()
    document = make_draft(office)
    for move, person in PASSES[:place]:
        reviewing.advance(document, move, by=getattr(office, person))

    with pytest.raises(NotAllowed, match="须写明理由"):
        reviewing.advance(document, f"return_{document.state}", by=getattr(office, who))
    reviewing.advance(document, f"return_{document.state}", by=getattr(office, who), note="请改")

    assert (fresh(document).state, Step.objects.of(document).last().note) == ("draft", "请改")


@pytest.mark.parametrize(("place", "who"), list(enumerate(w for _, w in PASSES)))
def test_nobody_passes_a_draft_but_who_sits_at_the_desk(place, who):
    office = make_office()
    document = make_draft(office)
    for move, person in PASSES[:place]:
        reviewing.advance(document, move, by=getattr(office, person))
    others = [p for name, p in vars(office).items() if name not in (who, "organ")]

    for other in others:
        with pytest.raises(NotAllowed):
            reviewing.advance(document, PASSES[place][0], by=other)

    assert Step.objects.of(document).count() == place + 2


def test_the_drafter_may_not_pass_his_own_draft_whatever_his_duties():
    office = make_office()
    drafter = make_staff("一人多岗", *Duty, organ=office.organ)
    office.draft = drafter
    document = make_draft(office)
    reviewing.advance(document, "submit", by=drafter)

    with pytest.raises(NotAllowed, match="起草人不得"):
        reviewing.advance(document, "pass_unit", by=drafter)


@pytest.mark.parametrize(
    ("facts", "answers", "move", "said"),
    [
        ({"genre": ""}, {}, "submit", "没有选择公文种类"),
        ({}, {"unit": ""}, "submit", "没有填写起草处（科）室"),
        ({}, {"channels": []}, "submit", "公开渠道须包括政府网站"),
        ({}, {"interpretation": None}, "submit", "政策文件须有解读方案"),
        ({}, {"interpretation": True}, "submit", "解读方案没有选择解读形式"),
        ({"attribute": "refused"}, {}, "submit", "不予公开须选择理由和依据条款"),
        ({"attribute": "on_request"}, {}, "submit", "没有填写重新评估日期"),
        ({}, {"ground": "C6"}, "submit", "主动公开的文件不应填写不予公开的理由"),
        ({}, {"secrecy": ""}, "pass_secrecy", "没有填写密级"),
        ({}, {"secrecy": "work"}, "pass_secrecy", "工作秘密不得主动公开"),
        ({}, {"personal_checked": False}, "pass_secrecy", "没有确认个人信息已核查"),
        ({}, {"legality_number": ""}, "pass_legal", "没有填写合法性审核编号"),
        ({}, {"others_consulted": ""}, "pass_office", "协商、确认"),
    ],
)
def test_a_form_that_is_not_complete_stops_where_it_is_asked_for(facts, answers, move, said):
    office = make_office()
    document = make_draft(office, kind="normative", facts=facts, answers=answers)
    for step, who in PASSES:
        if step == move:
            break
        reviewing.advance(document, step, by=getattr(office, who))
    who = dict(PASSES)[move]

    with pytest.raises(NotAllowed, match=said):
        reviewing.advance(document, move, by=getattr(office, who))

    assert any(said in reason for reason in why_not(document, move, by=getattr(office, who)))


def test_a_number_is_given_only_when_the_form_is_complete():
    office = make_office()
    document = bring(make_draft(office), office)
    document.form.copyright_checked = False
    document.form.save()

    with pytest.raises(NotAllowed, match="没有确认版权已核查"):
        reviewing.number(document, by=office.director, sign="石政办发")

    assert fresh(document).number == ""


def test_signing_sets_the_day_the_document_must_be_public():
    office = make_office()

    document = bring(make_draft(office, facts={"formed_on": date(2025, 3, 3)}), office)

    assert PUBLICATION.length == 20
    # 4 to 31 March 2025, twenty working days; the day itself is not counted.
    assert fresh(document).due_on == date(2025, 3, 31)
    assert list(Document.objects.overdue(date(2025, 3, 31))) == []
    assert list(Document.objects.overdue(date(2025, 4, 1))) == [document]


def test_the_signer_fixes_the_attribute():
    office = make_office()
    document = bring(make_draft(office), office, until=State.SIGN)
    drafting.edit(
        document,
        by=office.sign,
        facts={"attribute": Attribute.REFUSED},
        answers={
            "ground": "C6",
            "attribute_reason": "尚在讨论",
            "review_on": timezone.localdate() + timedelta(days=200),
        },
    )

    reviewing.advance(document, "sign", by=office.sign)
    reviewing.advance(document, "keep", by=office.disclosure)

    kept = fresh(document)
    assert (kept.state, kept.due_on, str(kept.form.get_ground_display())) == (
        State.KEPT,
        None,
        "过程性信息",
    )
    assert list(Document.objects.to_review_again(kept.form.review_on)) == [document]


def test_what_was_kept_back_can_be_made_public_when_circumstances_change():
    office = make_office()
    later = timezone.localdate() + timedelta(days=200)
    document = make_draft(
        office,
        facts={"attribute": "refused"},
        answers={"ground": "C6", "attribute_reason": "尚在讨论", "review_on": later},
    )
    bring(document, office)
    reviewing.advance(document, "keep", by=office.disclosure)

    reviewing.advance(document, "readjust", by=office.disclosure, note="事项已经办结")

    assert (document.state, document.attribute, document.due_from) == (
        State.SIGNED,
        Attribute.PROACTIVE,
        timezone.localdate(),
    )


def test_who_holds_the_draft_sets_only_what_is_his():
    office = make_office()
    document = bring(make_draft(office), office, until=State.LEGAL)

    with pytest.raises(NotAllowed, match="不能修改标题"):
        drafting.edit(document, by=office.legal, facts={"title": "另一个标题"})
    with pytest.raises(NotAllowed, match="由法制审核填写"):
        drafting.edit(document, by=office.draft, answers={"legality_number": "1"})
    drafting.edit(document, by=office.legal, answers={"legality_number": "合审〔2025〕9号"})

    assert fresh(document).form.legality_number == "合审〔2025〕9号"


def test_a_normative_document_without_an_end_gets_it_from_the_rule_of_the_place():
    office = make_office()
    PeriodRule.objects.create(organ=office.organ, years=5, basis="某省规范性文件管理办法")
    PeriodRule.objects.create(organ=office.organ, years=2, basis="某省办法", provisional=True)

    usual = bring(make_draft(office, "关于甲的规定", kind="normative"), office)
    trial = bring(make_draft(office, "关于乙的办法（试行）", kind="normative"), office)
    policy = bring(make_draft(office, "关于丙的通知"), office)

    assert [fresh(d).valid_to for d in (usual, trial, policy)] == [
        date(2030, 3, 2),
        date(2027, 3, 2),
        None,
    ]


# ── 筛查 ────────────────────────────────────────────────────────────────────────────────────


def test_a_personal_number_stops_the_secrecy_review_until_a_second_person_takes_it_upon_himself():
    office = make_office()
    html = BODY + f"<p>联系人王某，公民身份号码{ID_NUMBER}。</p>"
    document = bring(make_draft(office, html=html), office, until=State.SECRECY)
    found = [one for one in drafting.all_findings(document) if one.stops]

    with pytest.raises(NotAllowed, match="筛查拦截"):
        reviewing.advance(document, "pass_secrecy", by=office.secrecy)
    with pytest.raises(NotAllowed, match="起草人不得放行"):
        drafting.let_pass(document, found[0].mark, by=office.draft, reason="本人同意公开")
    with pytest.raises(NotAllowed, match="须写明理由"):
        drafting.let_pass(document, found[0].mark, by=office.secrecy, reason=" ")
    for one in found:
        drafting.let_pass(document, one.mark, by=office.secrecy, reason="当事人书面同意公开")
    reviewing.advance(document, "pass_secrecy", by=office.secrecy)

    assert document.state == State.LEGAL
    kept = str(Override.objects.values()) + str(Version.objects.values("findings"))
    assert ID_NUMBER not in kept
    assert ID_NUMBER not in str(list(Step.objects.values()))


def test_a_decision_to_let_pass_does_not_cover_a_text_changed_since():
    office = make_office()
    html = BODY + f"<p>公民身份号码{ID_NUMBER}。</p>"
    document = bring(make_draft(office, html=html), office, until=State.SECRECY)
    for one in drafting.all_findings(document):
        if one.stops:
            drafting.let_pass(document, one.mark, by=office.secrecy, reason="当事人书面同意公开")
    reviewing.advance(document, "return_secrecy", by=office.secrecy, note="改")
    drafting.set_body(document, BODY + f"<p>另一人的号码{ID_NUMBER}。</p>", by=office.draft)
    bring(document, office, until=State.SECRECY)

    with pytest.raises(NotAllowed, match="筛查拦截"):
        reviewing.advance(document, "pass_secrecy", by=office.secrecy)


# ── 解读 ────────────────────────────────────────────────────────────────────────────────────

PLAN = {"interpretation": True, "interpretation_forms": ["text"], "interpreter": "王局长"}


def test_a_policy_goes_out_with_its_interpretation_and_not_without():
    office = make_office()
    policy = bring(make_draft(office, answers=PLAN), office)
    reviewing.number(policy, by=office.director, sign="石政办发")

    with pytest.raises(NotAllowed, match="解读材料还没有签发"):
        publishing.issue(policy, by=office.disclosure)
    reading = make_draft(office, "《通知》解读", kind="interpretation")
    validity.link(reading, policy, "interprets", by=office.draft)
    bring(reading, office)
    publishing.issue(fresh(policy), by=office.disclosure)

    assert set(Document.objects.public()) == {policy, reading}


# ── 发布 ────────────────────────────────────────────────────────────────────────────────────


def test_each_publication_is_written_down_for_each_channel():
    office = make_office()

    document = make_issued(office, answers={"channels": ["website", "gazette", "points"]})

    rows = Publication.objects.filter(document=document).order_by("pk")
    assert [(r.channel, str(r.column or ""), bool(r.at)) for r in rows] == [
        ("website", "其他文件", True),
        ("gazette", "", False),
        ("points", "", False),
    ]


def test_the_queued_row_of_a_channel_is_filled_when_it_is_served():
    office = make_office()
    document = make_issued(office, answers={"channels": ["website", "points"]})

    publishing.record_channel(document, "points", by=office.disclosure, detail="市图书馆")

    row = Publication.objects.get(document=document, channel="points")
    assert (row.detail, row.by, row.at is not None) == ("市图书馆", office.disclosure, True)


def test_yearly_figures_count_what_went_out_by_each_channel():
    office = make_office()
    first = make_issued(office, "甲", answers={"channels": ["website", "gazette"]})
    make_issued(office, "乙")
    publishing.withdraw(first, by=office.disclosure, note="错发")

    year = timezone.localdate().year
    figures = Publication.objects.within([office.organ.pk], year).figures()

    assert figures == [
        {
            "channel": "website",
            "column": column(office, "other_policy").pk,
            "items": 2,
            "documents": 2,
        }
    ]


def test_a_document_is_issued_at_the_appointed_time_by_the_house_itself():
    office = make_office()
    document = bring(make_draft(office, facts={"formed_on": timezone.localdate()}), office)
    reviewing.number(document, by=office.director, sign="石政办发")

    publishing.schedule(document, timezone.now() + timedelta(hours=1), by=office.disclosure)
    too_early = publish.func(document.pk)
    Document.objects.filter(pk=document.pk).update(publish_at=timezone.now())
    done = publish.func(document.pk)
    again = publish.func(document.pk)

    assert (too_early, done, again) == (False, True, False)
    assert Job.objects.filter(key=f"publish:{document.pk}").count() == 1
    assert [s.who for s in Step.objects.of(document).filter(move="issue")] == ["系统"]


def test_what_may_no_longer_go_out_at_the_appointed_time_goes_back_with_the_reasons():
    office = make_office()
    document = bring(make_draft(office, facts={"formed_on": timezone.localdate()}), office)
    reviewing.number(document, by=office.director, sign="石政办发")
    publishing.schedule(document, timezone.now() + timedelta(hours=1), by=office.disclosure)
    document.placements.all().delete()
    Document.objects.filter(pk=document.pk).update(publish_at=timezone.now())

    publish.func(document.pk)

    assert (fresh(document).state, Step.objects.of(document).last().note) == (
        State.SIGNED,
        "没有选择发布栏目",
    )


def test_a_time_behind_the_statutory_day_is_refused():
    office = make_office()
    document = bring(make_draft(office, facts={"formed_on": timezone.localdate()}), office)
    reviewing.number(document, by=office.director, sign="石政办发")

    with pytest.raises(NotAllowed, match="晚于公开期限"):
        publishing.schedule(document, timezone.now() + timedelta(days=60), by=office.disclosure)
    with pytest.raises(BadInput, match="现在以后"):
        publishing.schedule(document, timezone.now() - timedelta(days=1), by=office.disclosure)


def test_two_who_issue_at_once_cannot_both_win():
    office = make_office()
    document = bring(make_draft(office), office)
    reviewing.number(document, by=office.director, sign="石政办发")
    one, other = fresh(document), fresh(document)

    publishing.issue(one, by=office.disclosure)
    with pytest.raises(NotAllowed, match="别人办理"):
        publishing.issue(other, by=office.disclosure)

    assert Publication.objects.filter(document=document).count() == 1


# ── 更正、撤下 ──────────────────────────────────────────────────────────────────────────────


def test_a_correction_is_a_new_version_and_says_why():
    office = make_office()
    document = make_issued(office)

    publishing.correct(document, BODY + "<p>补充。</p>", by=office.disclosure, reason="漏一句")

    told = list(Version.objects.filter(document=document).values_list("number", "why", "reason"))
    assert told == [(2, "correction", "漏一句"), (1, "draft", "")]
    assert fresh(document).edition == 2


def test_a_correction_is_screened_like_any_other_text():
    office = make_office()
    document = make_issued(office)

    with pytest.raises(NotAllowed, match="筛查拦截"):
        publishing.correct(
            document, BODY + f"<p>号码{ID_NUMBER}</p>", by=office.disclosure, reason="补充"
        )

    assert (fresh(document).edition, Version.objects.filter(document=document).count()) == (1, 1)


def test_a_version_is_never_changed():
    version = Version.objects.get(document=make_issued(make_office()))

    version.html = "<p>改写</p>"

    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_version SET html = '<p>改写</p>'",
        "UPDATE documents_version SET findings = NULL, title = '改写'",
        "UPDATE documents_version SET document_id = document_id, number = 7",
        "DELETE FROM documents_version",
    ],
)
def test_the_database_itself_refuses_to_change_a_version(statement):
    document = make_issued(make_office())
    before = list(Version.objects.values())

    with pytest.raises(DatabaseError, match="版本只能增加"), transaction.atomic():
        connection.cursor().execute(statement)

    assert list(Version.objects.filter(document=document).values()) == before


def test_what_a_screening_finds_may_be_written_beside_a_version():
    document = make_issued(make_office())

    Version.objects.filter(document=document).update(findings=[])

    assert Version.objects.get(document=document).findings == []


def test_a_withdrawn_document_leaves_every_page_and_can_come_back():
    office = make_office()
    document = make_issued(office)
    number = document.index_number

    with pytest.raises(NotAllowed, match="须写明理由"):
        publishing.withdraw(document, by=office.disclosure, note="")
    publishing.withdraw(document, by=office.disclosure, note="内容有误")
    gone = list(Document.objects.public())
    publishing.restore(document, by=office.disclosure, note="核实无误")

    assert (gone, list(Document.objects.public())) == ([], [document])
    assert fresh(document).index_number == number


# ── 流程表 ──────────────────────────────────────────────────────────────────────────────────


def test_the_next_steps_of_a_draft_are_those_of_its_path():
    office = make_office()
    long = bring(make_draft(office), office, until=State.SECRECY)
    short = bring(make_draft(office, kind="statistics"), office, until=State.SECRECY)

    assert [o.move.name for o in next_steps(long, by=office.secrecy)] == [
        "pass_secrecy",
        "return_secrecy",
    ]
    assert [o.move.name for o in next_steps(short, by=office.secrecy)] == [
        "pass_secrecy_short",
        "return_secrecy",
    ]


def test_every_state_can_be_reached_and_only_some_are_ends():
    assert FLOW.ends() == [State.DROPPED]


@pytest.mark.parametrize("who", [duty for duty in Duty if duty != Duty.DISCLOSURE])
def test_nobody_without_the_right_puts_a_document_before_the_public(who):
    office = make_office()
    document = bring(make_draft(office), office)
    reviewing.number(document, by=office.director, sign="石政办发")

    with pytest.raises(GongkaiError):
        publishing.issue(document, by=getattr(office, who.value))

    assert (list(Document.objects.public()), fresh(document).index_number) == ([], "")
