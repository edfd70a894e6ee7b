"""年报格式：the three real forms of the yearly report, as data.

Names of tables, rows and columns are the exchange names: the keys of the ``tables``
object that `gongkai report read --json` prints and `gongkai report write` takes.

- 2021 form: 国办公开办函〔2021〕30号, for the years 2021 on;
- 2019 form: 国办公开办函〔2019〕60号 (试行), for the years 2019 and 2020;
- mixed form: the 2021 form filled in with one row for （六）其他处理, as in the 2019 form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

TABLE_2 = "表二 主动公开政府信息情况"
TABLE_3 = "表三 收到和处理政府信息公开申请情况"
TABLE_4 = "表四 行政复议、行政诉讼情况"
TABLES = (TABLE_2, TABLE_3, TABLE_4)

PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)

NATURAL_PERSON = "自然人"
ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
APPLICANTS = (NATURAL_PERSON, *ORGANISATIONS)
TOTAL = "总计"
TABLE_3_COLUMNS = (*APPLICANTS, TOTAL)

NEW = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
RESULTS_TOTAL = "三、（七）总计"
CARRIED_OUT = "四、结转下年度继续办理"

GRANTED = "三、（一）予以公开"
PARTLY_GRANTED = "三、（二）部分公开"
REFUSED = (
    "三、（三）1.属于国家秘密",
    "三、（三）2.其他法律行政法规禁止公开",
    "三、（三）3.危及“三安全一稳定”",
    "三、（三）4.保护第三方合法权益",
    "三、（三）5.属于三类内部事务信息",
    "三、（三）6.属于四类过程性信息",
    "三、（三）7.属于行政执法案卷",
    "三、（三）8.属于行政查询事项",
)
UNABLE = (
    "三、（四）1.本机关不掌握相关政府信息",
    "三、（四）2.没有现成信息需要另行制作",
    "三、（四）3.补正后申请内容仍不明确",
)
NOT_PROCESSED = (
    "三、（五）1.信访举报投诉类申请",
    "三、（五）2.重复申请",
    "三、（五）3.要求提供公开出版物",
    "三、（五）4.无正当理由大量反复申请",
    "三、（五）5.要求行政机关确认或重新出具已获取信息",
)
OTHERWISE_THREE_ROWS = (
    "三、（六）1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "三、（六）2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "三、（六）3.其他",
)
OTHERWISE_ONE_ROW = ("三、（六）其他处理",)

RECONSIDERATION = "行政复议"
DIRECT_SUIT = "行政诉讼-未经复议直接起诉"
SUIT_AFTER_RECONSIDERATION = "行政诉讼-复议后起诉"
DISPUTES = (RECONSIDERATION, DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION)
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结")
TABLE_4_COLUMNS = (*RESULTS, TOTAL)

RULES = "规章"
NORMATIVE_2021 = "行政规范性文件"
NORMATIVE_2019 = "规范性文件"
PERMITS = "行政许可"
OTHER_SERVICES = "其他对外管理服务事项"
PENALTIES = "行政处罚"
COERCION = "行政强制"
FEES = "行政事业性收费"
PROCUREMENT = "政府集中采购"
ISSUED, REPEALED, IN_FORCE = "本年制发件数", "本年废止件数", "现行有效件数"
MADE, OPENED, OPEN_IN_ALL = "本年新制作数量", "本年新公开数量", "对外公开总数量"
DECISIONS = "本年处理决定数量"
FEE_AMOUNT = "本年收费金额（万元）"
LAST_YEAR, CHANGE, DECISIONS_2019 = "上一年项目数量", "本年增/减", "处理决定数量"
PURCHASES = "采购项目数量"
#: 采购总金额 is printed with its unit in the cell, with another unit, or with none.
PURCHASE_AMOUNT = "采购总金额（元）"
PURCHASE_AMOUNT_WAN = "采购总金额（万元）"
PURCHASE_AMOUNT_NO_UNIT = "采购总金额"
#: Columns that hold money and so may hold decimals; all others hold whole counts.
MONEY = frozenset({FEE_AMOUNT, PURCHASE_AMOUNT, PURCHASE_AMOUNT_WAN, PURCHASE_AMOUNT_NO_UNIT})
#: Columns whose figure may be below zero (本年增/减).
SIGNED = frozenset({CHANGE})


class Form(StrEnum):
    """年报格式：which of the three real forms a report is in; the value is its exchange name."""

    Y2021 = "2021"
    Y2019 = "2019"
    MIXED = "2021-mixed(（六）其他处理为单行)"


class Ref(NamedTuple):
    """单元格位置：one cell, by the exchange names of its table, row and column."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table.split()[0]}“{self.row}”行“{self.column}”列"


