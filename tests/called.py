"""一轮编报：plain functions that make a city, its call, and reports that have been sent in."""

from datetime import UTC, date, datetime

from annual_cases import make_report
from city import make_organ, make_staff
from gongkai.annual.forms import LAYOUTS, Form, Ref
from gongkai.annual.model import Cell, Report
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions import calling
from gongkai.reporting.assembling import freeze
from gongkai.reporting.models import Call, Filing
from gongkai.reporting.states import Basis, Scope, State

YEAR = 2024


def make_city(departments: int = 2, name: str = "石家庄市人民政府"):
    """A city, its departments, and who calls, writes and signs for it; by name."""
    city = make_organ(name, kind=Kind.CITY)
    below = [make_organ(f"{name[:3]}第{n}局", parent=city) for n in range(1, departments + 1)]
    people = {
        duty: make_staff(f"{duty.label}员", duty, organ=city, email=f"{duty}@example.cn")
        for duty in (Duty.COMPETENT, Duty.DISCLOSURE, Duty.SIGN)
    }
    return city, below, people


def make_call(city: Organ, by, *, year: int = YEAR, issued: bool = True) -> Call:
    """Drafted with the usual words and days, and gone out."""
    made = calling.call(calling.proposed(city, year), by=by)
    if issued:
        calling.advance_call(made, "issue", by=by)
    return made


def figures(organ: str, first: int, year: int = YEAR) -> Report:
    """A report of which every cell is another number: ``first`` plus its place in the form."""
    cells: dict[str, dict[str, dict[str, Cell]]] = {}
    for place, ref in enumerate(LAYOUTS[Form.Y2021].refs()):
        cells.setdefault(ref.table, {}).setdefault(ref.row, {})[ref.column] = first + place
    report = make_report(organ=organ, year=year)
    return Report(report.form, year, organ, cells, report.parts, report.header)


def zeros(organ: str, year: int = YEAR) -> Report:
    """A report in which nothing has happened."""
    report = figures(organ, 0, year)
    for ref, _ in list(report.cells()):
        report = report.with_cell(Ref(*ref), 0)
    return report


def sent_in(
    organ: Organ, report: Report, *, on: date | None = None, call: Call | None = None, **fields
) -> Filing:
    """A report as it lies with the competent department."""
    frozen, seal = freeze(report)
    day = on or date(YEAR + 1, 1, 15)
    usual = {
        "scope": Scope.OWN, "state": State.SUBMITTED, "name": organ.name, "year": report.year,
        "basis": Basis.RECORDS,
        "submitted_at": datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
    }  # fmt: skip
    return Filing.objects.create(
        organ=organ, call=call, frozen=frozen, seal=seal,
        due_on=call.due_on if call else None, **(usual | fields),
    )  # fmt: skip


def signed_in(client, staff):
    """The browser of this person."""
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
