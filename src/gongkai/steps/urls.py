"""流程的地址：the trail, for the audit administrator."""

from __future__ import annotations

from django.urls import path

from gongkai.steps import desk

app_name = "steps"
urlpatterns = [path("desk/trail/", desk.trail, name="trail")]
