"""依申请公开的地址；a public address never changes."""

from __future__ import annotations

from django.urls import include, path

from gongkai.applications.desk.deeds.urls import urlpatterns as _deeds
from gongkai.applications.desk.keeping.urls import urlpatterns as _keeping
from gongkai.applications.desk.urls import urlpatterns as _desk
from gongkai.applications.portal.urls import urlpatterns as _portal

app_name = "applications"
urlpatterns = [
    path("", include(_portal)),
    path("desk/applications/", include(_desk)),
    path("desk/applications/<int:pk>/do/", include(_deeds)),
    path("desk/applications/", include(_keeping)),
]
