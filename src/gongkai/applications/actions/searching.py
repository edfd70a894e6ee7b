"""检索记录：where, by what words, over what time, by whom（指导案例101号）."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.applications.actions.taking import act, checked_day
from gongkai.applications.models import Application, SearchLog
from gongkai.errors import BadInput
from gongkai.organs.models import Staff


@transaction.atomic
def log_search(
    application: Application,
    *,
    by: Staff,
    place: str,
    words: str,
    period: str,
    result: str,
    searcher: str = "",
    on: date | None = None,
) -> SearchLog:
    """登记检索：one search of one system or archive. Raises NotAllowed, BadInput, BadDate."""
    told = {"检索的系统、档案": place, "检索词": words, "时间范围": period, "检索结果": result}
    if missing := [name for name, value in told.items() if not value.strip()]:
        raise BadInput(f"请填写{'、'.join(missing)}。")
    day = checked_day(on, what="检索日期", since=application.arrived_on)
    act(application, "log_search", by=by, note=f"{place}：{words}")
    return SearchLog.objects.create(
        application=application,
        on=day,
        place=place.strip(),
        words=words.strip(),
        period=period.strip(),
        result=result.strip(),
        searcher=searcher.strip() or by.name,
        by=by,
    )
