"""案件材料：sealed, for a petition tells of a person all there is to tell."""

from __future__ import annotations

from django.db import models

from gongkai.disputes.models.course import Appeal, Hearing, Ruling
from gongkai.disputes.models.dispute import Dispute
from gongkai.disputes.states import Attached
from gongkai.files.models import OwnedFile
from gongkai.organs.models import Staff


class Attachment(OwnedFile):
    """案件材料：of the case, and of the hearing, ruling or appeal it belongs to."""

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, verbose_name="案件", related_name="attachments"
    )
    sort = models.CharField("类别", max_length=8, choices=Attached)
    hearing = models.ForeignKey(
        Hearing, models.PROTECT, verbose_name="听证、开庭", null=True, related_name="attachments"
    )
    ruling = models.ForeignKey(
        Ruling, models.PROTECT, verbose_name="结论", null=True, related_name="attachments"
    )
    appeal = models.ForeignKey(
        Appeal, models.PROTECT, verbose_name="上诉", null=True, related_name="attachments"
    )
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="上传人", null=True, related_name="+", db_index=False
    )

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "案件材料"
        abstract = False