@dataclass(frozen=True)
class Layout:
    """表样：the rows of each table of a form, in printed order, and the columns of each row."""

    form: Form
    basis: str
    tables: Mapping[str, Mapping[str, tuple[str, ...]]]
    #: The rows of Table 3 that add up to （七）总计: 21 leaves, 19 with one row for （六）.
    leaves: tuple[str, ...]

    def refs(self, table: str | None = None) -> Iterator[Ref]:
        """Every cell in printed order, of one table or of all three."""
        for name in TABLES if table is None else (table,):
            for row, columns in self.tables[name].items():
                for column in columns:
                    yield Ref(name, row, column)

    @property
    def normative(self) -> str:
        """规范性文件：the row name that this form uses for normative documents."""
        return NORMATIVE_2019 if self.form is Form.Y2019 else NORMATIVE_2021


def _layout(form: Form, basis: str) -> Layout:
    otherwise = OTHERWISE_THREE_ROWS if form is Form.Y2021 else OTHERWISE_ONE_ROW
    leaves = (GRANTED, PARTLY_GRANTED, *REFUSED, *UNABLE, *NOT_PROCESSED, *otherwise)
    table_3 = (NEW, CARRIED_IN, *leaves, RESULTS_TOTAL, CARRIED_OUT)
    tables: dict[str, Mapping[str, tuple[str, ...]]] = {
        TABLE_2: _TABLE_2_2019 if form is Form.Y2019 else _TABLE_2_2021,
        TABLE_3: dict.fromkeys(table_3, TABLE_3_COLUMNS),
        TABLE_4: dict.fromkeys(DISPUTES, TABLE_4_COLUMNS),
    }
    frozen = MappingProxyType({name: MappingProxyType(rows) for name, rows in tables.items()})
    return Layout(form, basis, frozen, leaves)


_TABLE_2_2021 = {
    RULES: (ISSUED, REPEALED, IN_FORCE),
    NORMATIVE_2021: (ISSUED, REPEALED, IN_FORCE),
    PERMITS: (DECISIONS,),
    PENALTIES: (DECISIONS,),
    COERCION: (DECISIONS,),
    FEES: (FEE_AMOUNT,),
}
_TABLE_2_2019 = {
    RULES: (MADE, OPENED, OPEN_IN_ALL),
    NORMATIVE_2019: (MADE, OPENED, OPEN_IN_ALL),
    PERMITS: (LAST_YEAR, CHANGE, DECISIONS_2019),
    OTHER_SERVICES: (LAST_YEAR, CHANGE, DECISIONS_2019),
    PENALTIES: (LAST_YEAR, CHANGE, DECISIONS_2019),
    COERCION: (LAST_YEAR, CHANGE, DECISIONS_2019),
    FEES: (LAST_YEAR, CHANGE),
    PROCUREMENT: (PURCHASES, PURCHASE_AMOUNT),
}

LAYOUTS: Mapping[Form, Layout] = MappingProxyType(
    {
        Form.Y2021: _layout(Form.Y2021, "国办公开办函〔2021〕30号"),
        Form.Y2019: _layout(Form.Y2019, "国办公开办函〔2019〕60号"),
        Form.MIXED: _layout(Form.MIXED, "国办公开办函〔2021〕30号"),
    }
)
