"""The shipped templates, and what is refused in one that an office has changed."""

import re

import pytest
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as some

from gongkai.applications.letters import (
    FIELDS,
    asked,
    check_template,
    compose,
    fields_for,
    fields_to_fill,
)
from gongkai.applications.letters.compose import written
from gongkai.applications.letters.examples import EXAMPLE_DAY, example
from gongkai.applications.letters.language import parse, uses
from gongkai.applications.letters.layout import Heading, Prose, Table, layout
from gongkai.applications.letters.needs import PRINTED, needs_of
from gongkai.applications.letters.texts import paragraphs, planted, shipped
from gongkai.errors import BadInput
from gongkai.law.letters import LETTERS, letter

IDS = [str(one) for one in LETTERS]
PLAIN = (
    "标题：政府信息公开申请补正告知书\n主送：{{ 申请人 }}\n---\n{{ 收到情况 }}{{ 申请内容 }}\n"
    "{{ 依据 }}{{ 需要补正的事项 }}{{ 指导和释明 }}{{ 补正期限 }}{{ 逾期不补正的后果 }}\n"
    "{{ 联系方式 }}"
)


@pytest.mark.parametrize("one", LETTERS, ids=IDS)
def test_the_shipped_template_may_be_used(one):
    assert check_template(one, shipped(one)) == []


@pytest.mark.parametrize("one", LETTERS, ids=IDS)
def test_no_article_is_typed_into_a_shipped_template(one):
    printed = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", shipped(one))

    assert re.findall(r"第[一二三四五六七八九十百]+条|《政府信息公开条例》", printed) == []


@pytest.mark.parametrize("one", LETTERS, ids=IDS)
def test_a_template_without_a_needed_field_is_refused(one):
    used = {use.field for use in uses(parse(shipped(one)))}
    for phrase, groups in needs_of(one):
        for names in groups:
            if PRINTED.intersection(names):
                continue  # they stand in the head of the paper
            assert used.intersection(names)
            bare = shipped(one)
            for name in names:
                bare = re.sub(rf"(?<![\w.]){name}(?![\w|])", "成文日期", bare)

            problems = check_template(one, bare)

            assert any(f"缺少必备内容“{phrase}”" in problem for problem in problems)


def test_a_plain_template_of_an_office_serves():
    assert check_template(4, PLAIN) == []


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("{{ 申请日期 }}", "没有“申请日期”这个要素"),
        ("{{ 申请人.姓名 }}", "要素“申请人”里没有“姓名”，它不是清单"),
        (
            "{% for 次 in 检索记录 %}{{ 次.地点 }}{% endfor %}",
            "要素“检索记录”里没有“地点”，只有系统、检索词、时间范围、检索人、检索时间、结果",
        ),
        ("{% if 申请日期 %}有{% endif %}", "没有“申请日期”这个要素"),
        ("{% with 甲=申请日期 %}{{ 甲 }}{% endwith %}", "没有“申请日期”这个要素"),
        (
            '{{ "条例第九十九条"|条文 }}',
            "引用的法条有误：《政府信息公开条例》没有第九十九条（共56条）",
        ),
        (
            "《政府信息公开条例》第九十九条",
            "引用的法条有误：《政府信息公开条例》没有第九十九条（共56条）",
        ),
        ("该信息不属于公开范围", "不得只写“不属于公开范围”，应当写明依据的条、款、项和理由"),
        ("{% if 备注 %}", "模板写法有误：有标签没有结束"),
        (
            '{% include "settings.py" %}',
            "模板写法有误：有不认识的标签（只能用if、for、with和“逐项答复”）",
        ),
        ("{% load static %}", "模板写法有误：有不认识的标签（只能用if、for、with和“逐项答复”）"),
        ("{% debug %}", "模板写法有误：有不认识的标签（只能用if、for、with和“逐项答复”）"),
        ("{{ 申请人|safe }}", "模板写法有误：有不认识的过滤器（只能用“条文”“并列”“汉字”）"),
        ("{{ 申请人.__class__ }}", "模板写法有误：要素名不能以下划线开头"),
        ("{{ }}", "模板写法有误：有一处花括号里没有写要素名"),
        ("{{ 申请人 和 编号 }}", "模板写法有误：有一处花括号里的内容看不懂"),
        ("\ufdd0", "模板里有不能使用的字符，请重新输入"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_in_a_sentence(added, problem):
    problems = check_template(4, PLAIN + added)

    assert problems == [problem]
    with pytest.raises(BadInput, match=re.escape(problem[:8])):
        compose(4, example(letter(4)), template=PLAIN + added, on=EXAMPLE_DAY)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            PLAIN.replace("\n---\n", "\n"),
            "模板开头应当写“标题：”和“主送：”，再以单独一行“---”与正文分开",
        ),
        (
            PLAIN.replace("标题：", "题目："),
            "模板开头的“题目：政府信息公开申请补正告知书”不认识，只能写“标题：”和“主送：”",
        ),
        (PLAIN.replace("政府信息公开申请补正告知书", ""), "模板没有写标题"),
    ],
)
def test_a_head_that_cannot_be_read_is_said(body, problem):
    assert check_template(4, body) == [problem]


