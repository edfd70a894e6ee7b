"""The demonstration city once filled: its people, papers, attachments, and its yearly reports."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.applications.models import Application
from gongkai.applications.states import State as AskedState
from gongkai.demo import filling
from gongkai.demo.register import REQUESTS
from gongkai.demo.reports import OPEN
from gongkai.documents.models import Document, DocumentFile
from gongkai.documents.showing import show
from gongkai.documents.states import State
from gongkai.organs.holidays import preview
from gongkai.organs.models import Delegation, HolidayNotice, Organ, Staff
from gongkai.organs.states import ADMINISTRATORS
from gongkai.reporting.actions.calling import progress
from gongkai.reporting.actions.checking import check
from gongkai.reporting.assembling import report_of
from gongkai.reporting.models import Call, Filing
from gongkai.trail.models import Step

SEED = Path(__file__).parents[1] / "data" / "figures" / "01_sjz_gov_office_2022.json"
_NEW = Ref(TABLE_3, NEW, TOTAL)


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker):
    """Filled once for all that is looked at here; what a test changes is rolled back behind it.

    As a clerk sees it in November 2026.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 2, tzinfo=UTC))
        list(filling.fill())
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_filled")]


def test_nobody_of_the_city_has_a_password_and_no_administrator_another_duty():
    for staff in Staff.objects.all():
        duties = set(staff.roles.values_list("duty", flat=True))

        assert not staff.has_usable_password()
        assert len(duties) == 1 or not duties & ADMINISTRATORS


def test_what_the_city_shows_of_its_work_is_there():
    states = set(Document.objects.values_list("state", flat=True))
    late = [one.title for one in Document.objects.filter(state="signed") if one.overdue]
    returned = Document.objects.get(title__contains="流动摊贩疏导点设置")
    notice = HolidayNotice.objects.get()
    shifts = preview(notice.organ, adding=notice)

    assert states >= {*State} - {State.WITHDRAWN, State.KEPT, State.DROPPED}
    assert len(late) == 1
    assert Step.objects.of(returned).get(move="return_unit").note
    assert Delegation.objects.running(timezone.localdate()).count() == 1
    assert len(shifts) > 0
    assert all(shift.days > 0 for shift in shifts)


def test_a_policy_stands_with_its_attachments_and_its_interpretation():
    policy = Document.objects.get(title__contains="居家适老化改造补贴", kind="policy")
    shown = show(policy.pk)
    reading = show(shown.related[0].id)

    files = policy.files.order_by("order").values_list("blob__kind", flat=True)
    assert list(files)[:2] == ["docx", "xlsx"]
    assert "附件：1. 居家适老化改造补贴申请表" in shown.html
    assert [(one.label, one.title) for one in shown.related] == [
        ("解读材料", f"《{policy.title}》政策解读")
    ]
    assert [(one.label, one.id) for one in reading.related] == [("解读", policy.pk)]
    assert shown.row["issued_at"].date() == reading.row["issued_at"].date()
    assert "<img src=" in reading.html


def test_the_attachments_of_the_city_hide_nothing():
    files = DocumentFile.objects.filter(role="attachment").select_related("blob__reading")
    hidden = {(file.name, one.kind) for file in files for one in file.blob.reading.blocking}

    assert files.count() > 30
    assert hidden == set()
    assert {kind for file in files for kind in [file.blob.kind]} >= {"docx", "xlsx"}


def test_what_higher_organs_made_bears_no_index_of_the_city():
    code = Organ.objects.get(name="石家庄市人民政府").code
    higher = Document.objects.filter(kind="higher")

    assert higher.count() == 332
    assert not higher.filter(index_number__startswith=code).exists()
    assert not higher.exclude(validity="").exists()
    assert not higher.filter(issuer="").exists()


def test_a_register_loaded_does_not_stand_for_the_cases_of_these_days():
    rows = Application.objects.filter(organ__kind="city", year__gt=2022)

    assert rows.filter(year=2025).exclude(imported="").count() == REQUESTS
    assert set(rows.filter(imported="").values_list("state", flat=True)) == (
        {*AskedState} - {AskedState.ARCHIVED}
    )
    assert rows.filter(imported="", disputed=True).count() == 2


def own(year):
    return Filing.objects.get(organ__kind="city", scope="own", year=year)


def test_the_report_of_2022_is_the_seed_document_cell_by_cell():
    """A cell the seed leaves blank counts as none."""
    report, seed = report_of(own(2022)), json.loads(SEED.read_text("utf-8"))
    cells = dict(report.cells())

    assert report.organ == seed["organ"]
    assert {ref: seed["tables"][ref.table][ref.row][ref.column] or 0 for ref in cells} == cells


@pytest.mark.parametrize(
    "told",
    [
        "政策文件166件", "复文92件", "微博微信稿件3295篇", "市政府公报12期，公开政策文件50件",
        "公开政策文件157件", "公开相关信息1793条", "共办理依申请政府信息公开343件",
        "引发行政复议12件，行政诉讼9件", "现行有效规章59件",
        "废止市政府行政规范性文件2件、宣布失效40件",
    ],
)  # fmt: skip
def test_the_report_of_2022_tells_the_figures_of_the_seed_document(told):
    assert told in report_of(own(2022)).part(1).text


def test_one_round_is_finished_and_the_last_one_is_not():
    finished, last = Call.objects.get(year=2022), Call.objects.get(year=OPEN)
    years = Filing.objects.filter(organ__kind="city", scope="own", state="published")

    assert (finished.state, last.state) == ("closed", "issued")
    assert not [one for one in progress(finished) if one.late or one.filing.state != "published"]
    assert Counter(one.filing.state if one.filing else "" for one in progress(last)) == {
        "published": 42, "returned": 2, "submitted": 2, "draft": 2, "cleared": 1, "": 2,
    }  # fmt: skip
    assert sorted(years.values_list("year", flat=True)) == [*range(2019, 2026)]


def test_the_report_of_the_whole_city_is_the_sum_of_its_units():
    whole = Filing.objects.get(organ__kind="city", scope="whole", year=2022)
    units = Filing.objects.filter(call=whole.call).exclude(pk=whole.pk)

    assert units.count() == 51
    assert report_of(whole).cell(_NEW) == sum(report_of(one).cell(_NEW) for one in units)


def test_no_report_before_the_public_has_an_error():
    wrong = {
        f"{one}": [found.message for found in check(one).verdict.errors]
        for one in Filing.objects.filter(state="published")
    }

    assert {name: told for name, told in wrong.items() if told} == {}


def test_reports_are_not_filed_twice():
    from gongkai.demo.city import places
    from gongkai.demo.reports import file_reports

    organs = {one.name: one for one in Organ.objects.all()}
    before = Filing.objects.count(), Call.objects.count()

    assert file_reports({one.key: organs[one.name] for one in places()}) == before[0]
    assert (Filing.objects.count(), Call.objects.count()) == before
