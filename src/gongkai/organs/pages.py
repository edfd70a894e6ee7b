"""工作台页面的门：a page of the desk is for staff who are signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai.organs.models import Staff


class StaffRequest(HttpRequest):
    """请求：one whose user is known to be a member of the staff."""

    user: Staff


def desk_page(
    page: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """工作台页面：sign-in needed, never kept by caches, not for search engines."""

    @login_required
    @wraps(page)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = page(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded
