"""填充：stage after stage; each looks first at what is there, so it may be broken off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import connection

from gongkai.demo import content, figures, founding, media, office, work, year
from gongkai.demo.applications import requests_of_the_year
from gongkai.demo.cases import begin_cases
from gongkai.demo.cleanup import clean_up
from gongkai.demo.disputes import begin_disputes, disputes_of_the_year
from gongkai.demo.keeping import keep_requests
from gongkai.demo.loading import Piece, load
from gongkai.demo.register import YEARS as REGISTERS
from gongkai.demo.register import load_register
from gongkai.demo.reports import file_reports
from gongkai.documents.actions.validity import remind
from gongkai.documents.figures import platform_items, website_items
from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Column, Document
from gongkai.documents.queries import PublicationQuery
from gongkai.errors import NotAllowed
from gongkai.organs.models import Organ
from gongkai.organs.states import Kind


@dataclass(frozen=True, slots=True)
class Progress:
    """进度：which stage, and how many of how many."""

    stage: str
    done: int
    total: int


def is_empty() -> bool:
    """空库：no organ has been set up."""
    return not Organ.objects.exists()


def why_not_fill() -> list[str]:
    """A database with real organs in it is never mixed with invented ones."""
    real = Organ.objects.filter(demo=False).values_list("name", flat=True).first()
    return (
        [f"数据库里已有{real}，不能再填入演示数据；请换一个数据目录（GONGKAI_HOME）"]
        if real
        else []
    )


def fill(*, full: bool = False) -> Iterator[Progress]:
    """填入演示城市：yields how far it has come; raises NotAllowed for a database in use."""
    if reasons := why_not_fill():
        raise NotAllowed("；".join(reasons) + "。")
    yield Progress("机关和人员", 0, 1)
    organs = founding.found_organs()
    founding.found_staff(organs)
    yield Progress("栏目、指南", 0, 1)
    founding.found_columns(organs)
    founding.found_guides(organs)
    city = organs["city"]
    columns = _columns()
    yield from _loaded("真实文件", list(_real(city)))
    yield from _loaded("规章和政策文件", list(_year(city, columns)))
    yield from _loaded("政策解读", list(year.interpretations(city, columns)))
    clean_up(city)
    yield from _loaded("法定主动公开内容", list(_platform(organs, columns)))
    if full:
        yield from _loaded("全部信息", list(_everything(organs, columns)))
    media.send_out()
    yield from _loaded("近期信息", list(year.recent(city, columns)))
    yield Progress("在办文件", 0, 1)
    work.begin_work(city)
    work.begin_repeal(city)
    remind()
    yield Progress("依申请公开", 0, 1)
    for told in REGISTERS:
        load_register(city, told)
    requests_of_the_year(city)
    disputes_of_the_year(city)
    yield Progress("归档和保管", 0, 1)
    keep_requests(city)
    yield Progress("在办申请", 0, 1)
    begin_cases(organs)
    begin_disputes(city)
    yield Progress("年度报告", 0, 1)
    file_reports(organs)
    office.be_away()
    office.announce_holiday(city)
    yield from _search()


def _columns() -> dict[tuple[int, str], int]:
    """Keys of columns by organ and statutory code; the news column by its kind."""
    rows = Column.objects.filter(demo=True).values_list("organ", "statutory", "kind", "pk")
    found = {(organ, statutory): key for organ, statutory, _, key in rows if statutory}
    return found | {(organ, "news"): key for organ, _, kind, key in rows if kind == "news"}


def _loaded(stage: str, pieces: list[Piece]) -> Iterator[Progress]:
    done = 0
    yield Progress(stage, 0, len(pieces))
    for number in load(pieces):
        done += number
        yield Progress(stage, done, len(pieces))


def _real(city: Organ) -> Iterator[Piece]:
    names = (*content.GROUPS, *content.TOPICS)
    columns = dict(Column.objects.filter(organ=city, name__in=names).values_list("name", "pk"))
    for row in content.rows():
        yield content.piece(row, city.pk, content.columns_of(row, columns))


def _year(city: Organ, columns: year.Columns) -> Iterator[Piece]:
    stages: tuple[Callable[[Organ, year.Columns], Iterator[Piece]], ...] = (
        *(year.rules, year.norms, year.policies_of_the_year, year.replies),
    )
    return chain.from_iterable(stage(city, columns) for stage in stages)


def _platform(organs: dict[str, Organ], columns: year.Columns) -> Iterator[Piece]:
    """平台专栏：items of Articles 20 and 21 until the year has the 1,793 of the report."""
    kinds = [
        kind.code
        for kind in KINDS.values()
        if kind.article and not kind.policy and kind.code not in ("reply", "system", "report")
        and not kind.lives
    ]  # fmt: skip
    keepers = [o for o in organs.values() if o.kind in (Kind.CITY, Kind.DEPARTMENT, Kind.COUNTY)]
    _statistics()
    there = platform_items(_keys(organs), figures.YEAR)
    missing = figures.PLATFORM_ITEMS - _but(there, "demo:item")
    return year.items(keepers, columns, kinds, missing, "item")


def _everything(organs: dict[str, Organ], columns: year.Columns) -> Iterator[Piece]:
    """全部栏目：news of all organs until the year has the 13,679 of the report."""
    keepers = [o for o in organs.values() if (o.pk, "news") in columns]
    _statistics()
    there = website_items(_keys(organs), figures.YEAR)
    missing = figures.ALL_ITEMS - _but(there, "demo:news")
    return year.items(keepers, columns, ["news"], missing, "news")


def _statistics() -> None:
    """统计信息：PostgreSQL gathers them of itself in a while, and plans by guesswork until then."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _keys(organs: dict[str, Organ]) -> list[int]:
    return [organ.pk for organ in organs.values()]


def _but(rows: PublicationQuery, before: str) -> int:
    """How many are there, those of the stage itself left out."""
    return rows.exclude(document__origin__startswith=before).count()


def _search() -> Iterator[Progress]:
    from gongkai.search.index import rebuild

    yield Progress("检索", 0, 1)
    for _, done in rebuild():
        yield Progress("检索", done, Document.objects.public().count())
