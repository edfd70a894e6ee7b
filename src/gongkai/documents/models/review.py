"""拟发公文信息公开审查表，以及对筛查发现的处理。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from gongkai.documents.models.document import Document
from gongkai.documents.states import Channel, Ground, Secrecy
from gongkai.organs.models import Staff

#: 解读形式
FORMS = [
    ("text", "文字解读"),
    ("graphic", "图解"),
    ("video", "视频、音频"),
    ("expert", "专家解读"),
    ("press", "新闻发布"),
    ("qa", "问答"),
]


class ReviewForm(models.Model):
    """审查表：what is asked of every document before it is signed; one a document.

    Drafter, dates, opinions and signatures are not typed here: they are the steps of the document.
    An answer not yet given is None, which is not the same as no.
    """

    document = models.OneToOneField(
        Document, models.PROTECT, verbose_name="文件", related_name="form"
    )
    unit = models.CharField("起草处（科）室", max_length=60, blank=True)
    secrecy = models.CharField(
        "密级", max_length=6, choices=Secrecy, blank=True,
        help_text="涉及国家秘密的，不得在本系统办理",
    )  # fmt: skip
    ground = models.CharField("不予公开的理由", max_length=2, choices=Ground, blank=True)
    attribute_reason = models.TextField("属性说明", max_length=1000, blank=True)
    review_on = models.DateField(
        "重新评估日期", null=True, blank=True, help_text="不予公开、依申请公开的，到期重新评估"
    )
    channels = models.JSONField("公开渠道", default=list, blank=True)

    legality_number = models.CharField("合法性审核编号", max_length=60, blank=True)
    consultation_number = models.CharField("公开征求意见编号", max_length=60, blank=True)
    competition_number = models.CharField("公平竞争审查编号", max_length=60, blank=True)

    personal_checked = models.BooleanField(
        "个人信息已核查", default=False, help_text="姓名、证件号码、电话、住址、账号"
    )
    commercial_checked = models.BooleanField("商业秘密已核查", default=False)
    copyright_checked = models.BooleanField("版权已核查", default=False)
    others_consulted = models.CharField(
        "涉及其他机关的协商、确认情况", max_length=300, blank=True,
        help_text="《政府信息公开条例》第十一条；不涉及的填“不涉及”",
    )  # fmt: skip

    interpretation = models.BooleanField("需要解读", null=True, blank=True)
    interpretation_reason = models.CharField("不作解读的理由", max_length=300, blank=True)
    interpretation_forms = models.JSONField("解读形式", default=list, blank=True)
    interpreter = models.CharField("解读人", max_length=60, blank=True)
    interpretation_on = models.DateField("解读发布日期", null=True, blank=True)

    #: 留痕的说法：what the fields cannot say of themselves.
    TOLD: ClassVar = {
        "channels": ("公开渠道", dict(Channel.choices)),
        "interpretation_forms": ("解读形式", dict(FORMS)),
        "columns": ("发布栏目", {}),
    }

    class Meta:
        verbose_name = verbose_name_plural = "信息公开审查表"

    def __str__(self) -> str:
        return f"{self.document}（审查表）"

    @property
    def channel_labels(self) -> list[str]:
        """公开渠道：in words, in the order of the article."""
        return [channel.label for channel in Channel if channel in self.channels]

    @property
    def form_labels(self) -> list[str]:
        """解读形式：in words."""
        return [label for code, label in FORMS if code in self.interpretation_forms]


class Override(models.Model):
    """放行：a second person's reasoned decision to publish in spite of a finding.

    ``mark`` names the finding by a hash, so that what was found is not written down again; a text
    changed at that place has another mark, and the decision no longer covers it.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="文件", related_name="overrides"
    )
    mark = models.CharField("发现", max_length=64)
    shown = models.CharField("内容（已遮蔽）", max_length=200)
    rule = models.CharField("规则", max_length=60)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(Staff, models.PROTECT, verbose_name="放行人", related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "筛查放行"
        constraints = [
            models.UniqueConstraint(fields=["document", "mark"], name="a_finding_is_passed_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule}：{self.shown}"
