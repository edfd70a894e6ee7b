"""清理：a campaign over the documents in force, decided one by one and applied at one go."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.documents.models.document import Document
from gongkai.documents.states import CLEANUP, CleanupState, Decision
from gongkai.organs.models import Organ, Staff


class Campaign(models.Model):
    """清理工作：its scope, its cut-off day, and the document its result is published as."""

    FLOW = CLEANUP

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="组织清理的机关", related_name="campaigns"
    )
    author = models.ForeignKey(Staff, models.PROTECT, verbose_name="承办人", related_name="+")
    title = models.CharField("名称", max_length=200)
    kinds = models.JSONField("清理的种类", default=list)
    subtree = models.BooleanField("包括下属机关的文件", default=False)
    cut_off = models.DateField("截止日期", help_text="清理在此日及以前印发、现行有效的文件")
    state = models.CharField(
        "阶段", max_length=10, choices=CleanupState, default=CleanupState.LISTING, editable=False
    )
    legal_opinion = models.TextField("法制审核意见", blank=True)
    decision_number = models.CharField("决定的发文字号", max_length=120, blank=True)
    result = models.ForeignKey(
        Document, models.PROTECT, verbose_name="清理结果", null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    begun_at = models.DateTimeField("开始时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "清理工作"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class CampaignItem(models.Model):
    """清理清单的一项：what the unit thinks of a document, and what is decided."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="清理工作", related_name="items"
    )
    document = models.ForeignKey(Document, models.PROTECT, verbose_name="文件", related_name="+")
    unit_opinion = models.CharField("起草单位意见", max_length=8, choices=Decision, blank=True)
    unit_reason = models.CharField("起草单位理由", max_length=300, blank=True)
    decision = models.CharField("决定", max_length=8, choices=Decision, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    valid_to = models.DateField("延长后有效期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清理清单"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "document"], name="a_document_is_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(decision=Decision.EXTEND),
                name="only_an_extension_has_a_new_end",
                violation_error_message="只有延长有效期的才填新的有效期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}：{self.get_decision_display() or '未定'}"
