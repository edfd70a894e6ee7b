"""待办：what has been kept long enough, for the home of the disclosure office."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.applications.actions.retaining import due_applications, due_scans
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.organs.waiting import Group, Task

#: Of so many organs it is told; a person who keeps more has the page of each.
_MOST = 5


def waiting_disposals(staff: Staff) -> Iterator[Task]:
    """待办：the machine proposes, a person looks and confirms."""
    keys = sorted(organs_with(staff, frozenset({Duty.DISCLOSURE})))[:_MOST]
    for organ in Organ.objects.filter(pk__in=keys).order_by("pk"):
        url = f"{reverse('applications:retention')}?organ={organ.pk}"
        name = organ.short_name or organ.name
        if due_applications(organ).exists():
            yield Task(Group.HANDLE, f"{name}有保管期满的申请", url, "请鉴定后匿名化或者延长保管",
                       "查看", organ=name)  # fmt: skip
        if due_scans(organ).exists():
            yield Task(Group.HANDLE, f"{name}有保留期满的身份证明影像", url, "请确认清除",
                       "查看", organ=name)  # fmt: skip
