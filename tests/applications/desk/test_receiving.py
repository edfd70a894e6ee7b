"""窗口收件：every channel with its proof; bad input is told in words and loses nothing."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from asked import IDENTITY, make_office, make_people
from city import make_organ
from gongkai.applications.models import Application
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def organ():
    return make_office("石家庄市水务局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def desk(client, people):
    return signed_in(client, people[Duty.DISCLOSURE])


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(organ, **told):
    """Everything the form asks for, as a clerk would type it."""
    usual = {
        "token": "as-drawn",
        "organ": organ.pk,
        "sort": "disclosure",
        "channel": "in_person",
        "arrived_on": "2025-03-03",
        "subject": "2024年供水管网改造项目的批复",
        "form": "paper",
        "delivery": "post",
        "person-TOTAL_FORMS": 1,
        "person-INITIAL_FORMS": 0,
        "person-0-category": "person",
        "person-0-name": "张三丰",
        "person-0-identity": "resident",
        "person-0-identity_number": IDENTITY,
        "person-0-phone": "13800138000",
        "person-0-address": "石家庄市长安区中山东路1号",
    }
    return usual | told


def send(client, data):
    return client.post(reverse("applications:receive"), data)


def sentences(response):
    form, persons = response.context["form"], response.context["persons"]
    told = [error for errors in form.errors.values() for error in errors]
    return told + [e for one in persons for errors in one.errors.values() for e in errors]


@pytest.mark.parametrize(
    ("channel", "more", "note", "due"),
    [
        ("in_person", {"arrived_at": "09:30"}, "09:30到达", D(2025, 3, 31)),
        ("oral", {}, "", D(2025, 3, 31)),
        ("post_signed", {"tracking": "XA1234", "signed_by": "收发室王某"},
         "邮件号码XA1234；签收人收发室王某", D(2025, 3, 31)),
        ("post_ordinary", {}, "", D(2025, 3, 31)),
        ("fax", {"arrived_at": "16:05"}, "16:05到达", D(2025, 3, 31)),
        ("email", {}, "", D(2025, 3, 31)),
        ("internal", {"handed_by": "信访处"}, "", D(2025, 3, 31)),
    ],
)  # fmt: skip
def test_each_channel_is_received_with_its_proof(desk, organ, channel, more, note, due):
    response = send(desk, typed(organ, channel=channel, **more))

    one = Application.objects.get()
    assert response.url == reverse("applications:received", args=[one.pk])
    assert (one.channel, one.arrival_note, one.due_on) == (channel, note, due)
    assert one.handed_by == more.get("handed_by", "")
    assert one.papers.get().letter == 3


def test_the_receipt_shows_number_code_and_last_day(desk, organ):
    page = desk.get(send(desk, typed(organ)).url).content.decode()

    one = Application.objects.get()
    assert one.number in page
    assert one.code.open() in page
    assert "2025年3月31日" in page


def test_the_code_is_shown_later_only_with_a_reason(desk, organ):
    send(desk, typed(organ))
    one = Application.objects.get()
    Application.objects.update(created_at=timezone.now() - timedelta(hours=2))

    page = desk.get(reverse("applications:received", args=[one.pk])).content.decode()
    opened = desk.post(
        reverse("applications:open_code", args=[one.pk]), {"reason": "遗失，已核身份"}
    )

    assert one.code.open() not in page
    assert one.code.open() in opened.content.decode()
    assert Step.objects.of(one).get(move="open_code").note == "遗失，已核身份"
    assert desk.get(reverse("applications:receipt", args=[one.pk])).status_code == 400


def test_the_same_page_sent_five_times_is_one_request(desk, organ):
    urls = {send(desk, typed(organ)).url for _ in range(5)}

    assert len(urls) == 1
    assert Application.objects.count() == 1


def test_the_same_words_on_another_page_are_kept_and_tied_to_the_first(desk, organ):
    send(desk, typed(organ))
    page = desk.get(send(desk, typed(organ, token="another")).url).content.decode()

    first, second = Application.objects.order_by("pk")
    assert second.origin == first
    assert f'内容相同的申请：<a href="{first.get_absolute_url()}">' in page


def test_what_is_missing_is_told_and_received_all_the_same(desk, organ):
    data = typed(organ, **{"person-0-identity_number": "", "person-0-phone": "",
                           "person-0-address": ""})  # fmt: skip

    asked = send(desk, data)
    assert asked.context["missing"] == ["张三丰的身份证明", "张三丰的联系方式"]
    assert not Application.objects.exists()

    page = desk.get(send(desk, data | {"anyway": "1"}).url).content.decode()
    assert "申请缺少张三丰的身份证明、张三丰的联系方式（第二十九条）" in page


def test_joint_applicants_are_added_one_by_one(desk, organ):
    more = send(desk, typed(organ, more="1"))
    assert len(more.context["persons"].forms) == 2
    assert 'value="2024年供水管网改造项目的批复"' in more.content.decode()

    second = {"person-TOTAL_FORMS": 2, "person-1-category": "person", "person-1-name": "李四光",
              "person-1-identity": "passport", "person-1-identity_number": "E12345678",
              "person-1-phone": "13900139000"}  # fmt: skip
    send(desk, typed(organ, **second))

    one = Application.objects.get()
    assert list(one.applicants.values_list("name", flat=True)) == ["张三丰", "李四光"]
    assert (one.applicant_name, one.category) == ("张三丰", "person")


def test_an_organisation_with_a_proxy(desk, organ):
    send(
        desk,
        typed(
            organ,
            **{
                "person-0-category": "business",
                "person-0-name": "石州商贸有限公司",
                "person-0-identity": "other",
                "person-0-identity_number": "工商证1",
                "person-0-representative": "赵明",
                "person-0-proxy": "钱律师",
                "person-0-proxy_phone": "13700137000",
            },
        ),
    )

    who = Application.objects.get().applicants.get()
    assert (who.category, who.representative, who.proxy) == ("business", "赵明", "钱律师")


def test_scans_of_identity_papers_are_sealed_the_rest_is_not(desk, organ):
    data = typed(organ)
    data["identity_files"] = SimpleUploadedFile("证件.png", PNG)
    data["arrival_files"] = SimpleUploadedFile("信封.png", PNG)
    send(desk, data)

    kept = Application.objects.get().attachments.order_by("sort")
    assert [(one.sort, bool(one.blob.sealed)) for one in kept] == [
        ("arrival", False),
        ("identity", True),
    ]


def test_a_scan_is_opened_only_with_a_reason(desk, organ):
    data = typed(organ)
    data["identity_files"] = SimpleUploadedFile("证件.png", PNG)
    send(desk, data)
    one = Application.objects.get()
    url = reverse("applications:desk_attachment", args=[one.pk, one.attachments.get().pk])

    asked, refused = desk.get(url), desk.post(url, {"reason": " "})
    opened = desk.post(url, {"reason": "核对身份"})

    assert asked["Content-Type"].startswith("text/html")
    assert refused.status_code == 400
    assert b"".join(opened.streaming_content) == PNG
    assert opened["Cache-Control"] == "no-store"
    assert Step.objects.of(one).filter(move="open_scan").count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"person-0-name": "长" * 300}, "姓名（名称）最多100个字，现在有300个字。"),
        ({"person-0-name": ""}, "请填写申请人的姓名（名称）。"),
        ({"subject": ""}, "请填写所需信息的名称，或者能查找到它的描述。"),
        ({"channel": "online"}, "窗口收件没有这个渠道，请重新选择。"),
        ({"arrived_on": "2999-01-01"}, "2999-01-01晚于今天，请核对。"),
        ({"person-0-identity_number": "130102199003074515"},
         "居民身份证号码不对，请对照证件核对18位号码；看不清的可以先不填。"),
        ({"channel": "internal"}, "由其他内设机构转来的，请写明是哪个机构。"),
        ({"channel": "post_signed"}, "需要签收的邮寄，邮件号码和签收人请至少填写一项。"),
        ({"person-0-postcode": "1234"}, "邮政编码是6位数字。"),
    ],
)  # fmt: skip
def test_bad_input_is_told_in_words_and_loses_nothing(desk, organ, wrong, sentence):
    response = send(desk, typed(organ, description="<b>粘贴的网页</b>", **wrong))

    assert sentences(response) == [sentence]
    assert not Application.objects.exists()
    page = response.content.decode()
    assert "&lt;b&gt;粘贴的网页&lt;/b&gt;" in page
    assert 'value="13800138000"' in page


def test_pasted_html_stays_text(desk, organ):
    url = send(desk, typed(organ, subject="<script>alert(1)</script>预算")).url

    assert "<script>alert(1)" not in desk.get(url).content.decode()


def test_attempts_to_reach_the_applicant_are_kept(desk, organ):
    send(desk, typed(organ, channel="post_ordinary", attempts="拨打两次无人接听"))

    one = Application.objects.get()
    assert Step.objects.of(one).get(move="attempt").note == "拨打两次无人接听"


def test_who_only_drafts_receives_nothing(client, organ, people):
    signed_in(client, people[Duty.DRAFT])

    assert client.get(reverse("applications:receive")).status_code == 403
    assert send(client, typed(organ)).status_code == 403


def test_another_organ_cannot_be_given_a_request(desk, organ):
    other = make_organ("石家庄市教育局")

    response = send(desk, typed(organ) | {"organ": other.pk})

    assert list(response.context["form"].errors) == ["organ"]
