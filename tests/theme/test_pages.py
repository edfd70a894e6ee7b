"""What every page carries; the page of sign-in stands for them all."""

import re
from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from gongkai.errors import BadInput, NotAllowed
from gongkai.theme.middleware import Sentences
from gongkai.theme.templatetags.theme import filesize, page_tags, pill

PAGE = "/sign-in/"
pytestmark = pytest.mark.django_db


def test_scripts_and_styles_run_only_from_here_or_with_the_nonce(client):
    first, second = client.get(PAGE), client.get(PAGE)

    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert policy != second.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=", first.content.decode())


def test_the_marks_the_guidelines_ask_for_are_on_the_page(client, settings):
    settings.SITE = {
        **settings.SITE,
        "name": "石州市人民政府",
        "domain": "www.shizhou.gov.cn",
        "id_code": "1399000001",
        "icp": "冀ICP备00000001号",
    }

    text = client.get(PAGE).content.decode()

    for mark in (
        '<meta name="SiteName" content="石州市人民政府">',
        '<meta name="SiteDomain" content="www.shizhou.gov.cn">',
        '<meta name="SiteIDCode" content="1399000001">',
        "政府网站标识码：1399000001",
        "ICP备案：冀ICP备00000001号",
        "公安备案：",
        "主办单位：",
        "联系方式：",
        "站点地图",
        "党政机关网站标识",
        "我为政府网站找错",
        '<form class="search" action="/search/"',
        '<a class="skip" href="#main">',
    ):
        assert mark in text


def test_tags_of_column_and_article_are_escaped():
    tags = page_tags(
        {},
        column={
            "name": "政策文件",
            "description": "规章",
            "keywords": ["规章", "文件"],
            "type": "政策文件",
        },
        article={"title": '"<b>', "pub_date": "2026-03-02 09:00", "source": "市政府"},
    )

    assert tags.splitlines()[3:] == [
        '<meta name="ColumnName" content="政策文件">',
        '<meta name="ColumnDescription" content="规章">',
        '<meta name="ColumnKeywords" content="规章,文件">',
        '<meta name="ColumnType" content="政策文件">',
        '<meta name="ArticleTitle" content="&quot;&lt;b&gt;">',
        '<meta name="PubDate" content="2026-03-02 09:00">',
        '<meta name="ContentSource" content="市政府">',
    ]


def test_a_reader_chooses_traditional_script_and_goes_on(client):
    answer = client.get(reverse("theme:reading"), {"script": "hant", "next": PAGE})

    assert (answer.status_code, answer.url) == (302, PAGE)
    page = client.get(PAGE)
    assert 'lang="zh-Hant"' in page.content.decode()
    assert "登錄工作臺" in page.content.decode()
    client.get(reverse("theme:reading"), {"script": "hans"})
    assert "登录工作台" in client.get(PAGE).content.decode()


def test_a_link_may_carry_the_script(client):
    assert "登錄工作臺" in client.get(PAGE, {"script": "hant"}).content.decode()


def test_elder_mode_is_a_class_of_the_page(client):
    client.get(reverse("theme:reading"), {"view": "elder", "contrast": "high", "size": "larger"})

    assert 'class="elder contrast-high size-larger"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("away", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(client, away):
    answer = client.get(reverse("theme:reading"), {"view": "elder", "next": away})

    assert answer.url == "/"


def test_a_page_that_is_not_there_says_so(client):
    answer = client.get("/没有这一页/")

    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


@pytest.mark.parametrize(
    ("problem", "status"), [(NotAllowed("起草人不得发布。"), 403), (BadInput("日期有误。"), 400)]
)
def test_an_error_of_the_house_becomes_a_page_that_says_it(problem, status):
    answer = Sentences(lambda request: None).process_exception(RequestFactory().get("/"), problem)

    assert answer.status_code == status
    assert str(problem) in answer.content.decode()


def test_other_errors_are_left_to_django():
    handler = Sentences(lambda request: None)

    assert handler.process_exception(RequestFactory().get("/"), KeyError("x")) is None


def test_a_form_that_is_too_old_says_so(client):
    client.handler.enforce_csrf_checks = True

    answer = client.post(PAGE, {"login": "a", "password": "b"})

    assert answer.status_code == 403
    assert "页面已经过期" in answer.content.decode()


def test_each_day_of_a_strip_is_said_in_words_too():
    days = [
        {"date": date(2026, 3, 2), "kind": "start", "number": None, "text": "收到"},
        {"date": date(2026, 3, 3), "kind": "counted", "number": 1, "text": "第1个工作日"},
    ]

    text = Template("{% strip days %}").render(Context({"days": days}))

    assert re.findall(r'<li class="([^"]+)"><time datetime="([^"]+)">', text) == [
        ("strip-start", "2026-03-02"),
        ("strip-counted", "2026-03-03"),
    ]
    assert "<b></b><span>收到</span>" in text
    assert "<b>1</b><span>第1个工作日</span>" in text


def test_the_tab_one_is_on_is_marked():
    request = RequestFactory().get("/a/", {"show": "b"})

    text = Template("{% tabs '甲' '/a/' '乙' '/a/?show=b' %}").render(Context({"request": request}))

    assert re.findall(r'href="([^"]+)" aria-current="page"', text) == ["/a/?show=b"]


def test_the_query_of_a_page_is_changed_and_paging_begins_anew():
    request = RequestFactory().get("/", {"q": "财政 预算", "at": "abc", "kind": "x"})
    context = Context({"request": request})

    turned = Template("{% query kind='y' q=None %}").render(context)
    paged = Template("{% query at='def' %}").render(context)

    assert (turned, paged) == (
        "?kind=y",
        "?q=%E8%B4%A2%E6%94%BF+%E9%A2%84%E7%AE%97&amp;at=def&amp;kind=x",
    )


def test_the_last_step_of_a_breadcrumb_is_where_one_is():
    text = Template("{% breadcrumb '首页' '/' '政策' '/zc/' '正文' %}").render(Context())

    assert re.findall(r">([^<>\s]+)</(a|span)>", text) == [
        ("首页", "a"),
        ("政策", "a"),
        ("正文", "span"),
    ]


@pytest.mark.parametrize(
    ("size", "words"),
    [(999, "999 字节"), (35_840, "35 KB"), (1_258_291, "1.2 MB"), (5 * 2**30, "5.0 GB")],
)
def test_sizes_are_said_as_people_say_them(size, words):
    assert filesize(size) == words


def test_a_pill_escapes_and_knows_its_tones():
    assert pill("<有效>", "good") == '<span class="pill pill-good">&lt;有效&gt;</span>'
    assert pill("有效", "loud") == '<span class="pill pill-plain">有效</span>'


def test_the_foot_of_the_page_follows_the_settings_though_it_is_drawn_once(client, settings):
    for host in ("石州市人民政府", "石州市人民政府办公室"):
        settings.SITE = {**settings.SITE, "host": host}
        assert f"主办单位：{host}</span>" in client.get("/").content.decode()


def test_navigation_marks_the_entry_that_leads_here_and_escapes_what_is_written():
    entries = [
        {"label": "甲<乙", "url": "/a/", "current": True},
        {"label": "丙", "url": "/b/", "current": False},
    ]

    drawn = Template("{% entries it %}").render(Context({"it": entries}))

    assert drawn == (
        '<li><a href="/a/" aria-current="page">甲&lt;乙</a></li><li><a href="/b/">丙</a></li>'
    )
