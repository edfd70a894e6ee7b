from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadDate, BadInput, BadLedger, GongkaiError, NotAllowed
from gongkai.law.events import (
    EVENTS,
    AsOf,
    Channel,
    Confirmed,
    ConsultDelivered,
    ConsultLapsed,
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    DelayAgreed,
    Extension,
    FeeNoticeIssued,
    FeeNoticeReceived,
    FeePaid,
    Ledger,
    Note,
    Order,
    ReasonsAsked,
    ReasonsGiven,
    ReplyOrdered,
    ReplySent,
    ReplySigned,
    Way,
    Whom,
    Withdrawn,
)
from gongkai.law.ledger import (
    Case,
    case_from_row,
    make_ledger,
    read_case_rows,
    read_channel,
    read_events,
    solve,
)
from gongkai.law.terms import CORRECTION_NOTICE, REPLY, TERMS

DAY = date(2025, 3, 10)


def one(**said: object) -> str:
    return json.dumps([{"date": "2025-03-10", **said}], ensure_ascii=False)


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ({"type": "confirmed"}, Confirmed(DAY)),
        (
            {"type": "correction_notice", "correct_by": "2025-03-24"},
            CorrectionNotice(DAY, date(2025, 3, 24)),
        ),
        ({"type": "correction_notice"}, CorrectionNotice(DAY)),
        ({"type": "correction_received", "justified": True}, CorrectionReceived(DAY, True)),
        (
            {"type": "correction_received", "channel": "post_ordinary"},
            CorrectionReceived(DAY, channel=Channel.POST_ORDINARY),
        ),
        ({"type": "consult_sent", "id": "A"}, ConsultSent(DAY, "A", Whom.THIRD_PARTY)),
        ({"type": "consult_sent", "id": 7}, ConsultSent(DAY, "7")),
        (
            {"type": "consult_sent", "id": "A", "kind": "other_agency"},
            ConsultSent(DAY, "A", Whom.OTHER_ORGAN),
        ),
        ({"type": "consult_sent", "kind": "共同制作机关"}, ConsultSent(DAY, "", Whom.CO_MAKER)),
        ({"type": "consult_delivered", "id": "A"}, ConsultDelivered(DAY, "A")),
        ({"type": "consult_reply", "id": "A"}, ConsultReply(DAY, "A")),
        ({"type": "consult_lapsed", "id": "A"}, ConsultLapsed(DAY, "A")),
        ({"type": "extension", "workdays": 20}, Extension(DAY, 20)),
        ({"type": "fee_notice_issued"}, FeeNoticeIssued(DAY)),
        ({"type": "fee_notice_received"}, FeeNoticeReceived(DAY)),
        ({"type": "fee_paid"}, FeePaid(DAY)),
        ({"type": "reasons_asked"}, ReasonsAsked(DAY)),
        ({"type": "reasons_given"}, ReasonsGiven(DAY)),
        ({"type": "delay_agreed", "until": "2025-06-30"}, DelayAgreed(DAY, date(2025, 6, 30))),
        ({"type": "reply_sent", "way": "direct"}, ReplySent(DAY, Way.DIRECT)),
        ({"type": "reply_signed"}, ReplySigned(DAY)),
        ({"type": "withdrawn"}, Withdrawn(DAY)),
        (
            {"type": "reply_ordered", "workdays": 15, "source": "judgment"},
            ReplyOrdered(DAY, 15, source=Order.JUDGMENT),
        ),
        ({"type": "asof"}, AsOf(DAY)),
        ({"type": "note", "text": "电话无人接听"}, Note(DAY, "电话无人接听")),
        ({"type": "note", "note": "电话无人接听"}, Note(DAY, "电话无人接听")),
        ({"type": "confirmed", "note": "电话确认"}, Confirmed(DAY)),
        ({"type": "延期告知", "workdays": 5}, Extension(DAY, 5)),
    ],
)
def test_read_events_reads_every_type(said, event):
    assert read_events(one(**said)) == (event,)


