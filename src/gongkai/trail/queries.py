"""留痕的查询：the steps of a record, of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from gongkai.trail.models import Step  # noqa: F401  (the type of the rows)


class StepQuery(models.QuerySet["Step"]):
    """办理步骤的查询。"""

    def of(self, subject: models.Model) -> StepQuery:
        """某一对象的全部步骤，先后为序：everything done to one record."""
        return self.filter(subject=subject._meta.label_lower, subject_id=str(subject.pk))
