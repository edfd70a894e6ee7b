"""年报的查询，and ``visible()``: the one place that decides who on the desk sees a filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from gongkai.documents.states import State as Issued
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.reporting.states import EDITABLE, PUBLIC, SENT_IN

if TYPE_CHECKING:
    from gongkai.reporting.models import Filing  # noqa: F401  (type of the rows)

#: Duties that open the yearly reports of an organ.
AT_THE_DESK = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD, Duty.SIGN, Duty.COMPETENT})
#: Who writes them.
WRITERS = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})


def visible(to: Staff | None, *, prefix: str = "") -> Q:
    """可见范围：what a member of the staff may see; the public (None) what has been published.

    Every page, list, export, file and figure of this room asks this and nothing else. The
    competent department sees all below it. Where the document it was published as has been taken
    down, the report is down with it, in every version. ``prefix`` leads to the filing from
    another table.
    """
    public = Q(**{f"{prefix}state__in": PUBLIC, f"{prefix}published_on__isnull": False})
    public &= Q(**{f"{prefix}document": None}) | Q(**{f"{prefix}document__state": Issued.ISSUED})
    return public if to is None else public | at_hand(to, prefix=prefix)


def at_hand(staff: Staff, *, prefix: str = "") -> Q:
    """经手的：the reports of one's own organs, and for the competent department all below it.

    Their sources, reasons, remarks and trail are the desk's; of another organ's published report
    a member of the staff sees what the public sees.
    """
    seen = Q(**{f"{prefix}organ__in": organs_with(staff, AT_THE_DESK)})
    above = organs_with(staff, frozenset({Duty.COMPETENT}))
    for path in Organ.objects.filter(pk__in=above).values_list("path", flat=True):
        seen |= Q(**{f"{prefix}organ__path__startswith": path})
    return seen


class FilingQuery(models.QuerySet["Filing"]):
    """报送件的查询。"""

    def on_the_desk_of(self, staff: Staff) -> FilingQuery:
        """某人的工作台上的：published ones of other organs are for the portal."""
        return self.filter(at_hand(staff))

    def public(self) -> FilingQuery:
        """公众可见的：published, corrected ones included."""
        return self.filter(visible(None))

    def of(self, organ: Organ, scope: str, year: int, name: str = "") -> FilingQuery:
        """某单位某年的各个版本，新的在前。"""
        rows = self.filter(organ=organ, scope=scope, year=year)
        return (rows.filter(name=name) if name else rows).order_by("-version")

    def in_hand(self) -> FilingQuery:
        """可以修改的。"""
        return self.filter(state__in=EDITABLE)

    def sent_in(self) -> FilingQuery:
        """已报送的：submitted, cleared or published, and not replaced."""
        return self.filter(state__in=SENT_IN)
