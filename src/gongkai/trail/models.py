"""留痕：one row a thing done, each sealed with the hash of the row before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models

from gongkai.trail.queries import StepQuery

#: What stands before the first step.
BEGINNING = "0" * 64


class Step(models.Model):
    """办理步骤：who did what to what, when, and what changed.

    Names are kept as they were on the day, beside the keys: people are renamed and move on, a
    record does not. ``by_id``, ``subject`` and ``subject_id`` point to people and records of any
    room without a foreign key, so the trail knows no room and outlives what it tells of.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    by_id = models.BigIntegerField("经办人", null=True)
    by_name = models.CharField("经办人姓名", max_length=100)
    for_name = models.CharField("代谁办理", max_length=100, blank=True)
    organ_name = models.CharField("所在机关", max_length=200, blank=True)
    subject = models.CharField("对象类别", max_length=100)
    subject_id = models.CharField("对象编号", max_length=64)
    title = models.CharField("对象名称", max_length=300)
    move = models.CharField("动作", max_length=50)
    label = models.CharField("动作名称", max_length=50)
    before = models.CharField("原状态", max_length=50, blank=True)
    after = models.CharField("新状态", max_length=50, blank=True)
    note = models.TextField("说明", blank=True)
    changes = models.JSONField("变更", default=dict)
    previous = models.CharField("上一步的校验值", max_length=64)
    seal = models.CharField("校验值", max_length=64)

    objects = StepQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理步骤"
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "number"], name="trail_of_a_subject"),
            models.Index(fields=["by_id", "number"], name="trail_of_a_person"),
            models.Index(fields=["at"], name="trail_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.label}"

    @property
    def who(self) -> str:
        """经办人，代办的注明代谁：the name as a page shows it."""
        return f"{self.by_name}（代{self.for_name}）" if self.for_name else self.by_name

    def content(self) -> dict[str, Any]:
        """Everything the seal covers; nothing about a step may change unseen."""
        return {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by_id,
            "by_name": self.by_name,
            "for_name": self.for_name,
            "organ_name": self.organ_name,
            "subject": self.subject,
            "subject_id": self.subject_id,
            "title": self.title,
            "move": self.move,
            "label": self.label,
            "before": self.before,
            "after": self.after,
            "note": self.note,
            "changes": self.changes,
            "previous": self.previous,
        }

    def computed_seal(self) -> str:
        """校验值：SHA-256 over the content as canonical JSON (sorted keys, no spaces, UTF-8)."""
        text = json.dumps(self.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Head(models.Model):
    """链头：the number and the seal of the last step.

    Whoever writes a step holds this one row until the transaction ends, so steps are numbered
    without a gap; and a chain cut short at its end no longer agrees with it.
    """

    number = models.BigIntegerField("最后一步", default=0)
    seal = models.CharField("校验值", max_length=64, default=BEGINNING)

    class Meta:
        verbose_name = verbose_name_plural = "链头"

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"
