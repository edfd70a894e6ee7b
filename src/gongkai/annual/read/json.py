"""JSON 年报：our own exchange form, and tables that other programs took out of a report.

Other programs name their keys as they like. A key is recognised by the words in it, in English
or Chinese; what lies below a key that is not recognised is passed through. Such tables were
extracted by machine, so a group that does not add up, and would add up with two neighbouring
digits joined, is taken for a broken extraction: its cells are undeterminable, never repaired.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from gongkai.annual import forms
from gongkai.annual.exchange import load, loads
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLE_4, TABLES, Form, Ref
from gongkai.annual.model import Cell, Origin, Remark, Report, Undeterminable
from gongkai.annual.read.cells import parse_cell
from gongkai.annual.read.narrative import tell
from gongkai.annual.read.script import normalise
from gongkai.errors import Unreadable

#: Anything that JSON can hold.
Value = Any
Path = tuple[str, ...]

_DEEPEST: Final = 40


def read_json(source: str, remarks: Sequence[Remark] = ()) -> Report:
    """读 JSON：the report in JSON text, ours or another program's, damaged or not.

    Raises :class:`~gongkai.errors.Unreadable` where no tables of a report are in it, and
    :class:`~gongkai.errors.BadInput` for our own form filled in wrongly.
    """
    try:
        found = json.loads(source, parse_float=Decimal)
    except RecursionError:
        raise Unreadable("JSON 嵌套过深，不是年度报告") from None
    except ValueError:
        found = None
    if isinstance(found, dict) and _is_ours(found):
        report = load(found) if remarks else loads(source)
        return _with(report, remarks)
    broken = found is None
    tree = _rescued(source) if broken else found
    if broken:
        said = "JSON 已经残缺，只取出了其中完整的部分"
        remarks = (*remarks, Remark("damaged-json", said))
    return _foreign(tree, remarks)


def _is_ours(found: Mapping[str, Value]) -> bool:
    """Whether ``tables`` holds our names: 表二 …, 表三 …, 表四 …."""
    tables = found.get("tables")
    return isinstance(tables, dict) and any(key in TABLES for key in tables)


def _with(report: Report, remarks: Sequence[Remark]) -> Report:
    from dataclasses import replace

    return replace(report, remarks=(*remarks, *report.remarks)) if remarks else report


# ---- 残缺的 JSON ----

_KEY: Final = re.compile(r'"((?:[^"\\]|\\.){1,60})"\s*:\s*(?=[{\[])')
#: A string whose closing quotation mark a lost character took along.
_STRING: Final = re.compile(
    r'"(title|heading|content|text|body)"\s*:\s*"((?:[^"\\]|\\.)*?)(?:"|\ufffd\??)\s*'
    r'(?=[,}\]]\s*(?:["{\]},]|$))'
)


def _rescued(source: str) -> Value:
    """The objects and strings that are whole, though what is around them is not."""
    decoder = json.JSONDecoder(parse_float=Decimal)
    whole: list[Value] = []
    place = 0
    tries = 0
    while (match := _KEY.search(source, place)) and tries < 10_000:
        tries += 1
        try:
            value, place = decoder.raw_decode(source, match.end())
        except (ValueError, RecursionError):
            place = match.end()
            continue
        whole.append({match[1]: value})
    for name, words in _STRING.findall(source):
        try:
            whole.append({name: json.loads(f'"{words}"', strict=False)})
        except ValueError:
            continue
    return whole


# ---- 别家的表 ----

_Words = Mapping[str, str]

#: Words in a key → row of Table 3, the more particular first.
_ROWS_3: Final[_Words] = {
    forms.NEW: r"new|received|本年新收|新收",
    forms.CARRIED_IN: r"carriedover|carryover|carriedin|lastyear|previous|上年结转",
    forms.CARRIED_OUT: r"carriedforward|carryforward|carriedout|nextyear|结转下年",
    forms.RESULTS_TOTAL: r"totalprocessed|processedtotal|resultstotal|subtotal|办理结果总计|七总计",
    forms.PARTLY_GRANTED: r"partial|partly|部分公开",
    forms.GRANTED: r"granted|^grant|^disclosed|fulldisclos|(?<!不)予[以已]公开",
    forms.REFUSED[0]: r"statesecret|国家秘密",
    forms.REFUSED[1]: r"lawforbid|legalprohib|forbiddenbylaw|prohibited|禁止公开",
    forms.REFUSED[2]: r"safety|stability|三安全",
    forms.REFUSED[3]: r"thirdparty|第三方",
    forms.REFUSED[4]: r"internal|内部事务",
    forms.REFUSED[5]: r"process(?:info|ual|ing)|过程性",
    forms.REFUSED[6]: r"enforcement|casefile|执法案卷",
    forms.REFUSED[7]: r"adminquery|inquiry|query|行政查询",
    forms.UNABLE[0]: r"noinfo|notheld|notpossess|nothold|不掌握",
    forms.UNABLE[1]: r"needcreation|creation|tobemade|没有现成",
    forms.UNABLE[2]: r"unclear|仍不明确",
    forms.NOT_PROCESSED[0]: r"complaint|petition|信访",
    forms.NOT_PROCESSED[1]: r"repeat|duplicate|重复申请",
    forms.NOT_PROCESSED[2]: r"publication|出版物",
    forms.NOT_PROCESSED[3]: r"massive|excessive|大量反复",
    forms.NOT_PROCESSED[4]: r"confirm|reissue|重新出具",
    forms.OTHERWISE_THREE_ROWS[0]: r"overduecorrection|nocorrection|不补正",
    forms.OTHERWISE_THREE_ROWS[1]: r"overduefee|unpaid|nopayment|缴纳费用|收费通知",
    forms.OTHERWISE_THREE_ROWS[2]: r"otherreason|otherother|^others?$|3其他",
    forms.OTHERWISE_ONE_ROW[0]: r"otherprocess|otherhandl|其他处理",
}
_APPLICANTS: Final[_Words] = {
    forms.NATURAL_PERSON: r"natural|individual|自然人",
    "商业企业": r"commercial|business|enterprise|company|商业企业",
    "科研机构": r"research|scientific|科研",
    "社会公益组织": r"social|welfare|公益",
    "法律服务机构": r"legal(?!person)|law(?:firm|service)|法律服务",
    "其他": r"^others?$|otherorg|^其他$",
    forms.TOTAL: r"^total$|grandtotal|^总计$|^合计$",
}
_DISPUTES: Final[_Words] = {
    forms.SUIT_AFTER_RECONSIDERATION: r"post|afterre|复议后",
    forms.DIRECT_SUIT: r"direct|withoutre|未经复议|直接起诉",
    forms.RECONSIDERATION: r"^review|reconsider|^行政复议",
}
_RESULTS: Final[_Words] = {
    "结果维持": r"maintain|upheld|uphold|维持",
    "结果纠正": r"correct|revers|纠正",
    "尚未审结": r"unfinish|pending|unresolved|审结",
    "其他结果": r"other|其他",
    forms.TOTAL: r"total|总计|合计",
}
_ROWS_2: Final[_Words] = {
    forms.NORMATIVE_2021: r"normative|规范性文件",
    forms.RULES: r"regulation|^rules?|规章",
    forms.PERMITS: r"licen[sc]|permit|行政许可",
    forms.PENALTIES: r"punish|penalt|行政处罚",
    forms.COERCION: r"coerc|compuls|行政强制",
    forms.FEES: r"fee|charge|收费",
}
_COLUMNS_2: Final[_Words] = {
    forms.ISSUED: r"made|issued|enacted|制发",
    forms.REPEALED: r"repeal|abolish|废止",
    forms.IN_FORCE: r"valid|inforce|effective|有效",
    forms.DECISIONS: r"processed|decision|handled|count|处理决定",
    forms.FEE_AMOUNT: r"amount|fee|收费金额",
}


def _matcher(words: _Words) -> Callable[[str], str | None]:
    patterns = [(name, re.compile(pattern)) for name, pattern in words.items()]

    @lru_cache(maxsize=1024)
    def match(key: str) -> str | None:
        plain = re.sub(r"[\s_\-.、（）()“”]", "", normalise(key)).lower()
        return next((name for name, pattern in patterns if pattern.search(plain)), None)

    return match


_ROW_2, _COLUMN_2 = _matcher(_ROWS_2), _matcher(_COLUMNS_2)
_ROW_3, _APPLICANT = _matcher(_ROWS_3), _matcher(_APPLICANTS)
_DISPUTE, _RESULT = _matcher(_DISPUTES), _matcher(_RESULTS)


def _walk(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Every leaf with the keys that lead to it."""
    if len(path) > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, (*path, str(key)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, (*path, f"[{number}]"))
    else:
        yield path, value


