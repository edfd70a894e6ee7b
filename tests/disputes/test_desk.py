"""台账、办理页、办理一步、统计。"""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from asked import make_office, make_people
from city import make_organ, make_staff
from disputed import CAME, decide, make_dispute, make_disputed, paper
from gongkai.disputes import figures
from gongkai.disputes.actions import answering, hearing, ruling
from gongkai.disputes.actions.registering import attach
from gongkai.disputes.actions.reminding import remind_all
from gongkai.disputes.models import Dispute, Reminder
from gongkai.disputes.states import Attached, Kind, State
from gongkai.notices.models import Notice
from gongkai.organs.states import Duty
from gongkai.organs.states import Kind as OrganKind
from gongkai.organs.waiting import Group, waiting_for
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture(autouse=True)
def _ready(settings):
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
def desk(client, clerk):
    return signed_in(client, clerk)


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def listed(client, **query):
    response = client.get(reverse("disputes:ledger"), query)
    assert response.status_code == 200
    return [line["id"] for line in response.context["lines"]]


@pytest.fixture
def cases(organ, clerk):
    """A review upheld, a suit lost, a suit pending."""
    upheld = make_dispute(organ, clerk, on=D(2024, 3, 4), about="土地批文", outcome="D1b")
    decide(upheld, clerk, "r68", D(2024, 4, 8))
    lost = make_dispute(organ, clerk, Kind.DIRECT, on=D(2025, 3, 4), about="预算", outcome="C5",
                        article="第十六条第一款", case_number="（2025）冀0102行初7号")  # fmt: skip
    decide(lost, clerk, "s70", D(2025, 6, 3), cause="law")
    pending = make_dispute(organ, clerk, Kind.AFTER, on=D(2025, 7, 7), claimant="欧阳震华")
    return upheld.pk, lost.pk, pending.pk


# ── 台账 ────────────────────────────────────────────────────────────────────────────────────


def test_the_ledger_is_filtered(desk, cases):
    upheld, lost, pending = cases

    assert listed(desk) == [pending, lost, upheld]
    assert listed(desk, kind="direct") == [lost]
    assert listed(desk, result="pending") == [pending]
    assert listed(desk, result="upheld") == [upheld]
    assert listed(desk, year="2025") == [pending, lost]
    assert listed(desk, outcome="C5") == [lost]
    assert listed(desk, outcome="-") == [pending]
    assert listed(desk, cause="law") == [lost]
    assert listed(desk, concluded_from="2024", concluded_to="2024") == [upheld]
    assert listed(desk, due="late") == [pending]
    assert listed(desk, q="冀0102") == [lost]
    assert listed(desk, who="信息公开") == [pending, lost, upheld]
    assert listed(desk, who="没有此人") == []
    assert listed(desk, q="欧阳震华") == [pending]
    assert listed(desk, sort="number") == [pending, lost, upheld]
    assert listed(desk, kind="没有", year="abc", organ="-1") == [pending, lost, upheld]


def test_a_cell_of_the_yearly_table_opens_to_its_list(desk, organ, cases):
    for year in (2024, 2025):
        for kind in Kind:
            for result in ("upheld", "reversed", "other", "pending", ""):
                column = {
                    "upheld": "结果维持", "reversed": "结果纠正", "other": "其他结果",
                    "pending": "尚未审结", "": "总计",
                }[result]  # fmt: skip
                wanted = figures.behind([organ.pk], year, kind.row, column)
                found = listed(desk, counted=year, kind=kind.value, result=result)
                assert set(found) == set(wanted.values_list("pk", flat=True))


def test_the_list_of_a_year_tells_the_result_of_its_last_day(desk, organ, clerk):
    case = make_dispute(organ, clerk, on=D(2024, 11, 4))
    decide(case, clerk, "r68", D(2025, 1, 6))

    def told(**query):
        lines = desk.get(reverse("disputes:ledger"), query).context["lines"]
        return [line["result_name"] for line in lines]

    assert [told(), told(counted=2024), told(counted=2025)] == [
        ["结果维持"], ["尚未审结"], ["结果维持"],
    ]  # fmt: skip


def test_struck_cases_are_listed_only_when_asked_for(desk, organ, clerk):
    case = make_dispute(organ, clerk)
    ruling.strike(case, by=clerk, reason="重复登记")

    assert listed(desk) == []
    assert listed(desk, state="struck") == [case.pk]


