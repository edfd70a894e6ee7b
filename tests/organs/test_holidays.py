from datetime import date

import pytest

from city import make_organ, make_staff
from gongkai.errors import BadDate, BadInput, NotAllowed
from gongkai.organs import deadlines
from gongkai.organs.actions import apply_holidays, upload_holidays, withdraw_holidays
from gongkai.organs.holidays import calendar_of, fingerprint, preview
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step
from papers.models import Paper

pytestmark = pytest.mark.django_db

#: 2026-03-02 is a Monday; the twentieth working day after it is 2026-03-30.
RECEIVED, DUE = date(2026, 3, 2), date(2026, 3, 30)
CSV = "日期,种类,依据\n2026-03-10,放假,石政办通〔2026〕3号\n"


@pytest.fixture(autouse=True)
def _papers_have_deadlines(monkeypatch):
    def store(paper):
        def set_due(day):
            Paper.objects.filter(pk=paper.pk).update(due_on=day)

        return set_due

    def open_papers(organs):
        for paper in Paper.objects.filter(organ__in=organs):
            yield deadlines.Deadline(
                paper,
                paper.organ_id,
                "公开期限",
                f"/papers/{paper.pk}/",
                paper.due_on,
                lambda calendar, paper=paper: calendar.nth_after(paper.received_on, 20),
                store(paper),
            )

    monkeypatch.setattr(deadlines, "_providers", {})
    deadlines.register("papers", open_papers)


@pytest.fixture
def city():
    return make_organ("石州市人民政府")


@pytest.fixture
def clerk(city):
    return make_staff("公开科", Duty.DISCLOSURE, organ=city)


def make_paper(organ, title="通知"):
    return Paper.objects.create(title=title, organ=organ, received_on=RECEIVED, due_on=DUE)


def test_an_uploaded_notice_counts_for_nothing_yet(city, clerk):
    upload_holidays(city, "放假通知", CSV, by=clerk)

    assert calendar_of(city).nth_after(RECEIVED, 20) == DUE


def test_the_preview_shows_every_deadline_that_would_move(city, clerk):
    office = make_organ("办公室", parent=city)
    elsewhere = make_paper(make_organ("外市"))
    here = make_paper(office)
    notice = upload_holidays(city, "放假通知", CSV, by=clerk)

    shifts = preview(city, adding=notice)

    assert [(s.deadline.subject, s.deadline.due, s.to, s.days) for s in shifts] == [
        (here, DUE, date(2026, 3, 31), 1)
    ]
    elsewhere.refresh_from_db()
    here.refresh_from_db()
    assert (here.due_on, elsewhere.due_on) == (DUE, DUE)


def test_applying_moves_them_all_and_writes_each_down(city, clerk):
    first, second = make_paper(city, "甲"), make_paper(make_organ("办公室", parent=city), "乙")
    notice = upload_holidays(city, "放假通知", CSV, by=clerk)

    shifts = apply_holidays(notice, by=clerk, seen=fingerprint(preview(city, adding=notice)))

    assert len(shifts) == 2
    assert list(Paper.objects.values_list("due_on", flat=True)) == [date(2026, 3, 31)] * 2
    for paper in (first, second):
        assert [(s.label, s.note, s.changes) for s in Step.objects.of(paper)] == [
            ("期限调整", "放假安排变化：放假通知", {"公开期限": ["2026-03-30", "2026-03-31"]})
        ]
    assert calendar_of(city).day(date(2026, 3, 10)).basis == "石政办通〔2026〕3号"
    assert verify() is None


def test_withdrawing_moves_them_back(city, clerk):
    make_paper(city)
    notice = upload_holidays(city, "放假通知", CSV, by=clerk)
    apply_holidays(notice, by=clerk)

    with pytest.raises(NotAllowed, match="须写明理由"):
        withdraw_holidays(notice, by=clerk, note="")
    withdraw_holidays(notice, by=clerk, note="通知作废")

    assert Paper.objects.get().due_on == DUE
    assert calendar_of(city).nth_after(RECEIVED, 20) == DUE


def test_a_lower_office_overrides_the_one_above(city, clerk):
    office = make_organ("办公室", parent=city)
    apply_holidays(upload_holidays(city, "全市放假", CSV, by=clerk), by=clerk)
    working = CSV.replace("放假", "上班")
    officer = make_staff("办公室", Duty.DISCLOSURE, organ=office)
    apply_holidays(upload_holidays(office, "办公室上班", working, by=officer), by=officer)

    assert not calendar_of(city).is_working(date(2026, 3, 10))
    assert calendar_of(office).is_working(date(2026, 3, 10))


def test_a_year_becomes_known_with_its_notice(city, clerk):
    text = "日期,种类,依据\n2031-01-01,年度通知,国办发明电〔2030〕12号\n2031-01-01,放假,同上\n"
    far = date(2031, 3, 3)
    assert calendar_of(city).day(far).provisional

    apply_holidays(upload_holidays(city, "2031年放假", text, by=clerk), by=clerk)

    assert not calendar_of(city).day(far).provisional


def test_what_is_applied_is_what_was_seen(city, clerk):
    notice = upload_holidays(city, "放假通知", CSV, by=clerk)
    seen = fingerprint(preview(city, adding=notice))
    paper = make_paper(city, "后来的")

    with pytest.raises(NotAllowed, match="请重新预览后再确认"):
        apply_holidays(notice, by=clerk, seen=seen)

    paper.refresh_from_db()
    assert paper.due_on == DUE
    assert calendar_of(city).is_working(date(2026, 3, 10))


def test_a_notice_is_applied_once(city, clerk):
    notice = upload_holidays(city, "放假通知", CSV, by=clerk)
    apply_holidays(notice, by=clerk)

    with pytest.raises(NotAllowed, match="已经启用"):
        apply_holidays(notice, by=clerk)


@pytest.mark.parametrize(
    ("text", "error", "why"),
    [
        ("", BadInput, "表格是空的"),
        ("日期,种类,依据\n", BadInput, "没有一行安排"),
        ("日期,种类,依据\n2026-02-30,放假,文件\n", BadDate, "第2行"),
        ("日期,种类,依据\n2026-03-10,过节,文件\n", BadInput, "种类“过节”不认识"),
        ("日期,种类,依据\n2026-03-10,放假,\n", BadInput, "没有写依据"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_naming_the_line(city, clerk, text, error, why):
    with pytest.raises(error, match=why):
        upload_holidays(city, "放假通知", text, by=clerk)


def test_others_may_not_arrange_days(city):
    drafter = make_staff("起草", Duty.DRAFT, organ=city)

    with pytest.raises(NotAllowed, match="由信息公开机构、主管部门或系统管理员办理"):
        upload_holidays(city, "放假通知", CSV, by=drafter)


def test_from_file_to_moved_deadline_in_the_browser_pages(client, city, clerk, settings, tmp_path):
    settings.DEMO = True
    make_paper(city, "关于节水的通知")
    client.force_login(clerk, backend=settings.AUTHENTICATION_BACKENDS[-1])
    file = tmp_path / "放假.csv"
    file.write_bytes(CSV.encode("gb18030"))

    with file.open("rb") as data:
        answer = client.post(
            "/desk/organs/holidays/", {"organ": city.pk, "title": "放假通知", "file": data}
        )
    shown = client.get(answer.url)
    client.post(answer.url, {"seen": shown.context["seen"]})

    assert "关于节水的通知" in shown.content.decode()
    assert "2026-03-31" in shown.content.decode()
    assert Paper.objects.get().due_on == date(2026, 3, 31)
