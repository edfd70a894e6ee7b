"""归档、保管期限、导入的地址：below /desk/applications/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.applications.desk.keeping import archiving

urlpatterns: list[URLPattern] = [
    path("archiving/", archiving.several, name="archiving"),
    path("<int:pk>/do/archive/", archiving.archive, name="deed_archive"),
    path("<int:pk>/archive/check/", archiving.check, name="check_archive"),
]
