"""清单：a field of several rows, each of several cells; empty rows are left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

#: Blank rows that always stand below the filled ones; rows and cells a letter can bear.
BLANK, MOST, LONGEST = 2, 200, 500


class RowsInput(forms.Widget):
    """清单：a table of boxes; needs no script."""

    template_name = "applications/desk/deeds/rows.html"

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__()
        self.parts = parts

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows there are, and a few more."""
        context = super().get_context(name, value, attrs)
        given = [row for row in value or [] if any(f"{cell}".strip() for cell in row.values())]
        rows = [*given, *({} for _ in range(BLANK))]
        context["parts"] = self.parts
        context["rows"] = [
            [
                {
                    "name": f"{name}-{place}-{order}",
                    "part": part,
                    "value": row.get(part, ""),
                    "label": f"第{place + 1}行{part}",
                    "first": place == 0 and order == 0,
                }
                for order, part in enumerate(self.parts)
            ]
            for place, row in enumerate(rows)
        ]
        context["count"] = len(rows)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """Row by row, as many as the page had."""
        told = f"{data.get(f'{name}-rows', '')}"
        count = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
        return [
            {
                part: f"{data.get(f'{name}-{place}-{order}', '')}"
                for order, part in enumerate(self.parts)
            }
            for place in range(min(count, MOST + BLANK))
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the page had no such table."""
        return f"{name}-rows" not in data

    def id_for_label(self, id_: str) -> str:
        """The first box."""
        return id_


class RowsField(forms.Field):
    """清单。"""

    widget: RowsInput

    def __init__(self, parts: tuple[str, ...], **options: Any) -> None:
        self.parts = parts
        super().__init__(widget=RowsInput(parts), **options)

    def clean(self, value: Any) -> list[dict[str, str]]:
        """The rows that say something, without spaces around."""
        rows = [
            {part: f"{row.get(part, '')}".replace("\x00", "").strip() for part in self.parts}
            for row in value or []
        ]
        found = [row for row in rows if any(row.values())]
        if len(found) > MOST:
            raise ValidationError(f"最多{MOST}行。")
        for place, row in enumerate(found, start=1):
            for part, cell in row.items():
                if len(cell) > LONGEST:
                    raise ValidationError(f"第{place}行“{part}”最多{LONGEST}字。")
        return found
