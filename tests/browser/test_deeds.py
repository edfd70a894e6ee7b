"""Every page on which something is done to a request: axe finds nothing, nothing runs off a phone.

The cases of the demonstration stand in every state; each page is taken from a case whose state
offers it to the person at the desk.
"""

import re
from urllib.parse import urljoin

import pytest

from looked import faults

_CASE = re.compile(r"/desk/applications/\d+/")
_DEED = re.compile(r"/desk/applications/\d+/(?:do/)?([a-z-]+)/(?:\d+/)?")
#: Whose deeds are looked at, in the order a request meets them.
DESKS = ("沈若溪", "贺文远", "江正则", "顾秋实", "岳承平", "文若谷")
PAGES = {
    "沈若溪": (
        *("", "?state=archived", "receive/", "export/", "print/", "office/", "templates/"),
        *("templates/4/", "topics/?least=2", "archiving/", "retention/", "loads/", "loads/1/"),
        *("disposals/1/", "orders/"),
    ),
    "方知新": (
        *("supervision/", "samples/", "samples/1/", "orders/", "orders/1/", "orders/new/3/"),
        *("complaints/", "complaints/1/"),
    ),
}


def deeds():
    """The names of all deeds that have a page of their own, as their addresses say them."""
    from gongkai.applications.desk import urls
    from gongkai.applications.desk.deeds import urls as deeds
    from gongkai.applications.desk.keeping import urls as keeping

    found = (*urls.urlpatterns, *deeds.urlpatterns, *keeping.urlpatterns)
    routes = [f"{one.pattern}" for one in found if f"{one.name}".startswith("deed_")]
    return {re.search(r"([a-z-]+)/(?:<int:key>/)?$", route)[1] for route in routes}


def links(page):
    """Where one goes from the page at hand."""
    hrefs = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return [href.partition("#")[0] for href in hrefs if href]


def cases(page):
    """The addresses of the newest requests: those of these days, and some of the year before."""
    found, further = [], ["/desk/applications/"]
    for _ in range(2):
        for address in further:
            page.goto(urljoin(page.url, address))
            found += [href for href in links(page) if _CASE.fullmatch(href)]
            older = page.get_by_role("link", name="下一页")
            further = [one.get_attribute("href") for one in older.all()]
    return list(dict.fromkeys(found))


def offered(page):
    """Deed → its address at the first case whose page leads there."""
    found = {}
    for case in cases(page):
        page.goto(case)
        for href in links(page):
            if deed := _DEED.fullmatch(href):
                found.setdefault(deed[1], href)
    return found


def test_axe_finds_nothing_on_the_page_of_any_deed_and_nothing_runs_off_a_phone(signed_in):
    """Each deed once, at the first desk it is offered to; none is left out."""
    seen, wrong = set(), []
    for name in DESKS:
        page = signed_in(name)
        for deed, address in offered(page).items():
            if deed not in seen:
                seen.add(deed)
                wrong += [(name, *one) for one in faults(page, address)]

    assert wrong == []
    assert deeds() - seen == set()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_lists_and_the_house_of_requests(signed_in, name):
    page = signed_in(name)

    wrong = [one for place in PAGES[name] for one in faults(page, f"/desk/applications/{place}")]

    assert wrong == []


def test_axe_finds_nothing_on_a_request_in_any_state(signed_in):
    """The page of the case itself, once for each state a case of these days is in."""
    page, seen, wrong = signed_in("沈若溪"), set(), []
    for case in cases(page):
        page.goto(case)
        state = page.locator("h1 + ul .pill").first.inner_text()
        if state not in seen:
            seen.add(state)
            wrong += faults(page, case)

    assert wrong == []
    assert len(seen) > 12
