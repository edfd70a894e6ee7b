"""附件：every file of an application; each class has its own rule of who may open it."""

from __future__ import annotations

from django.db import models

from gongkai.applications.models.application import Application
from gongkai.applications.models.handling import Consultation
from gongkai.applications.models.paper import Paper
from gongkai.applications.states import Attached
from gongkai.files.models import OwnedFile
from gongkai.organs.models import Staff


class Attachment(OwnedFile):
    """申请附件：``by`` None came from the applicant; ``shared`` is for the applicant to fetch."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="attachments"
    )
    sort = models.CharField("类别", max_length=12, choices=Attached)
    shared = models.BooleanField("提供给申请人", default=False)
    cleared = models.CharField(
        "核对说明", max_length=300, blank=True, editable=False,
        help_text="筛查发现问题而仍然可以提供的，写明为什么",
    )  # fmt: skip
    paper = models.ForeignKey(
        Paper, models.PROTECT, verbose_name="所属文书", null=True, blank=True,
        related_name="attachments",
    )  # fmt: skip
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, verbose_name="所属征求意见", null=True, blank=True,
        related_name="attachments",
    )  # fmt: skip
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="上传人", null=True, related_name="+", db_index=False
    )

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "申请附件"
        abstract = False
