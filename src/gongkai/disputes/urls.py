"""复议诉讼的地址。"""

from __future__ import annotations

from django.urls import include, path

from gongkai.disputes.desk.urls import urlpatterns as _desk

app_name = "disputes"
urlpatterns = [path("desk/disputes/", include(_desk))]
