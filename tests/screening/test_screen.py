"""筛查：what is pointed at, what is left alone, and where it stands in the text."""

import csv
import doctest
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.screening import RULES, Severity, identity, numbers, screen, written
from gongkai.screening.fold import fold

HERE = Path(__file__).parent
with (HERE / "found.csv").open(encoding="utf-8", newline="") as _file:
    FOUND = list(csv.DictReader(_file))
SOUND = (HERE / "sound.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case['规则']} {case['文字']}")
def test_screen_points_at(case):
    text = case["文字"].replace("\\n", "\n")

    found = [(one.rule, one.severity.value, one.quote) for one in screen(text)]

    assert found == [(case["规则"], case["程度"], case["所指"])]


@pytest.mark.parametrize("text", SOUND)
def test_screen_leaves_alone(text):
    assert screen(text) == []


def test_every_rule_has_a_case_or_a_test_of_its_own():
    needing_a_year_or_lines = {"D-06", "D-07", "N-02", "N-03", "N-04", "W-03", "R-02"}

    assert {rule.id for rule in RULES} == {case["规则"] for case in FOUND} | needing_a_year_or_lines


@pytest.mark.parametrize("module", [identity, numbers, written])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# ---- 规则需要年份、地区或者版面的 ----


def test_last_years_text_is_told_by_the_year_of_the_report():
    text = (
        "某局2023年政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n"
        "（一）主要问题。2023年我局公开力度不够。\n（二）整改措施。2023年我局加大贯彻力度。"
    )

    assert [(one.rule, one.quote) for one in screen(text)] == [("D-07", "2023年我局加大")]


def test_the_plan_for_next_year_is_sound():
    text = (
        "某局2023年政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n"
        "（二）改进情况。2023年我局加大了公开力度。2024年我局将加强培训。"
    )

    assert screen(text) == []


