"""Print docs/reproduction.md: the report the demonstration counts, beside the real one of 2022.

python docs/reproduction.py        # fills a city of its own for it; takes a minute or two
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.annual.forms import Ref
    from gongkai.annual.model import Cell, Report
    from gongkai.reporting.models import Filing

HERE = Path(__file__).parent
PAGE = HERE / "reproduction.md"
REAL = HERE.parent / "tests" / "data" / "reports" / "01_sjz_gov_office_2022.txt"
PRINTED = "<!-- Printed from the code by `make docs`; do not edit. -->"
FORMATS = ("html", "docx", "pdf", "xlsx", "json")


@dataclass(frozen=True)
class Figure:
    """正文里的一个数字：what it counts, where both reports tell it, and its name in braces."""

    label: str
    told: str
    name: str

    def in_(self, report: Report) -> int:
        """How much a report says it is."""
        part = report.part(1)
        found = re.findall(self.told, part.text if part else "")
        assert len(found) == 1, (self.label, found)
        return int(found[0])


FIGURES = (
    Figure("公开各类政策文件", r"各类政策文件(\d+)件", "政策文件"),
    Figure("公开建议、提案复文", r"复文(\d+)件", "建议提案复文"),
    Figure("通过市政府网站公开信息", r"公开各类政府信息(\d+)条", "各单位网站信息"),
    Figure("编发微博微信稿件", r"编发微博微信稿件(\d+)篇", "各单位新媒体信息"),
    Figure("编发政府公报", r"公报(\d+)期", "公报期数"),
    Figure("公报刊登政策文件", r"公报\d+期[,，]公开政策文件(\d+)件", "公报文件"),
    Figure("送图书馆、档案馆、政务服务中心", r"政务服务中心公开政策文件(\d+)件", "送查阅点"),
    Figure("办理依申请公开", r"办理依申请政府信息公开(\d+)件", "办理"),
    Figure("引发行政复议", r"行政复议(\d+)件", "复议"),
    Figure("行政诉讼", r"行政诉讼(\d+)件", "诉讼"),
    Figure("现行有效规章", r"现行有效规章 ?(\d+)件", "规章有效"),
    Figure("废止行政规范性文件", r"废止市政府行政规范性文件(\d+)件", "规范性文件废止"),
    Figure("失效行政规范性文件", r"失效(\d+)件", "规范性文件失效"),
    Figure("公开平台各版块发布信息", r"公开相关信息(\d+)条", "各单位专栏信息"),
)
#: What the real report tells and no record of the site does.
_NOT_COUNTED = (
    "延期使用的规范性文件4件、监测微博微信稿件249,132篇、通报5期，系统没有相应的统计项，不引用；"
    "行政许可、行政处罚、行政强制、行政事业性收费四项为0，由人填写并注明来源。"
)


def real() -> Report:
    """原报告：as it was published, misprints and all, read by `gongkai.annual.read`."""
    from gongkai.annual.read import read_report

    return read_report(REAL)


def ours() -> Filing:
    """重现的报告：published in the demonstration."""
    from gongkai.reporting.models import Filing

    return Filing.objects.public().get(organ__kind="city", scope="own", year=2022)


def read_back(filing: Filing) -> dict[str, Report]:
    """读回：what the public is handed, read as anybody's report would be."""
    from django.test import Client

    from gongkai.annual.read import read_bytes

    browser, address = Client(HTTP_HOST="localhost"), f"/reports/{filing.pk}/"
    found = {"网页": read_bytes(_bytes(browser, address), "page.html")}
    for form in FORMATS:
        name = f"report.{form}"
        found[form.upper()] = read_bytes(_bytes(browser, f"{address}{name}"), name)
    return found


def _bytes(browser: object, address: str) -> bytes:
    response = browser.get(address)  # type: ignore[attr-defined]
    assert response.status_code == 200, (address, response.status_code)
    return b"".join(response) if response.streaming else bytes(response.content)


def differences(report: Report, other: Report) -> list[tuple[Ref, Cell, Cell]]:
    """不一致的格：a cell that is blank counts as 0 here, and only here."""
    pairs = ((ref, cell, other.cell(ref)) for ref, cell in report.cells())
    return [(ref, cell, their) for ref, cell, their in pairs if cell != (their or 0)]


