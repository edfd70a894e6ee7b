from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadDate, BadInput, Unreadable
from gongkai.law import festivals
from gongkai.law.articles import HOLIDAY_RULES
from gongkai.law.calendar import (
    FIRST,
    LAST,
    CalendarDay,
    DayKind,
    Override,
    OverrideKind,
    china,
    parse_date,
    read_overrides,
)
from gongkai.law.numerals import parse_number

days = st.dates(FIRST, date(LAST.year - 1, 12, 31))


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_day_with_a_notice_is_what_the_package_says():
    ours = [china().is_working(day) for day in span(FIRST, date(2026, 12, 31))]

    assert ours == [chinese_calendar.is_workday(day) for day in span(FIRST, date(2026, 12, 31))]


def test_noticed_years_are_those_of_the_package():
    assert china().noticed_years == tuple(range(2004, 2027))


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        (date(2025, 3, 3), DayKind.WORKING, ""),
        (date(2025, 3, 8), DayKind.WEEKEND, ""),
        (date(2025, 4, 27), DayKind.MAKE_UP, "劳动节"),
        (date(2025, 10, 6), DayKind.HOLIDAY, "中秋节"),
        (date(2024, 2, 9), DayKind.WORKING, ""),  # 除夕, before it became a holiday
        (date(2020, 2, 1), DayKind.HOLIDAY, "春节"),  # a make-up day of the first notice
    ],
)
def test_day_tells_the_kind_and_the_holiday(on, kind, name):
    day = china().day(on)

    assert (day.kind, day.name, day.counts) == (kind, name, china().is_working(on))


@pytest.mark.parametrize(
    ("on", "basis"),
    [
        (date(2025, 10, 1), "国务院办公厅关于2025年部分节假日安排的通知"),
        (date(2018, 12, 29), "国务院办公厅关于2019年部分节假日安排的通知"),
        (date(2020, 1, 24), "国务院办公厅关于2020年部分节假日安排的通知"),
        (date(2020, 1, 31), "国务院办公厅关于延长2020年春节假期的通知"),
        (date(2027, 10, 1), "《全国年节及纪念日放假办法》第二条"),
        (date(2025, 3, 8), ""),
    ],
)
def test_day_names_the_document_that_arranged_it(on, basis):
    assert china().day(on).basis == basis


def test_a_year_without_a_notice_is_provisional():
    day = china().day(date(2027, 2, 8))

    assert day == CalendarDay(
        date(2027, 2, 8), DayKind.HOLIDAY, "春节", "《全国年节及纪念日放假办法》第二条", True
    )
    assert china().is_provisional(date(2026, 12, 31), date(2027, 1, 1))
    assert not china().is_provisional(date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("year", range(2025, festivals.LAST_YEAR + 1))
def test_a_provisional_year_has_the_days_of_the_rules(year):
    text = HOLIDAY_RULES.article(2).text
    ruled = {name: parse_number(n) for name, n in re.findall(r"）(\w+)，放假(\w+)天", text)}

    holidays = festivals.statutory_holidays(year)

    # 中秋 may fall on a day of 国庆节, as in 2020; the day is then counted once.
    counted = Counter(holidays.values())
    shared = 13 - len(holidays)
    assert sum(ruled.values()) == 13
    assert counted + Counter({"中秋节": shared}) == Counter(ruled)
    assert shared in (0, 1)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_the_table_of_festivals_agrees_with_the_notices(year):
    ours = {name: day for day, name in reversed(festivals.statutory_holidays(year).items())}

    for name in ("清明节", "端午节"):
        known = china().day(ours[name])
        # A festival on a weekend without bridge days is not named in the package (端午 2012).
        assert (known.kind, known.name) in ((DayKind.HOLIDAY, name), (DayKind.WEEKEND, ""))
    spring = [day for day, name in festivals.statutory_holidays(year).items() if name == "春节"]
    assert {china().day(day).name for day in spring[1:]} == {"春节"}
    autumn = ours.get("中秋节", date(year, 10, 1))
    assert not china().is_working(autumn)
    assert china().day(autumn).name in ("中秋节", "国庆节")


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_thirteen_days_are_holidays_in_the_notices_since_the_rules(year):
    working = [day for day in festivals.statutory_holidays(year) if china().is_working(day)]

    assert working == []


@given(days, st.integers(1, 60))
def test_nth_after_is_found_by_walking(start, n):
    walked = start
    for _ in range(n):
        walked += timedelta(days=1)
        while not china().is_working(walked):
            walked += timedelta(days=1)

    assert china().nth_after(start, n) == walked


@given(days.filter(lambda day: day.year > FIRST.year))
def test_the_zeroth_working_day_is_the_last_one_so_far(day):
    found = china().nth_after(day, 0)

    assert found <= day
    assert china().is_working(found)
    assert not any(china().is_working(one) for one in span(found, day)[1:])


@given(days, st.integers(0, 400))
def test_working_days_are_counted_after_the_first_day(start, length):
    end = min(start + timedelta(days=length), LAST)

    counted = china().working_days(start, end)

    assert counted == sum(china().is_working(day) for day in span(start, end)[1:])
    assert china().working_days(end, start) == 0


@given(days)
def test_roll_stays_or_moves_to_the_next_working_day(day):
    rolled = china().roll(day)

    assert china().is_working(rolled)
    assert not any(china().is_working(one) for one in span(day, rolled)[:-1])


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(1949, 10, 1), date(2100, 1, 1)])
def test_days_outside_the_table_are_refused(day):
    for ask in (china().is_working, china().day, china().roll):
        with pytest.raises(BadDate, match=f"{day}超出可以计算的范围（2004-01-01至2099-12-31）"):
            ask(day)


