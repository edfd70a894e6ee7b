"""附件、正文中的图片、签发稿原件。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.documents.models.document import Document
from gongkai.files.models import OwnedFile


class DocumentFile(OwnedFile):
    """文件的附件：``role`` says whether the public gets it, and where.

    ``findings`` are those of screening its text and looking for what it hides, masked.
    """

    class Role(models.TextChoices):
        """用途。"""

        ATTACHMENT = "attachment", "附件"
        PICTURE = "picture", "正文中的图片"
        SOURCE = "source", "签发稿原件（不公开）"

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="files"
    )
    role = models.CharField("用途", max_length=10, choices=Role, default=Role.ATTACHMENT)
    findings = models.JSONField("筛查发现", default=list)

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "附件"

    def get_absolute_url(self) -> str:
        """永久地址；who may have it is decided there."""
        return reverse("documents:file", args=[self.document_id, self.pk])
