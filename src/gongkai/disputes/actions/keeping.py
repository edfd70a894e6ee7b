"""保管：when the people of a request have been forgotten, its cases forget theirs.

How long a disputed request is kept is the office's choice（办理口径）; whoever sued over it may be
somebody else, and the papers of a case tell of both.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction

from gongkai.applications.actions.scrubbing import NAMELESS
from gongkai.disputes.models import Attachment, Dispute
from gongkai.disputes.states import State
from gongkai.files.actions import drop
from gongkai.files.models import Blob
from gongkai.trail.actions import record

_ENDED = (State.CLOSED, State.STRUCK)


def forget_people() -> int:
    """随申请匿名化：closed cases about requests that are anonymised; how many were done."""
    rows = Dispute.objects.filter(state__in=_ENDED, application__anonymised_on__isnull=False)
    count = 0
    for dispute in rows.exclude(claimant=NAMELESS).order_by("pk").iterator(500):
        _forget(dispute)
        count += 1
    return count


@transaction.atomic
def _forget(dispute: Dispute) -> None:
    """The name and the papers; what was decided, and what was learnt, stays."""
    files = Attachment.objects.filter(dispute=dispute)
    blobs = list(files.values_list("blob", flat=True))
    record(
        dispute,
        "anonymise",
        by=None,
        label="匿名化",
        note=f"随所涉申请，材料{len(blobs)}份一并清除",
    )
    Dispute.objects.filter(pk=dispute.pk).update(claimant=NAMELESS)
    files.delete()
    transaction.on_commit(partial(_drop, blobs))


def _drop(keys: list[int]) -> None:
    for blob in Blob.objects.filter(pk__in=keys):
        drop(blob)
