"""公布的年报：what the page of a published report shows; only what ``visible()`` lets out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from gongkai.annual.exchange import load
from gongkai.annual.model import Report
from gongkai.annual.write.html import body
from gongkai.annual.write.layout import Document as Page
from gongkai.annual.write.layout import lay_out
from gongkai.documents.elsewhere import Link
from gongkai.documents.showing import Cell
from gongkai.files.kinds import Kind
from gongkai.reporting.charts import charts_of
from gongkai.reporting.models import Filing
from gongkai.reporting.series import Unit, Year, provenance, years_of
from gongkai.reporting.states import Basis, Scope, State
from gongkai.theme.charts import Plot
from gongkai.theme.prepared import Prepared

#: 下载的格式：ending and the word for it.
DOWNLOADS = (
    ("docx", "Word 文档"),
    ("pdf", "PDF 文件"),
    ("xlsx", "Excel 工作簿"),
    ("html", "网页文件"),
    ("json", "JSON 数据"),
)


@dataclass(frozen=True, slots=True)
class Version:
    """版本：one of a report that was corrected, as it is listed on the page of another."""

    pk: int
    number: int
    on: date
    note: str
    current: bool


@dataclass(frozen=True)
class Shown:
    """公布的年报：the version, its report, and everything around it."""

    filing: Filing
    report: Report

    @property
    def unit(self) -> Unit:
        """单位。"""
        one = self.filing
        outside = one.name if one.scope == Scope.OUTSIDE else ""
        return Unit(one.organ_id, one.scope, one.name, outside)

    @cached_property
    def page(self) -> Page:
        """版面：title and parts in the official order."""
        return lay_out(self.report)

    @property
    def body(self) -> str:
        """正文：prose and tables, every word escaped by the writer."""
        return "\n".join(body(self.page, styled=False))

    @property
    def provenance(self) -> str:
        """数据来源。"""
        return provenance(self.filing.basis, loaded=self.loaded)

    @property
    def loaded(self) -> bool:
        """据已公布的文件：published elsewhere, and kept here as it was read."""
        return self.filing.basis == Basis.FILE and self.filing.document_id is None

    @property
    def replaced(self) -> bool:
        """已更正：a newer version has taken its place."""
        return self.filing.state == State.REPLACED

    @cached_property
    def years(self) -> list[Year]:
        """历年：of the same unit, oldest first."""
        return years_of(self.filing.organ_id, self.filing.scope, self.filing.name)

    @property
    def before(self) -> Year | None:
        """上一年的。"""
        earlier = [one for one in self.years if one.year < self.filing.year]
        return earlier[-1] if earlier else None

    @property
    def after(self) -> Year | None:
        """下一年的。"""
        return next((one for one in self.years if one.year > self.filing.year), None)

    @cached_property
    def versions(self) -> list[Version]:
        """各版本：newest first; nothing where there is only this one."""
        one = self.filing
        rows = Filing.objects.public().of(one.organ, one.scope, one.year, self.unit.outside)
        found = [
            Version(pk, number, on, note, state == State.PUBLISHED)
            for pk, number, on, note, state in rows.values_list(
                "pk", "version", "published_on", "note", "state"
            )
            if on is not None
        ]
        return found if len(found) > 1 else []

    @property
    def newest(self) -> Version | None:
        """现行版本：of a report that was corrected."""
        return next((one for one in self.versions if one.current), None)

    @cached_property
    def charts(self) -> list[Plot]:
        """图表：the years are those up to this one; the version shown speaks for its own."""
        earlier = [one for one in self.years if one.year < self.filing.year]
        own = Year(self.filing.pk, self.filing.year, self.filing.basis, self.loaded, self.report)
        return charts_of(self.report, [*earlier, own])

    @cached_property
    def files(self) -> list[dict[str, Any]]:
        """附件：what was attached for the public."""
        rows = self.filing.files.filter(inside=False).select_related("blob")
        return [
            {
                "url": reverse("reporting:report_file", args=[self.filing.pk, file.pk]),
                "name": file.title or file.name,
                "kind": Kind(file.blob.kind).label,
                "size": file.blob.size,
            }
            for file in rows
        ]

    @property
    def facts(self) -> list[Cell]:
        """抬头：what stands above the report; what is empty is left out, no row is left half."""
        one = self.filing
        told = (
            ("编报单位", one.name),
            ("年度", f"{one.year}年"),
            ("索引号", self.report.header.index_number),
            ("发布日期", one.published_on),
            ("版本", f"第{one.version}版" if self.versions else ""),
            ("数据来源", self.provenance),
        )
        found = [Cell(name, value) for name, value in told if value]
        return [*found[:-1], replace(found[-1], wide=len(found) % 2 == 1)]


def show(pk: int) -> Shown | None:
    """公布的年报：None for what the public may not see."""
    filing = Filing.objects.public().select_related("organ", "document").filter(pk=pk).first()
    return Shown(filing, load(filing.frozen)) if filing is not None else None


_standing = Prepared(
    lambda document: (
        Filing.objects.public().filter(document=document, state=State.PUBLISHED).values_list("pk")
    )
)


def links_of(document: int) -> Iterator[Link]:
    """另见：the page of the report that stands as a document."""
    for (pk,) in _standing(document):
        yield Link("图表、历年数据和各种格式下载", reverse("reporting:report", args=[pk]))


def context_of(shown: Shown) -> dict[str, Any]:
    """页面内容。"""
    one = shown.filing
    archive = reverse("reporting:archive")
    return {
        "shown": shown,
        "filing": one,
        "downloads": [
            (reverse("reporting:download", args=[one.pk, form]), label)
            for form, label in DOWNLOADS
        ],
        "data": f"{reverse('reporting:data')}?unit={shown.unit.key}",
        "crumbs": [
            {"label": "首页", "url": "/"},
            {"label": "政府信息公开年报", "url": archive},
            {"label": f"{one.year}年", "url": reverse("reporting:archive_year", args=[one.year])},
            {"label": one.name, "url": ""},
        ],
        "tag_column": COLUMN,
        "tag_article": {
            "title": f"{one}",
            "pub_date": one.published_on,
            "source": one.name,
            "keywords": f"{one.name},{one.year}年,政府信息公开年报",
            "description": f"{one}",
            "author": one.name,
            "url": reverse("reporting:report", args=[one.pk]),
        },
    }  # fmt: skip


#: 页面标签：every page here is of the statutory column of yearly reports.
COLUMN = {
    "name": "政府信息公开年报",
    "description": "各机关政府信息公开工作年度报告（条例第四十九条、第五十条）",
    "keywords": "政府信息公开,年度报告,年报",
    "type": "信息公开年报",
}
