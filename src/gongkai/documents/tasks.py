"""主动公开的后台任务：publication at a time, and what every night brings."""

from __future__ import annotations

from gongkai.documents.models import Document
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
