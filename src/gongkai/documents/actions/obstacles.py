"""还缺什么：what of the trade stands in the way of a move, besides state and duty."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from gongkai.documents.actions.drafting import all_findings, life_of
from gongkai.documents.elsewhere import made_at
from gongkai.documents.life import why_not_dates
from gongkai.documents.models import Document, Override
from gongkai.documents.screened import stopping
from gongkai.documents.states import (
    DUE,
    PUBLIC,
    Attribute,
    Channel,
    Link,
    Secrecy,
    State,
    off_path,
)
from gongkai.organs.models import Staff
from gongkai.steps.actions import Offer, offers
from gongkai.steps.actions import why_not as why_not_by_table


def why_not(document: Document, move: str, *, by: Staff | None) -> list[str]:
    """为什么不能：the reasons of the table and of the trade, each once."""
    reasons = why_not_by_table(document, move, by=by)
    if document.state in document.FLOW[move].start:
        reasons += [reason for reason in obstacles(document, move) if reason not in reasons]
    return reasons


def next_steps(document: Document, *, by: Staff) -> list[Offer]:
    """下一步：the moves of this kind's path, each with what stands in its way."""
    found = offers(document, by=by, why_not_also=lambda move: obstacles(document, move))
    return [
        offer
        for offer in found
        if not off_path(offer.move.name, document.kind) and offer.move.name not in _BY_OTHERS
    ]


def obstacles(document: Document, move: str) -> list[str]:
    """还缺什么：for this move; nothing if all is there."""
    if off_path(move, document.kind):
        return [f"{document.row.name}不走这条审签路径"]
    check = _CHECKS.get(move)
    return check(document) if check else []


# ── 逐步的条件 ──────────────────────────────────────────────────────────────────────────────


def _drafted(document: Document) -> list[str]:
    """What the drafter must have filled in before anybody else looks at it."""
    form, reasons = document.form, []
    if not form.unit:
        reasons.append("没有填写起草处（科）室")
    if document.row.path.name == "FULL" and not document.genre:
        reasons.append("没有选择公文种类")
    reasons += _written(document) + _attributed(document) + _planned(document) + _dated(document)
    return reasons


def _written(document: Document) -> list[str]:
    return [] if document.edition else ["没有正文"]


def _dated(document: Document) -> list[str]:
    return why_not_dates(life_of(document), today=timezone.localdate())


def _attributed(document: Document) -> list[str]:
    """公开属性：disclosure is the norm; what is kept back needs an article and a day to look again.

    《政府信息公开条例》第五条、第十四条至第十六条、第十八条。
    """
    form, reasons = document.form, []
    if document.attribute in PUBLIC:
        if not document.placements.filter(direct=True).exists():
            reasons.append("没有选择发布栏目")
        if Channel.WEBSITE not in form.channels:
            reasons.append("公开渠道须包括政府网站（第二十四条）")
        if form.ground:
            reasons.append("主动公开的文件不应填写不予公开的理由")
        return reasons
    if document.attribute == Attribute.REFUSED and not form.ground:
        reasons.append("不予公开须选择理由和依据条款（第十四条至第十六条）")
    if not form.attribute_reason:
        reasons.append(f"{document.get_attribute_display()}须说明理由（第五条）")
    if not form.review_on:
        reasons.append("没有填写重新评估日期（第十八条）")
    elif form.review_on <= timezone.localdate():
        reasons.append("重新评估日期须在今天以后（第十八条）")
    return reasons


def _planned(document: Document) -> list[str]:
    """政策解读：planned with the document, or a reason why there is none（同步起草）."""
    if not document.row.policy or document.attribute not in PUBLIC:
        return []
    form = document.form
    if form.interpretation is None:
        return ["政策文件须有解读方案：填写是否需要解读（同步起草、同步审签、同步发布）"]
    if not form.interpretation:
        return [] if form.interpretation_reason else ["没有写明不作解读的理由"]
    reasons = []
    if not form.interpretation_forms:
        reasons.append("解读方案没有选择解读形式")
    if not form.interpreter:
        reasons.append("解读方案没有写明解读人")
    return reasons


def _kept_secret(document: Document) -> list[str]:
    """保密审查（《保守国家秘密法》第三十五条）：its result is written down before it is passed."""
    form, reasons = document.form, []
    if not form.secrecy:
        reasons.append("没有填写密级")
    if form.secrecy == Secrecy.WORK and document.attribute in PUBLIC:
        reasons.append("工作秘密不得主动公开，须先改变公开属性")
    if document.attribute in PUBLIC:
        if not form.personal_checked:
            reasons.append("没有确认个人信息已核查")
        if not form.commercial_checked:
            reasons.append("没有确认商业秘密已核查")
    return reasons + _screened(document)


