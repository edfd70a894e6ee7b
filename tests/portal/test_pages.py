from datetime import date, timedelta

import pytest
from django.utils import timezone

from city import make_organ
from gongkai.documents.actions import publishing
from gongkai.portal.search import marked
from gongkai.search.index import rebuild
from library import make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db
ADDRESSES = (
    *("/", "/search/", "/search/?q=供热", "/organs/", "/apply/", "/contact/", "/accessibility/"),
    *("/sitemap/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-0.xml", "/robots.txt"),
)


def text(response):
    content = response.getvalue() if response.streaming else response.content
    return content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_stands_in_an_empty_house(client, address):
    assert client.get(address).status_code == 200


def test_the_home_shows_the_newest_the_blocks_and_their_tags(client):
    office = make_office()
    document = make_issued(office, "关于供热的通知")

    page = text(client.get("/"))

    assert f'<a href="/documents/{document.pk}/">关于供热的通知</a>' in page
    assert 'name="ColumnType" content="首页"' in page
    for block in ("政策", "政府信息公开指南", "政府信息公开制度", "政府信息公开年报",
                  "法定主动公开内容", "依申请公开"):  # fmt: skip
        assert f">{block}</a></h3>" in page


@pytest.mark.parametrize("address", ["/", "/organs/", "/sitemap/", "/search/?q=供热"])
def test_queries_do_not_grow_with_the_rows(client, address):
    office = make_office()
    make_issued(office, "关于供热的通知")

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.get(address)  # what is kept for a while is read
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        return len(counted)

    before = queries()
    for number in range(5):
        make_issued(office, f"关于供热的第{number}号通知")
        make_organ(parent=office.organ)

    assert queries() == before <= 10


def test_what_is_not_public_is_on_no_page_of_the_door(client):
    office = make_office()
    make_draft(office, "谁也不该看见的金丝雀")
    taken_down = make_issued(office, "撤下的金丝雀")
    publishing.withdraw(taken_down, by=office.disclosure, note="有误")
    list(rebuild())

    organ = f"/organs/{office.organ.pk}/"
    for address in (*ADDRESSES, "/search/?q=金丝雀", organ):
        assert "的金丝雀" not in text(client.get(address)), address
        assert f"/documents/{taken_down.pk}/" not in text(client.get(address)), address


@pytest.mark.parametrize(
    "typed",
    ["石政办发〔2025〕1号", "石政办发[2025]1号", "石政办发【2025】1号", "石政辦發(2025)1號"],
)
def test_a_number_is_found_in_any_brackets_and_stands_on_top(client, typed):
    office = make_office()
    make_issued(office, "关于供热的通知")
    for number in range(3):
        make_issued(office, f"关于落实石政办发2025年1号文件的第{number}个通知")
    list(rebuild())

    hits = client.get("/search/", {"q": typed}).context["hits"]

    assert hits[0].entry.number == "石政办发〔2025〕1号"


def test_filters_hold_together_and_nonsense_is_left_out(client):
    office = make_office()
    make_issued(office, "关于供热的通知")
    list(rebuild())
    today = timezone.localdate()

    def found(**asked):
        return [
            h.entry.title for h in client.get("/search/", {"q": "供热"} | asked).context["hits"]
        ]

    assert found(kind="其他政策文件", validity="有效") == ["关于供热的通知"]
    assert found(kind="规章") == []
    assert found(since=(today + timedelta(days=1)).isoformat()) == []
    assert found(kind="没有的种类", since="2025-99-99") == ["关于供热的通知"]
    assert client.get("/search/?q=供热&at=胡写的").status_code == 400


def test_an_empty_result_says_what_to_do(client):
    page = text(client.get("/search/?q=没有这样的文件"))

    assert "没有找到“没有这样的文件”" in page
    assert 'href="/apply/"' in page


@pytest.mark.parametrize(
    ("title", "query", "expected"),
    [
        ("关于供热的通知", "供热", "关于<mark>供热</mark>的通知"),
        ("关于供热的通知", "供熱", "关于<mark>供热</mark>的通知"),
        ("关于供热的通知", "冬天", "关于供热的通知"),
        ("<b>供热</b>", "供热", "&lt;b&gt;<mark>供热</mark>&lt;/b&gt;"),
        ("2025年ＡＢ计划", "ab", "2025年<mark>ＡＢ</mark>计划"),
    ],
)
def test_what_was_asked_is_marked(title, query, expected):
    assert marked(title, query) == expected


def test_a_merged_organ_says_who_took_over(client):
    heir = make_organ("市场监督管理局")
    old = make_organ("工商行政管理局", valid_to=date(2019, 1, 1), successor=heir)

    page = text(client.get(f"/organs/{old.pk}/"))

    assert "该机关已于2019年1月1日撤并" in page
    assert f'<a href="/organs/{heir.pk}/">市场监督管理局</a>' in page
    assert "工商行政管理局" not in text(client.get("/organs/"))