def test_the_ledger_asks_the_same_few_questions_however_long_it_is(
    desk, organ, clerk, django_assert_num_queries
):
    make_dispute(organ, clerk)
    listed(desk)
    with django_assert_num_queries(QUERIES_OF_THE_LEDGER):
        listed(desk)
    for _ in range(30):
        make_dispute(organ, clerk)
    with django_assert_num_queries(QUERIES_OF_THE_LEDGER):
        assert len(listed(desk)) == 20


#: Session, person, rights, rows, count.
QUERIES_OF_THE_LEDGER = 5


def test_the_page_of_a_case_asks_few_questions_however_much_there_is(
    desk, organ, clerk, django_assert_max_num_queries
):
    case = make_dispute(organ, clerk, Kind.DIRECT)
    for _ in range(5):
        hearing.hear(case, by=clerk, on=CAME, place="第一庭", goes="王主任")
        attach(case, [paper(Attached.OTHER)], by=clerk)
        make_dispute(organ, clerk, Kind.AFTER)
    decide(case, clerk, "s69", D(2025, 7, 1))
    desk.get(case.get_absolute_url())

    with django_assert_max_num_queries(18):
        desk.get(case.get_absolute_url())


def test_the_ledger_is_exported_and_printed_as_it_is_filtered(desk, cases):
    csv = desk.post(reverse("disputes:export") + "?kind=direct", {"form": "csv"})
    text = b"".join(csv.streaming_content).decode()
    assert "（2025）冀0102行初7号" in text
    assert "土地批文" not in text
    assert "张三丰" not in text

    printed = desk.get(reverse("disputes:print"), {"kind": "review"}).content.decode()
    assert ("土地批文" in printed, "冀0102" in printed) == (True, False)


def test_names_are_exported_for_a_reason_that_is_written_down(desk, organ, cases):
    refused = desk.post(reverse("disputes:export"), {"form": "csv", "names": "on"})
    assert "请写明原因" in refused.content.decode()

    told = {"form": "csv", "names": "on", "reason": "出庭准备"}
    text = b"".join(desk.post(reverse("disputes:export"), told).streaming_content).decode()
    assert "欧阳震华" in text
    assert Step.objects.of(organ).get(move="export_names").note == "出庭准备"


# ── 谁看得到 ────────────────────────────────────────────────────────────────────────────────


def test_who_is_not_of_the_organ_sees_nothing(client, organ, clerk):
    case = make_dispute(organ, clerk, sent=[paper(Attached.COPY)], claimant="鸦当事人",
                        about="鸦事项", case_number="鸦案号")  # fmt: skip
    one = hearing.hear(case, by=clerk, on=CAME, place="鸦地点", goes="王主任")
    (kept,) = case.attachments.all()
    stranger = make_staff(
        "外人", Duty.DISCLOSURE, Duty.LEGAL, Duty.OFFICE_HEAD, organ=make_organ("石家庄市民政局")
    )
    signed_in(client, stranger)
    deeds = ("assign", "attach", "amend", "file", "hear", "decide", "appeal", "decide_appeal",
             "order", "obey", "learn")  # fmt: skip
    inner = [
        reverse("disputes:dispute", args=[case.pk]),
        reverse("disputes:file_of", args=[case.pk, kept.pk]),
        reverse("disputes:attend", args=[case.pk, one.pk]),
        reverse("disputes:cancel_hearing", args=[case.pk, one.pk]),
        *(reverse(f"disputes:do_{move}", args=[case.pk]) for move in deeds),
    ]
    outer = [reverse(f"disputes:{name}") for name in ("ledger", "print", "export", "statistics",
                                                      "register")]  # fmt: skip

    assert {client.get(url).status_code for url in inner} == {404}
    assert (
        client.post(reverse("disputes:act", args=[case.pk]), {"move": "strike"}).status_code == 404
    )
    for url in outer:
        page = client.get(url, {"organ": organ.pk, "q": "鸦"})
        assert (page.status_code, "鸦事项" in page.content.decode()) == (200, False)


def test_the_competent_department_sees_the_case_and_not_the_person(client, organ, clerk):
    case = make_dispute(organ, clerk, claimant="欧阳震华", sent=[paper(Attached.COPY, "欧阳.txt")])
    city = organ.parent
    signed_in(client, make_staff("主管", Duty.COMPETENT, organ=city))
    page = client.get(case.get_absolute_url()).content.decode()
    (kept,) = case.attachments.all()

    seen = [word in page for word in ("2024年部门预算", "欧阳**", "欧阳震华", "欧阳.txt")]
    assert seen == [True, True, False, False]
    assert client.get(reverse("disputes:file_of", args=[case.pk, kept.pk])).status_code == 403
    assert listed(client, q="欧阳震华") == []
    assert listed(client) == [case.pk]


