"""Text decoded in the wrong encoding, turned back."""

from __future__ import annotations

import pytest

from gongkai.annual.read.mojibake import repair

MEANT = "2023年政府信息公开工作年度报告：一、总体情况。全年收到申请343件，办理结果如下。"


def western(raw: bytes) -> str:
    """As a browser decodes code page 1252, its five gaps kept as control characters."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw)


@pytest.mark.parametrize(
    ("spoilt", "misread"),
    [
        (MEANT.encode().decode("latin-1"), "UTF-8 误作 Latin-1"),
        (western(MEANT.encode()), "UTF-8 误作 Latin-1"),
        (MEANT.encode("gb18030").decode("latin-1"), "GBK 误作 Latin-1"),
        (western(MEANT.encode("gb18030")), "GBK 误作 Latin-1"),
    ],
)
def test_text_taken_for_a_western_encoding_is_restored_whole(spoilt, misread):
    assert repair(spoilt) == (MEANT, misread, 0)


def test_text_taken_for_gbk_is_restored_but_for_the_characters_it_lost():
    spoilt = MEANT.encode().decode("gbk", "replace")

    repaired = repair(spoilt)

    assert repaired.misread == "UTF-8 误作 GBK"
    assert repaired.lost == repaired.text.count("\ufffd")
    assert repaired.text.startswith("2023年政府信")
    assert [char for char in repaired.text if char not in MEANT] == ["\ufffd"] * 7


def test_text_spoilt_twice_is_restored():
    twice = western(western(MEANT.encode()).encode())

    assert repair(twice).text == MEANT


@pytest.mark.parametrize(
    "text", [MEANT, "", "plain ASCII", "政務公開條例", "naïve café", "①②③ “—” … 100%"]
)
def test_text_that_is_none_is_left_alone(text):
    assert repair(text) is None
