"""网上申请：three steps without script, nothing typed is lost, one request however often sent."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from applying import APPLICANT, WANTED, apply, first, scan, second, send, step
from asked import IDENTITY, make_office
from city import make_organ
from gongkai.applications.actions.filing import KEPT, sweep_drafts, typed
from gongkai.applications.models import Applicant, Application, Attachment, Draft, DraftFile, Paper
from gongkai.applications.portal import drafts
from gongkai.organs.states import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organ():
    return make_office()


def text(response):
    return response.content.decode()


def test_three_steps_make_a_request_with_everything_in_it(client, organ):
    receipt = apply(client)

    one = Application.objects.get()
    applicant = one.applicants.get()
    assert (one.organ, one.subject, one.channel) == (organ, "2024年部门预算", "online")
    assert one.description == "财政局2024年部门预算全文"
    assert (applicant.name, applicant.identity_number.open()) == ("张三丰", IDENTITY)
    assert applicant.phone.open() == "13800138000"
    assert [a.sort for a in one.attachments.all()] == ["identity"]
    assert one.attachments.get().blob.sealed
    assert receipt.redirect_chain[-1][0] == "/apply/sent/"
    assert one.number in text(receipt)
    assert one.code.open() in text(receipt)


def test_the_receipt_tells_the_last_day_and_how_it_was_reckoned(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 3, 3))

    receipt = text(apply(client))

    assert "2025年3月31日" in receipt
    assert "第三十三条第二款" in receipt
    assert "收到之日是2025年3月3日" in receipt


def test_a_request_to_correct_a_record_has_no_period_by_law_and_says_so(client):
    receipt = text(apply(client, sort="rectification"))

    assert Application.objects.get().sort == "rectification"
    assert "第四十一条没有规定期限" in receipt
    assert "法定最后一日" not in receipt
    paper = Paper.objects.get(letter=3)
    assert paper.title == "政府信息更正申请登记回执"
    assert "依据《政府信息公开条例》第四十一条，现向您出具本回执" in paper.body
    assert "本机关自定为20个工作日" in paper.body
    assert "第三十三条" not in paper.body
    assert "第三十一条" not in paper.body


def test_who_wants_a_fax_gives_a_number_to_send_it_to(client):
    first(client, go="next")
    told = {"delivery": "fax", "phone": "", "email": "lmy@example.cn"}

    refused = second(client, **told)
    sent = second(client, **told | {"phone": "0311-86680000"})

    assert refused.context["form"].errors["phone"] == ["选择传真的，请填写能收传真的电话号码。"]
    assert "传真" in text(sent)


def test_the_paper_of_the_receipt_is_kept_without_the_code(client):
    apply(client)

    one = Application.objects.get()
    paper = Paper.objects.get(application=one)
    assert (paper.letter, paper.state) == (3, "fixed")
    assert one.code.open() not in paper.body
    assert one.code.open() not in str(paper.facts)


def test_the_receipt_is_printed_with_the_code(client):
    apply(client)

    answer = client.get("/apply/sent/receipt.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_five_times_sent_is_one_request(client):
    first(client)
    second(client)

    for _ in range(5):
        send(client)

    assert Application.objects.count() == 1


def test_the_receipt_is_for_who_sent_it_and_for_half_an_hour(client):
    apply(client)

    assert Client().get("/apply/sent/")["Location"] == "/track/"
    Application.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    assert client.get("/apply/sent/")["Location"] == "/track/"


def test_leaving_the_receipt_makes_the_browser_forget(client):
    apply(client)

    client.post("/apply/sent/done/")

    assert client.get("/apply/sent/")["Location"] == "/track/"


def test_the_same_once_more_is_kept_and_told(client):
    apply(client)
    earlier = Application.objects.get()

    receipt = apply(Client())

    assert Application.objects.count() == 2
    assert earlier.number in text(receipt)


# ── 填错 ────────────────────────────────────────────────────────────────────────────────────


def test_without_proof_of_identity_it_is_refused_and_nothing_is_lost(client):
    first(client)

    page = second(client, proof="")

    assert "请上传身份证明（第二十九条第二款第（一）项）" in text(page)
    assert f'value="{IDENTITY}"' in text(page)
    assert 'value="13800138000"' in text(page)


def test_a_name_of_300_characters_is_refused_and_kept(client):
    name = "长" * 300
    first(client)

    page = second(client, name=name)

    assert "最多100个字，现在有300个字" in text(page)
    assert name in text(page)
    assert DraftFile.objects.count() == 1  # the scan need not be chosen again


def test_a_wrong_identity_number_is_refused_in_words(client):
    first(client)

    page = second(client, identity_number="130102199003074515")

    assert "居民身份证号码不对" in text(page)
    assert 'value="130102199003074515"' in text(page)


def test_a_passport_is_not_checked(client):
    first(client)
    second(client, identity="passport", identity_number="E12345678")
    send(client)

    assert Applicant.objects.get().identity_number.open() == "E12345678"


@pytest.mark.parametrize(
    ("code", "problem"), [("91130100MA0000000X", "校验码不对"), ("9113", "应为18位")]
)
def test_a_wrong_credit_code_is_refused_saying_what_is_wrong(client, code, problem):
    first(client)

    page = second(
        client, category="business", name="石家庄某公司", identity="credit_code",
        identity_number=code, representative="李四",
    )  # fmt: skip

    assert problem in text(page)


def test_an_organisation_names_who_represents_it(client):
    first(client)
    told = {"category": "law_firm", "name": "某律师事务所", "identity": "credit_code",
            "identity_number": "11370322004222241N"}  # fmt: skip

    refused = second(client, **told)
    second(client, **told, representative="王律师")
    send(client)

    assert "请填写法定代表人（负责人）" in text(refused)
    applicant = Applicant.objects.get()
    assert (applicant.category, applicant.representative) == ("law_firm", "王律师")


def test_pasted_html_is_only_text(client):
    html = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    first(client, subject=html)
    page = second(client, name=html)

    receipt = send(client)

    for one in (page, receipt):
        assert "<script>alert(1)" not in text(one)
        assert "<img src=x" not in text(one)
    assert Application.objects.get().subject == html
    assert Applicant.objects.get().name == html


def test_steps_out_of_order_lead_back_and_lose_nothing(client):
    send_first = send(client)
    assert send_first.redirect_chain[0][0] == "/apply/1/"

    second(client)
    too_early = send(client)

    assert too_early.redirect_chain[0][0] == "/apply/1/"
    assert "请先填好第一步" in text(too_early)
    assert Application.objects.count() == 0
    first(client)
    assert IDENTITY in text(client.get("/apply/2/"))
    send(client)
    assert Application.objects.count() == 1


def test_without_the_promise_nothing_is_sent(client):
    first(client)
    second(client)

    page = step(client, 3, {})

    assert "对申请材料的真实性负责" in text(page)
    assert Application.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "problem"),
    [("没有这个局", "没有找到"), ("石家庄市", "请写全称"), ("", "请写明向哪个机关申请")],
)
def test_an_organ_is_found_by_its_name_or_asked_again(client, name, problem):
    page = first(client, organ=name)

    assert problem in text(page)
    assert "2024年部门预算" in text(page)


def test_an_organ_is_found_by_a_part_of_its_name(client, organ):
    apply(client, organ="财政局")

    assert Application.objects.get().organ == organ


def test_a_public_enterprise_is_not_asked_here(client):
    make_organ("石家庄市自来水公司", kind=Kind.ENTERPRISE)

    page = first(client, organ="石家庄市自来水公司")

    assert "第五十五条" in text(page)


def test_one_comes_with_the_organ_filled_in(client, organ):
    assert 'value="石家庄市财政局"' in text(client.get(f"/apply/new/?organ={organ.pk}"))
    assert client.get("/apply/new/?organ=99999999999999999999").status_code == 200


def test_a_file_that_is_not_what_it_says_is_refused_and_the_rest_is_kept(client):
    first(client)

    page = second(client, proof=[scan("身份证.pdf"), scan("背面.png")])

    assert [one.name for one in DraftFile.objects.all()] == ["背面.png"]
    assert f'value="{IDENTITY}"' in text(page)


def test_a_file_can_be_taken_away_again(client):
    first(client)
    second(client)
    one = DraftFile.objects.get()

    step(client, 2, APPLICANT, go=f"drop-{one.pk}")

    assert DraftFile.objects.count() == 0


def test_nobody_takes_away_the_file_of_another(client):
    first(client)
    second(client)
    one = DraftFile.objects.get()
    other = Client()
    first(other)

    step(other, 2, APPLICANT, go=f"drop-{one.pk}")

    assert DraftFile.objects.get() == one


def test_the_trap_says_so_and_keeps_what_was_typed(client):
    page = first(client, website="http://spam.example")

    assert "不是给申请人填写的" in text(page)
    assert "2024年部门预算" in text(page)


def test_several_ask_together(client):
    first(client)
    step(client, 2, APPLICANT | {"proof": scan()}, go="more")
    joint = {"joint": "1", "joint-0-name": "李四", "joint-0-identity": "resident",
             "joint-0-identity_number": "130102199003074516", "joint-0-phone": "1390"}  # fmt: skip

    refused = second(client, **joint)
    second(client, **joint | {"joint-0-identity": "passport"})
    send(client)

    assert "共同申请人1的证件号码" in text(refused)
    assert "李四" in text(refused)
    names = [one.name for one in Application.objects.get().applicants.all()]
    assert names == ["张三丰", "李四"]


def test_a_proxy_brings_number_and_mandate(client):
    first(client)

    refused = text(second(client, proxy="赵六"))
    second(client, proxy="赵六", proxy_number=IDENTITY, mandate=scan("委托书.png"))
    send(client)

    assert "请填写代理人的身份证号码" in refused
    assert "请上传授权委托书" in refused
    assert sorted(Attachment.objects.values_list("sort", flat=True)) == [
        "identity", "identity", "proxy",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"phone": ""}, "请至少填写一项"),
        ({"delivery": "post"}, "请填写通信地址"),
        ({"delivery": "email"}, "请填写电子邮箱"),
        ({"email": "没有圈"}, "电子邮箱的写法不对"),
        ({"postcode": "12"}, "邮政编码是6位数字"),
    ],
)
def test_the_way_one_wants_it_needs_its_address(client, changes, problem):
    first(client)

    assert problem in text(second(client, **changes))


# ── 草稿 ────────────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_is_kept_sealed_as_one_types(client):
    client.post("/apply/1/save/", WANTED | {"organ": "", "subject": "金丝雀一号"})

    draft = Draft.objects.get()
    assert typed(draft)["wanted"]["subject"] == "金丝雀一号"
    assert "金丝雀" not in draft.content.token
    assert "金丝雀一号" in text(client.get("/apply/1/"))
    assert "金丝雀一号" not in text(Client().get("/apply/1/"))


def test_the_secret_of_a_draft_is_not_kept(client):
    first(client)

    secret = client.cookies[drafts.COOKIE].value
    assert secret not in Draft.objects.get().key
    assert client.cookies[drafts.COOKIE]["httponly"]
    assert not client.cookies[drafts.COOKIE]["max-age"]


def test_one_goes_on_later_from_a_link(client):
    first(client)
    page = step(client, 2, APPLICANT, go="later")
    link = next(part for part in text(page).split('"') if "/apply/later/" in part)

    other = Client()
    there = other.get(link, follow=True)

    assert there.redirect_chain[-1][0] == "/apply/2/"
    assert IDENTITY in text(there)


def test_an_unknown_link_is_answered_in_words(client):
    page = client.get("/apply/later/nothing-here/", follow=True)

    assert "没有找到没填完的申请" in text(page)


def test_whoever_gives_up_leaves_nothing(client):
    first(client)
    second(client)

    client.post("/apply/discard/")

    assert (Draft.objects.count(), DraftFile.objects.count()) == (0, 0)


def test_a_draft_is_removed_after_thirty_days(client):
    first(client)
    assert sweep_drafts() == 0
    Draft.objects.update(saved_at=timezone.now() - KEPT - timedelta(hours=1))

    assert sweep_drafts() == 1
    assert Draft.objects.count() == 0


def test_a_sent_draft_keeps_no_word(client):
    apply(client)

    draft = Draft.objects.get()
    assert not draft.content
    assert DraftFile.objects.count() == 0


def test_too_long_is_refused_and_stays_on_the_page(client):
    page = first(client, description="长" * 250_000)

    assert "请把较长的内容作为附件上传" in text(page)
    assert "长" * 250_000 in text(page)


def test_a_machine_that_sends_all_day_is_stopped_in_words(client):
    from gongkai.applications.portal import applying

    for _ in range(applying._SENT.most):
        applying._SENT.count("127.0.0.1")

    page = apply(client)

    assert "一小时内提交的申请太多" in text(page)
    assert Application.objects.count() == 0
    assert "张三丰" in text(page)
