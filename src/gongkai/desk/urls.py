"""工作台的地址。"""

from __future__ import annotations

from django.urls import path

from gongkai.desk import home, jobs

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/jobs/", jobs.jobs, name="jobs"),
    path("desk/jobs/<str:pk>/<str:deed>/", jobs.act, name="job"),
]
