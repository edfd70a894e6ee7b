"""用印、送达、签收、发出草稿、重新答复，and the papers made from the record."""

import io
from datetime import date

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asked import GIVEN, answer, approve, post
from gongkai.applications.actions import consulting, replying
from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.papers import Sending, make, send
from gongkai.applications.actions.records import approval_slip, service_record
from gongkai.applications.models import Application
from gongkai.applications.states import Delivery
from gongkai.errors import Unreadable
from gongkai.law.events import Way, Whom
from gongkai.notices.models import Notice
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
D = date


def said(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


@pytest.fixture
def approved(one, people, clerk, today):
    replying.draft(one, by=clerk)
    decide(one.matters.get(), "A2", by=clerk, findings=GIVEN)
    approve(one, people)
    return one


class Stamp:
    """A seal that says so."""

    def seal(self, pdf):
        return pdf + b"\n% sealed"


class Broken:
    """A seal that gives back something else."""

    def seal(self, pdf):
        return b"<html>"


def test_without_a_seal_of_its_own_the_sealed_copy_is_uploaded(desk, approved):
    assert (
        "电子签章" not in desk.get("seal", approved).content.decode().partition("<form")[2][-900:]
    )
    page = desk.post("seal", approved, note="")
    assert said(page) == ["请选择用印后的文书。"]
    page = desk.post("seal", approved, step="here", note="")
    assert said(page) == ["本站没有接入电子签章，请上传用印后的文书。"]


def test_a_site_with_a_seal_puts_it_on_the_letter(desk, approved, settings):
    settings.SEALER = f"{__name__}.Stamp"
    import sys

    sys.modules.setdefault(__name__, sys.modules[Stamp.__module__])
    page = desk.post("seal", approved, step="here", note="")
    assert page.status_code == 302
    kept = approved.attachments.get(sort="sealed_paper")
    with kept.blob.open() as file:
        assert file.read().endswith(b"% sealed")
    assert (kept.shared, kept.paper) == (True, approved.replies.get().paper)


def test_what_is_no_pdf_is_not_kept(desk, approved, settings):
    from gongkai.applications.sealing import sealed

    settings.SEALER = f"{__name__}.Broken"
    with pytest.raises(Unreadable, match="不是PDF"):
        sealed(b"%PDF-1.4")
    page = desk.post("seal", approved, step="here", note="")
    assert said(page) == ["电子签章系统返回的不是PDF，没有登记用印。"]
    assert approved.attachments.count() == 0


def test_a_seal_that_is_not_installed_says_so(desk, approved, settings):
    settings.SEALER = "nowhere.Seal"
    page = desk.post("seal", approved, step="here", note="")
    assert said(page) == ["设置 GONGKAI_SEALER 所指的“nowhere.Seal”没有安装。"]


def test_post_wants_its_number_and_keeps_the_rest(desk, approved):
    page = desk.post("serve", approved, on="2025-03-07", way="post", receiver="张三丰")
    assert said(page) == ["邮寄的，请填写邮件号码。"]
    assert page.context["form"]["receiver"].value() == "张三丰"
    desk.post("serve", approved, on="2025-03-07", way="post", tracking="XA12345678913")
    assert (approved.state, approved.answered_on) == ("served", D(2025, 3, 7))


def test_a_fax_has_arrived_when_it_is_sent(desk, approved):
    Application.objects.filter(pk=approved.pk).update(delivery=Delivery.FAX)
    assert desk.get("serve", approved).context["form"]["way"].value() == "fax"

    desk.post("serve", approved, on="2025-03-07", way="fax")

    service = approved.replies.get().paper.services.get()
    assert (service.way, service.signed_on) == ("fax", D(2025, 3, 7))
    assert (approved.state, approved.answered_on) == ("served", D(2025, 3, 7))
    assert Notice.objects.count() == 0


def test_a_courier_is_not_offered(desk, approved):
    page = desk.post("serve", approved, on="2025-03-07", way="courier", tracking="1")
    assert "way" in page.context["form"].errors
    assert approved.state == "approved"


def test_signed_for_later_with_its_proof(desk, approved, today):
    desk.post("serve", approved, on="2025-03-07", way="direct")
    assert approved.answered_on is None
    today(D(2025, 3, 10))
    proof = SimpleUploadedFile("回证.txt", "张三丰签收".encode())
    desk.post("sign_for", approved, on="2025-03-10", receiver="张三丰", enclosed=proof)
    assert approved.answered_on == D(2025, 3, 10)
    assert approved.attachments.get().sort == "service"


def test_returned_by_the_post_it_goes_out_again(desk, approved):
    desk.post("serve", approved, on="2025-03-07", way="post", tracking="XA1")
    page = desk.post("serve_again", approved, reason="")
    assert "reason" in page.context["form"].errors
    desk.post("serve_again", approved, reason="查无此人退回")
    assert approved.state == "approved"


def test_a_release_the_third_party_may_still_fight_is_not_served(desk, approved, today):
    from gongkai.applications.models import Consultation

    Consultation.objects.create(
        application=approved, whom=Whom.THIRD_PARTY.value, name="甲公司", information="合同",
        sent_on=D(2025, 3, 3), ended_on=D(2025, 3, 4), release_on=D(2025, 3, 24),
    )  # fmt: skip
    page = desk.post("serve", approved, on="2025-03-07", way="post", tracking="XA1")
    assert "此前不得提供给申请人" in said(page)[0]


def test_ordered_to_reply_anew_it_is_handled_again(desk, one, people, today):
    today(D(2025, 3, 20))
    answer(one, people, D(2025, 3, 20))
    one.refresh_from_db()
    today(D(2025, 6, 3))
    page = desk.post("reorder", one, source="review", number="", on="2025-06-03")
    assert "number" in page.context["form"].errors
    page = desk.post(
        "reorder", one, source="review", number="冀政复决〔2025〕8号", on="2025-06-03",
        workdays="10", until="2025-06-30",
    )  # fmt: skip
    assert "只能写日期或者工作日数中的一种" in said(page)[0]
    desk.post("reorder", one, source="review", number="冀政复决〔2025〕8号", on="2025-06-03")
    assert (one.state, one.round, one.due_on) == ("handling", 2, D(2025, 7, 1))


@pytest.fixture
def waiting(one, clerk, today):
    """A notice to the applicant that waits for its tracking number."""
    consulting.consult(
        one, by=clerk, whom=Whom.THIRD_PARTY, name="甲公司", information="合同金额",
        sending=post(D(2025, 3, 7)),
    )  # fmt: skip
    return one.papers.get(letter=7)


def test_a_notice_that_lay_ready_goes_out(desk, one, waiting):
    page = desk.client.get(reverse("applications:desk_paper", args=[one.pk, waiting.pk]))
    assert reverse("applications:deed_send", args=[one.pk, waiting.pk]) in page.content.decode()
    desk.post("send", one, waiting.pk, on="2025-03-07", way="post", tracking="XA2")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.services.get().tracking) == ("fixed", "XA2")


