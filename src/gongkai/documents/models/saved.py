"""常用筛选：a filter of the work list somebody wants to find again."""

from __future__ import annotations

from django.db import models

from gongkai.organs.models import Staff


class SavedList(models.Model):
    """常用筛选。"""

    staff = models.ForeignKey(
        Staff, models.CASCADE, verbose_name="工作人员", related_name="saved_lists"
    )
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "name"],
                name="a_saved_list_has_a_name_of_its_own",
                violation_error_message="已有同名的常用筛选。",
            )
        ]

    def __str__(self) -> str:
        return self.name
