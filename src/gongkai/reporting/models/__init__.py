"""编报通知和编报单位，报送件及其正文、数字、说明、附件，以及围绕它们的记录。"""

from gongkai.reporting.models.around import Intake, Print, Reminder
from gongkai.reporting.models.call import LONGEST, Call, Practice, Unit
from gongkai.reporting.models.filing import (
    OPENING,
    PART_NAMES,
    Entry,
    Filing,
    FilingFile,
    Section,
    Waiver,
    paragraphs,
)

__all__ = [
    "LONGEST",
    "OPENING",
    "PART_NAMES",
    "Call",
    "Entry",
    "Filing",
    "FilingFile",
    "Intake",
    "Practice",
    "Print",
    "Reminder",
    "Section",
    "Unit",
    "Waiver",
    "paragraphs",
]
