"""栏目：set up, move, close; lay out what the law wants on every site."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.documents.actions.drafting import refuse
from gongkai.documents.blocks import Block, blocks_for
from gongkai.documents.models import Column, Guide
from gongkai.documents.models.column import column_key
from gongkai.errors import BadInput
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record


def why_not_keep_columns(organ: Organ, *, by: Staff) -> list[str]:
    """Columns, guide and channels are kept by the disclosure office of the organ."""
    if Duty.DISCLOSURE in roles_of(by, organ):
        return []
    return [f"{organ}的栏目由{organ}的信息公开机构维护"]


@transaction.atomic
def save_column(column: Column, *, by: Staff) -> Column:
    """保存栏目：set one up or change it; raises NotAllowed, BadInput."""
    refuse(why_not_keep_columns(column.organ, by=by))
    hold()
    before = Column.objects.filter(pk=column.pk).first() if column.pk else None
    if before and before.statutory and not column.statutory:
        column.statutory = before.statutory
    try:
        column.full_clean(exclude=["path"])
    except ValidationError as problem:
        raise BadInput("；".join(problem.messages)) from problem
    changes: dict[str, list[Any]] = {
        field.name: [
            getattr(before, field.attname) if before else "",
            getattr(column, field.attname),
        ]
        for field in Column._meta.concrete_fields
        if field.editable
        and (getattr(before, field.attname) if before else None) != getattr(column, field.attname)
    }
    column.save()
    kept = [*column.lineage, *Column.objects.under(column).values_list("pk", flat=True)]
    cache.delete_many([column_key(key, timezone.localdate()) for key in kept])
    if changes:
        record(column, "edit" if before else "create", by=by,
               label="修改栏目" if before else "设立栏目", changes=changes)  # fmt: skip
    return column


@transaction.atomic
def lay_out(organ: Organ, *, by: Staff | None = None, only: Collection[str] = ()) -> int:
    """设立法定专栏：the blocks every organ's disclosure platform has, where they are missing.

    国办公开办函〔2019〕61号、〔2021〕33号；《政府信息公开条例》第二十条、第二十一条. With ``only``
    no more than the blocks of these codes and those they stand in. Returns how many columns were
    set up.
    """
    if by is not None:
        refuse(why_not_keep_columns(organ, by=by))
    hold()
    present = {c.statutory: c for c in Column.objects.filter(organ=organ).exclude(statutory="")}
    blocks = {block.code: block for block in blocks_for(organ)}
    wanted = _with_those_above(only, blocks) if only else set(blocks)
    made = 0
    for block in (block for code, block in blocks.items() if code in wanted):
        if block.code not in present:
            present[block.code] = _made(organ, block, present.get(block.parent), made)
            made += 1
    if made:
        record(organ, "lay_out", by=by, label="设立法定专栏", changes={"新设栏目": made})
    return made


def _with_those_above(codes: Collection[str], blocks: Mapping[str, Block]) -> set[str]:
    found = {code for code in codes if code in blocks}
    while above := {blocks[code].parent for code in found} - found - {""}:
        found |= above
    return found


def _made(organ: Organ, block: Block, parent: Column | None, position: int) -> Column:
    return Column.objects.create(
        organ=organ,
        parent=parent,
        name=block.name,
        type=block.type,
        description=block.description,
        tags=block.name,
        statutory=block.code,
        kind=block.kind,
        position=10 * (position + 1),
        update_days=block.update_days,
        demo=organ.demo,
    )


@transaction.atomic
def save_guide(guide: Guide, *, by: Staff) -> Guide:
    """公布指南（第十二条）：what it says now, from this moment."""
    refuse(why_not_keep_columns(guide.organ, by=by))
    hold()
    before = Guide.objects.filter(pk=guide.pk).first() if guide.pk else None
    try:
        guide.full_clean()
    except ValidationError as problem:
        raise BadInput("；".join(problem.messages)) from problem
    guide.updated_at = timezone.now()
    guide.save()
    changes = {
        field.name: [getattr(before, field.name) if before else "", getattr(guide, field.name)]
        for field in Guide._meta.concrete_fields
        if field.editable
        and field.name != "organ"
        and getattr(before, field.name, "") != getattr(guide, field.name)
    }
    record(guide, "publish", by=by, label="公布指南", changes=changes)
    return guide
