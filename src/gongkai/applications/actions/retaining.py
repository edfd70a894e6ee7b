"""保管期限：what is due, what would go, and the deed with its proof.

No statute sets how long a request is kept; each office says so itself (``models.Office``), and
nobody keeps personal data longer than needed（《个人信息保护法》第十九条）. Figures stay: when it
came, what became of it, what kind of applicant asked.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.applications import finding
from gongkai.applications.actions.scrubbing import rows_of, scrub, scrubber_of
from gongkai.applications.actions.taking import refuse, why_not
from gongkai.applications.clock import office_of
from gongkai.applications.models import Application, Attachment, Disposal, Draft, DraftFile, Paper
from gongkai.applications.states import Attached, State
from gongkai.errors import BadDate, BadInput
from gongkai.files.actions import drop
from gongkai.files.models import Blob
from gongkai.notices.models import Notice
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.steps.actions import take
from gongkai.trail.actions import SYSTEM, hold, record

#: So many applications in one disposal: the list is read by people before and after.
MOST = 200
_SCANS = (Attached.IDENTITY, Attached.PROXY)
_ENDED = (State.CLOSED, State.ARCHIVED)
#: An application is kept so much longer at most, at one time.
_LONGEST = 30


def years_after(day: date, years: int) -> date:
    """几年以后的同一天；2月29日没有同一天的，为3月1日."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def kept_until(application: Application) -> date | None:
    """保管到哪一天：the class of the office, or longer where somebody said so; None while open."""
    if application.closed_on is None or application.state not in _ENDED:
        return None
    office = office_of(application.organ)
    years = office.keep_years_disputed if application.disputed else office.keep_years
    day = years_after(application.closed_on, years)
    return max(day, application.keep_until) if application.keep_until else day


def due_applications(organ: Organ, on: date | None = None) -> models.QuerySet[Application]:
    """保管期满的申请：the oldest first."""
    day, office = on or timezone.localdate(), office_of(organ)
    plain = Q(disputed=False, closed_on__lt=_before(day, office.keep_years))
    disputed = Q(disputed=True, closed_on__lt=_before(day, office.keep_years_disputed))
    rows = Application.objects.filter(
        plain | disputed, organ=organ, state__in=_ENDED, anonymised_on__isnull=True
    )
    longer = Q(keep_until__isnull=True) | Q(keep_until__lt=day)
    return rows.filter(longer).order_by("closed_on", "pk")


