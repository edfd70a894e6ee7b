"""gongkai report count: the tables of a year as the records give them, for people and scripts."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest

from asked import answer, make_request
from city import make_organ
from filed import make_writers
from gongkai.annual.exchange import load
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.cli import main
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty
from gongkai.reporting.counting import BY_HAND, count
from gongkai.reporting.models import Practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    organ, people = make_writers()
    for day in (3, 4):
        request = make_request(organ, people[Duty.DISCLOSURE], on=date(2025, 3, day))
        answer(request, people, date(2025, 3, 20))
    Organ.objects.filter(pk=organ.pk).update(short_name="市财政局", code="11130100000000001X")
    return organ


@pytest.mark.parametrize("name", ["石家庄市财政局", "市财政局", "11130100000000001X"])
def test_the_tables_are_those_of_the_records_in_the_exchange_format(organ, name, capsys):
    assert main(["report", "count", name, "2025", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["tables"] == count([organ.pk], 2025).tables
    assert load(told).cell(Ref(TABLE_3, NEW, TOTAL)) == 2
    assert told["counted"] == ["石家庄市财政局"]
    assert [Ref(**one) for one in told["by_hand"]] == list(BY_HAND)


def test_people_read_a_table_that_says_what_is_not_counted(organ, capsys):
    assert main(["report", "count", "石家庄市财政局", "2025"]) == 0

    out = capsys.readouterr().out
    assert out.startswith("石家庄市财政局  2025年度  2021格式")
    assert out.count("（空白）") == len(BY_HAND)
    assert out.endswith("空白的各格没有记录可以统计，在年报里填写。\n")


def test_it_is_signed_as_the_office_signs_and_names_whom_it_counts_besides(organ, capsys):
    Practice.objects.create(organ=organ, own_name="石家庄市财政局办公室")
    merged = make_organ("石家庄市国资局")
    Organ.objects.filter(pk=merged.pk).update(successor=organ, valid_to=date(2025, 6, 30))

    main(["report", "count", "石家庄市财政局", "2025"])

    out = capsys.readouterr().out
    assert out.startswith("石家庄市财政局办公室  2025年度")
    assert "计入：石家庄市财政局、石家庄市国资局\n" in out


@pytest.mark.parametrize(
    ("name", "year", "sentence"),
    [
        ("财政局", "2025", "没有“财政局”这个机关，名称相近的有“石家庄市财政局”。"),
        ("石州市水务局", "2025", "没有“石州市水务局”这个机关，请核对全称。"),
        (" ", "2025", "没有“ ”这个机关，请核对全称。"),
        (
            "石家庄市财政局",
            "2020",
            "2020年的年报用的是旧格式，不能由记录统计，请读入已公布的年报文件。",
        ),
        ("石家庄市财政局", "9999", "9999年还没有到。"),
        ("石家庄市财政局", "二五", "“二五”不是年度，请写成 2025 的样子。"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(organ, name, year, sentence, capsys):
    assert main(["report", "count", name, year]) == 2

    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"{sentence}\n")


def test_without_a_database_it_says_how_to_make_one(tmp_path):
    environ = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    environ |= {"GONGKAI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongkai.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "report", "count", "石州市财政局", "2025"],
        capture_output=True, text=True, encoding="utf-8", env=environ,
    )  # fmt: skip

    sentence = "数据库打不开，或者还没有建表，请先执行：gongkai manage migrate\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)
