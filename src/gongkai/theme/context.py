"""页面公用：what every template may ask for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongkai.theme.navigation import DESK, PORTAL
from gongkai.theme.reading import Reading


def site(request: HttpRequest) -> dict[str, Any]:
    """网站标识 ``website``、阅读方式 ``reading``, the nonce, the demo flag, the navigations."""
    return {
        "website": settings.SITE,
        "demo": settings.DEMO,
        "reading": getattr(request, "reading", None) or Reading(),
        "nonce": getattr(request, "csp_nonce", ""),
        "desk_navigation": lambda: DESK.shown_to(request),
        "portal_navigation": lambda: PORTAL.shown_to(request),
    }
