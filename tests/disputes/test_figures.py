from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asked import make_office, make_people
from city import make_organ, make_staff
from disputed import decide, make_dispute
from gongkai.annual.forms import DISPUTES, RESULTS, TOTAL
from gongkai.disputes import figures
from gongkai.disputes.actions import ruling
from gongkai.disputes.findings import FINDINGS
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Challenged, Disposal, Kind, Party, State
from gongkai.errors import BadInput
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
REVIEW, DIRECT, AFTER = DISPUTES
_FIRST = date(2020, 1, 1)


def row(upheld=0, reversed_=0, other=0, pending=0):
    cells = (upheld, reversed_, other, pending)
    return {**dict(zip(RESULTS, cells, strict=True)), TOTAL: sum(cells)}


@pytest.fixture
def organ():
    return make_office()


@pytest.fixture
def clerk(organ):
    return make_people(organ)[Duty.DISCLOSURE]


histories = st.lists(
    st.tuples(
        st.sampled_from(Kind),
        st.integers(0, 3 * 365),
        st.none() | st.tuples(st.integers(0, 700), st.integers(0, 40)),
        st.booleans(),
    ),
    max_size=12,
)


def lay_down(organ, history):
    """Cases as they stand in the end: (kind, days to receipt, to the ruling and which, struck)."""
    Dispute.objects.all().delete()
    rows = []
    for serial, (kind, after, ended, struck) in enumerate(history, start=1):
        came = _FIRST + timedelta(days=after)
        case = Dispute(
            organ=organ, year=came.year, serial=serial, number=f"{organ.pk}-{serial}", kind=kind,
            about="预算", body="某机关", received_on=came,
            state=State.STRUCK if struck else State.RECEIVED,
        )  # fmt: skip
        if ended is not None:
            days, which = ended
            fitting = [one for one in FINDINGS if one.suit == kind.is_suit]
            found = fitting[which % len(fitting)]
            case.finding, case.result = found.code, found.result
            case.concluded_on = came + timedelta(days=days)
        rows.append(case)
    Dispute.objects.bulk_create(rows)
    return [one for one in rows if one.state != State.STRUCK]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_every_case_counts_once_a_year_from_receipt_to_conclusion(history, organ):
    cases = lay_down(organ, history)
    organs = [organ.pk]
    seen = {one.pk: [] for one in cases}
    for year in range(2019, 2027):
        table = figures.table_4(organs, year)
        for name in DISPUTES:
            cells = {
                column: figures.behind(organs, year, name, column).count()
                for column in (*RESULTS, TOTAL)
            }
            assert cells == table[name]
            assert sum(cells[column] for column in RESULTS) == cells[TOTAL]
        for key in figures.counted_in(organs, year).values_list("pk", flat=True):
            seen[key].append(year)
        assert all(before == again for before, again in figures.carried(organs, year).values())
    assert seen == {
        one.pk: list(
            range(one.received_on.year, (one.concluded_on.year if one.concluded_on else 2026) + 1)
        )
        for one in cases
    }


def test_a_year_counts_what_was_concluded_in_it_and_what_is_pending_at_its_end(organ, clerk):
    first = make_dispute(organ, clerk, on=date(2024, 11, 4))
    second = make_dispute(organ, clerk, on=date(2025, 2, 10))
    make_dispute(organ, clerk, Kind.DIRECT, on=date(2025, 3, 10))
    decide(first, clerk, "r64", date(2025, 1, 6), cause="procedure")
    decide(second, clerk, "r41", date(2025, 12, 31))

    assert figures.table_4([organ.pk], 2024) == {
        REVIEW: row(pending=1), DIRECT: row(), AFTER: row(),
    }  # fmt: skip
    assert figures.table_4([organ.pk], 2025) == {
        REVIEW: row(reversed_=1, other=1), DIRECT: row(pending=1), AFTER: row(),
    }  # fmt: skip
    assert figures.carried([organ.pk], 2025) == {REVIEW: (1, 1), DIRECT: (0, 0), AFTER: (0, 0)}


def test_an_appeal_puts_a_case_back_among_the_pending_until_it_has_ended(organ, clerk):
    case = make_dispute(organ, clerk, Kind.DIRECT, on=date(2024, 9, 2))
    decide(case, clerk, "s69", date(2024, 12, 20))
    assert figures.table_4([organ.pk], 2024)[DIRECT] == row(upheld=1)

    ruling.appeal(
        case, by=clerk, party=Party.CLAIMANT, on=date(2025, 1, 3), court="石家庄市中级人民法院"
    )
    assert figures.table_4([organ.pk], 2024)[DIRECT] == row(pending=1)

    ruling.decide_appeal(
        case, Disposal.CHANGED, by=clerk, on=date(2025, 4, 8), changed="s70", cause="evidence"
    )
    assert figures.table_4([organ.pk], 2024)[DIRECT] == row(pending=1)
    assert figures.table_4([organ.pk], 2025)[DIRECT] == row(reversed_=1)


def test_a_case_struck_counts_nowhere(organ, clerk):
    case = make_dispute(organ, clerk, on=date(2025, 2, 10))
    ruling.strike(case, by=clerk, reason="重复登记")

    assert figures.table_4([organ.pk], 2025)[REVIEW] == row()


def test_only_the_organs_asked_for_are_counted(organ, clerk):
    other = make_organ("石家庄市民政局")
    make_dispute(organ, clerk, on=date(2025, 2, 10))
    make_dispute(other, make_staff("甲", Duty.LEGAL, organ=other), on=date(2025, 2, 10))

    assert figures.table_4([other.pk], 2025)[REVIEW] == row(pending=1)
    assert figures.table_4([organ.pk, other.pk], 2025)[REVIEW] == row(pending=2)


def test_the_table_is_one_query(organ, clerk, django_assert_num_queries):
    make_dispute(organ, clerk)

    with django_assert_num_queries(1):
        figures.table_4([organ.pk], 2025)


def test_a_cell_the_form_does_not_have_is_refused(organ):
    with pytest.raises(BadInput, match="表四没有“行政复议”行“自然人”列"):
        figures.behind([organ.pk], 2025, REVIEW, "自然人")


@pytest.mark.parametrize(
    ("outcome", "challenged", "on", "counted"),
    [
        ("C1", Challenged.REPLY, date(2025, 2, 10), 1),
        ("C5", Challenged.REPLY, date(2025, 2, 10), 1),
        ("B", Challenged.REPLY, date(2025, 2, 10), 0),
        ("D1b", Challenged.REPLY, date(2025, 2, 10), 0),
        ("C1", Challenged.SILENCE, date(2025, 2, 10), 0),
        ("C1", Challenged.REPLY, date(2023, 12, 29), 0),
    ],
)
def test_direct_suits_against_refusals_are_told(organ, clerk, outcome, challenged, on, counted):
    make_dispute(organ, clerk, Kind.DIRECT, on=on, outcome=outcome, challenged=challenged)

    assert figures.direct_suits_against_refusals([organ.pk], 2025) == counted
