"""登记簿：filters, search, paging, export, print, giving several at once."""

from datetime import date

import pytest
from django.urls import reverse

from asked import answer, make_office, make_people, make_request, person
from city import make_organ, make_staff
from gongkai.applications import finding
from gongkai.applications.models import Application, SavedList
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date


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


def numbers(client, **query):
    response = client.get(reverse("applications:desk_register"), query)
    assert response.status_code == 200
    return [line["id"] for line in response.context["lines"]]


def test_newest_first_and_by_due_day(desk, organ, clerk):
    old = make_request(organ, clerk, on=D(2025, 3, 3))
    new = make_request(organ, clerk, on=D(2025, 4, 7), subject="别的")

    assert numbers(desk) == [new.pk, old.pk]
    assert numbers(desk, sort="due") == [old.pk, new.pk]
    assert numbers(desk, sort="number") == [new.pk, old.pk]


def test_filters_narrow_the_list(desk, organ, clerk, people):
    new = make_request(organ, clerk, registered=False)
    done = make_request(organ, clerk, subject="已答的")
    answer(done, people, D(2025, 5, 20))

    assert numbers(desk, phase="new") == [new.pk]
    assert numbers(desk, phase="done") == [done.pk]
    assert numbers(desk, state="served") == [done.pk]
    assert numbers(desk, outcome="A2") == [done.pk]
    assert numbers(desk, late="answered") == [done.pk]
    assert numbers(desk, late="open") == [new.pk]
    assert numbers(desk, handler="none") == [new.pk]
    assert numbers(desk, handler="mine") == [done.pk]
    assert numbers(desk, channel="fax") == []
    assert sorted(numbers(desk, category="person")) == [new.pk, done.pk]
    assert sorted(numbers(desk, received_from="2025-03-03", received_to="2025-03-03")) == [
        new.pk,
        done.pk,
    ]
    assert numbers(desk, received_from="2025-03-04") == []
    assert sorted(numbers(desk, received_from="31.2.", phase="nonsense")) == [new.pk, done.pk]


@pytest.mark.parametrize(
    "text",
    [
        "供水管网", "供水 批复", "张三丰", "张三", "张", "张三丰 管网", "石水字〔2024〕7号",
        "EMS123456789", "主管道",
    ],
)  # fmt: skip
def test_words_of_any_field_find_it(desk, organ, clerk, text):
    make_request(organ, clerk, subject="供热价格", persons=[person("李四光")])
    one = make_request(
        organ,
        clerk,
        subject="2024年供水管网改造项目的批复",
        description="含主管道的施工图",
        wanted_number="石水字〔2024〕7号",
        arrival_note="邮件号码EMS123456789",
    )

    assert numbers(desk, q=text) == [one.pk]


@pytest.mark.parametrize("form", ["{0}", "{0}-答", " {0} "])
def test_a_number_finds_its_case_alone(desk, organ, clerk, form):
    make_request(organ, clerk)
    one = make_request(organ, clerk)

    assert numbers(desk, q=form.format(one.number)) == [one.pk]
    assert numbers(desk, q=one.number.replace("〔", "[").replace("〕", "]")) == [one.pk]
    assert numbers(desk, q=f"{one.serial}") == [one.pk]


def test_the_tracking_number_of_a_letter_finds_its_case(desk, organ, clerk, people):
    make_request(organ, clerk)
    one = make_request(organ, clerk)
    paper = one.papers.create(letter=3, title="登记回执", body="收到", dated_on=D(2025, 3, 3))
    paper.services.create(way="post", sent_on=D(2025, 3, 4), tracking="XA12345678913")

    assert numbers(desk, q="xa12345678913") == [one.pk]


def test_another_organs_cases_are_neither_shown_nor_found(client, organ, clerk):
    make_request(organ, clerk)
    other = make_staff("别家", Duty.DISCLOSURE, organ=make_organ("石家庄市教育局"))

    signed_in(client, other)

    assert numbers(client) == []
    assert numbers(client, q="部门预算") == []


def test_the_competent_department_sees_no_names_and_finds_by_none(client, organ, clerk):
    one = make_request(organ, clerk)
    signed_in(client, make_staff("主管", Duty.COMPETENT, organ=organ.parent))

    response = client.get(reverse("applications:desk_register"))

    assert [line["name"] for line in response.context["lines"]] == ["张**"]
    assert numbers(client, q="张三丰") == []
    assert numbers(client, q="部门预算") == [one.pk]


