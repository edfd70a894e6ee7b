"""手头的工作：drafts on every desk and documents published these days, by the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.demo import attachments, figures, texts
from gongkai.documents.actions import (
    attaching,
    drafting,
    interpreting,
    publishing,
    reviewing,
    validity,
)
from gongkai.documents.models import Document, DocumentFile, Publication
from gongkai.documents.states import Channel, Link, State
from gongkai.organs.models import Organ, Staff

_PASSES = (
    ("submit", "qicao"),
    ("pass_unit", "chuzhang"),
    ("pass_secrecy", "baomi"),
    ("pass_legal", "fazhi"),
    ("pass_office", "gongkai"),
    ("pass_director", "zhuren"),
    ("sign", "qianfa"),
)
_SHORT = (
    ("submit", "qicao"),
    ("pass_unit", "chuzhang"),
    ("pass_secrecy_short", "baomi"),
    ("pass_office_short", "gongkai"),
)
#: The policy that goes out with its interpretation, a form, a table and a picture.
INTERPRETED = "居家适老化改造补贴"
#: What holds for one winter only, so that its end is near and is reminded of.
ENDING = "加强冬季供热保障工作"
#: Subject, kind, how far it has come, and how many days ago it was made.
_DRAFTS = (
    ("政务公开标准化规范化工作", "policy", "issued", 21),
    ("推进政府信息主动公开工作", "policy", "issued", 14),
    (INTERPRETED, "policy", "issued", 12),
    (ENDING, "policy", "issued", 5),
    ("公共数据授权运营", "normative", State.SIGNED, 40),
    ("冬季清洁取暖补贴", "policy", State.SIGNED, 25),
    ("城市公园绿地开放共享", "policy", State.SCHEDULED, 6),
    ("公共充电设施运营补贴", "normative", State.SIGNED, 3),
    ("低空经济发展", "policy", State.SIGN, 0),
    ("电动自行车充电设施建设", "normative", State.SIGN, 0),
    ("住房公积金支持租房提取", "policy", State.DIRECTOR, 0),
    ("学校食堂食品安全监管", "policy", State.OFFICE, 0),
    ("农村供水工程运行维护", "normative", State.LEGAL, 0),
    ("公共场所母婴设施建设", "policy", State.SECRECY, 0),
    ("社区嵌入式服务设施建设", "policy", State.UNIT, 0),
    ("城市地下管线管理", "normative", State.UNIT, 0),
    ("早餐工程建设", "policy", State.DRAFT, 0),
    ("流动摊贩疏导点设置", "normative", "returned", 0),
)
_ANSWERS = {
    "unit": "秘书一处",
    "secrecy": "none",
    "channels": ["website", "gazette", "points"],
    "personal_checked": True,
    "commercial_checked": True,
    "copyright_checked": True,
    "others_consulted": "已征求有关部门意见，无不同意见",
    "interpretation": False,
    "interpretation_reason": "演示文件，不作解读",
}
_RETURNED = "第二部分没有写明办理时限，请补充后重新提交。"


def begin_work(city: Organ) -> int:
    """起草、审签、发布：what is not there yet; returns how many documents were begun."""
    people = {staff.username: staff for staff in Staff.objects.filter(demo=True)}
    begun = 0
    for place, (subject, kind, until, days) in enumerate(_DRAFTS, 1):
        title = f"石家庄市人民政府关于{subject}的通知{texts.MARK}"
        if Document.objects.filter(organ=city, title=title).exists():
            continue
        with transaction.atomic():
            document = _draft(city, kind, title, subject, days, place, people)
            if subject == INTERPRETED:
                _explain(document, people)
            _bring(document, until, people)
        begun += 1
    return begun


def _draft(
    city: Organ, kind: str, title: str, subject: str, days: int, place: int,
    people: dict[str, Staff],
) -> Document:  # fmt: skip
    formed_on = timezone.localdate() - timedelta(days=days)
    facts: dict[str, Any] = {
        "genre": "通知",
        "topic": "综合政务",
        "keywords": subject,
        "summary": f"部署{subject}，明确任务和责任。",
        "basis": "演示",
        "formed_on": formed_on,
        "effective_on": formed_on,
    }
    if subject == ENDING:
        facts["valid_to"] = formed_on + timedelta(days=120)
    answers = _ANSWERS | {"legality_number": f"石合审〔{formed_on.year}〕{place}号"}
    document = drafting.draft(
        city, kind, title, by=people["qicao"], facts=facts, answers=answers,
        html=texts.notice(subject, "做好") + attachments.note(_attached(subject, formed_on)),
    )  # fmt: skip
    Document.objects.filter(pk=document.pk).update(demo=True)
    return Document.objects.select_related("organ", "form").get(pk=document.pk)


def _bring(document: Document, until: str, people: dict[str, Staff]) -> None:
    if until == "returned":
        reviewing.advance(document, "submit", by=people["qicao"])
        reviewing.advance(document, "return_unit", by=people["chuzhang"], note=_RETURNED)
        return
    for move, who in _PASSES:
        if document.state == until:
            return
        reviewing.advance(document, move, by=people[who])
    if until in ("issued", State.SCHEDULED):
        sign = "石政规" if document.kind == "normative" else "石政发"
        reviewing.number(document, by=people["zhuren"], sign=sign)
    if until == "issued":
        publishing.issue(document, by=people["gongkai"])
    elif until == State.SCHEDULED:
        morning = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
        publishing.schedule(document, morning + timedelta(days=2), by=people["gongkai"])


def _explain(document: Document, people: dict[str, Staff]) -> None:
    """附件和图解：what the policy is sent out with, its interpretation signed before it."""
    drafter = people["qicao"]
    assert document.formed_on
    for one in _attached(INTERPRETED, document.formed_on):
        attaching.attach(document, one.make(), one.name, by=drafter, title=one.title)
    plan = {
        "interpretation": True, "interpretation_forms": ["text", "graphic"],
        "interpretation_reason": "", "interpreter": "秘书一处（演示）",
    }  # fmt: skip
    drafting.edit(document, by=drafter, answers=plan)
    reading = interpreting.interpret(document, by=drafter)
    numbers = _by_month()
    told = "、".join(f"{month}月{number}条" for month, number in enumerate(numbers, 1))
    picture = attaching.attach(
        reading, attachments.months_chart(numbers), "各月发布信息.png", by=drafter,
        role=DocumentFile.Role.PICTURE,
    )  # fmt: skip
    html = texts.interpretation(document.title) + (
        '<h2 id="s5">五、到哪里看</h2><p>文件和办理情况在政府信息公开平台公布。'
        f"2022年平台各月发布信息如下图：</p><p>"
        f'<img src="{picture.get_absolute_url()}" alt="柱状图：{told}"></p>'
    )
    drafting.set_body(reading, html, by=drafter)
    facts = {
        "summary": f"说明{INTERPRETED}的背景、内容和办理方式。",
        "formed_on": document.formed_on,
    }
    drafting.edit(reading, by=drafter, facts=facts, answers=_checked())
    Document.objects.filter(pk=reading.pk).update(demo=True)
    for move, who in _SHORT:
        reviewing.advance(reading, move, by=people[who])


def _attached(subject: str, formed_on: date) -> tuple[attachments.Attached, ...]:
    return attachments.for_norm(subject, formed_on, chart=True) if subject == INTERPRETED else ()


def _checked() -> dict[str, Any]:
    wanted = ("secrecy", "personal_checked", "commercial_checked", "copyright_checked",
              "others_consulted")  # fmt: skip
    return {name: _ANSWERS[name] for name in wanted} | {"channels": ["website", "new_media"]}


def _by_month() -> list[int]:
    """What the website published in each month of the year, as it is counted here."""
    year = Publication.objects.filter(channel=Channel.WEBSITE, at__year=figures.YEAR)
    return [year.filter(at__month=month).count() for month in range(1, 13)]


def begin_repeal(city: Organ) -> None:
    """废止：a draft that will repeal an old document the moment it is issued."""
    people = {staff.username: staff for staff in Staff.objects.filter(demo=True)}
    title = f"石家庄市人民政府关于废止部分行政规范性文件的决定{texts.MARK}"
    if Document.objects.filter(organ=city, title=title).exists():
        return
    old = (
        Document.objects.filter(origin__startswith="demo:norm:").in_force().order_by("-pk").first()
    )
    if old is None:
        return
    with transaction.atomic():
        document = _draft(city, "policy", title, "废止部分行政规范性文件", 0, 99, people)
        validity.link(document, old, Link.REPEALS, by=people["qicao"])
        _bring(document, State.SIGN, people)
