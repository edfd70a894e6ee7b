"""工作台的地址：below /desk/applications/<pk>/do/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.applications.desk.deeds import asking, course, period
from gongkai.applications.desk.deeds.page import views_of

_DEEDS = (*course.DEEDS, *asking.DEEDS, *period.DEEDS)

urlpatterns: list[URLPattern] = [
    path(f"{move.replace('_', '-')}/", view, name=f"deed_{move}")
    for move, view in views_of(_DEEDS).items()
]
