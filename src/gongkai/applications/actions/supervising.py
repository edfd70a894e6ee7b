"""监督：every organ's clocks, samples of replies, orders to put right（第四十六条、第四十七条）."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.utils import timezone

from gongkai.applications.actions.taking import refuse
from gongkai.applications.models import Application, Complaint, Order, Reply, Sample
from gongkai.applications.states import OPEN
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with, rights_of
from gongkai.organs.states import Duty
from gongkai.steps.actions import take
from gongkai.trail.actions import hold, record

#: 一次最多抽取的件数。
MOST_DRAWN = 200


@dataclass(frozen=True)
class Figures:
    """一个机关的情况：received, open, late; lateness against both dates, side by side."""

    organ: Organ
    received: int
    open: int
    overdue: int
    answered: int
    late: int
    extended: int
    past_original: int
    days: float | None

    @property
    def in_time(self) -> float | None:
        """按期答复率，百分数：None while nothing has been answered."""
        if not self.answered:
            return None
        return round(100 * (self.answered - self.late) / self.answered, 1)


def organs_below(staff: Staff) -> list[Organ]:
    """所督促的机关：all below those he is the competent department of."""
    above = organs_with(staff, frozenset({Duty.COMPETENT}))
    paths = Organ.objects.filter(pk__in=above).values_list("path", flat=True)
    wanted = Q(pk__in=())
    for path in paths:
        wanted |= Q(path__startswith=path)
    return list(Organ.objects.filter(wanted).order_by("path"))


def figures(organs: Collection[Organ], since: date, until: date) -> list[Figures]:
    """各机关的情况：of what was received in a period; what is open and overdue, now.

    Late against the last day that held (with the extension), and past the original one: two
    figures, for an extension is allowed and still a delay.
    """
    today = timezone.localdate()
    rows = Application.objects.filter(organ__in=[organ.pk for organ in organs])
    of_period = rows.filter(received_on__gte=since, received_on__lte=until).order_by()
    answered = Q(answered_on__isnull=False)
    # To the first reply: one that a review orders anew says nothing of how long that took.
    took = ExpressionWrapper(F("ended_on") - F("received_on"), output_field=DurationField())
    told: dict[int, dict[str, Any]] = {
        row["organ"]: dict(row)
        for row in of_period.values("organ").annotate(
            received=Count("pk"),
            answered=Count("pk", filter=answered),
            answered_late=Count("pk", filter=answered & Q(answered_on__gt=F("last_due_on"))),
            past_original=Count("pk", filter=answered & Q(answered_on__gt=F("original_due_on"))),
            took=Avg(took, filter=answered),
        )
    }
    extended = dict(
        of_period.filter(extensions__approved=True)
        .values_list("organ")
        .annotate(count=Count("pk", distinct=True))
    )
    still: dict[int, dict[str, Any]] = {
        row["organ"]: dict(row)
        for row in rows.filter(state__in=OPEN)
        .order_by()
        .values("organ")
        .annotate(still=Count("pk"), past=Count("pk", filter=Q(due_on__lt=today)))
    }
    return [
        _figures(organ, told.get(organ.pk, {}), still.get(organ.pk, {}), extended.get(organ.pk, 0))
        for organ in organs
    ]


def _figures(organ: Organ, told: dict[str, Any], still: dict[str, Any], extended: int) -> Figures:
    took = told.get("took")
    return Figures(
        organ,
        received=told.get("received", 0),
        open=still.get("still", 0),
        overdue=still.get("past", 0),
        answered=told.get("answered", 0),
        late=told.get("answered_late", 0),
        extended=extended,
        past_original=told.get("past_original", 0),
        days=None if took is None else round(took.total_seconds() / 86_400, 1),
    )


def competent_organ(staff: Staff, over: Organ) -> Organ | None:
    """主管部门：the organ in whose name he may supervise ``over``; None where he may not."""
    keys = [right.organ_id for right in rights_of(staff, over) if right.duty is Duty.COMPETENT]
    return Organ.objects.filter(pk__in=keys).order_by("-path").first()


def _competent(staff: Staff, over: Organ, what: str) -> Organ:
    organ = competent_organ(staff, over)
    if organ is None:
        raise NotAllowed(f"{what}由{over}的主管部门办理。")
    return organ


# ── 抽查 ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def draw(
    over: Organ, since: date, until: date, count: int, *, by: Staff, seed: int | None = None
) -> list[Sample]:
    """抽查：so many replies of a period, drawn by chance; the seed is on record.

    Whoever doubts the draw can repeat it: the same seed draws the same from the same list.
    Raises NotAllowed, BadInput.
    """
    organ = _competent(by, over, "抽查")
    if not 1 <= count <= MOST_DRAWN:
        raise BadInput(f"一次抽取1至{MOST_DRAWN}件。")
    served = Q(application__organ__path__startswith=over.path, approved_at__isnull=False)
    rows = Reply.objects.filter(
        served, application__answered_on__gte=since, application__answered_on__lte=until
    ).exclude(samples__organ=organ)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise BadInput("这段时间没有可以抽查的答复。")
    chosen = random.SystemRandom().randrange(10**9) if seed is None else seed
    drawn = sorted(random.Random(chosen).sample(keys, min(count, len(keys))))
    hold()
    try:
        made = Sample.objects.bulk_create(
            Sample(reply_id=key, organ=organ, drawn_by=by) for key in drawn
        )
    except IntegrityError:
        raise NotAllowed("刚刚有人抽取了同样的答复，请重新抽取。") from None
    note = f"{since}至{until}答复{len(keys)}件中抽取{len(drawn)}件，随机种子{chosen}"
    record(over, "draw", by=by, label="抽查", note=note)
    return made


@transaction.atomic
def judge(sample: Sample, *, by: Staff, verdict: str, finding: str) -> None:
    """评定：what the reading of a reply has shown. Raises NotAllowed, BadInput."""
    application = sample.reply.application
    _competent(by, application.organ, "评定")
    if verdict not in {code for code, _ in sample._meta.get_field("verdict").flatchoices}:
        raise BadInput("请选择结论。")
    if verdict != "sound" and not finding.strip():
        raise BadInput("有瑕疵或者不符合规定的，请写明问题。")
    sample.verdict, sample.finding = verdict, finding.strip()
    sample.judged_at, sample.judged_by = timezone.now(), by
    sample.save(update_fields=["verdict", "finding", "judged_at", "judged_by"])
    record(application, "judge", by=by, label="抽查评定",
           note=f"{sample.get_verdict_display()}：{finding.strip()}".rstrip("："))  # fmt: skip


# ── 责令改正 ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def order(
    to: Organ,
    *,
    by: Staff,
    problem: str,
    demand: str,
    due_on: date,
    application: Application | None = None,
    complaint: Complaint | None = None,
    sample: Sample | None = None,
) -> Order:
    """责令改正（第四十七条）：what is wrong, what is to be done, by when.

    Raises NotAllowed, BadInput.
    """
    issuer = _competent(by, to, "责令改正")
    if not problem.strip() or not demand.strip():
        raise BadInput("请写明问题和改正要求。")
    if due_on < timezone.localdate():
        raise BadInput("改正期限不能早于今天。")
    if application is not None and application.organ_id != to.pk:
        raise BadInput("所涉申请不是这个机关受理的。")
    hold()
    made = Order.objects.create(
        issuer=issuer,
        organ=to,
        application=application,
        complaint=complaint,
        sample=sample,
        problem=problem.strip(),
        demand=demand.strip(),
        due_on=due_on,
    )
    record(made, "issue", by=by, label="责令改正", after=made.state, note=demand.strip())
    return made


@transaction.atomic
def report(made: Order, *, by: Staff, text: str) -> None:
    """报告改正情况：by the organ that was ordered. Raises NotAllowed."""
    take(made, "report", by=by, note=text, report=text.strip())


@transaction.atomic
def settle(made: Order, *, by: Staff, accepted: bool, note: str = "") -> None:
    """复核：accept what was done, or give it back with the reason. Raises NotAllowed."""
    if accepted:
        take(made, "accept", by=by, note=note, done_at=timezone.now())
    else:
        take(made, "give_back", by=by, note=note)


# ── 投诉举报 ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def find(complaint: Complaint, *, by: Staff, finding: str, sound: bool) -> None:
    """核实：it stands, and the organ is to put it right; or it does not. Raises NotAllowed."""
    take(complaint, "order" if sound else "dismiss", by=by, note=finding, finding=finding.strip())


@transaction.atomic
def answer(complaint: Complaint, *, by: Staff, text: str) -> None:
    """答复投诉人：what was found and done. Raises NotAllowed."""
    if not text.strip():
        raise BadInput("请写明答复内容。")
    refuse(why_not_answer(complaint))
    take(complaint, "answer", by=by, note=text, answer=text.strip(), answered_at=timezone.now())


def why_not_answer(complaint: Complaint) -> list[str]:
    """答复投诉人的障碍：what was ordered must have been put right, or be on its way."""
    if complaint.state == "ordered" and not complaint.orders.exists():
        return ["已认定投诉成立，请先发出责令改正"]
    return []


def of_staff(staff: Staff) -> tuple[Iterable[int], Iterable[int]]:
    """监督的范围：organs he orders, organs he answers for."""
    ours = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})
    return [organ.pk for organ in organs_below(staff)], organs_with(staff, ours)
