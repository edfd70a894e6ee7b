"""工作台的地址：below /desk/applications/<pk>/do/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.applications.desk.deeds import asking, course, period, replying, reviewing, serving
from gongkai.applications.desk.deeds.page import views_of

_DEEDS = (*course.DEEDS, *asking.DEEDS, *period.DEEDS, *serving.DEEDS)

urlpatterns: list[URLPattern] = [
    *(
        path(f"{move.replace('_', '-')}/", view, name=f"deed_{move}")
        for move, view in views_of(_DEEDS).items()
    ),
    path("reply/", replying.reply, name="deed_submit"),
    path("reply/<int:key>/", replying.matter, name="deed_decide"),
    path("pass-legal/", reviewing.pass_legal, name="deed_pass_legal"),
    path("pass-secrecy/", reviewing.pass_secrecy, name="deed_pass_secrecy"),
    path("sign/", reviewing.sign, name="deed_sign"),
    path("send/<int:key>/", serving.send, name="deed_send"),
    path("service/<int:key>.pdf", serving.record_of_service, {"form": "pdf"},
         name="service_record_pdf"),
    path("service/<int:key>.docx", serving.record_of_service, {"form": "docx"},
         name="service_record_docx"),
    path("slip.pdf", serving.slip, {"form": "pdf"}, name="approval_slip_pdf"),
    path("slip.docx", serving.slip, {"form": "docx"}, name="approval_slip_docx"),
]  # fmt: skip
