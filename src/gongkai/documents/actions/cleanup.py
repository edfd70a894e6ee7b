"""清理：list what is in force, ask, decide, and carry everything out at one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from html import escape
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.documents.actions.drafting import new_version, place, refuse, validity_of
from gongkai.documents.actions.publishing import send, stand
from gongkai.documents.actions.validity import why_not_end
from gongkai.documents.body.clean import settle
from gongkai.documents.entries import announce
from gongkai.documents.models import (
    Campaign,
    CampaignItem,
    Column,
    Document,
    Relation,
    ReviewForm,
)
from gongkai.documents.numbers import next_index, note_number, number_key, why_not_number
from gongkai.documents.states import Channel, CleanupState, Decision, Link, State, Validity
from gongkai.errors import BadInput, NotAllowed
from gongkai.law.numbers import normalise, parse
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.steps.actions import take
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step

_LINKS = {
    Decision.REPEAL: Link.REPEALS,
    Decision.LAPSE: Link.LAPSES,
    Decision.EXTEND: Link.EXTENDS,
}
_MOVES = {Decision.REPEAL: "repeal", Decision.LAPSE: "lapse", Decision.EXTEND: "extend"}
#: Who speaks for the unit that drafted a document.
OPINING = frozenset({Duty.DRAFT, Duty.UNIT_HEAD, Duty.LEGAL})
#: The order in which the published catalogue lists what was decided.
_LISTED = (Decision.REPEAL, Decision.LAPSE, Decision.EXTEND, Decision.AMEND, Decision.KEEP)


def why_not_begin(organ: Organ, *, by: Staff) -> list[str]:
    """Clean-ups are organised by those who review legality."""
    return [] if Duty.LEGAL in roles_of(by, organ) else [f"{organ}的清理工作由法制审核人员组织"]


@transaction.atomic
def begin(campaign: Campaign, *, by: Staff) -> Campaign:
    """开始清理：the list is everything of these kinds in force that was made up to the cut-off."""
    refuse(why_not_begin(campaign.organ, by=by))
    if campaign.cut_off > timezone.localdate():
        raise BadInput("截止日期不能晚于今天。")
    if not campaign.kinds:
        raise BadInput("请选择清理的种类。")
    hold()
    campaign.author = by
    campaign.save(force_insert=True)
    organs = (
        Q(organ__path__startswith=campaign.organ.path)
        if campaign.subtree
        else Q(organ=campaign.organ)
    )
    rows = Document.objects.in_force().filter(
        organs, state=State.ISSUED, kind__in=campaign.kinds, formed_on__lte=campaign.cut_off
    )
    keys = rows.order_by("formed_on", "pk").values_list("pk", flat=True)
    CampaignItem.objects.bulk_create(
        (CampaignItem(campaign=campaign, document_id=key) for key in keys), batch_size=500
    )
    record(campaign, "begin", by=by, label="开始清理", changes={"件数": campaign.items.count()})
    return campaign


def why_not_opine(item: CampaignItem, *, by: Staff) -> list[str]:
    """What a unit thinks is written down while opinions are gathered."""
    if item.campaign.state != CleanupState.OPINIONS:
        return ["现在不是起草单位提意见的阶段"]
    duties = roles_of(by, item.document.organ) | roles_of(by, item.campaign.organ)
    if not duties & OPINING:
        return ["由文件的起草单位提出意见"]
    return []


@transaction.atomic
def opine_all(
    campaign: Campaign, keys: Collection[int], opinion: str, *, by: Staff, reason: str
) -> int:
    """一并提出意见：one opinion of a unit for several documents, or for none; how many."""
    items = list(campaign.items.filter(pk__in=keys).select_related("document__organ"))
    if not items:
        raise BadInput("请先勾选文件。")
    if opinion not in Decision.values:
        raise BadInput("请选择意见。")
    hold()
    for item in items:
        item.campaign = campaign
        opine(item, opinion, by=by, reason=reason)
    return len(items)


@transaction.atomic
def opine(item: CampaignItem, opinion: str, *, by: Staff, reason: str) -> None:
    """起草单位意见：with a reason, unless all is to stay."""
    refuse(why_not_opine(item, by=by))
    if Decision(opinion) != Decision.KEEP and not reason.strip():
        raise BadInput("除继续有效外，须写明理由。")
    hold()
    item.unit_opinion, item.unit_reason = opinion, reason.strip()
    item.save(update_fields=["unit_opinion", "unit_reason"])
    record(
        item.campaign, "opine", by=by, label="起草单位意见", note=reason,
        changes={item.document.title: Decision(opinion).label},
    )  # fmt: skip


def why_not_decide(campaign: Campaign, *, by: Staff) -> list[str]:
    """Decisions are prepared by the legal reviewers, and made by who signs."""
    if campaign.state not in (CleanupState.LEGAL, CleanupState.DECIDING):
        return ["现在不是法制审核、决定的阶段"]
    if not roles_of(by, campaign.organ) & {Duty.LEGAL, Duty.SIGN}:
        return ["由法制审核人员提出，签发人决定"]
    return []


@transaction.atomic
def decide(
    item: CampaignItem, decision: str, *, by: Staff, reason: str = "", valid_to: date | None = None
) -> None:
    """逐件决定：keep, amend, repeal, declare lapsed, or extend to a day."""
    refuse(why_not_decide(item.campaign, by=by))
    if decision == Decision.EXTEND and (valid_to is None or valid_to <= timezone.localdate()):
        raise BadInput("延长有效期须写明今天以后的新有效期。")
    if decision != Decision.EXTEND and valid_to is not None:
        raise BadInput("只有延长有效期的才填新的有效期。")
    if decision in (Decision.REPEAL, Decision.LAPSE, Decision.AMEND) and not reason.strip():
        raise BadInput("废止、失效、修改须写明理由。")
    hold()
    item.decision, item.reason, item.valid_to = decision, reason.strip(), valid_to
    item.save(update_fields=["decision", "reason", "valid_to"])
    record(
        item.campaign, "decide", by=by, label="逐件决定", note=reason,
        changes={item.document.title: Decision(decision).label},
    )  # fmt: skip


def why_not_move(campaign: Campaign, move: str, *, by: Staff) -> list[str]:
    """下一步的障碍。"""
    reasons = why_not_by_table(campaign, move, by=by)
    items = campaign.items
    if move == "ask" and not items.exists():
        reasons.append("清单是空的，没有要清理的文件")
    if move == "gather" and (left := items.filter(unit_opinion="").count()):
        reasons.append(f"还有{left}件没有起草单位意见")
    if move in ("judge", "apply"):
        if not campaign.legal_opinion:
            reasons.append("没有法制审核意见")
        if left := items.filter(decision="").count():
            reasons.append(f"还有{left}件没有决定")
    if move == "apply":
        reasons += _why_not_apply(campaign)
    return reasons


def _why_not_apply(campaign: Campaign) -> list[str]:
    reasons = []
    if not campaign.organ.code:
        reasons.append(f"{campaign.organ}没有登记统一社会信用代码，不能编制索引号")
    if not _columns(campaign.organ):
        reasons.append("没有设立法定专栏，清理结果没有栏目可以发布")
    if campaign.decision_number:
        reasons += why_not_number(campaign.decision_number, campaign.organ)
    late = campaign.items.filter(decision__in=_MOVES).exclude(
        document__validity__in=(Validity.IN_FORCE, Validity.AMENDED)
    )
    reasons += [
        f"《{title}》在清理期间已经不再有效，请重新决定"
        for title in late.values_list("document__title", flat=True)[:5]
    ]
    return reasons


@transaction.atomic
def advance(campaign: Campaign, move: str, *, by: Staff, note: str = "") -> Step:
    """下一步：ask, gather, judge, return; to apply is a deed of its own."""
    if move == "apply":
        raise NotAllowed("公布清理结果须在它自己的表单里办理。")
    hold()
    refuse(why_not_move(campaign, move, by=by))
    return take(campaign, move, by=by, note=note)


@transaction.atomic
def write_opinion(campaign: Campaign, opinion: str, *, by: Staff) -> None:
    """法制审核意见。"""
    refuse(why_not_decide(campaign, by=by))
    if not opinion.strip():
        raise BadInput("法制审核意见没有内容。")
    hold()
    campaign.legal_opinion = opinion.strip()
    campaign.save(update_fields=["legal_opinion"])
    record(campaign, "legal", by=by, label="法制审核意见", note=opinion)


@transaction.atomic
def apply(campaign: Campaign, *, by: Staff, number: str = "", note: str = "") -> Document:
    """公布清理结果：every decision carried out and the result before the public, or nothing.

    The result is a document of its own, a catalogue of what was decided, linked to each document
    it ended or extended. Raises NotAllowed with all reasons.
    """
    hold()
    campaign.decision_number = number.strip()
    refuse(why_not_move(campaign, "apply", by=by))
    result = _result(campaign, by=by)
    today = timezone.localdate()
    touched = []
    for item in campaign.items.filter(decision__in=_MOVES).select_related("document__organ"):
        _carry_out(item, result, today)
        touched.append(item.document)
    take(campaign, "apply", by=by, note=note, result=result,
         decision_number=campaign.decision_number)  # fmt: skip
    announce([*touched, result])
    return result


def _carry_out(item: CampaignItem, result: Document, today: date) -> None:
    decision, document = Decision(item.decision), item.document
    refuse(why_not_end(document, _MOVES[decision], by=None))
    deeds: dict[Decision, dict[str, Any]] = {
        Decision.REPEAL: {"ended_on": today, "ended_as": Validity.REPEALED},
        Decision.LAPSE: {"ended_on": today, "ended_as": Validity.LAPSED},
        Decision.EXTEND: {"valid_to": item.valid_to},
    }
    changes = deeds[decision]
    follows = validity_of(document, today, **changes)
    note = f"依据《{result.title}》" + (f"：{item.reason}" if item.reason else "")
    take(document, _MOVES[decision], by=None, note=note, **changes, **follows)
    Relation.objects.create(source=result, target=document, link=_LINKS[decision], on=today)


def _result(campaign: Campaign, *, by: Staff) -> Document:
    """The document the result is published as."""
    now = timezone.now()
    today = timezone.localdate(now)
    result = Document(
        organ=campaign.organ,
        author=campaign.author,
        kind="catalogue",
        title=f"{campaign.title}结果目录"[:300],
        issuer=campaign.organ.name,
        genre="公告",
        topic="综合政务",
        formed_on=today,
        summary=summary(campaign),
    )
    if campaign.decision_number:
        result.number = normalise(campaign.decision_number) or campaign.decision_number
        result.number_key = number_key(result.number)
        note_number(parse(result.number))
    result.save(force_insert=True)
    channels = [Channel.WEBSITE, Channel.GAZETTE]
    ReviewForm.objects.create(document=result, unit=campaign.author.unit, channels=channels)
    place(result, _columns(campaign.organ))
    version = new_version(result, settle(_catalogue(campaign)), by=by)
    take(
        result, "announce", by=by, edition=version.number, issued_at=now,
        index_number=next_index(campaign.organ, today.year), **validity_of(result),
    )  # fmt: skip
    stand(result, now, by=by)
    send(result, channels, now, by=by)
    return result


def _columns(organ: Organ) -> list[Column]:
    wanted = ("normative", "policy")
    found = {c.statutory: c for c in Column.objects.filter(organ=organ, statutory__in=wanted)}
    return [found[code] for code in wanted if code in found][:1]


def summary(campaign: Campaign) -> str:
    """清理概况：how many of each decision, and how many have none yet."""
    counts = Counter(campaign.items.values_list("decision", flat=True))
    told = [f"{d.label}{counts[d]}件" for d in _LISTED if counts[d]]
    if told and counts[""]:
        told.append(f"尚未决定{counts['']}件")
    decided = f"：{'、'.join(told)}" if told else ""
    return f"截至{_day(campaign.cut_off)}，清理{sum(counts.values())}件{decided}。"


def _day(on: date | None) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if on else "—"


def _catalogue(campaign: Campaign) -> str:
    """清理结果目录：a table for each decision."""
    pieces = [f"<p>{escape(summary(campaign))}</p>"]
    numerals = iter("一二三四五")
    for decision in _LISTED:
        items = list(campaign.items.filter(decision=decision).select_related("document"))
        if not items:
            continue
        extended = decision == Decision.EXTEND
        pieces.append(f"<h2>{next(numerals)}、{decision.label}的文件（{len(items)}件）</h2>")
        heads = ["序号", "标题", "发文字号", *(["有效期至"] if extended else [])]
        pieces.append("<table><thead><tr>")
        pieces += [f'<th scope="col">{head}</th>' for head in heads]
        pieces.append("</tr></thead><tbody>")
        for place_, item in enumerate(items, 1):
            cells = [str(place_), item.document.title, item.document.number or "—"]
            cells += [_day(item.valid_to)] if extended else []
            row = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            pieces.append(f"<tr>{row}</tr>")
        pieces.append("</tbody></table>")
    return "".join(pieces)
