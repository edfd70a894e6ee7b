"""附件：the tables and forms of the demonstration, real files made on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.demo.city import COUNTIES
from gongkai.errors import NotInstalled
from gongkai.paper.package import dated_package
from gongkai.paper.typeset import typeset
from gongkai.paper.word import Paper
from gongkai.paper.wordtable import Square

AUTHOR = "石家庄市人民政府办公室（演示）"
_NOTE = "本附件为演示内容，不具有效力。"


@dataclass(frozen=True, slots=True)
class Attached:
    """一个附件：its title, its suffix, and how its bytes are made."""

    title: str
    suffix: str
    make: Callable[[], bytes]

    @property
    def name(self) -> str:
        """文件名。"""
        return f"{self.title}{self.suffix}"


def note(attached: Sequence[Attached]) -> str:
    """附件说明：below the text, numbered where there are several（GB/T 9704—2012 7.3.4）."""
    if not attached:
        return ""
    if len(attached) == 1:
        return f"<p>附件：{attached[0].title}</p>"
    lines = (f"{place}. {one.title}" for place, one in enumerate(attached, 1))
    return "".join(
        f"<p>{'附件：' if place == 0 else '　　　'}{line}</p>" for place, line in enumerate(lines)
    )


def for_norm(subject: str, dated: date, *, chart: bool = False) -> tuple[Attached, ...]:
    """规范性文件的附件：the form to apply with, the figures, and for some the way it goes."""
    made = [
        Attached(f"{subject}申请表", ".docx", lambda: application_form(subject, dated)),
        Attached(f"{subject}资金安排表", ".xlsx", lambda: allotment(subject, dated)),
    ]
    if chart and _sets_pdf():
        made.append(Attached(f"{subject}办理流程", ".pdf", lambda: procedure(subject, dated)))
    return tuple(made)


def for_policy(subject: str, dated: date) -> tuple[Attached, ...]:
    """政策文件的附件：who does what by when."""
    return (Attached(f"{subject}任务分工表", ".xlsx", lambda: division(subject, dated)),)


def for_budget(organ: str, year: int) -> tuple[Attached, ...]:
    """预决算的附件：income and expenditure."""
    name = f"{organ}{year}年度收支决算总表"
    return (Attached(name, ".xlsx", lambda: accounts(organ, year)),)


# ── 内容 ────────────────────────────────────────────────────────────────────────────────────


def application_form(subject: str, dated: date) -> bytes:
    """申请表：DOCX, to be filled in by hand."""
    title = f"{subject}申请表（演示）"
    paper = Paper(title=title, author=AUTHOR, dated=dated)
    paper.title([title])
    rows = [
        [_head("申请人"), _blank(), _head("联系电话"), _blank()],
        [_head("单位或者住址"), _blank(3)],
        [_head("申请事项"), _blank(3)],
        [_head("申请理由"), _blank(3)],
        [_head("所附材料"), _blank(3)],
        [_head("受理意见"), Square("经办人：　　　　　年　　月　　日", 3, centred=False)],
        [_head("审批意见"), Square("（盖章）　　　　　年　　月　　日", 3, centred=False)],
    ]
    paper.table(rows, [2, 3, 2, 3], caption=title, heads=0, size=12, height=40)
    paper.paragraph(f"填写说明：一式两份，受理部门和申请人各存一份。{_NOTE}")
    return paper.finish()


def allotment(subject: str, dated: date) -> bytes:
    """资金安排表：by county."""
    base = sum(map(ord, subject))
    rows: list[list[object]] = []
    for place, county in enumerate(COUNTIES):
        share = 40 + (base + 37 * place) % 160
        rows.append([county, share, round(share * 0.4, 1), round(share * 0.6, 1)])
    rows.append(["合计", *(round(sum(float(str(row[n])) for row in rows), 1) for n in (1, 2, 3))])
    heads = ("县（市、区）", "合计（万元）", "市级（万元）", "县级（万元）")
    return _workbook(f"{subject}资金安排表（演示）", heads, rows, dated)


def division(subject: str, dated: date) -> bytes:
    """任务分工表：task, who leads, who joins, by when."""
    units = ("市发展改革委", "市财政局", "市住房城乡建设局", "市市场监管局", "市行政审批局")
    tasks = ("制定实施细则", "落实资金保障", "公布办事指南", "开展培训宣传", "组织检查评估")
    rows: list[list[object]] = [
        [
            place + 1,
            f"{subject}：{task}",
            units[place],
            units[(place + 2) % 5],
            f"{3 * place + 3}月底前",
        ]
        for place, task in enumerate(tasks[:4])
    ]
    rows.append([5, f"{subject}：{tasks[4]}", units[4], "各县（市、区）人民政府", "12月底前"])
    heads = ("序号", "任务", "牵头单位", "配合单位", "完成时限")
    return _workbook(f"{subject}任务分工表（演示）", heads, rows, dated)


def accounts(organ: str, year: int) -> bytes:
    """收支决算总表：in 10,000 yuan, balanced."""
    base = 800 + sum(map(ord, organ)) % 4000
    income = {
        "一般公共预算财政拨款": base,
        "政府性基金预算财政拨款": base // 7,
        "其他收入": base // 40,
    }
    total = sum(income.values())
    spent = {"一般公共服务支出": total * 6 // 10, "社会保障和就业支出": total * 2 // 10}
    spent["城乡社区支出"] = total - sum(spent.values())
    rows: list[list[object]] = [
        [name, money, to, out]
        for (name, money), (to, out) in zip(income.items(), spent.items(), strict=True)
    ]
    rows.append(["本年收入合计", total, "本年支出合计", sum(spent.values())])
    heads = ("收入项目", "决算数（万元）", "支出项目", "决算数（万元）")
    return _workbook(f"{organ}{year}年度收支决算总表（演示）", heads, rows, date(year, 12, 31))


_PROCEDURE = """
#let (year, month, day) = data.dated
#show: national.with(
  title: data.title,
  author: (data.author,),
  dated: datetime(year: year, month: month, day: day),
)
#title()
#for (place, step) in data.steps.enumerate(start: 1) {
  align(center, block(
    width: 70%, inset: 10pt, stroke: 0.8pt, above: 4pt, below: 4pt,
    par(first-line-indent: 0pt, justify: false, [#place. #step]),
  ))
  if place < data.steps.len() { align(center, par(first-line-indent: 0pt)[↓]) }
}
#par(data.note)
"""


def procedure(subject: str, dated: date) -> bytes:
    """办理流程：PDF; raises NotInstalled without Chinese fonts."""
    title = f"{subject}办理流程（演示）"
    steps = ("提交申请", "受理：材料齐全的当场受理", "审核：自受理之日起10个工作日",
             "公示：5个工作日", "办结：发放并归档")  # fmt: skip
    day = [dated.year, dated.month, dated.day]
    data = {"title": title, "author": AUTHOR, "steps": steps, "note": _NOTE, "dated": day}
    return typeset(_PROCEDURE, data, dated=dated)


@cache
def _sets_pdf() -> bool:
    """Whether there are fonts here to set a PDF with; without them there are two attachments."""
    try:
        procedure("检查", date(2022, 1, 1))
    except NotInstalled:
        return False
    return True


def months_chart(numbers: Sequence[int]) -> bytes:
    """柱状图：one bar a month, as a PNG; the words stand in its description."""
    from PIL import Image, ImageDraw

    wide, high, foot = 720, 360, 30
    picture = Image.new("RGB", (wide, high), "white")
    pen = ImageDraw.Draw(picture)
    step, most = wide // len(numbers), max(numbers)
    for place, number in enumerate(numbers):
        left, tall = place * step + 12, number * (high - 2 * foot) // most
        pen.rectangle([left, high - foot - tall, left + step - 24, high - foot], fill="#0b4a8f")
        pen.text((left + 8, high - foot - tall - 14), str(number), fill="#1c2530")
        pen.text((left + 10, high - foot + 8), str(place + 1), fill="#1c2530")
    pen.line([0, high - foot, wide, high - foot], fill="#1c2530")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def identity_card(serial: int) -> bytes:
    """身份证明的影像：a card that shows nothing but that it is one of the demonstration."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (428, 270), "#e8edf3")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle([8, 8, 420, 262], 16, outline="#0b4a8f", width=3)
    pen.rectangle([300, 40, 390, 150], fill="#c3ccd6")
    pen.text((40, 60), "DEMO", fill="#0b4a8f", font_size=40)
    pen.text((40, 200), f"139999 / {serial:06d}", fill="#1c2530", font_size=24)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(text: str) -> Square:
    return Square(text, shaded=True)


def _blank(across: int = 1) -> Square:
    return Square("", across, centred=False)


def _workbook(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], dated: date
) -> bytes:
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = AUTHOR, title
    sheet = book.active
    assert sheet is not None
    sheet.title = "附表"
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment("center")
    sheet.append(list(heads))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(list(row))
    sheet.append([_NOTE])
    for place in range(1, len(heads) + 1):
        told = [str(row[place - 1]) for row in rows] + [heads[place - 1]]
        sheet.column_dimensions[get_column_letter(place)].width = 2.2 * max(map(len, told)) + 2
    sheet.freeze_panes = "A3"
    out = io.BytesIO()
    book.save(out)
    return dated_package(out.getvalue(), dated)
