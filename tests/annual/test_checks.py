"""What the rules say of the tables: of real reports, of a worked-out one, of any at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_cases import REPORTS, changed, make_report, real, without_prose
from annual_strategies import reports
from gongkai.annual.checks import RULES, Records, Severity, Status, check_report, uncovered
from gongkai.annual.checks.organs import Kind, kind_of, may_make_rules
from gongkai.annual.forms import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    DECISIONS,
    DIRECT_SUIT,
    FEE_AMOUNT,
    FEES,
    GRANTED,
    IN_FORCE,
    NATURAL_PERSON,
    NEW,
    NORMATIVE_2021,
    NOT_PROCESSED,
    OTHERWISE_THREE_ROWS,
    PERMITS,
    RECONSIDERATION,
    REFUSED,
    RESULTS_TOTAL,
    SUIT_AFTER_RECONSIDERATION,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    Form,
    Ref,
)
from gongkai.annual.forms import RULES as RULES_ROW
from gongkai.annual.model import Header, Part, Remark, Report, Undeterminable

SOUND = ("01", "02", "07", "09", "11", "13", "15", "17", "18")


def said(report: Report, **given: object) -> list[tuple[str, str]]:
    """Rule and severity of every finding."""
    verdict = check_report(report, **given)  # type: ignore[arg-type]
    return [(finding.rule, finding.severity.value) for finding in verdict.findings]


# -- real reports --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_real_report_has_no_error(name):
    assert [finding.message for finding in check_report(real(name)).errors] == []


def test_the_two_totals_left_at_0_in_table_4_are_found():
    errors = check_report(real("03")).errors

    assert [(error.rule, error.expected, error.found) for error in errors] == [
        ("T4-01", 11, 0),
        ("T4-03", 5, 0),
    ]


def test_results_that_do_not_add_up_are_found_in_each_column_and_only_there():
    errors = check_report(real("16")).errors

    assert [
        (error.rule, error.expected, error.found, error.refs[0].column) for error in errors
    ] == [
        ("T3-02", 26, 20, "自然人"),
        ("T3-02", 27, 21, "总计"),
    ]


def test_every_genuine_error_of_the_list_is_found():
    listed = json.loads((REPORTS / "anomalies.json").read_text(encoding="utf-8"))
    genuine = {
        (one["report"][:2], one["where"]) for one in listed if one["severity"] == "确属原报告错误"
    }

    found = {
        (name, ref.column if ref.table == TABLE_3 else ref.row)
        for name in ("03", "16")
        for error in check_report(real(name)).errors
        for ref in error.refs[:1]
    }

    assert found == genuine


def test_the_shijiazhuang_report_has_a_blank_cell_a_misprint_and_lapsed_documents():
    verdict = check_report(real("01"))

    assert verdict.ok
    assert [finding.refs for finding in verdict.warnings] == [
        (Ref(TABLE_3, OTHERWISE_THREE_ROWS[2], "其他"),)
    ]
    notes = " ".join(finding.message for finding in verdict.notes)
    assert "予已公开" in notes
    assert "失效40件" in notes


def test_blank_totals_are_a_warning_and_their_sums_are_not_verified():
    verdict = check_report(real("13"))

    assert [(one.rule, len(one.refs)) for one in verdict.warnings if one.rule == "T3-04"] == [
        ("T3-04", 126)
    ]
    assert verdict.result("T3-02").status is Status.PASSED
    assert "“总计”列有19格未填，无法核对（空格合805件时才相符）" in "；".join(
        verdict.result("T3-02").reasons
    )


def test_a_blank_total_is_told_what_it_should_be():
    (warning,) = (one for one in check_report(real("11")).warnings if one.rule == "T3-04")

    assert warning.advice == "“结转下年度继续办理”行总计按各列相加应为1"


def test_a_nonstandard_heading_is_a_warning():
    headings = [one for one in check_report(real("09")).warnings if one.rule == "F-01"]

    assert "标题不规范" in headings[-1].message
    assert headings[-1].expected == "五、存在的主要问题及改进情况"


def test_a_plan_dated_in_the_reporting_year_is_a_note():
    (note,) = (one for one in check_report(real("09")).notes if one.rule == "N-07")

    assert (note.expected, note.found) == ("2024年", "2023年")
    assert "2023年我局加大贯彻落实" in note.quote


def test_a_form_of_before_2019_is_not_judged():
    verdict = check_report(real("partial/p13"))

    assert verdict.ok
    assert {result.status for result in verdict.results} == {Status.NOT_APPLICABLE}


def test_lost_figures_are_not_judged():
    verdict = check_report(real("partial/p08"))

    assert verdict.ok
    assert verdict.result("T3-01").status is Status.NOT_APPLICABLE


# -- any report ----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(reports())
def test_a_sound_report_has_no_error(report):
    assert [finding.message for finding in check_report(report).errors] == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_changed_cell_of_table_3_or_4_is_always_caught(data):
    report = data.draw(reports())
    refs = [ref for ref, _ in report.cells() if ref.table in (TABLE_3, TABLE_4)]
    ref = data.draw(st.sampled_from(refs))
    cell = report.cell(ref)
    assert isinstance(cell, int)
    changed_cell = data.draw(
        st.one_of(st.none(), st.integers(0, 10**5).filter(lambda n: n != cell))
    )

    verdict = check_report(report.with_cell(ref, changed_cell))

    caught = [finding for finding in (*verdict.errors, *verdict.warnings) if ref in finding.refs]
    assert caught
    assert (not verdict.ok) == (changed_cell is not None)


def test_the_cells_no_sum_covers_are_those_of_table_2():
    report = without_prose(make_report())

    unnoticed = tuple(
        ref
        for ref, cell in report.cells()
        if isinstance(cell, int | Decimal) and check_report(report.with_cell(ref, cell + 1)).ok
    )

    assert unnoticed == uncovered(Form.Y2021)


@settings(max_examples=60, deadline=None)
@given(reports(sound=False))
def test_whatever_stands_in_the_cells_every_rule_answers(report):
    verdict = check_report(report, last_year=report, blank_as_zero=True)

    assert [result.rule.id for result in verdict.results] == list(RULES)
    for result in verdict.results:
        assert (result.status is Status.FOUND) <= bool(result.findings)
        assert result.reasons if result.status is Status.NOT_APPLICABLE else True
    assert json.loads(json.dumps(verdict.as_dict(), ensure_ascii=False))["ok"] is verdict.ok


# -- rules one by one ----------------------------------------------------------------------------


def test_the_worked_out_report_is_clean():
    assert said(make_report()) == [("T4-07", "note")]


def test_every_rule_has_a_title_a_basis_and_an_id_in_order():
    families = [rule_id.partition("-")[0] for rule_id in RULES]

    assert families == sorted(families, key=("T3", "T4", "T2", "N", "F").index)
    for rule_id, rule in RULES.items():
        assert rule.id == rule_id
        assert rule.title.strip()
        assert "\u4e00" <= rule.title[-1] <= "\u9fff" or rule.title[-1] in "0）”"
        assert str(rule.basis)


def test_what_came_in_must_go_somewhere():
    report = changed(make_report(), {(TABLE_3, CARRIED_OUT, "自然人"): 4})

    verdict = check_report(without_prose(report))

    assert [(one.rule, one.expected, one.found) for one in verdict.errors] == [
        ("T3-01", 95, 96),
        ("T3-03", 4, 3),
    ]
    assert verdict.errors[0].message == (
        "表三“自然人”列：本年新收90件加上年结转5件，合95件；"
        "办理结果总计92件加结转下年度4件，合96件，两边相差1件"
    )


def test_filled_cells_larger_than_their_total_are_an_error_in_spite_of_a_blank():
    report = changed(
        make_report(), {(TABLE_3, GRANTED, "科研机构"): None, (TABLE_3, GRANTED, TOTAL): 39}
    )

    assert ("T3-03", "error") in said(report)


def test_filled_cells_smaller_than_their_total_are_not_verified_beside_a_blank():
    report = changed(
        make_report(),
        {(TABLE_3, GRANTED, "法律服务机构"): None, (TABLE_3, RESULTS_TOTAL, TOTAL): 102},
    )

    verdict = check_report(report)

    assert verdict.ok
    assert "“予以公开”行有1格未填，无法核对（空格合1件时才相符）" in verdict.result("T3-03").reasons


def test_blank_cells_count_as_0_only_once_confirmed():
    report = changed(make_report(), {(TABLE_3, GRANTED, "法律服务机构"): None})

    assert check_report(report).ok
    confirmed = check_report(report, blank_as_zero=True)
    assert [(one.rule, one.expected, one.found) for one in confirmed.errors] == [
        ("T3-02", 1, 2),
        ("T3-03", 39, 40),
    ]
    assert confirmed.result("T3-04").findings[0].severity is Severity.NOTE


def test_a_count_below_0_is_an_error():
    report = changed(
        make_report(), {(TABLE_3, GRANTED, "其他"): -1, (TABLE_3, GRANTED, "自然人"): 39}
    )

    assert ("T3-04", "error") in said(report)


def test_an_undeterminable_cell_is_neither_right_nor_wrong():
    lost = Undeterminable("数字粘连")
    report = changed(make_report(), {(TABLE_3, GRANTED, "自然人"): lost})

    verdict = check_report(report)

    assert verdict.ok
    assert "“自然人”列无法核对：数字粘连" in verdict.result("T3-02").reasons
    assert "1格无法确定：数字粘连" in verdict.result("T3-04").reasons


def test_nothing_comes_of_nothing():
    cells = {
        (TABLE_3, row, column): 0 for row in (NEW, CARRIED_IN) for column in (*APPLICANTS, TOTAL)
    }

    (finding,) = check_report(changed(make_report(), cells)).result("T3-08").findings

    assert finding.severity is Severity.ERROR


def test_carried_in_must_be_last_years_carried_out_in_each_column():
    last = changed(
        make_report(year=2023),
        {(TABLE_3, CARRIED_OUT, "自然人"): 4, (TABLE_3, CARRIED_OUT, "商业企业"): 1},
    )

    found = check_report(make_report(), last_year=last).result("T3-05").findings

    assert [(one.refs[0].column, one.expected, one.found) for one in found] == [
        ("自然人", 4, 5),
        ("商业企业", 1, 0),
        ("总计", 3, 5),
    ]


def test_a_waived_finding_stays_but_is_no_error():
    last = make_report(year=2023)

    verdict = check_report(
        make_report(), last_year=last, waivers={"T3-05": "2024年机构改革，职责划入"}
    )

    assert verdict.ok
    assert {one.waived for one in verdict.result("T3-05").findings} == {"2024年机构改革，职责划入"}


def test_a_waiver_for_one_column_leaves_the_others():
    last = make_report(year=2023)

    verdict = check_report(make_report(), last_year=last, waivers={"T3-05 自然人": "已更正"})

    assert [one.refs[0].column for one in verdict.errors] == ["总计"]


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (make_report(year=2022), "对照的是2022年的报告，不是上一年度的"),
        (
            make_report(year=2023, organ="宿迁市人民政府"),
            "对照的是“宿迁市人民政府”的报告，不是同一机关",
        ),
        (None, "没有提供上一年度的报告"),
    ],
)
def test_another_organs_or_years_report_is_not_compared(last, reason):
    result = check_report(make_report(), last_year=last).result("T3-05")

    assert (result.status, result.reasons) == (Status.NOT_APPLICABLE, (reason,))


def test_documents_in_force_follow_from_last_year():
    last = changed(make_report(year=2023), {(TABLE_2, NORMATIVE_2021, IN_FORCE): 45})

    found = check_report(make_report(), last_year=last).result("T2-01").findings

    assert [(one.severity.value, one.expected, one.found) for one in found] == [
        ("warning", 13, 12),
        ("warning", 50, 40),
    ]


def test_documents_that_lapsed_explain_a_difference():
    last = changed(
        make_report(year=2023),
        {(TABLE_2, NORMATIVE_2021, IN_FORCE): 45, (TABLE_2, RULES_ROW, IN_FORCE): 11},
    )
    report = make_report("全年制发行政规范性文件8件，废止3件、失效10件。")

    (finding,) = check_report(report, last_year=last).result("T2-01").findings

    assert finding.severity is Severity.NOTE
    assert finding.message.endswith("正是正文所说失效的10件")


def test_a_fee_in_yuan_is_taken_for_a_slip_of_the_unit():
    last = make_report(year=2023)
    report = changed(make_report(), {(TABLE_2, FEES, FEE_AMOUNT): Decimal(1234500)})

    (finding,) = check_report(report, last_year=last).result("T2-04").findings

    assert finding.message == "表二行政事业性收费填1234500万元，上一年度123.45万元，相差约10000倍"


def test_a_stock_smaller_than_the_years_flow_is_a_warning():
    report = changed(make_report(), {(TABLE_2, NORMATIVE_2021, IN_FORCE): 4})

    assert ("T2-06", "warning") in said(report)


def test_figures_of_table_2_must_be_counts_or_money():
    report = changed(
        make_report(),
        {(TABLE_2, PERMITS, DECISIONS): Decimal("1.5"), (TABLE_2, FEES, FEE_AMOUNT): None},
    )

    assert [one for one in said(report) if one[0] == "T2-05"] == [
        ("T2-05", "error"),
        ("T2-05", "warning"),
    ]


@pytest.mark.parametrize(
    ("organ", "may"),
    [
        ("石家庄市人民政府办公室", True),
        ("河北省石家庄市人民政府", True),
        ("上海市人民政府办公厅", True),
        ("淮安市人民政府（全市）", True),
        ("延边朝鲜族自治州人民政府", True),
        ("广西壮族自治区人民政府", True),
        ("中华人民共和国教育部", True),
        ("洪泽区人民政府", False),
        ("江苏省淮安市洪泽区人民政府", False),
        ("昆山市人民政府", False),
        ("重庆市大足区人民政府外事办公室", False),
        ("上海市科学技术委员会", False),
        ("平潭综合实验区（全区）", False),
    ],
)
def test_who_may_make_rules_is_told_from_the_name(organ, may):
    assert may_make_rules(organ) is may


@pytest.mark.parametrize(
    ("organ", "kind"),
    [
        ("淮安市人民政府", Kind.GOVERNMENT),
        ("平潭综合实验区（全区）", Kind.GOVERNMENT),
        ("杨凌示范区管委会", Kind.GOVERNMENT),
        ("石家庄市人民政府办公室", Kind.DEPARTMENT),
        ("沭阳县发展和改革局", Kind.DEPARTMENT),
        ("大垅乡人民政府", Kind.TOWNSHIP),
        ("打浦桥街道办事处", Kind.TOWNSHIP),
        ("某组织", Kind.UNKNOWN),
    ],
)
def test_whose_report_it_is_is_told_from_the_name(organ, kind):
    assert kind_of(organ) is kind


def test_rules_of_an_organ_that_makes_none_are_a_warning():
    assert ("T2-03", "warning") in said(make_report(organ="昆山市人民政府"))
    assert "T2-03" not in dict(said(make_report()))


def test_suits_after_review_are_not_more_than_reviews_that_ended():
    report = changed(
        make_report(),
        {
            (TABLE_4, SUIT_AFTER_RECONSIDERATION, "结果维持"): 30,
            (TABLE_4, SUIT_AFTER_RECONSIDERATION, TOTAL): 33,
        },
    )

    alone = check_report(report).result("T4-06")
    both = check_report(report, last_year=make_report(year=2023)).result("T4-06")

    assert (alone.status, alone.reasons) == (Status.NOT_APPLICABLE, ("没有提供上一年度的报告",))
    assert [(one.expected, one.found) for one in both.findings] == [(22, 33)]


def test_cases_pending_last_year_come_back():
    last = changed(
        make_report(year=2023),
        {
            (TABLE_4, RECONSIDERATION, "尚未审结"): 20,
            (TABLE_4, RECONSIDERATION, TOTAL): 31,
        },
    )

    (finding,) = check_report(make_report(), last_year=last).result("T4-05").findings

    assert (finding.expected, finding.found) == (20, 12)


@pytest.mark.parametrize(("year", "status"), [(2023, Status.NOT_APPLICABLE), (2024, Status.FOUND)])
def test_refusals_go_to_review_first_since_2024(year, status):
    assert check_report(make_report(year=year)).result("T4-07").status is status


def test_direct_suits_are_a_warning_when_there_was_nothing_but_refusals():
    rows = {row: 0 for row in make_report().tables[TABLE_3] if row not in (NEW, CARRIED_IN)}
    cells = {(TABLE_3, row, TOTAL): 0 for row in rows}
    cells |= {(TABLE_3, REFUSED[0], TOTAL): 105, (TABLE_3, RESULTS_TOTAL, TOTAL): 105}

    (finding,) = check_report(changed(make_report(), cells)).result("T4-07").findings

    assert finding.severity is Severity.WARNING


# -- with the office's own ledgers ---------------------------------------------------------------


def make_records(**given: object) -> Records:
    """The ledgers that the worked-out report was filled in from."""
    rows = make_report().tables[TABLE_3]
    assert rows is not None
    applications = {
        row: {column: cells[column] for column in APPLICANTS}
        for row, cells in rows.items()
        if row != RESULTS_TOTAL
    }
    disputes = {
        group: {column: cell for column, cell in cells.items() if column != TOTAL}
        for group, cells in make_report().tables[TABLE_4].items()
    }
    known = {
        "applications": applications,
        "disputes": disputes,
        "in_force": {RULES_ROW: 12, NORMATIVE_2021: 40},
        "corrections": 5,
        "fee_notices": 1,
        "reason_letters": 0,
        "consultations": 2,
    }
    return Records(**{**known, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("rule_id", ["T3-06", "T3-07", "T4-04", "T2-02"])
def test_without_ledgers_their_rules_are_not_applicable(rule_id):
    result = check_report(make_report()).result(rule_id)

    assert (result.status, result.reasons) == (
        Status.NOT_APPLICABLE,
        ("本报告不是由办理记录生成",),
    )


@pytest.mark.parametrize("rule_id", ["T3-06", "T3-07", "T4-04", "T2-02"])
def test_a_report_made_from_its_ledgers_agrees_with_them(rule_id):
    result = check_report(make_report(), records=make_records()).result(rule_id)

    assert (result.status, result.findings) == (Status.PASSED, ())


def test_a_cell_that_differs_from_the_ledger_is_an_error_if_the_report_was_made_from_it():
    report = changed(make_report(), {(TABLE_3, GRANTED, "自然人"): 37})

    made = check_report(report, records=make_records()).result("T3-06").findings
    typed = check_report(report, records=make_records(system_made=False)).result("T3-06").findings

    assert [(one.severity, one.expected, one.found) for one in made] == [(Severity.ERROR, 38, 37)]
    assert [one.severity for one in typed] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ({"corrections": 2}, OTHERWISE_THREE_ROWS[0]),
        ({"corrections": 0}, OTHERWISE_THREE_ROWS[0]),
        ({"consultations": 0}, REFUSED[3]),
    ],
)
def test_an_outcome_without_its_letter_is_a_warning(given, row):
    found = check_report(make_report(), records=make_records(**given)).result("T3-07").findings

    assert found[0].refs == (Ref(TABLE_3, row, TOTAL),)
    assert found[0].severity is Severity.WARNING


def test_excessive_requests_need_a_letter_asking_for_reasons():
    report = changed(
        make_report(), {(TABLE_3, NOT_PROCESSED[3], one): 1 for one in (NATURAL_PERSON, TOTAL)}
    )

    (finding,) = check_report(report, records=make_records()).result("T3-07").findings

    assert finding.refs == (Ref(TABLE_3, NOT_PROCESSED[3], TOTAL),)


def test_suits_and_documents_are_those_of_the_ledgers():
    records = make_records(
        disputes={RECONSIDERATION: {"结果维持": 6}}, in_force={NORMATIVE_2021: 41}
    )

    verdict = check_report(make_report(), records=records)

    assert verdict.result("T2-02").findings[0].expected == 41
    assert Ref(TABLE_4, DIRECT_SUIT, TOTAL) in {
        one.refs[0] for one in verdict.result("T4-04").findings
    }


# -- form and day of publication -----------------------------------------------------------------


def test_without_prose_its_rules_are_not_applicable():
    verdict = check_report(without_prose(make_report()))

    prose = [
        result for result in verdict.results if result.rule.id in ("N-01", "N-03", "F-01", "F-02")
    ]
    assert {(one.status, one.reasons) for one in prose} == {
        (Status.NOT_APPLICABLE, ("只有表格，没有正文",))
    }


def test_a_part_that_nothing_speaks_of_is_missing():
    report = make_report()

    verdict = check_report(replace(report, parts=report.parts[:5]))

    assert [(one.rule, one.message) for one in verdict.errors] == [
        ("F-01", "没有“六、其他需要报告的事项”这一部分")
    ]


def test_a_part_whose_heading_may_have_been_lost_is_a_warning():
    report = make_report("其他需要报告的事项：无。", part=5)

    assert ("F-01", "warning") in said(replace(report, parts=report.parts[:5]))


def test_parts_out_of_order_are_a_warning():
    report = make_report()
    one, two, *rest = report.parts

    (finding,) = check_report(replace(report, parts=(two, one, *rest))).result("F-01").findings

    assert finding.found == "二、一、三、四、五、六"


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("五、存在的主要问题及改进情况", []),
        ("五、存在的主要问题和改进情况", []),
        ("五、政府信息公开工作存在的主要问题及改进情况", []),
        ("五、存在的主要问题及整改措施", ["warning"]),
        ("六、存在的主要问题及改进情况", ["warning"]),
    ],
)
def test_a_heading_names_its_part_as_the_form_does(heading, found):
    report = make_report()
    parts = [replace(part, heading=heading) if part.number == 5 else part for part in report.parts]

    result = check_report(replace(report, parts=tuple(parts))).result("F-01")

    assert [one.severity.value for one in result.findings] == found


def test_the_period_is_the_reporting_year():
    header = Header(
        preamble=("根据《条例》编制。",),
        basis=("条例",),
        period=(date(2023, 1, 1), date(2023, 12, 31)),
    )

    found = check_report(replace(make_report(), header=header)).result("F-02").findings

    assert [one.message for one in found] == [
        "开头没有写明联系方式",
        "统计期限写作2023-01-01至2023-12-31，2024年度报告应为2024-01-01至2024-12-31",
    ]


@pytest.mark.parametrize(
    ("organ", "published", "severity"),
    [
        ("淮安市人民政府", date(2025, 3, 31), None),
        ("淮安市人民政府", date(2025, 4, 1), "error"),
        ("淮安市人民政府办公室", date(2025, 1, 31), None),
        ("淮安市人民政府办公室", date(2025, 2, 1), "error"),
        ("淮安市人民政府办公室", date(2026, 8, 1), "warning"),
        ("某组织", date(2025, 3, 31), None),
        ("大垅乡人民政府", date(2025, 12, 31), None),
    ],
)
def test_the_day_of_publication_is_that_of_article_49(organ, published, severity):
    report = replace(make_report(organ=organ), header=Header(published_on=published))

    found = check_report(report).result("F-03").findings

    assert [one.severity.value for one in found] == ([severity] if severity else [])


def test_a_misprinted_label_is_a_note():
    remark = Remark("misprinted-label", "行名“予已公开”应为“予以公开”", quote="予已公开")

    (finding,) = check_report(replace(make_report(), remarks=(remark,))).result("F-04").findings

    assert (finding.severity, finding.quote) == (Severity.NOTE, "予已公开")


# -- prose that is not about numbers -------------------------------------------------------------


def test_a_part_five_of_a_few_words_is_a_warning():
    report = make_report("主动接受社会监督。", part=5)

    assert [one for one in said(report) if one[0] == "N-03"] == [("N-03", "warning")]


@pytest.mark.parametrize("text", ["", "无。", "暂无问题。", "不存在问题"])
def test_part_five_must_say_something(text):
    report = make_report()
    parts = [
        Part(5, part.heading, (text,) if text else ()) if part.number == 5 else part
        for part in report.parts
    ]

    assert ("N-03", "error") in said(replace(report, parts=tuple(parts)))


def test_part_six_may_say_that_there_is_nothing():
    assert check_report(make_report("无。", part=6)).result("N-03").status is Status.PASSED


def test_fees_are_spoken_of_in_part_six():
    report = changed(
        make_report(),
        {(TABLE_3, OTHERWISE_THREE_ROWS[1], one): 2 for one in (NATURAL_PERSON, TOTAL)},
    )

    silent = check_report(report).result("N-02")
    spoken = check_report(
        replace(report, parts=make_report("全年收取信息处理费300元。", part=6).parts)
    ).result("N-02")

    assert [one.message for one in silent.findings] == [
        "表三“逾期未按收费通知要求缴纳费用”2件，第六部分没有说明收费情况"
    ]
    assert spoken.status is Status.PASSED


def test_a_fee_collected_but_not_reported_is_a_warning():
    report = make_report("2024年，全市收取信息处理费3940元。")

    (finding,) = check_report(report).result("N-02").findings

    assert finding.message == "正文说收取信息处理费3940元，第六部分没有说明收费情况"


def test_prose_too_short_to_judge_is_not_called_copied():
    text = "一是加强政策解读的深度和广度。二是完善各项公开工作的机制。"

    result = check_report(make_report(text), last_year=make_report(text, year=2023)).result("N-04")

    assert result.status is Status.PASSED


def test_prose_of_its_own_is_not_copied():
    own = (
        "本年新开设了优化营商环境专栏，集中发布惠企政策。"
        "对政务新媒体账号逐个清理，关停了长期不更新的账号。"
        "依申请公开的答复文书全部由法制科室审核后发出。"
        "聘请高校教师讲解行政诉讼中的举证责任。"
        "把政务公开专区搬进了便民服务中心一楼大厅。"
    )
    last = make_report("组织召开全市政务公开工作会议，部署全年任务。" * 5, year=2023)

    assert check_report(make_report(own), last_year=last).result("N-04").findings == ()


def test_last_years_text_with_new_figures_is_copied():
    text = (
        "我市坚持以公开为常态不公开为例外，{0}年主动公开政府信息{1}条。"
        "持续优化政府门户网站栏目设置，新增专题专栏{2}个。"
        "严格落实政务新媒体先审后发制度，编发稿件{1}篇。"
        "组织召开全市政务公开工作会议，培训工作人员{2}人次。"
        "将政务公开纳入年度综合考核，按季度通报工作情况。"
        "进一步畅通依申请公开渠道，规范答复文书的格式。"
    )
    last = make_report(text.format(2023, 4100, 3), year=2023)

    (finding,) = (
        check_report(make_report(text.format(2024, 5500, 7)), last_year=last)
        .result("N-04")
        .findings
    )

    assert finding.severity is Severity.WARNING
    assert finding.found == "100%"
