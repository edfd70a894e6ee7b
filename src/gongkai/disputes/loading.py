"""读取原有的台账：rows of an XLSX or CSV as cases, each with what is doubtful in it.

Nothing is guessed: a row that cannot be counted in Table 4 for certain stays out, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.applications.loading import values
from gongkai.applications.loading.headings import plain
from gongkai.applications.loading.sheets import Row, Table
from gongkai.applications.models import Application
from gongkai.disputes.actions.registering import Facts, why_not_register
from gongkai.disputes.clock import term_of
from gongkai.disputes.findings import FINDINGS, Finding
from gongkai.disputes.states import Cause, Challenged, Kind, Procedure, Result
from gongkai.errors import BadDate, BadInput
from gongkai.law.events import Channel, Ledger
from gongkai.organs.models import Organ

#: Ours → what ledgers call it; the first is what we call it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kind": ("案件种类", "案件类型", "种类", "类型", "类别", "复议诉讼类型"),
    "received_on": ("收到副本", "收到日期", "收到副本日期", "收案日期", "收文日期", "收到时间",
                    "收到起诉状日期", "收到复议申请书日期"),
    "body": ("复议机关（法院）", "复议机关", "法院", "受理机关", "审理机关", "审理法院", "受理法院",
             "复议机关或法院", "受理机关（法院）"),
    "case_number": ("案号", "复议案号", "诉讼案号", "案件编号", "文号"),
    "application": ("所涉申请", "申请编号", "登记编号", "所涉申请编号", "申请登记编号"),
    "about": ("所涉事项", "案由", "事项", "申请内容", "案件名称", "争议事项"),
    "claimant": ("申请人（原告）", "申请人", "原告", "申请人或原告", "当事人"),
    "outcome": ("原答复结果", "答复结果", "答复类型"),
    "article": ("答复依据", "依据条款", "依据"),
    "procedure": ("审理程序", "程序"),
    "filed_on": ("提交日期", "答复日期", "答辩日期", "提交答复日期", "提交答辩日期"),
    "finding": ("结论", "审理结果", "复议结果", "判决结果", "裁判结果", "办理结果", "处理结果"),
    "concluded_on": ("审结日期", "裁决日期", "结案日期", "决定日期", "判决日期", "裁判日期"),
    "cause": ("被纠正的原因", "败诉原因", "纠错原因", "原因"),
    "lessons": ("经验教训", "教训", "整改措施"),
}  # fmt: skip
LABELS = {ours: names[0] for ours, names in HEADINGS.items()}
NEEDED = ("kind", "received_on", "body")
#: Of a person: what was read there is masked in the report.
_PERSONAL = frozenset({"claimant", "about", "lessons"})
_KNOWN = {plain(name): ours for ours, names in HEADINGS.items() for name in names}
_NOT_YET = ("", "-", "—", "/", "无", "尚未审结", "未审结", "审理中", "在审", "未结", "待审")
#: Words of a finding → its code, the more telling first; of a review, of a suit.
_WORDS: Mapping[bool, tuple[tuple[str, str], ...]] = {
    False: (
        ("驳回复议请求", "r69"), ("驳回行政复议请求", "r69"), ("驳回请求", "r69"),
        ("驳回复议申请", "r33"), ("驳回行政复议申请", "r33"), ("驳回申请", "r33"),
        ("确认违法", "r65"), ("确认无效", "r67"), ("撤销", "r64"), ("变更", "r63"),
        ("履行", "r66"), ("维持", "r68"), ("不予受理", "r30"), ("和解", "r74"), ("调解", "r73"),
        ("终止", "r41"), ("撤回", "r41"),
    ),
    True: (
        ("驳回诉讼请求", "s69"), ("驳回起诉", "s49"), ("确认违法", "s74"), ("确认无效", "s75"),
        ("撤诉", "s62"), ("撤回起诉", "s62"), ("撤销", "s70"), ("变更", "s77"), ("履行", "s72"),
        ("不予立案", "s51"), ("终结", "s0"), ("调解", "s60"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubtful:
    """疑点：the column, what was read and why it is doubtful; a ``fatal`` one keeps the row out."""

    column: str
    read: str
    reason: str
    fatal: bool = False


@dataclass(slots=True)
class Read:
    """读到的一行：``same`` says that the ledger has the case already."""

    row: int
    facts: Facts | None = None
    filed_on: date | None = None
    finding: Finding | None = None
    concluded_on: date | None = None
    cause: str = ""
    lessons: str = ""
    doubts: list[Doubtful] = field(default_factory=list)
    same: bool = False

    @property
    def failed(self) -> bool:
        """不能导入。"""
        return any(one.fatal for one in self.doubts)

    @property
    def wanted(self) -> bool:
        """会导入。"""
        return not self.failed and not self.same

    def doubt(self, column: str, read: Any, reason: str, *, fatal: bool = False) -> None:
        """记下疑点：what tells of a person is masked."""
        told = values.text(read)
        if column in _PERSONAL and told:
            told = f"{told[:1]}……（{len(told)}个字）"
        self.doubts.append(Doubtful(LABELS.get(column, column), told[:60], reason, fatal))


def mapping_of(heads: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """列名对应：column of the file → ours; what somebody chose before what is known.

    A blank choice leaves a column out. Of two columns of one meaning the first counts.
    """
    found: dict[str, str] = {}
    for head in heads:
        ours = given[head] if given and head in given else _KNOWN.get(plain(head), "")
        if ours in LABELS and ours not in found.values():
            found[head] = ours
    return found


def missing(mapping: Mapping[str, str]) -> list[str]:
    """缺少的列：those without which nothing can be loaded."""
    return [LABELS[ours] for ours in NEEDED if ours not in mapping.values()]


def read_rows(table: Table, mapping: Mapping[str, str], organ: Organ, today: date) -> list[Read]:
    """读每一行：never raises; whatever is wrong stands among the doubts."""
    wanted = {values.text(row.cells.get(theirs)) for row in table.rows
              for theirs, ours in mapping.items() if ours == "application"}  # fmt: skip
    rows = Application.objects.filter(organ=organ, number__in=wanted - {""})
    known = {one.number: one for one in rows}
    return [_row(row, mapping, organ, known, today) for row in table.rows]


def _row(
    row: Row, mapping: Mapping[str, str], organ: Organ, known: Mapping[str, Application],
    today: date,
) -> Read:  # fmt: skip
    said = {ours: row.cells.get(theirs) for theirs, ours in mapping.items()}
    read = Read(row.number)
    kind = _kind(said.get("kind"), read)
    days = {name: _day(name, said.get(name), read, today)
            for name in ("received_on", "filed_on", "concluded_on")}  # fmt: skip
    came = days["received_on"]
    if came is None and not any(one.column == LABELS["received_on"] for one in read.doubts):
        read.doubt("received_on", said.get("received_on"), "没有收到副本的日期", fatal=True)
    if kind is None or came is None:
        return read
    read.facts = _facts(said, kind, came, known, read)
    try:
        Ledger(came, Channel.SERVED, (), term_of(kind, read.facts.procedure, came))
    except BadDate as problem:
        read.doubt("received_on", came, f"{problem}".rstrip("。"), fatal=True)
    for reason in why_not_register(organ, read.facts):
        read.doubt("kind", said.get("kind"), reason, fatal=True)
    read.filed_on = days["filed_on"]
    if read.filed_on is not None and read.filed_on < came:
        read.doubt("filed_on", read.filed_on, "早于收到副本的日期", fatal=True)
    _ended(said, kind, days["concluded_on"], came, read)
    read.lessons = values.text(said.get("lessons"))[:3000]
    return read


def _kind(told: Any, read: Read) -> Kind | None:
    word = values.text(told)
    if "复议后" in word or "经复议" in word.replace("未经复议", ""):
        return Kind.AFTER
    if "直接" in word or "未经复议" in word:
        return Kind.DIRECT
    if "复议" in word and "诉讼" not in word:
        return Kind.REVIEW
    reason = "看不出是直接起诉还是复议后起诉" if "诉" in word else "认不出案件种类"
    read.doubt("kind", told, reason, fatal=True)
    return None


def _day(name: str, told: Any, read: Read, today: date) -> date | None:
    try:
        found = values.day(told)
    except BadDate as problem:
        read.doubt(name, told, f"{problem}".rstrip("。"), fatal=True)
        return None
    if found is not None and found > today:
        read.doubt(name, told, "晚于今天", fatal=True)
        return None
    return found


def _facts(
    said: Mapping[str, Any], kind: Kind, came: date, known: Mapping[str, Application], read: Read
) -> Facts:
    number = values.text(said.get("application"))
    if number and number not in known:
        read.doubt("application", number, "登记簿里没有这件申请，不作关联")
    code = ""
    if told := values.text(said.get("outcome")):
        try:
            code = values.outcome(told)[0]
        except BadInput as problem:
            read.doubt("outcome", told, f"{problem}".rstrip("。"))
    simple = "简易" in values.text(said.get("procedure"))
    silent = "未按期" in values.text(said.get("outcome")) or "不答复" in f"{said.get('about')}"
    return Facts(
        kind=kind,
        received_on=came,
        body=values.text(said.get("body"))[:100],
        application=known.get(number),
        about=values.text(said.get("about"))[:300] or number,
        challenged=Challenged.SILENCE if silent else Challenged.REPLY,
        outcome=code,
        article=values.text(said.get("article"))[:120],
        case_number=values.text(said.get("case_number"))[:80],
        claimant=values.text(said.get("claimant"))[:100],
        procedure=Procedure.SIMPLE if simple else Procedure.ORDINARY,
    )


def _ended(said: Mapping[str, Any], kind: Kind, on: date | None, came: date, read: Read) -> None:
    """结论：by its words; a day without one, or one without its day, cannot be counted."""
    told = values.text(said.get("finding"))
    if told in _NOT_YET:
        if on is not None:
            read.doubt("finding", told, f"有审结日期{on}，没有结论", fatal=True)
        return
    words = _WORDS[kind.is_suit]
    code = next((code for word, code in words if word in told), None)
    found = next((one for one in FINDINGS if one.code == code), None)
    if found is None:
        read.doubt("finding", told, f"认不出{kind.short}的结论", fatal=True)
        return
    if on is None:
        read.doubt("concluded_on", said.get("concluded_on"), "有结论，没有审结日期", fatal=True)
        return
    if on < came:
        read.doubt("concluded_on", on, f"早于收到副本的日期{came}", fatal=True)
    read.finding, read.concluded_on = found, on
    if found.result is Result.REVERSED:
        read.cause = _cause(said.get("cause"), read)


def _cause(told: Any, read: Read) -> str:
    word = values.text(told)
    for one, words in (
        (Cause.PROCEDURE, ("程序",)), (Cause.IDLE, ("不履行", "未履行", "逾期", "不作为")),
        (Cause.EVIDENCE, ("证据", "事实")), (Cause.LAW, ("依据", "法律", "适用")),
        (Cause.POWER, ("职权",)), (Cause.UNFIT, ("不当",)),
    ):  # fmt: skip
        if any(known in word for known in words):
            return one.value
    read.doubt("cause", told, "认不出被纠正的原因，按“其他”导入")
    return Cause.OTHER.value
