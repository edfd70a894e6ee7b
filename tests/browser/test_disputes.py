"""The desk of disputes: axe finds nothing on any page, nothing runs off a phone."""

import re

from looked import faults

_CASE = re.compile(r"/desk/disputes/\d+/")
_DEED = re.compile(r"/desk/disputes/\d+/do/([a-z-]+)/")
#: Those of these days, and one of the year before.
NEWEST = 8
PAGES = ("", "?result=pending", "print/", "export/", "statistics/", "new/", "load/")


def links(page):
    """Where one goes from the page at hand."""
    hrefs = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return [href for href in hrefs if href]


def deeds():
    """The names of all deeds that have a page, as their addresses say them."""
    from gongkai.disputes.desk.urls import urlpatterns

    found = (re.search(r"/do/([a-z-]+)/$", f"{one.pattern}") for one in urlpatterns)
    return {one[1] for one in found if one}


def test_axe_finds_nothing_on_the_ledger_and_what_belongs_to_it(signed_in):
    page = signed_in("沈若溪")
    wrong = [fault for path in PAGES for fault in faults(page, f"/desk/disputes/{path}")]

    assert wrong == []


def test_axe_finds_nothing_on_a_case_in_any_state_nor_on_its_deeds(signed_in):
    page = signed_in("沈若溪")
    page.goto("/desk/disputes/")
    cases = list(dict.fromkeys(href for href in links(page) if _CASE.fullmatch(href)))[:NEWEST]
    seen, wrong = set(), []
    for case in cases:
        wrong += faults(page, case)
        offered = {one[1]: one[0] for href in links(page) if (one := _DEED.fullmatch(href))}
        for deed in offered.keys() - seen:
            wrong += faults(page, offered[deed])
        seen |= offered.keys()

    assert wrong == []
    # The one order there was to register is registered.
    assert deeds() - seen == {"order"}