def _screened(document: Document) -> list[str]:
    """筛查：a hard stop for what is to go before the public."""
    if document.attribute not in PUBLIC or not document.edition:
        return []
    found = [one for one in all_findings(document) if one.stops]
    if not found:
        return []
    passed = set(Override.objects.filter(document=document).values_list("mark", flat=True))
    left = stopping(found, passed)
    return [
        f"筛查拦截：{one.reason}（{one.shown}），须改正或者由另一人说明理由放行" for one in left
    ]


def _lawful(document: Document) -> list[str]:
    if document.row.binding and not document.form.legality_number:
        return ["没有填写合法性审核编号（国办发〔2018〕115号）"]
    return []


def _open(document: Document) -> list[str]:
    """公开机构审核：the whole answer to whether, where and with what it goes out."""
    reasons = _attributed(document) + _planned(document)
    if document.attribute in PUBLIC:
        if not document.form.others_consulted:
            reasons.append("没有填写涉及其他机关的协商、确认情况（第十一条）")
        if not document.form.copyright_checked:
            reasons.append("没有确认版权已核查")
    return reasons


def _complete(document: Document) -> list[str]:
    """审查表齐全：everything the form asks for; without it nothing is signed or numbered."""
    found = _drafted(document) + _kept_secret(document) + _lawful(document) + _open(document)
    return list(dict.fromkeys(found))


def _to_number(document: Document) -> list[str]:
    reasons = _complete(document)
    if document.number:
        reasons.append(f"已经编号：{document.number}")
    if not document.row.numbered:
        reasons.append(f"{document.row.name}不编发文字号")
    return reasons


def _to_issue(document: Document) -> list[str]:
    return _alone(document) + _together(document)


def _alone(document: Document) -> list[str]:
    """What must be there for it to go out, whatever goes with it."""
    reasons = []
    if document.attribute not in PUBLIC:
        reasons.append(f"公开属性是“{document.get_attribute_display()}”，不能发布")
    if document.row.numbered and not document.row.reprint and not document.number:
        reasons.append("还没有编号")
    if not document.formed_on:
        reasons.append("没有成文日期")
    if not document.organ.code and not document.row.reprint:
        reasons.append(f"{document.organ}没有登记统一社会信用代码，不能编制索引号")
    return reasons + _complete(document)


def _together(document: Document) -> list[str]:
    """同步发布：an interpretation is signed before the document goes out, and goes out with it."""
    interprets = document.acts.filter(link=Link.INTERPRETS).select_related("target")
    reasons = [
        f"解读的《{one.target}》还没有发布；文件发布时，解读一并发布（同步发布）"
        for one in interprets
    ]
    if any(one.target.state == State.ISSUED for one in interprets):
        reasons = []
    if not (document.row.policy and document.form.interpretation):
        return reasons
    tied = document.acted_upon.filter(link=Link.INTERPRETS)
    if tied.filter(source__state=State.ISSUED).exists():
        return reasons
    signed = tied.filter(source__state__in=DUE).select_related("source__organ", "source__form")
    lacking = [(one.source, _alone(one.source)) for one in signed]
    if not lacking:
        reasons.append("解读材料还没有签发（同步发布）；请先办结，并与本文件建立“解读”关系")
    elif all(missing for _, missing in lacking):
        reasons += [
            f"解读材料《{source.title}》还不能发布：{reason}"
            for source, missing in lacking
            for reason in missing
        ]
    return reasons


def _to_keep(document: Document) -> list[str]:
    if document.attribute in PUBLIC:
        return ["主动公开的文件应当发布，不能归档了事（第二十六条）"]
    return []


def _to_correct(document: Document) -> list[str]:
    """A text that stands for the record of another room says what that record says."""
    place = made_at(document.kind, document.pk)
    return [f"这份文件由“{place}”公布，请在那里新建更正的版本"] if place else []


def _to_restore(document: Document) -> list[str]:
    return _screened(document)


#: Moves that come of a deed on something else: the result of a clean-up, a yearly report.
_BY_OTHERS = {"announce", "proclaim"}

_CHECKS: Mapping[str, Callable[[Document], list[str]]] = {
    "submit": _drafted,
    "pass_unit": _drafted,
    "pass_secrecy": _kept_secret,
    "pass_secrecy_short": _kept_secret,
    "pass_legal": _lawful,
    "pass_office": _open,
    "pass_office_short": _complete,
    "pass_director": _complete,
    "sign": _complete,
    "number": _to_number,
    "schedule": _to_issue,
    "issue": _to_issue,
    "keep": _to_keep,
    "correct": _to_correct,
    "restore": _to_restore,
}