def _place(path: Path) -> Ref | None:
    """The cell that a path of keys names; 2021 names, （六） in three rows."""
    keys = [key for key in path if not key.startswith("[")]
    disputes = [name for key in keys if (name := _DISPUTE(key))]
    if disputes and keys and (result := _RESULT(keys[-1])) and _DISPUTE(keys[-1]) is None:
        return Ref(TABLE_4, disputes[-1], result)
    applicants = [(number, name) for number, key in enumerate(keys) if (name := _APPLICANT(key))]
    for number, applicant in applicants:
        # naturalPerson.results.denied.stateSecret, or stateSecret.naturalPerson
        rest = keys[number + 1 :] or keys[:number]
        named = [name for key in rest if (name := _ROW_3(key))]
        if named:
            if applicant == "其他" and number == len(keys) - 1 and "results" in keys:
                continue
            return Ref(TABLE_3, named[-1], applicant)
    rows = [(number, name) for number, key in enumerate(keys) if (name := _ROW_2(key))]
    for number, row in rows:
        after = keys[number + 1 :]
        column = _COLUMN_2(after[-1]) if after else None
        if column and column in LAYOUTS[Form.Y2021].tables[TABLE_2].get(row, ()):
            return Ref(TABLE_2, row, column)
        single = LAYOUTS[Form.Y2021].tables[TABLE_2][row]
        if len(single) == 1 and (not after or column):
            return Ref(TABLE_2, row, single[0])
    return None


