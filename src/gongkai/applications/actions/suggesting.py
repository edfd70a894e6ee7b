"""代填：what the record of the case already tells of an outcome; nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.applications.models import Application, Paper, Service
from gongkai.applications.states import Opinion
from gongkai.law.events import CorrectionReceived, Whom


def suggested(application: Application, code: str) -> dict[str, Any]:
    """代填的要素：for an outcome, by the names of the letters' fields; empty ones are left out."""
    tell = _TELLING.get(code)
    found = tell(application) if tell else {}
    return {name: value for name, value in found.items() if value}


def proof_of(paper: Paper | None) -> str:
    """送达证明：how a paper was sent and who signed for it, in one sentence."""
    service = Service.objects.filter(paper=paper).order_by("-pk").first() if paper else None
    if service is None:
        return ""
    parts = [f"{_day(service.sent_on)}以{service.get_way_display()}送达"]
    if service.tracking:
        parts.append(f"邮件号{service.tracking}")
    if service.signed_on and service.receiver:
        parts.append(f"{_day(service.signed_on)}由{service.receiver}签收")
    return "，".join(parts)


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _last(application: Application, number: int) -> Paper | None:
    return application.papers.filter(letter=number, state=Paper.State.FIXED).last()


def _third_party(application: Application) -> dict[str, Any]:
    asked = application.consultations.filter(whom=Whom.THIRD_PARTY.value)
    sentences = []
    for one in asked:
        answer = (
            {
                Opinion.SILENT: "逾期未提出意见",
                Opinion.REFUSES: f"表示不同意公开，理由是：{one.reasons}",
                Opinion.PARTLY: f"同意部分公开：{one.reasons}",
                Opinion.AGREES: "同意公开",
            }.get(Opinion(one.opinion))
            if one.opinion
            else None
        )
        if answer:
            sentences.append(f"本机关于{_day(one.sent_on)}书面征求第三方意见，第三方{answer}")
    return {"征求第三方意见的结果": "；".join(sentences)}


def _unclear(application: Application) -> dict[str, Any]:
    notice = _last(application, 4)
    answer = application.events.counting().filter(kind=CorrectionReceived.TYPE).last()
    return {
        "补正告知的内容": notice.facts.get("需要补正的事项") if notice else "",
        "补正告知的日期": f"{notice.dated_on}" if notice else "",
        "收到的补正材料": f"{_day(answer.on)}收到补正材料" if answer else "",
    }


def _repeated(application: Application) -> dict[str, Any]:
    earlier = earlier_of(application)
    if earlier is None:
        return {}
    reply = earlier.replies.select_related("paper").last()
    return {
        "此前答复的编号": reply.paper.number if reply and reply.paper else earlier.number,
        "此前答复的日期": f"{earlier.answered_on}",
        "此前答复的送达证明": proof_of(reply.paper if reply else None),
    }


def earlier_of(application: Application) -> Application | None:
    """此前的申请：the linked one if it was answered, else the latest answered of the same words."""
    if application.origin is not None and application.origin.answered_on:
        return application.origin
    if not application.person_key:
        return None
    rows = Application.objects.filter(
        organ=application.organ_id,
        person_key=application.person_key,
        answered_on__isnull=False,
    ).exclude(pk=application.pk)
    alike = rows.filter(text_key=application.text_key).order_by("-pk").first()
    return alike or rows.order_by("-pk").first()


def _uncorrected(application: Application) -> dict[str, Any]:
    return {"补正告知的送达证明": proof_of(_last(application, 4))}


def _unpaid(application: Application) -> dict[str, Any]:
    fee = application.fees.last()
    return {
        "收费通知的送达证明": proof_of(_last(application, 12)),
        "缴费期限届满日": f"{fee.pay_by}" if fee and fee.pay_by else "",
    }


def _unreasonable(application: Application) -> dict[str, Any]:
    notice = _last(application, 10)
    asked = f"本机关于{_day(notice.dated_on)}书面要求说明理由" if notice else ""
    return {"要求说明理由的情况": asked}


_TELLING: dict[str, Callable[[Application], dict[str, Any]]] = {
    "C4": _third_party,
    "D3": _unclear,
    "E2": _repeated,
    "E4": _unreasonable,
    "F1": _uncorrected,
    "F2": _unpaid,
}
