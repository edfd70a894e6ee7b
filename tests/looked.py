"""看一页：what axe has to say of a page, and whether it can be read on a phone."""

from axe_playwright_python.sync_playwright import Axe

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Text in a column of single characters: whatever squeezed it, nobody can read it.
SQUEEZED = """
  [...document.querySelectorAll("main :is(p, li, td, th, dd, caption, a, h1, h2)")].filter(one => {
    const box = one.getBoundingClientRect(), size = parseFloat(getComputedStyle(one).fontSize);
    const narrow = box.width > 1 && box.width < 2 * size && one.innerText.trim().length > 4;
    return narrow && !one.closest("thead");
  }).map(one => one.outerHTML.slice(0, 120))
"""


def violations(page):
    """What axe finds, in a form one can act on."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        (one["id"], [node["html"][:150] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ]


def faults(page, address):
    """What is wrong with a page, wide and on a phone; nothing if all is well."""
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(address)
    wrong = [(address, *one) for one in violations(page)]
    page.set_viewport_size({"width": 360, "height": 740})
    width = page.evaluate("document.documentElement.scrollWidth")
    told = (answer.status, width, page.evaluate(SQUEEZED))
    return wrong if told == (200, 360, []) else [*wrong, (address, *told)]
