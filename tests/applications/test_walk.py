"""金丝雀：every address of the site, as every role; each canary is seen by whom it is meant for.

Every sensitive thing of one request is an unmistakable word. Who may find which is a table below;
who finds more, or less, fails the test with the addresses at which it was found.
"""

import io
import logging
import re
import zipfile
from datetime import timedelta
from functools import cache

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from applying import track
from asked import GIVEN, make_office, make_people, make_request, person, post
from city import make_organ, make_staff
from gongkai.applications.actions import consulting, receiving, replying, searching
from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.models import Application, Consultation, Paper
from gongkai.applications.states import Attached, Opinion
from gongkai.law.events import Whom
from gongkai.organs.states import Duty
from made_files import make_pdf

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

#: Opened by nobody without a reason that is written down, so on no page anybody just goes to.
SEALED = {
    "证件号码": "鸦证件号码77",
    "电话": "鸦电话5550001",
    "邮箱": "ya-canary@example.cn",
    "地址": "鸦地址长街9号",
    "代理人证件号码": "鸦代理号码88",
    "代理人电话": "鸦代理电话5550002",
    "第三方地址": "鸦第三方地址3号",
    "第三方电话": "鸦第三方电话5550003",
    "身份证明影像": "yacanaryscan",
    "查询码": "YACANARY",
}
#: What the desk knows and nobody outside.
INSIDE = {
    "联系记录": "鸦内部联系记录",
    "检索词": "鸦检索词",
    "办理材料": "鸦办理材料",
    "草稿": "鸦草稿正文",
    "第三方": "鸦第三方公司",
    "第三方意见": "鸦第三方意见",
}
#: The applicant's own.
OWN = {"申请内容": "莺本人的申请", "描述": "莺本人的描述"}
NAME = {"申请人": "莺本人之姓名"}

_HERE = {"disclosure", "handler", "legal", "secrecy", "sign", "office_head"}
MAY_SEE = (
    {word: set() for word in SEALED.values()}
    | dict.fromkeys(INSIDE.values(), _HERE | {"competent"})
    | dict.fromkeys(OWN.values(), _HERE | {"competent", "applicant"})
)
#: With the audit administrator: who reads the trail reads what was noted in it.
MAY_SEE |= dict.fromkeys((INSIDE["联系记录"], INSIDE["检索词"]), _HERE | {"competent", "audit"})


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DEMO = True
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def site():
    """One request with a canary in everything, lying with the drafter; and everybody's browser."""
    organ = make_office()
    people = make_people(organ)
    clerk, handler = people[Duty.DISCLOSURE], people[Duty.DRAFT]
    today = timezone.localdate()
    asker = person(
        NAME["申请人"], identity_number=SEALED["证件号码"], phone=SEALED["电话"],
        email=SEALED["邮箱"], address=SEALED["地址"], proxy="某代理",
        proxy_number=SEALED["代理人证件号码"], proxy_phone=SEALED["代理人电话"],
    )  # fmt: skip
    one = make_request(
        organ, clerk, on=today, subject=OWN["申请内容"], description=OWN["描述"],
        persons=[asker], delivery="online",
    )  # fmt: skip
    receiving.attempt(one, by=clerk, text=INSIDE["联系记录"])
    receiving.assign(one, by=clerk, handler=handler)
    searching.log_search(
        one, by=handler, place="档案系统", words=INSIDE["检索词"], period="2024年", result="有",
    )  # fmt: skip
    attach(one, Sent(Attached.HANDLING, make_pdf("内部"), f"{INSIDE['办理材料']}.pdf"), by=handler)
    attach(one, Sent(Attached.IDENTITY, make_pdf(SEALED["身份证明影像"]), "证件.pdf"), by=None)
    _consult(one, handler, today)
    one.refresh_from_db()
    replying.draft(one, by=handler)
    decide(one.matters.get(), "A2", by=handler, findings=GIVEN)
    paper = replying.compose_reply(one, by=handler)
    Paper.objects.filter(pk=paper.pk).update(body=f"{paper.body}\n{INSIDE['草稿']}")
    # Not fresh any more: the receipt tells the code no longer.
    Application.objects.update(code=SEALED["查询码"], created_at=timezone.now() - timedelta(days=2))
    return organ, people, Application.objects.get(pk=one.pk)


def _consult(one, handler, today):
    asked = consulting.consult(
        one, by=handler, whom=Whom.THIRD_PARTY, name=INSIDE["第三方"], information="合同",
        address=SEALED["第三方地址"], phone=SEALED["第三方电话"], sending=post(today),
    )  # fmt: skip
    consulting.note_delivery(asked, by=handler, on=today)
    consulting.take_opinion(
        asked, by=handler, opinion=Opinion.AGREES, reasons=INSIDE["第三方意见"], on=today
    )


