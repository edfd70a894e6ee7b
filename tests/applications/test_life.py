"""一件申请的一生：from receipt to the archive, by the deeds themselves."""

from datetime import date

import pytest

from asked import (
    GIVEN,
    answer,
    approve,
    electronic,
    make_office,
    make_people,
    make_request,
    person,
    post,
)
from gongkai.applications.actions import replying, serving
from gongkai.applications.actions.deciding import decide, overall, why_not_decide
from gongkai.applications.actions.opening import open_identity
from gongkai.applications.actions.papers import edit, seal_of
from gongkai.applications.actions.receiving import split
from gongkai.applications.actions.searching import log_search
from gongkai.applications.actions.striking import redate
from gongkai.applications.actions.transferring import transfer
from gongkai.applications.models import Application, Paper
from gongkai.applications.states import State
from gongkai.errors import BadInput, NotAllowed
from gongkai.law.events import Channel
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
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


@pytest.fixture
def request_(organ, clerk):
    return make_request(organ, clerk)


def test_a_plain_disclosure_from_receipt_to_the_end(request_, people, clerk):
    answer(request_, people, D(2025, 3, 20))
    serving.close(request_, by=clerk)

    request_.refresh_from_db()
    assert (request_.state, request_.outcome) == (State.CLOSED, "A2")
    assert (request_.answered_on, request_.last_due_on) == (D(2025, 3, 20), D(2025, 3, 31))
    assert request_.late is False
    paper = request_.replies.get().paper
    assert "第三十六条第（二）项" in paper.body
    assert "2024年部门预算" in paper.body
    assert paper.sha256 == seal_of(paper)
    assert verify() is None


def test_the_letter_tells_where_to_turn(request_, people):
    answer(request_, people, D(2025, 3, 20))
    body = request_.replies.get().paper.body
    assert "石家庄市人民政府申请行政复议" in body
    assert "石家庄铁路运输法院" in body


def test_who_drafted_neither_reviews_nor_signs(request_, people, clerk, organ):
    from gongkai.organs.models import Role
    from gongkai.organs.rights import forget

    Role.objects.create(staff=clerk, organ=organ, duty=Duty.SIGN)
    forget(clerk)
    replying.draft(request_, by=clerk)
    decide(request_.matters.get(), "A2", by=clerk, findings=GIVEN)
    replying.compose_reply(request_, by=clerk)
    replying.advance(request_, "submit", by=clerk)
    replying.advance(request_, "pass_legal", by=people[Duty.LEGAL])
    replying.advance(request_, "pass_secrecy", by=people[Duty.SECRECY])
    with pytest.raises(NotAllowed, match="起草人不得签发"):
        replying.advance(request_, "sign", by=clerk)


def test_not_held_wants_a_search_on_record(request_, clerk):
    replying.draft(request_, by=clerk)
    matter = request_.matters.get()
    assert "检索记录" in why_not_decide(matter, "D1a")[0]
    with pytest.raises(NotAllowed, match="检索记录"):
        decide(matter, "D1a", by=clerk)

    log_search(
        request_, by=clerk, place="档案管理系统", words="2024 预算", period="2024年",
        result="未检索到", on=D(2025, 3, 10),
    )  # fmt: skip
    decide(matter, "D1a", by=clerk)
    paper = replying.compose_reply(request_, by=clerk)
    assert "档案管理系统" in paper.body
    assert "第三十六条第（四）项" in paper.body


def test_a_refusal_wants_the_question_of_severing(request_, clerk):
    replying.draft(request_, by=clerk)
    matter = request_.matters.get()
    decide(matter, "C5", by=clerk, findings={"内部事务信息的类别": "人事管理"})
    assert replying.why_not_compose(request_) == [
        "决定不予公开之前，应当考虑能否区分处理（第三十七条）"
    ]
    decide(
        matter, "C5", by=clerk, findings={"内部事务信息的类别": "人事管理"}, severable=False,
        severing="全文均为人事安排，无法区分",
    )  # fmt: skip
    paper = replying.compose_reply(request_, by=clerk)
    assert "应当先" in paper.body


def test_a_third_party_refusal_wants_the_third_party_asked(request_, clerk):
    replying.draft(request_, by=clerk)
    with pytest.raises(NotAllowed, match="书面征求第三方的意见"):
        decide(request_.matters.get(), "C4", by=clerk)