def test_nobody_gets_in_without_signing_in(client, organ, clerk):
    case = make_dispute(organ, clerk)

    assert client.get(case.get_absolute_url()).status_code == 302
    assert client.get(reverse("disputes:ledger")).status_code == 302


# ── 办理 ────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_registered_from_the_page_of_a_request(client):
    organ, people, application = make_disputed("A2")
    desk = signed_in(client, people[Duty.DISCLOSURE])
    page = desk.get(application.get_absolute_url()).content.decode()
    url = f"{reverse('disputes:register')}?application={application.pk}"
    assert url in page

    form = desk.get(url).context["form"]
    assert form.initial["application"] == application.number
    made = desk.post(url, {
        "organ": organ.pk, "kind": "review", "application": application.number,
        "challenged": "reply", "body": "石家庄市人民政府", "received_on": "2025-05-06",
        "procedure": "simple",
    }, follow=True)  # fmt: skip

    case = Dispute.objects.get()
    assert "应于2025-05-13前提交复议答复书" in made.content.decode()
    assert (case.outcome, case.handler) == ("A2", people[Duty.DISCLOSURE])
    assert case.number in desk.get(application.get_absolute_url()).content.decode()


def test_what_cannot_be_registered_keeps_what_was_typed(desk, organ):
    page = desk.post(reverse("disputes:register"), {
        "organ": organ.pk, "kind": "review", "application": "没有这一号", "challenged": "reply",
        "body": "河北省人民政府", "received_on": "2025-13-45", "procedure": "ordinary",
    })  # fmt: skip
    text = page.content.decode()

    assert "登记簿里没有编号为“没有这一号”的申请" in text
    assert 'value="河北省人民政府"' in text
    assert Dispute.objects.count() == 0


def test_a_warning_stands_on_the_page_of_the_case(desk, organ, clerk):
    case = make_dispute(organ, clerk, Kind.DIRECT, outcome="C5")

    assert "不应直接起诉（《行政复议法》第二十三条第一款第（四）项）" in (
        desk.get(case.get_absolute_url()).content.decode()
    )


def do(client, case, move, **told):
    case.refresh_from_db()
    return client.post(
        reverse(f"disputes:do_{move}", args=[case.pk]), {"seen": case.state, **told}, follow=True
    )


def spot(client, case, move, note=""):
    case.refresh_from_db()
    url = reverse("disputes:act", args=[case.pk])
    return client.post(url, {"move": move, "seen": case.state, "note": note}, follow=True)


def test_a_whole_suit_goes_over_the_pages(client, organ, people):
    clerk, head = people[Duty.DISCLOSURE], people[Duty.OFFICE_HEAD]
    case = make_dispute(organ, clerk, Kind.DIRECT, outcome="D1b")
    attach(case, [paper(Attached.ANSWER), paper(Attached.EVIDENCE)], by=clerk)
    desk = signed_in(client, clerk)
    spot(desk, case, "submit")
    spot(signed_in(client, head), case, "approve")
    signed_in(client, clerk)
    do(desk, case, "file", on="2025-05-20", note="EMS")
    do(desk, case, "hear", on="2025-06-10", at="09:30", place="第三法庭", goes="王主任")
    (one,) = case.hearings.all()
    desk.post(reverse("disputes:attend", args=[case.pk, one.pk]), {"note": "当庭质证"})
    do(desk, case, "decide", finding="s70", cause="law", on="2025-07-01",
       received_on="2025-07-03", number="（2025）冀0102行初9号")  # fmt: skip
    do(desk, case, "appeal", party="ours", on="2025-07-10", court="石家庄市中级人民法院")
    do(desk, case, "decide_appeal", disposal="affirmed", on="2025-09-02")
    do(desk, case, "order", on="2025-09-03", workdays="15")
    do(desk, case, "obey", on="2025-09-20")
    do(desk, case, "learn", text="先检索后答复")
    spot(desk, case, "close")

    case.refresh_from_db()
    assert (case.state, case.result, case.concluded_on, case.replied_on) == (
        State.CLOSED, "reversed", D(2025, 9, 2), D(2025, 9, 20),
    )  # fmt: skip
    assert [step.move for step in Step.objects.of(case).order_by("number")] == [
        "register", "attach", "submit", "approve", "file", "hear", "attend", "decide", "appeal",
        "decide_appeal", "order", "obey", "learn", "close",
    ]  # fmt: skip


