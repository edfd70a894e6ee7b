"""The desk: axe finds nothing on the pages of each duty, in the usual and in the elder view."""

import re

import pytest
from playwright.sync_api import expect

from looked import SQUEEZED, violations

PAGES = {
    "贺文远": ("/desk/", "/desk/documents/", "/desk/documents/new/", "/desk/organs/me/"),
    "沈若溪": (
        *("/desk/", "/desk/documents/columns/", "/desk/documents/reminders/"),
        *("/desk/documents/cleanups/", "/desk/documents/?phase=due", "/desk/organs/"),
        *("/desk/documents/guide/1/", "/desk/organs/holidays/1/"),
        *("/desk/documents/gazette/", "/desk/documents/gazette/?show=printed"),
    ),
    "江正则": (
        "/desk/documents/periods/",
        *("/desk/documents/cleanups/", "/desk/documents/cleanups/1/"),
        *("/desk/documents/cleanups/new/", "/desk/organs/delegations/"),
    ),
    "严守一": ("/desk/organs/people/", "/desk/organs/people/1/"),
    "程立新": ("/desk/", "/desk/jobs/", "/desk/organs/people/", "/desk/organs/holidays/"),
    "纪明察": ("/desk/trail/",),
}


#: Beside the page of a document: where its drafter goes from there.
BESIDE = ("", "edit/", "body/", "preview/", "versions/1/")


@pytest.mark.parametrize("reading", ["", "view=elder"], ids=["标准", "长者"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_desk(signed_in, name, reading):
    page = signed_in(name)
    if reading:
        page.goto(f"/reading/?{reading}&next=/desk/")
    for address in PAGES[name]:
        page.goto(address)

        assert violations(page) == [], address


def test_axe_finds_nothing_on_a_document_at_any_stage(signed_in):
    page = signed_in("沈若溪")
    for phase in ("draft", "review", "due", "issued"):
        page.goto(f"/desk/documents/?phase={phase}")
        links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        page.goto(next(one for one in links if re.fullmatch(r"/desk/documents/\d+/", one)))

        assert violations(page) == [], phase


def own_draft(page):
    """The address of the draft whose review is complete but for the handing in."""
    page.goto("/desk/documents/?q=早餐工程建设")
    return page.get_by_role("link", name="早餐工程建设").first.get_attribute("href")


def test_axe_finds_nothing_where_a_draft_is_written(signed_in):
    page = signed_in("贺文远")
    draft = own_draft(page)
    for path in BESIDE:
        page.goto(draft + path)

        assert violations(page) == [], path


def test_axe_finds_nothing_where_a_related_document_is_chosen(signed_in):
    page = signed_in("贺文远")
    page.goto(own_draft(page))
    page.locator("summary", has_text="建立关系").click()
    page.locator("[name=target]").fill("补贴")
    page.get_by_role("button", name="建立", exact=True).click()

    assert page.get_by_role("radio").count() > 3
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_off_a_phone_or_is_squeezed_on_the_desk(signed_in, name):
    page = signed_in(name, width=360, height=780)
    addresses = list(PAGES[name])
    if name == "贺文远":
        addresses += [own_draft(page) + path for path in BESIDE]
    for address in addresses:
        page.goto(address)

        width = page.evaluate("document.documentElement.scrollWidth")
        assert (width, page.evaluate(SQUEEZED)) == (360, []), address


def test_the_parts_of_the_review_form_fold_and_the_index_leads_back_to_them(signed_in):
    page = signed_in("贺文远")
    page.goto(own_draft(page) + "edit/")
    part = page.locator("details.group", has_text="公开属性").first

    part.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_attribute")).to_be_hidden()
    page.get_by_role("navigation", name="审查表的各部分").get_by_text("公开属性").click()

    expect(page.locator("#id_attribute")).to_be_visible()


def test_the_review_form_is_whole_without_script(signed_in):
    page = signed_in("贺文远", script=False)
    page.goto(own_draft(page) + "edit/")

    page.locator("#id_keywords").fill("早餐 民生")
    page.get_by_role("button", name="保存").click()

    assert page.get_by_text("早餐 民生").first.is_visible()
