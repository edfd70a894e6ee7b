"""工作台的地址：below /desk/disputes/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.disputes.desk import case, deeds, ledger, loading, registering

urlpatterns: list[URLPattern] = [
    path("", ledger.ledger, name="ledger"),
    path("print/", ledger.printed, name="print"),
    path("export/", ledger.export, name="export"),
    path("statistics/", ledger.statistics, name="statistics"),
    path("load/", loading.load, name="load"),
    path("new/", registering.register, name="register"),
    path("<int:pk>/", case.dispute, name="dispute"),
    path("<int:pk>/act/", case.act, name="act"),
    path("<int:pk>/remark/", case.remark, name="remark"),
    path("<int:pk>/files/<int:key>/", case.file, name="file_of"),
    path("<int:pk>/do/amend/", registering.amend, name="do_amend"),
    path("<int:pk>/hearings/<int:key>/attend/", deeds.attend, name="attend"),
    path("<int:pk>/hearings/<int:key>/cancel/", deeds.cancel, name="cancel_hearing"),
    *(
        path(f"<int:pk>/do/{deed.move.replace('_', '-')}/", deeds.view_of(deed),
             name=f"do_{deed.move}")
        for deed in deeds.DEEDS
    ),
]  # fmt: skip
