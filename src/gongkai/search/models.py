"""卡片目录：the embedded index in the site's own database, but for its table of words."""

from __future__ import annotations

from django.db import models


class Card(models.Model):
    """卡片：an entry as the index keeps it.

    ``rank`` is the day and a hash of the id, so that the newest have the highest and one walk
    down the ranks is a walk back in time; see :func:`gongkai.search.embedded.rank_of`.
    """

    rank = models.BigIntegerField("次序", primary_key=True)
    entry_id = models.CharField("条目", max_length=100, unique=True)
    source = models.CharField("来源", max_length=50)
    kind = models.CharField("类别", max_length=50)
    title = models.TextField("标题")
    number = models.CharField("文号", max_length=200, blank=True)
    index_number = models.CharField("索引号", max_length=100, blank=True)
    organ = models.CharField("机关", max_length=100, blank=True)
    date = models.DateField("日期", null=True)
    topic = models.CharField("主题", max_length=100, blank=True)
    validity = models.CharField("有效性", max_length=20, blank=True)
    url = models.CharField("地址", max_length=300)
    put_at = models.DateTimeField("收录时间")

    class Meta:
        verbose_name = verbose_name_plural = "检索卡片"
        indexes = [models.Index(fields=["source", "put_at"], name="search_cards_by_age")]

    def __str__(self) -> str:
        return self.title


class Key(models.Model):
    """键：a number or title by which a card is found at once."""

    key = models.BinaryField("键", max_length=200)
    card = models.ForeignKey(Card, models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "检索键"
        indexes = [models.Index(fields=["key", "card"], name="search_keys")]

    def __str__(self) -> str:
        return bytes(self.key).hex()
