"""Print into docs/ what is printed from the code; with --check, only say what is stale.

python docs/generate.py [--check]
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from gongkai.annual.checks import Rule
from gongkai.annual.forms import Form

HERE = Path(__file__).parent
PRINTED = "<!-- Printed from the code by `make docs`; do not edit. -->"


def law() -> Iterator[str]:
    """docs/law.md: terms, policy switches, outcomes and statutes, each with its article."""
    from gongkai.law.articles import STATUTES
    from gongkai.law.outcomes import OUTCOMES
    from gongkai.law.policy import switches
    from gongkai.law.terms import TERMS

    yield "# The law as code 法"
    yield PRINTED
    yield "Code: `src/gongkai/law/`. Each number stands beside its article; a test finds it there."
    yield "## Terms 期限"
    yield from _table(
        ("code", "期限", "长度", "起算（当日不计入）", "依据", "计算规则"),
        (
            (
                f"`{term.code}`",
                term.name,
                str(term),
                term.starts,
                str(term.article),
                "；".join(map(str, term.also)),
            )
            for term in TERMS.values()
        ),
    )
    yield "## Policy switches 口径"
    yield (
        "What the statutes leave open. An office may change any of them; L is one source or common"
        " practice, U is unverified."
    )
    yield from _table(
        ("name", "默认", "含义", "理由", "相关条款", "把握"),
        (
            (
                f"`{one.name}`",
                f"`{str(one.default).lower()}`",
                one.meaning,
                one.ground,
                one.article,
                one.sure,
            )
            for one in switches()
        ),
    )
    yield "## Outcomes 答复结果"
    yield "The 2019 form and the mixed form have one row for （六）, `三、（六）其他处理`."
    yield from _table(
        ("code", "结果", "依据", "表三的行（2021年格式）", "文书", "救济", "存疑之处"),
        (
            (
                f"`{one.code}`",
                one.name,
                "、".join(map(str, one.articles)) or "—",
                one.row,
                f"{one.letter.number:02} {one.letter.name}",
                str(one.remedy.value),
                "；".join((*one.doubts, *one.remedy_doubts)),
            )
            for one in OUTCOMES
        ),
    )
    yield "## Statutes 法条"
    yield from _table(
        ("名称", "文号", "施行", "收录", "文本来源"),
        (
            (
                one.title,
                one.number,
                str(one.in_force) + (f" 至 {one.out_of_force} 前" if one.out_of_force else ""),
                "全文" if one.complete else f"{len(one.numbers)} 条",
                "；".join(filter(None, (one.source, one.note))),
            )
            for one in STATUTES
        ),
    )


def checks() -> Iterator[str]:
    """docs/checks.md: every check of the annual report."""
    from gongkai.annual.checks import RULES, uncovered
    from gongkai.annual.compare import RULES_BETWEEN_YEARS
    from gongkai.annual.rollup import RULES_BETWEEN_UNITS

    yield "# Checks of the annual report 勾稽核验"
    yield PRINTED
    yield (
        "Each check is one function of `src/gongkai/annual/checks/`; its docstring is the rule. An"
        " error must be corrected, a warning looked into, a note known. A check that has nothing to"
        " look at says so, with the reason."
    )
    yield from _rules(RULES.values())
    yield "## Between years 跨年度"
    yield "`gongkai report compare` also applies T2-01, T3-05 and the others that need last year."
    yield from _rules(RULES_BETWEEN_YEARS.values())
    yield "## Between units 汇总"
    yield from _rules(RULES_BETWEEN_UNITS.values())
    yield "## Cells that no sum covers"
    yield "A wrong figure here can only be noticed against last year's report or the prose."
    for form in Form:
        rows = dict.fromkeys(f"{ref.row}（{ref.column}）" for ref in uncovered(form))
        yield f"- {_short(form)} form: {'、'.join(rows)}"


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    yield from _table(
        ("id", "轻重", "规则", "依据", "格式", "说明"),
        (
            (
                f"`{one.id}`",
                one.severity.label,
                one.title,
                str(one.basis),
                "全部"
                if len(one.forms) == len(Form)
                else "、".join(_short(f) for f in Form if f in one.forms),
                one.explanation,
            )
            for one in rules
        ),
    )


def _short(form: Form) -> str:
    return form.value.partition("(")[0]


def screening() -> Iterator[str]:
    """docs/screening-rules.md: every rule of the screen."""
    from gongkai.screening.rules import RULES

    yield "# Rules of the screen 发布前筛查"
    yield PRINTED
    yield "What the screen points at. How often it is right: [screening.md](screening.md)."
    yield from _table(
        ("id", "类别", "轻重", "规则", "说明"),
        (
            (f"`{one.id}`", str(one.category), one.severity.label, one.title, one.summary)
            for one in RULES
        ),
    )


def cli() -> Iterator[str]:
    """docs/cli.md: the help of every command."""
    from gongkai.cli import parser

    yield "# The command line 命令行"
    yield PRINTED
    yield from _helps(parser())


def site() -> Iterator[str]:
    """docs/site.md: the settings of the site, and the flows of its subjects."""
    import ast

    yield "# The site 站点"
    yield PRINTED
    yield "`make run` fills a demonstration city and serves it. An installation of its own:"
    yield (
        "```sh\npip install 'gongkai[site]'\n"
        "gongkai manage migrate\n"
        "gongkai manage three_administrators --organ 石州市人民政府办公室\n"
        "gongkai serve --host 0.0.0.0\n```"
    )
    yield "## Settings 设置"
    settings = HERE.parent / "src" / "gongkai" / "settings.py"
    docstring = ast.get_docstring(ast.parse(settings.read_text("utf-8"))) or ""
    yield f"```text\n{docstring.partition(chr(10))[2].strip()}\n```"
    for heading, flow in _flows():
        yield f"## {heading}"
        yield f"```mermaid\n{flow.diagram().strip()}\n```"
        yield flow.table().strip()


def _flows() -> list[tuple[str, Any]]:
    """The flows need the framework configured, though no database."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    from gongkai.applications.states import FLOW as REQUESTS
    from gongkai.disputes.states import FLOW as DISPUTES
    from gongkai.documents.states import FLOW as DOCUMENTS
    from gongkai.reporting.states import FLOW as REPORTS

    return [
        ("The flow of a document 文件的审签流程", DOCUMENTS),
        ("The flow of a request 依申请公开的办理流程", REQUESTS),
        ("The flow of a dispute 复议诉讼的办理流程", DISPUTES),
        ("The flow of a yearly report 年报的编制报送流程", REPORTS),
    ]


