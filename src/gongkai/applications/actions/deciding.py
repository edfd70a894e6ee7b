"""定结果：for each matter one outcome, what was found, and whether it can be severed.

One pick fills all: article, row of Table 3, letter, remedy. What the law wants to have been done
before it (a search, a letter to the third party, the question of severing) stands in the way here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from gongkai.applications.actions.suggesting import suggested
from gongkai.applications.actions.taking import refuse, why_not_handle
from gongkai.applications.models import Application, Matter
from gongkai.applications.states import OPEN, UNDER_REVIEW, Opinion, State
from gongkai.law.course import Status
from gongkai.law.events import CorrectionReceived, ReasonsAsked, Whom, Withdrawn
from gongkai.law.outcomes import OUTCOMES, Outcome, outcome
from gongkai.organs.models import Staff
from gongkai.trail.actions import record

#: 不予公开：before any of these the question of severing must be answered（第三十七条）.
REFUSALS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
#: Of several matters answered differently, what counts: something disclosed makes it B.
_DISCLOSED = ("A1", "A2", "B")


def why_not_decide(matter: Matter, code: str) -> list[str]:
    """不能选这个结果的原因：what must have been done before."""
    application = matter.application
    reasons = []
    if application.state not in OPEN or application.state in (*UNDER_REVIEW, State.APPROVED):
        reasons.append(f"现在是“{application.get_state_display()}”，不能改变答复结果")
    check = _CHECKS.get(code)
    return reasons + (check(application) if check else [])


def choices(matter: Matter) -> list[tuple[Outcome, list[str]]]:
    """可选的结果：all of them, each with what stands in its way."""
    return [(one, why_not_decide(matter, one.code)) for one in OUTCOMES]


@transaction.atomic
def decide(
    matter: Matter,
    code: str,
    *,
    by: Staff | None,
    findings: Mapping[str, Any] | None = None,
    severable: bool | None = None,
    severing: str = "",
) -> None:
    """定结果：one outcome for one matter; what the record tells of it is filled in beforehand.

    Raises NotAllowed with all reasons, BadInput.
    """
    chosen = outcome(code)
    refuse([*why_not_handle(matter.application, by=by), *why_not_decide(matter, code)])
    matter.outcome = chosen.code
    matter.findings = suggested(matter.application, code) | dict(findings or {})
    if severable is not None:
        matter.severable, matter.severing = severable, severing.strip()
    matter.save(update_fields=["outcome", "findings", "severable", "severing"])
    record(matter.application, "decide", by=by, label="定答复结果", note=f"{chosen}")


def overall(application: Application) -> str:
    """计入的结果：one for the whole request（表三）; empty while a matter has none.

    Matters answered alike keep their outcome; where something is disclosed and something is not
    it is B, partly disclosed; else the first matter's counts.
    """
    codes = list(application.matters.values_list("outcome", flat=True))
    if not codes or "" in codes:
        return ""
    if len(set(codes)) == 1:
        return codes[0]
    if any(code in _DISCLOSED for code in codes):
        both = set(codes) <= {"A1", "A2"}
        return "A2" if both else "B"
    return codes[0]


def why_not_ready(application: Application) -> list[str]:
    """答复还缺什么：each matter decided; refusals severed; nothing chosen without its ground."""
    reasons = []
    matters = list(application.matters.all())
    for order, matter in enumerate(matters, start=1):
        which = f"第{order}项" if len(matters) > 1 else ""
        if not matter.outcome:
            reasons.append(f"{which}还没有选定答复结果")
            continue
        if matter.outcome in REFUSALS and matter.severable is None:
            reasons.append(f"{which}决定不予公开之前，应当考虑能否区分处理（第三十七条）")
        if matter.outcome in REFUSALS and matter.severable:
            reasons.append(f"{which}可以区分处理的，应当部分公开，不能全部不予公开（第三十七条）")
        check = _CHECKS.get(matter.outcome)
        reasons += [f"{which}{reason}" for reason in (check(application) if check else [])]
    return reasons


# ── 各种结果的前提 ──────────────────────────────────────────────────────────────────────────


def _searched(application: Application) -> list[str]:
    if application.searches.exists():
        return []
    return ["选“信息不存在”之前，应当登记检索记录（检索的系统、检索词、时间范围、检索人）"]


def _asked_third_party(application: Application) -> list[str]:
    """第三方意见是不予公开的前提（第十五条、第三十二条）。"""
    asked = application.consultations.filter(whom=Whom.THIRD_PARTY.value)
    if not asked.exists():
        return ["以第三方合法权益为由不予公开，应当先书面征求第三方的意见（第三十二条）"]
    if asked.filter(ended_on__isnull=True).exists():
        return ["第三方还没有答复，其答复期也没有届满"]
    if not asked.filter(opinion__in=[Opinion.REFUSES, Opinion.PARTLY, Opinion.SILENT]).exists():
        return ["第三方同意公开，不能以此为由不予公开（第三十二条）"]
    return []


def _happened(kind: str, otherwise: str) -> Callable[[Application], list[str]]:
    def check(application: Application) -> list[str]:
        return [] if application.events.counting().filter(kind=kind).exists() else [otherwise]

    return check


def _abandoned(otherwise: str) -> Callable[[Application], list[str]]:
    """The time the applicant was given must really have passed."""

    def check(application: Application) -> list[str]:
        return [] if application.standing == Status.ABANDONED.value else [otherwise]

    return check


def _repeated(application: Application) -> list[str]:
    earlier = Application.objects.filter(
        person_key=application.person_key, organ=application.organ, answered_on__isnull=False
    ).exclude(pk=application.pk)
    if application.origin_id or (application.person_key and earlier.exists()):
        return []
    return ["没有找到同一申请人此前已经答复的申请，不能认定为重复申请（第三十六条第（六）项）"]


def _consultations_over(application: Application) -> list[str]:
    if application.consultations.filter(ended_on__isnull=True).exists():
        return ["征求意见还没有结束"]
    return []


_CHECKS: dict[str, Callable[[Application], list[str]]] = {
    "A2": _consultations_over,
    "B": _consultations_over,
    "C4": _asked_third_party,
    "D1a": _searched,
    "D3": _happened(CorrectionReceived.TYPE, "没有收到过补正，不能认定补正后仍不明确（第三十条）"),
    "E2": _repeated,
    "E4": _happened(
        ReasonsAsked.TYPE, "没有要求申请人说明理由，不能以此为由不予处理（第三十五条）"
    ),
    "F1": _abandoned("补正期限没有届满，不能视为放弃申请（第三十条）"),
    "F2": _abandoned("缴费期限没有届满，不能视为放弃申请"),
    "F3a": _happened(Withdrawn.TYPE, "申请人没有撤回申请"),
}
