"""2022年的清理：2 repealed, 40 lapsed, 4 extended, as the campaign and its result tell."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from gongkai.demo import figures
from gongkai.demo.loading import Piece, load, moment
from gongkai.demo.year import CLEANED_ON, CUT_OFF, EXTENDED_TO
from gongkai.documents.models import Campaign, CampaignItem, Column, Document, Relation
from gongkai.documents.states import CleanupState, Decision, Link
from gongkai.organs.models import Organ, Staff
from gongkai.trail.actions import hold, record

TITLE = "石家庄市2022年行政规范性文件清理（演示）"
RESULT = "石家庄市人民政府关于公布行政规范性文件清理结果的决定（演示）"
_LINKS = {
    Decision.REPEAL: Link.REPEALS,
    Decision.LAPSE: Link.LAPSES,
    Decision.EXTEND: Link.EXTENDS,
}


def clean_up(city: Organ) -> None:
    """清理：the campaign as it was closed, its result published, every document linked to it."""
    if Campaign.objects.filter(organ=city, title=TITLE).exists():
        return
    column = Column.objects.get(organ=city, statutory="normative")
    documents = list(
        Document.objects.filter(origin__startswith="demo:norm:", formed_on__lte=CUT_OFF).order_by(
            "pk"
        )
    )
    decisions = {document: _decision(document) for document in documents}
    for _ in load([_result(city, column, decisions)]):
        pass
    with transaction.atomic():
        hold()
        result = Document.objects.get(origin="demo:cleanup")
        campaign = Campaign.objects.create(
            organ=city,
            author=Staff.objects.get(username="fazhi"),
            title=TITLE,
            kinds=["normative"],
            cut_off=CUT_OFF,
            state=CleanupState.APPLIED,
            legal_opinion="经审核，清理范围、程序和结果符合规定（演示）。",
            decision_number=result.number,
            result=result,
            begun_at=moment(date(2022, 7, 1)),
        )
        CampaignItem.objects.bulk_create(
            CampaignItem(
                campaign=campaign,
                document=document,
                unit_opinion=decision,
                decision=decision,
                valid_to=EXTENDED_TO if decision == Decision.EXTEND else None,
            )
            for document, decision in decisions.items()
        )
        Relation.objects.bulk_create(
            Relation(source=result, target=document, link=_LINKS[decision], on=CLEANED_ON)
            for document, decision in decisions.items()
            if decision in _LINKS
        )
        record(campaign, "load", by=None, label="载入演示数据", after=CleanupState.APPLIED)


def _decision(document: Document) -> Decision:
    if document.ended_as:
        return Decision.REPEAL if document.ended_as == "repealed" else Decision.LAPSE
    return Decision.EXTEND if document.valid_to == EXTENDED_TO else Decision.KEEP


def _result(city: Organ, column: Column, decisions: dict[Document, Decision]) -> Piece:
    parts: list[str] = []
    for decision in (Decision.REPEAL, Decision.LAPSE, Decision.EXTEND):
        lines = [
            f"<li>{document.title}（{document.number}）</li>"
            for document, decided in decisions.items()
            if decided == decision
        ]
        parts.append(
            f'<h2 id="s{len(parts) + 1}">{decision.label}的行政规范性文件（{len(lines)}件）</h2>'
            f"<ol>{''.join(lines)}</ol>"
        )
    return Piece(
        "demo:cleanup", city.pk, "catalogue", RESULT,
        CLEANED_ON, moment(CLEANED_ON + timedelta(days=1)), "".join(parts), (column.pk,),
        city.name, f"石政发〔{figures.YEAR}〕900号", genre="决定", topic="综合政务",
        summary="公布2022年行政规范性文件清理结果",
    )  # fmt: skip
