"""Every public page: axe finds nothing, nothing runs off a phone, keys are enough."""

import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "首页": "/",
    "检索": "/search/?q=供热",
    "检索无结果": "/search/?q=查无此词一二三",
    "检索页": "/search/",
    "机构职能": "/organs/",
    "机关": "/organs/1/",
    "依申请公开": "/apply/",
    "联系我们": "/contact/",
    "无障碍说明": "/accessibility/",
    "站点地图": "/sitemap/",
    "政策文件库": "/policies/",
    "现行有效规章": "/policies/rule/in-force/",
    "现行有效规范性文件": "/policies/normative/in-force/",
    "专题": "/topics/",
    "归档": "/archive/2022/",
    "公开年报": "/reports/",
    "年报历年数据": "/reports/data/",
    "指南": "/organs/1/guide/",
    "目录": "/organs/1/catalogue/",
    "登录": "/sign-in/",
    "没有的页面": "/nothing-here/",
}
#: Found by following the site: one page of each of these.
FOUND = {
    "文件": "/policies/",
    "废止的文件": "/policies/?validity=repealed",
    "年报": "/reports/years/2022/",
    "栏目": "/sitemap/",
    "专题栏目": "/topics/",
    "政策解读": "/search/?q=居家适老化改造补贴 政策解读",
    "清理结果": "/search/?q=行政规范性文件清理结果",
    "转载的法律": "/search/?q=中华人民共和国保守国家秘密法",
}
READINGS = ("", "view=elder", "view=elder&contrast=high", "script=hant")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    """What axe has to say, in a form one can act on."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        (one["id"], [node["html"][:150] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ]


def reread(page, reading):
    if reading:
        page.goto(f"/reading/?{reading}&next=/contact/")


def address_of(page, name):
    """The address of a page by its name; some are only known to the site."""
    if name in PAGES:
        return PAGES[name]
    page.goto(FOUND[name])
    return page.locator(".site-tree a, .listing a, .hits a").first.get_attribute("href")


@pytest.mark.parametrize("reading", READINGS, ids=["标准", "长者", "高对比", "繁体"])
@pytest.mark.parametrize("name", [*PAGES, *FOUND])
def test_axe_finds_nothing(open_page, name, reading):
    page = open_page()
    address = address_of(page, name)
    reread(page, reading)

    page.goto(address)

    assert violations(page) == []


@pytest.mark.parametrize("reading", ["", "view=elder&size=larger"], ids=["标准", "长者大字"])
@pytest.mark.parametrize("name", [*PAGES, *FOUND])
def test_nothing_runs_off_a_phone(open_page, name, reading):
    page = open_page(width=360, height=780)
    address = address_of(page, name)
    reread(page, reading)

    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_axe_finds_nothing_on_a_phone(open_page):
    page = open_page(width=360, height=780)
    for address in PAGES.values():
        page.goto(address)

        assert violations(page) == [], address


def test_the_first_key_leads_past_the_navigation(open_page):
    page = open_page()
    page.goto("/policies/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_every_link_is_reached_by_key_and_shows_that_it_is(open_page):
    page = open_page()
    page.goto("/organs/1/")
    wanted = page.locator("a[href]:visible, button:visible, input:visible").count()
    seen = []

    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(() => { const one = document.activeElement; const style = getComputedStyle(one);"
                " return one === document.body ? null"
                " : [one.outerHTML.slice(0, 200), style.outlineStyle !== 'none'] })()"
            )
        )

    reached = [one for one in seen if one]
    assert len({html for html, _ in reached}) >= wanted - 5  # some links are written alike
    assert all(shown for _, shown in reached)


def test_search_works_by_key_alone(open_page):
    page = open_page()
    page.goto("/")

    page.locator("#search-box").focus()
    page.keyboard.type("供热")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")

    assert page.locator(".hits li").count() > 0


def test_reading_searching_and_switching_need_no_script(open_page):
    page = open_page(script=False)
    page.goto("/")

    page.locator("#search-box").fill("城市供热管理办法")
    page.get_by_role("button", name="搜索").click()
    page.locator(".hits a").first.click()
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="繁體").click()

    assert title == "石家庄市城市供热管理办法（演示）"
    assert page.locator("h1").inner_text() == "石家莊市城市供熱管理辦法（演示）"


def test_the_elder_view_is_larger_and_stays(open_page):
    page = open_page()
    page.goto("/policies/")
    usual = page.evaluate("getComputedStyle(document.body).fontSize")

    page.get_by_role("link", name="长者版").click()
    page.goto("/")

    assert (usual, page.evaluate("getComputedStyle(document.body).fontSize")) == ("16px", "20px")


def test_no_link_of_the_site_is_dead(site):
    """Two steps from home: every address answers, and none answers with an error."""
    seen, edge = {"/"}, ["/"]
    for _ in range(2):
        found = []
        for address in edge:
            html = _get(site, address)
            found += re.findall(r'href="(/[^"#?]*)', html)
        edge = sorted(set(found) - seen)
        seen |= set(edge)
        edge = [one for one in edge if not one.startswith(("/static/", "/desk/", "/reading/"))]

    assert len(seen) > 100


def _get(site, address):
    with urllib.request.urlopen(site + address, timeout=60) as answer:
        assert answer.status == 200
        kind = answer.headers["Content-Type"]
        return answer.read().decode() if kind.startswith("text/html") else ""


def test_every_page_bears_the_tags_of_the_site(open_page):
    page = open_page()
    for address in PAGES.values():
        page.goto(address)
        told = {name: page.locator(f"meta[name={name}]").first.get_attribute("content")
                for name in ("SiteName", "SiteDomain", "SiteIDCode")}  # fmt: skip

        assert told == {
            "SiteName": "政府信息公开平台",
            "SiteDomain": "www.example.gov.cn",
            "SiteIDCode": "1301009999",
        }, address


def test_a_policy_leads_to_its_attachments_and_its_interpretation_and_back(open_page):
    page = open_page()
    page.goto("/search/?q=居家适老化改造补贴")
    page.get_by_role(
        "link", name="石家庄市人民政府关于居家适老化改造补贴的通知（演示）", exact=True
    ).click()

    with page.expect_download() as download:
        page.get_by_role("link", name="居家适老化改造补贴申请表").click()
    page.locator(".related a", has_text="政策解读").click()
    picture = page.locator(".official img")
    shown = picture.evaluate("one => one.complete && one.naturalWidth")
    page.locator(".related a").click()

    assert download.value.suggested_filename == "居家适老化改造补贴申请表.docx"
    assert shown == 720
    assert page.locator("h1").inner_text() == "石家庄市人民政府关于居家适老化改造补贴的通知（演示）"
