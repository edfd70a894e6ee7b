"""The yearly reports: axe finds nothing on any page of them, nothing runs off a phone."""

import re

import pytest

from looked import faults

_FILING = re.compile(r"/desk/reports/\d+/")
DESK = {
    "沈若溪": ("", "new/", "loads/", "figures/", "practice/"),
    "方知新": (
        *("calls/", "calls/new/", "calls/2/", "calls/2/progress/", "calls/2/sums/"),
        *("calls/1/", "calls/1/progress/", "calls/1/sums/", "clearing/"),
    ),
}
PORTAL = ("/reports/", "/reports/years/2022/", "/reports/data/")


def links(page):
    """Where one goes from the page at hand."""
    hrefs = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return [href.partition("#")[0] for href in hrefs if href]


@pytest.mark.parametrize("name", DESK)
def test_axe_finds_nothing_where_reports_are_called_for_and_written(signed_in, name):
    page = signed_in(name)

    assert [fault for path in DESK[name] for fault in faults(page, f"/desk/reports/{path}")] == []


def test_axe_finds_nothing_on_a_report_in_any_state(signed_in):
    """As the competent department sees them, and as those do who write them."""
    seen, wrong = set(), []
    for name, address in (
        ("沈若溪", "/desk/reports/"),
        ("方知新", "/desk/reports/calls/2/progress/"),
    ):
        page = signed_in(name)
        page.goto(address)
        for filing in dict.fromkeys(href for href in links(page) if _FILING.fullmatch(href)):
            page.goto(filing)
            state = page.locator("main .pill").first.inner_text()
            if (name, state) not in seen:
                seen.add((name, state))
                wrong += faults(page, filing)

    assert wrong == []
    assert {state for _, state in seen} >= {"编制中", "待审核", "已退回", "待公布", "已公布"}


def test_axe_finds_nothing_on_what_the_public_reads(open_page):
    page = open_page()
    wrong = [fault for address in PORTAL for fault in faults(page, address)]
    page.goto("/reports/years/2022/")
    report = next(href for href in links(page) if re.fullmatch(r"/reports/\d+/", href))

    assert wrong + faults(page, report) == []
