"""手头的工作：drafts on every desk and documents published these days, by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.demo import texts
from gongkai.documents.actions import drafting, publishing, reviewing, validity
from gongkai.documents.models import Document
from gongkai.documents.states import Link, State
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
#: Subject, kind, how far it has come, and how many days ago it was made.
_DRAFTS = (
    ("政务公开标准化规范化工作", "policy", "issued", 21),
    ("推进政府信息主动公开工作", "policy", "issued", 14),
    ("居家适老化改造补贴", "normative", "issued", 12),
    ("加强冬季供热保障工作", "policy", "issued", 5),
    ("公共数据授权运营", "normative", State.SIGNED, 40),
    ("冬季清洁取暖补贴", "policy", State.SIGNED, 25),
    ("城市公园绿地开放共享", "policy", State.SIGNED, 6),
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
    answers = _ANSWERS | {"legality_number": f"石合审〔{formed_on.year}〕{place}号"}
    document = drafting.draft(
        city, kind, title, by=people["qicao"], facts=facts, answers=answers,
        html=texts.notice(subject, "做好"),
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
    if until == "issued":
        sign = "石政规" if document.kind == "normative" else "石政发"
        reviewing.number(document, by=people["zhuren"], sign=sign)
        publishing.issue(document, by=people["gongkai"])


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