def test_several_matters_are_answered_one_by_one_and_counted_once(request_, people, clerk):
    split(request_, ["2024年预算", "2024年会议记录"], by=clerk)
    replying.draft(request_, by=clerk)
    first, second = request_.matters.all()
    decide(first, "A2", by=clerk, findings=GIVEN)
    decide(
        second, "C6", by=clerk, severable=False, severing="全部为讨论记录",
        findings={"过程性信息的类别": "讨论记录", "所处阶段": "预算编制讨论阶段"},
    )  # fmt: skip
    assert overall(request_) == "B"
    approve(request_, people)
    serving.serve(request_, by=clerk, sending=electronic(D(2025, 3, 20)))

    body = request_.replies.get().paper.body
    assert (request_.outcome, request_.replies.count()) == ("B", 1)
    assert "一、" in body
    assert "二、" in body
    assert "第三十六条第（二）项" in body
    assert "第十六条第二款" in body


def test_a_fixed_paper_is_never_changed(request_, people, clerk):
    answer(request_, people, D(2025, 3, 20))
    paper = request_.replies.get().paper
    with pytest.raises(NotAllowed, match="已定稿，不能再修改"):
        edit(paper, by=clerk, body="另一个决定")


def test_a_changed_choice_wants_the_letter_made_anew(request_, clerk):
    replying.draft(request_, by=clerk)
    decide(request_.matters.get(), "A2", by=clerk, findings=GIVEN)
    replying.compose_reply(request_, by=clerk)
    decide(request_.matters.get(), "A1", by=clerk, findings={"公开位置": "市政府网站预决算公开栏"})
    assert "请重新生成" in replying.why_not_submit(request_, by=clerk)[0]

    paper = replying.compose_reply(request_, by=clerk)
    assert replying.why_not_submit(request_, by=clerk) == []
    assert request_.papers.filter(state=Paper.State.VOID).count() == 1
    assert paper.letter == 14


def test_personal_data_never_enters_a_letter(request_, clerk):
    replying.draft(request_, by=clerk)
    decide(request_.matters.get(), "A2", by=clerk, findings=GIVEN)
    with pytest.raises(NotAllowed, match="证件号码、电话、地址等个人信息"):
        replying.compose_reply(request_, by=clerk, body="张三丰，电话13800138000：予以公开。")


def test_delivered_in_person_it_counts_when_signed_for(request_, people, clerk):
    from gongkai.applications.actions.papers import Sending
    from gongkai.law.events import Way

    replying.draft(request_, by=clerk)
    decide(request_.matters.get(), "A2", by=clerk, findings=GIVEN)
    approve(request_, people)
    serving.serve(request_, by=clerk, sending=Sending(on=D(2025, 3, 20), way=Way.DIRECT))
    assert request_.answered_on is None
    with pytest.raises(NotAllowed, match="还没有登记签收"):
        serving.close(request_, by=clerk)
    serving.sign_for(request_, by=clerk, receiver="张三丰", on=D(2025, 3, 21))
    assert request_.answered_on == D(2025, 3, 21)
    serving.close(request_, by=clerk)


def test_post_wants_a_number_and_the_post(request_, people, clerk):
    from gongkai.applications.actions.papers import Sending
    from gongkai.law.events import Way

    replying.draft(request_, by=clerk)
    decide(request_.matters.get(), "A2", by=clerk, findings=GIVEN)
    approve(request_, people)
    with pytest.raises(BadInput, match="邮件号码"):
        serving.serve(request_, by=clerk, sending=Sending(on=D(2025, 3, 20)))
    with pytest.raises(NotAllowed, match="不能用其他快递"):
        serving.serve(
            request_, by=clerk, sending=Sending(on=D(2025, 3, 20), way=Way.COURIER, tracking="1")
        )


def test_returned_by_the_post_it_goes_out_again(request_, people, clerk):
    replying.draft(request_, by=clerk)
    decide(request_.matters.get(), "A2", by=clerk, findings=GIVEN)
    approve(request_, people)
    serving.serve(request_, by=clerk, sending=post(D(2025, 3, 20)))
    serving.serve_again(request_, by=clerk, reason="查无此人退回")
    assert request_.state == State.APPROVED
    assert serving.last_service(request_).note == "查无此人退回"


def test_forwarded_to_the_right_organ_the_applicant_is_told(request_, people, clerk):
    other = make_office_beside(request_.organ)
    forwarded = transfer(request_, other, by=clerk)
    assert (forwarded.state, forwarded.channel) == (State.RECEIVED, Channel.INTERNAL.value)
    assert forwarded.applicants.get().phone.open() == "13800138000"
    approve(request_, people)
    assert "石家庄市水利局" in request_.replies.get().paper.body
    with pytest.raises(NotAllowed):
        transfer(request_, other, by=clerk)


def make_office_beside(organ):
    from city import make_organ

    return make_organ("石家庄市水利局", parent=organ.parent, address="中山路2号", phone="0311-1")


