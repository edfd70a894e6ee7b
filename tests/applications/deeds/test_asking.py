"""补正、征求意见：through the pages."""

from datetime import date

import pytest

from asked import post
from gongkai.applications.actions import correcting
from gongkai.applications.clock import standing_of
from gongkai.applications.models import Application, Paper
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
D = date

CORRECT = {
    "what": "没有写明年度",
    "guidance": "请写明所需预算的年度",
    "correct_by": "2025-03-21",
    "on": "2025-03-07",
    "way": "post",
    "tracking": "XA12345678913",
}
CONSULT = {
    "whom": "third_party",
    "name": "河北甲公司",
    "information": "2024年部门预算中与贵单位有关的合同金额",
    "tell_applicant": "on",
    "on": "2025-03-07",
    "way": "post",
    "tracking": "XA12345678913",
}


def said(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_the_page_of_correcting_has_its_days_filled_in(desk, one, today):
    page = desk.get("ask_to_correct", one)
    form = page.context["form"]
    assert form["on"].value() == D(2025, 3, 7)
    assert form["correct_by"].value() == D(2025, 3, 21)
    assert page.context["figures"] == [
        "应当在收到申请之日起7个工作日内，即2025年3月12日前（含当日）告知（第三十条）。"
    ]


def test_the_letter_is_shown_before_it_goes_out_and_nothing_has_happened(desk, one, today):
    page = desk.post("ask_to_correct", one, step="preview", **{**CORRECT, "tracking": ""})
    assert said(page) == []
    assert "没有写明年度" in page.context["body"]
    assert 'name="body"' in page.content.decode()
    assert (one.state, one.papers.count(), one.events.count()) == ("handling", 0, 0)


def test_an_edited_letter_goes_out_as_edited(desk, one, today):
    page = desk.post("ask_to_correct", one, step="preview", **CORRECT)
    body = page.context["body"].replace("请写明所需预算的年度", "请写明是哪一年的预算")
    page = desk.post(
        "ask_to_correct", one, step="do", body=body, drawn=page.context["drawn"], **CORRECT
    )
    paper = one.papers.get()
    assert page.url == one.get_absolute_url()
    assert (one.state, paper.state, paper.edited) == ("correcting", "fixed", True)
    assert "请写明是哪一年的预算" in paper.body


def test_what_is_changed_after_the_preview_makes_the_letter_anew(desk, one, today):
    page = desk.post("ask_to_correct", one, step="preview", **CORRECT)
    drawn, body = page.context["drawn"], page.context["body"]
    changed = {**CORRECT, "correct_by": "2025-03-24"}

    page = desk.post("ask_to_correct", one, step="do", body=body, drawn=drawn, **changed)
    assert said(page) == ["填写的内容在预览之后有改动，正文已经重新生成，请核对后再发出。"]
    assert "2025年3月24日" in page.context["body"]
    assert one.state == "handling"

    again = {"body": page.context["body"], "drawn": page.context["drawn"]}
    desk.post("ask_to_correct", one, step="do", **again, **changed)
    assert (one.state, one.papers.get().edited) == ("correcting", False)


def test_an_edited_text_is_not_thrown_away_when_the_facts_change(desk, one, today):
    page = desk.post("ask_to_correct", one, step="preview", **CORRECT)
    body = page.context["body"].replace("请写明所需预算的年度", "请写明是哪一年的预算")
    changed = {**CORRECT, "correct_by": "2025-03-24"}
    page = desk.post(
        "ask_to_correct", one, step="do", body=body, drawn=page.context["drawn"], **changed
    )
    assert said(page)[0].startswith("填写的内容在预览之后有改动，您改过的正文没有随着改")
    assert page.context["body"] == body
    assert one.state == "handling"


@pytest.mark.parametrize(("step", "head"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_letter_is_printed_before_it_goes_out(desk, one, today, step, head):
    page = desk.post("ask_to_correct", one, step=step, **CORRECT)
    assert page.content.startswith(head)
    assert one.state == "handling"


def test_after_the_seventh_day_it_goes_out_only_knowingly(desk, one, today):
    today(D(2025, 3, 13))
    late = {**CORRECT, "on": "2025-03-13"}
    page = desk.post("ask_to_correct", one, **late)
    assert "7个工作日" in said(page)[0]
    assert page.context["form"]["what"].value() == "没有写明年度"

    desk.post("ask_to_correct", one, late_anyway="on", **late)
    assert (one.state, one.due_on) == ("handling", D(2025, 3, 31))
    assert one.papers.get().letter == 4


def correct(one, clerk):
    correcting.ask_to_correct(
        one, by=clerk, what="年度", guidance="写明年度", correct_by=D(2025, 3, 21),
        sending=post(D(2025, 3, 7)),
    )  # fmt: skip


def test_a_correction_begins_the_period_anew_and_keeps_its_files(desk, one, clerk, today):
    correct(one, clerk)
    today(D(2025, 3, 14))
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("补正.txt", "2024年度预算".encode())
    desk.post("take_correction", one, on="2025-03-14", text="2024年度", enclosed=file)
    assert (one.state, one.due_on) == ("handling", D(2025, 4, 14))
    assert one.attachments.get().sort == "correction"


def test_too_late_it_is_taken_as_a_new_request_linked_to_the_old(desk, one, clerk, today):
    correct(one, clerk)
    today(D(2025, 3, 25))
    assert "登记为新的申请" in desk.get("take_correction", one).content.decode()
    page = desk.post("take_correction", one, on="2025-03-24", text="2024年度")
    assert "登记为新的申请" in said(page)[0]

    page = desk.post("take_correction", one, step="renew", on="2025-03-24", text="2024年度")
    new = Application.objects.exclude(pk=one.pk).get()
    assert page.url == new.get_absolute_url()
    assert (new.origin, new.state, new.arrived_on) == (one, "received", D(2025, 3, 24))
    assert new.applicants.get().phone.open() == "13800138000"
    assert "2024年度" in new.description


def test_late_with_good_reason_it_is_accepted(desk, one, clerk, today):
    correct(one, clerk)
    today(D(2025, 3, 28))
    desk.post(
        "take_correction", one, on="2025-03-28", text="2024年度", justified="on", reason="住院"
    )
    assert (one.state, one.due_on) == ("handling", D(2025, 4, 27))


def test_in_time_it_is_no_new_request(desk, one, clerk, today):
    correct(one, clerk)
    page = desk.post("take_correction", one, step="renew", on="2025-03-07", text="2024年度")
    assert said(page) == ["补正期限还没有届满，应当登记为补正。"]
    assert Application.objects.count() == 1


def test_a_third_party_is_asked_without_learning_who_asks(desk, one, today):
    page = desk.post("consult", one, step="preview", **CONSULT)
    letter = page.context["trial"].letter
    assert (letter.letter.number, letter.addressee) == (6, "河北甲公司")
    assert "张三丰" not in page.context["body"]

    page = desk.post("consult", one, **{**CONSULT, "information": "张三丰要的合同"})
    assert "不得出现申请人身份" in said(page)[0]

    desk.post("consult", one, **CONSULT)
    assert one.state == "consulting"
    assert list(one.papers.order_by("letter").values_list("letter", "state")) == [
        (6, "fixed"), (7, "draft"),
    ]  # fmt: skip


@pytest.mark.parametrize(("whom", "letter"), [("co_maker", 8), ("other_agency", 8)])
def test_another_organ_gets_its_own_letter(desk, one, today, whom, letter):
    desk.post("consult", one, **{**CONSULT, "whom": whom, "name": "市发展改革委"})
    assert one.papers.filter(letter=letter).count() == 1


def consulted(desk, one):
    desk.post("consult", one, **CONSULT)
    return one.consultations.get()


def test_delivery_and_opinion_bring_the_case_back(desk, one, today):
    asked = consulted(desk, one)
    today(D(2025, 3, 21))
    assert desk.get("note_delivery", one).context["form"]["consultation"].value() == asked.pk
    desk.post("note_delivery", one, consultation=asked.pk, on="2025-03-10")
    page = desk.post("take_opinion", one, consultation=asked.pk, on="2025-03-21", opinion="refuses")
    assert said(page) == ["不同意公开的，请登记对方的理由。"]
    desk.post(
        "take_opinion", one, consultation=asked.pk, on="2025-03-21", opinion="refuses",
        reasons="涉及商业秘密", reasonable="false",
    )  # fmt: skip
    asked.refresh_from_db()
    assert (one.state, one.due_on) == ("handling", D(2025, 4, 15))
    assert (asked.reasons, asked.reasonable) == ("涉及商业秘密", False)


def test_silence_after_fifteen_days_ends_the_waiting(desk, one, today):
    asked = consulted(desk, one)
    desk.post("note_delivery", one, consultation=asked.pk, on="2025-03-07")
    page = desk.post("lapse_opinion", one, consultation=asked.pk)
    assert "才届满" in said(page)[0]
    today(D(2025, 4, 1))
    desk.post("lapse_opinion", one, consultation=asked.pk)
    assert one.state == "handling"


def test_the_third_party_is_told_before_what_it_refused_is_disclosed(desk, one, today):
    asked = consulted(desk, one)
    desk.post(
        "take_opinion", one, consultation=asked.pk, on="2025-03-07", opinion="refuses",
        reasons="商业秘密",
    )  # fmt: skip
    told = {
        "consultation": asked.pk, "reason": "涉及重大公共利益", "release_on": "2025-03-24",
        "on": "2025-03-07", "way": "post", "tracking": "XA1",
    }  # fmt: skip
    assert desk.get("override", one).context["form"]["release_on"].value() == D(2025, 3, 22)
    page = desk.post("override", one, step="preview", **told)
    assert "2025年3月24日" in page.context["body"]
    page = desk.post(
        "override", one, body=page.context["body"], drawn=page.context["drawn"], **told
    )
    assert one.papers.filter(letter=9, state=Paper.State.FIXED).count() == 1


def test_another_case_s_letter_cannot_be_chosen(desk, one, organ, clerk, today):
    from asked import make_request

    other = make_request(organ, clerk, subject="另一件")
    asked = consulted(desk, other)
    desk.post("consult", one, **CONSULT)
    page = desk.post("note_delivery", one, consultation=asked.pk, on="2025-03-07")
    assert "consultation" in page.context["form"].errors


def test_who_reviews_may_not_ask(desk_of, one, today):
    desk = desk_of(Duty.LEGAL)
    assert desk.get("ask_to_correct", one).context["why_not"] != []
    page = desk.post("ask_to_correct", one, **CORRECT)
    assert "告知补正" in said(page)[0]
    assert one.state == "handling"


def test_the_second_of_two_is_told(desk, one, today):
    page = desk.post("ask_to_correct", one, seen="received", **CORRECT)
    assert said(page) == ["这件事刚刚由别人办理过，状态已经变化。请刷新页面后再看。"]
    assert page.context["form"]["what"].value() == "没有写明年度"
    assert one.state == "handling"


def test_too_long_a_letter_is_refused_in_a_sentence(desk, one, today):
    page = desk.post("ask_to_correct", one, body="长" * 30_001, drawn="x", **CORRECT)
    assert said(page) == ["正文最多30000字，现在有30001字。"]


def test_pasted_markup_is_text(desk, one, today):
    told = {**CORRECT, "what": "<script>alert(1)</script>"}
    page = desk.post("ask_to_correct", one, step="preview", **told).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_what_is_told_after_the_deed_is_the_new_day(desk, one, clerk, today):
    correct(one, clerk)
    today(D(2025, 3, 14))
    page = desk.client.post(
        f"/desk/applications/{one.pk}/do/take-correction/",
        {"on": "2025-03-14", "text": "2024年度"}, follow=True,
    )  # fmt: skip
    assert [str(message) for message in page.context["messages"]] == [
        "已办理：收到补正。答复期限为2025年4月14日。"
    ]
    assert standing_of(one).due == D(2025, 4, 14)
