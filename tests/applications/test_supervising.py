"""监督：figures of all organs, samples, orders, complaints."""

from datetime import date, timedelta

import pytest

from asked import answer, make_office, make_people, make_request, person
from city import make_organ, make_staff
from gongkai.applications.actions import supervising
from gongkai.applications.actions.complaining import complain
from gongkai.applications.models import Complaint, Order, Sample
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.states import Duty, Kind

pytestmark = pytest.mark.django_db
D = date
YEAR = (D(2025, 1, 1), D(2025, 12, 31))


@pytest.fixture(autouse=True)
def _ready(settings):
    """In these tests everybody is through with passwords and second factors."""
    settings.DEMO = True


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
def watcher(organ):
    return make_staff("主管人", Duty.COMPETENT, organ=organ.parent)


def of(organ, rows):
    return next(row for row in rows if row.organ == organ)


def test_lateness_is_told_against_the_day_that_held(organ, people, clerk, watcher):
    for on in (D(2025, 3, 20), D(2025, 4, 2)):
        answer(make_request(organ, clerk), people, on)
    make_request(organ, clerk)

    row = of(organ, supervising.figures(supervising.organs_below(watcher), *YEAR))

    assert (row.received, row.answered, row.late, row.past_original) == (3, 2, 1, 1)
    assert (row.open, row.overdue, row.in_time) == (1, 1, 50.0)
    assert row.days == 23.5


def test_the_figures_ask_three_questions_however_many_organs(
    organ, clerk, watcher, django_assert_num_queries
):
    for _ in range(5):
        make_organ(parent=organ.parent)
    organs = supervising.organs_below(watcher)
    with django_assert_num_queries(3):
        supervising.figures(organs, *YEAR)


def test_a_draw_can_be_repeated_and_takes_none_twice(organ, people, clerk, watcher):
    for _ in range(4):
        answer(make_request(organ, clerk), people, D(2025, 3, 20))
    first = supervising.draw(organ.parent, *YEAR, 2, by=watcher, seed=7)
    again = supervising.draw(organ.parent, *YEAR, 9, by=watcher)
    drawn = [one.reply_id for one in (*first, *again)]
    assert (len(first), len(drawn), len(set(drawn))) == (2, 4, 4)
    with pytest.raises(BadInput, match="没有可以抽查"):
        supervising.draw(organ.parent, *YEAR, 1, by=watcher)
    with pytest.raises(NotAllowed, match="主管部门"):
        supervising.draw(organ, *YEAR, 1, by=clerk)


def test_a_flawed_reply_must_be_explained_and_put_right(organ, people, clerk, watcher):
    application = make_request(organ, clerk)
    answer(application, people, D(2025, 3, 20))
    (sample,) = supervising.draw(organ, *YEAR, 1, by=watcher)
    with pytest.raises(BadInput, match="写明问题"):
        supervising.judge(sample, by=watcher, verdict="wrong", finding="")
    supervising.judge(sample, by=watcher, verdict="wrong", finding="没有写明依据的项")

    made = supervising.order(
        organ,
        by=watcher,
        problem=sample.finding,
        demand="重新核对",
        due_on=D.today() + timedelta(days=7),
        application=application,
        sample=sample,
    )
    supervising.report(made, by=clerk, text="已改")
    supervising.settle(made, by=watcher, accepted=False, note="还不完整")
    supervising.report(made, by=clerk, text="已全部改正")
    supervising.settle(made, by=watcher, accepted=True)
    assert made.state == "done"


def test_an_order_into_the_past_is_refused(organ, watcher):
    with pytest.raises(BadInput, match="不能早于今天"):
        supervising.order(organ, by=watcher, problem="问题", demand="要求", due_on=D(2025, 1, 1))


def test_a_complaint_is_looked_into_and_answered(organ, clerk, watcher):
    application = make_request(organ, clerk)
    complaint = complain(
        organ, "逾期不答复", name="张三丰", phone="13800138000", application=application
    )
    supervising.find(complaint, by=watcher, finding="属实", sound=True)
    with pytest.raises(NotAllowed, match="请先发出责令改正"):
        supervising.answer(complaint, by=watcher, text="已处理")
    supervising.order(
        organ, by=watcher, problem="逾期", demand="立即答复", due_on=D.today(), complaint=complaint
    )
    supervising.answer(complaint, by=watcher, text="已责令立即答复")
    assert complaint.state == "done"


@pytest.fixture
def sign_in(client):
    def enter(staff):
        client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


def test_the_pages_of_supervision_by_a_browser_without_script(
    organ, people, clerk, watcher, sign_in
):
    answer(make_request(organ, clerk), people, D(2025, 4, 2))
    page = sign_in(watcher)

    overview = page.get(
        "/desk/applications/supervision/", {"since": "2025-01-01", "until": "2025-12-31"}
    ).content.decode()
    assert organ.name in overview

    page.post(
        "/desk/applications/samples/",
        {"organ": organ.parent.pk, "since": "2025-01-01", "until": "2025-12-31", "count": 1},
    )
    sample = Sample.objects.get()
    shown = page.get(f"/desk/applications/samples/{sample.pk}/").content.decode()
    assert "张三丰" not in shown
    page.post(f"/desk/applications/samples/{sample.pk}/", {"verdict": "flawed", "finding": "逾期"})
    page.post(
        f"/desk/applications/orders/new/{organ.pk}/?sample={sample.pk}",
        {"problem": "逾期答复", "demand": "说明原因", "due_on": f"{D.today()}"},
    )
    made = Order.objects.get()
    assert (made.sample, made.problem) == (sample, "逾期答复")
    assert made.organ.name in page.get("/desk/applications/orders/").content.decode()

    theirs = sign_in(clerk)
    theirs.post(f"/desk/applications/orders/{made.pk}/", {"text": "已说明"})
    made.refresh_from_db()
    assert made.state == "reported"
    assert theirs.get("/desk/applications/supervision/").status_code == 403

    complaint = complain(organ, "不答复")
    page = sign_in(watcher)
    page.post(f"/desk/applications/complaints/{complaint.pk}/", {"text": "不属实", "sound": "no"})
    page.post(f"/desk/applications/complaints/{complaint.pk}/", {"text": "经核实不成立"})
    assert Complaint.objects.get().state == "done"
    assert "不答复" in page.get("/desk/applications/complaints/").content.decode()


def test_who_is_not_competent_sees_nothing_of_it(organ, sign_in):
    stranger = make_staff("别处", Duty.COMPETENT, organ=make_organ(kind=Kind.COUNTY))
    complaint = complain_somewhere(organ)
    page = sign_in(stranger)
    assert page.get(f"/desk/applications/complaints/{complaint.pk}/").status_code in (403, 404)


def complain_somewhere(organ):
    make_staff("主管", Duty.COMPETENT, organ=organ.parent)
    return complain(organ, "不公开", name=person().name)
