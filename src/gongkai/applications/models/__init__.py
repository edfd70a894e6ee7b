"""申请及办理过程中产生的一切记录。"""

from gongkai.applications.models.application import Applicant, Application, Event, Matter
from gongkai.applications.models.attached import Attachment
from gongkai.applications.models.contact import (
    Draft,
    DraftFile,
    Message,
    Rating,
    Tries,
)
from gongkai.applications.models.handling import Consultation, Extension, Fee, SearchLog
from gongkai.applications.models.keeping import Disposal
from gongkai.applications.models.listing import SavedList
from gongkai.applications.models.loading import Doubt, Load, LoadFile
from gongkai.applications.models.office import Office
from gongkai.applications.models.paper import LetterTemplate, Paper, Reply, Service
from gongkai.applications.models.reminding import Reminder
from gongkai.applications.models.supervision import Complaint, Order, Sample

__all__ = [
    "Applicant",
    "Application",
    "Attachment",
    "Complaint",
    "Consultation",
    "Disposal",
    "Doubt",
    "Draft",
    "DraftFile",
    "Event",
    "Extension",
    "Fee",
    "LetterTemplate",
    "Load",
    "LoadFile",
    "Matter",
    "Message",
    "Office",
    "Order",
    "Paper",
    "Rating",
    "Reminder",
    "Reply",
    "Sample",
    "SavedList",
    "SearchLog",
    "Service",
    "Tries",
]
