"""一架文件：documents written straight into the tables, where the way they came does not matter."""

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.documents.life import Life
from gongkai.documents.models import Document, Placement, Version
from gongkai.documents.numbers import next_indexes
from gongkai.documents.states import State
from library import column


def make_shelf(office, count, *, kind="normative", formed_on=date(2021, 5, 1), start=0, **fields):
    """So many documents before the public, in the column of normative documents."""
    today = timezone.localdate()
    life = Life(formed_on, valid_to=fields.get("valid_to"))
    at = datetime.combine(formed_on, time(9), timezone.get_current_timezone())
    indexes = next_indexes(office.organ, formed_on.year, count)
    documents = Document.objects.bulk_create(
        Document(
            organ=office.organ,
            kind=kind,
            title=f"关于第{n}件事的规定{n}",
            number=f"石政办规〔{formed_on.year}〕{n + 1}号",
            number_key=f"石政办规〔{formed_on.year}〕{n + 1}",
            index_number=index,
            state=State.ISSUED,
            formed_on=formed_on,
            issued_at=at,
            validity=life.on(today),
            turns_on=life.turns_after(today),
            edition=1,
            **fields,
        )
        for n, index in enumerate(indexes, start)
    )
    Version.objects.bulk_create(
        Version(document=one, number=1, title=one.title, html="<p>正文。</p>", findings=[])
        for one in documents
    )
    place = column(office, "normative")
    Placement.objects.bulk_create(
        Placement(document=one, column_id=key, direct=key == place.pk, issued_at=at)
        for one in documents
        for key in place.lineage
    )
    return documents
