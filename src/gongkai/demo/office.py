"""值班的事：somebody away with a delegation in force, a holiday notice waiting to be applied."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.law.calendar import china
from gongkai.organs.actions import delegate, upload_holidays
from gongkai.organs.models import Delegation, HolidayNotice, Organ, Staff
from gongkai.organs.states import Duty

NOTICE = "石家庄市人民政府办公室关于调整近期工作日安排的通知（演示）"


def be_away() -> None:
    """委托：the director is away for a week; the head of the first secretariat signs for him."""
    giver, taker = (Staff.objects.get(username=name) for name in ("zhuren", "chuzhang"))
    if Delegation.objects.filter(giver=giver).exists():
        return
    today = timezone.localdate()
    delegate(
        giver, taker, [Duty.DIRECTOR], by=giver, first_day=today,
        last_day=today + timedelta(days=6), reason="外出学习（演示）",
    )  # fmt: skip


def announce_holiday(city: Organ) -> None:
    """放假安排：uploaded and not yet applied; its page shows which open deadlines it would move."""
    if HolidayNotice.objects.filter(organ=city, title=NOTICE).exists():
        return
    today = timezone.localdate()
    days = [china().nth_after(today, place) for place in (2, 3)]
    lines = "".join(f"{day},放假,《{NOTICE}》\n" for day in days)
    keeper = Staff.objects.get(username="gongkai")
    upload_holidays(city, NOTICE, f"日期,种类,依据\n{lines}", by=keeper)
