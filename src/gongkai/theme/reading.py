"""阅读方式：script, elder mode, contrast; chosen by the reader, kept in cookies."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

#: Cookie and query parameter → what it may be; the first is the default.
CHOICES = {
    "script": ("hans", "hant"),
    "view": ("standard", "elder"),
    "contrast": ("normal", "high"),
    "size": ("medium", "large", "larger"),
}
#: A year; a choice of reading is no secret and no person.
KEPT_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Reading:
    """阅读方式：what the reader has chosen."""

    script: str = "hans"
    view: str = "standard"
    contrast: str = "normal"
    size: str = "medium"

    @classmethod
    def of(cls, request: HttpRequest) -> Reading:
        """From the address first (a link may carry ``?script=hant``), then from the cookies."""
        chosen = {}
        for name, allowed in CHOICES.items():
            value = request.GET.get(name) or request.COOKIES.get(name, "")
            if value in allowed:
                chosen[name] = value
        return cls(**chosen)

    @property
    def traditional(self) -> bool:
        """繁体。"""
        return self.script == "hant"

    @property
    def elder(self) -> bool:
        """适老模式。"""
        return self.view == "elder"

    @property
    def language(self) -> str:
        """The language of the page for its ``lang`` attribute."""
        return "zh-Hant" if self.traditional else "zh-Hans"

    @property
    def classes(self) -> str:
        """Classes of the ``html`` element; the stylesheet does the rest."""
        names = [self.view, f"contrast-{self.contrast}", f"size-{self.size}"]
        return " ".join(names)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """切换阅读方式：``?view=elder&next=/…`` keeps the choice and goes back where one was."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, allowed in CHOICES.items():
        value = request.GET.get(name, "")
        if value == allowed[0]:
            response.delete_cookie(name)
        elif value in allowed:
            response.set_cookie(
                name,
                value,
                max_age=KEPT_SECONDS,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
    return response
