"""gongkai screen: findings with their place, masked, and exit codes."""

import json

from gongkai.cli import main

IDENTITY = "11010519491231002X"


def test_a_hard_stop_exits_1_and_is_masked(tmp_path, capsys):
    (tmp_path / "notice.txt").write_text(f"第一行\n张某，身份证号{IDENTITY}\n", encoding="utf-8")

    assert main(["screen", str(tmp_path / "notice.txt")]) == 1

    out = capsys.readouterr().out
    assert "第2行" in out
    assert "1101**********002X" in out
    assert IDENTITY not in out


def test_json_has_offsets_into_the_text(tmp_path, capsys):
    text = f"张某，身份证号{IDENTITY}"
    (tmp_path / "notice.txt").write_text(text, encoding="utf-8")

    main(["screen", str(tmp_path / "notice.txt"), "--json"])

    (finding,) = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    assert text[finding["start"] : finding["end"]] == IDENTITY
    assert finding["quote"] == "1101**********002X"


def test_clean_text_is_in_order(tmp_path, capsys):
    (tmp_path / "notice.txt").write_text("行政机关应当公开政府信息。", encoding="utf-8")

    assert main(["screen", str(tmp_path / "notice.txt")]) == 0
    assert "错误 0" in capsys.readouterr().out


def test_an_unreadable_file_is_named_and_the_others_are_screened(tmp_path, capsys):
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "notice.txt").write_text(f"身份证号{IDENTITY}", encoding="utf-8")

    assert main(["screen", str(tmp_path / "image.txt"), str(tmp_path / "notice.txt")]) == 2

    out = capsys.readouterr().out
    assert "PNG" in out
    assert "1101**********002X" in out


def test_an_offices_own_words_are_looked_for(tmp_path, capsys):
    (tmp_path / "words.csv").write_text("误写,正写\n老李家,李家村\n", encoding="utf-8")
    (tmp_path / "notice.txt").write_text("地点在老李家村口。", encoding="utf-8")

    main(["screen", str(tmp_path / "notice.txt"), "--words", str(tmp_path / "words.csv"), "--json"])

    findings = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    assert [finding["quote"] for finding in findings] == ["老李家"]