def test_the_statistical_period_of_another_year_is_an_error():
    text = (
        "某局2023年政府信息公开工作年度报告\n"
        "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    )

    assert [(one.rule, one.severity) for one in screen(text)] == [("D-07", Severity.ERROR)]


def test_a_document_of_the_future_cannot_be_cited():
    text = "按照国办发〔2025〕3号文件要求"

    assert [one.rule for one in screen(text, year=2023)] == ["D-06"]
    assert screen(text) == []


def test_former_names_are_noted_only_in_text_of_later_years():
    text = (
        "由国土资源部会同农业部制定，依据《中华人民共和国合同法》。原环境保护部、农业部门另行规定。"
    )

    assert [one.quote for one in screen(text, year=2022)] == [
        "国土资源部",
        "农业部",
        "《中华人民共和国合同法》",
    ]
    assert screen(text, year=2016) == []
    assert screen(text) == []


@pytest.mark.parametrize("region", ["福建省", None])
def test_a_document_of_another_province_is_pointed_at(region):
    text = (
        "福建省某区年度工作\n转发《江苏省政府信息公开申请办理答复规范》，"
        "执行《福建省政府信息公开办法》"
    )

    assert [one.rule for one in screen(text, region=region)] == ["R-02"]


@pytest.mark.parametrize(
    ("text", "rule", "quote"),
    [
        ("第一章 总则\n第一条 甲\n第三章 附则\n第二条 乙", "N-02", "三"),
        ("第一章 总则\n第一条 甲\n第二章 附则\n第二章 罚则", "N-02", "二"),
        ("一、总体情况\n甲\n三、申请情况\n乙", "N-03", "三"),
        ("一、总体情况\n（一）主动公开\n（三）平台建设\n二、其他", "N-04", "三"),
    ],
)
def test_a_broken_numbering_is_pointed_at(text, rule, quote):
    assert [(one.rule, one.quote) for one in screen(text)] == [(rule, quote)]


def test_rows_of_a_table_do_not_break_the_numbering():
    text = (
        "一、总体情况\n二、主动公开\n三、申请情况\n一、本年新收\n二、上年结转\n三、本年度办理结果\n"
        "四、结转下年度\n四、行政复议\n（一）甲\n（二）乙\n五、主要问题\n（一）丙"
    )

    assert screen(text) == []


def test_a_list_of_names_and_disabilities_is_pointed_at():
    text = "序号\t姓名\t残疾等级\n1\t张三\t一级\n2\t李小四\t二级\n"

    assert [one.rule for one in screen(text)] == ["P-10"]


def test_an_empty_form_is_sound():
    assert screen("序号\t姓名\t残疾等级\n1\t\t\n2\t\t\n") == []


def test_a_word_broken_by_the_width_of_the_page_is_read_across():
    text = "根据市科委新的职能对政府信息公开目录进行调整。三是重新涉\n及部门网站政务公开栏目。"

    assert [(one.rule, one.quote) for one in screen(text)] == [("W-02", "重新涉\n及")]


def test_traditional_script_with_pinyin_is_read_as_simplified():
    text = "國務機關開發為時會對：及時發(fā)布(bù)署情況，全面布(bù)署"

    assert [(one.rule, one.quote) for one in screen(text)] == [("W-02", "布(bù)署")]


# ---- 位置 ----


def with_check(digits: str) -> str:
    return digits + identity.resident_check(digits)


RESIDENTS = st.builds(
    lambda province, county, day, serial: with_check(
        f"{province}{county:04d}{day:%Y%m%d}{serial:03d}"
    ),
    st.sampled_from(sorted(identity.PROVINCES)),
    st.integers(0, 9999),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 12, 31)),
    st.integers(0, 999),
)
INVISIBLE = st.sampled_from(["", "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u2060\u200b"])
FULL_WIDTH = {ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789X"}


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    """A resident number, and the same pulled apart and widened; its ends are visible."""
    number = draw(RESIDENTS)
    pieces = []
    for place, char in enumerate(number):
        shown = char.translate(FULL_WIDTH) if draw(st.booleans()) else char
        pieces.append((draw(INVISIBLE) if place else "") + shown)
    return number, "".join(pieces)


@given(disguised(), st.text("，。一二三公开\u200b\U00020000", max_size=8))
def test_a_resident_number_is_found_in_any_disguise(numbers, before):
    number, written_so = numbers
    text = f"{before}：{written_so}，已领取"
    start = len(before) + 1

    found = [one for one in screen(text) if one.rule == "P-01"]

    assert [(one.start, one.end) for one in found] == [(start, start + len(written_so))]
    assert found[0].quote == written_so
    assert found[0].shown == number[:4] + "*" * 10 + number[14:]


@given(RESIDENTS, st.integers(0, 17), st.integers(1, 9))
def test_a_resident_number_with_one_digit_changed_is_none(number, place, by):
    digits = number.replace("X", "0") if place == 17 else number
    if digits[place] == "X":
        return
    changed = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    if changed == number:
        return

    assert not identity.is_resident_number(changed)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_folding_never_loses_its_way(text):
    assume(not set(text) & set("國務機關開發為時會對"))  # else it may be read as traditional
    folded = fold(text)

    origins = [folded.origin(at) for at in range(len(folded.text))]

    assert origins == sorted(set(origins))
    assert [fold(text[at]).text for at in origins] == list(folded.text)


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_screen_takes_any_text(text):
    for one in screen(text, year=2023):
        assert one.quote == text[one.start : one.end]
        assert 0 <= one.start < one.end <= len(text)


@given(st.lists(st.sampled_from([case["文字"].replace("\\n", "\n") for case in FOUND]), max_size=6))
def test_quotes_stand_where_they_are_said_to_stand(pieces):
    text = "\u200b。\n".join(pieces)

    for one in screen(text, year=2023):
        assert one.quote == text[one.start : one.end]


def test_numbers_never_leave_in_full():
    text = "\n".join(case["文字"] for case in FOUND if case["规则"] in {"P-01", "P-03", "P-04"})

    told = repr(screen(text)) + str([one.as_dict() for one in screen(text)])

    assert "11010519491231002X" not in told
    assert "13812345678" not in told
    assert "6222020200112230004" not in told


def test_as_dict_is_plain_and_masked():
    finding = screen("身份证号：11010519491231002X")[0]

    assert finding.as_dict() == {
        "rule": "P-01",
        "category": "个人信息",
        "severity": "error",
        "start": 5,
        "end": 23,
        "quote": "1101**********002X",
        "reason": "居民身份证号码（北京，校验码相符）",
        "advice": "请删除，或者按规定遮蔽后再公开",
        "confidence": 0.99,
    }
