"""Reports that come as files: of earlier years, of organs that keep their records elsewhere."""

from pathlib import Path

import pytest

from asked import make_office
from filed import make_writers, publish
from gongkai.annual.exchange import load
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.annual.read import read_report
from gongkai.errors import BadInput, NotAllowed, Unreadable
from gongkai.organs.states import Duty
from gongkai.reporting.actions import loading, moving
from gongkai.reporting.models import Filing
from gongkai.reporting.states import Basis, State

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).parents[1] / "data" / "reports"
HTML = REPORTS / "09_shuyang_drc_2023.html"


def test_a_published_report_of_an_earlier_year_is_kept_as_it_was_read():
    organ, people = make_writers()

    filing = loading.load_published(
        organ, 2023, HTML.read_bytes(), HTML.name, by=people[Duty.DISCLOSURE]
    )

    assert (filing.state, filing.basis, filing.source) == (
        State.PUBLISHED, Basis.FILE, "09_shuyang_drc_2023.html",
    )  # fmt: skip
    assert load(filing.frozen).tables == read_report(HTML).tables
    with pytest.raises(NotAllowed, match="已经公布"):
        loading.load_published(
            organ, 2023, HTML.read_bytes(), HTML.name, by=people[Duty.DISCLOSURE]
        )


def test_a_file_of_another_year_or_without_tables_is_refused_in_words():
    organ, people = make_writers()
    clerk = people[Duty.DISCLOSURE]

    with pytest.raises(BadInput, match="是2023年的年报，不是2022年的"):
        loading.load_published(organ, 2022, HTML.read_bytes(), HTML.name, by=clerk)
    with pytest.raises(Unreadable, match="没有年度报告的表格"):
        loading.load_published(organ, 2022, "工作总结".encode(), "总结.txt", by=clerk)
    with pytest.raises(Unreadable):
        loading.load_published(organ, 2022, b"%PDF-1.7 broken", "坏.pdf", by=clerk)
    assert not Filing.objects.exists()


def test_an_organ_that_keeps_its_records_elsewhere_files_by_file_and_goes_the_usual_way():
    organ, people = make_writers(make_office("沭阳县发展和改革局"))
    clerk = people[Duty.DISCLOSURE]
    filing = loading.begin_from_file(organ, 2023, HTML.read_bytes(), HTML.name, by=clerk)
    told = read_report(HTML).cell(Ref(TABLE_3, NEW, TOTAL))

    assert moving.why_not(filing, "send_up", by=clerk) == []
    publish(filing, people)

    assert load(Filing.objects.get().frozen).cell(Ref(TABLE_3, NEW, TOTAL)) == told