def test_the_same_words_of_the_same_person_are_kept_and_linked(organ, clerk, request_):
    again = make_request(organ, clerk, registered=False, subject="2024年 部门预算")
    assert (again.origin, again.origin_kind) == (request_, "同一申请人内容相同的申请")
    assert Application.objects.count() == 2


def test_numbers_run_without_a_gap(organ, clerk):
    numbers = [make_request(organ, clerk).number for _ in range(3)]
    assert numbers == [f"石家庄市财政局公开〔2025〕第{n}号" for n in (1, 2, 3)]


def test_personal_data_is_sealed_and_opened_on_record(request_, clerk, people):
    from django.db import connection

    applicant = request_.applicants.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_number, phone, address FROM applications_applicant")
        stored = "".join(map(str, cursor.fetchone()))
    assert "130102" not in stored
    assert "138" not in f"{applicant.phone}"[3:]
    with pytest.raises(BadInput, match="原因"):
        open_identity(applicant, by=clerk, reason=" ")
    with pytest.raises(NotAllowed, match="只由"):
        open_identity(applicant, by=people[Duty.LEGAL], reason="审核")
    opened = open_identity(applicant, by=clerk, reason="邮寄答复需要地址")
    assert opened.told["联系电话"] == "13800138000"
    step = Step.objects.filter(move="open_identity").get()
    assert "邮寄答复需要地址" in step.note
    assert "13800138000" not in f"{step.note}{step.changes}"


def test_a_wrong_day_is_struck_and_stays_readable(request_, clerk):
    from gongkai.applications.actions.correcting import ask_to_correct, take_correction

    ask_to_correct(
        request_, by=clerk, what="年度", guidance="写明年度", correct_by=D(2025, 3, 21),
        sending=post(D(2025, 3, 7)),
    )  # fmt: skip
    take_correction(request_, by=clerk, text="2024年", on=D(2025, 3, 14))
    wrong = request_.events.get(kind="correction_received")
    redate(wrong, by=clerk, on=D(2025, 3, 13), reason="签收单日期看错")
    assert (request_.received_on, request_.due_on) == (D(2025, 3, 3), D(2025, 4, 11))
    wrong.refresh_from_db()
    assert wrong.struck_why == "签收单日期看错"
    with pytest.raises(NotAllowed):
        redate(request_.events.get(on=D(2025, 3, 13)), by=clerk, on=D(2025, 3, 3), reason="试")


@pytest.mark.parametrize(
    ("asked", "persons", "words"),
    [
        ({"subject": " "}, [person()], "没有填写所需信息"),
        ({"subject": "预算"}, [], "没有填写申请人"),
        ({"subject": "预算", "arrived_on": D(2999, 1, 1)}, [person()], "晚于今天"),
    ],
)
def test_what_cannot_be_received_is_refused_in_words(organ, clerk, asked, persons, words):
    from gongkai.applications.actions.receiving import Asked, receive

    with pytest.raises(NotAllowed, match=words):
        receive(organ, Asked(channel=Channel.IN_PERSON, **asked), persons, by=clerk)
    assert Application.objects.count() == 0


def test_online_the_identity_proof_is_asked_before_it_is_sent(organ):
    from gongkai.applications.actions.receiving import Asked, receive

    with pytest.raises(NotAllowed, match="身份证明号码"):
        receive(
            organ, Asked(channel=Channel.ONLINE, subject="预算"), [person(identity_number="")],
            by=None,
        )  # fmt: skip


def test_what_people_type_about_a_person_stays_out_of_the_trail(organ, clerk):
    from gongkai.applications.actions.receiving import attempt

    request_ = make_request(organ, clerk)
    attempt(request_, by=clerk, text="致电13800138000，张三丰本人接听", on=D(2025, 3, 4))
    replying.withdraw(
        request_, by=None, text="本人张三丰，身份证130102199003074514，撤回", on=D(2025, 3, 6)
    )

    notes = " ".join(Step.objects.values_list("note", flat=True))
    for word in ("张三丰", "13800138000", "130102199003074514"):
        assert word not in notes
    assert "××本人接听" in notes
    assert "张三丰本人接听" in request_.events.get(kind="note").told["text"]


def test_a_forwarded_request_is_found_at_the_organ_that_got_it(organ, clerk, request_):
    from gongkai.applications import finding

    forwarded = transfer(request_, make_office_beside(organ), by=clerk)
    assert forwarded.pk in finding.find("部门预算", [forwarded.organ_id], named=False).keys


def test_a_hash_in_a_note_stays_whatever_its_digits_look_like():
    from gongkai.applications.actions.scrubbing import Scrubber

    digest = "ab13800138000cd" + "4" * 15 + "e" * 34
    assert Scrubber(("张三丰",)).text(f"张三丰 SHA-256 {digest} 13800138000") == (
        f"×× SHA-256 {digest} ××"
    )
