"""保存：each part and figure of the page by itself; what cannot be saved stays on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Staff
from gongkai.reporting.actions import filling
from gongkai.reporting.forms.draft import Draft, figure_mark
from gongkai.reporting.models import Filing, Section


@dataclass
class Saved:
    """保存的结果：what was saved, what was not and why, what others have written meanwhile."""

    done: int = 0
    wrong: dict[Any, str] = field(default_factory=dict)
    others: dict[int, Section] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """全部保存。"""
        return not self.wrong


def save(filing: Filing, draft: Draft, *, by: Staff) -> Saved:
    """保存：only what its writer has touched. Raises NotAllowed where nothing may be changed."""
    filling.refuse(filling.why_not_edit(filing, by=by))
    saved = Saved()
    _save_texts(filing, draft, saved, by)
    _save_figures(filing, draft, saved, by)
    changed = {
        name: value for name, value in draft.contact.items() if getattr(filing, name) != value
    }
    if changed:
        _try(saved, "contact", lambda: filling.set_contact(filing, changed, by=by))
    if filing.version > 1 and draft.note is not None:
        note = draft.note
        _try(saved, "correction", lambda: filling.set_note(filing, note, by=by))
    return saved


def _try(saved: Saved, what: Any, do: Any) -> bool:
    try:
        do()
    except GongkaiError as problem:
        saved.wrong[what] = str(problem)
        return False
    saved.done += 1
    return True


def _save_texts(filing: Filing, draft: Draft, saved: Saved, by: Staff) -> None:
    for section in filing.sections.select_related("edited_by"):
        written = draft.texts.get(section.number)
        if written is None or written.text == section.text:
            continue
        section.filing = filing
        try:
            filling.write(section, written.text, by=by, seen=written.seen)
        except NotAllowed as problem:
            saved.wrong[section.number] = str(problem)
            saved.others[section.number] = section
        except GongkaiError as problem:
            saved.wrong[section.number] = str(problem)
        else:
            saved.done += 1


def _save_figures(filing: Filing, draft: Draft, saved: Saved, by: Staff) -> None:
    kept = {entry.ref: entry for entry in filing.entries.select_related("by")}
    for ref, given in draft.cells.items():
        entry = kept.get(ref)
        now = figure_mark(f"{entry.figure}", entry.source) if entry else figure_mark("", "")
        if now == figure_mark(given.value, given.source):
            continue
        if now != given.was:
            told = f"改为{entry.figure}（来源：{entry.source}）" if entry else "清空"
            who = entry.by if entry and entry.by else "别人"
            saved.wrong[ref] = (
                f"刚刚由{who}{told}；您填的{given.value.strip() or '空'}还没有保存，核对后再保存。"
            )
            continue
        _try(
            saved,
            ref,
            lambda ref=ref, given=given: filling.enter(
                filing, ref, given.value, by=by, source=given.source
            ),
        )
