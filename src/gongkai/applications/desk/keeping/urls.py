"""归档、保管期限、导入的地址：below /desk/applications/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from gongkai.applications.desk.keeping import archiving, loading, retaining

urlpatterns: list[URLPattern] = [
    path("archiving/", archiving.several, name="archiving"),
    path("<int:pk>/do/archive/", archiving.archive, name="deed_archive"),
    path("<int:pk>/archive/check/", archiving.check, name="check_archive"),
    path("loads/", loading.loads, name="loads"),
    path("loads/<int:pk>/", loading.load, name="load"),
    path("loads/<int:pk>/doubts.csv", loading.doubts_file, name="doubts_file"),
    path("retention/", retaining.retention, name="retention"),
    path("<int:pk>/postpone/", retaining.postpone, name="postpone"),
    path("disposals/<int:pk>/", retaining.disposal, name="disposal"),
    re_path(r"^disposals/(?P<pk>\d+)\.(?P<form>csv|pdf)$", retaining.disposal_file,
            name="disposal_file"),
]  # fmt: skip
