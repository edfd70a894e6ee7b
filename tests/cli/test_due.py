"""gongkai due: dates, strips, cases, and what it says to bad input."""

import json

import pytest

from gongkai.cli import main

EVENTS = '[{"type": "extension", "date": "2025-03-26", "workdays": 10}]'
HEADING = "case,received,channel,events,due,article,note\n"


def test_due_prints_the_date_its_article_and_the_strip(capsys):
    status = main(["due", "2026-02-10", "--channel", "online"])

    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert lines[0] == "2026-03-16  星期一"
    assert lines[1].endswith("《政府信息公开条例》第三十三条第二款")
    assert lines[-1].startswith("2026-03-16           星期一  第20日  计入")


def test_due_json_explains_every_day(capsys):
    main(["due", "2026-02-10", "--channel", "online", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert said["due"] == said["date"] == "2026-03-16"
    assert [day["number"] for day in said["days"] if day["counted"]] == list(range(1, 21))
    assert all(day["article"] for day in said["days"])


def test_due_replays_the_events_of_a_file(tmp_path, capsys):
    (tmp_path / "events.json").write_text(EVENTS)

    main(["due", "2025-03-03", "--events", str(tmp_path / "events.json"), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (said["due"], said["original_due"]) == ("2025-04-15", "2025-03-31")


def test_due_takes_an_offices_own_calendar(tmp_path, capsys):
    (tmp_path / "own.csv").write_text("date,kind,basis\n2025-03-04,放假,自治区节日\n")

    main(["due", "2025-03-03", "--calendar", str(tmp_path / "own.csv"), "--json"])

    assert json.loads(capsys.readouterr().out)["due"] == "2025-04-01"


def test_a_year_without_a_notice_is_marked_provisional(capsys):
    main(["due", "2026-12-20"])

    assert "暂定" in capsys.readouterr().out.splitlines()[0]


def test_a_policy_switch_changes_the_clock(tmp_path, capsys):
    (tmp_path / "events.json").write_text('[{"type": "correction_notice", "date": "2024-03-06"}]')
    arguments = ["due", "2024-03-01", "--events", str(tmp_path / "events.json"), "--json"]

    main([*arguments, "--policy", "correction_days=5", "--asof", "2024-04-30"])

    assert json.loads(capsys.readouterr().out)["closable_from"] == "2024-03-14"


def test_the_shared_cases_agree(capsys):
    assert main(["due", "--cases", "tests/data/deadlines/cases.csv"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "共 45 例，全部一致。"


def test_a_case_that_differs_is_named(tmp_path, capsys):
    (tmp_path / "cases.csv").write_text(
        HEADING
        + "REPLY-1,2026-02-10,online,[],2026-03-16,,\n"
        + "REPLY-2,2026-02-10,online,[],2026-03-17,,\n"
        + "REPLY-3,2026-02-30,online,[],,,\n"
        + "REPLY-4,2026-02-10,online,[],,,\n"
    )

    status = main(["due", "--cases", str(tmp_path / "cases.csv"), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert status == 1
    assert said["differing"] == ["REPLY-2", "REPLY-3"]
    assert [case["due"] for case in said["cases"]][3] == "2026-03-16"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["due", "2025-02-30"], "没有“2025-02-30”这一天"),
        (["due", "明天"], "不是日期"),
        (["due"], "请给出收到日期"),
        (["due", "2026-02-10", "--channel", "鸽子"], "鸽子"),
        (["due", "2026-02-10", "--term", "X"], "没有“X”这种期限"),
        (["due", "2026-02-10", "--policy", "x=1"], "没有“x”这项口径"),
        (["due", "2026-02-10", "--events", "没有.json"], "没有这个文件"),
        (["due", "2026-02-10", "--cases", "x.csv"], "不能与它们同时使用"),
        (["fee", "--items", "-5"], "不是可用的数量"),
        (["fee"], "必须给出一个"),
        (["fee", "--items", "1", "--pages", "1"], "不能与"),
        (["fee", "--pages", "1", "--already-public"], "第五条第一款"),
        (["nothing"], "没有 'nothing' 这一项"),
        (["article", "第九十九条"], "第九十九条"),
        (["report", "read", "没有.pdf"], "没有.pdf"),
        (["report", "check"], "缺少参数"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(arguments, sentence, capsys):
    try:
        status = main(arguments)
    except SystemExit as leaving:  # argparse leaves by itself
        status = leaving.code

    said = capsys.readouterr()
    assert status == 2
    assert sentence in said.err
    assert said.out == ""
