"""办理口径：previewed, then applied; what moves is seen before it does."""

from datetime import date

import pytest
from django.urls import reverse

from asked import make_office, make_people, make_request
from city import make_organ, make_staff
from gongkai.applications.actions.settling import settle
from gongkai.applications.clock import office_of
from gongkai.applications.models import Office
from gongkai.errors import NotAllowed
from gongkai.law.policy import switches
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date
URL = "applications:office"


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
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def desk(client, clerk):
    return signed_in(client, clerk)


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(**told):
    """The form as it is drawn for an office that has decided nothing."""
    usual = {f"switch_{one.name}": str(one.default) for one in switches()}
    usual |= {
        "number_form": "", "signer": "", "fee_account": "", "rectification_days": "20",
        "remind_on": "7、10、15、18", "keep_years": "10", "keep_years_disputed": "30",
        "keep_identity_days": "180", "scans_go_themselves": "",
    }  # fmt: skip
    return usual | told


def test_every_switch_is_told_with_its_ground_and_default(desk):
    page = desk.get(reverse(URL)).content.decode()

    for one in switches():
        assert one.meaning in page
        assert one.ground in page
        assert one.article in page


def test_every_choice_an_office_has_is_offered_and_kept(desk, organ):
    form = desk.get(reverse(URL)).context["form"]
    offered = {name for name in form.fields if not name.startswith("switch_")} | {"switches"}
    assert offered == {one.name for one in Office._meta.fields} - {"id", "organ"}

    told = typed(scans_go_themselves="on", keep_identity_days="90", signer="市水务局")
    desk.post(reverse(URL), told | {"seen": desk.post(reverse(URL), told).context["mark"]})

    kept = Office.objects.get(organ=organ)
    assert (kept.scans_go_themselves, kept.keep_identity_days, kept.signer) == (
        True, 90, "市水务局",
    )  # fmt: skip


def test_a_switch_shows_what_moves_before_it_is_applied(desk, organ, clerk):
    one = make_request(organ, clerk, on=D(2025, 3, 3))
    told = typed(switch_internal_due_day="10")

    preview = desk.post(reverse(URL), told)

    assert [each.told for each in preview.context["cases"]] == [
        [("内部期限", D(2025, 3, 24), D(2025, 3, 17))]
    ]
    one.refresh_from_db()
    assert one.internal_on == D(2025, 3, 24)
    assert not Office.objects.exists()

    desk.post(reverse(URL), told | {"seen": preview.context["mark"]})

    one.refresh_from_db()
    assert one.internal_on == D(2025, 3, 17)
    assert Office.objects.get(organ=organ).switches == {"internal_due_day": 10}
    assert Step.objects.of(one).get(move="settle").note == "内部期限由2025-03-24变为2025-03-17"


def test_what_was_not_seen_is_not_applied(desk, organ, clerk):
    make_request(organ, clerk, on=D(2025, 3, 3))
    told = typed(switch_internal_due_day="10")
    mark = desk.post(reverse(URL), told).context["mark"]
    make_request(organ, clerk, on=D(2025, 3, 5), subject="又来一件")

    response = desk.post(reverse(URL), told | {"seen": mark})

    assert response.context["stale"] is True
    assert not Office.objects.exists()


def test_those_below_follow_unless_they_have_their_own(desk, organ, clerk):
    below = make_organ("石家庄市水政监察支队", parent=organ)
    own = make_organ("石家庄市节水办", parent=organ)
    Office.objects.create(organ=own)
    follower = make_request(below, make_staff("乙", Duty.DISCLOSURE, organ=below))
    other = make_request(own, make_staff("丙", Duty.DISCLOSURE, organ=own))
    before = other.internal_on

    settle(organ, {"switches": {"internal_due_day": 10}}, by=clerk)

    follower.refresh_from_db()
    other.refresh_from_db()
    assert (follower.internal_on, other.internal_on) == (D(2025, 3, 17), before)
    assert office_of(Organ.objects.get(pk=below.pk)).policy.internal_due_day == 10


def test_the_number_form_is_used_from_the_next_number_on(desk, organ, clerk):
    told = typed(number_form="石水公开〔{年}〕第{号}号")
    preview = desk.post(reverse(URL), told)
    assert "石水公开〔" in preview.content.decode()
    desk.post(reverse(URL), told | {"seen": preview.context["mark"]})

    assert make_request(organ, clerk, on=D(2025, 3, 3)).number == "石水公开〔2025〕第1号"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number_form": "第{号}号"}, "编号格式里要有且只有一个“{年}”。"),
        ({"remind_on": "七、十"}, "提醒日只写数字，用顿号分开，如“7、10、15、18”。"),
        ({"remind_on": "0、99"}, "提醒日应当在第1至第60个工作日之间。"),
        ({"switch_correction_days": "0"}, "确保该值大于或等于1。"),
    ],
)
def test_nonsense_is_refused_in_words(desk, wrong, sentence):
    response = desk.post(reverse(URL), typed(**wrong))

    assert [e for errors in response.context["form"].errors.values() for e in errors] == [sentence]
    assert not Office.objects.exists()


def test_who_reviews_may_look_and_not_decide(client, organ, people):
    signed_in(client, people[Duty.LEGAL])

    page = client.get(reverse(URL)).content.decode()
    assert "办理口径由石家庄市水务局的信息公开机构确定" in page
    mark = client.post(reverse(URL), typed(keep_years="20")).context["mark"]
    refused = client.post(reverse(URL), typed(keep_years="20") | {"seen": mark})

    assert refused.context["form"].non_field_errors() == [
        "办理口径由石家庄市水务局的信息公开机构确定。"
    ]
    assert not Office.objects.exists()


def test_a_stranger_does_not_see_it(client, organ):
    signed_in(client, make_staff("外人", Duty.DISCLOSURE))

    assert client.get(reverse(URL), {"organ": organ.pk}).status_code == 403


def test_nothing_changed_is_told(organ, clerk):
    settle(organ, {"keep_years": 12}, by=clerk)

    with pytest.raises(NotAllowed, match="没有改变"):
        settle(organ, {"keep_years": 12}, by=clerk)
