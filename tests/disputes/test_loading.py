"""导入原有的台账：what can be counted goes in, what cannot says why, nothing twice."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from asked import make_office, make_people
from city import make_organ, make_staff
from disputed import make_disputed
from gongkai.annual.forms import DISPUTES
from gongkai.applications.models import Application
from gongkai.disputes import figures
from gongkai.disputes.actions import loading
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import State
from gongkai.errors import NotAllowed, Unreadable
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date
HEADS = "案件类型,收案日期,法院,案号,案由,原告,答复结果,审理结果,结案日期,败诉原因"
LEDGER = f"""石家庄市财政局2023年复议诉讼台账,,,,,,,,,
{HEADS}
行政复议,2023.3.6,河北省人民政府,冀政复〔2023〕1号,部门预算,欧阳震华,信息不存在,维持,2023年4月28日,
复议后起诉,2023/5/8,石家庄铁路运输法院,（2023）冀8601行初5号,部门预算,欧阳震华,信息不存在,判决撤销答复,2023-11-20,程序违法
未经复议直接起诉,45170,石家庄铁路运输法院,（2023）冀8601行初9号,三公经费,诸葛明,内部事务信息,审理中,,
行政诉讼,2023-07-03,某法院,（2023）1号,看不出,甲乙丙,,,,
行政复议,2023-08-01,河北省人民政府,冀政复〔2023〕8号,没有日期,甲乙丙,,撤销,,
行政复议,2023-13-01,河北省人民政府,冀政复〔2023〕9号,坏日期,甲乙丙,,,,
行政复议,2023-09-01,河北省人民政府,冀政复〔2023〕10号,倒过来,甲乙丙,,维持,2023-08-01,
直接起诉,2010-05-06,某法院,（2010）1号,太早,甲乙丙,,,,
"""


@pytest.fixture
def organ():
    return make_office()


@pytest.fixture
def clerk(organ):
    return make_people(organ)[Duty.DISCLOSURE]


TOO_EARLY = (
    "2010-05-06早于2015-05-01，现行规定当时尚未施行，不能据以计算提交答辩状和证据的期限"
    "（《行政诉讼法》第六十七条第一款）"
)


def look(organ, text=LEDGER, given=None):
    return loading.look_over(text.encode(), "台账.csv", organ, given)


def test_what_cannot_be_counted_stays_out_and_says_why(organ):
    found = look(organ)

    assert [one.wanted for one in found.rows] == [True, True, True, *[False] * 5]
    assert [[(doubt.column, doubt.reason) for doubt in one.doubts] for one in found.rows[3:]] == [
        [("案件种类", "看不出是直接起诉还是复议后起诉")],
        [("审结日期", "有结论，没有审结日期")],
        [("收到副本", "没有2023-13-01这一天")],
        [("审结日期", "早于收到副本的日期2023-09-01")],
        [("收到副本", TOO_EARLY)],
    ]
    assert not Dispute.objects.exists()


def test_what_was_read_of_a_person_is_masked(organ):
    bad = LEDGER.replace("行政诉讼,2023-07-03,某法院", "行政诉讼,2023-07-03,")

    assert "甲乙丙" not in f"{[one.doubts for one in look(organ, bad).rows]}"


def test_the_cases_count_as_they_stood(organ, clerk):
    assert loading.load(LEDGER.encode(), "台账.csv", organ, by=clerk) == 3
    review, direct, after = (figures.table_4([organ.pk], 2023)[row] for row in DISPUTES)
    assert (review["结果维持"], direct["尚未审结"], after["结果纠正"]) == (1, 1, 1)
    assert (review["总计"], direct["总计"], after["总计"]) == (1, 1, 1)

    first, second, third = Dispute.objects.order_by("serial")
    assert (first.outcome, first.state, first.number) == (
        "D1a", State.CLOSED, "石家庄市财政局复议诉讼〔2023〕1号",
    )  # fmt: skip
    assert (second.finding, second.cause, second.concluded_on) == (
        "s70",
        "procedure",
        D(2023, 11, 20),
    )
    assert (third.state, third.received_on, third.handler) == (State.RECEIVED, D(2023, 9, 1), clerk)
    assert third.due_on is not None
    assert [one.rulings.count() for one in (first, second, third)] == [1, 1, 0]


def test_a_ledger_is_loaded_once(organ, clerk):
    loading.load(LEDGER.encode(), "台账.csv", organ, by=clerk)

    assert look(organ).same == 3
    with pytest.raises(NotAllowed, match="没有可以导入的案件"):
        loading.load(LEDGER.encode(), "台账.csv", organ, by=clerk)
    assert Dispute.objects.count() == 3


def test_a_request_in_the_register_is_linked_and_marked():
    organ, people, application = make_disputed("A2")
    text = (
        "种类,收到日期,复议机关,案号,申请编号\n"
        f"行政复议,2025-05-06,石家庄市人民政府,1号,{application.number}\n"
        "行政复议,2025-05-06,石家庄市人民政府,2号,没有这一号\n"
    )
    assert loading.load(text.encode(), "台账.csv", organ, by=people[Duty.LEGAL]) == 2

    linked, other = Dispute.objects.order_by("serial")
    assert (linked.application, linked.outcome, linked.claimant) == (application, "A2", "张三丰")
    assert (other.application, other.about) == (None, "没有这一号")
    assert Application.objects.get(pk=application.pk).disputed


def test_only_who_handles_cases_there_loads(organ):
    stranger = make_staff("外人", Duty.LEGAL, organ=make_organ("石家庄市民政局"))

    with pytest.raises(NotAllowed, match="由石家庄市财政局的信息公开机构"):
        loading.load(LEDGER.encode(), "台账.csv", organ, by=stranger)


def test_the_trail_holds_no_names(organ, clerk):
    loading.load(LEDGER.encode(), "台账.csv", organ, by=clerk)

    told = "".join(f"{step.title}{step.note}{step.changes}" for step in Step.objects.all())
    assert [name for name in ("欧阳震华", "诸葛明") if name in told] == []


# ── 页面 ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(client, clerk, settings):
    settings.DEMO = True
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "台账.xlsx"
    return file


def test_a_workbook_is_uploaded_its_columns_chosen_and_loaded(desk, organ):
    url = reverse("disputes:load")
    file = workbook([
        ["案件类型", "哪一天", "法院", "案由", "原告"],
        ["行政复议", D(2025, 5, 6), "石家庄市人民政府", "预算", "欧阳震华"],
    ])  # fmt: skip
    page = desk.post(url, {"organ": organ.pk, "file": file})
    text = page.content.decode()
    assert "没有找到收到副本这样的列" in text
    assert "欧阳震华" not in text

    told = {name: page.context[name] for name in ("name", "sealed")} | {
        "organ": organ.pk, "head": page.context["heads"], "column-0": "kind",
        "column-1": "received_on", "column-2": "body", "column-3": "about",
        "column-4": "claimant",
    }  # fmt: skip
    checked = desk.post(url, {**told, "do": "check"}).content.decode()
    assert ("可以导入1件" in checked, Dispute.objects.count()) == (True, 0)

    desk.post(url, {**told, "do": "load"})
    (case,) = Dispute.objects.all()
    assert (case.received_on, case.claimant) == (D(2025, 5, 6), "欧阳震华")


def test_the_file_opens_for_nobody_else(organ, clerk):
    sealed = loading.wrap(LEDGER.encode(), organ, by=clerk)
    other = make_staff("另一人", Duty.LEGAL, organ=organ)

    assert loading.unwrap(sealed, organ, by=clerk) == LEDGER.encode()
    with pytest.raises(Unreadable):
        loading.unwrap(sealed, organ, by=other)


def test_what_is_no_ledger_is_refused_in_words(desk, organ):
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "台账.pdf"
    page = desk.post(reverse("disputes:load"), {"organ": organ.pk, "file": file})

    assert "不是 .xlsx 或 .csv 文件" in page.content.decode()