def test_lines_that_end_as_in_windows_are_lines():
    assert check_template(4, PLAIN.replace("\n", "\r\n")) == []
    made = compose(4, example(letter(4)), template=PLAIN.replace("\n", "\r\n"), on=EXAMPLE_DAY)
    assert made.text == compose(4, example(letter(4)), template=PLAIN, on=EXAMPLE_DAY).text


def test_a_reply_that_cannot_answer_several_matters_is_refused():
    bare = shipped(letter(13)).replace("{% 逐项答复 %}", "").replace("{% 逐项答复完 %}", "")

    assert check_template(13, bare) == [
        "缺少“{% 逐项答复 %}”部分，一件申请有多项内容时无法逐项答复"
    ]


def test_every_field_is_explained_and_reachable():
    reachable = {field.name for one in LETTERS for field in fields_for(one)}

    assert reachable == set(FIELDS)
    assert [field.name for field in FIELDS.values() if not field.meaning] == []


def test_what_must_and_may_be_told_is_asked_in_the_order_of_the_text():
    rows = asked(25)

    assert [(one.field.name, one.required, one.instead, one.of_matter) for one in rows] == [
        ("查明的情况", False, (), True),
        ("非本机关负责的理由", True, (), True),
        ("负责公开的机关", False, ("不能确定负责机关的说明",), True),
        ("负责公开的机关的联系方式", False, (), True),
        ("不能确定负责机关的说明", False, ("负责公开的机关",), True),
    ]


@pytest.mark.parametrize("one", LETTERS, ids=IDS)
def test_all_that_must_be_given_is_asked_for(one):
    assert {field.name for field in fields_to_fill(one)} <= {row.field.name for row in asked(one)}


@given(some.text(max_size=300))
@case("| 甲 | 乙 |")
@case("一\n| 甲 |\n# 回函\n---\n附件：二")
@case("{{ 编号 }}{% if %}")
@case("\x00\ufdd0\u2028\ud800")
def test_what_was_typed_opens_no_line_and_no_cell_and_is_never_evaluated(typed):
    value = planted(typed)

    row, *more = paragraphs(f"| 内容 | {value} |")

    assert more == []
    assert row.count("|") == 3
    assert not any(line.startswith(("|", "#")) for line in paragraphs(value))


def test_a_name_with_a_character_of_the_offices_own_keeps_it():
    assert planted("张\ue863") == "张\ue863"


def test_braces_in_a_request_are_printed_as_they_are():
    facts = example(letter(13))
    matter = facts.matters[0].__class__(
        text="{{ 查询码 }}{% debug %}",
        outcome=facts.matters[0].outcome,
        findings=facts.matters[0].findings,
    )

    made = compose(13, facts.__class__(**{**_fields(facts), "matters": (matter,)}), on=EXAMPLE_DAY)

    assert "{{ 查询码 }}{% debug %}" in made.text


def _fields(facts):
    return {name: getattr(facts, name) for name in facts.__slots__}


def test_the_parts_of_a_sheet_are_told_apart():
    arranged = layout(
        ["一、理由", "一段正文。", "| 甲 | 乙 |", "|---|---|", "| 1 | 2<br>3 |",
         "附件：1. 某表", "2. 又一表", "# 回函", "| 姓名 | |"]
    )  # fmt: skip

    heading, prose, table, first, second = arranged.blocks
    assert heading == Heading("一、理由")
    assert prose == Prose("一段正文。")
    assert isinstance(table, Table)
    assert [[square.text for square in row] for row in table.rows] == [["甲", "乙"], ["1", "2\n3"]]
    assert (first.annex, second.annex) == (True, True)
    assert [slip.title for slip in arranged.slips] == ["回函"]


def test_the_annexes_of_a_text_are_listed():
    made = written(
        4, organ="某局", title="书", dated_on=EXAMPLE_DAY, body="正文。\n附件：1. 某表\n2. 又一表"
    )

    assert made.annexes == ("某表", "又一表")
