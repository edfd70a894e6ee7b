"""出错页面：what went wrong, in words, and where to go from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.errors import GongkaiError, NotAllowed


def page(request: HttpRequest, status: int, heading: str, *sentences: str) -> HttpResponse:
    """One error page; it needs no database, so it can also say that the database is gone."""
    context = {"status": status, "heading": heading, "sentences": sentences}
    return render(request, "theme/error.html", context, status=status)


def sentence(request: HttpRequest, problem: GongkaiError) -> HttpResponse:
    """The sentence of an error of the house as a page: 403 for what is not allowed, else 400."""
    if isinstance(problem, NotAllowed):
        return page(request, 403, "现在不能这样做", str(problem))
    return page(request, 400, "提交的内容有误", str(problem))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400。"""
    return page(request, 400, "请求有误", "浏览器发来的请求不完整或者被改动过，请返回后重试。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403。"""
    said = str(exception)
    return page(
        request, 403, "没有权限", said or "您没有办理这件事的权限，请与本机关的管理员联系。"
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404。"""
    return page(
        request,
        404,
        "没有找到这个页面",
        "地址可能写错了，也可能内容已经撤下。可以用页面上方的搜索框按标题、文号或者索引号查找。",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500。"""
    return page(
        request,
        500,
        "系统出错了",
        "问题已经记录，请稍后再试。刚才提交的内容如果没有看到结果，就是没有保存。",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """表单过期：the token of a form is missing or old."""
    return page(
        request,
        403,
        "页面已经过期",
        "为了安全，长时间没有提交的页面会失效。请返回上一页，刷新后重新提交。",
        "浏览器需要允许 Cookie。",
    )
