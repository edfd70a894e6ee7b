"""通知的地址。"""

from __future__ import annotations

from django.urls import path

from gongkai.notices import desk

app_name = "notices"
urlpatterns = [
    path("desk/notices/", desk.notices, name="notices"),
    path("desk/notices/<int:pk>/resend/", desk.send_again, name="resend"),
    path("desk/notices/mine/", desk.preference, name="preference"),
]
