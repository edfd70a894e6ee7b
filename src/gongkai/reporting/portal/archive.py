"""年报专栏：the reports of all units, a year a page, in the order of the tree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.reporting.models import Filing
from gongkai.reporting.series import RANK, provenance
from gongkai.reporting.showing import COLUMN
from gongkai.reporting.states import Basis, Scope, State

#: More reports of a year than any city has.
MOST = 2_000
_LISTED = ("pk", "organ", "organ__path", "scope", "name", "version", "basis", "document",
           "published_on")  # fmt: skip


@require_safe
def archive(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """按年度列出：whole reports before the office's own. Who has not published is not told here."""
    rows = Filing.objects.public().filter(state=State.PUBLISHED)
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    if year is not None and year not in years:
        raise Http404
    wanted = year or (years[0] if years else 0)
    found = rows.filter(year=wanted).order_by("organ__path").values(*_LISTED)[:MOST]
    listed = sorted(found, key=lambda row: (row["organ__path"], RANK[row["scope"]], row["name"]))
    context = {
        "year": wanted,
        "years": [(one, reverse("reporting:archive_year", args=[one])) for one in years],
        "lines": [
            {
                "url": reverse("reporting:report", args=[row["pk"]]),
                "title": f"{row['name']}{wanted}年政府信息公开工作年度报告",
                "whole": row["scope"] == Scope.WHOLE,
                "corrected": row["version"] > 1,
                "loaded": row["basis"] == Basis.FILE and row["document"] is None,
                "day": row["published_on"].isoformat(),
                "depth": row["organ__path"].count("/") - 2,
            }
            for row in listed
        ],
        "loaded_label": provenance(Basis.FILE, loaded=True),
        "tag_column": COLUMN,
    }
    return render(request, "reporting/portal/archive.html", context)
