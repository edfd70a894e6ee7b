"""说明页面：applying, contact and mistakes, accessibility; words, hardly any data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.applications.portal.drafts import COOKIE
from gongkai.documents.models import Guide
from gongkai.portal.home import owner


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """依申请公开：the ways to apply, online first; the channels of the guide."""
    organ = owner()
    context = {
        "organ": organ,
        "guide": Guide.objects.filter(organ=organ).first() if organ else None,
        "begun": COOKIE in request.COOKIES,
        "tag_column": {
            "name": "依申请公开", "description": "依申请公开政府信息的方式和程序",
            "keywords": "依申请公开,申请", "type": "依申请公开",
        },
    }  # fmt: skip
    return render(request, "portal/apply.html", context)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """联系我们、我为政府网站找错。"""
    context = {
        "organ": owner(),
        "tag_column": {
            "name": "联系我们", "description": "网站联系方式和纠错", "keywords": "联系,找错",
            "type": "咨询投诉",
        },
    }  # fmt: skip
    return render(request, "portal/contact.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍说明：what works, and whom to tell if something does not."""
    context = {
        "organ": owner(),
        "tag_column": {
            "name": "无障碍说明", "description": "网站无障碍和适老化说明",
            "keywords": "无障碍,长者版", "type": "概况信息",
        },
    }  # fmt: skip
    return render(request, "portal/accessibility.html", context)
