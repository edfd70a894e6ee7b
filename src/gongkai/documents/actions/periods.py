"""采用有效期规则：a row of what is known becomes the rule of an organ."""

from __future__ import annotations

from django.db import transaction

from gongkai.documents.actions.drafting import refuse
from gongkai.documents.actions.validity import save_period, why_not_keep_periods
from gongkai.documents.models import PeriodRule
from gongkai.documents.periods import Known
from gongkai.organs.models import Organ, Staff


def why_not_adopt(
    organ: Organ, known: Known, *, by: Staff, read: bool, basis: str = ""
) -> list[str]:
    """采用的障碍：what one source tells is held against the rules themselves first, and named."""
    reasons = why_not_keep_periods(organ, by=by)
    if known.likely and not read:
        reasons.append(f"“{known}”尚待核对，请先核对本地规定的原文并勾选“已核对原文”")
    if not known.named and not basis.strip():
        reasons.append("没有写明本地规定的文件名称或者文号")
    return reasons


@transaction.atomic
def adopt_period(
    organ: Organ, known: Known, *, by: Staff, read: bool = False, basis: str = ""
) -> PeriodRule:
    """采用：counts at the organ and below from now on; ``basis`` tells the rules of the place.

    Documents that have their day already keep it. Raises NotAllowed.
    """
    refuse(why_not_adopt(organ, known, by=by, read=read, basis=basis))
    rule = PeriodRule(
        organ=organ,
        provisional=known.provisional,
        years=known.years,
        basis=basis.strip() or known.basis,
    )
    return save_period(rule, by=by)