def test_a_fixed_paper_and_a_reply_do_not_go_out_that_way(desk, one, waiting):
    letter = one.papers.get(letter=6)
    page = desk.get("send", one, letter.pk)
    assert page.context["why_not"] == [f"{letter.title}已定稿，不能再发出"]
    page = desk.post("send", one, letter.pk, on="2025-03-07", way="post", tracking="XA2")
    assert "已定稿" in said(page)[0]
    assert letter.services.count() == 1


def test_who_reviews_sends_nothing(desk_of, one, waiting):
    page = desk_of(Duty.LEGAL).post(
        "send", one, waiting.pk, on="2025-03-07", way="post", tracking="XA2"
    )
    assert "信息公开机构和承办人" in said(page)[0]


def test_the_applicant_is_told_once_of_a_paper_that_went_electronically(one, clerk, today):
    one.delivery = Delivery.ONLINE
    one.save(update_fields=["delivery"])
    paper = make(one, 7, by=clerk, facts={"征求意见的情况": "涉及第三方"})
    send(paper, Sending(on=D(2025, 3, 7), way=Way.ELECTRONIC), by=clerk)
    assert Notice.objects.count() == 1
    send(paper, Sending(on=D(2025, 3, 7), way=Way.ELECTRONIC), by=clerk)
    assert Notice.objects.count() == 1


def test_a_paper_by_post_or_for_others_tells_the_applicant_nothing(one, waiting, clerk):
    letter = one.papers.get(letter=6)
    send(letter, Sending(on=D(2025, 3, 7), way=Way.ELECTRONIC), by=clerk)
    send(waiting, post(D(2025, 3, 7)), by=clerk)
    assert Notice.objects.count() == 0


def test_the_slip_says_what_each_desk_said(desk, one, people, clerk, today):
    replying.draft(one, by=clerk)
    decide(one.matters.get(), "A2", by=clerk, findings=GIVEN)
    replying.compose_reply(one, by=clerk)
    replying.advance(one, "submit", by=clerk, note="拟予公开")
    replying.advance(one, "return_legal", by=people[Duty.LEGAL], note="条款有误")
    replying.advance(one, "submit", by=clerk, note="已改")
    replying.advance(one, "pass_legal", by=people[Duty.LEGAL], note="依据充分")
    text = approval_slip(one).text
    assert "已改" in text
    assert "拟予公开" not in text
    assert f"{people[Duty.LEGAL].name}" in text
    assert "依据充分" in text
    assert "| 保密审查意见 | 尚未办理 |" in text

    page = desk.client.get(reverse("applications:approval_slip_pdf", args=[one.pk]))
    with pdfplumber.open(io.BytesIO(page.content)) as file:
        assert "依据充分" in file.pages[0].extract_text()


def test_the_proof_of_service_is_made_of_the_record(desk, approved):
    desk.post("serve", approved, on="2025-03-07", way="post", tracking="XA12345678913")
    paper = approved.replies.get().paper
    text = service_record(paper).text
    assert "XA12345678913" in text
    assert "2025年3月7日" in text
    assert "邮政寄送" in text
    page = desk.client.get(reverse("applications:service_record_pdf", args=[approved.pk, paper.pk]))
    assert page.content.startswith(b"%PDF")


def test_the_register_form_names_every_last_day(one, today):
    from gongkai.applications.actions.records import register_form

    text = register_form(one).text
    assert "补正告知 | 2025年3月12日 | 《政府信息公开条例》第三十条" in text
    assert "答复期限 | 2025年3月31日" in text
    assert register_form(one).missing == ()