def test_every_event_has_its_own_type_and_place():
    assert len({event.TYPE for event in EVENTS}) == len(EVENTS)
    assert sorted(event.RANK for event in EVENTS) == list(range(len(EVENTS)))


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("[]", ()),
        ('{"events": [{"type": "asof", "date": "2025-03-10"}]}', (AsOf(DAY),)),
        ('[{"type": "asof", "date": "2025-03-10"}]'.encode("utf-8-sig"), (AsOf(DAY),)),
        (
            '[{"type": "备注", "date": "2025年3月10日", "text": "甲"}]'.encode("gbk"),
            (Note(DAY, "甲"),),
        ),
    ],
)
def test_read_events_takes_files_as_they_come(text, events):
    assert read_events(text) == events


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("", BadLedger, "事件不是有效的JSON：第1行第1个字符附近有误"),
        ('[{"type": "asof",\n date}]', BadLedger, "第2行第2个字符附近有误"),
        ("[" * 100_000, BadLedger, "事件不是有效的JSON：嵌套过深或者数值过大"),
        ("[" + "9" * 5000 + "]", BadLedger, "嵌套过深或者数值过大"),
        ("[NaN]", BadLedger, "嵌套过深或者数值过大"),
        ("{}", BadLedger, "事件应当是JSON列表"),
        ("3", BadLedger, "事件应当是JSON列表"),
        ("[3]", BadLedger, "第1条事件：应当是含有type和date的对象"),
        ('[{"date": "2025-03-10"}]', BadLedger, "第1条事件：缺少type"),
        (one(type="extention"), BadLedger, "第1条事件：类型“extention”不认识，应当是confirmed、"),
        (one(type=["asof"]), BadLedger, "第1条事件：类型“.*”不认识"),
        ('[{"type": "asof"}]', BadLedger, "第1条事件：查询日缺少date"),
        ('[{"type": "asof", "date": null}]', BadLedger, "第1条事件：查询日缺少date"),
        ('[{"type": "asof", "date": 20250310}]', BadDate, "date应当是“2025-03-03”这样的日期"),
        ('[{"type": "asof", "date": "2025-02-30"}]', BadDate, "第1条事件：没有2025-02-30这一天"),
        (one(type="extension"), BadLedger, "延期告知缺少workdays"),
        (one(type="extension", workdays="20"), BadLedger, "workdays应当是整数，不能是“20”"),
        (one(type="extension", workdays=True), BadLedger, "workdays应当是整数"),
        (one(type="extension", workdays=9.5), BadLedger, "workdays应当是整数"),
        (one(type="extension", workdays=-5), BadLedger, "延期为-5个工作日，至少应当为1个工作日"),
        (one(type="extension", workdays=0), BadLedger, "至少应当为1个工作日"),
        (
            one(type="extension", workdays=21),
            NotAllowed,
            "延长最长不得超过20个工作日（《政府信息公开条例》第三十三条第二款）",
        ),
        (one(type="extension", workdays=10**9), BadLedger, "workdays的数值过大"),
        (one(type="extension", workdays=5, days=5), BadLedger, "延期告知没有“days”这一项"),
        (
            one(type="correction_notice", correct_by="2025-03-09"),
            BadLedger,
            "补正期限2025-03-09早于发出之日2025-03-10",
        ),
        (
            one(type="correction_received", justified="是"),
            BadLedger,
            "justified应当是true或者false",
        ),
        (one(type="correction_received", channel="pigeon"), BadLedger, "channel的值“pigeon”不认识"),
        (
            one(type="consult_sent", kind="邻居"),
            BadLedger,
            "kind的值“邻居”不认识，应当是third_party、",
        ),
        (one(type="consult_sent", id=[1]), BadLedger, "id应当是文字"),
        (one(type="delay_agreed"), BadLedger, "延迟答复告知缺少until"),
        (one(type="delay_agreed", until="2025-03-01"), BadLedger, "延迟答复的日期2025-03-01早于"),
        (one(type="reply_ordered", workdays=0), BadLedger, "应当在1至365之间"),
        (
            one(type="reply_ordered", workdays=5, until="2025-06-30"),
            BadLedger,
            "只能写日期或者工作日数中的一种",
        ),
    ],
)
def test_read_events_says_what_is_wrong(text, error, sentence):
    with pytest.raises(error, match=sentence):
        read_events(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
event_like = st.dictionaries(
    st.sampled_from(["type", "date", "id", "kind", "workdays", "until", "correct_by", "justified"]),
    st.sampled_from([event.TYPE for event in EVENTS])
    | st.sampled_from(["2025-03-10", "2025-02-30", "third_party", "9999-12-31"])
    | json_values,
)


def events_or_problem(data):
    try:
        return read_events(data)
    except GongkaiError as problem:
        return problem


@given(st.lists(event_like | json_values, max_size=4))
def test_read_events_never_fails_otherwise_than_with_a_sentence(said):
    found = events_or_problem(json.dumps(said))

    assert str(found) if isinstance(found, GongkaiError) else len(found) == len(said)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_read_events_survives_any_bytes(data):
    assert str(events_or_problem(data))


def test_a_ledger_puts_events_of_one_day_in_order_and_the_question_last():
    events = (
        AsOf(date(2025, 3, 12)),
        ConsultReply(DAY, "A"),
        ConsultDelivered(DAY, "A"),
        ConsultSent(DAY, "A"),
        Extension(DAY, 5),
    )

    ledger = Ledger(date(2025, 3, 3), events=events)

    assert ledger.events == (events[4], events[3], events[2], events[1], events[0])


@pytest.mark.parametrize(
    ("ledger", "error", "sentence"),
    [
        (
            {"events": (Extension(DAY, 5), Note(date(2025, 3, 9)))},
            BadLedger,
            "办理记录没有按日期先后排列：2025-03-09备注，排在2025-03-10延期告知之后",
        ),
        (
            {"events": (Confirmed(date(2025, 3, 1)),)},
            BadLedger,
            "2025-03-01确认收到申请，早于收到之日2025-03-03",
        ),
        ({"events": (AsOf(date(2025, 3, 1)),)}, BadLedger, "2025-03-01查询日，早于收到之日"),
        (
            {"received": date(2019, 5, 14)},
            BadDate,
            "2019-05-14早于2019-05-15，现行规定当时尚未施行，不能据以计算答复的期限",
        ),
        (
            {"received": date(2023, 12, 31), "term": TERMS["REVANS5"]},
            BadDate,
            "2023-12-31早于2024-01-01.*《行政复议法》第五十四条第一款",
        ),
        ({"channel": Channel.PROACTIVE}, BadLedger, "主动公开不是收到申请的途径"),
        ({"received": date(2003, 1, 1), "term": TERMS["REVIEW60"]}, BadDate, "早于2004-01-01"),
    ],
)
def test_a_ledger_out_of_order_or_before_the_law_is_refused(ledger, error, sentence):
    with pytest.raises(error, match=sentence):
        Ledger(**{"received": date(2025, 3, 3), **ledger})


def test_make_ledger_takes_texts_or_values():
    by_text = make_ledger("2025-03-03", "email", one(type="confirmed"), CORRECTION_NOTICE)
    by_value = make_ledger(date(2025, 3, 3), Channel.EMAIL, (Confirmed(DAY),), CORRECTION_NOTICE)

    assert by_text == by_value
    assert make_ledger("2025年3月3日") == Ledger(date(2025, 3, 3), Channel.IN_PERSON, (), REPLY)


@pytest.mark.parametrize(
    ("code", "channel"),
    [
        ("post_signed", Channel.POST_SIGNED),
        (" online ", Channel.ONLINE),
        ("平常信函", Channel.POST_ORDINARY),
        ("handover", Channel.INTERNAL),
    ],
)
def test_read_channel_knows_codes_and_labels(code, channel):
    assert read_channel(code) is channel


def test_read_channel_refuses_others():
    with pytest.raises(BadLedger, match="channel的值“carrier”不认识，应当是in_person、oral、"):
        read_channel("carrier")


ROW = {
    "case": "REPLY-01",
    "received": "2025-03-03",
    "channel": "in_person",
    "events": "[]",
    "due": "2025-03-31",
    "article": "33(2)",
    "note": "",
}


def test_a_case_is_read_from_a_row_and_solved():
    case = case_from_row(ROW)

    assert case == Case("REPLY-01", Ledger(date(2025, 3, 3)), "2025-03-31", "33(2)", "")
    assert solve(case).token == case.due


def test_a_case_may_leave_out_what_has_a_default():
    assert case_from_row({"case": "REPLY", "received": "2025-03-03", "events": None}) == Case(
        "REPLY", Ledger(date(2025, 3, 3))
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"case": "ANSWER-01"}, "案例ANSWER-01：案件种类不认识，编号应当以REPLY、"),
        ({"case": ""}, "案例（无编号）：案件种类不认识"),
        ({"received": "2025-02-30"}, "案例REPLY-01：没有2025-02-30这一天"),
        ({"received": ""}, "案例REPLY-01：“”不是日期"),
        ({"channel": "fox"}, "案例REPLY-01：channel的值“fox”不认识"),
        ({"events": "[3]"}, "案例REPLY-01：第1条事件：应当是含有type和date的对象"),
    ],
)
def test_a_bad_row_is_refused_with_its_name(change, sentence):
    with pytest.raises(BadInput, match=sentence):
        case_from_row({**ROW, **change})


def test_an_error_of_the_clock_names_the_case():
    events = '[{"type": "fee_paid", "date": "2025-03-10"}]'

    with pytest.raises(BadLedger, match="案例REPLY-01：2025-03-10申请人缴费之前没有发出收费通知"):
        solve(case_from_row({**ROW, "events": events}))


def test_case_rows_are_read_with_any_extra_columns():
    heading = "case,received,channel,events,due,article,note,谁"
    text = f"{heading}\nREPLY-01,2025-03-03,in_person,[],2025-03-31,33(2),,甲\n"

    assert list(read_case_rows(text.encode("gbk"))) == [ROW]


def test_case_rows_of_the_same_name_are_refused():
    text = "case,received,channel,events\nREPLY-01,2025-03-03,,\nREPLY-01,2025-03-04,,\n"

    with pytest.raises(BadInput, match="第3行与第2行的案例编号相同：REPLY-01"):
        list(read_case_rows(text))
