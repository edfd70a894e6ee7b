"""The desk: axe finds nothing on the pages of each duty, in the usual and in the elder view."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "贺文远": ("/desk/", "/desk/documents/", "/desk/documents/new/", "/desk/organs/me/"),
    "沈若溪": (
        *("/desk/", "/desk/documents/columns/", "/desk/documents/reminders/"),
        *("/desk/documents/cleanups/", "/desk/documents/?phase=due", "/desk/organs/"),
    ),
    "江正则": (
        "/desk/documents/periods/",
        "/desk/documents/cleanups/",
        "/desk/organs/delegations/",
    ),
    "程立新": ("/desk/", "/desk/jobs/", "/desk/organs/people/", "/desk/organs/holidays/"),
    "纪明察": ("/desk/trail/",),
}


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        (one["id"], [node["html"][:150] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ]


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
