"""附件：content kept once, what was read in it, and the link an owner makes to it."""

from __future__ import annotations

import hashlib
import json

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models

from gongkai.files.hidden import Hidden
from gongkai.files.kinds import CONTENT_TYPES, SUFFIXES, Kind
from gongkai.files.queries import BlobQuery
from gongkai.vault.fields import SealedText
from gongkai.vault.sealing import fingerprint_bytes
from gongkai.vault.streams import unseal_bytes


def digest_of(file: File[bytes], *, sealed: bool) -> str:
    """内容的校验值：SHA-256; of what is kept sealed a fingerprint only we can compute.

    Else whoever sees the name of a sealed file could try which content he knows it to be.
    """
    if sealed:
        return fingerprint_bytes(file, "files.Blob")
    return hashlib.file_digest(file, "sha256").hexdigest()


class Blob(models.Model):
    """文件内容：kept once however often it is uploaded, under the name of its SHA-256.

    ``sealed`` is the key of a content that is kept sealed, itself sealed; blank for any other.
    Of such a content ``sha256`` is a keyed fingerprint, and it goes for good with this row.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.BigIntegerField("大小（字节）")
    kind = models.CharField("种类", max_length=5, choices=Kind)
    stored = models.CharField("存放名", max_length=200)
    sealed = SealedText("文件密钥", blank=True, editable=False)
    added_at = models.DateTimeField("首次上传", auto_now_add=True)

    objects = BlobQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件内容"

    def __str__(self) -> str:
        return f"{Kind(self.kind).label} {self.sha256[:12]}"

    @property
    def content_type(self) -> str:
        """内容类型（MIME）。"""
        return CONTENT_TYPES[Kind(self.kind)]

    @property
    def suffix(self) -> str:
        """扩展名：``.docx``."""
        return SUFFIXES[Kind(self.kind)][0]

    def open(self) -> File[bytes]:
        """打开：the bytes, in the clear, to be closed by the caller.

        Raises OSError for a content that is lost; of one that is sealed, Unreadable when it was
        touched (also while reading) and NotInstalled when its key is not here.
        """
        if not self.sealed:
            return default_storage.open(self.stored, "rb")
        key = self.sealed.open()
        return File(unseal_bytes(default_storage.open(self.stored, "rb"), key), self.stored)

    def is_sound(self) -> bool:
        """完好：the bytes are still those it was made of; raises what :meth:`open` raises."""
        with self.open() as file:
            return digest_of(file, sealed=bool(self.sealed)) == self.sha256


class BlobReading(models.Model):
    """读取结果：in a table of its own, for the text is long and lists do not want it.

    Of a sealed content no text is kept, and what it hides is kept sealed.
    """

    blob = models.OneToOneField(
        Blob, models.CASCADE, primary_key=True, related_name="reading", verbose_name="文件内容"
    )
    text = models.TextField("文字", blank=True)
    hidden_json = models.JSONField("隐藏信息", default=list)
    hidden_sealed = SealedText("密存的隐藏信息", blank=True, editable=False)
    facts = models.JSONField("页数等", default=dict)
    signed = models.BooleanField("带有电子签章", default=False)
    problem = models.CharField("读不了的原因", max_length=300, blank=True)
    version = models.PositiveSmallIntegerField("读取办法的版本")
    read_at = models.DateTimeField("读取时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "读取结果"

    def __str__(self) -> str:
        return f"{self.blob_id}"

    @property
    def hidden(self) -> list[Hidden]:
        """隐藏信息。"""
        kept = json.loads(self.hidden_sealed.open()) if self.hidden_sealed else self.hidden_json
        return [Hidden.from_json(one) for one in kept]

    @property
    def blocking(self) -> list[Hidden]:
        """应当先处理再公开的。"""
        return [one for one in self.hidden if one.blocks]


class OwnedFile(models.Model):
    """附件：what a record holds; each room derives its own, with a foreign key to its record."""

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="文件内容")
    name = models.CharField("文件名", max_length=200)
    title = models.CharField("标题", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title or self.name
