"""复议、诉讼案件及其经过的一切记录。"""

from gongkai.disputes.models.attached import Attachment
from gongkai.disputes.models.course import Appeal, Hearing, Reminder, Ruling
from gongkai.disputes.models.dispute import Dispute

__all__ = ["Appeal", "Attachment", "Dispute", "Hearing", "Reminder", "Ruling"]