def test_nothing_sealed_lies_in_the_words_and_what_is_dropped_is_gone(desk, organ, clerk):
    one = make_request(organ, clerk)

    assert numbers(desk, q="13800138000") == []
    finding.drop([one])

    assert numbers(desk, q="部门预算") == []
    assert list(finding.refill()) == [1]
    assert numbers(desk, q="部门预算") == [one.pk]


def test_the_list_asks_few_queries_at_any_depth(desk, organ, clerk, django_assert_max_num_queries):
    for number in range(45):
        make_request(organ, clerk, subject=f"第{number}件", persons=[person(f"张{number}")])
    url = reverse("applications:desk_register")
    at = desk.get(url).context["page"].older
    at = desk.get(url, {"at": at}).context["page"].older

    for query in ({}, {"at": at}, {"q": "第3件"}, {"sort": "due", "phase": "working"}):
        with django_assert_max_num_queries(8):
            desk.get(url, query)


def test_a_filter_is_saved_used_and_forgotten(desk, clerk):
    desk.post(reverse("applications:save_list"), {"name": "急件", "query": "sort=due"})
    saved = SavedList.objects.get(staff=clerk)
    assert (saved.name, saved.query) == ("急件", "sort=due")

    desk.post(reverse("applications:forget_list", args=[saved.pk]))

    assert not SavedList.objects.exists()


def _exported(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_an_export_has_no_names(desk, organ, clerk):
    make_request(organ, clerk)

    lines = _exported(desk.post(reverse("applications:export"), {"form": "csv"}))

    assert lines[0].startswith("登记编号,受理机关,收到日期")
    assert len(lines) == 2
    assert "张三丰" not in lines[1]


def test_names_are_exported_for_a_reason_that_is_written_down(desk, organ, clerk):
    make_request(organ, clerk)
    url = reverse("applications:export")

    refused = desk.post(url, {"form": "csv", "names": "on", "reason": ""})
    lines = _exported(desk.post(url, {"form": "csv", "names": "on", "reason": "年度归档"}))

    assert refused.context["form"].errors["reason"] == ["包含申请人姓名的，请写明原因。"]
    assert lines[1].startswith("张三丰,")
    assert Step.objects.of(organ).get(move="export_names").note == "年度归档"


def test_who_reviews_is_not_offered_names(client, organ, clerk, people):
    make_request(organ, clerk)
    signed_in(client, people[Duty.LEGAL])

    lines = _exported(
        client.post(
            reverse("applications:export"), {"form": "csv", "names": "on", "reason": "看看"}
        )
    )

    assert "张三丰" not in lines[1]
    assert not Step.objects.of(organ).filter(move="export_names").exists()


def test_a_workbook_opens(desk, organ, clerk):
    import io

    import openpyxl

    one = make_request(organ, clerk, subject="=1+1")

    response = desk.post(reverse("applications:export"), {"form": "xlsx"})

    table = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert table.cell(2, 1).value == one.number
    assert table.cell(2, 6).data_type == "s"


def test_the_register_is_printed_as_a_table(desk, organ, clerk):
    one = make_request(organ, clerk)

    text = desk.get(reverse("applications:print_register")).content.decode()

    assert f"{one.number}</td>" in text
    assert "<td>当面提交</td><td>张三丰</td><td>自然人</td>" in text


def test_several_are_given_at_once_after_a_preview(desk, organ, clerk, people):
    cases = [make_request(organ, clerk, subject=f"第{n}件") for n in range(3)]
    served = make_request(organ, clerk, subject="已答的")
    answer(served, people, D(2025, 3, 20))
    told = {"pk": [one.pk for one in (*cases, served)], "handler": people[Duty.DRAFT].pk}
    url = reverse("applications:give")

    preview = desk.post(url, told)
    assert [bool(reasons) for _, reasons in preview.context["lines"]] == [False] * 3 + [True]
    assert set(Application.objects.values_list("handler", flat=True)) == {clerk.pk}

    desk.post(url, {**told, "sure": "1"})
    assert list(
        Application.objects.filter(handler=people[Duty.DRAFT]).order_by("pk").values_list(
            "pk", flat=True
        )
    ) == [one.pk for one in cases]  # fmt: skip


def test_giving_nothing_is_refused_in_words(desk):
    response = desk.post(reverse("applications:give"), {})

    assert response.status_code == 400
    assert "请先在登记簿中勾选要分办的申请。" in response.content.decode()
