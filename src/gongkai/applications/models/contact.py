"""与申请人的往来：未提交的申请及其附件、留言、评价，和试错的次数。"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.applications.models.application import Application
from gongkai.applications.states import Attached
from gongkai.files.models import OwnedFile
from gongkai.organs.models import Organ, Staff
from gongkai.vault.fields import SealedText

#: 评价的五档（政务服务“好差评”制度，国办发〔2019〕51号）。
STARS = [(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")]


class Draft(models.Model):
    """未提交的申请：what somebody has typed so far, sealed, found again by a secret.

    ``key`` is the SHA-256 of that secret, which only the applicant has.
    """

    key = models.CharField("凭据", max_length=64, unique=True, editable=False)
    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="机关", null=True, related_name="+", db_index=False
    )
    content = SealedText("内容", blank=True)
    step = models.PositiveSmallIntegerField("填到第几步", default=1)
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="已提交为", null=True, related_name="+"
    )
    saved_at = models.DateTimeField("保存时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "未提交的申请"
        indexes = [models.Index(fields=["saved_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return self.key[:8]


class DraftFile(OwnedFile):
    """未提交的附件：kept sealed, whatever it is, until the request is sent or forgotten."""

    draft = models.ForeignKey(
        Draft, models.CASCADE, verbose_name="未提交的申请", related_name="files"
    )
    sort = models.CharField("类别", max_length=12, choices=Attached)

    class Meta(OwnedFile.Meta):
        verbose_name = verbose_name_plural = "未提交的附件"
        abstract = False


class Tries(models.Model):
    """次数：how often something was tried lately, from one address or on one number.

    ``key`` is a keyed fingerprint: nobody reads an address out of it. All workers share it.
    """

    key = models.CharField("指纹", max_length=64, unique=True, editable=False)
    count = models.PositiveIntegerField("次数", default=0)
    since = models.DateTimeField("自", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "次数"
        indexes = [models.Index(fields=["since"], name="tries_by_age")]

    def __str__(self) -> str:
        return f"{self.count}次"


class Message(models.Model):
    """留言：between the applicant and the office; ``by`` None is the applicant."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="messages"
    )
    text = models.TextField("内容", max_length=2000)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="工作人员", null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "留言"
        ordering = ["application", "pk"]
        indexes = [
            models.Index(
                fields=["application"],
                condition=models.Q(by__isnull=True, read_at__isnull=True),
                name="messages_unread_by_us",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Rating(models.Model):
    """评价：by the applicant, once a round, after the reply."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="ratings"
    )
    round = models.PositiveSmallIntegerField("第几次答复", default=1)
    stars = models.PositiveSmallIntegerField("评价", choices=STARS)
    text = models.TextField("意见", max_length=1000, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_rating_a_round")
        ]

    def __str__(self) -> str:
        return self.get_stars_display()
