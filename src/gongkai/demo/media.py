"""政务新媒体、新闻发布：what of the year went out by other channels than the website."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from gongkai.demo import figures
from gongkai.documents.models import Publication
from gongkai.documents.states import Channel

ACCOUNTS = ("微博“石家庄发布”（演示）", "微信公众号“石家庄政务公开”（演示）")
_PRESS = "市政府新闻办公室新闻发布会（演示）"


@transaction.atomic
def send_out() -> None:
    """3,295 posts on two accounts, an hour after the website; a press conference for each norm."""
    sent = Publication.objects.filter(at__year=figures.YEAR)
    for channel, rows in ((Channel.NEW_MEDIA, _posts()), (Channel.PRESS, _conferences())):
        if not sent.filter(channel=channel).exists():
            Publication.objects.bulk_create(rows, batch_size=1_000)


def _posts() -> Iterator[Publication]:
    return islice(
        (
            Publication(
                document_id=document, channel=Channel.NEW_MEDIA, detail=account,
                at=at + timedelta(hours=1),
            )
            for document, at in _on_the_website()
            for account in ACCOUNTS
        ),
        figures.NEW_MEDIA,
    )  # fmt: skip


def _conferences() -> Iterator[Publication]:
    for document, at in _on_the_website(kind="normative"):
        at_press = at + timedelta(hours=2)
        yield Publication(document_id=document, channel=Channel.PRESS, detail=_PRESS, at=at_press)


def _on_the_website(**wanted: str) -> Iterator[tuple[int, datetime]]:
    """What the city itself published in the year, once each; reprints are not its own news."""
    also = {f"document__{name}": value for name, value in wanted.items()}
    rows = Publication.objects.filter(channel=Channel.WEBSITE, at__year=figures.YEAR, **also)
    rows = rows.exclude(document__kind="higher").order_by("document")
    found = dict(rows.values_list("document", "at"))
    return ((document, at) for document, at in found.items() if at)
