"""栏目树的选框：columns are ticked block by block; what is chosen lies open, the rest is folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms


@dataclass
class Branch:
    """一枝：the box of a column, and what stands below it."""

    option: dict[str, Any]
    top: bool
    below: list[Branch] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """How many are ticked below it."""
        return sum(bool(one.option["selected"]) + one.chosen for one in self.below)

    @property
    def open(self) -> bool:
        """展开：the top always, a block only where something in it is ticked."""
        return self.top or self.chosen > 0


class ColumnTree(forms.CheckboxSelectMultiple):
    """栏目树：works without a script; for a ModelMultipleChoiceField of columns."""

    template_name = "documents/desk/_column_tree.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes as branches, in the order of the rows."""
        context = super().get_context(name, value, attrs)
        options = [one for _, group, _ in context["widget"]["optgroups"] for one in group]
        keys = {str(one["value"]) for one in options}
        branches = {
            str(one["value"]): Branch(one, str(one["value"].instance.parent_id) not in keys)
            for one in options
        }
        for branch in branches.values():
            parent = str(branch.option["value"].instance.parent_id)
            if not branch.top:
                branches[parent].below.append(branch)
        context["widget"]["branches"] = [one for one in branches.values() if one.top]
        return context
