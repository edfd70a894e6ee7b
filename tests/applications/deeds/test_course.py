"""转办、分项、撤回、检索：through the pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asked import make_request
from city import make_organ, make_staff
from gongkai.applications.models import Application
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
D = date


def said(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


@pytest.fixture
def bureau(organ):
    return make_organ("石家庄市水利局", parent=organ.parent, address="中山路2号", phone="0311-1")


@pytest.mark.parametrize("typed", ["石家庄市水利局", "水利"])
def test_forwarded_by_name_or_part_of_it(desk, one, bureau, today, typed):
    desk.post("transfer", one, to=typed, reason="")
    forwarded = Application.objects.get(organ=bureau)
    assert (one.state, forwarded.origin) == ("drafting", one)
    assert one.matters.get().outcome == "D1b"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("石家庄市水", "请写全名称"),
        ("月球局", "没有找到"),
        ("", "请填写这一项"),
        ("<b>", "没有找到"),
    ],
)
def test_an_unclear_name_is_told_and_nothing_is_forwarded(desk, one, bureau, today, typed, words):
    page = desk.post("transfer", one, to=typed, reason="由其负责")
    errors = "".join(map(str, page.context["form"].errors["to"]))
    assert words in errors
    assert page.context["form"]["reason"].value() == "由其负责"
    assert Application.objects.count() == 1


def test_to_itself_it_is_refused(desk, one, organ, today):
    page = desk.post("transfer", one, to=organ.name, reason="")
    assert said(page) == ["不能转给本机关。"]


def test_a_request_is_split_a_line_a_matter(desk, one, today):
    page = desk.get("split", one)
    assert page.context["form"]["texts"].value() == "2024年部门预算；财政局2024年部门预算全文"
    desk.post("split", one, texts="2024年预算\r\n\r\n  2024年会议记录  \r\n")
    assert [row.text for row in one.matters.all()] == ["2024年预算", "2024年会议记录"]


def test_too_many_matters_are_refused(desk, one, today):
    page = desk.post("split", one, texts="\n".join(f"第{n}项" for n in range(51)))
    assert page.context["form"].errors["texts"] == ["最多50项，现在有51项。"]
    assert one.matters.count() == 1


def test_a_written_withdrawal_is_taken(desk, one, today):
    scan = SimpleUploadedFile("撤回.txt", "不再需要".encode())
    desk.post("withdraw", one, on="2025-03-06", text="不再需要", enclosed=scan)
    assert one.attachments.get().sort == "handling"
    assert (one.state, one.matters.get().outcome) == ("drafting", "F3a")


def test_a_file_that_is_refused_leaves_nothing_half_done(desk, one, today):
    scan = SimpleUploadedFile("撤回.exe", b"MZ\x00\x00")
    page = desk.post("withdraw", one, on="2025-03-06", text="不再需要", enclosed=scan)
    assert said(page) == ["文件含有二进制内容，不是文本"]
    assert page.context["form"]["text"].value() == "不再需要"
    assert (one.state, one.events.count()) == ("handling", 0)


def test_a_search_is_logged_with_who_made_it(desk, one, clerk, today):
    assert desk.get("log_search", one).context["form"]["searcher"].value() == clerk.name
    told = {"on": "2025-03-06", "place": "档案管理系统", "words": "2024 预算", "period": "2024年",
            "result": "未检索到", "searcher": clerk.name}  # fmt: skip
    desk.post("log_search", one, **told)
    assert one.searches.get().place == "档案管理系统"
    page = desk.post("log_search", one, **{**told, "on": "2025-03-08"})
    assert said(page) == ["检索日期2025-03-08晚于今天。"]


def test_who_reviews_may_not_search(desk_of, one, today):
    page = desk_of(Duty.SECRECY).post(
        "log_search", one, on="2025-03-06", place="a", words="b", period="c", result="d",
        searcher="e",
    )  # fmt: skip
    assert "登记检索" in said(page)[0]
    assert one.searches.count() == 0


def test_a_case_of_another_organ_is_not_there(desk, clerk, today):
    other = make_organ("石家庄市财政局", parent=clerk.organ.parent)
    theirs = make_request(other, make_staff("财政局员", Duty.DISCLOSURE, organ=other))
    assert desk.get("split", theirs).status_code == 404
    assert desk.post("split", theirs, texts="a").status_code == 404
