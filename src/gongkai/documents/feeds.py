"""订阅：RSS 2.0 and Atom 1.0 of what is public."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from gongkai.documents.models import Column
from gongkai.documents.queries import DocumentQuery

_FORMS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
_LENGTH = 30


def feed_of(
    request: HttpRequest, form: str, rows: DocumentQuery, column: Column | None = None
) -> HttpResponse:
    """订阅：``rows`` are already chosen and sorted; only their titles and summaries go out."""
    name = settings.SITE["name"]
    title = f"{column.name} - {name}" if column else name
    home = request.build_absolute_uri(column.get_absolute_url() if column else "/")
    feed = _FORMS[form](
        title=title,
        link=home,
        description=column.description if column else f"{name}最新公开的文件",
        language="zh-CN",
        feed_url=request.build_absolute_uri(request.path),
    )
    listed = rows.only("title", "summary", "number", "issuer", "issued_at", "state", "kind")
    for document in listed[:_LENGTH]:
        address = request.build_absolute_uri(document.get_absolute_url())
        feed.add_item(
            title=document.title,
            link=address,
            description=document.summary or document.number or document.title,
            pubdate=document.issued_at,
            updateddate=document.issued_at,
            unique_id=address,
            author_name=document.issuer,
            categories=(document.row.name,),
        )
    response = HttpResponse(content_type=f"application/{form}+xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    feed.write(response, "utf-8")
    return response
