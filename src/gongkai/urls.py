"""地址：one list of addresses; each room brings its own, the portal comes last."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

handler400 = "gongkai.theme.errors.bad_request"
handler403 = "gongkai.theme.errors.forbidden"
handler404 = "gongkai.theme.errors.not_found"
handler500 = "gongkai.theme.errors.broken"

urlpatterns = [
    path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")
]
