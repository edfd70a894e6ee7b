"""政府公报：how an issue is named, always alike, so that issues can be counted; and whose queue."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left, Length

from gongkai.documents.models import Publication
from gongkai.documents.queries import PublicationQuery
from gongkai.documents.states import Channel
from gongkai.errors import BadInput
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty, Kind

#: Who keeps the queue, and who may look at it besides.
KEEPERS = frozenset({Duty.DISCLOSURE})
READERS = KEEPERS | {Duty.COMPETENT}
#: A gazette comes out every ten days at the most; twice as often is a slip of the pen.
MOST_ISSUES = 72

_WRITTEN = re.compile(r"(?:《(.+)》|(.*?))\s*(\d{4})年\s*第?(\d{1,3})期")


@dataclass(frozen=True, slots=True)
class Issue:
    """公报期次：《石州市人民政府公报》2026年第3期. Raises BadInput for what cannot be one."""

    gazette: str
    year: int
    number: int

    def __post_init__(self) -> None:
        if not self.gazette.strip("《》 "):
            raise BadInput("没有写明公报名称。")
        if not 1 <= self.number <= MOST_ISSUES:
            raise BadInput(f"公报期号应为1至{MOST_ISSUES}，现在写的是{self.number}。")

    def __str__(self) -> str:
        return f"《{self.gazette.strip('《》 ')}》{self.year}年第{self.number}期"

    def suits(self, printed_on: date) -> bool:
        """刊印日期：within the year of the issue, or the one after for its last."""
        return printed_on.year - self.year in (0, 1)


def read_issue(text: str, organ: Organ) -> Issue:
    """读公报期次：however typed; without a name it is the gazette of the organ's government.

    Raises BadInput for what names no issue.
    """
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise BadInput("登记公报刊登，请写明年份和期号，例如“2026年第3期”。")
    return Issue(found[1] or found[2] or gazette_of(organ), int(found[3]), int(found[4]))


def gazette_of(organ: Organ) -> str:
    """公报名称：of the government the organ belongs to; departments and townships have none.

    《国务院办公厅关于做好政府公报工作的通知》（国办发〔2018〕22号）.
    """
    governments = Organ.objects.above(organ).filter(kind__in=(Kind.CITY, Kind.COUNTY))
    government = governments.last() or organ
    return f"{government.name.removesuffix('办公室')}公报"


def organs_in_reach(staff: Staff) -> list[tuple[int, str]]:
    """公报刊登涉及的机关：a person's own and all below, whose documents the gazette prints too."""
    above = {"pk__in": organs_with(staff, READERS), "path": Left(OuterRef("path"), Length("path"))}
    rows = Organ.objects.filter(Exists(Organ.objects.filter(**above))).order_by("path")
    listed = rows.values_list("pk", "short_name", "name")
    return [(key, short or name) for key, short, name in listed]


def queue(organs: list[int]) -> PublicationQuery:
    """公报刊登记录：of these organs, waiting, printed or left out."""
    return Publication.objects.filter(channel=Channel.GAZETTE, document__organ__in=organs)
