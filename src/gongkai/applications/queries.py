"""申请的查询，and ``visible()``: the one place that decides who on the desk sees an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.applications.states import DONE, OPEN, State
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with, roles_of
from gongkai.organs.states import Duty
from gongkai.theme.prepared import Prepared

if TYPE_CHECKING:
    from gongkai.applications.models import Application, Event  # noqa: F401  (types of the rows)

#: Duties that open the applications of an organ: who handles, reviews, signs, supervises.
AT_THE_DESK = frozenset(
    {
        Duty.DRAFT,
        Duty.DISCLOSURE,
        Duty.OFFICE_HEAD,
        Duty.LEGAL,
        Duty.SECRECY,
        Duty.SIGN,
        Duty.COMPETENT,
    }
)
#: Duties that handle a request: whoever has one may be given it.
HANDLING = frozenset({Duty.DISCLOSURE, Duty.DRAFT})
#: Who only drafts sees what is given to him, not the whole register.
WHOLE_REGISTER = AT_THE_DESK - {Duty.DRAFT}


_tree = Prepared(
    lambda: Organ.objects.order_by("path").values_list("pk", "path", "short_name", "name")
)


@dataclass(frozen=True)
class Reach:
    """经手的范围：organs whose whole register one sees, and those where one sees what is one's own.

    ``everywhere`` is the competent department of them all; ``named`` are the organs in the order
    of the tree, with their short names, where there are several.
    """

    whole: list[int]
    own: list[int]
    everywhere: bool
    named: list[tuple[int, str]]


def reach_of(staff: Staff) -> Reach:
    """经手的范围：asked once for each person read from the database."""
    known: Reach | None = staff.__dict__.get("_applications_reach")
    if known is None:
        known = staff.__dict__["_applications_reach"] = _reach(staff)
    return known


def _reach(staff: Staff) -> Reach:
    whole = organs_with(staff, WHOLE_REGISTER)
    own = [key for key in organs_with(staff, frozenset({Duty.DRAFT})) if key not in whole]
    above = set(organs_with(staff, frozenset({Duty.COMPETENT})))
    if not above and len({*whole, *own}) < 2:
        return Reach(whole, own, False, [])
    tree = _tree()
    tops = tuple(path for key, path, *_ in tree if key in above)
    seen = [key for key, path, *_ in tree if key in whole or path.startswith(tops or "?")]
    reached = {*seen, *own}
    named = [(key, short or name) for key, _, short, name in tree if key in reached]
    own = [key for key in own if key not in seen]
    return Reach(seen, own, len(seen) == len(tree), named)


def visible(to: Staff, *, prefix: str = "") -> Q:
    """可见范围：which applications a member of the staff may see.

    Every list, page, export, figure and file of the desk asks this and nothing else. The public
    sees none but its own, by number and code (``portal``). ``prefix`` leads to the application
    from another table (``"application__"``).
    """
    reach = reach_of(to)
    if reach.everywhere:
        return Q(**{f"{prefix}organ__isnull": False})
    seen = Q(**{f"{prefix}organ__in": reach.whole})
    if reach.own:
        seen |= Q(**{f"{prefix}organ__in": reach.own, f"{prefix}handler": to})
    return seen


def names_shown(to: Staff, organ: Organ) -> bool:
    """是否看得到申请人姓名：who works at the organ does; the competent department sees 张**."""
    return bool(roles_of(to, organ) & (AT_THE_DESK - {Duty.COMPETENT}))


class ApplicationQuery(models.QuerySet["Application"]):
    """申请的查询。"""

    def on_the_desk_of(self, staff: Staff) -> ApplicationQuery:
        """某人的工作台上可见的。"""
        return self.filter(visible(staff))

    def open(self) -> ApplicationQuery:
        """未答复的：the reply has not gone out."""
        return self.filter(state__in=OPEN)

    def done(self) -> ApplicationQuery:
        """已答复的。"""
        return self.filter(state__in=DONE)

    def running(self) -> ApplicationQuery:
        """期限在走的：open, and the law names a last day."""
        return self.open().filter(due_on__isnull=False)

    def overdue(self, on: date | None = None) -> ApplicationQuery:
        """逾期未答复的（第三十三条）。"""
        return self.running().filter(due_on__lt=on or timezone.localdate())

    def due_within(self, days: int, on: date | None = None) -> ApplicationQuery:
        """几日内到期的：today included, late ones not."""
        day = on or timezone.localdate()
        return self.running().filter(due_on__gte=day, due_on__lte=day + timedelta(days=days))

    def received_in(self, year: int) -> ApplicationQuery:
        """某年新收的：by the day the law takes for that of receipt."""
        return self.filter(received_on__year=year)

    def to_close(self) -> ApplicationQuery:
        """已送达、待办结的。"""
        return self.filter(state=State.SERVED)


class EventQuery(models.QuerySet["Event"]):
    """事件的查询。"""

    def counting(self) -> EventQuery:
        """计入的：not struck as entered by mistake, in the order of days."""
        return self.filter(struck_at__isnull=True).order_by("on", "pk")
