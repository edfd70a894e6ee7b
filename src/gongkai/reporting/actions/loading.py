"""读入文件：published reports of earlier years, and those of units outside the system.

Any format ``annual`` reads: HTML, PDF, DOCX, XLSX, JSON, text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.annual.checks.applications import same_organ
from gongkai.annual.forms import Form
from gongkai.annual.model import Report
from gongkai.annual.read import read_bytes
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.reporting.actions.filling import (
    called_by,
    due_of,
    refuse,
    signature_of,
    why_not_begin,
    why_not_edit,
    why_not_write_for,
)
from gongkai.reporting.assembling import freeze
from gongkai.reporting.entries import announce
from gongkai.reporting.models import Call, Filing, Unit
from gongkai.reporting.states import Basis, Scope, State
from gongkai.steps.actions import take
from gongkai.trail.actions import hold, record


def read_file(data: bytes, name: str, *, year: int) -> Report:
    """读文件：raises Unreadable, BadInput where it has no tables or is of another year."""
    report = read_bytes(data, name)
    if report.year is not None and report.year != year:
        raise BadInput(f"“{name}”是{report.year}年的年报，不是{year}年的。")
    if report.form is None:
        raise BadInput(f"“{name}”里没有读到法定的表格，请核对文件。")
    return replace(report, year=year)


def read_for_sum(data: bytes, name: str, *, year: int) -> Report:
    """读要汇总的文件：like ``read_file``; the form of 2019 counts other things and is refused."""
    report = read_file(data, name, year=year)
    if report.form is Form.Y2019:
        raise BadInput(
            f"“{name}”用的是2019年的试行格式，表二统计的不是同一件事，不能汇总；"
            f"{year}年的年报应当用国办公开办函〔2021〕30号的格式。"
        )
    return report


def _prove_whose(report: Report, *names: str) -> None:
    """Whose it says it is; a file without a name is taken at the word of who uploads it."""
    if report.organ and not any(same_organ(report.organ, name) for name in names):
        raise BadInput(f"文件是“{report.organ}”的年报，不是“{names[0]}”的，请核对。")


def why_not_load(organ: Organ, scope: str, year: int, *, by: Staff) -> list[str]:
    """读入的障碍：only years that are over; not over what was made here."""
    reasons = why_not_write_for(organ, by=by)
    if year >= timezone.localdate().year:
        reasons.append(f"{year}年还没有结束，没有已公布的年报可以读入")
    if year < 2019:
        reasons.append("2019年以前没有统一格式，不能读入")
    found = Filing.objects.of(organ, scope, year).first()
    if found is not None:
        how = "已经公布" if found.is_public else "正在编制"
        reasons.append(f"{found}{how}；要改已公布的，请新建更正的版本")
    return reasons


@transaction.atomic
def load_published(
    organ: Organ, year: int, data: bytes, name: str, *, by: Staff, scope: str = Scope.OWN,
    on: date | None = None,
) -> Filing:  # fmt: skip
    """读入往年的年报：published elsewhere, kept here as it was read, marked so.

    ``on`` is the day of publication, if the file does not tell. Raises NotAllowed, Unreadable,
    BadInput.
    """
    report = read_file(data, name, year=year)
    return keep_published(organ, year, report, name, by=by, scope=scope, on=on)


@transaction.atomic
def keep_published(
    organ: Organ, year: int, report: Report, name: str, *, by: Staff, scope: str = Scope.OWN,
    on: date | None = None,
) -> Filing:  # fmt: skip
    """留存往年的年报：one that has been read already. Raises NotAllowed, BadInput."""
    refuse(why_not_load(organ, scope, year, by=by))
    if report.year is not None and report.year != year:
        raise BadInput(f"“{name}”是{report.year}年的年报，不是{year}年的。")
    published = report.header.published_on or on
    if published is None:
        raise BadInput("文件里没有读到公布日期，请填写。")
    if not year < published.year or published > timezone.localdate():
        raise BadInput(f"公布日期{published}不对：应当在{year + 1}年以后、不晚于今天。")
    signed = report.organ or signature_of(organ, scope)
    header = replace(report.header, published_on=published)
    report = replace(report, year=year, organ=signed, header=header)
    hold()
    frozen, seal = freeze(report)
    filing = Filing.objects.create(
        organ=organ, scope=scope, name=signed[:100], year=year, state=State.PUBLISHED,
        basis=Basis.FILE, frozen=frozen, seal=seal, frozen_at=timezone.now(), author=by,
        published_on=published, published_at=timezone.now(), source=name[:200], demo=organ.demo,
    )  # fmt: skip
    record(filing, "load", by=by, label="读入往年年报", after=State.PUBLISHED, note=name)
    announce([filing])
    return filing


@transaction.atomic
def begin_from_file(
    organ: Organ, year: int, data: bytes, name: str, *, by: Staff, scope: str = Scope.OWN
) -> Filing:
    """由文件编报：for an organ that keeps its records elsewhere; its file goes the usual way.

    Checked, approved and submitted like any other; what is wrong in it is mended there and read
    again. Raises NotAllowed, Unreadable, BadInput.
    """
    refuse(why_not_begin(organ, scope, year, by=by))
    signed = signature_of(organ, scope)
    report = read_for_sum(data, name, year=year)
    _prove_whose(report, signed, organ.name)
    frozen, _ = freeze(replace(report, organ=signed))
    hold()
    call = called_by(organ, scope, year)
    filing = Filing.objects.create(
        organ=organ, scope=scope, name=signed, year=year, basis=Basis.FILE, frozen=frozen,
        call=call, due_on=due_of(organ, scope, call), author=by, source=name[:200],
        demo=organ.demo,
    )  # fmt: skip
    record(filing, "begin", by=by, label="由文件编报", after=State.DRAFT, note=name)
    return filing


@transaction.atomic
def read_again(filing: Filing, data: bytes, name: str, *, by: Staff) -> Filing:
    """重新读入：another file takes the place of the one before. Raises NotAllowed, Unreadable."""
    reasons = why_not_edit(filing, by=by)
    if filing.basis != Basis.FILE:
        reasons.append("这份年报由记录统计，不用文件")
    refuse(reasons)
    report = read_for_sum(data, name, year=filing.year)
    _prove_whose(report, filing.name, filing.organ.name)
    filing.frozen, _ = freeze(replace(report, organ=filing.name))
    filing.source = name[:200]
    filing.save(update_fields=["frozen", "source"])
    record(filing, "read_again", by=by, label="重新读入文件", note=name)
    return filing


def why_not_file_for(unit: Unit, *, by: Staff) -> list[str]:
    """代报的障碍：for a unit outside the system, once."""
    call: Call = unit.call
    reasons = []
    if Duty.COMPETENT not in roles_of(by, call.organ):
        reasons.append("系统外单位的年报由主管部门读入")
    if unit.organ_id is not None:
        reasons.append(f"{unit}在系统内，由其自行编报")
    if timezone.localdate() <= date(call.year, 12, 31):
        reasons.append(f"{call.year}年还没有结束")
    return reasons


@transaction.atomic
def file_for(unit: Unit, data: bytes, name: str, *, by: Staff, reason: str = "") -> Filing:
    """代系统外单位报送：its file is its report; filed a second time it needs a reason and is a
    new version, the old one stays readable. Raises NotAllowed, Unreadable, BadInput.
    """
    refuse(why_not_file_for(unit, by=by))
    call: Call = unit.call
    report = read_for_sum(data, name, year=call.year)
    _prove_whose(report, unit.name)
    hold()
    old = Filing.objects.of(call.organ, Scope.OUTSIDE, call.year, unit.name).first()
    if old is not None and not reason.strip():
        raise NotAllowed(f"{unit}已经报送过，再报请写明原因；原来的一份会保留。")
    if old is not None:
        take(old, "replace", by=by, note=reason.strip())
    now = timezone.now()
    frozen, seal = freeze(replace(report, organ=unit.name))
    filing = Filing.objects.create(
        organ=call.organ, scope=Scope.OUTSIDE, name=unit.name, year=call.year, basis=Basis.FILE,
        version=old.version + 1 if old else 1, replaces=old, note=reason.strip()[:1000],
        state=State.CLEARED, frozen=frozen, seal=seal, frozen_at=now,
        submitted_at=now, call=call, due_on=unit.due, author=by, source=name[:200],
        demo=call.demo,
    )  # fmt: skip
    record(filing, "file_for", by=by, label="代系统外单位报送", after=State.CLEARED, note=name)
    return filing
