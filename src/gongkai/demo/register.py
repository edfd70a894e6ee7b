"""登记簿：years kept in a spreadsheet before they came into this system, loaded as one loads them.

How many there were and how each ended is invented; none was left over, for the report of 2022 has
none carried in. As in every register some lines are doubtful, and one stays out.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from gongkai.applications.actions.loading import apply, carry_out, look_over, take_in
from gongkai.applications.models import Application, Load
from gongkai.applications.states import Category
from gongkai.demo import figures
from gongkai.demo.applicants import applicant, request
from gongkai.demo.applications import NUMBER_FORM, settle
from gongkai.demo.texts import MARK
from gongkai.law.calendar import Calendar
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ, Staff
from gongkai.paper.package import dated_package

#: The year before the report, and the last one that is over.
YEARS = (figures.YEAR - 1, 2025)
_HEADS = (
    *("登记编号", "收到日期", "申请方式", "申请人", "申请人类别", "联系电话", "通信地址"),
    *("申请内容", "内容描述", "补正告知日期", "延期告知日期", "延期天数", "答复日期", "答复结果"),
    *("送达方式", "承办处室", "备注"),
)
#: As the register has it → the outcome by which the request is thought up, and how many.
_OUTCOMES = (
    ("主动公开", "A1", 14), ("予以公开", "A2", 31), ("部分公开", "B", 8), ("国家秘密", "C1", 3),
    ("内部事务信息", "C5", 4), ("行政执法案卷", "C7", 2), ("行政查询事项", "C8", 6),
    ("信息不存在", "D1a", 47), ("不属于本机关", "D1b", 141), ("另行制作", "D2", 12),
    ("信访", "E1", 7), ("逾期不补正", "F1", 2), ("撤回申请", "F3a", 5),
    ("不属于政府信息", "F3b", 4),
)  # fmt: skip
#: 登记簿里的件数
REQUESTS = sum(number for *_, number in _OUTCOMES)
_BUSINESSES = 9
#: Applicants of 2022 have the serials before these.
_FIRST = 2000
_UNSAID, _LATE = 40, 120


def load_register(city: Organ, year: int) -> int:
    """导入一年的登记簿：as the clerk does it: uploaded, looked over, confirmed; how many.

    All in one transaction; none if it has been loaded already.
    """
    if Application.objects.filter(organ=city, year=year, demo=True).exists():
        return 0
    settle(city)
    clerk = Staff.objects.get(username="gongkai")
    with transaction.atomic():
        made = take_in(city, _workbook(year, calendar_of(city)), name_of(year), by=clerk)
        look_over(made, {}, by=clerk)
        apply(made, by=clerk)
        return carry_out(Load.objects.get(pk=made.pk)).added


def name_of(year: int) -> str:
    """登记簿的文件名。"""
    return f"石家庄市人民政府{year}年依申请公开登记簿{MARK}.xlsx"


def _workbook(year: int, calendar: Calendar) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"{year}年"
    sheet.append([name_of(year).removesuffix(".xlsx")])
    sheet.append(list(_HEADS))
    rows = list(_rows(year, calendar))
    for row in rows:
        sheet.append(row)
    # Typed in a second time by a slip: the number is there already.
    sheet.append(rows[-1])
    out = io.BytesIO()
    book.save(out)
    return dated_package(out.getvalue(), date(year, 12, 31))


def _rows(year: int, calendar: Calendar) -> Iterator[list[object]]:
    chance = random.Random(year)
    ended = [(word, code) for word, code, number in _OUTCOMES for _ in range(number)]
    chance.shuffle(ended)
    first, last = date(year, 1, 4), date(year, 11, 19)
    for place, (word, code) in enumerate(ended):
        on = first.toordinal() + place * (last - first).days // len(ended)
        arrived = calendar.roll(date.fromordinal(on))
        yield _row(place + 1, word, code, arrived, calendar, chance)


def _row(
    serial: int, word: str, code: str, arrived: date, calendar: Calendar, chance: random.Random
) -> list[object]:
    category = Category.BUSINESS if serial % (REQUESTS // _BUSINESSES) == 0 else Category.PERSON
    person, asked = (
        applicant(_FIRST + arrived.year % 10 * 300 + serial, category),
        request(code, serial),
    )
    way, sent = chance.choices(
        [("网上申请", "网上送达"), ("邮寄（挂号信）", "邮寄"), ("当面", "当面领取")], [55, 35, 10]
    )[0]
    corrected = extended = ""
    answered = calendar.nth_after(arrived, chance.randint(4, 18))
    if code == "F1":
        corrected = f"{calendar.nth_after(arrived, 3)}"
        answered = calendar.nth_after(arrived, 16)
    elif serial == _LATE:
        answered = calendar.nth_after(arrived, 23)
    elif serial % 29 == 0:
        extended = f"{calendar.nth_after(arrived, 17)}"
        answered = calendar.nth_after(arrived, 27)
    return [
        NUMBER_FORM.replace("{年}", f"{arrived.year}").replace("{号}", f"{serial}"), f"{arrived}",
        "邮寄" if serial == _UNSAID else way, person.name, category.label, person.phone,
        person.address, asked.subject, asked.description, corrected, extended,
        10 if extended else "", f"{answered}", word, sent, "政务公开办公室",
        "依纸质登记簿补录" if serial <= 12 else "",
    ]  # fmt: skip
