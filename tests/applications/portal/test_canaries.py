"""金丝雀：unmistakable words in every sensitive field; every address walked; found nowhere else."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from applying import track
from asked import answer, electronic, make_office, make_people, make_request, person, post
from gongkai.applications.actions import consulting, correcting, receiving, searching
from gongkai.applications.actions.papers import make
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.models import Attachment, Complaint, Draft, Matter, Paper
from gongkai.applications.portal.urls import urlpatterns
from gongkai.applications.states import Attached, Opinion
from gongkai.law.events import Whom
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty
from made_files import make_pdf

pytestmark = pytest.mark.django_db

#: 谁也不该在门户上看到的。
HIDDEN = {
    "号码": "E鸦号码EEE", "电话": "鸦电话5550001", "邮箱": "ya-mail@example.cn",
    "地址": "鸦地址长街9号", "代理号码": "鸦代理号码", "代理电话": "鸦代理电话",
    "留意": "鸦内部联系记录", "检索": "鸦检索词", "检索结果": "鸦检索结果", "草稿": "鸦草稿正文",
    "第三方": "鸦第三方公司", "第三方地址": "鸦第三方地址", "第三方电话": "鸦第三方电话",
    "第三方意见": "鸦第三方意见", "收件凭证": "鸦收件凭证", "承办人": "鸦承办人",
    "办理材料": "鸦办理材料", "用途": "鸦用途", "查明": "鸦查明的情况", "处室": "鸦承办处室",
}  # fmt: skip
#: 另一个申请人的，只有他自己看得到。
OTHER = {"申请": "雀另一件申请", "姓名": "雀另一人", "描述": "雀另一件描述"}
#: 本人自己看得到、外人看不到的。
OWN = {"申请": "莺本人的申请", "描述": "莺本人的描述"}


@pytest.fixture
def site():
    """One request with a canary in every field, one of somebody else, a draft, a complaint."""
    organ = make_office()
    people = make_people(organ)
    clerk = people[Duty.DISCLOSURE]
    type(clerk).objects.filter(pk=clerk.pk).update(name=HIDDEN["承办人"])
    clerk.refresh_from_db()
    today = timezone.localdate()
    asker = person(
        identity_number=HIDDEN["号码"], phone=HIDDEN["电话"], email=HIDDEN["邮箱"],
        address=HIDDEN["地址"], proxy="某代理", proxy_number=HIDDEN["代理号码"],
        proxy_phone=HIDDEN["代理电话"],
    )  # fmt: skip
    mine = make_request(
        organ, clerk, on=today, subject=OWN["申请"], description=OWN["描述"], persons=[asker],
        delivery="online", purpose=HIDDEN["用途"], arrival_note=HIDDEN["收件凭证"],
    )  # fmt: skip
    receiving.attempt(mine, by=clerk, text=HIDDEN["留意"])
    receiving.assign(mine, by=clerk, handler=clerk, unit=HIDDEN["处室"])
    searching.log_search(
        mine, by=clerk, place="档案系统", words=HIDDEN["检索"], period="2024年",
        result=HIDDEN["检索结果"],
    )  # fmt: skip
    attach(mine, Sent(Attached.HANDLING, make_pdf("内部"), f"{HIDDEN['办理材料']}.pdf"), by=clerk)
    attach(mine, Sent(Attached.IDENTITY, make_pdf("证件"), f"{HIDDEN['号码']}.pdf"), by=None)
    Matter.objects.filter(application=mine).update(findings={"提供方式": HIDDEN["查明"]})
    letter = consulting.consult(
        mine, by=clerk, whom=Whom.THIRD_PARTY, name=HIDDEN["第三方"], information="合同",
        address=HIDDEN["第三方地址"], phone=HIDDEN["第三方电话"], sending=post(today),
    )  # fmt: skip
    type(letter).objects.filter(pk=letter.pk).update(reasons=HIDDEN["第三方意见"])
    make(mine, 10, by=clerk, body=HIDDEN["草稿"], complete=False)
    theirs = make_request(
        organ, clerk, on=today, subject=OTHER["申请"], description=OTHER["描述"],
        persons=[person(OTHER["姓名"], identity_number="别人的号码")], delivery="online",
    )  # fmt: skip
    correcting.ask_to_correct(
        theirs, by=clerk, what="另一件的补正", guidance="写明", correct_by=today,
        sending=electronic(today),
    )  # fmt: skip
    Client().post("/apply/1/save/", {"organ": "", "subject": OTHER["申请"]})
    Complaint.objects.create(
        organ=organ, against=organ, number="投诉〔2025〕第1号", code="ABCDEFGH",
        name=OTHER["姓名"], phone=HIDDEN["电话"], text=OTHER["描述"], finding=HIDDEN["留意"],
    )  # fmt: skip
    return {"mine": mine, "theirs": theirs, "people": people, "organ": organ}


def addresses():
    """Every address of the rooms of the portal, with every key a request could have."""
    kept = {*Paper.objects.values_list("pk", flat=True),
            *Attachment.objects.values_list("pk", flat=True)}  # fmt: skip
    keys = {"pk": sorted(kept), "step": (1, 2, 3), "form": ("pdf", "docx"), "secret": ("x",),
            "deed": ("correct", "withdraw", "message")}  # fmt: skip
    found = ["/", "/search/?q=申请", "/search/feed.rss?q=申请", "/feed.atom", "/sitemap/",
             "/sitemap.xml", "/organs/", "/apply/", "/contact/",
             "/robots.txt", "/archive/"]  # fmt: skip
    found += [f"/organs/{pk}/" for pk in Organ.objects.values_list("pk", flat=True)]
    for pattern in urlpatterns:
        template = str(pattern.pattern).strip("^$").replace("\\.", ".")
        template = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<x:\1>", template)
        names = re.findall(r"<\w+:(\w+)>", template)
        filled = [template]
        for name in names:
            filled = [
                re.sub(rf"<\w+:{name}>", str(key), one) for one in filled for key in keys[name]
            ]
        found += [f"/{one}" for one in filled]
    return found


def walk(client):
    """Everything the site says to this visitor, address by address."""
    said = {}
    for address in addresses():
        answer_ = client.get(address)
        body = b"".join(answer_.streaming_content) if answer_.streaming else answer_.content
        headers = str(dict(answer_.headers))
        said[address] = body.decode("utf-8", "replace") + headers
    return said


def found_in(said, canaries):
    return {(a, word) for a, text in said.items() for word in canaries.values() if word in text}


def test_a_stranger_finds_nothing_of_any_request(site):
    said = walk(Client())

    assert len(said) > 40
    assert found_in(said, HIDDEN | OTHER | OWN) == set()


def test_the_applicant_finds_his_own_and_nothing_else(site):
    client = Client()
    track(client, site["mine"])

    said = walk(client)

    assert found_in(said, HIDDEN | OTHER) == set()
    assert OWN["申请"] in said["/track/case/"]
    assert OWN["描述"] in said["/track/case/"]
    read = [text for address, text in said.items() if address.startswith("/track/paper/")]
    assert any("征求意见" in text for text in read)


def test_nor_after_the_reply(site):
    mine, people = site["mine"], site["people"]
    today = timezone.localdate()
    one = mine.consultations.get()
    consulting.note_delivery(one, by=people[Duty.DISCLOSURE], on=today)
    consulting.take_opinion(
        one, by=people[Duty.DISCLOSURE], opinion=Opinion.AGREES, reasons=HIDDEN["第三方意见"],
        reasonable=True, on=today,
    )  # fmt: skip
    mine.refresh_from_db()
    answer(mine, people, today)
    client = Client()
    track(client, mine)

    said = walk(client)

    assert found_in(said, HIDDEN | OTHER) == set()
    assert "已经答复" in said["/track/case/"]


def test_each_of_two_sees_only_his(site):
    client = Client()
    track(client, site["theirs"])

    said = walk(client)

    assert found_in(said, OWN | HIDDEN) == set()
    assert OTHER["申请"] in said["/track/case/"]


def test_nothing_personal_is_in_an_address_or_a_log(site, caplog):
    from applying import APPLICANT, apply

    client = Client()
    with caplog.at_level("DEBUG", logger="gongkai"), caplog.at_level("INFO", logger="django"):
        receipt = apply(client)
        client.post("/apply/2/", APPLICANT | {"identity_number": "鸦错号码"})
        track(client, Draft.objects.exclude(application=None).get().application)
    chain = str(receipt.redirect_chain)

    for word in (APPLICANT["identity_number"], APPLICANT["phone"], "张三丰", "鸦错号码"):
        assert word not in chain
        assert word not in caplog.text