def browsers(organ, people, one):
    """A browser for everybody, by role."""
    other = make_organ("石家庄市水利局", parent=organ.parent)
    staff = {
        "disclosure": people[Duty.DISCLOSURE],
        "handler": people[Duty.DRAFT],
        "other_drafter": make_staff("另一承办员", Duty.DRAFT, organ=organ),
        "legal": people[Duty.LEGAL],
        "secrecy": people[Duty.SECRECY],
        "sign": people[Duty.SIGN],
        "office_head": people[Duty.OFFICE_HEAD],
        "clerk_elsewhere": make_staff("水利局员", Duty.DISCLOSURE, organ=other),
        "unit_head": make_staff("处长", Duty.UNIT_HEAD, organ=organ),
        "competent": make_staff("主管", Duty.COMPETENT, organ=organ.parent),
        "system": make_staff("系统", Duty.SYSTEM, organ=organ.parent),
        "security": make_staff("安全", Duty.SECURITY, organ=organ.parent),
        "audit": make_staff("审计", Duty.AUDIT, organ=organ.parent),
    }
    found = {"stranger": Client(), "applicant": Client()}
    track(found["applicant"], one)
    for role, who in staff.items():
        found[role] = Client()
        found[role].force_login(who, BACKEND)
    return found


# ── 每一个地址 ──────────────────────────────────────────────────────────────────────────────


def routes(resolver=None, prefix=""):
    """Every route of the site, as it is written in the lists of addresses."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one, route)
        else:
            yield route


_CHOICES = {
    "form": ("docx", "pdf", "csv", "rss"),
    "kind": ("policy",),
    "deed": ("correct", "withdraw", "message", "rate", "submit"),
    "secret": ("x",),
    "part": ("documents", "organs"),
    "year": ("2025",),
    "step": ("1", "2", "3"),
}


#: What hangs on the records of these rooms is none of a request's.
_ELSEWHERE = ("desk/reports/", "desk/disputes/", "desk/documents/")


def addresses():
    """Every address there could be: with each key any table of the room has."""
    tables = (Application, Paper, Consultation, Application.attachments.rel.related_model)
    found = {pk for one in tables for pk in one.objects.values_list("pk", flat=True)}
    keys = [str(pk) for pk in sorted(found)]
    own = [str(pk) for pk in Application.objects.values_list("pk", flat=True)]
    for route in routes():
        plain = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\))?[^()]*\)", r"<x:\1>", route)
        plain = plain.replace("^", "").replace("$", "").replace("\\", "")
        filled = [plain]
        for name in re.findall(r"<(?:\w+:)?(\w+)>", plain):
            # A case has its own few keys; what hangs on it, and what is the applicant's, has many.
            of_case = name == "pk" and "desk/applications/<int:pk>" in plain
            many = "track/" in plain or (name == "key" and not plain.startswith(_ELSEWHERE))
            choices = _CHOICES.get(name, own if of_case else keys if many else own[:1])
            filled = [
                re.sub(rf"<(?:\w+:)?{name}>", choice, one) for one in filled for choice in choices
            ]
        yield from (f"/{one}" for one in filled)
    words = (*OWN.values(), *INSIDE.values(), *NAME.values())
    for word in words:
        yield from (
            f"/search/?q={word}",
            f"/search/feed.rss?q={word}",
            f"/desk/documents/?q={word}",
        )


def text_of(answer):
    """Everything an answer tells, whatever the kind of file; with its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return told(body) + str(dict(answer.headers))


@cache
def told(body):
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = (packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
            return re.sub(r"<[^>]*>", "", "\n".join(parts))
    if body.startswith(b"%PDF"):
        import pdfplumber

        with pdfplumber.open(io.BytesIO(body)) as paper:
            return "\n".join(page.extract_text() or "" for page in paper.pages).replace("\n", "")
    return body.decode("utf-8", "replace")


def test_each_canary_is_found_by_whom_it_is_meant_for_and_nobody_else(site):
    organ, people, one = site
    walked = list(dict.fromkeys(addresses()))
    found = {word: {} for word in MAY_SEE | dict.fromkeys(NAME.values())}

    for role, browser in browsers(organ, people, one).items():
        for address in walked:
            answer = browser.get(address)
            assert answer.status_code < 500, (role, address)
            said = text_of(answer)
            for word in found:
                # What was asked for may be said again in the box it was typed in.
                if word in said and f"q={word}" not in address:
                    found[word].setdefault(role, []).append(address)

    assert len(walked) > 300
    wrong = {
        word: {role: found[word].get(role, [])[:3] for role in set(found[word]) ^ may}
        for word, may in MAY_SEE.items()
        if set(found[word]) != may
    }
    assert wrong == {}
    # The competent department reads letters as they were served; nothing else tells it a name.
    named = found[NAME["申请人"]]
    assert set(named) == _HERE | {"applicant", "competent"}
    letters = re.compile(r"/papers/\d+|/do/(pass-legal|pass-secrecy|sign)/$")
    assert [one for one in named["competent"] if not letters.search(one)] == []


def test_an_export_of_the_register_tells_nothing_that_is_sealed(site):
    organ, people, one = site

    for role, browser in browsers(organ, people, one).items():
        for form in ("csv", "xlsx"):
            answer = browser.post("/desk/applications/export/", {"form": form})
            said = text_of(answer)
            found = {word for word in (*SEALED.values(), *NAME.values()) if word in said}
            assert found == set(), (role, form)


def test_words_of_a_request_lead_to_it_only_those_who_may_see_it(site):
    organ, people, one = site
    url = one.get_absolute_url()

    for role, browser in browsers(organ, people, one).items():
        said = text_of(browser.get("/desk/applications/", {"q": OWN["申请内容"]}))
        named = text_of(browser.get("/desk/applications/", {"q": NAME["申请人"]}))
        assert (f'href="{url}"' in said) == (role in _HERE | {"competent"}), role
        assert (f'href="{url}"' in named) == (role in _HERE), role
