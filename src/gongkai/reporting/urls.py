"""年报的地址；a public address never changes."""

from __future__ import annotations

from django.urls import include, path

from gongkai.reporting.desk.urls import urlpatterns as _desk

app_name = "reporting"
urlpatterns = [
    path("desk/reports/", include(_desk)),
]
