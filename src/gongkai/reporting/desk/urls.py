"""工作台的地址：below /desk/reports/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.reporting.desk import filing, filings

urlpatterns: list[URLPattern] = [
    path("", filings.filings, name="desk_filings"),
    path("new/", filings.begin, name="begin"),
    path("<int:pk>/", filing.filing, name="desk_filing"),
]
