"""常用筛选：a filter of the register somebody gave a name."""

from __future__ import annotations

from django.db import models

from gongkai.organs.models import Staff


class SavedList(models.Model):
    """常用筛选：the query of an address; whoever made it sees it alone."""

    staff = models.ForeignKey(
        Staff, models.CASCADE, verbose_name="工作人员", related_name="saved_registers"
    )
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "name"],
                name="a_saved_register_has_a_name_of_its_own",
                violation_error_message="已有同名的常用筛选。",
            )
        ]

    def __str__(self) -> str:
        return self.name
