"""网上申请的三步：what is wanted, who asks, look it over and send; all of it without script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.applications.actions.filing import discard, draft_by, drop_file, file, keep, keep_file
from gongkai.applications.actions.limiting import Limit
from gongkai.applications.actions.receiving import Asked, Person
from gongkai.applications.forms.applying import (
    MOST_JOINT,
    ApplicantForm,
    PersonForm,
    SendForm,
    WantedForm,
    organs_to_ask,
)
from gongkai.applications.models import Application, Draft
from gongkai.applications.portal.drafts import (
    COOKIE,
    Desk,
    desk_of,
    forget,
    joint_count,
    keep_typed,
    raw,
)
from gongkai.applications.portal.matches import matches
from gongkai.applications.states import Attached, Delivery, Form, Sort
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.law.events import Channel
from gongkai.organs.models import Organ
from gongkai.organs.signin import client_address
from gongkai.theme.forms import add_sentence

#: 附件的去处：which box of which step keeps which class of file.
BOXES = {
    1: {"materials": Attached.REQUEST},
    2: {"proof": Attached.IDENTITY, "mandate": Attached.PROXY},
}
#: A legal aid office may send many; a machine may not.
_SENT = Limit("send", 120, timedelta(hours=1))
TAG = {
    "name": "网上申请", "description": "网上申请公开政府信息", "keywords": "依申请公开,网上申请",
    "type": "依申请公开",
}  # fmt: skip


@never_cache
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """开始申请：the first step, with the organ one came from."""
    desk = desk_of(request)
    told = dict(desk.typed("wanted") or {})
    wanted = request.GET.get("organ", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
        named = Organ.objects.filter(pk=int(wanted)).values_list("name", flat=True).first()
        told["organ"] = named or told.get("organ", "")
    if request.GET.get("sort") == Sort.RECTIFICATION:
        told["sort"] = Sort.RECTIFICATION.value
    return _first(request, desk, WantedForm(initial=told))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_step(request: HttpRequest, step: int) -> HttpResponse:
    """一步：shown as it was left; sent off, it is kept first and judged after."""
    if step not in (1, 2, 3):
        raise Http404
    desk = desk_of(request)
    if request.method == "POST":
        return desk.given(_posted(request, desk, step))
    if step > 1 and (early := _too_early(request, desk, step)):
        return early
    if step == 1:
        return _first(request, desk, WantedForm(initial=desk.typed("wanted") or {}))
    if step == 2:
        told = desk.typed("applicant") or {}
        return _second(request, desk, ApplicantForm(initial=told), _joint(told.get("joint", [])))
    return _third(request, desk, SendForm())


def _posted(request: HttpRequest, desk: Desk, step: int) -> HttpResponse:
    if step == 3:
        return _send(request, desk)
    problems: list[tuple[str | None, str]] = []
    try:
        keep_typed(desk, request, step)
        problems += _keep_files(request, desk, step)
    except GongkaiError as problem:
        problems.append((None, str(problem)))
    if request.POST.get("website"):
        problems.append((None, "“网站”一栏不是给申请人填写的，请清空后再提交。"))
    go = request.POST.get("go", "next")
    if not problems and (answer := _aside(request, desk, step, go)):
        return answer
    form = WantedForm(request.POST) if step == 1 else _applicant(request, desk)
    for field, sentence in problems:
        form.add_error(field, sentence)
    if step == 1:
        return _after_first(request, desk, form, go)
    joint = [PersonForm(request.POST, prefix=f"joint-{n}") for n in range(joint_count(request))]
    judged = [one.is_valid() for one in (form, *joint)]
    if not all(judged):
        return _second(request, desk, form, joint)
    return redirect("applications:apply_step", 3)


def _applicant(request: HttpRequest, desk: Desk) -> ApplicantForm:
    return ApplicantForm(request.POST, held=_held(desk.open))


def _aside(request: HttpRequest, desk: Desk, step: int, go: str) -> HttpResponse | None:
    """Buttons that do not go on: back, later, a file taken away, one more person."""
    draft = desk.open
    if draft is None:
        return None
    if go == "back":
        return redirect("applications:apply_step", max(1, step - 1))
    if go == "later":
        return _later(request, desk.secret or request.COOKIES.get(COOKIE, ""))
    if go.startswith("drop-") and go[5:].isascii() and go[5:].isdigit() and len(go) < 20:
        drop_file(draft, int(go[5:]))
        return redirect(f"{reverse('applications:apply_step', args=[step])}#files")
    if go in ("more", "fewer") and step == 2:
        told = desk.typed("applicant")
        rows = [*told["joint"], {}] if go == "more" else told["joint"][:-1]
        keep(draft, "applicant", told | {"joint": rows[:MOST_JOINT]})
        return redirect(f"{reverse('applications:apply_step', args=[2])}#joint")
    return None


def _after_first(request: HttpRequest, desk: Desk, form: forms.Form, go: str) -> HttpResponse:
    """下一步：first what may already be public; “都不是” is asked once a wording."""
    if not form.is_valid():
        return _first(request, desk, form)
    draft = desk.open
    assert draft is not None
    asked = [form.cleaned_data["subject"], form.cleaned_data["wanted_number"]]
    if go == "none":
        keep(draft, "settled", asked)
    elif desk.typed("settled") != asked and (found := matches(*asked)):
        return _first(request, desk, form, found=found, asked=True)
    return redirect("applications:apply_step", 2)


def _keep_files(request: HttpRequest, desk: Desk, step: int) -> list[tuple[str | None, str]]:
    """保存附件：those that can be kept are; of the others, the field and the sentence why not."""
    problems: list[tuple[str | None, str]] = []
    for box, sort in BOXES[step].items():
        for upload in request.FILES.getlist(box):
            try:
                keep_file(desk.begun(request), sort, upload, upload.name or "附件")
            except GongkaiError as problem:
                problems.append((box, str(problem)))
    return problems


def _held(draft: Draft | None) -> dict[str, int]:
    """已传的：how many of each class."""
    held: dict[str, int] = {}
    for sort in draft.files.values_list("sort", flat=True) if draft else ():
        held[sort] = held.get(sort, 0) + 1
    return held


def _joint(rows: list[dict[str, str]]) -> list[PersonForm]:
    return [PersonForm(initial=told, prefix=f"joint-{n}") for n, told in enumerate(rows)]


# ── 三步的页面 ───────────────────────────────────────────────────────────────────────────────


def _page(request: HttpRequest, desk: Desk, step: int, **context: Any) -> HttpResponse:
    draft = desk.open
    files = list(draft.files.all()) if draft else []
    names = {1: "one", 2: "two", 3: "three"}
    told = {
        "step": step,
        "draft": draft,
        "files": {sort.value: [f for f in files if f.sort == sort] for sort in Attached},
        "tag_column": TAG,
        **context,
    }
    address = f"applications/portal/{names[step]}.html"
    return desk.given(render(request, address, told))


def _first(request: HttpRequest, desk: Desk, form: forms.Form, **context: Any) -> HttpResponse:
    return _page(request, desk, 1, form=form, organs=organs_to_ask(), **context)


def _second(
    request: HttpRequest,
    desk: Desk,
    form: forms.Form,
    joint: list[PersonForm],
) -> HttpResponse:
    room = len(joint) < MOST_JOINT
    return _page(
        request,
        desk,
        2,
        form=form,
        joint=joint,
        room=room,
        wrong=any(one.errors for one in joint),
    )


def _third(request: HttpRequest, desk: Desk, form: forms.Form) -> HttpResponse:
    wanted, applicant, joint = _judged(desk)
    context = {
        "wanted": wanted.cleaned_data,
        "applicant": applicant.cleaned_data,
        "persons": [one.cleaned_data for one in joint],
        "labels": _labels(wanted, applicant),
        "form": form,
    }
    return _page(request, desk, 3, **context)


def _labels(wanted: WantedForm, applicant: ApplicantForm) -> dict[str, str]:
    """The words of what was chosen."""
    return {
        name: str(dict(form.fields[name].choices).get(form.cleaned_data.get(name), ""))  # type: ignore[attr-defined]
        for form, names in (
            (wanted, ("sort",)),
            (applicant, ("category", "identity", "form", "delivery")),
        )
        for name in names
    }


def _judged(desk: Desk) -> tuple[WantedForm, ApplicantForm, list[PersonForm]]:
    """The forms once more, from what is kept: nobody sends what was not judged."""
    wanted = WantedForm(desk.typed("wanted") or {})
    told = desk.typed("applicant") or {}
    applicant = ApplicantForm(told, held=_held(desk.open))
    joint = [PersonForm(one) for one in told.get("joint", [])]
    for form in (wanted, applicant, *joint):
        form.is_valid()
    return wanted, applicant, joint


def _too_early(request: HttpRequest, desk: Desk, step: int) -> HttpResponse | None:
    """次序：a step whose predecessors are not done leads back to the first of them."""
    if desk.draft is not None and desk.draft.application_id is not None:
        return redirect("applications:sent")
    wanted, applicant, joint = _judged(desk)
    if not wanted.is_valid():
        messages.warning(request, "请先填好第一步：需要什么信息。已填的内容都在。")
        return redirect("applications:apply_step", 1)
    if step > 2 and not (applicant.is_valid() and all(one.is_valid() for one in joint)):
        messages.warning(request, "请先填好第二步：申请人和获取方式。已填的内容都在。")
        return redirect("applications:apply_step", 2)
    return None


# ── 提交 ────────────────────────────────────────────────────────────────────────────────────


def _send(request: HttpRequest, desk: Desk) -> HttpResponse:
    """提交：once, however often it is pressed."""
    if early := _too_early(request, desk, 3):
        return early
    go = request.POST.get("go", "next")
    if answer := _aside(request, desk, 3, go):
        return answer
    form = SendForm(request.POST)
    if not form.is_valid():
        return _third(request, desk, form)
    draft, who = desk.open, client_address(request) or ""
    assert draft is not None
    try:
        if _SENT.reached(who):
            raise NotAllowed(
                "这个网络地址一小时内提交的申请太多，请过一会儿再提交；已填的内容都保存着，"
                "也可以邮寄或者当面提交。"
            )
        file_of(desk, draft)
    except GongkaiError as problem:
        draft.refresh_from_db()
        if draft.application_id is None:
            add_sentence(form, problem)
            return _third(request, desk, form)
    _SENT.count(who)
    return redirect("applications:sent")


def file_of(desk: Desk, draft: Draft) -> Application:
    """一件申请：of what the three steps say. Raises NotAllowed, Unreadable."""
    wanted, applicant, joint = _judged(desk)
    if not (wanted.is_valid() and applicant.is_valid() and all(one.is_valid() for one in joint)):
        raise NotAllowed("申请还没有填写完整。")  # sent by another tab a moment ago, or changed
    told, who = wanted.cleaned_data, applicant.cleaned_data
    asked = Asked(
        channel=Channel.ONLINE,
        sort=Sort(told["sort"]),
        subject=told["subject"],
        wanted_number=told["wanted_number"],
        description=told["description"],
        purpose=who["purpose"],
        form=Form(who["form"]),
        delivery=Delivery(who["delivery"]),
        assistance=who["assistance"],
    )
    persons: list[Person] = [applicant.person(), *(one.person(who["category"]) for one in joint)]
    return file(draft, told["organ"], asked, persons)


# ── 保存、稍后继续、放弃 ─────────────────────────────────────────────────────────────────────


@never_cache
@require_POST
def apply_save(request: HttpRequest, step: int) -> HttpResponse:
    """自动保存：what stands in the fields now; says so, or why not."""
    if step not in BOXES:
        raise Http404
    desk = desk_of(request)
    try:
        keep_typed(desk, request, step)
    except GongkaiError as problem:
        return HttpResponse(str(problem), content_type="text/plain; charset=utf-8")
    now = timezone.localtime()
    said = HttpResponse(f"已自动保存（{now:%H:%M}）", content_type="text/plain; charset=utf-8")
    return desk.given(said)


@never_cache
@require_POST
def apply_matches(request: HttpRequest) -> HttpResponse:
    """边填边查：what may already be public; nothing of it is written down."""
    told = raw(request, WantedForm)
    found = matches(told.get("subject", ""), told.get("wanted_number", ""))
    return render(request, "applications/portal/_matches.html", {"found": found})


def _later(request: HttpRequest, secret: str) -> HttpResponse:
    """稍后继续：the link that leads back; whoever has it can read what was typed."""
    link = request.build_absolute_uri(reverse("applications:apply_resume", args=[secret]))
    response = render(request, "applications/portal/later.html", {"link": link, "tag_column": TAG})
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_safe
def apply_resume(request: HttpRequest, secret: str) -> HttpResponse:
    """继续填写：from the link, to the step where one stopped."""
    draft = draft_by(secret)
    if draft is None:
        messages.warning(
            request, "没有找到没填完的申请：可能已经提交、放弃，或者超过30天已经清除。"
        )
        return redirect("applications:apply")
    desk = Desk(draft, secret)
    if draft.application_id is not None:
        messages.info(request, "这件申请已经提交，请凭回执上的编号和查询码查询办理情况。")
        return redirect("applications:track")
    response = desk.given(redirect("applications:apply_step", draft.step))
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_POST
def apply_discard(request: HttpRequest) -> HttpResponse:
    """放弃填写：nothing stays, neither here nor in the browser."""
    if draft := desk_of(request).open:
        discard(draft)
    messages.success(request, "已放弃填写，填过的内容和附件都已清除。")
    return forget(redirect("applications:apply"))