def _before(day: date, years: int) -> date:
    """The first day of closing whose period is not over yet on ``day``."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def due_scans(organ: Organ, on: date | None = None) -> models.QuerySet[Attachment]:
    """保留期满的身份证明影像：so many days after the closing; the sealed archive keeps its own."""
    day = (on or timezone.localdate()) - timedelta(days=office_of(organ).keep_identity_days)
    return Attachment.objects.filter(
        application__organ=organ,
        application__state__in=_ENDED,
        application__closed_on__lt=day,
        sort__in=_SCANS,
    ).order_by("application__closed_on", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """一件申请：when its period ended, and what of it would go, with how many of each."""

    application: Application
    until: date
    things: dict[str, int]


def preview(applications: Iterable[Application]) -> list[Line]:
    """预览匿名化：nothing is changed."""
    found = []
    for one in applications:
        rows = rows_of(one)
        words = scrubber_of(one, rows)
        things: Counter[str] = Counter()
        for row in rows:
            gone = isinstance(row, Attachment | Draft | DraftFile)
            if gone or scrub(row, words):
                things[_thing(row)] += 1
        found.append(Line(one, kept_until(one) or timezone.localdate(), dict(things)))
    return found


def _thing(row: models.Model) -> str:
    if isinstance(row, Attachment):
        return row.get_sort_display()
    return str(row._meta.verbose_name)


def why_not_anonymise(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """匿名化的障碍：before its period is over nothing of a request is removed."""
    reasons = why_not(application, "anonymise", by=by)
    until = kept_until(application)
    if application.anonymised_on:
        reasons.append("已经匿名化")
    elif until is not None and until >= (on or timezone.localdate()):
        reasons.append(f"保管到{until}，还没有期满")
    return reasons


@transaction.atomic
def anonymise(applications: Sequence[Application], *, by: Staff, reason: str) -> Disposal:
    """匿名化：who asked is gone from every table and from the store; what it came to stays.

    A fixed paper keeps the seal of what it said. All or none. Raises NotAllowed with all
    reasons; BadInput without a reason or for requests of several organs.
    """
    organ = _one_organ(applications, reason)
    hold()
    refuse(
        f"{one.number}：{problem}" for one in applications
        for problem in why_not_anonymise(one, by=by)
    )  # fmt: skip
    items: list[dict[str, Any]] = []
    blobs: set[int] = set()
    for one in applications:
        take(one, "anonymise", by=by, note=reason, anonymised_on=timezone.localdate())
        items += _erase(one, blobs)
    kept = _proved(organ, Disposal.Kind.ANONYMISE, reason, applications, items, by)
    transaction.on_commit(partial(_drop, blobs))
    return kept


def _erase(one: Application, blobs: set[int]) -> list[dict[str, Any]]:
    """Everything of one application; what was removed, without what it said."""
    rows = rows_of(one)
    words = scrubber_of(one, rows)
    items, counts = [], Counter[str]()
    for row in rows:
        if isinstance(row, Attachment | DraftFile):
            items.append(_item(one, _thing(row), row.blob.sha256, row.blob.size))
            blobs.add(row.blob_id)
        elif isinstance(row, Paper) and row.state == Paper.State.FIXED:
            items.append(_item(one, row.get_letter_display(), row.sha256))
            changed = scrub(row, words) | {"state": Paper.State.ERASED}
            Paper.objects.filter(pk=row.pk).update(**changed)
        elif changed := scrub(row, words):
            counts[_thing(row)] += 1
            type(row)._base_manager.filter(pk=row.pk).update(**changed)
    Attachment.objects.filter(application=one).delete()
    Draft.objects.filter(application=one).delete()
    Notice.objects.filter(subject=one._meta.label_lower, subject_id=f"{one.pk}").update(
        address="", body="", link="", erased_at=timezone.now()
    )
    finding.drop([one])
    one.refresh_from_db()
    return [*items, *(_item(one, name, count=number) for name, number in counts.items())]


def _item(
    one: Application, what: str, sha256: str = "", size: int | None = None, count: int = 1
) -> dict[str, Any]:
    return {"number": one.number, "what": what, "count": count, "size": size, "sha256": sha256}


def why_not_erase_scans(organ: Organ, *, by: Staff | None) -> list[str]:
    """清除影像的障碍：the disclosure office confirms it, unless the office lets it go of itself."""
    if by is None:
        return [] if office_of(organ).scans_go_themselves else ["须由人确认"]
    if Duty.DISCLOSURE in roles_of(by, organ):
        return []
    return [f"由{organ}的信息公开机构办理"]


@transaction.atomic
def erase_scans(
    organ: Organ, *, by: Staff | None, reason: str, keys: Iterable[int] | None = None
) -> Disposal | None:
    """清除身份证明影像：those whose days are over, of ``keys`` (applications) or of all.

    None where there is nothing to remove. Raises NotAllowed, BadInput without a reason.
    """
    if not reason.strip():
        raise BadInput("请写明清除的依据和理由。")
    hold()
    refuse(why_not_erase_scans(organ, by=by))
    rows = due_scans(organ).select_related("application", "blob")
    if keys is not None:
        rows = rows.filter(application__in=list(keys))
    files = list(rows)
    if not files:
        return None
    applications = {file.application_id: file.application for file in files}
    items = [
        _item(file.application, _thing(file), file.blob.sha256, file.blob.size) for file in files
    ]
    Attachment.objects.filter(pk__in=[file.pk for file in files]).delete()
    for one in applications.values():
        record(one, "erase_scans", by=by, label="清除身份证明影像", note=reason)
    kept = _proved(organ, Disposal.Kind.SCANS, reason, list(applications.values()), items, by)
    transaction.on_commit(partial(_drop, {file.blob_id for file in files}))
    return kept


def _drop(keys: Iterable[int]) -> None:
    """Out of the store once it is certain; should this stop half-way, the nightly sweep ends it."""
    for blob in Blob.objects.filter(pk__in=list(keys)):
        drop(blob)


def _proved(
    organ: Organ,
    kind: Disposal.Kind,
    reason: str,
    applications: Sequence[Application],
    items: list[dict[str, Any]],
    by: Staff | None,
) -> Disposal:
    """处置记录：the list with its hash, kept where nobody can change it, and told in the trail."""
    digest = digest_of(items)
    kept = Disposal.objects.create(
        organ=organ,
        kind=kind,
        reason=reason.strip()[:300],
        applications=len(applications),
        items=items,
        sha256=digest,
        by=by,
        by_name=by.display_name if by else SYSTEM,
    )
    record(kept, "dispose", by=by, label=kind.label,
           note=f"{reason.strip()}；{len(items)}项，清单SHA-256：{digest}")  # fmt: skip
    return kept


def digest_of(items: list[dict[str, Any]]) -> str:
    """清单校验值：SHA-256 over the list as canonical JSON."""
    text = json.dumps(items, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _one_organ(applications: Sequence[Application], reason: str) -> Organ:
    if not reason.strip():
        raise BadInput("请写明匿名化的依据和理由。")
    if not applications:
        raise BadInput("请先勾选要匿名化的申请。")
    if len(applications) > MOST:
        raise BadInput(f"一次最多匿名化{MOST}件，现在勾选了{len(applications)}件。")
    organs = {one.organ_id: one.organ for one in applications}
    if len(organs) > 1:
        raise BadInput("一次只能办理同一机关的申请，请重新勾选。")
    return next(iter(organs.values()))


@transaction.atomic
def postpone(application: Application, *, by: Staff, until: date, reason: str) -> None:
    """延长保管：somebody looked at it and it is still needed. Raises NotAllowed, BadInput, BadDate.

    At most thirty years at one time.
    """
    if not reason.strip():
        raise BadInput("请写明延长保管的理由。")
    today = timezone.localdate()
    if not today < until <= years_after(today, _LONGEST):
        raise BadDate(f"延长保管的日期应当在今天以后、{_LONGEST}年以内。")
    if Duty.DISCLOSURE not in roles_of(by, application.organ):
        refuse([f"由{application.organ}的信息公开机构办理"])
    if application.anonymised_on or application.state not in _ENDED:
        refuse(["只有已经办结、没有匿名化的申请可以延长保管"])
    before, application.keep_until = application.keep_until, until
    application.save(update_fields=["keep_until"])
    record(application, "postpone", by=by, label="延长保管", note=reason,
           changes={"keep_until": [before, until]})  # fmt: skip


def erase_by_themselves(on: date | None = None) -> int:
    """自动清除影像：at the organs that chose so; how many applications. Safe to repeat."""
    latest = (on or timezone.localdate()) - timedelta(days=1)
    organs = Organ.objects.filter(
        pk__in=Attachment.objects.filter(
            sort__in=_SCANS, application__closed_on__lte=latest
        ).values("application__organ")
    )
    erased = 0
    for organ in organs:
        if office_of(organ).scans_go_themselves:
            kept = erase_scans(organ, by=None, reason="保留天数届满，按本机关设定自动清除")
            erased += kept.applications if kept else 0
    return erased
