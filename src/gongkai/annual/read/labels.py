"""表样文字：the words of the statutory tables, recognised as real reports print them.

Real reports misprint (予已公开), shorten (规范性文件), break over lines, lose characters, and come
in traditional script with a pinyin gloss after every other character. A label is recognised by
the words only it has; failing that, when it is clearly nearest to one label and far from all
others; otherwise not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4
from gongkai.annual.read.cells import Reading, is_value, parse_cell
from gongkai.annual.read.script import squeeze

__all__ = [
    "Label",
    "Reading",
    "block",
    "column",
    "is_value",
    "parse_cell",
    "row",
    "rows_in",
    "squeeze",
]

# ---- 行 ----


class Label(NamedTuple):
    """表头文字：what a printed label means, and whether it is printed as the form prints it."""

    name: str
    exact: bool
    text: str


# 规范性文件 is the name of the row in both forms here; which of the two is the form's own name is
# known only once the form is (`Layout.normative`).
_ROW_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    TABLE_2: {
        forms.RULES: r"规章$",
        forms.NORMATIVE_2021: r"规范性文件",
        forms.PERMITS: r"行政许可",
        forms.OTHER_SERVICES: r"对外管理服务",
        forms.PENALTIES: r"行政处罚",
        forms.COERCION: r"行政强制",
        forms.FEES: r"事业性收费",
        forms.PROCUREMENT: r"集中采购",
    },
    TABLE_3: {
        forms.NEW: r"新收.{0,3}政府信息|本年新收|年新收",
        forms.CARRIED_IN: r"上年度?结转|结转政府信息",
        forms.GRANTED: r"(?<!不)予[以已巳]公开|^[((]?一[))、.]*予.?公开",
        forms.PARTLY_GRANTED: r"部分公开",
        forms.REFUSED[0]: r"国家秘密",
        forms.REFUSED[1]: r"法律行政法规|法规禁止|禁止公开",
        forms.REFUSED[2]: r"三安全|安全一稳定",
        forms.REFUSED[3]: r"第三方|三方合法",
        forms.REFUSED[4]: r"内部事务",
        forms.REFUSED[5]: r"过程性",
        forms.REFUSED[6]: r"执法案卷",
        forms.REFUSED[7]: r"行政查询|查询事项",
        forms.UNABLE[0]: r"不掌握",
        forms.UNABLE[1]: r"没有现成|另行制作",
        forms.UNABLE[2]: r"补正后|仍不明确",
        forms.NOT_PROCESSED[0]: r"信访|投诉类",
        forms.NOT_PROCESSED[1]: r"重复申请",
        forms.NOT_PROCESSED[2]: r"公开出版物|出版物",
        forms.NOT_PROCESSED[3]: r"大量反复|反复申请",
        forms.NOT_PROCESSED[4]: r"重新出具|要求行政机关确认",
        forms.OTHERWISE_THREE_ROWS[0]: r"逾期不补正|不补正",
        forms.OTHERWISE_THREE_ROWS[1]: r"未按收费|收费通知|缴纳费用",
        forms.RESULTS_TOTAL: r"七[))、.]*[总合]计|办理结果[总合]计|^[总合]计$",
        forms.CARRIED_OUT: r"结转下|下年度?继续|下一年度继续",
    },
    TABLE_4: {
        forms.DIRECT_SUIT: r"未经(?:行政)?复议|直接起诉",
        forms.SUIT_AFTER_RECONSIDERATION: r"(?:复议后|经复议后?)(?:再)?(?:提起|起诉)|复议后",
        forms.RECONSIDERATION: r"^行政复议$",
    },
}
_OTHERWISE: Final = forms.OTHERWISE_ONE_ROW[0]
_OTHERWISE_REST: Final = forms.OTHERWISE_THREE_ROWS[2]
# A segment that names a group of rows and no row: (三)不予公开, or the first line of Table 3.
_GROUPS: Final = frozenset(
    ("本年度办理结果", "本年办理结果", "办理结果", "不予公开", "无法提供", "不予处理", "行政诉讼")
)
_PATTERNS: Final = {
    table: [(name, re.compile(words)) for name, words in rows.items()]
    for table, rows in _ROW_WORDS.items()
}
#: Where a new label begins inside a run of label text: 三、 (五) 2.
_MARK: Final = re.compile(r"(?=(?<!\d)\d[.、](?!\d))|(?=\([一二三四五六七]\))|(?=[一二三四]、)")
_NUMBERING: Final = re.compile(
    r"^(?:\([一二三四五六七]\)|[一二三四五六七][、.]|\(\d\)|\d[.、)]|\d(?=[\u4e00-\u9fff]))[、.]?"
)
_NOTE: Final = re.compile(r"\([^()]{4,}\)?$")
_PUNCTUATION: Final = str.maketrans("", "", "“”\"'‘’「」,，、。.;；:：·-—_*#\\|")


def row(table: str, text: str) -> Label | None:
    """行名：the row of ``table`` that a printed label names, by its exchange name.

    ``text`` may begin with what stands left of the label (三、本年度办理结果(三)不予公开1.…): the
    last label in it counts. ``None`` when the last label names a group of rows, a head, or nothing
    clearly. Normative documents are `NORMATIVE_2021` here, whatever the form.
    """
    found = rows_in(table, text)
    return found[-1] if found else None


@lru_cache(maxsize=4096)
def rows_in(table: str, text: str) -> tuple[Label | None, ...]:
    """各行名：every label in a run of label text, in order; ``None`` for what names no row."""
    group = ""
    found: list[Label | None] = []
    for segment in _MARK.split(squeeze(text)):
        core = _core(segment)
        if not core:
            continue
        found.append(_label(table, segment, core, group))
        if core in _GROUPS or core == "其他处理":
            group = core
    return tuple(found)


def _label(table: str, segment: str, core: str, group: str) -> Label | None:
    if core in _GROUPS:
        return None
    if table == TABLE_3 and core == "其他":
        # Row 3.其他 stands in group (六); the head 其他 of a column stands after other heads.
        mine = segment.startswith("3") or group == "其他处理"
        return Label(_OTHERWISE_REST, True, segment) if mine else None
    if core in _official(table):
        return Label(_official(table)[core], True, segment)
    if table == TABLE_2 and (printed := _last_official(core)):
        return Label(_official(table)[printed], True, printed)
    hits = [
        (found[-1].end(), name)
        for name, words in _PATTERNS[table]
        if (found := list(words.finditer(segment)))
    ]
    # All separators lost, Table 2 prints its heads and rows in one breath: the last word counts.
    if hits and (len(hits) == 1 or table == TABLE_2):
        return Label(max(hits)[1], False, segment)
    return _nearest(table, core)


def _last_official(core: str) -> str:
    """The longest official label of Table 2 that a run of heads and labels ends with."""
    return max((words for words in _official(TABLE_2) if core.endswith(words)), key=len, default="")


def _nearest(table: str, core: str) -> Label | None:
    """The official label clearly nearest to ``core`` and far from every other; else nothing."""
    if not 2 <= len(core) <= 60:
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(core)
    scores: dict[str, float] = {}
    for words, name in _official(table).items():
        matcher.set_seq1(words)
        scores[name] = max(scores.get(name, 0.0), matcher.ratio())
    (best, name), (second, _) = sorted(((s, n) for n, s in scores.items()), reverse=True)[:2]
    return Label(name, False, core) if best >= 0.66 and best - second >= 0.2 else None


@cache
def _official(table: str) -> Mapping[str, str]:
    """The bare words of each row → its exchange name."""
    names: dict[str, str] = {}
    for layout in forms.LAYOUTS.values():
        for name in layout.tables[table]:
            known = forms.NORMATIVE_2021 if name == forms.NORMATIVE_2019 else name
            names[_core(squeeze(name).split("-")[-1])] = known
    return names


def _core(segment: str) -> str:
    """The bare words of a label: no numbering in front, no note in brackets behind."""
    while (stripped := _NUMBERING.sub("", segment)) != segment:
        segment = stripped
    return (_NOTE.sub("", segment) or segment).translate(_PUNCTUATION)


# ---- 列 ----

_COLUMN_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    TABLE_2: {
        forms.ISSUED: r"制发",
        forms.REPEALED: r"废止",
        forms.IN_FORCE: r"现行有效",
        forms.MADE: r"新制[作发定]",
        forms.OPENED: r"新公开",
        forms.OPEN_IN_ALL: r"公开总数",
        forms.FEE_AMOUNT: r"收费金额",
        forms.LAST_YEAR: r"上一?年度?项目",
        forms.CHANGE: r"增[/、或和]?减",
        forms.DECISIONS: r"本年度?处理决定",
        forms.DECISIONS_2019: r"处理决定",
        forms.PURCHASES: r"采购项目",
        forms.PURCHASE_AMOUNT_WAN: r"采购总?金额.{0,4}万元",
        forms.PURCHASE_AMOUNT: r"采购总?金额.{0,4}元",
        forms.PURCHASE_AMOUNT_NO_UNIT: r"采购总?金额",
    },
    TABLE_3: {
        forms.NATURAL_PERSON: r"^自然人$",
        "商业企业": r"^商业企业?$|^商?业?企业$",
        "科研机构": r"^科研机构?$|^科?研?机构$",
        "社会公益组织": r"社会公益|公益组织",
        "法律服务机构": r"法律服务|服务机构",
        "其他": r"^其[他它]$",
        forms.TOTAL: r"^[总合]计$",
    },
    TABLE_4: {
        "结果维持": r"^(?:结果)?维持$",
        "结果纠正": r"^(?:结果)?纠正$",
        "其他结果": r"^其[他它]结果$",
        "尚未审结": r"未审结",
        forms.TOTAL: r"^[总合]计$",
    },
}
_COLUMNS: Final = {
    table: [(name, re.compile(words)) for name, words in columns.items()]
    for table, columns in _COLUMN_WORDS.items()
}
_BLOCK: Final = re.compile(r"第?二十条第?\(?([一五六八九])\)?项")


@lru_cache(maxsize=1024)
def column(table: str, text: str) -> Label | None:
    """列名：the column of ``table`` that the head in one cell names, by its exchange name."""
    head = squeeze(text)
    bare = head.translate(_PUNCTUATION)
    for name, words in _COLUMNS[table]:
        if words.search(bare):
            official = squeeze(name).translate(_PUNCTUATION)
            exact = re.sub(r"\(?(?:单位)?\(?([万]?元)\)?$", r"\1", bare) in (
                official,
                re.sub(r"\((万?元)\)$", r"\1", official),
            )
            return Label(name, exact, head)
    return None


@lru_cache(maxsize=1024)
def block(text: str) -> str | None:
    """条款：the item of Article 20 that heads a block of Table 2: 一, 五, 六, 八 or 九."""
    found = _BLOCK.search(squeeze(text))
    return found[1] if found else None
