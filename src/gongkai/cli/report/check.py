"""核验：what is wrong in one report or many."""

from __future__ import annotations

import argparse
import contextlib
from typing import TYPE_CHECKING, Any

from gongkai.cli.arguments import day
from gongkai.errors import BadInput, GongkaiError

if TYPE_CHECKING:
    from gongkai.annual.checks import Finding, Verdict
    from gongkai.annual.model import Report


def add(commands: Any) -> None:
    """Add `gongkai report check`."""
    command = commands.add_parser(
        "check",
        help="核验一份或者多份年报",
        description="核验年报：表内勾稽、正文与表格、法定格式；给出上年报告时核验结转和现行有效件数。",
        epilog=(
            "退出码：0 没有错误（可以有警告）；1 有错误；2 有文件读不了。\n"
            "例：gongkai report check *.pdf --json > findings.json"
        ),
    )
    command.add_argument("files", metavar="文件", nargs="+", help="年报文件（- 为标准输入）")
    command.add_argument("--last-year", metavar="文件", help="上一年度的报告（只核验一份时可用）")
    command.add_argument(
        "--blank-as-zero", action="store_true", help="已经核实空白格就是 0，按 0 核算"
    )
    command.add_argument(
        "--waive",
        action="append",
        default=[],
        metavar="规则=理由",
        help="说明理由后放过一条规则的发现，如 T2-03=省政府授权",
    )
    command.add_argument("--siblings", action="store_true", help="各份之间互相比对正文，找出照抄的")
    command.add_argument("--today", type=day, metavar="日期", help="以哪一天判断是否按期公布")
    command.add_argument(
        "-v", "--verbose", action="store_true", help="同时列出通过、不适用的规则和一致的数字"
    )
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check every file; one that cannot be read does not stop the others."""
    from gongkai.cli.terminal import progress, put_json

    if args.last_year and len(args.files) > 1:
        raise BadInput("--last-year 只能用于核验一份报告；多份请逐一核验，或者用 report compare。")
    options = _options(args)
    siblings = _siblings(args.files) if args.siblings else []
    checked: list[tuple[str, Verdict | GongkaiError]] = []
    for path in progress(args.files, len(args.files), str):
        others = [report for other, report in siblings if other != path]
        try:
            checked.append((path, _check(path, {**options, "siblings": others})))
        except GongkaiError as problem:
            checked.append((path, problem))
    verdicts = [one for _, one in checked if not isinstance(one, GongkaiError)]
    errors = sum(len(verdict.errors) for verdict in verdicts)
    if args.json:
        put_json(_as_dict(checked))
    else:
        for path, one in checked:
            if isinstance(one, GongkaiError):
                _show_unreadable(path, one)
            else:
                show(one, path, verbose=args.verbose)
        if len(checked) > 1:
            _show_summary(verdicts, len(checked))
    return 2 if len(verdicts) < len(checked) else 1 if errors else 0


def _as_dict(checked: list[tuple[str, Verdict | GongkaiError]]) -> dict[str, Any]:
    """数据：what `gongkai report check --json` prints."""
    read = [(path, one) for path, one in checked if not isinstance(one, GongkaiError)]
    return {
        "reports": [{**verdict.as_dict(), "source": path} for path, verdict in read],
        "unreadable": [
            {"source": path, "reason": str(one)}
            for path, one in checked
            if isinstance(one, GongkaiError)
        ],
        "errors": sum(len(verdict.errors) for _, verdict in read),
        "warnings": sum(len(verdict.warnings) for _, verdict in read),
    }


def _options(args: argparse.Namespace) -> dict[str, Any]:
    from gongkai.cli.report.read import open_report

    waivers = {}
    for waiver in args.waive:
        rule, _, reason = waiver.partition("=")
        if not reason.strip():
            raise BadInput(f"放过“{rule}”要写明理由，如 --waive {rule}=理由。")
        waivers[rule.strip()] = reason.strip()
    return {
        "last_year": open_report(args.last_year) if args.last_year else None,
        "blank_as_zero": args.blank_as_zero,
        "waivers": waivers,
        "today": args.today,
    }


def _siblings(paths: list[str]) -> list[tuple[str, Report]]:
    """Every report that can be read; the others are named when their turn comes."""
    from gongkai.cli.report.read import open_report

    reports = []
    for path in paths:
        with contextlib.suppress(GongkaiError):
            reports.append((path, open_report(path)))
    return reports


def _check(path: str, options: dict[str, Any]) -> Verdict:
    from gongkai.annual.checks import check_report
    from gongkai.cli.report.read import open_report

    return check_report(open_report(path), **options)


def show(verdict: Verdict, path: str, *, verbose: bool = False) -> None:
    """For people: the gravest first, each with its rule, sentence and advice."""
    from gongkai.annual.checks import Status
    from gongkai.cli.report.read import remarks, title
    from gongkai.cli.terminal import put

    mark, colour = ("✓", "bold green") if verdict.ok else ("✗", "bold red")
    put(f"{mark} {path}", colour)
    put(f"  {title(verdict.report)}")
    said = {finding.message for finding in verdict.findings}
    for message, times in remarks(verdict.report).items():
        if message not in said:
            put(f"  读取说明：{message}{times}", "dim")
    for finding in verdict.findings:
        show_finding(finding)
    if verbose:
        for fact in verdict.facts:
            put(f"  正文 {fact.name} {fact.value}：{fact.verdict}  “{fact.quote}”", "dim")
        for result in verdict.results:
            if result.status is not Status.FOUND:
                reasons = "；".join(result.reasons)
                detail = f"（{reasons}）" if reasons else ""
                put(f"  {result.status.label} {result.rule.id}  {result.rule.title}{detail}", "dim")
    counts = f"错误 {len(verdict.errors)}  警告 {len(verdict.warnings)}  提示 {len(verdict.notes)}"
    applied = sum(result.status is not Status.NOT_APPLICABLE for result in verdict.results)
    put(f"  {counts}  共核验 {applied} 项，{len(verdict.results) - applied} 项不适用")


def show_finding(finding: Finding) -> None:
    """One finding: its rule, the sentence, the words of the report, the advice."""
    from gongkai.cli.terminal import COLOURS, put

    waived = f"（已说明：{finding.waived}）" if finding.waived else ""
    word = f"{finding.severity.label} {finding.rule}"
    colour = "dim" if waived else COLOURS[finding.severity.value]
    put(f"  {word}  {finding.message}{waived}", colour)
    if finding.quote:
        put(f"      原文：“{finding.quote}”")
    if finding.advice:
        put(f"      建议：{finding.advice}")


def _show_unreadable(path: str, problem: Exception) -> None:
    from gongkai.cli.terminal import put

    put(f"？ {path}", "bold magenta")
    put(f"  读不了：{problem}")


def _show_summary(verdicts: list[Verdict], files: int) -> None:
    from gongkai.cli.terminal import put

    errors = sum(len(verdict.errors) for verdict in verdicts)
    warnings = sum(len(verdict.warnings) for verdict in verdicts)
    lost = f"，{files - len(verdicts)} 份读不了" if len(verdicts) < files else ""
    put()
    put(f"共 {files} 份：错误 {errors}，警告 {warnings}{lost}。", "bold")
