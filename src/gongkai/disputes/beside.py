"""申请办理页上的复议、诉讼：the cases about a request, and where to register one."""

from __future__ import annotations

from django.urls import reverse

from gongkai.applications.concerns import Concern, Link, Panel
from gongkai.applications.models import Application
from gongkai.disputes.actions.taking import why_not_handle
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import State
from gongkai.organs.models import Staff


def beside_a_request(application: Application, staff: Staff) -> Panel | None:
    """行政复议、行政诉讼：None where there are none and this person registers none."""
    rows = Dispute.objects.on_the_desk_of(staff).filter(application=application)
    cases = list(rows.order_by("-received_on", "-pk"))
    links = []
    if not why_not_handle(application.organ, by=staff):
        url = f"{reverse('disputes:register')}?application={application.pk}"
        links.append(Link("登记复议、诉讼案件", url))
    if not cases and not links:
        return None
    return Panel("行政复议、行政诉讼", [_told(one) for one in cases], links)


def _told(one: Dispute) -> Concern:
    ended = f"，{one.result_told}（{one.found}）" if one.found else ""
    return Concern(
        one.number,
        one.get_absolute_url(),
        str(State(one.state).label),
        one.tone,
        f"{one.sort.short}，{one.body}{one.case_number}，{one.received_on}收到副本{ended}",
    )
