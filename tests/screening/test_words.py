"""词表：the lists in the package, and an office's own."""

from datetime import date
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadInput
from gongkai.screening import Severity, load_words, screen
from gongkai.screening.slips import lines, slips
from gongkai.screening.units import twice
from gongkai.screening.wordings import ArrayEngine, PointerEngine, Wordings
from gongkai.screening.words import former_names, misprints


def test_no_misprint_is_listed_twice_or_as_its_own_correction():
    wrong = [word.wrong for word in misprints()]

    assert len(wrong) == len(set(wrong))
    assert [word.wrong for word in misprints() if word.wrong == word.right] == []


def test_no_correction_is_itself_pointed_at():
    listed = {word.wrong for word in misprints()}

    assert [word.right for word in misprints() if word.right in listed] == []


def test_every_listed_misprint_is_found_where_it_stands_alone():
    missed = [
        word.wrong
        for word in misprints()
        if word.wrong not in {one.quote for one in screen(f"“{word.wrong}”")}
        and not any(word.wrong in one.quote for one in screen(f"“{word.wrong}”"))
    ]

    assert missed == []


def test_fixed_phrases_are_sound_and_their_slips_are_not():
    phrases = set(lines("phrases.txt"))

    assert [phrase for phrase in phrases if screen(f"“{phrase}”")] == []
    assert [slip for slip in slips() if slip in phrases] == []


def test_former_names_have_a_day_and_a_ground():
    for former in former_names():
        assert date.fromisoformat(former.since) < date(2030, 1, 1)
        assert former.basis
        assert former.name != former.present


def test_an_office_can_bring_its_own_words(tmp_path):
    path = tmp_path / "词表.csv"
    path.write_text(
        "误写,正写,程度,说明,后面不是\n某某工程,某项工程,错误,已经改名,部\n旧提法,,提示,,\n",
        encoding="gb18030",
    )

    found = screen("某某工程、某某工程部和旧提法", words=load_words(path))

    assert [(one.rule, one.severity, one.start) for one in found] == [
        ("W-09", Severity.ERROR, 0),
        ("W-09", Severity.NOTE, 11),
    ]
    assert found[0].reason == "“某某工程”在本单位词表中：已经改名"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("错,对\n甲乙,丙丁\n", "第一行应当是表头"),
        ("误写,正写\n甲,乙\n", "第 2 行：误写至少两个字"),
        ("误写,正写,程度\n甲乙,丙丁,严重\n", "第 2 行：程度应当是"),
    ],
)
def test_a_word_list_at_fault_is_refused_by_line(tmp_path, content, sentence):
    path = tmp_path / "词表.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BadInput, match=sentence):
        load_words(path)


HAN = st.text("公开信息政府\U00020000x", max_size=40)


@given(HAN, st.integers(1, 4))
def test_twice_finds_what_a_plain_loop_finds(text, length):
    plain = text.replace("\U00020000", "\ufffd")
    starts = [
        at
        for at in range(len(plain) - 2 * length + 1)
        if plain[at : at + length] == plain[at + length : at + 2 * length]
    ]

    found = {start for start, _ in twice(text, (length,))}

    # A longer run is told by its beginning.
    assert found <= set(starts)
    assert bool(found) == bool(starts)


@pytest.mark.parametrize(
    "engine",
    [
        PointerEngine,
        pytest.param(
            ArrayEngine,
            marks=pytest.mark.skipif(
                find_spec("daachorse") is None, reason="no build of daachorse for this machine"
            ),
        ),
    ],
)
@given(
    text=HAN | st.just("\ud800公开"),
    wanted=st.lists(st.text("公开信息政府", min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_wordings_are_found_wherever_they_stand(engine, text, wanted):
    expected = sorted(
        (at + len(word), word)
        for word in set(wanted)
        for at in range(len(text))
        if text.startswith(word, at)
    )

    found = list(Wordings(((word, word) for word in wanted), "公政", engine).found(text))

    assert sorted(found) == expected
    assert [end for end, _ in found] == sorted(end for end, _ in found)
