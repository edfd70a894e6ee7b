"""期限计算：the law's own clock on a public page; what makes no sense is said in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def page(client, **asked):
    return client.get("/calculator/", asked).content.decode()


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        # 案例见 tests/data/deadlines；20个工作日，2025年清明放假
        ({"received": "2025-03-03"}, "2025年3月31日"),
        ({"received": "2025年3月3日"}, "2025年3月31日"),
        ({"received": "2025-03-03", "extension": "2025-03-26", "extension_days": "10"},
         "2025年4月15日"),
        ({"received": "2025-03-03", "correction_notice": "2025-03-05", "correct_by": "2025-03-20",
          "correction_received": "2025-03-10"}, "2025年4月8日"),
        ({"received": "2025-03-03", "fee_notice": "2025-03-05", "fee_received": "2025-03-06",
          "fee_paid": "2025-03-10"}, "2025年4月8日"),
        ({"received": "2025-03-03", "consult_sent": "2025-03-05", "consult_whom": "third_party",
          "consult_delivered": "2025-03-06", "consult_reply": "2025-03-12"}, "2025年4月8日"),
    ],
)  # fmt: skip
def test_the_last_day_is_that_of_the_law(client, asked, due):
    assert f"最后一日：{due}" in page(client, **{"channel": "in_person", **asked})


def test_it_says_the_article_and_every_day(client):
    html = page(client, received="2025-03-03", channel="in_person")

    assert "《政府信息公开条例》第三十三条第二款" in html
    assert html.count('<time datetime="2025-03-') >= 29


def test_a_year_without_a_notice_is_provisional(client):
    assert "（暂定）" in page(client, received="2030-03-04", channel="in_person")


def test_whoever_was_asked_to_correct_and_did_not_has_abandoned(client):
    html = page(client, received="2025-03-03", channel="in_person",
                correction_notice="2025-03-05", correct_by="2025-03-20")  # fmt: skip

    assert "视为放弃申请" in html
    assert "2025年3月21日起可以办结" in html


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"received": ""}, "请填写收到日期"),
        ({"received": "2025-13-20"}, "没有2025-13-20这一天"),
        ({"received": "前天"}, "不是日期"),
        ({"received": "2010-01-04"}, "现行规定当时尚未施行"),
        ({"received": "2025-03-03", "extension": "2025-03-26", "extension_days": "21"},
         "延长最长不得超过20个工作日"),
        ({"received": "2025-03-03", "extension": "2025-03-26"}, "请填写延长的工作日数"),
        ({"received": "2025-03-03", "extension_days": "5"}, "请填写告知延期的日期"),
        ({"received": "2025-03-03", "correction_notice": "2025-02-01"}, "早于收到之日"),
        ({"received": "2025-03-03", "consult_reply": "2025-03-10"}, "没有征求意见函"),
        ({"received": "2025-03-03", "channel": "pigeon"}, "怎样收到的"),
        ({"received": "9999-12-31"}, "请先改正以下问题"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_in_words(client, asked, problem):
    html = page(client, **{"channel": "in_person", **asked})

    assert problem in html
    assert "最后一日：" not in html


def test_nothing_is_asked_of_the_database(client):
    page(client, received="2025-03-03", channel="in_person")

    with CaptureQueriesContext(connection) as queries:
        page(client, received="2025-03-03", channel="in_person")

    assert len(queries) == 0
