"""门户的地址：applying, tracking, the calculator, complaints; never a personal detail in one."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.applications.portal import applying, calculating, complaining, sending, tracking

urlpatterns = [
    path("apply/new/", applying.apply, name="apply"),
    path("apply/<int:step>/", applying.apply_step, name="apply_step"),
    path("apply/<int:step>/save/", applying.apply_save, name="apply_save"),
    path("apply/matches/", applying.apply_matches, name="apply_matches"),
    path("apply/later/<str:secret>/", applying.apply_resume, name="apply_resume"),
    path("apply/discard/", applying.apply_discard, name="apply_discard"),
    path("apply/sent/", sending.sent, name="sent"),
    path("apply/sent/receipt.pdf", sending.receipt, name="receipt"),
    path("apply/sent/done/", sending.done, name="done"),
    path("track/", tracking.track, name="track"),
    path("track/leave/", tracking.track_leave, name="track_leave"),
    path("track/case/", tracking.case, name="case"),
    path("track/case/<slug:deed>/", tracking.do, name="do"),
    path("track/paper/<int:pk>/", tracking.paper, name="paper"),
    re_path(
        r"^track/paper/(?P<pk>\d{1,18})\.(?P<form>pdf|docx)$",
        tracking.paper_file,
        name="paper_file",
    ),
    path("track/file/<int:pk>/", tracking.file, name="file"),
    path("track/complaint/", complaining.complaint, name="complaint"),
    path("calculator/", calculating.calculator, name="calculator"),
    path("complain/", complaining.complain, name="complain"),
    path("complain/received/", complaining.complained, name="complained"),
]
