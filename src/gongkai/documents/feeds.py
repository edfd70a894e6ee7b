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
    request: HttpRequest,
    form: str,
    rows: DocumentQuery,
    column: Column | None = None,
    *,
    about: str = "",
    home: str = "/",
) -> HttpResponse:
    """订阅：``rows`` are already chosen and sorted; only their titles and summaries go out.

    ``about`` is what they were chosen by and ``home`` the page that shows them, unless they are
    those of a ``column``.
    """
    name = settings.SITE["name"]
    if column:
        about, home = column.name, column.get_absolute_url()
    about = "".join(filter(str.isprintable, about))  # XML has no other characters
    feed = _FORMS[form](
        title=f"{about} - {name}" if about else name,
        link=request.build_absolute_uri(home),
        description=column.description if column else about or f"{name}最新公开的文件",
        language="zh-CN",
        feed_url=request.build_absolute_uri(),
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
