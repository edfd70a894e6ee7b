import io
import zipfile
from datetime import date

import pytest

from gongkai.paper.package import dated_package


def zipped(files, when):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, when), content)
    return out.getvalue()


def core(when):
    return (
        f'<cp><dcterms:created xsi:type="dcterms:W3CDTF">{when}T08:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}T09:00:00Z</dcterms:modified></cp>'
    )


def test_packages_made_at_different_times_become_the_same():
    packages = [
        zipped({"a.xml": "<a/>", "docProps/core.xml": core(day)}, (2025, 1, number, 8, 0, 0))
        for number, day in enumerate(["2025-01-01", "2025-01-02"], 1)
    ]

    first, second = (dated_package(package, date(2024, 12, 31)) for package in packages)

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.read("a.xml") == b"<a/>"
        assert package.read("docProps/core.xml").decode() == core("2024-12-31").replace(
            "T08:", "T00:"
        ).replace("T09:", "T00:")
        assert {entry.date_time for entry in package.infolist()} == {(2024, 12, 31, 0, 0, 0)}


@pytest.mark.parametrize("dated", [None, date(1949, 10, 1)])
def test_a_day_no_archive_can_name_becomes_the_first_it_can(dated):
    package = dated_package(zipped({"a": ""}, (2025, 1, 1, 0, 0, 0)), dated)

    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
