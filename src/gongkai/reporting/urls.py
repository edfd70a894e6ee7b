"""年报的地址；a public address never changes."""

from __future__ import annotations

from django.urls import include, path

from gongkai.reporting.desk.round_urls import urlpatterns as _rounds
from gongkai.reporting.desk.urls import urlpatterns as _desk
from gongkai.reporting.portal.urls import urlpatterns as _portal

app_name = "reporting"
urlpatterns = [
    path("reports/", include(_portal)),
    path("desk/reports/", include(_desk)),
    path("desk/reports/", include(_rounds)),
]
