"""文书模板：an office words its letters; a version follows another and none is changed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asked import make_office, make_people, make_request
from gongkai.applications.actions.papers import make
from gongkai.applications.letters.texts import shipped
from gongkai.applications.models import LetterTemplate
from gongkai.law.letters import LETTERS, letter
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
RECEIPT = shipped(letter(3))


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


def send(client, body, number=3, **told):
    usual = {"valid_from": f"{timezone.localdate()}", "note": "改称谓", "apply": "1"}
    return client.post(
        reverse("applications:template", args=[number]), {"body": body, **usual, **told}
    )


def test_all_letters_are_listed_with_the_wording_in_use(desk):
    response = desk.get(reverse("applications:templates"))

    assert [one.number for one, _ in response.context["lines"]] == [one.number for one in LETTERS]
    assert response.content.decode().count("系统自带</span>") == len(LETTERS)


@pytest.mark.parametrize("number", [one.number for one in LETTERS])
def test_each_letter_opens_with_a_preview(desk, number):
    response = desk.get(reverse("applications:template", args=[number]))

    assert response.context["preview"].example is True
    assert response.context["problems"] == []


def test_a_new_version_is_used_from_its_day_on(desk, organ, people):
    send(desk, RECEIPT.replace("请妥善保管", "请您妥善保管"))

    row = LetterTemplate.objects.get()
    assert (row.organ, row.letter, row.version, row.note) == (organ, 3, 1, "改称谓")
    one = make_request(organ, people[Duty.DISCLOSURE], on=timezone.localdate())
    paper = make(one, 3, by=people[Duty.DISCLOSURE], complete=False)
    assert paper.template == row
    assert "请您妥善保管" in paper.body


def test_what_the_check_finds_is_told_and_the_text_stays_on_the_page(desk):
    response = send(desk, RECEIPT + "家庭住址：{{ 家庭住址 }}\n")

    assert not LetterTemplate.objects.exists()
    assert response.context["problems"] == ["没有“家庭住址”这个要素"]
    assert response.context["form"].non_field_errors() == ["没有“家庭住址”这个要素。"]
    assert "{{ 家庭住址 }}" in response.content.decode()


def test_a_reply_that_does_not_answer_each_matter_is_refused(desk):
    response = send(desk, "标题：答复书\n主送：{{ 申请人 }}\n---\n予以公开。\n", number=15)

    assert not LetterTemplate.objects.exists()
    assert len(response.context["problems"]) > 1


def test_checking_changes_nothing_and_shows_the_preview(desk):
    url = reverse("applications:template", args=[3])

    response = desk.post(url, {"body": RECEIPT.replace("请妥善保管", "务必保管"), "check": "1"})

    assert not LetterTemplate.objects.exists()
    assert "务必保管" in "".join(response.context["preview"].paragraphs)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"note": ""}, "请填写这一项。"),
        ({"valid_from": f"{date(2020, 1, 1)}"},
         "启用日期2020-01-01早于今天，已经发出的文书不受影响，请从今天起启用。"),
    ],
)  # fmt: skip
def test_a_version_needs_a_note_and_a_day_to_come(desk, told, sentence):
    response = send(desk, RECEIPT.replace("请妥善保管", "务必保管"), **told)

    errors = response.context["form"].errors
    assert [one for several in errors.values() for one in several] == [sentence]
    assert not LetterTemplate.objects.exists()


def test_a_withdrawn_version_gives_way_to_the_one_before(desk, organ):
    send(desk, RECEIPT.replace("请妥善保管", "请您妥善保管"))
    send(desk, RECEIPT.replace("请妥善保管", "务必妥善保管"))

    desk.post(reverse("applications:template_withdraw", args=[3, 2]))

    response = desk.get(reverse("applications:template", args=[3]))
    assert response.context["used"].version == 1
    assert LetterTemplate.objects.get(version=2).withdrawn_on == timezone.localdate()


def test_versions_are_compared(desk):
    send(desk, RECEIPT.replace("请妥善保管", "请您妥善保管"))

    page = desk.get(reverse("applications:template_version", args=[3, 1])).content.decode()

    assert "与系统自带的文本比较" in page
    assert "<ins>您</ins>" in page


def test_a_version_of_tomorrow_is_not_in_use_yet(desk):
    tomorrow = timezone.localdate() + timedelta(days=1)
    send(desk, RECEIPT.replace("请妥善保管", "务必保管"), valid_from=f"{tomorrow}")

    assert desk.get(reverse("applications:template", args=[3])).context["used"] is None


def test_who_drafts_may_read_and_not_write(client, people):
    signed_in(client, people[Duty.DRAFT])

    response = send(client, RECEIPT.replace("请妥善保管", "务必保管"))

    assert response.context["form"].non_field_errors() == [
        "文书模板由石家庄市水务局的信息公开机构修改。"
    ]
    assert not LetterTemplate.objects.exists()


def test_a_letter_there_is_not_is_not_found(desk):
    assert desk.get(reverse("applications:template", args=[39])).status_code == 404
    assert desk.get(reverse("applications:template", args=[0])).status_code == 404
