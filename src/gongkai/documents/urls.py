"""主动公开的地址；a public address never changes."""

from __future__ import annotations

from django.urls import include, path, register_converter

from gongkai.documents import portal
from gongkai.documents.desk import (
    attachments,
    cleanups,
    columns,
    exports,
    gazette,
    lists,
    lives,
    papers,
    relations,
)


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


class ExportForm(_Choice):
    """csv、xlsx。"""

    regex = "csv|xlsx"


class Deed(_Choice):
    """修改、废止、失效、延期。"""

    regex = "amend|repeal|lapse|extend"


register_converter(FeedForm, "feedform")
register_converter(PrintForm, "printform")
register_converter(ExportForm, "exportform")
register_converter(Deed, "deed")

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

_desk = [
    path("", lists.documents, name="desk_documents"),
    path("export.<exportform:form>", exports.documents, name="export"),
    path("saved/", lists.save_list, name="save_list"),
    path("saved/<int:pk>/forget/", lists.forget_list, name="forget_list"),
    path("new/", papers.begin, name="begin"),
    path("<int:pk>/", papers.document, name="desk_document"),
    path("<int:pk>/edit/", papers.edit, name="edit"),
    path("<int:pk>/act/", papers.act, name="act"),
    path("<int:pk>/remark/", papers.remark, name="remark"),
    path("<int:pk>/number/", papers.number, name="number"),
    path("<int:pk>/schedule/", papers.schedule, name="schedule"),
    path("<int:pk>/channel/", papers.channel, name="channel"),
    path("<int:pk>/pass/", papers.let_pass, name="let_pass"),
    path("<int:pk>/link/", relations.link, name="link"),
    path("<int:pk>/links/<int:key>/remove/", relations.unlink, name="unlink"),
    path("<int:pk>/interpret/", relations.interpret, name="interpret"),
    path("<int:pk>/body/", papers.body, name="body"),
    path("<int:pk>/correct/", papers.correct, name="correct"),
    path("<int:pk>/preview/", papers.preview, name="preview"),
    path("<int:pk>/versions/<int:number>/", papers.version, name="version"),
    path("<int:pk>/form.<printform:form>", papers.form, name="form"),
    path("<int:pk>/files/", attachments.attach, name="attach"),
    path("<int:pk>/files/<int:key>/", attachments.file, name="desk_file"),
    path("<int:pk>/files/<int:key>/remove/", attachments.detach, name="detach"),
    path("<int:pk>/files/<int:key>/clean/", attachments.clean, name="clean_file"),
    path("<int:pk>/<deed:deed>/", lives.change, name="change"),
    path("reminders/", lists.reminders, name="reminders"),
    path("reminders/export.<exportform:form>", exports.reminders, name="export_reminders"),
    path("reminders/<int:pk>/settle/", lives.settle_reminder, name="settle_reminder"),
    path("gazette/", gazette.gazette, name="gazette"),
    path("gazette/export.<exportform:form>", gazette.export, name="export_gazette"),
    path("periods/", lives.periods, name="periods"),
    path("columns/", columns.columns, name="columns"),
    path("columns/new/", columns.column, name="new_column"),
    path("columns/<int:pk>/", columns.column, name="edit_column"),
    path("columns/lay-out/<int:organ>/", columns.lay_out, name="lay_out"),
    path("guide/<int:organ>/", columns.guide, name="edit_guide"),
    path("cleanups/", cleanups.campaigns, name="campaigns"),
    path("cleanups/new/", cleanups.begin, name="new_campaign"),
    path("cleanups/<int:pk>/", cleanups.campaign, name="campaign"),
    path("cleanups/<int:pk>/act/", cleanups.act, name="campaign_act"),
    path("cleanups/<int:pk>/items/<int:key>/", cleanups.item, name="campaign_item"),
]

app_name = "documents"
urlpatterns = [path("", include(_portal)), path("desk/documents/", include(_desk))]
