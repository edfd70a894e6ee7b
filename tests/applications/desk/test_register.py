"""登记簿：filters, search, paging, export, print, giving several at once."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from asked import IDENTITY, answer, make_office, make_people, make_request, person, post
from city import make_organ, make_staff
from gongkai.applications import finding
from gongkai.applications.actions import consulting, correcting, extending, receiving
from gongkai.applications.models import Application, Fee, SavedList
from gongkai.applications.states import Sort
from gongkai.cli import main
from gongkai.law.events import Whom
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


def test_a_handler_a_unit_and_a_last_day_narrow_the_list(desk, organ, clerk, people):
    mine = make_request(organ, clerk, on=D(2025, 3, 3))
    given = make_request(organ, clerk, on=D(2025, 4, 7), subject="别的")
    receiving.assign(given, by=clerk, handler=people[Duty.DRAFT], unit="水资源管理处")
    answered = make_request(organ, clerk, on=D(2025, 3, 3), subject="已答的")
    answer(answered, people, D(2025, 3, 20))

    assert numbers(desk, who=people[Duty.DRAFT].name) == [given.pk]
    assert numbers(desk, who="没有这个人") == []
    assert numbers(desk, unit="水资源管理处") == [given.pk]
    assert numbers(desk, unit="水资源") == [given.pk]
    assert numbers(desk, unit="资源处") == []
    assert numbers(desk, due_to="2025-03-31") == [mine.pk]
    assert numbers(desk, due_from=f"{given.due_on}", due_to=f"{given.due_on}") == [given.pk]


def test_what_stands_out_in_a_course_narrows_the_list(desk, organ, clerk, people):
    plain = make_request(organ, clerk)
    rectified = make_request(organ, clerk, subject="门牌有误", sort=Sort.RECTIFICATION)
    longer = make_request(organ, clerk, subject="延期的", on=timezone.localdate())
    extending.propose_extension(longer, by=clerk, workdays=10, reason="需要查找纸质档案")
    head = people[Duty.OFFICE_HEAD]
    extending.approve_extension(longer, by=head, sending=post(timezone.localdate()))
    consulted = make_request(organ, clerk, subject="征求意见的", on=timezone.localdate())
    consult(consulted, clerk)
    charged = make_request(organ, clerk, subject="收费的")
    Fee.objects.create(application=charged, method="items", count=40, amount=3000,
                       reason="数量明显超过合理范围", issued_on=D(2025, 3, 10))  # fmt: skip
    for one, round_ in ((plain, 1), (rectified, 2)):
        Application.objects.filter(pk=one.pk).update(disputed=True, round=round_)

    assert numbers(desk, kind="rectification") == [rectified.pk]
    assert numbers(desk, course="extended") == [longer.pk]
    assert numbers(desk, course="consulted") == [consulted.pk]
    assert numbers(desk, course="charged") == [charged.pk]
    assert numbers(desk, course="again") == [rectified.pk]
    assert sorted(numbers(desk, course="disputed")) == [plain.pk, rectified.pk]


def consult(one, clerk, name="永顺建材公司"):
    return consulting.consult(
        one, by=clerk, whom=Whom.THIRD_PARTY, name=name, information="施工合同",
        sending=post(timezone.localdate()),
    )  # fmt: skip


def test_a_third_party_is_found_as_an_applicant_is_and_by_nobody_else(desk, organ, clerk):
    make_request(organ, clerk)
    one = make_request(organ, clerk, on=timezone.localdate(), subject="施工合同",
                       persons=[person(), person("李四光", proxy="钱律师")])  # fmt: skip
    consult(one, clerk)

    for name in ("永顺建材公司", "永顺 施工", "李四光", "钱律师"):
        assert numbers(desk, q=name) == [one.pk]

    signed_in(desk, make_staff("主管", Duty.COMPETENT, organ=organ.parent))
    for name in ("永顺建材公司", "李四光", "钱律师"):
        assert numbers(desk, q=name) == []


def test_what_a_correction_added_and_what_was_split_is_found(desk, organ, clerk):
    today = timezone.localdate()
    corrected = make_request(organ, clerk, on=today, description="长" * 5_000)
    correcting.ask_to_correct(
        corrected, by=clerk, what="年度不明确", guidance="写明年度", correct_by=today,
        sending=post(today),
    )  # fmt: skip
    correcting.take_correction(corrected, by=clerk, text="滹沱河生态补水方案")
    parted = make_request(organ, clerk, subject="两件事")
    receiving.split(parted, ["节水型社会规划", "取水许可台账"], by=clerk)

    assert numbers(desk, q="生态补水") == [corrected.pk]
    assert numbers(desk, q="取水许可台账") == [parted.pk]
    assert list(finding.refill()) == [2]
    assert numbers(desk, q="生态补水") == [corrected.pk]


def test_a_number_somebody_wrote_into_his_request_is_not_searched(desk, organ, clerk):
    told = f"本人身份证{IDENTITY}，电话13800138000，查2024年1号井水质"
    one = make_request(organ, clerk, description=told)

    assert numbers(desk, q=IDENTITY) == []
    assert numbers(desk, q="13800138000") == []
    assert numbers(desk, q="井水质") == [one.pk]


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


def test_a_command_fills_the_words_anew(desk, organ, clerk, capsys):
    one = make_request(organ, clerk)
    finding.drop([one])

    assert main(["search", "register"]) == 0

    assert capsys.readouterr().out == "登记簿的检索已重新建立：1 件申请。\n"
    assert numbers(desk, q="部门预算") == [one.pk]


def test_the_list_asks_few_queries_at_any_depth(desk, organ, clerk, django_assert_max_num_queries):
    for number in range(45):
        make_request(organ, clerk, subject=f"第{number}件", persons=[person(f"张{number}")])
    url = reverse("applications:desk_register")
    at = desk.get(url).context["page"].older
    at = desk.get(url, {"at": at}).context["page"].older

    told = {"who": clerk.name, "unit": "处", "course": "extended", "due_from": "2025-03-01"}
    for query in ({}, {"at": at}, {"q": "第3件"}, {"sort": "due", "phase": "working"}, told):
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
