"""Two years of one organ side by side."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from annual_cases import changed, make_report, real
from annual_strategies import reports
from gongkai.annual.compare import ACROSS_YEARS, RULES_BETWEEN_YEARS, compare
from gongkai.annual.forms import (
    CARRIED_OUT,
    IN_FORCE,
    NEW,
    NORMATIVE_2021,
    PERMITS,
    RULES,
    TABLE_2,
    TABLE_3,
    TOTAL,
)
from gongkai.errors import BadInput


def make_last_year():
    """The report that the worked-out one follows from."""
    return changed(
        make_report(year=2023),
        {
            (TABLE_3, CARRIED_OUT, "自然人"): 5,
            (TABLE_3, CARRIED_OUT, TOTAL): 5,
            (TABLE_2, RULES, IN_FORCE): 11,
            (TABLE_2, NORMATIVE_2021, IN_FORCE): 35,
        },
    )


def relations(comparison):
    return {(one.relation, one.name): (one.expression, one.verdict) for one in comparison.carried}


@pytest.mark.parametrize(
    ("last", "this", "relation", "name", "expression"),
    [
        ("17", "18", "T3-05", "结转（总计）", "2021年结转下年1，2022年上年结转1"),
        ("17", "18", "T2-01", "行政规范性文件", "665+88-55，2022年现行有效件数698"),
        ("15", "16", "T2-01", "规范性文件", "89+77，2020年对外公开总数量166"),
    ],
)
def test_relations_of_real_reports_are_confirmed(last, this, relation, name, expression):
    found = relations(compare(real(last), real(this)))

    assert found[relation, name] == (expression, "一致")


def test_the_forms_of_2020_and_2021_are_not_compared_document_by_document():
    comparison = compare(real("16"), real("17"))

    assert "T2-01" not in {one.relation for one in comparison.carried}
    (result,) = (one for one in comparison.results if one.rule.id == "T2-01")
    assert result.reasons == ("两年的表格格式不同，各列统计的不是同一件事",)


def test_years_that_follow_from_each_other_have_no_finding():
    comparison = compare(make_last_year(), make_report())

    assert [one.rule for one in comparison.findings if one.rule != "N-04"] == []
    assert {one.verdict for one in comparison.carried} == {"一致"}
    assert [one.rule.id for one in comparison.results] == list(ACROSS_YEARS)


def test_what_is_carried_over_wrongly_is_an_error():
    comparison = compare(make_report(year=2023), make_report())

    assert not comparison.ok
    assert [(one.rule, one.expected, one.found) for one in comparison.errors] == [
        ("T3-05", 3, 5),
        ("T3-05", 3, 5),
    ]


def test_a_blank_cell_is_neither_carried_over_rightly_nor_wrongly():
    last = changed(make_last_year(), {(TABLE_3, CARRIED_OUT, "自然人"): None})

    comparison = compare(last, make_report())

    assert relations(comparison)["T3-05", "结转（自然人）"] == (
        "2023年结转下年（空白），2024年上年结转5",
        "无法核对",
    )
    assert comparison.ok


def test_another_organ_and_another_year_are_pointed_out_and_compared_all_the_same():
    comparison = compare(
        replace(make_last_year(), organ="宿迁市人民政府", year=2021), make_report()
    )

    assert [one.message for one in comparison.findings if one.rule == "X-03"] == [
        "两份报告的机关不同：“宿迁市人民政府”和“淮安市人民政府”",
        "两份报告不是相邻年度：2021年和2024年",
    ]
    assert relations(comparison)["T3-05", "结转（总计）"][1] == "一致"


def test_a_total_that_jumped_is_a_note():
    report = changed(
        make_report(), {(TABLE_3, NEW, TOTAL): 1000, (TABLE_2, PERMITS, "本年处理决定数量"): 0}
    )

    notes = [
        one.message for one in compare(make_last_year(), report).findings if one.rule == "X-04"
    ]

    assert notes == [
        "表二“行政许可”“本年处理决定数量”上年500，本年0，减少",
        "表三“本年新收政府信息公开申请数量”上年100，本年1000，增加到10倍",
    ]


def test_copied_prose_is_measured():
    last, this = real("17"), real("18")

    alike = compare(last, last).likeness
    own = compare(last, this).likeness

    assert alike is not None
    assert own is not None
    assert alike.share == 1
    assert own.share < 0.1


def test_a_report_without_tables_is_refused():
    with pytest.raises(BadInput, match="没有法定表格"):
        compare(real("partial/p13"), real("15"))


def test_the_rules_between_years_are_listed():
    assert {rule_id: rule.title for rule_id, rule in RULES_BETWEEN_YEARS.items()} == {
        "X-03": "两份报告属于同一机关、相邻年度",
        "X-04": "总数与上一年度相比没有成倍变动",
    }


@settings(max_examples=30, deadline=None)
@given(reports(sound=False), reports(sound=False))
def test_any_two_reports_can_be_compared(last, this):
    printed = json.loads(json.dumps(compare(last, this).as_dict(), ensure_ascii=False))

    assert {one["verdict"] for one in printed["relations"]} <= {"一致", "不一致", "无法核对"}