# ── 成页 ────────────────────────────────────────────────────────────────────────────────────


def page(filing: Filing, back: Mapping[str, Report]) -> str:
    """docs/reproduction.md。"""
    from gongkai.annual.exchange import load

    return "\n\n".join(_page(load(filing.frozen), real(), back)) + "\n"


def _page(report: Report, seed: Report, back: Mapping[str, Report]) -> Iterator[str]:
    cells = list(report.cells())
    blank = [ref for ref, cell in seed.cells() if cell is None]
    wrong = differences(report, seed)
    yield "# A real report, made again from records 重现一份真实的年报"
    yield PRINTED
    yield (
        f"《{seed.organ}{seed.year}年政府信息公开工作年度报告》是已公布的真实年报（原文存"
        " [tests/data](../tests/data/README.md)）。演示城市按它的规模填入办理记录：每一件申请、"
        "文件、案件的内容都是编造的，数量与原报告一致。由这些记录统计、编制、审签、报送、审核、公布的年报，"
        "与原报告逐格比较如下。"
    )
    yield (
        "```sh\nmake run FULL=1     # 填满一年，网址 /reports/\n"
        "gongkai report count 石家庄市人民政府 2022 --json\n```"
    )
    yield f"## 表二至表四：{len(cells)}格，{len(cells) - len(wrong)}格相同，{len(wrong)}格不同"
    if blank:
        yield f"原文空白{len(blank)}格（表中写作“0 空”）：{'、'.join(f'{ref}' for ref in blank)}。"
    for table, rows in report.tables.items():
        yield from _tables(report, seed, table, rows or {})
    yield "## 正文里的数字"
    yield "| 内容 | 原报告 | 重现 | 活数字 |\n|---|--:|--:|---|\n" + "\n".join(
        f"| {one.label} | {one.in_(seed):,} | {one.in_(report):,} | `{{{one.name}}}` |"
        for one in FIGURES
    )
    yield _NOT_COUNTED
    yield "## 公布以后读回"
    yield "公众看到的网页和下载的各种格式，用 `gongkai report read` 的同一套程序读回，与定稿比较："
    yield "| 格式 | 读到的格数 | 不同的格数 |\n|---|--:|--:|\n" + "\n".join(
        f"| {name} | {len(list(read.cells()))} | {len(differences(read, report))} |"
        for name, read in back.items()
    )


def _tables(
    report: Report, seed: Report, table: str, rows: Mapping[str, Mapping[str, Cell]]
) -> Iterator[str]:
    """Neighbouring rows that share their columns stand in one table."""
    from gongkai.annual.forms import Ref

    yield f"### {table}"
    columns: tuple[str, ...] = ()
    lines: list[str] = []
    for row, cells in rows.items():
        if tuple(cells) != columns:
            if lines:
                yield "\n".join(lines)
            columns = tuple(cells)
            lines = [f"| | {' | '.join(columns)} |", f"|---|{'--:|' * len(columns)}"]
        shown = [_shown(cell, seed.cell(Ref(table, row, name))) for name, cell in cells.items()]
        lines.append(f"| {row} | {' | '.join(shown)} |")
    yield "\n".join(lines)


def _shown(cell: Cell, their: Cell) -> str:
    if their is None:
        return f"{cell} 空"
    return f"{cell}" if cell == their else f"**{cell} ≠ {their}**"


def main() -> int:
    """Fill a city, compare, write the page."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "GONGKAI_HOME": home,
            "GONGKAI_DEMO": "1",
            "GONGKAI_HTTPS": "0",
            "DJANGO_SETTINGS_MODULE": "gongkai.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        from gongkai.demo.filling import fill

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        for step in fill(full=True):
            print(f"\r{step.stage} {step.done:,}/{step.total:,}    ", end="", file=sys.stderr)
        print(file=sys.stderr)
        filing = ours()
        text = page(filing, read_back(filing))
    if not PAGE.exists() or PAGE.read_text("utf-8") != text:
        PAGE.write_text(text, "utf-8")
        print(f"docs/{PAGE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
