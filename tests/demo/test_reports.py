"""An invented report is one that a careful office could have made."""

import pytest

from gongkai.annual.checks import Severity, check_report
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.annual.model import Contact
from gongkai.demo.invented import report_of


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2025])
@pytest.mark.parametrize("requests", [0, 1, 37, 412])
def test_an_invented_report_agrees_with_itself(year, requests):
    report = report_of(
        "某县人民政府", year, requests, contact=Contact("某街1号", "050000", "0311-1")
    )

    found = check_report(report).findings
    assert [one.message for one in found if one.severity is Severity.ERROR] == []
    assert report.cell(Ref(TABLE_3, NEW, TOTAL)) == requests
