"""归一、切分、号码的键：every way of typing comes to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.entry import Entry
from gongkai.search.fold import fold, pieces, terms, without_neighbours
from gongkai.search.keys import beginning, exact, keys_of

chinese = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("政務服務", "政务服务"),
        ("ＡＢＣ２０２５", "abc2025"),
        ("办\u200b事\ufeff指南", "办事指南"),
        ("⼀⾏政", "一行政"),  # radicals that look like characters
        ("①㎡", "1m2"),
    ],
)
def test_every_way_of_typing_comes_to_one_form(typed, folded):
    assert fold(typed) == folded


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("办事指南", ["办事", "事指", "指南", "南"]),
        ("2025年度报告", ["2025", "年度", "度报", "报告", "告"]),
        ("关于“放管服”的通知", ["关于", "于", "放管", "管服", "服", "的通", "通知", "知"]),
        ("税", ["税"]),
        ("——", []),
    ],
)
def test_a_title_is_cut_into_pairs_and_whole_words(title, cut):
    assert pieces(title) == cut


@given(chinese, st.data())
def test_any_part_of_a_title_is_found_by_its_terms(title, data):
    begin = data.draw(st.integers(0, len(title) - 1))
    end = data.draw(st.integers(begin + 1, len(title)))
    held = pieces(title)

    for term in terms(title[begin:end]):
        assert any(piece.startswith(term) for piece in held)


def test_single_characters_are_asked_for_only_when_there_is_nothing_else():
    assert terms("税") == ["税"]
    assert terms("2025年报告") == ["2025", "年报", "报告"]
    assert terms("2025 年") == ["2025"]


@given(chinese.filter(lambda text: len(set(text)) == len(text) >= 7), st.data())
def test_one_wrong_character_still_leaves_a_list_the_title_has(title, data):
    at = data.draw(st.integers(0, len(title) - 1))
    typed = title[:at] + "鿿" + title[at + 1 :]
    held = set(pieces(title))

    assert any(held.issuperset(kept) for kept in without_neighbours(terms(typed)))


def test_short_queries_get_no_grace():
    assert without_neighbours(["营商", "商环", "环境"]) == []


def numbers(typed):
    return [key for key in exact(typed) if key.startswith(b"n")]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("石政发[2025]1号", "石政发〔2025〕1号"),
        ("石政發〔2025〕１號", "石政发〔2025〕1号"),
        ("石政发（2025）001", "石政发〔2025〕1号"),
        ("国务院令第711号", "中华人民共和国国务院令 第711号"),
    ],
)
def test_a_number_has_one_key_however_typed(typed, printed):
    entry = Entry(id="d:1", kind="文件", title="通知", url="/", number=printed)

    assert exact(typed) & keys_of(entry) != set()


def test_both_numbers_of_a_joint_issue_are_keys():
    entry = Entry(
        id="d:1", kind="文件", title="", url="/", number="石政发〔2025〕1号、石发〔2025〕9号"
    )

    assert {key for typed in ("石发〔2025〕9号", "石政发[2025]1号") for key in numbers(typed)} == (
        keys_of(entry)
    )


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("石政发", "n石政发\x1f"),
        ("石政发 2025", "n石政发\x1f2025"),
        ("石政发〔2025〕", "n石政发\x1f2025"),
        ("石政发[2025]第", "n石政发\x1f2025"),
        ("11441700007280420Y", "i11441700007280420y"),
        ("11441700007280420y/2021-", "i11441700007280420y/2021-"),
        ("索引号：0142768-8/2022", "i01427688/2022"),
        ("关于印发《办法》的通知", ""),
        ("abcdefgh", ""),
        ("", ""),
    ],
)
def test_the_beginning_of_a_number_is_known_as_such(typed, begins):
    assert beginning(typed).decode() == begins


def test_an_index_number_has_one_key_however_typed():
    entry = Entry(id="d:1", kind="", title="", url="/", index_number="01431983X/2021-00138")

    assert exact(" 索引号：０１４３１９８３ｘ／2021—00138") >= keys_of(entry) != set()


def test_keys_of_numbers_sort_as_the_numbers_do():
    typed = [
        "石政发〔2024〕100号",
        "石政发〔2025〕9号",
        "石政发〔2025〕10号",
        "石政发〔2025〕100号",
    ]
    keys = [key for number in typed for key in numbers(number)]

    assert (len(keys), sorted(keys)) == (4, keys)
