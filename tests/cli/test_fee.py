"""gongkai fee, article, number: short answers."""

import json

import pytest

from gongkai.cli import main


@pytest.mark.parametrize(("items", "total"), [("10", 0), ("11", 100), ("55", 9000), ("60", 11000)])
def test_fee_by_items(items, total, capsys):
    main(["fee", "--items", items, "--json"])

    assert json.loads(capsys.readouterr().out)["total"] == total


@pytest.mark.parametrize(("pages", "total"), [("30", 0), ("31", 10), ("240", 4300), ("500", 14700)])
def test_fee_by_pages(pages, total, capsys):
    main(["fee", "--pages", pages, "--json"])

    assert json.loads(capsys.readouterr().out)["total"] == total


def test_the_working_adds_up(capsys):
    main(["fee", "--items", "55"])

    out = capsys.readouterr().out
    assert out.splitlines()[0] == "应收 9000 元"
    amounts = [int(line.split("＝")[1].split("元")[0]) for line in out.splitlines() if "＝" in line]
    assert sum(amounts) == 9000


def test_items_earlier_in_the_month_count(capsys):
    main(["fee", "--items", "5", "--earlier", "8", "--json"])

    assert json.loads(capsys.readouterr().out)["total"] == 300


def test_an_article_is_quoted(capsys):
    assert main(["article", "33(2)"]) == 0

    citation, text = capsys.readouterr().out.splitlines()
    assert citation == "《政府信息公开条例》第三十三条第二款"
    assert "20个工作日" in text


def test_numbers_are_put_the_official_way(capsys):
    assert main(["number", "晋政办发[2007]058", "11441700007280420y/2021-00050"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "晋政办发〔2007〕58号  文号",
        "11441700007280420Y/2021-00050  索引号",
    ]


def test_what_is_no_number_is_said_so(capsys):
    assert main(["number", "你好"]) == 1

    assert "不是文号" in capsys.readouterr().out