def test_a_form_that_is_refused_comes_back_with_its_reason(desk, organ, clerk):
    case = make_dispute(organ, clerk)
    page = do(desk, case, "decide", finding="r64", on="2025-07-01", received_on="2025-07-02",
              number="石政复决〔2025〕7号")  # fmt: skip
    text = page.content.decode()

    assert "被纠正的，请选择原因" in text
    assert 'value="石政复决〔2025〕7号"' in text


def test_who_comes_second_is_told_so(desk, organ, clerk):
    case = make_dispute(organ, clerk)
    page = desk.post(
        reverse("disputes:do_decide", args=[case.pk]),
        {"seen": "answered", "finding": "r68", "on": "2025-07-01", "received_on": "2025-07-02"},
    )

    assert "刚刚由别人办理过" in page.content.decode()


@pytest.mark.parametrize("name", ["dispute", "do_decide", "do_amend", "do_appeal", "do_obey"])
def test_a_page_of_a_case_opens_in_every_state(desk, organ, clerk, name):
    case = make_dispute(organ, clerk)
    for state in State.values:
        Dispute.objects.filter(pk=case.pk).update(state=state)
        assert desk.get(reverse(f"disputes:{name}", args=[case.pk])).status_code == 200


# ── 待办、提醒 ──────────────────────────────────────────────────────────────────────────────


def test_what_waits_is_on_the_home_of_the_desk(organ, people):
    clerk, head = people[Duty.DISCLOSURE], people[Duty.OFFICE_HEAD]
    case = make_dispute(organ, clerk)
    attach(case, [paper(Attached.ANSWER), paper(Attached.EVIDENCE)], by=clerk)
    assert [(task.group, task.button) for task in waiting_for(clerk)] == [(Group.LATE, "办理")]

    answering.submit(case, by=clerk)
    assert list(waiting_for(clerk)) == []
    assert [(task.group, task.button) for task in waiting_for(head)] == [(Group.LATE, "审定")]


def test_a_reminder_is_told_once(organ, clerk):
    clerk.email = "clerk@example.cn"
    clerk.save()
    case = make_dispute(organ, clerk)
    first = case.due_on - timedelta(days=5)
    assert [remind_all(first), Reminder.objects.count()] == [0, 0]

    told = [remind_all(case.due_on - timedelta(days=1)), remind_all(case.due_on),
            remind_all(case.due_on), remind_all(case.due_on + timedelta(days=5))]  # fmt: skip

    assert told == [1, 1, 0, 1]
    assert [one.rule for one in case.reminders.order_by("pk")] == [
        "answer_near", "answer_last", "answer_late",
    ]  # fmt: skip
    assert {"张三丰" in notice.body for notice in Notice.objects.all()} == {False}


def test_a_hearing_is_told_of_the_working_day_before(organ, clerk):
    today = timezone.localdate()
    case = make_dispute(organ, clerk, on=today)
    day = today + timedelta(days=40)
    hearing.hear(case, by=clerk, on=day, place="第三法庭", goes="王主任")
    Dispute.objects.filter(pk=case.pk).update(due_on=None)

    assert remind_all(day - timedelta(days=11)) == 0
    assert remind_all(day) == 1


# ── 统计 ────────────────────────────────────────────────────────────────────────────────────


def test_every_figure_of_the_statistics_opens_to_its_list(desk, organ, clerk, cases):
    page = desk.get(reverse("disputes:statistics"), {"concluded_from": 2023, "concluded_to": 2025})
    analysis = page.context["analysis"]
    opened = [
        (line.counts[name], url)
        for line in (analysis.total, *analysis.years, *analysis.organs)
        for name, url in line.urls.items()
    ] + [(bar.value, bar.url) for chart in analysis.charts for bar in chart.bars]

    assert len(opened) == 4 * 4 + 3
    for count, url in opened:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert len(listed(desk, **query)) == count
    assert analysis.total.lost == 50.0


def test_the_statistics_count_what_one_sees_and_no_more(client, organ, cases):
    stranger = make_staff("外人", Duty.LEGAL, organ=make_organ(kind=OrganKind.DEPARTMENT))
    page = signed_in(client, stranger).get(reverse("disputes:statistics"))

    assert page.context["analysis"].total.counts["total"] == 0
