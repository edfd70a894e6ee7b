"""一份文件，只为测试流程：it has a flow, an organ and an author, and nothing else."""

from datetime import date

from django.db import models
from django.db.models import TextChoices

from gongkai.organs.models import Organ, Staff
from gongkai.organs.states import Duty
from gongkai.steps.states import Flow, Move
from gongkai.vault.fields import SealedText


class State(TextChoices):
    DRAFT = "draft", "草稿"
    REVIEW = "review", "审查中"
    ISSUED = "issued", "已发布"
    LAPSED = "lapsed", "失效"


class Paper(models.Model):
    FLOW = Flow(
        State,
        submit=Move("提交审查", start={State.DRAFT}, end=State.REVIEW, roles={Duty.DRAFT}),
        give_back=Move(
            "退回", start={State.REVIEW}, end=State.DRAFT, roles={Duty.SIGN}, reason=True
        ),
        examine=Move("保密审查", start={State.REVIEW}, roles={Duty.SECRECY}),
        issue=Move(
            "发布",
            start={State.REVIEW},
            end=State.ISSUED,
            roles={Duty.SIGN},
            four_eyes=True,
            apart={"examine"},
        ),
        lapse=Move("失效", start={State.ISSUED}, end=State.LAPSED, automatic=True),
    )

    title = models.CharField("标题", max_length=100)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    author = models.ForeignKey(Staff, models.PROTECT, related_name="+", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    issued_on = models.DateField("发布日期", null=True)
    received_on = models.DateField("收到日期", default=date(2027, 2, 1))
    due_on = models.DateField("期限", null=True)

    def __str__(self) -> str:
        return self.title


class Sender(models.Model):
    """来信人，只为测试密存。"""

    name = models.CharField("称呼", max_length=50)
    phone = SealedText("电话", mask="phone", blank=True)
    id_number = SealedText("证件号码", mask="id", null=True)
    note = SealedText("备注", blank=True, context="papers.Sender.remark")

    def __str__(self) -> str:
        return self.name
