"""期限计算：anybody's own case, reckoned by the same clock as ours; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.applications.forms.calculating import CalculatorForm
from gongkai.applications.portal.showing import reckoning
from gongkai.applications.showing import boxes, stretches
from gongkai.errors import GongkaiError
from gongkai.law.clock import Standing, replay
from gongkai.law.events import Ledger
from gongkai.theme.forms import add_sentence

TAG = {
    "name": "期限计算", "description": "计算政府信息公开申请的答复期限", "keywords": "期限,工作日",
    "type": "依申请公开",
}  # fmt: skip
#: 途中的事：what stands together on the page.
GROUPS = (
    ("确认收到", ("confirmed",)),
    ("补正（第三十条）", ("correction_notice", "correct_by", "correction_received")),
    (
        "征求意见（第三十二条、第三十三条第三款）",
        ("consult_sent", "consult_whom", "consult_delivered", "consult_reply"),
    ),
    ("延期（第三十三条第二款）", ("extension", "extension_days")),
    (
        "收费（《信息处理费管理办法》第六条）",
        ("fee_notice", "fee_received", "fee_paid"),
    ),
)


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """期限计算：the address says the whole case, so it can be passed on."""
    asked = "received" in request.GET
    form = CalculatorForm(request.GET) if asked else CalculatorForm()
    context: dict[str, Any] = {"form": form, "tag_column": TAG}
    if asked and form.is_valid():
        try:
            context |= _answer(form.cleaned_data["ledger"])
        except GongkaiError as problem:
            add_sentence(form, problem)
    context["groups"] = [
        (name, [form[one] for one in fields], any(_used(form[one]) for one in fields))
        for name, fields in GROUPS
    ]
    return render(request, "applications/portal/calculator.html", context)


def _used(field: BoundField) -> bool:
    """Filled in, or wrong: then its group stands open. Whom one asks is always filled in."""
    return bool(field.errors) or (field.name != "consult_whom" and bool(field.value()))


def _answer(ledger: Ledger) -> dict[str, Any]:
    standing = _standing(ledger)
    return {
        "standing": standing,
        "flags": [str(flag) for flag in standing.flags],
        "reckoning": reckoning(standing),
        "days": boxes(standing),
        "stretches": list(stretches(standing)),
    }


def _standing(ledger: Ledger) -> Standing:
    """As things stand today; of a case that lies ahead, as they stand after its last event."""
    last = ledger.events[-1].on if ledger.events else ledger.received
    today = timezone.localdate()
    return replay(ledger, asof=max(last, today) if ledger.received <= today else last)
