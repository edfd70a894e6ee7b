"""导入登记簿：read as offices keep them, every doubt told, every row once."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.utils import timezone

from asked import IDENTITY, make_office, make_people, make_request
from city import make_organ, make_staff
from gongkai.applications import finding
from gongkai.applications.clock import standing_of
from gongkai.applications.loading.headings import mapping_of
from gongkai.applications.loading.run import doubts_of, load
from gongkai.applications.loading.sheets import read_table
from gongkai.applications.models import Application, Doubt, Event, Load
from gongkai.applications.states import State
from gongkai.errors import BadInput, Unreadable
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date
HEADS = (
    "登记编号",
    "收到日期",
    "申请方式",
    "申请人",
    "申请人类型",
    "申请内容",
    "答复日期",
    "答复结果",
)
PLAIN = ("石档公开〔2024〕第1号", "2024-03-04", "当面", "王小明", "自然人", "2023年预算",
         "2024-03-20", "予以公开")  # fmt: skip


@pytest.fixture
def organ():
    return make_office("石家庄市档案局")


@pytest.fixture
def clerk(organ):
    return make_people(organ)[Duty.DISCLOSURE]


def csv(*rows, heads=HEADS):
    lines = [",".join(str(cell) for cell in row) for row in (heads, *rows)]
    return ("\ufeff" + "\n".join(lines)).encode()


def xlsx(*rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def plain(**changes):
    said = dict(zip(HEADS, PLAIN, strict=True)) | changes
    return tuple(said[head] for head in HEADS)


def told(run):
    return [(one.row, one.column, one.reason, one.fatal) for one in doubts_of(run)]


def test_a_register_becomes_requests_whose_clock_replays(organ, clerk):
    run = load(csv(PLAIN), "2024登记簿.csv", organ, by=clerk)

    one = Application.objects.get()
    assert (run.added, run.failed, run.doubtful) == (1, 0, 0)
    assert (one.number, one.year, one.serial) == ("石档公开〔2024〕第1号", 2024, 1)
    assert (one.state, one.outcome, one.category) == (State.CLOSED, "A2", "person")
    assert (one.received_on, one.answered_on, one.closed_on) == (
        D(2024, 3, 4), D(2024, 3, 20), D(2024, 3, 20),
    )  # fmt: skip
    assert one.last_due_on == D(2024, 4, 1)
    assert one.late is False
    assert one.imported == "2024登记簿.csv 第2行 原编号石档公开〔2024〕第1号"
    assert standing_of(one).answered_on == D(2024, 3, 20)
    assert (one.applicants.get().name, one.replies.get().outcome) == ("王小明", "A2")
    assert one.matters.get().outcome == "A2"
    assert finding.find("王小明", [organ.pk], named=True).keys == [one.pk]
    assert Step.objects.of(one).get().label == "导入"
    assert verify() is None


def test_a_workbook_with_a_title_above_its_headings_is_read(organ):
    data = xlsx(
        ["石家庄市档案局2024年依申请公开登记簿"],
        ["编号", "收件时间", "申请渠道", "申请人\n姓名", "申请事项", "答复时间", "办理结果"],
        ["石档公开〔2024〕第7号", datetime(2024, 3, 4), "网上申请", "李四", "会议纪要",
         datetime(2024, 3, 28), "三、（三）6.属于四类过程性信息"],
    )  # fmt: skip
    run = load(data, "登记簿.xlsx", organ)
    one = Application.objects.get()
    assert (one.channel, one.outcome, one.category) == ("online", "C6", "person")
    assert one.events.get(kind="confirmed").on == D(2024, 3, 4)
    assert told(run) == [(3, "申请人类别", "申请人类别没有填写，按姓名（名称）计入“自然人”", False)]


def test_extension_correction_and_consultation_move_the_last_day(organ):
    heads = (
        *HEADS,
        "补正告知日期",
        "补正日期",
        "延期日期",
        "延期天数",
        "征求意见日期",
        "收到意见日期",
    )
    row = (*plain(收到日期="2024-03-04", 答复日期="2024-05-20"),
           "2024-03-06", "2024-03-12", "2024-04-01", "20", "2024-03-18", "2024-03-28")  # fmt: skip
    load(csv(row, heads=heads), "a.csv", organ)
    one = Application.objects.get()
    # Forty working days from the 13th of March, the 19th to the 28th left out.
    assert one.last_due_on == D(2024, 5, 21)
    assert [event.kind for event in one.events.order_by("on")] == [
        "correction_notice", "correction_received", "consult_sent", "consult_reply", "extension",
        "reply_sent",
    ]  # fmt: skip
    asked = one.consultations.get()
    assert one.events.get(kind="consult_sent").told["id"] == str(asked.pk)
    assert asked.ended_on == D(2024, 3, 28)


@pytest.mark.parametrize(
    ("changes", "column", "reason", "fatal"),
    [
        ({"答复日期": "2024-03-01"}, "答复日期", "答复日期早于收到日期2024-03-04", True),
        ({"答复结果": "办结了"}, "答复结果", "答复结果“办结了”认不出，请写成表三的行名或者代码",
         True),
        ({"答复结果": "不予公开"}, "答复结果", "答复结果“不予公开”认不出，请写成表三的行名或者代码",
         True),
        ({"答复结果": ""}, "答复结果", "有答复日期，没有答复结果", True),
        ({"答复日期": ""}, "答复日期", "有答复结果，没有答复日期", True),
        ({"收到日期": "3月4日"}, "收到日期", "“3月4日”不是日期，应当如“2025-03-03”", True),
        ({"收到日期": "2024-02-30"}, "收到日期", "没有2024-02-30这一天", True),
        ({"收到日期": ""}, "收到日期", "没有收到日期", True),
        ({"登记编号": ""}, "登记编号", "没有登记编号，无法避免重复导入", True),
        ({"答复日期": "2024-04-02"}, "答复日期", "超过答复期限2024-04-01", False),
        ({"申请人": ""}, "申请人", "没有申请人姓名", False),
        ({"申请人类型": "法人", "申请人": "某单位办事处"}, "申请人类别",
         "申请人类别认不出，计入“其他”", False),
        ({"申请内容": ""}, "所需信息名称", "没有申请内容", False),
        ({"申请方式": "邮寄"}, "提交渠道", "没有写明是否需要签收，按需签收的邮寄计入", False),
        ({"申请方式": "鸽子"}, "提交渠道", "提交渠道认不出，按当面提交计入，收到日期即起算日",
         False),
        ({"答复结果": "其他"}, "答复结果", "按F3b计入，也可能是F3a", False),
        ({"登记编号": "石档公开〔2023〕第1号"}, "登记编号", "编号的年份与收到日期2024-03-04不一致",
         False),
    ],
)  # fmt: skip
def test_every_doubt_is_told_with_its_column(organ, changes, column, reason, fatal):
    run = load(csv(plain(**changes)), "a.csv", organ)
    assert (2, column, reason, fatal) in told(run)
    assert (run.failed, run.added) == ((1, 0) if fatal else (0, 1))


MORE = ("承办人", "证件类型", "证件号码", "来件邮件号", "答复文号", "EMS单号")


def more(**changes):
    usual = {"承办人": "", "证件类型": "", "证件号码": "", "来件邮件号": "", "答复文号": "",
             "EMS单号": ""}  # fmt: skip
    return (*PLAIN, *(usual | changes).values())


def test_handler_identity_and_mails_of_a_row_are_kept_and_found(organ, clerk):
    row = more(承办人=clerk.name, 证件类型="护照", 证件号码="E12345678",
               来件邮件号="xa 1234 5678 913", 答复文号="石档复〔2024〕7号",
               EMS单号="ex987654321cn")  # fmt: skip
    run = load(csv(row, heads=(*HEADS, *MORE)), "a.csv", organ)

    one = Application.objects.get()
    assert told(run) == []
    assert one.handler == clerk
    assert (one.applicants.get().identity, one.applicants.get().identity_number.open()) == (
        "passport", "E12345678",
    )  # fmt: skip
    assert one.arrival_note == "邮件号码XA12345678913"
    reply = one.replies.get()
    assert (reply.number, reply.tracking) == ("石档复〔2024〕7号", "EX987654321CN")
    for text in (reply.number, "石档复[2024]7号", "ex987654321cn"):
        assert list(Application.objects.filter(finding.numbered(text))) == [one]
    assert finding.find("XA12345678913", [organ.pk], named=False).keys == [one.pk]


@pytest.mark.parametrize(
    ("identity", "number", "kind", "reason"),
    [
        ("身份证", IDENTITY, "resident", ""),
        ("", IDENTITY, "resident", ""),
        ("台胞证", "12345678", "taiwan", ""),
        ("回乡证", "H12345678", "hk_macao", ""),
        ("营业执照", "91130100MA0CTHQ64X", "credit_code", "统一社会信用代码校验不符，照录"),
        ("工作证", "007", "other", "证件种类认不出，按“其他有效证件”计入"),
        ("身份证", "130102199003074510", "resident", "身份证号码校验不符，照录"),
        ("", "E12345678", "", "身份证号码校验不符，照录"),
    ],
)
def test_a_kind_of_identity_is_read_and_its_number_checked(organ, identity, number, kind, reason):
    row = more(证件类型=identity, 证件号码=number)
    run = load(csv(row, heads=(*HEADS, *MORE)), "a.csv", organ)

    assert Application.objects.get().applicants.get().identity == kind
    assert [doubt.reason for doubt in doubts_of(run)] == ([reason] if reason else [])


def test_a_handler_nobody_or_several_bear_the_name_of_is_told_and_noted(organ, clerk):
    for _ in range(2):
        make_staff("赵同名", Duty.DRAFT, organ=organ)
    make_staff("王外人", Duty.DRAFT, organ=make_organ("石家庄市体育局"))
    rows = [
        (*plain(登记编号=f"石档公开〔2024〕第{n}号"), name)
        for n, name in enumerate(("赵同名", "王外人"), 1)
    ]
    run = load(csv(*rows, heads=(*HEADS, "经办人")), "a.csv", organ)

    assert told(run) == [
        (2, "承办人", "石家庄市档案局有2名承办人员叫这个名字，没有计入承办人", False),
        (3, "承办人", "石家庄市档案局没有叫这个名字的承办人员，没有计入承办人", False),
    ]
    assert set(Application.objects.values_list("handler", flat=True)) == {None}
    notes = Event.objects.filter(kind="note").order_by("pk")
    assert [one.told["text"] for one in notes] == ["登记簿承办人：赵同名", "登记簿承办人：王外人"]


def test_what_is_open_goes_to_nobody_who_left(organ):
    today = timezone.localdate()
    left = make_staff("钱离任", Duty.DRAFT, organ=organ)
    left.roles.update(valid_to=today - timedelta(days=1))
    done = plain(登记编号="石档公开〔2024〕第1号")
    still = plain(收到日期=f"{today}", 登记编号=f"石档公开〔{today.year}〕第2号", 答复日期="",
                  答复结果="")  # fmt: skip
    heads = (*HEADS, "承办人", "邮件号码")
    rows = ((*done, "钱离任", ""), (*still, "钱离任", "EX987654321CN"))
    run = load(csv(*rows, heads=heads), "a.csv", organ)

    assert [one.handler for one in Application.objects.order_by("serial")] == [left, None]
    assert told(run) == [
        (3, "邮件号码", "有邮件号码，没有答复日期，没有计入", False),
        (3, "承办人", "钱离任现在没有承办的岗位，没有计入承办人", False),
    ]


def test_bad_rows_do_not_stop_the_others(organ):
    second = plain(登记编号="石档公开〔2024〕第2号", 答复日期="2023-01-01")
    third = plain(登记编号="石档公开〔2024〕第3号")
    run = load(csv(PLAIN, second, third, PLAIN), "a.csv", organ)
    assert (run.done, run.added, run.failed) == (4, 2, 2)
    assert (5, "登记编号", "与第2行的编号相同", True) in told(run)


def test_loading_again_adds_nothing(organ):
    load(csv(PLAIN), "a.csv", organ)
    again = load(csv(PLAIN, plain(登记编号="石档公开〔2024〕第2号")), "b.csv", organ)
    assert (again.added, again.same, again.failed) == (1, 1, 0)
    assert Application.objects.count() == 2


def test_a_trial_keeps_nothing_and_says_the_same(organ):
    row = plain(答复日期="2024-04-02")
    tried = load(csv(row), "a.csv", organ, dry=True)
    assert (tried.added, tried.doubtful) == (1, 1)
    assert (Application.objects.count(), Load.objects.count(), Doubt.objects.count()) == (0, 0, 0)
    assert told(load(csv(row), "a.csv", organ)) == told(tried)


def test_the_series_goes_on_behind_the_highest(organ, clerk):
    year = timezone.localdate().year
    told_ = plain(登记编号=f"石家庄市档案局公开〔{year}〕第41号", 收到日期=f"{year}-01-05",
                  答复日期=f"{year}-01-20")  # fmt: skip
    load(csv(told_), "a.csv", organ)
    one = make_request(organ, clerk, on=D(year, 3, 3))
    assert (one.serial, one.number) == (42, f"石家庄市档案局公开〔{year}〕第42号")


def test_bare_numbers_get_the_form_of_the_organ(organ):
    load(csv(plain(登记编号="2024-012")), "a.csv", organ)
    one = Application.objects.get()
    assert one.number == "石家庄市档案局公开〔2024〕第12号"
    assert one.imported.endswith("原编号2024-012")
    assert load(csv(plain(登记编号="2024-012")), "b.csv", organ).same == 1


def test_another_organ_with_the_same_numbers_keeps_its_own(organ):
    other = make_organ("石家庄市体育局")
    for one in (organ, other):
        assert load(csv(plain(登记编号="2024-012")), "a.csv", one).added == 1


def test_what_is_still_open_is_to_be_handled(organ):
    heads = (*HEADS, "补正告知日期")
    today = timezone.localdate()
    handling = plain(收到日期=f"{today}", 登记编号=f"石档公开〔{today.year}〕第1号", 答复日期="",
                     答复结果="办理中")  # fmt: skip
    correcting = plain(收到日期=f"{today}", 登记编号=f"石档公开〔{today.year}〕第2号", 答复日期="",
                       答复结果="")  # fmt: skip
    run = load(csv((*handling, ""), (*correcting, f"{today}"), heads=heads), "a.csv", organ)
    assert run.failed == 0
    assert list(Application.objects.order_by("serial").values_list("state", flat=True)) == [
        State.HANDLING, State.CORRECTING,
    ]  # fmt: skip
    assert Application.objects.get(serial=1).due_on > today


def test_it_goes_on_where_it_stopped(organ, monkeypatch):
    from gongkai.applications.loading import run as running

    monkeypatch.setattr(running, "BATCH", 2)
    rows = [plain(登记编号=f"石档公开〔2024〕第{n}号") for n in range(1, 6)]

    class Stop(Exception):
        pass

    def stop(done):
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        load(csv(*rows), "a.csv", organ, progress=stop)
    assert Application.objects.count() == 2
    run = load(csv(*rows), "a.csv", organ)
    assert (run.done, run.added, run.same) == (5, 5, 0)
    assert Load.objects.count() == 1


def test_the_report_masks_what_tells_of_a_person(organ):
    heads = (*HEADS, "身份证号")
    run = load(csv((*PLAIN, "130102199003074510"), heads=heads), "a.csv", organ)
    (doubt,) = doubts_of(run)
    assert (doubt.column, doubt.read) == ("证件号码", "1……（18个字）")


def test_columns_can_be_named_by_hand(organ):
    heads = ("流水", *HEADS[1:])
    data = csv(PLAIN, heads=heads)
    with pytest.raises(BadInput, match="没有找到登记编号这样的列"):
        load(data, "a.csv", organ)
    assert load(data, "a.csv", organ, given={"流水": "登记编号"}).added == 1
    with pytest.raises(BadInput, match="没有“别的”这一列"):
        mapping_of(heads, {"别的": "登记编号"})
    with pytest.raises(BadInput, match="没有“乱写”这个栏目"):
        mapping_of(heads, {"流水": "乱写"})


def test_what_is_no_table_is_refused_in_words():
    with pytest.raises(Unreadable, match="另存为"):
        read_table(b"x", "登记簿.xls")
    with pytest.raises(Unreadable):
        read_table(b"not a workbook", "登记簿.xlsx")
    with pytest.raises(BadInput, match="空的"):
        read_table(b"", "登记簿.csv")


def test_gbk_from_an_old_spreadsheet_is_read(organ):
    data = csv(PLAIN).decode("utf-8-sig").encode("gb18030")
    assert load(data, "a.csv", organ).added == 1
