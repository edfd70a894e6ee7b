"""页面样式的地址：the switch of the way of reading."""

from __future__ import annotations

from django.urls import path

from gongkai.theme import reading

app_name = "theme"
urlpatterns = [path("reading/", reading.choose, name="reading")]
