"""回执：number and query code, the legal last day and why, what happens next."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.applications.actions.filing import receipt_of
from gongkai.applications.clock import standing_of
from gongkai.applications.letters.printing import pdf
from gongkai.applications.models import Application
from gongkai.applications.portal.applying import TAG
from gongkai.applications.portal.drafts import desk_of, forget
from gongkai.applications.portal.showing import reckoning
from gongkai.applications.showing import boxes
from gongkai.applications.states import Sort

#: 查询码只在提交后这么久以内显示。
SHOWN_FOR = timedelta(minutes=30)


def _just_sent(request: HttpRequest) -> Application | None:
    """刚提交的：by the cookie of the draft it came from, and only for a while."""
    draft = desk_of(request).draft
    application = draft.application if draft else None
    if application is None or application.created_at < timezone.now() - SHOWN_FOR:
        return None
    return application


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """登记回执：the only page that ever shows the query code."""
    application = _just_sent(request)
    if application is None:
        return redirect("applications:track")
    standing = standing_of(application)
    context = {
        "application": application,
        "code": application.code.open(),
        "twin": application.origin,
        "standing": standing,
        "rectification": application.sort == Sort.RECTIFICATION,
        "reckoning": reckoning(standing, rectification=application.sort == Sort.RECTIFICATION),
        "days": boxes(standing),
        "tag_column": TAG | {"name": "登记回执"},
    }
    return render(request, "applications/portal/sent.html", context)


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """登记回执（PDF）。"""
    application = _just_sent(request)
    if application is None:
        raise Http404
    response = HttpResponse(pdf(receipt_of(application)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="receipt.pdf"'
    return response


@never_cache
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """看完回执：the browser forgets it, so that the next person at it sees nothing."""
    return forget(redirect("/"))
