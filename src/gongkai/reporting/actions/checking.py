"""核验和说明：what the rules say as one types, and what stands in the way of sending it up."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.annual.checks import RULES, Finding, Severity
from gongkai.annual.model import Undeterminable
from gongkai.annual.rollup import RULES_BETWEEN_UNITS
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Staff
from gongkai.reporting.actions.filling import refuse, why_not_edit
from gongkai.reporting.assembling import Checked, assemble
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.live import live
from gongkai.reporting.models import PART_NAMES, Filing, Waiver
from gongkai.reporting.sentences import unknown
from gongkai.reporting.states import Basis
from gongkai.trail.actions import record

#: Errors somebody may explain: organs merge; a day that is past is past; a unit is late; a
#: machine that reads prose may misread it. Sums that do not agree have no explanation.
EXPLICABLE = frozenset({"T3-05", "F-03", "X-02", "N-01"})


def check(filing: Filing) -> Checked:
    """核验：the filing as it is now, every rule tried on it."""
    return Checked(filing, assemble(filing))


def why_not_waive(filing: Filing, finding: Finding, *, by: Staff) -> list[str]:
    """不能说明的原因：an error of sums is mended, not explained."""
    reasons = why_not_edit(filing, by=by)
    if finding.severity is Severity.ERROR and finding.rule not in EXPLICABLE:
        reasons.append(f"规则{finding.rule}的错误应当改正，不能以说明代替")
    return reasons


@transaction.atomic
def waive(filing: Filing, key: str, reason: str, *, by: Staff) -> Waiver:
    """说明：a finding stays as it is, for a written reason.

    ``key`` is a rule, or a rule and a row or column of it, as ``annual.checks.waive`` reads it.
    Raises NotAllowed, BadInput for no reason or no such finding.
    """
    rule = key.partition(" ")[0]
    if rule not in RULES and rule not in RULES_BETWEEN_UNITS:
        raise BadInput(f"没有“{rule}”这条规则。")
    if len(reason.strip()) < 4:
        raise BadInput("请写明理由。")
    found = [one for one in check(filing).verdict.findings if one.rule == rule]
    if not found:
        raise BadInput(f"规则{rule}现在没有发现问题，不用说明。")
    for one in found:
        refuse(why_not_waive(filing, one, by=by))
    made, _ = Waiver.objects.update_or_create(
        filing=filing,
        key=key,
        defaults={"reason": reason.strip()[:500], "by": by, "at": timezone.now()},
    )
    record(filing, "waive", by=by, label="说明发现", note=f"{key}：{reason.strip()[:200]}")
    return made


@transaction.atomic
def unwaive(waiver: Waiver, *, by: Staff) -> None:
    """撤回说明。Raises NotAllowed."""
    refuse(why_not_edit(waiver.filing, by=by))
    record(waiver.filing, "unwaive", by=by, label="撤回说明", note=waiver.key)
    waiver.delete()


def obstacles(checked: Checked, *, on: date | None = None) -> list[str]:
    """报送的障碍：everything that must be mended before the leader is asked, in words.

    Saving is never refused for these; only sending up is.
    """
    filing, today = checked.filing, on or timezone.localdate()
    reasons = []
    if today <= date(filing.year, 12, 31):
        reasons.append(
            f"{filing.year}年还没有结束，数字还会变化，{filing.year + 1}年1月1日起才能报送"
        )
    if filing.basis == Basis.UNITS and checked.assembled.rollup is None:
        reasons.append("还没有单位报送，不能汇总")
    elif filing.basis != Basis.FILE:
        reasons += _unfilled(checked)
    if filing.basis != Basis.FILE:
        reasons += _misnamed(filing)
    if filing.version > 1 and not filing.note.strip():
        reasons.append("更正已公布的年报，应当写明更正说明")
    return reasons + [f"{one.rule} {one.message}".rstrip("。") for one in checked.verdict.errors]


def _unfilled(checked: Checked) -> list[str]:
    by_hand = BY_HAND if checked.filing.basis == Basis.RECORDS else ()
    blank = [ref for ref in by_hand if checked.assembled.report.cell(ref) is None]
    reasons = [f"{ref}还没有填写，没有的请填0" for ref in blank]
    for ref, cell in checked.assembled.report.cells():
        if isinstance(cell, Undeterminable):
            reasons.append(f"{ref}不能确定：{cell.reason}")
    return reasons


def _misnamed(filing: Filing) -> list[str]:
    known = {one.name for one in live()}
    return [
        f"{PART_NAMES[section.number]}里的“{{{name}}}”不是数字的名称"
        for section in filing.sections.all()
        for name in unknown(section.text, known.__contains__)
    ]


def held_up(checked: Checked) -> None:
    """Raise NotAllowed with every obstacle, if there are any."""
    if found := obstacles(checked):
        raise NotAllowed("；".join(found) + "。")