def _cell(value: Value, column: str) -> Cell:
    if value is None:
        return None
    if isinstance(value, bool):
        return Undeterminable(f"原文为“{value}”，不是数字")
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    if isinstance(value, (int, Decimal)):
        return parse_cell(str(value), column).cell
    return parse_cell(str(value), column).cell


def _foreign(tree: Value, remarks: Sequence[Remark]) -> Report:
    cells: dict[Ref, Cell] = {}
    origins: dict[Ref, Origin] = {}
    words: list[str | None] = []
    for path, value in _walk(tree):
        ref = _place(path) if not isinstance(value, str) or len(value) < 20 else None
        if ref is not None:
            cells.setdefault(ref, _cell(value, ref.column))
            origins.setdefault(ref, Origin(str(value), path=_dotted(path)))
        elif isinstance(value, str) and _is_prose(path, value):
            words += value.split("\n")
    story = tell(words)
    if not cells:
        raise Unreadable("这个 JSON 文件里没有年度报告的表格；请确认它是从年度报告抽取的数据")
    names = {ref.row for ref in cells if ref.table == TABLE_3}
    one_row = forms.OTHERWISE_ONE_ROW[0] in names and names.isdisjoint(forms.OTHERWISE_THREE_ROWS)
    layout = LAYOUTS[Form.MIXED if one_row else Form.Y2021]
    doubts = _broken_groups(cells)
    tables: dict[str, Mapping[str, Mapping[str, Cell]] | None] = {}
    absent: dict[str, str] = {}
    for table in TABLES:
        if not any(ref.table == table for ref in cells):
            tables[table], absent[table] = None, "原文没有这张表"
            continue
        tables[table] = {
            row: {
                column: doubts.get(Ref(table, row, column))
                or cells.get(Ref(table, row, column), Undeterminable("原文没有这一格"))
                for column in columns
            }
            for row, columns in layout.tables[table].items()
        }
    known = origins.keys() & set(layout.refs())
    return Report(
        form=layout.form,
        year=story.year,
        organ=story.organ,
        tables=tables,
        parts=story.parts,
        header=story.header,
        absent=absent,
        origins={ref: origins[ref] for ref in known},
        remarks=(
            *remarks,
            *story.remarks,
            *(Remark("broken-extraction", doubt.reason, ref) for ref, doubt in doubts.items()),
        ),
    )


def _dotted(path: Path) -> str:
    return ".".join(path).replace(".[", "[")


def _is_prose(path: Path, value: str) -> bool:
    key = path[-1].lower() if path else ""
    return key in ("title", "heading", "content", "text", "body", "标题", "正文") or len(value) > 80


# ---- 抽取错位 ----


def _broken_groups(cells: Mapping[Ref, Cell]) -> dict[Ref, Undeterminable]:
    """拆散的数字：cells of a group that adds up only if two neighbouring digits are one figure.

    Software that takes tables out of PDF may tear 10 into 1 and 0, push what follows one cell on
    and lose the last. Where that would explain a wrong sum, every reading that does is named.
    """
    doubts: dict[Ref, Undeterminable] = {}
    groups: list[tuple[str, str, tuple[str, ...]]] = []
    groups += [(TABLE_4, row, forms.TABLE_4_COLUMNS) for row in forms.DISPUTES]
    rows = dict.fromkeys(ref.row for ref in cells if ref.table == TABLE_3)
    groups += [(TABLE_3, row, forms.TABLE_3_COLUMNS) for row in rows]
    for table, row, columns in groups:
        refs = [Ref(table, row, column) for column in columns]
        figures = [cells.get(ref) for ref in refs]
        whole = [figure for figure in figures if isinstance(figure, int) and figure >= 0]
        if len(whole) < len(refs) or sum(whole[:-1]) == whole[-1]:
            continue
        readings = _joined(whole)
        if readings:
            printed = " ".join(map(str, whole))
            shown = "，或者是".join(" ".join(map(str, reading)) for reading in readings)
            reason = (
                f"抽取的“{row}”为 {printed}，合计不符，像是一个数被拆成两格而错位；"
                f"可能是 {shown}，请核对原件"
            )
            # A figure that every reading has, and the extraction too, is in no doubt.
            every = zip(refs, whole, *readings, strict=True)
            doubtful = [ref for ref, *figures in every if len(set(figures)) > 1]
            doubts.update(dict.fromkeys(doubtful, Undeterminable(reason)))
    return doubts


def _joined(figures: Sequence[int]) -> list[tuple[int, ...]]:
    """The readings with two neighbours joined, in which the last figure, lost, is the sum."""
    readings: list[tuple[int, ...]] = []
    for place in range(len(figures) - 1):
        left, right = figures[place], figures[place + 1]
        # Neither a needless 0 in front nor more than one figure torn off.
        if left == 0 or right > 9:
            continue
        kept = (*figures[:place], int(f"{left}{right}"), *figures[place + 2 :])
        reading = (*kept, sum(kept))
        if reading not in readings:
            readings.append(reading)
    return readings
