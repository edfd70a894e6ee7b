"""What the desk shows of a flow: buttons with reasons, the timeline, and the auditor's page."""

import csv
import io

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from city import make_organ, make_staff
from gongkai.errors import NotAllowed
from gongkai.organs.states import Duty
from gongkai.steps.actions import comment, posted, take
from gongkai.trail.actions import record
from papers.models import Paper, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_organ("石州市政府办公室")


def drawn(template, user, **context):
    request = RequestFactory().get("/desk/papers/1/")
    request.user = user
    return Template(template).render(Context({"request": request, "user": user, **context}))


def test_an_allowed_move_is_a_form_and_a_forbidden_one_grey_with_its_reasons(office):
    signer = make_staff("王签发", Duty.SIGN, organ=office)
    paper = Paper.objects.create(title="通知", organ=office, author=signer, state=State.REVIEW)

    text = drawn("{% load steps %}{% next_moves paper %}", signer, paper=paper)

    assert '<input type="hidden" name="move" value="give_back">' in text
    assert '<input type="hidden" name="seen" value="review">' in text
    assert "确认退回" in text
    assert 'aria-disabled="true" aria-describedby="why-issue"' in text
    assert "起草人不得发布自己起草的内容" in text
    assert "确认发布" not in text


def test_what_was_posted_is_refused_when_the_page_was_old(office):
    paper = Paper(title="通知", organ=office, state=State.REVIEW)
    fresh = {"move": "give_back", "seen": "review", "note": " 再改 "}

    def post(**values):
        return RequestFactory().post("/", fresh | values)

    assert posted(post(), paper) == ("give_back", "再改")
    with pytest.raises(NotAllowed, match="刚刚由别人办理过"):
        posted(post(seen="draft"), paper)
    with pytest.raises(NotAllowed, match="没有这个办理动作"):
        posted(post(move="destroy"), paper)


def test_the_timeline_tells_changes_in_the_words_of_the_form(office):
    signer = make_staff("王签发", Duty.SIGN, organ=office)
    paper = Paper.objects.create(title="通知", organ=office, state=State.REVIEW)
    take(paper, "issue", by=signer, title="关于节水的通知")
    comment(paper, "<b>好</b>", by=signer)

    text = drawn("{% load trail %}{% timeline paper %}", signer, paper=paper)

    assert text.index("批注") < text.index("发布")
    assert "标题：通知 → 关于节水的通知" in text
    assert "&lt;b&gt;好&lt;/b&gt;" in text
    assert "王签发（石州市政府办公室）" in text


@pytest.fixture
def auditor(client, office, settings):
    settings.DEMO = True
    staff = make_staff("郑审计", Duty.AUDIT, organ=office)
    client.force_login(staff, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return staff


def test_the_trail_is_for_the_auditor(client, office, settings, auditor):
    assert client.get("/desk/trail/").status_code == 200

    other = make_staff("周系统", Duty.SYSTEM, organ=office)
    client.force_login(other, backend=settings.AUTHENTICATION_BACKENDS[-1])

    assert client.get("/desk/trail/").status_code == 403


def test_the_trail_is_filtered_and_handed_out(client, office, auditor):
    record(office, "edit", by=auditor, label="修改", note="=1+1")
    record(office, "edit", by=None, label="自动")

    shown = client.get("/desk/trail/", {"who": "郑"})
    file = client.get("/desk/trail/", {"who": "郑", "as": "csv"})

    assert [step.label for step in shown.context["page"]] == ["修改"]
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert [(row[2], row[6], row[9]) for row in rows] == [
        ("经办人", "动作", "说明"),
        ("郑审计", "修改", "'=1+1"),
    ]


def test_sign_ins_are_for_the_auditor_with_their_failures(client, auditor):
    Client().post("/sign-in/", {"login": "nobody", "password": "x"}, REMOTE_ADDR="203.0.113.9")

    shown = client.get("/desk/trail/sign-ins/", {"show": "failed"}).content.decode()

    assert "nobody" in shown
    assert "203.0.113.9" in shown


def test_a_date_that_is_none_is_said_and_nothing_shown(client, office, auditor):
    record(office, "edit", by=auditor)

    shown = client.get("/desk/trail/", {"first": "2026-02-30"})

    assert list(shown.context["page"]) == []
    assert "输入一个有效的日期" in shown.content.decode()


def test_the_trail_does_not_ask_more_for_more_rows(
    client, office, auditor, django_assert_max_num_queries
):
    for number in range(60):
        record(office, "edit", by=auditor, changes={"phone": [number, number + 1]})

    first = client.get("/desk/trail/")
    with django_assert_max_num_queries(7):
        second = client.get("/desk/trail/", {"at": first.context["page"].older})

    numbers = [step.number for page in (first, second) for step in page.context["page"]]
    assert numbers == list(range(60, 0, -1))
