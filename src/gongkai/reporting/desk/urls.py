"""工作台的地址：below /desk/reports/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.reporting.desk import cells, files, filing, filings

urlpatterns: list[URLPattern] = [
    path("", filings.filings, name="desk_filings"),
    path("new/", filings.begin, name="begin"),
    path("<int:pk>/", filing.filing, name="desk_filing"),
    path("<int:pk>/save/", filing.store, name="store"),
    path("<int:pk>/check/", filing.check, name="check"),
    path("<int:pk>/act/", filing.act, name="act"),
    path("<int:pk>/remark/", filing.remark, name="remark"),
    path("<int:pk>/correct/", filing.correct, name="correct"),
    path("<int:pk>/cell/", cells.cell, name="cell"),
    path("<int:pk>/cell/<str:form>/", cells.export, name="cell_export"),
    path("<int:pk>/draft/<str:form>/", files.draft, name="draft"),
    path("<int:pk>/files/<int:key>/", files.attachment, name="file"),
]
