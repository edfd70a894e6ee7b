"""公布：the report as a document in the statutory column, searchable and in the feeds.

A correction corrects that document: its address and its 索引号 stay, the text before stays
readable, and the note says why.
"""

from __future__ import annotations

from datetime import date

from gongkai.annual.forms import CARRIED_OUT, DISPUTES, NEW, RESULTS_TOTAL, TABLE_3, TABLE_4, TOTAL
from gongkai.annual.model import Cell, Report
from gongkai.annual.write.html import body
from gongkai.annual.write.layout import lay_out
from gongkai.documents.actions.attaching import findings_of
from gongkai.documents.actions.proclaiming import proclaim, proclaim_anew, why_not_say
from gongkai.documents.models import Document
from gongkai.documents.screened import noticed, stopping
from gongkai.organs.models import Staff
from gongkai.reporting.models import Filing
from gongkai.reporting.states import Scope

#: The kind of the document, and the statutory column it stands in（《条例》第四十九条）.
KIND = "report"


def why_not_stand(filing: Filing) -> list[str]:
    """公布的障碍：those that can be told without reading the text."""
    if filing.scope == Scope.OUTSIDE or filing.organ.code:
        return []
    return [f"{filing.organ}没有登记统一社会信用代码，不能编制索引号，请联系系统管理员补填"]


def why_not_show(filing: Filing, report: Report) -> list[str]:
    """不能公开的内容：what the screening stops, in the text and in the attachments.

    Asked before the leader signs: afterwards the words can no longer be mended.
    """
    found = why_not_say(f"{filing}", text_of(report))
    for file in filing.files.filter(inside=False).select_related("blob"):
        stops = stopping(noticed(findings_of(file.blob, file.name)), ())
        found += [f"附件“{file.name}”：{one.reason}（{one.shown}）" for one in stops]
    return found


def stand(filing: Filing, report: Report, *, by: Staff, on: date) -> Document | None:
    """成为文件：a new one, or the corrected one; none for a unit outside the system.

    Raises NotAllowed.
    """
    if filing.scope == Scope.OUTSIDE:
        return None
    standing = filing.replaces.document if filing.replaces else None
    if standing is not None:
        return proclaim_anew(
            standing, text_of(report), by=by, reason=filing.note, summary=summary(report)
        )
    facts = {
        "issuer": filing.name,
        "topic": "综合政务",
        "keywords": f"政府信息公开 年度报告 {filing.year}年",
        "summary": summary(report),
    }
    return proclaim(
        filing.organ, KIND, f"{filing}", text_of(report), by=by, author=filing.author,
        facts=facts, on=on,
    )  # fmt: skip


def text_of(report: Report) -> str:
    """正文：the six parts and their tables as the page of a document holds them."""
    return "\n".join(body(lay_out(report), styled=False))


def summary(report: Report) -> str:
    """概述：the figures people look for first; those that are blank are not spoken of."""
    table_3 = report.tables.get(TABLE_3) or {}
    table_4 = report.tables.get(TABLE_4) or {}
    suits = [table_4.get(row, {}).get(TOTAL) for row in DISPUTES[1:]]
    told = (
        ("新收政府信息公开申请", table_3.get(NEW, {}).get(TOTAL)),
        ("办结", table_3.get(RESULTS_TOTAL, {}).get(TOTAL)),
        ("结转下年度继续办理", table_3.get(CARRIED_OUT, {}).get(TOTAL)),
        ("行政复议", table_4.get(DISPUTES[0], {}).get(TOTAL)),
        ("行政诉讼", _sum(suits)),
    )
    said = [f"{label}{number}件" for label, number in told if isinstance(number, int)]
    return f"{report.year}年{'，'.join(said)}。" if said else ""


def _sum(cells: list[Cell]) -> int | None:
    whole = [cell for cell in cells if isinstance(cell, int)]
    return sum(whole) if len(whole) == len(cells) else None
