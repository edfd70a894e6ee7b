"""工作台的地址：below /desk/applications/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.applications.desk import (
    case,
    files,
    handling,
    knowledge,
    receiving,
    register,
    supervision,
)

urlpatterns: list[URLPattern] = [
    path("", register.register, name="desk_register"),
    path("saved/", register.save_list, name="save_list"),
    path("saved/<int:pk>/forget/", register.forget_list, name="forget_list"),
    path("give/", register.give, name="give"),
    path("print/", register.printed, name="print_register"),
    path("export/", register.export, name="export"),
    path("receive/", receiving.receive, name="receive"),
    path("<int:pk>/received/", receiving.received, name="received"),
    path("<int:pk>/code/", receiving.open_code, name="open_code"),
    path("<int:pk>/receipt.pdf", receiving.receipt, name="receipt"),
    path("<int:pk>/", case.application, name="desk_application"),
    path("<int:pk>/act/", case.act, name="desk_act"),
    path("<int:pk>/remark/", case.remark, name="desk_remark"),
    path("<int:pk>/answer/", case.answer, name="desk_answer"),
    path("<int:pk>/applicants/<int:key>/", case.open_identity, name="desk_identity"),
    path("<int:pk>/consultations/<int:key>/contact/", case.open_contact, name="desk_contact"),
    path("<int:pk>/papers/<int:key>/", files.paper, name="desk_paper"),
    path("<int:pk>/papers/<int:key>.docx", files.paper_file, {"form": "docx"},
         name="desk_paper_docx"),
    path("<int:pk>/papers/<int:key>.pdf", files.paper_file, {"form": "pdf"},
         name="desk_paper_pdf"),
    path("<int:pk>/form.pdf", files.form_file, {"form": "pdf"}, name="desk_form_pdf"),
    path("<int:pk>/form.docx", files.form_file, {"form": "docx"}, name="desk_form_docx"),
    path("<int:pk>/alike/", knowledge.alike, name="alike"),
    path("<int:pk>/publish/", knowledge.publish, name="publish"),
    path("supervision/", supervision.overview, name="supervision"),
    path("samples/", supervision.samples, name="samples"),
    path("samples/<int:pk>/", supervision.sample, name="sample"),
    path("orders/", supervision.orders, name="orders"),
    path("orders/<int:pk>/", supervision.order, name="order"),
    path("orders/new/<int:organ>/", supervision.new_order, name="new_order"),
    path("complaints/", supervision.complaints, name="complaints"),
    path("complaints/<int:pk>/", supervision.complaint, name="complaint"),
    path("topics/", knowledge.topics, name="topics"),
    path("<int:pk>/register/", handling.register, name="deed_register"),
    path("<int:pk>/assign/", handling.assign, name="deed_assign"),
    path("<int:pk>/confirm/", handling.confirm, name="deed_confirm"),
    path("<int:pk>/attempt/", handling.attempt, name="deed_attempt"),
    path("<int:pk>/strike/", handling.strike, name="deed_strike"),
    path("<int:pk>/files/<int:key>/", files.attachment, name="desk_attachment"),
]  # fmt: skip
