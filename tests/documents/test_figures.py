"""What the yearly report counts of publication; the rows behind a figure are its number."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from city import make_organ
from gongkai.documents.actions import columns, publishing, reviewing
from gongkai.documents.figures import PUBLICATION_FIGURES
from gongkai.documents.models import Column, Placement, Publication
from gongkai.organs.states import Kind
from library import ANSWERS, bring, column, make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db


def figures(*organs, year=2026):
    keys = [organ.pk for organ in organs]
    return {name: one.of(keys, year) for name, one in PUBLICATION_FIGURES.items()}


NOTHING = dict.fromkeys(PUBLICATION_FIGURES, 0)


@pytest.fixture
def clock(monkeypatch):
    return lambda now: monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def office(clock):
    """An office in the spring of 2026."""
    clock(datetime(2026, 3, 2, 2, tzinfo=UTC))
    return make_office()


def publish(document, office):
    """A draft that has its columns, before the public."""
    bring(document, office)
    if document.row.numbered:
        reviewing.number(document, by=office.director, sign=office.organ.words[0])
    publishing.issue(document, by=office.disclosure)


def sent(document, office, channel, detail=""):
    return publishing.record_channel(document, channel, by=office.disclosure, detail=detail)


def test_a_policy_counts_once_and_as_an_item_of_every_column_it_stands_in(office):
    topic = columns.save_column(
        Column(organ=office.organ, name="优化营商环境", description="专题", topic=True),
        by=office.disclosure,
    )
    policy = make_draft(office, "关于优化营商环境的通知")
    Placement.objects.create(document=policy, column=topic)
    publish(policy, office)

    assert figures(office.organ) == NOTHING | {
        "website_items": 2,
        "platform_items": 1,
        "policy_documents": 1,
    }


def test_a_column_below_a_statutory_block_is_of_the_platform(office):
    below = columns.save_column(
        Column(
            organ=office.organ,
            name="规划计划专栏",
            description="历年规划",
            parent=column(office, "item_statistics"),
        ),
        by=office.disclosure,
    )
    document = make_draft(office, "统计公报", kind="statistics")
    Placement.objects.filter(document=document).update(column=below)
    publish(document, office)

    assert figures(office.organ) == NOTHING | {"website_items": 1, "platform_items": 1}


def test_what_was_withdrawn_stays_counted_and_put_back_is_not_counted_again(office, clock):
    reply = make_issued(office, "对第12号建议的答复", kind="reply")
    publishing.withdraw(reply, by=office.disclosure, note="文字有误")
    withdrawn = figures(office.organ)
    publishing.restore(reply, by=office.disclosure, note="已更正")
    again = figures(office.organ)

    assert withdrawn == NOTHING | {"website_items": 1, "platform_items": 1, "replies": 1}
    assert again == withdrawn


def test_what_is_put_back_in_another_year_is_not_counted_in_it(office, clock):
    reply = make_issued(office, "对第12号建议的答复", kind="reply")
    publishing.withdraw(reply, by=office.disclosure, note="文字有误")
    clock(datetime(2027, 1, 5, 2, tzinfo=UTC))
    publishing.restore(reply, by=office.disclosure, note="已更正")

    assert figures(office.organ, year=2027) == NOTHING
    assert figures(office.organ)["replies"] == 1


def test_a_year_begins_at_midnight_here(office, clock):
    for hour in (15, 16):
        clock(datetime(2026, 12, 31, hour, 30, tzinfo=UTC))
        make_issued(office, f"{hour}时的答复", kind="reply")

    assert figures(office.organ)["replies"] == 1
    assert figures(office.organ, year=2027)["replies"] == 1


def test_channels_wait_uncounted_until_they_are_recorded(office):
    asked = {**ANSWERS, "channels": ["website", "gazette", "new_media", "points", "press"]}
    document = make_issued(office, answers=asked)
    waiting = figures(office.organ)
    sent(document, office, "gazette", "2026年第1期")
    sent(document, office, "new_media", "微博")
    sent(document, office, "new_media", "微信")
    sent(document, office, "points", "市图书馆")
    sent(document, office, "points", "市档案馆")
    sent(document, office, "press", "3月2日新闻发布会")

    published = {"website_items": 1, "platform_items": 1, "policy_documents": 1}
    assert waiting == NOTHING | published
    assert figures(office.organ) == NOTHING | published | {
        "gazette_issues": 1,
        "gazette_documents": 1,
        "new_media_posts": 2,
        "deliveries": 1,
        "press_releases": 1,
    }


def test_documents_of_one_issue_make_one_issue(office):
    for place, issue in enumerate(("2026年第1期", "２０２６年 1期", "2026年第2期", "2026年第3期")):
        last = sent(make_issued(office, f"第{place}号通知"), office, "gazette", issue)
    last.detail = ""  # as an import may leave it
    last.save()

    counted = figures(office.organ)

    assert counted["gazette_documents"] == 4
    assert counted["gazette_issues"] == 2


def test_only_the_organs_asked_for_are_counted(office):
    other = make_organ("石州市财政局", kind=Kind.DEPARTMENT)
    make_issued(office)

    assert figures(other) == NOTHING
    assert figures(office.organ, other)["policy_documents"] == 1


def test_the_rows_behind_a_figure_are_as_many_as_it_says(office):
    sent(make_issued(office), office, "gazette", "2026年第1期")

    behind = {
        name: list(one.rows([office.organ.pk], 2026)) for name, one in PUBLICATION_FIGURES.items()
    }

    assert {name: len(rows) for name, rows in behind.items()} == figures(office.organ)
    assert behind["policy_documents"][0] == Publication.objects.get(channel="website")
    assert behind["gazette_issues"] == [{"detail": "《石州市人民政府公报》2026年第1期"}]
