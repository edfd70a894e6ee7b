"""主动公开的数据：documents, their forms, columns, validity, clean-ups, imports."""

from __future__ import annotations

from gongkai.documents.models.attachment import DocumentFile
from gongkai.documents.models.cleanup import Campaign, CampaignItem
from gongkai.documents.models.column import Column, Placement, Publication
from gongkai.documents.models.document import Document, Relation, Version
from gongkai.documents.models.guide import Guide
from gongkai.documents.models.loading import FailedRow, ImportRun
from gongkai.documents.models.period import PeriodRule, Reminder
from gongkai.documents.models.review import Override, ReviewForm
from gongkai.documents.models.saved import SavedList

__all__ = [
    "Campaign",
    "CampaignItem",
    "Column",
    "Document",
    "DocumentFile",
    "FailedRow",
    "Guide",
    "ImportRun",
    "Override",
    "PeriodRule",
    "Placement",
    "Publication",
    "Relation",
    "Reminder",
    "ReviewForm",
    "SavedList",
    "Version",
]
