"""主动公开的地址；a public address never changes."""

from __future__ import annotations

from django.urls import include, path, register_converter

from gongkai.documents import portal


class _Choice:
    """One of a few words."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FeedForm(_Choice):
    """rss、atom。"""

    regex = "rss|atom"


class PrintForm(_Choice):
    """docx、pdf。"""

    regex = "docx|pdf"


register_converter(FeedForm, "feedform")
register_converter(PrintForm, "printform")

_portal = [
    path("documents/<int:pk>/", portal.document, name="document"),
    path("documents/<int:pk>/changes/<int:number>/", portal.changes, name="changes"),
    path("documents/<int:pk>/document.<printform:form>", portal.download, name="download"),
    path("documents/<int:pk>/files/<int:key>/", portal.file, name="file"),
    path("documents/feed.<feedform:form>", portal.feed, name="feed"),
    path("columns/<int:pk>/", portal.column, name="column"),
    path("columns/<int:pk>/feed.<feedform:form>", portal.feed_of_column, name="column_feed"),
    path("topics/", portal.topics, name="topics"),
    path("policies/", portal.library, name="library"),
    path("policies/<slug:kind>/in-force/", portal.in_force, name="in_force"),
    path("organs/<int:organ>/guide/", portal.guide, name="guide"),
    path("organs/<int:organ>/catalogue/", portal.catalogue, name="catalogue"),
    path("archive/", portal.archive, name="archive"),
    path("archive/<int:year>/", portal.archive, name="archive_year"),
]

app_name = "documents"
urlpatterns = [path("", include(_portal))]