def test_counting_past_the_end_of_the_table_is_refused():
    with pytest.raises(BadDate, match="超出可以计算的范围"):
        china().nth_after(date(2099, 12, 30), 20)
    with pytest.raises(BadDate, match="超出可以计算的范围"):
        china().nth_after(FIRST, 0)  # New Year's Day 2004, no working day before it


@pytest.mark.parametrize(
    "text", ["2025-03-03", "2025-3-3", "2025/3/3", "2025年3月3日", " 2025-03-03 "]
)
def test_parse_date_reads_the_forms_people_write(text):
    assert parse_date(text) == date(2025, 3, 3)


@pytest.mark.parametrize("text", ["2025-02-30", "2025年13月1日", "0000-01-01", "2023-02-29"])
def test_parse_date_refuses_days_that_do_not_exist(text):
    with pytest.raises(BadDate, match=f"没有{text}这一天"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "今天", "2025-03", "2025-03-03T10:00", "03/03/2025", "２０２５-03-03", "2025-03/03"],
)
def test_parse_date_refuses_what_is_not_a_date(text):
    with pytest.raises(BadDate, match="不是日期"):
        parse_date(text)


OVERRIDES = """date,kind,basis
2025-03-31,holiday,县政府关于三月三放假的通知
2025-04-05,workday,县政府值班安排
"""


@pytest.mark.parametrize(
    "data",
    [
        OVERRIDES,
        OVERRIDES.encode(),
        OVERRIDES.encode("utf-8-sig"),
        OVERRIDES.encode("gbk"),
        OVERRIDES.replace("\n", "\r\n").encode("gbk"),
        OVERRIDES.replace("date,kind,basis", "日期,种类,依据").replace("holiday", "放假"),
        OVERRIDES.replace("workday", "调休上班").replace("2025-04-05", "2025年4月5日"),
        OVERRIDES + ",,\n\n",
    ],
)
def test_read_overrides_reads_what_offices_save(data):
    assert read_overrides(data) == (
        Override(date(2025, 3, 31), OverrideKind.HOLIDAY, "县政府关于三月三放假的通知"),
        Override(date(2025, 4, 5), OverrideKind.WORKDAY, "县政府值班安排"),
    )


@pytest.mark.parametrize(
    ("rows", "error", "sentence"),
    [
        ("2025-02-30,holiday,某通知", BadDate, "第2行：没有2025-02-30这一天"),
        ("三月三,holiday,某通知", BadDate, "第2行：“三月三”不是日期，应当如“2025-03-03”"),
        ("1999-01-01,holiday,某通知", BadDate, "第2行：1999-01-01超出可以计算的范围"),
        ("2025-03-31,半天,某通知", BadInput, "第2行：种类“半天”不认识"),
        ("2025-03-31,holiday,", BadInput, "第2行：没有写依据"),
        ("2025-03-31,holiday", BadInput, "第2行有2列，表头有3列"),
        ('2025-03-31,holiday,"某通知', BadInput, "第2行不是CSV格式"),
        (
            "2025-03-31,放假,甲\n2025-03-31,上班,乙",
            BadInput,
            "第3行与第2行对2025-03-31的安排相反，请核对",
        ),
    ],
)
def test_read_overrides_names_the_line_of_a_bad_row(rows, error, sentence):
    with pytest.raises(error, match=sentence):
        read_overrides(f"date,kind,basis\n{rows}\n")


@pytest.mark.parametrize(
    ("data", "error", "sentence"),
    [
        ("", BadInput, "表格是空的，第一行应当是表头：date，kind，basis"),
        ("date,kind\n2025-03-31,holiday\n", BadInput, "表头缺少basis"),
        ("date,日期,kind,basis\n", BadInput, "表头中“date”一列出现了2次"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Unreadable, "这不是文字文件"),
    ],
)
def test_read_overrides_refuses_what_is_not_a_table(data, error, sentence):
    with pytest.raises(error, match=sentence):
        read_overrides(data)


def test_an_override_outranks_the_nation():
    local = china().with_overrides(read_overrides(OVERRIDES))

    assert local.day(date(2025, 3, 31)) == CalendarDay(
        date(2025, 3, 31), DayKind.HOLIDAY, "", "县政府关于三月三放假的通知"
    )
    assert local.day(date(2025, 4, 5)).kind is DayKind.MAKE_UP
    assert local.nth_after(date(2025, 3, 3), 20) == date(2025, 4, 1)
    assert china().nth_after(date(2025, 3, 3), 20) == date(2025, 3, 31)


def test_a_later_override_outranks_an_earlier_one():
    first = Override(date(2025, 3, 31), OverrideKind.HOLIDAY, "先")
    second = Override(date(2025, 3, 31), OverrideKind.WORKDAY, "后")

    assert china().with_overrides([first]).with_overrides([second]).is_working(first.on)
    assert not china().with_overrides([second, first]).is_working(first.on)


def test_a_loaded_notice_ends_the_provisional_year():
    rows = """日期,种类,依据
2027-01-01,年度通知,国办发明电〔2026〕0号
2027-02-05,放假,国办发明电〔2026〕0号
2027-02-20,上班,国办发明电〔2026〕0号
"""
    loaded = china().with_overrides(read_overrides(rows))

    assert loaded.noticed_years == tuple(range(2004, 2028))
    assert not loaded.is_provisional(date(2026, 12, 1), date(2027, 12, 31))
    assert loaded.is_provisional(date(2027, 12, 31), date(2028, 1, 1))
    assert loaded.day(date(2027, 2, 20)).kind is DayKind.MAKE_UP
    assert not loaded.day(date(2027, 2, 8)).provisional


def test_single_rows_leave_the_year_provisional():
    row = Override(date(2027, 2, 9), OverrideKind.HOLIDAY, "某县通知")

    assert china().with_overrides([row]).day(row.on).provisional