def letters() -> Iterator[str]:
    """docs/letters.md: the letters of a request, and the fields their templates may use."""
    from gongkai.applications.letters.compose import preview
    from gongkai.applications.letters.examples import example_of
    from gongkai.applications.letters.fields import FIELDS
    from gongkai.applications.letters.needs import PRINTED as IN_THE_HEAD
    from gongkai.applications.letters.needs import needs_of
    from gongkai.law.letters import LETTERS, Reader
    from gongkai.law.outcomes import OUTCOMES

    yield "# The letters of a request 答复文书"
    yield PRINTED
    yield (
        "Code: `src/gongkai/applications/letters/`; texts: `templates/NN.md`. An office may adapt"
        " any of them; a text that lacks a required field is refused, with the reason."
    )
    yield (
        "A template is Django's template language and no more of it than `if`, `for`, `with` and"
        " three filters: `条文` (checks that an article exists and prints it as it is cited),"
        " `并列` (a list with 、) and `汉字` (3 as 三). `{% 逐项答复 %} … {% 逐项答复完 %}` holds"
        " what is said of one matter; several are answered one by one under 一、二、三… in the"
        " words of the letter each outcome calls for. A line `| 甲 | 乙 |` is a row of a table."
    )
    yield "## The 38 letters 文书"
    yield "Of fields with 或者 between them one is enough."
    rows: dict[int, list[str]] = {}
    for one in OUTCOMES:
        rows.setdefault(one.letter.number, []).append(f"{one.code} {one.row}")
    yield from _table(
        ("号", "文书", "标题", "送给", "依据", "必备要素", "救济", "答复结果和表三的行"),
        (
            (
                f"{one.number:02}",
                one.name,
                preview(one).title,
                one.reader.value,
                "、".join(map(str, one.basis)) or one.practice or "—",
                "、".join(
                    dict.fromkeys(
                        "或者".join(names)
                        for _, groups in needs_of(one)
                        for names in groups
                        if not IN_THE_HEAD.intersection(names)
                    )
                ),
                one.remedy.value,
                "；".join(rows.get(one.number, ())) or "—",
            )
            for one in LETTERS
        ),
    )
    yield "## The fields 要素"
    yield (
        "Fields of 机关, 申请 and 法律 are worked out; 查明的情况 are given for one matter,"
        " 办理过程 for the whole case. For readers other than those named a field does not exist: a"
        " template that uses it is refused, so that no letter to others tells who asks."
    )
    yield from _table(
        ("要素", "含义", "示例", "来源", "形式", "可用于"),
        (
            (
                f"`{one.name}`",
                one.meaning + (f"（每行：{'、'.join(one.parts)}）" if one.parts else ""),
                example_of(one),
                one.source.value,
                one.kind.value,
                "、".join(f"{number:02}" for number in sorted(one.letters))
                or (
                    "全部文书"
                    if len(one.readers) == len(Reader)
                    else "、".join(reader.value for reader in Reader if reader in one.readers)
                ),
            )
            for one in FIELDS.values()
        ),
    )


def _helps(parser: ArgumentParser) -> Iterator[str]:
    yield f"## `{parser.prog}`"
    yield f"```text\n{parser.format_help().strip()}\n```"
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for name in action.choices:
                yield from _helps(action.choices[name])


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    cells = ([str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in lines)
    yield "\n".join(f"| {' | '.join(row)} |" for row in cells)


PAGES = {
    "law.md": law,
    "checks.md": checks,
    "letters.md": letters,
    "screening-rules.md": screening,
    "cli.md": cli,
    "site.md": site,
}


def stale() -> list[str]:
    """The pages that do not say what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != _text(page)
    ]


def _text(page: Callable[[], Iterator[str]]) -> str:
    return "\n\n".join(page()) + "\n"


def main() -> int:
    """Write the stale pages, or name them and exit 1."""
    if "--check" in sys.argv[1:]:
        for name in stale():
            print(f"docs/{name} 已过时，请执行 make docs", file=sys.stderr)
        return 1 if stale() else 0
    for name in stale():
        (HERE / name).write_text(_text(PAGES[name]), "utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
