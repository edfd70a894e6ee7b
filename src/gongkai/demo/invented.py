"""编造的年报：reports of units that keep no records here, and of years before there were any.

Their figures are invented, and their text says so; their sums agree, as those of a real report
that was checked do.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from gongkai.annual.forms import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    COERCION,
    DECISIONS,
    DISPUTES,
    FEE_AMOUNT,
    FEES,
    GRANTED,
    IN_FORCE,
    ISSUED,
    LAYOUTS,
    NATURAL_PERSON,
    NEW,
    NORMATIVE_2021,
    NOT_PROCESSED,
    PARTLY_GRANTED,
    PARTS,
    PENALTIES,
    PERMITS,
    REFUSED,
    REPEALED,
    RESULTS,
    RESULTS_TOTAL,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    UNABLE,
    Form,
)
from gongkai.annual.model import Cell, Contact, Header, Part, Report
from gongkai.reporting.assembling import how_to_reach

#: Rows a request ends in, and how often of a hundred.
_ENDS = {
    GRANTED: 34, PARTLY_GRANTED: 7, REFUSED[0]: 1, REFUSED[3]: 2, REFUSED[4]: 3, REFUSED[7]: 6,
    UNABLE[0]: 36, UNABLE[1]: 5, NOT_PROCESSED[0]: 4, NOT_PROCESSED[1]: 2,
}  # fmt: skip
_BUSINESS = APPLICANTS[1]
_TROUBLES = (
    ("政策解读形式还不够丰富", "增加图解、视频和问答解读，重要政策同步组织解读"),
    ("部分栏目更新不够及时", "明确各栏目责任人和更新时限，每月检查一次"),
    ("依申请公开答复的规范化水平还需提高", "组织业务培训，统一答复文书，重要答复由法制机构审核"),
    ("公开的内容与群众期待还有差距", "每季度分析申请热点，把可以公开的转为主动公开"),
    ("基层公开的力量还比较薄弱", "充实工作人员，加强对基层单位的指导"),
)
_OPENLY = (
    "按照规定的内容和时限在政府网站公开政府信息。",
    "围绕重点工作和群众关切，及时公开政策文件、会议议定事项和财政资金信息。",
    "规范栏目设置，集中公开政策文件和办事指南，重要政策同步解读。",
    "对照目录逐项检查公开内容，补齐了执法、项目和民生方面的信息。",
)
_KEEPING = (
    "严格公开前审查，定期清理规范性文件。",
    "拟发公文同步认定公开属性，不予公开的逐件说明理由。",
    "建立政府信息台账，按年度移交档案，规范性文件实行目录管理。",
)
_PLATFORM = (
    "做好政府信息公开专栏的日常维护。",
    "改版公开专栏，完善检索和无障碍功能，设置线下查阅点。",
    "按照网站集约化要求迁移栏目，清理失效链接。",
)
_WATCHING = (
    "把政务公开纳入年度考核，组织业务培训。",
    "每季度通报公开情况，对发现的问题限期整改。",
    "开展社会评议，听取对公开工作的意见，未发生责任追究的情形。",
)
Row = dict[str, Cell]
Table = dict[str, Row]


def form_of(year: int) -> Form:
    """年报格式：the one in force for a year."""
    return Form.Y2021 if year >= 2021 else Form.Y2019


def report_of(
    organ: str,
    year: int,
    requests: int,
    *,
    contact: Contact,
    own: Mapping[str, Table] | None = None,
) -> Report:
    """一份年报：with so many requests; ``own`` are tables that are known already."""
    form = form_of(year)
    chance = random.Random(f"{organ}{year}")
    tables: dict[str, Table] = {
        TABLE_2: _table_2(form, chance),
        TABLE_3: _table_3(form, requests, chance),
        TABLE_4: _table_4(year, requests, chance),
    } | dict(own or {})
    parts = tuple(
        Part(number, heading, _prose(number, tables, chance))
        for number, heading in enumerate(PARTS, start=1)
    )
    return Report(form, year, organ, tables, parts, _header(organ, year, form, contact))


def _table_2(form: Form, chance: random.Random) -> Table:
    table: Table = {row: _none(columns) for row, columns in LAYOUTS[form].tables[TABLE_2].items()}
    if form is Form.Y2021:
        issued, ended = chance.randint(0, 4), chance.randint(0, 2)
        table[NORMATIVE_2021] = {
            ISSUED: issued, REPEALED: ended, IN_FORCE: issued + chance.randint(3, 30),
        }  # fmt: skip
        table[PERMITS] = {DECISIONS: chance.randint(0, 2_400)}
        table[PENALTIES] = {DECISIONS: chance.randint(0, 600)}
        table[COERCION] = {DECISIONS: chance.randint(0, 40)}
        table[FEES] = {FEE_AMOUNT: Decimal(chance.randint(0, 90_000)) / 100}
    return table


def _none(columns: Iterable[str]) -> Row:
    return dict.fromkeys(columns, 0)


def _table_3(form: Form, requests: int, chance: random.Random) -> Table:
    businesses = sum(chance.random() < 0.04 for _ in range(requests))
    came = {NATURAL_PERSON: requests - businesses, _BUSINESS: businesses}
    ended = {
        column: Counter(chance.choices(list(_ENDS), list(_ENDS.values()), k=number))
        for column, number in came.items()
    }
    table = {
        row: _row({column: ended[column][row] for column in came}) for row in LAYOUTS[form].leaves
    }
    none = _row({})
    return {
        NEW: _row(came), CARRIED_IN: dict(none), **table, RESULTS_TOTAL: _row(came),
        CARRIED_OUT: dict(none),
    }  # fmt: skip


def _row(numbers: Mapping[str, int]) -> Row:
    cells: Row = {column: numbers.get(column, 0) for column in APPLICANTS}
    return cells | {TOTAL: sum(numbers.values())}


def _table_4(year: int, requests: int, chance: random.Random) -> Table:
    """One in twenty-five goes to a review; since 2024 a review comes first（复议法第二十三条）."""
    table: Table = {}
    direct = requests // 50 if year < 2024 else 0
    for row, number in zip(DISPUTES, (requests // 25, direct, requests // 60), strict=True):
        # Of the form of 2019 nothing is left over: the year after is counted from records.
        ended = Counter(chance.choices(RESULTS, (70, 10, 12, 8 if year > 2020 else 0), k=number))
        cells: Row = {column: ended[column] for column in RESULTS}
        table[row] = cells | {TOTAL: number}
    return table


def _prose(number: int, tables: Mapping[str, Table], chance: random.Random) -> tuple[str, ...]:
    if number == 1:
        third, fourth = tables[TABLE_3], tables[TABLE_4]
        suits = sum(int(f"{fourth[row][TOTAL]}") for row in DISPUTES[1:])
        return (
            f"（一）主动公开。{chance.choice(_OPENLY)}本报告所列数字为演示数据。",
            f"（二）依申请公开。全年新收政府信息公开申请{third[NEW][TOTAL]}件，其中自然人"
            f"{third[NEW][NATURAL_PERSON]}件；上年结转{third[CARRIED_IN][TOTAL]}件；"
            f"办结{third[RESULTS_TOTAL][TOTAL]}件，结转下年度继续办理"
            f"{third[CARRIED_OUT][TOTAL]}件。发生行政复议{fourth[DISPUTES[0]][TOTAL]}件、"
            f"行政诉讼{suits}件。",
            f"（三）政府信息管理。{chance.choice(_KEEPING)}",
            f"（四）平台建设。{chance.choice(_PLATFORM)}",
            f"（五）监督保障。{chance.choice(_WATCHING)}",
        )
    if number == 5:
        trouble, remedy = chance.choice(_TROUBLES)
        return (f"存在的主要问题：{trouble}。改进情况：{remedy}。",)
    return ("无其他需要报告的事项。",) if number == 6 else ()


def _header(organ: str, year: int, form: Form, contact: Contact) -> Header:
    basis = f"《中华人民共和国政府信息公开条例》和{LAYOUTS[form].basis}的规定"
    said = (
        f"根据{basis}，编制本年度报告。本报告所列数据的统计期限自{year}年1月1日起至"
        f"{year}年12月31日止。",
        *how_to_reach(contact),
    )
    return Header(
        title=f"{organ}{year}年政府信息公开工作年度报告",
        preamble=said,
        basis=("中华人民共和国政府信息公开条例",),
        period=(date(year, 1, 1), date(year, 12, 31)),
        contact=contact,
    )
