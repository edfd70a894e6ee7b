"""工作台的地址：calls, rounds, files and practice, below /desk/reports/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.reporting.desk import calls, fromfile, loads, practice, rounds, sums

_CALL = "calls/<int:pk>/"
_UNIT = f"{_CALL}units/<int:key>/"
urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.new_call, name="new_call"),
    path(_CALL, calls.call, name="call"),
    path(f"{_CALL}amend/", calls.amend, name="call_amend"),
    path(f"{_CALL}act/", calls.act, name="call_act"),
    path(f"{_CALL}units/", calls.add_unit, name="unit_add"),
    path(f"{_UNIT}remove/", calls.remove_unit, name="unit_remove"),
    path(f"{_UNIT}due/", calls.set_due, name="unit_due"),
    path(f"{_UNIT}file/", rounds.unit_file, name="unit_file"),
    path(f"{_CALL}progress/", rounds.progress, name="progress"),
    path(f"{_CALL}progress.csv", rounds.progress_file, {"form": "csv"}, name="progress_csv"),
    path(f"{_CALL}progress.xlsx", rounds.progress_file, {"form": "xlsx"}, name="progress_xlsx"),
    path(f"{_CALL}urge/", rounds.urge, name="urge"),
    path(f"{_CALL}whole/", rounds.begin_whole, name="begin_whole"),
    path(f"{_CALL}sums/", sums.sums, name="sums"),
    path(f"{_CALL}sums.csv", sums.sums_file, {"form": "csv"}, name="sums_csv"),
    path(f"{_CALL}sums.xlsx", sums.sums_file, {"form": "xlsx"}, name="sums_xlsx"),
    path("clearing/", rounds.clearing_page, name="clearing"),
    path("loads/", loads.loads, name="loads"),
    path("loads/<int:pk>/", loads.intake, name="intake"),
    path("from-file/", fromfile.from_file, name="from_file"),
    path("<int:pk>/again/", fromfile.again, name="read_again"),
    path("figures/", loads.figures, name="figures"),
    path("figures/empty.csv", loads.empty_table, name="empty_table"),
    path("practice/", practice.practice, name="practice"),
]
