"""主动公开的后台任务：publication at a time, and what every night brings."""

from __future__ import annotations

from gongkai.documents.models import Document, Version
from gongkai.jobs.tasks import job


@job()
def publish(document_id: int) -> bool:
    """到点发布：does nothing if it was done, put off or called off in the meantime."""
    from gongkai.documents.actions.publishing import issue_when_due

    document = Document.objects.select_related("organ", "form").filter(pk=document_id).first()
    return bool(document and issue_when_due(document))


@job()
def nightly() -> dict[str, int]:
    """每夜：validity that changes today, and reminders of what is running out."""
    from gongkai.documents.actions.validity import remind, turn

    return {"turned": turn(), "reminded": remind()}


@job()
def look_over(documents: list[int]) -> int:
    """核对导入的文件：screen what nobody has screened yet, and let it be found.

    An import takes over what is public elsewhere, so nothing is stopped; what the screening finds
    stands on the desk. Returns the number of findings that would have stopped a publication.
    """
    from gongkai.documents.entries import announce
    from gongkai.documents.screened import screen_text

    stops = 0
    versions = Version.objects.filter(document__in=documents, findings__isnull=True)
    for version in versions.iterator(50):
        found = screen_text(version.title, version.html)
        Version.objects.filter(pk=version.pk).update(findings=found)
        stops += sum(one["severity"] == "error" for one in found)
    announce(Document.objects.filter(pk__in=documents).only("pk"))
    return stops
