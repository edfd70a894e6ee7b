"""一件申请的一生：by what is sent from the pages alone."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from asked import make_request
from gongkai.applications.desk.offers import ON_THE_SPOT
from gongkai.applications.states import FLOW, State
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify

pytestmark = pytest.mark.django_db
D = date

LIST = {
    "outcome": "A2",
    "信息清单-rows": "2",
    "信息清单-0-0": "2024年部门预算",
    "信息清单-0-2": "电子文档",
    "信息清单-0-3": "42",
    "提供方式": "电子文档，通过本平台提供",
}


def told(response):
    """What the page says when it did not do what was asked."""
    if response.status_code == 302:
        return []
    form = response.context.get("form")
    problem = response.context.get("problem")
    return [problem] if problem else [str(error) for error in form.non_field_errors()]


def act(desk, one, move, note=""):
    desk.client.post(
        reverse("applications:desk_act", args=[one.pk]),
        {"move": move, "seen": one.state, "note": note},
    )
    one.refresh_from_db()


def test_from_receipt_to_the_end_by_the_pages_alone(desk_of, organ, people, clerk, today):
    one = make_request(organ, clerk, on=D(2025, 3, 3), registered=False)
    office = desk_of(Duty.DISCLOSURE)
    office.post("register", one, category="person", handler=clerk.pk, unit="办公室")
    act(office, one, "draft")
    matter = one.matters.get()
    office.post("decide", one, matter.pk, **LIST)
    office.post("submit", one, step="supply", file=SimpleUploadedFile("预算.txt", b"2024"))
    office.post("submit", one, step="compose", seen="drafting")
    paper = one.replies.get().paper
    body = paper.body.replace("2024年部门预算", "2024年部门预算（含说明）", 1)
    response = office.post("submit", one, step="submit", body=body, note="拟予公开")
    assert told(response) == []
    assert one.state == "legal"

    desk_of(Duty.LEGAL).post("pass_legal", one, move="pass_legal", note="依据充分")
    desk_of(Duty.SECRECY).post("pass_secrecy", one, move="pass_secrecy", note="不涉密")
    desk_of(Duty.SIGN).post("sign", one, move="sign", note="同意")
    assert one.state == "approved"

    office.post("seal", one, file=SimpleUploadedFile("用印.pdf", PDF), note="")
    response = office.post("serve", one, on="2025-03-07", way="electronic")
    assert told(response) == []
    act(office, one, "close")

    assert (one.state, one.outcome, one.answered_on) == ("closed", "A2", D(2025, 3, 7))
    paper.refresh_from_db()
    assert "（含说明）" in paper.body
    assert paper.edited is True
    supplied = one.attachments.get(sort="supplied")
    assert (supplied.shared, supplied.paper) == (True, paper)
    assert verify() is None


#: The smallest file that is a PDF.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


#: Moves of many cases at once: the page they stand on, and what it sends.
TOGETHER = {
    "anonymise": ("applications:retention", {"kind": "anonymise", "sure": "1", "reason": "期满"})
}


def pages(one):
    """The page of each move that has one, with what its form sends."""
    for move in FLOW:
        if move in TOGETHER:
            name, told = TOGETHER[move]
            yield move, reverse(name), {"pk": one.pk, **told}
            continue
        try:
            yield move, reverse(f"applications:deed_{move}", args=[one.pk]), {"step": "do"}
        except NoReverseMatch:
            continue


def test_every_move_has_a_page_or_is_done_on_the_spot(one):
    without = set(FLOW) - {move for move, *_ in pages(one)}
    # ask_late is a button of ask_to_correct, resume follows an opinion by itself.
    assert without - ON_THE_SPOT == {"ask_late", "resume"}


@pytest.mark.parametrize("state", list(State))
def test_out_of_order_every_deed_is_refused_in_words(desk, one, today, state):
    type(one).objects.filter(pk=one.pk).update(
        state=state, outcome="A2" if state in ("closed", "archived") else ""
    )
    for move, url, told in pages(one):
        page = desk.client.get(url)
        assert page.status_code == 200
        if state not in FLOW[move].start:
            answer = desk.client.post(url, {**told, "seen": state})
            assert answer.status_code == 200
            if move in TOGETHER:
                assert f"现在是“{state.label}”，不能{FLOW[move].label}" in answer.content.decode()
            else:
                assert page.context["why_not"], (state, move)
    one.refresh_from_db()
    assert one.state == state
