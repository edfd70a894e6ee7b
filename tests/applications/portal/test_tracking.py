"""查询办理：what the applicant sees of his request and may do, and nobody else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from applying import track
from asked import IDENTITY, answer, electronic, make_office, make_people, make_request, post
from gongkai.applications.actions import correcting, excess, serving
from gongkai.applications.actions.conversing import say
from gongkai.applications.actions.receiving import Sent
from gongkai.applications.models import Message, Paper, Rating
from gongkai.applications.portal import entering
from gongkai.applications.portal.showing import last_day, shown
from gongkai.applications.states import Attached, State
from gongkai.law.events import Channel
from gongkai.law.terms import REVIEW, SUIT
from gongkai.organs.states import Duty
from gongkai.trail.models import Step
from made_files import make_pdf

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


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
def today():
    return timezone.localdate()


@pytest.fixture
def asked(organ, clerk, today):
    return make_request(organ, clerk, on=today, delivery="online")


def ask_to_correct(application, clerk, today):
    return correcting.ask_to_correct(
        application, by=clerk, what="请写明年度", guidance="写明哪一年的预算",
        correct_by=today + timedelta(days=15), sending=electronic(today),
    )  # fmt: skip


# ── 进门 ────────────────────────────────────────────────────────────────────────────────────


def test_number_and_code_open_the_request(client, asked):
    page = track(client, asked)

    assert page.redirect_chain[-1][0] == "/track/case/"
    assert asked.number in text(page)
    assert "正在办理" in text(page)


def test_the_number_may_be_typed_with_any_brackets_and_the_code_in_small_letters(client, asked):
    number = asked.number.replace("〔", "[").replace("〕", "]").replace("第", " 第 ")

    told = {"number": number, "code": f" {asked.code.open().lower()} "}
    page = client.post("/track/", told, follow=True)

    assert page.redirect_chain[-1][0] == "/track/case/"


@pytest.mark.parametrize("number", ["", "不存在〔2025〕第1号"])
def test_wrong_is_wrong_and_never_says_which(client, asked, number):
    told = {"number": number or asked.number, "code": "ZZZZZZZZ"}

    assert entering.WRONG in text(client.post("/track/", told))
    assert client.get("/track/case/")["Location"] == "/track/"


def test_after_five_wrong_codes_even_the_right_one_must_wait(client, asked):
    for _ in range(5):
        client.post("/track/", {"number": asked.number, "code": "ZZZZZZZZ"})

    page = track(client, asked)
    assert entering.LOCKED in text(page)

    elsewhere = Client(REMOTE_ADDR="10.1.1.1")
    assert track(elsewhere, asked).redirect_chain[-1][0] == "/track/case/"


def test_the_lock_opens_after_half_an_hour(client, asked):
    from gongkai.applications.models import Tries

    for _ in range(5):
        client.post("/track/", {"number": asked.number, "code": "ZZZZZZZZ"})
    Tries.objects.update(since=timezone.now() - timedelta(minutes=31))

    assert track(client, asked).redirect_chain[-1][0] == "/track/case/"


def test_half_an_hour_without_a_click_ends_it(client, asked, monkeypatch):
    track(client, asked)
    now = entering.time.time()
    monkeypatch.setattr(entering.time, "time", lambda: now + entering.STAYS + 1)

    page = client.get("/track/case/", follow=True)

    assert page.redirect_chain[-1][0] == "/track/"
    assert "30分钟" in text(page)


def test_ending_it_ends_it(client, asked):
    track(client, asked)

    client.post("/track/leave/")

    assert client.get("/track/case/")["Location"] == "/track/"


# ── 看到什么 ────────────────────────────────────────────────────────────────────────────────


def test_reading_a_paper_is_proof_and_noted_once(client, asked, clerk, today):
    paper = ask_to_correct(asked, clerk, today)
    track(client, asked)
    assert Paper.objects.get(pk=paper.pk).read_at is None

    page = client.get(f"/track/paper/{paper.pk}/")
    read_at = Paper.objects.get(pk=paper.pk).read_at
    client.get(f"/track/paper/{paper.pk}.pdf")

    assert "请写明年度" in text(page)
    assert read_at is not None
    assert Paper.objects.get(pk=paper.pk).read_at == read_at
    steps = Step.objects.of(asked).filter(move="read_paper")
    assert [step.label for step in steps] == ["申请人阅读文书"]


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_paper_is_downloaded(client, asked, clerk, today, form, begins):
    paper = ask_to_correct(asked, clerk, today)
    track(client, asked)

    page = client.get(f"/track/paper/{paper.pk}.{form}")

    assert page.content.startswith(begins)
    assert "attachment" in page["Content-Disposition"]
    assert "no-store" in page["Cache-Control"]


def test_the_reply_is_seen_when_it_was_sent_and_not_before(client, asked, people, clerk, today):
    from asked import GIVEN, approve
    from gongkai.applications.actions import replying
    from gongkai.applications.actions.deciding import decide

    replying.draft(asked, by=clerk)
    for matter in asked.matters.all():
        decide(matter, "A2", by=clerk, findings=GIVEN)
    approve(asked, people)
    paper = asked.replies.get().paper
    track(client, asked)

    assert client.get(f"/track/paper/{paper.pk}/").status_code == 404
    assert paper.title not in text(client.get("/track/case/"))
    serving.serve(asked, by=clerk, sending=electronic(today))
    assert client.get(f"/track/paper/{paper.pk}/").status_code == 200


def test_the_scan_with_the_seal_is_seen_only_when_the_reply_was_sent(
    client, asked, people, clerk, today
):
    from asked import GIVEN, approve
    from gongkai.applications.actions import replying
    from gongkai.applications.actions.deciding import decide

    replying.draft(asked, by=clerk)
    for matter in asked.matters.all():
        decide(matter, "A2", by=clerk, findings=GIVEN)
    approve(asked, people)
    sent = Sent(Attached.SEALED_PAPER, make_pdf("盖章"), "盖章件.pdf")
    serving.seal(asked, by=clerk, sent=sent)
    scan = asked.attachments.get(sort="sealed_paper")
    track(client, asked)

    assert client.get(f"/track/file/{scan.pk}/").status_code == 404
    serving.serve(asked, by=clerk, sending=electronic(today))
    answer_ = client.get(f"/track/file/{scan.pk}/")
    assert b"".join(answer_.streaming_content).startswith(b"%PDF")
    assert "no-store" in answer_["Cache-Control"]
    assert Step.objects.of(asked).filter(move="fetch_file").count() == 1


def test_nobody_opens_the_paper_of_another(client, asked, organ, clerk, today):
    other = make_request(organ, clerk, on=today, subject="另一件", delivery="online")
    paper = ask_to_correct(other, clerk, today)
    track(client, asked)

    for form in ("/", ".pdf", ".docx"):
        assert client.get(f"/track/paper/{paper.pk}{form}").status_code == 404
    assert Client().get(f"/track/paper/{paper.pk}/")["Location"] == "/track/"


def test_what_to_do_if_unsatisfied_has_the_days_of_the_law(client, organ, clerk, people):
    asked = make_request(organ, clerk, on=date(2025, 3, 3), delivery="online")
    answer(asked, people, date(2025, 3, 20))

    told = shown(asked).unsatisfied
    page = text(track(client, asked))

    # 2025-03-20起六十日：5月19日（星期一）；六个月：9月20日是星期六，顺延到9月22日
    assert [road.last_day for road in told.roads] == [date(2025, 5, 19), date(2025, 9, 22)]
    assert told.sure
    assert "2025年5月19日" in page
    assert "2025年9月22日" in page
    assert last_day(organ, REVIEW, date(2025, 3, 20)) == date(2025, 5, 19)
    assert last_day(organ, SUIT, date(2025, 3, 20)) == date(2025, 9, 22)


def test_silence_is_told_with_what_can_be_done_about_it(client, organ, clerk):
    asked = make_request(organ, clerk, on=date(2025, 6, 3))

    page = text(track(client, asked))

    assert "已经超过答复期限，还没有答复" in page
    assert "逾期不答复" in page
    # 收到之日6月3日，第20个工作日7月1日；自该日起六十日：8月30日是星期六，顺延到9月1日
    assert shown(asked).unsatisfied.since == date(2025, 7, 1)
    assert "2025年9月1日" in page


def test_sent_by_post_the_days_are_told_as_the_earliest(client, organ, clerk, people):
    asked = make_request(organ, clerk, on=date(2025, 3, 3), delivery="post")
    from asked import GIVEN, approve
    from gongkai.applications.actions import replying
    from gongkai.applications.actions.deciding import decide

    replying.draft(asked, by=clerk)
    decide(asked.matters.get(), "A2", by=clerk, findings=GIVEN)
    approve(asked, people)
    serving.serve(asked, by=clerk, sending=post(date(2025, 3, 20)))

    page = text(track(client, asked))

    assert not shown(asked).unsatisfied.sure
    assert "您收到的日子更晚的" in page
    assert "XA12345678913" in page


# ── 办什么 ──────────────────────────────────────────────────────────────────────────────────


def test_the_applicant_corrects_on_the_page(client, asked, clerk, today):
    ask_to_correct(asked, clerk, today)
    track(client, asked)

    limit = today + timedelta(days=15)
    assert f"补正的最后一日是{limit.year}年{limit.month}月{limit.day}日" in text(
        client.get("/track/case/")
    )
    empty = client.post("/track/case/correct/", {"correct-text": ""}, follow=True)
    done = client.post("/track/case/correct/", {"correct-text": "2024年的"}, follow=True)

    assert "请写明补正的内容" in text(empty)
    asked.refresh_from_db()
    assert asked.state == State.HANDLING
    assert "2024年的" in asked.matters.get().text
    assert "补正已经收到" in text(done)
    event = asked.events.get(kind="correction_received")
    assert (event.by, event.told["channel"]) == (None, Channel.ONLINE.value)


def test_a_correction_nobody_asked_for_is_refused_and_kept_on_the_page(client, asked):
    track(client, asked)

    page = client.post("/track/case/correct/", {"correct-text": "自己想补充"}, follow=True)

    assert "没有告知过补正" in text(page)
    assert asked.events.filter(kind="correction_received").count() == 0
    assert "自己想补充" in text(page)


def test_a_file_that_is_not_what_it_says_is_refused_with_the_words_kept(
    client, asked, clerk, today
):
    from applying import scan

    ask_to_correct(asked, clerk, today)
    track(client, asked)

    told = {"correct-text": "2024年的", "correct-materials": scan("其实不是.pdf")}
    page = client.post("/track/case/correct/", told, follow=True)

    assert "2024年的" in text(page)
    asked.refresh_from_db()
    assert asked.state == State.CORRECTING
    assert asked.events.filter(kind="correction_received").count() == 0


def test_reasons_are_given_on_the_page(client, asked, clerk, today):
    excess.ask_reasons(
        asked, by=clerk, facts="本月已申请30件", answer_by=today + timedelta(days=15),
        sending=electronic(today),
    )  # fmt: skip
    track(client, asked)

    client.post("/track/case/reasons/", {"reasons-text": "研究需要"})

    asked.refresh_from_db()
    assert asked.state == State.HANDLING
    assert asked.events.filter(kind="reasons_given").count() == 1


def test_the_applicant_withdraws_when_sure(client, asked):
    track(client, asked)

    unsure = client.post("/track/case/withdraw/", {"withdraw-text": "不要了"}, follow=True)
    client.post("/track/case/withdraw/", {"withdraw-text": "不要了", "withdraw-sure": "on"})

    assert "请勾选，确认撤回" in text(unsure)
    asked.refresh_from_db()
    assert asked.state == State.DRAFTING
    assert asked.matters.get().outcome == "F3a"
    assert "您已撤回" in text(client.get("/track/case/"))


def test_messages_go_both_ways_and_the_office_has_no_name(client, asked, clerk):
    track(client, asked)
    client.post("/track/case/message/", {"message-text": "什么时候答复？"})
    say(asked, "下周", by=clerk)

    page = text(client.get("/track/case/"))

    assert "什么时候答复？" in page
    assert "下周" in page
    assert clerk.name not in page
    assert Message.objects.get(text="什么时候答复？").by is None


def test_too_many_messages_a_day_are_stopped_in_words(client, asked):
    track(client, asked)
    for number in range(20):
        say(asked, f"第{number}次", by=None)

    page = client.post("/track/case/message/", {"message-text": "还有"}, follow=True)

    assert "一天最多留言20次" in text(page)
    assert Message.objects.count() == 20


def test_the_reply_is_rated_once(client, asked, people, today):
    track(client, asked)
    early = client.post("/track/case/rate/", {"rate-stars": "5"}, follow=True)
    answer(asked, people, today)

    client.post("/track/case/rate/", {"rate-stars": "4", "rate-text": "快"})
    again = client.post("/track/case/rate/", {"rate-stars": "1"}, follow=True)

    assert "还没有答复" in text(early)
    assert [(one.stars, one.text) for one in Rating.objects.all()] == [(4, "快")]
    assert "已经评价过" in text(again)


@pytest.mark.parametrize("deed", ["correct", "reasons", "withdraw", "message", "rate"])
def test_a_stranger_does_nothing(deed, asked):
    page = Client().post(f"/track/case/{deed}/", {f"{deed}-text": "外人"})

    assert page["Location"] == "/track/"
    assert Message.objects.count() == 0


def test_a_deed_there_is_not_is_not_found(client, asked):
    track(client, asked)

    assert client.post("/track/case/sign/", {}).status_code == 404
    assert client.get("/track/case/withdraw/").status_code == 405


def test_no_identity_number_is_on_the_page_of_the_applicant(client, asked):
    page = text(track(client, asked))

    assert IDENTITY not in page
    assert "13800138000" not in page
