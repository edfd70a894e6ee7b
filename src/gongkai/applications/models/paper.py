"""文书模板、文书、答复、送达。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.applications.models.application import OUTCOME_CHOICES, Application
from gongkai.applications.models.handling import Consultation
from gongkai.law.events import Way
from gongkai.law.letters import LETTERS
from gongkai.organs.models import Organ, Staff

LETTER_CHOICES = [(one.number, one.name) for one in LETTERS]
WAYS = [(way.value, way.label) for way in Way if way is not Way.COURIER]


class LetterTemplate(models.Model):
    """文书模板：an office's own wording of a letter; without one the bundled text is used.

    A version is never changed: a better one follows it, from its day on.
    """

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="机关", related_name="letter_templates"
    )
    letter = models.PositiveSmallIntegerField("文书", choices=LETTER_CHOICES)
    version = models.PositiveSmallIntegerField("版本")
    body = models.TextField("模板正文")
    valid_from = models.DateField("启用日期")
    note = models.CharField("修改说明", max_length=300, blank=True)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="修改人", null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("修改时间", default=timezone.now)
    withdrawn_on = models.DateField("停用日期", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["organ", "letter", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "letter", "version"], name="a_template_version_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_letter_display()}（第{self.version}版）"


class Paper(models.Model):
    """文书：one of the 38 papers, made from a choice, editable until it is fixed.

    ``body`` is plain text, a paragraph a line, as it goes on paper; ``facts`` what it was made
    of, for the papers that are forms. Once fixed nothing of it changes; ``sha256`` seals both.
    """

    class State(models.TextChoices):
        """文书状态。"""

        DRAFT = "draft", "草稿"
        FIXED = "fixed", "已定稿"
        VOID = "void", "已作废"
        #: What it told of people is gone; what is left no longer agrees with its seal.
        ERASED = "erased", "已匿名化"

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="papers"
    )
    letter = models.PositiveSmallIntegerField("文书", choices=LETTER_CHOICES)
    template = models.ForeignKey(
        LetterTemplate, models.PROTECT, verbose_name="模板", null=True, related_name="+",
        db_index=False,
    )  # fmt: skip
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, verbose_name="征求意见", null=True, related_name="papers"
    )
    round = models.PositiveSmallIntegerField("第几次答复", default=1)
    number = models.CharField("文书编号", max_length=100, blank=True)
    title = models.CharField("标题", max_length=200)
    addressee = models.CharField("主送", max_length=200, blank=True)
    body = models.TextField("正文")
    facts = models.JSONField("要素", default=dict)
    signature = models.CharField("落款", max_length=100, blank=True)
    dated_on = models.DateField("成文日期")
    state = models.CharField("状态", max_length=6, choices=State, default=State.DRAFT)
    edited = models.BooleanField("人工修改过", default=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    fixed_at = models.DateTimeField("定稿时间", null=True, editable=False)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="制作人", null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("制作时间", default=timezone.now)
    read_at = models.DateTimeField("申请人下载时间", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="a_paper_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="fixed") | ~Q(sha256=""), name="a_fixed_paper_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()


class Reply(models.Model):
    """答复：the decision of one round; a multi-matter request has one reply and one outcome.

    ``number`` and ``tracking`` are those of a reply that was loaded from an earlier register; of
    one made here its paper and its service tell them.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请", related_name="replies"
    )
    round = models.PositiveSmallIntegerField("第几次答复", default=1)
    outcome = models.CharField("答复结果", max_length=4, choices=OUTCOME_CHOICES)
    paper = models.OneToOneField(
        Paper, models.PROTECT, verbose_name="答复书", null=True, related_name="reply"
    )
    drafted_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="拟稿人", null=True, related_name="+", db_index=False
    )
    drafted_at = models.DateTimeField("拟稿时间", default=timezone.now)
    approved_by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="签发人", null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField("签发时间", null=True)
    number = models.CharField("答复文号", max_length=100, blank=True, editable=False)
    tracking = models.CharField("邮件号码", max_length=60, blank=True, editable=False)
    published_as = models.BigIntegerField("转为主动公开的文件", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ["application", "round"]
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_reply_a_round")
        ]
        indexes = [
            models.Index(fields=["number"], name="replies_by_number"),
            models.Index(fields=["tracking"], name="replies_by_tracking"),
        ]

    def __str__(self) -> str:
        return f"{self.application}的答复"


class Service(models.Model):
    """送达：how a paper went to its reader, and the proof（国办公开办函〔2016〕235号）."""

    paper = models.ForeignKey(Paper, models.PROTECT, verbose_name="文书", related_name="services")
    way = models.CharField("送达方式", max_length=10, choices=WAYS)
    sent_on = models.DateField("发出日期")
    tracking = models.CharField("邮件号码", max_length=60, blank=True)
    receiver = models.CharField("签收人", max_length=60, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    failed_on = models.DateField("退回日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="送达人", null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["paper", "pk"]
        indexes = [
            # SQLite would not know an index of those that have one: what is asked is a value.
            models.Index(fields=["tracking"], name="services_by_tracking")
        ]

    def __str__(self) -> str:
        return f"{self.paper}：{self.get_way_display()}"

    @property
    def counts_when_sent(self) -> bool:
        """以发出之日为准：else the day of signing counts."""
        return any(way.value == self.way and way.counts_when_sent for way in Way)
