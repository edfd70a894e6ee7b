"""复议、诉讼案件的查询；who sees a case is decided where who sees a request is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.applications.queries import visible
from gongkai.disputes.states import ANSWERING, LIVE, State
from gongkai.organs.models import Staff

if TYPE_CHECKING:
    from gongkai.disputes.models import Dispute, Hearing  # noqa: F401  (types of the rows)


class DisputeQuery(models.QuerySet["Dispute"]):
    """案件的查询。"""

    def on_the_desk_of(self, staff: Staff) -> DisputeQuery:
        """某人的工作台上可见的：the same reach as over requests, by organ and by handler."""
        return self.filter(visible(staff))

    def standing(self) -> DisputeQuery:
        """有效的登记：all but those struck as entered by mistake."""
        return self.exclude(state=State.STRUCK)

    def live(self) -> DisputeQuery:
        """未了的：somebody has still something to do."""
        return self.filter(state__in=LIVE)

    def to_answer(self) -> DisputeQuery:
        """待答复的：the time to answer runs."""
        return self.filter(state__in=ANSWERING, due_on__isnull=False)

    def overdue(self, on: date | None = None) -> DisputeQuery:
        """逾期未答复的（行政复议法第七十条、行政诉讼法第三十四条第二款）。"""
        return self.to_answer().filter(due_on__lt=on or timezone.localdate())

    def due_within(self, days: int, on: date | None = None) -> DisputeQuery:
        """几日内到期的：today included, late ones not."""
        day = on or timezone.localdate()
        return self.to_answer().filter(due_on__gte=day, due_on__lte=day + timedelta(days=days))

    def to_obey(self) -> DisputeQuery:
        """待重新答复的：a new reply was ordered and has not been given."""
        return self.filter(ordered_on__isnull=False, replied_on__isnull=True).standing()

    def pending_on(self, day: date) -> DisputeQuery:
        """某日终了尚未审结的：received by then, not concluded by then."""
        still = Q(concluded_on__isnull=True) | Q(concluded_on__gt=day)
        return self.standing().filter(still, received_on__lte=day)

    def concluded_in(self, year: int) -> DisputeQuery:
        """某年审结的：by the day of the decision that stood in the end."""
        return self.standing().filter(concluded_on__year=year)


class HearingQuery(models.QuerySet["Hearing"]):
    """听证、开庭的查询。"""

    def coming(self, since: date) -> HearingQuery:
        """将要举行的：not cancelled, today or later."""
        return self.filter(cancelled_why="", on__gte=since).order_by("on", "at", "pk")
