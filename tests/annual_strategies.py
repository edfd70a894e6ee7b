"""Reports out of nothing: hypothesis strategies for valid annual reports.

``reports()`` gives sound ones: every relation of D4 holds, the prose agrees with the
tables, no cell is blank. ``reports(sound=False)`` gives whatever a form can hold: blank and
undeterminable cells, sums that do not add up, a missing table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, PARTS, TABLE_2, TABLE_3, TABLE_4, TABLES, Form, Ref
from gongkai.annual.model import Cell, Contact, Header, Part, Report, Undeterminable

ORGANS = (
    "石家庄市人民政府办公室",
    "淮安市人民政府",
    "沭阳县发展和改革局",
    "上海市科学技术委员会",
    "平潭综合实验区管理委员会",
)
REGULATION = "中华人民共和国政府信息公开条例"
FORMAT = "中华人民共和国政府信息公开工作年度报告格式"

_CLAUSES = (
    "全面贯彻落实党的二十大精神",
    "坚持以公开为常态、不公开为例外",
    "依法依规做好依申请公开工作",
    "及时更新政府信息公开指南和目录",
    "印发《政务公开工作要点》",
    "严格执行“三审三校”制度",
    "主动接受社会监督",
    "在门户网站开设“优化营商环境”专栏",
    "公开率达到100%",
    "政务新媒体（微信、微博）运行平稳",
    "对照“五公开”要求查漏补缺",
    "举办培训班2期",
    "热线电话12345全天受理",
    "部分栏目更新不够及时；解读形式较为单一",
    "访问量同比增长12.5%",
    "公开标准为A级（含AA级）",
    "按R&D经费口径<含技改>统计",
    "邮箱为a_b*c@example.gov.cn",
    "路径为D:\\公开\\存档",
    "编号为#1、$2与`3`",
)


def counts(most: int = 99_999) -> st.SearchStrategy[int]:
    return st.integers(0, most)


def money() -> st.SearchStrategy[int | Decimal]:
    """万元 or 元: a whole number, or at most four places that do not end in 0."""
    exact = st.integers(1, 10**9).filter(lambda n: n % 10).map(lambda n: Decimal(n) / 10_000)
    return st.one_of(counts(10**8), exact)


def paragraphs(most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """Paragraphs of one to eight clauses, every other one ended by a full stop."""
    clauses = st.lists(st.sampled_from(_CLAUSES), min_size=1, max_size=8, unique=True)
    return st.lists(clauses.map(_said), min_size=1, max_size=most, unique=True).map(tuple)


def _said(clauses: list[str]) -> str:
    marks = ["，" if number % 2 else "。" for number in range(len(clauses), 0, -1)]
    return "".join(clause + mark for clause, mark in zip(clauses, [*marks[1:], "。"], strict=True))


@st.composite
def reports(draw: st.DrawFn, form: Form | None = None, sound: bool = True) -> Report:
    """A report in ``form``, or in any of the three."""
    form = form or draw(st.sampled_from(Form))
    year = draw(st.integers(2019, 2020) if form is Form.Y2019 else st.integers(2021, 2025))
    tables = {
        TABLE_2: draw(_table_2(form)),
        TABLE_3: draw(_table_3(form)),
        TABLE_4: draw(_table_4()),
    }
    organ = draw(st.sampled_from(ORGANS))
    report = Report(form, year, organ, tables, header=draw(_headers(organ, year)))
    if not sound:
        report = draw(_shaken(report))
    return _with_parts(report, [draw(paragraphs()) for _ in PARTS])


@st.composite
def _table_2(draw: st.DrawFn, form: Form) -> dict[str, dict[str, Cell]]:
    table: dict[str, dict[str, Cell]] = {}
    for row, columns in LAYOUTS[form].tables[TABLE_2].items():
        figures: list[int | Decimal] = [draw(counts()) for _ in columns]
        match columns:
            case (forms.ISSUED, forms.REPEALED, forms.IN_FORCE):
                figures[2] = figures[0] + figures[2]
            case (forms.MADE, forms.OPENED, forms.OPEN_IN_ALL):
                figures[1] = min(figures[:2])
                figures[2] = figures[1] + figures[2]
            case (forms.LAST_YEAR, forms.CHANGE, *_):
                figures[1] -= draw(counts(int(figures[0] + figures[1])))
            case (forms.FEE_AMOUNT,):
                figures = [draw(money())]
            case (forms.PURCHASES, _):
                figures[1] = draw(money()) if figures[0] else 0
                columns = (forms.PURCHASES, draw(st.sampled_from(sorted(forms.MONEY)[1:])))
        table[row] = dict(zip(columns, figures, strict=True))
    return table


@st.composite
def _table_3(draw: st.DrawFn, form: Form) -> dict[str, dict[str, Cell]]:
    """A few requests of a few applicants, as in most offices, and the sums over them."""
    leaves = LAYOUTS[form].leaves
    columns: dict[str, dict[str, int]] = {}
    for applicant in forms.APPLICANTS:
        few = st.dictionaries(st.sampled_from(leaves), counts(5_000), max_size=5)
        ended = {**dict.fromkeys(leaves, 0), **draw(few)}
        total, carried_out = sum(ended.values()), draw(counts(500))
        carried_in = draw(st.integers(0, total + carried_out))
        columns[applicant] = {
            forms.NEW: total + carried_out - carried_in,
            forms.CARRIED_IN: carried_in,
            **ended,
            forms.RESULTS_TOTAL: total,
            forms.CARRIED_OUT: carried_out,
        }
    rows = LAYOUTS[form].tables[TABLE_3]
    table: dict[str, dict[str, Cell]] = {}
    for row in rows:
        figures = {applicant: columns[applicant][row] for applicant in forms.APPLICANTS}
        table[row] = {**figures, forms.TOTAL: sum(figures.values())}
    return table


@st.composite
def _table_4(draw: st.DrawFn) -> dict[str, dict[str, Cell]]:
    table: dict[str, dict[str, Cell]] = {}
    for dispute in forms.DISPUTES:
        figures = {result: draw(counts(999)) for result in forms.RESULTS}
        table[dispute] = {**figures, forms.TOTAL: sum(figures.values())}
    return table


@st.composite
def _headers(draw: st.DrawFn, organ: str, year: int) -> Header:
    contact = Contact(
        address="某某市中山路" + str(draw(st.integers(1, 999))) + "号",
        postcode=str(draw(st.integers(100_000, 859_999))),
        phone=f"0311-{draw(st.integers(80_000_000, 89_999_999))}",
        email=draw(st.sampled_from(["zwgk@163.com", "gov_open@example.gov.cn"])),
    )
    preamble = (
        f"根据《{REGULATION}》和《{FORMAT}》要求，发布本年度报告。"
        f"报告中所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
        f"如对本报告有疑问，请与{organ}联系（地址：{contact.address}，邮政编码：{contact.postcode}，"
        f"电话：{contact.phone}，电子邮箱：{contact.email}）。",
    )
    return Header(
        title=f"{organ}{year}年政府信息公开工作年度报告",
        preamble=preamble,
        basis=(REGULATION, FORMAT),
        period=(date(year, 1, 1), date(year, 12, 31)),
        contact=contact,
    )


def _with_parts(report: Report, prose: list[tuple[str, ...]]) -> Report:
    """The six parts; what parts one, four and six say of the tables agrees with them."""
    said = {1: _requests_said(report), 4: _disputes_said(report), 6: _FEES_SAID}
    parts = (
        Part(number, heading, (*prose[number - 1], *said.get(number, ())))
        for number, heading in enumerate(PARTS, 1)
    )
    return Report(
        report.form,
        report.year,
        report.organ,
        report.tables,
        tuple(parts),
        report.header,
        report.absent,
    )


def _requests_said(report: Report) -> tuple[str, ...]:
    new, carried = (
        report.cell(Ref(TABLE_3, row, forms.TOTAL)) for row in (forms.NEW, forms.CARRIED_IN)
    )
    if not isinstance(new, int) or not isinstance(carried, int):
        return ()
    return (f"全年新收政府信息公开申请{new}件，上年结转{carried}件。",)


def _disputes_said(report: Report) -> tuple[str, ...]:
    reviews, direct, after = (
        report.cell(Ref(TABLE_4, dispute, forms.TOTAL)) for dispute in forms.DISPUTES
    )
    if not isinstance(reviews, int) or not isinstance(direct, int) or not isinstance(after, int):
        return ()
    return (f"全年发生行政复议{reviews}件，行政诉讼{direct + after}件。",)


_FEES_SAID = ("信息处理费按照《政府信息公开信息处理费管理办法》收取，收费情况已另行报告。",)


@st.composite
def _shaken(draw: st.DrawFn, report: Report) -> Report:
    """Some cells blank, undeterminable or changed; perhaps Table 2 or 4 missing."""
    # 采购总金额 has its unit, and so its column, from the figure: it keeps the figure.
    fixed = forms.MONEY - {forms.FEE_AMOUNT}
    refs = st.sampled_from([ref for ref, _ in report.cells() if ref.column not in fixed])
    lost = st.just(Undeterminable("原文这一行的数字粘连，无法无歧义切分"))
    for ref, cell in draw(
        st.dictionaries(refs, st.one_of(st.none(), lost, counts()), max_size=12)
    ).items():
        report = report.with_cell(ref, cell)
    missing = draw(st.sampled_from([None, None, None, TABLE_2, TABLE_4]))
    tables = {table: None if table == missing else report.tables[table] for table in TABLES}
    absent = {missing: "原文没有这张表"} if missing else {}
    return Report(report.form, report.year, report.organ, tables, (), report.header, absent)


def make_report(form: Form = Form.Y2021) -> Report:
    """A plain report: every figure different, so that none can stand in another's place."""
    year = 2019 if form is Form.Y2019 else 2024
    tables: dict[str, dict[str, dict[str, Cell]]] = {table: {} for table in TABLES}
    for number, (table, row, column) in enumerate(LAYOUTS[form].refs(), 1):
        tables[table].setdefault(row, {})[column] = number
    header = Header(
        title=f"石家庄市人民政府办公室{year}年政府信息公开工作年度报告",
        preamble=(f"统计期限为{year}年1月1日至{year}年12月31日。",),
        period=(date(year, 1, 1), date(year, 12, 31)),
        published_on=date(year + 1, 1, 17),
        index_number="000014349/2025-00002",
        url="https://www.example.gov.cn/nb?id=1&y=2",
    )
    parts = tuple(
        Part(
            number,
            heading,
            (f"（一）第{number}部分。甲<b>&乙|丙*丁_戊`己\\庚=#{{辛}}$壬@癸~。", "=1+1"),
        )
        for number, heading in enumerate(PARTS, 1)
    )
    return Report(form, year, "石家庄市人民政府办公室", tables, parts, header)
