"""流程的地址：the trail and the sign-ins, for the audit administrator."""

from __future__ import annotations

from django.urls import path

from gongkai.steps import desk

app_name = "steps"
urlpatterns = [
    path("desk/trail/", desk.trail, name="trail"),
    path("desk/trail/sign-ins/", desk.sign_ins, name="sign_ins"),
]
