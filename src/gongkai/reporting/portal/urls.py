"""门户的地址：below /reports/; a public address never changes."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from gongkai.reporting.portal import archive, data, files, reports
from gongkai.reporting.showing import DOWNLOADS


class _Choice:
    """One of a few words."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ReportForm(_Choice):
    """docx、pdf、xlsx、html、json。"""

    regex = "|".join(form for form, _ in DOWNLOADS)


class DataForm(_Choice):
    """csv、xlsx、json。"""

    regex = "csv|xlsx|json"


register_converter(ReportForm, "reportform")
register_converter(DataForm, "dataform")

urlpatterns: list[URLPattern] = [
    path("", archive.archive, name="archive"),
    path("years/<int:year>/", archive.archive, name="archive_year"),
    path("data/", data.data, name="data"),
    path("data/series.<dataform:form>", data.series, name="series"),
    path("data/cells.<exportform:form>", data.cells, name="cells"),
    path("<int:pk>/", reports.report, name="report"),
    path("<int:pk>/report.<reportform:form>", files.download, name="download"),
    path("<int:pk>/files/<int:key>/", files.file, name="report_file"),
]
