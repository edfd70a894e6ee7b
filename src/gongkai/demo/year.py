"""2022年：the documents of the year the report tells of, in the numbers it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count, islice

from django.utils import timezone

from gongkai.demo import attachments, figures, texts
from gongkai.demo.loading import Piece, moment
from gongkai.documents.kinds import KINDS, TOPICS
from gongkai.documents.states import Channel, Validity
from gongkai.law.calendar import china
from gongkai.organs.models import Organ
from gongkai.organs.states import Kind as OrganKind

#: Keys of columns by organ and statutory code.
Columns = Mapping[tuple[int, str], int]
_NEW_YEAR = date(figures.YEAR, 1, 1)
#: The decision of the clean-up; made and published on these days.
CLEANED_ON, CUT_OFF = date(2022, 11, 18), date(2022, 6, 30)
EXTENDED_TO = date(2027, 12, 31)


def working_day(place: int, of: int, *, first: date = _NEW_YEAR, days: int = 360) -> date:
    """工作日：the ``place``-th of ``of`` moments spread evenly over a span."""
    return china().roll(first + timedelta(days=2 + place * (days - 10) // max(of, 1)))


def rules(city: Organ, columns: Columns) -> Iterator[Piece]:
    """规章：all in force, of the last twenty years."""
    for place, text in enumerate(texts.rules()):
        formed = working_day(place, figures.RULES, first=date(2004, 1, 5), days=18 * 365 - 60)
        effective = formed + timedelta(days=32)
        number = f"石家庄市人民政府令第{132 + place}号"
        told = f"{formed.year}年{formed.month}月{formed.day}日{number}公布　自"
        told += f"{effective.year}年{effective.month}月{effective.day}日起施行"
        yield Piece(
            f"demo:rule:{place}", city.pk, "rule", text.title, formed, moment(formed), text.html,
            (columns[city.pk, "rule"],), city.name, number, genre="命令（令）",
            topic=_topic(text.subject), caption=f"（{told}）", effective_on=effective,
        )  # fmt: skip


def norms(city: Organ, columns: Columns) -> Iterator[Piece]:
    """行政规范性文件：102 in force at the end of the year, and the 42 that ended in it."""
    ended = figures.NORMS_REPEALED + figures.NORMS_LAPSED
    older = figures.NORMS_IN_FORCE - figures.NORMS_ISSUED
    for place, text in enumerate(islice(texts.norms(), ended + older + figures.NORMS_ISSUED)):
        issued_in_year = place >= ended + older
        if issued_in_year:
            formed = working_day(place - ended - older, figures.NORMS_ISSUED)
        else:
            formed = working_day(place, ended + older, first=date(2013, 1, 1), days=8 * 365)
        serial = place + 1 if not issued_in_year else place - ended - older + 1
        extended = ended <= place < ended + figures.NORMS_EXTENDED
        valid_to = EXTENDED_TO if extended else None
        yield Piece(
            f"demo:norm:{place}", city.pk, "normative", text.title, formed, moment(formed),
            text.html, (columns[city.pk, "normative"],), city.name,
            f"石政规〔{formed.year}〕{serial}号", genre=_genre(text.title),
            topic=_topic(text.subject), effective_on=formed, valid_to=valid_to,
            channels=_sent(place - ended - older, formed, printed=True) if issued_in_year else (),
            attached=attachments.for_norm(text.subject, formed, chart=place % 4 == 0)
            if issued_in_year
            else (),
            ended_on=CLEANED_ON if place < ended else None,
            ended_as=_ended_as(place) if place < ended else "",
        )  # fmt: skip


def _ended_as(place: int) -> str:
    return str(Validity.REPEALED if place < figures.NORMS_REPEALED else Validity.LAPSED)


def policies_of_the_year(city: Organ, columns: Columns) -> Iterator[Piece]:
    """其他政策文件：with the ten normative ones, the 166 the year made public."""
    number = figures.POLICIES - figures.NORMS_ISSUED
    serials: dict[str, Iterator[int]] = {}
    for place, text in enumerate(islice(texts.policies(), number)):
        formed = working_day(place, number)
        issuer = "石家庄市人民政府办公室" if "办公室关于" in text.title else city.name
        sign = "石政办函" if issuer != city.name else "石政发"
        serial = next(serials.setdefault(sign, count(1)))
        yield Piece(
            f"demo:policy:{place}", city.pk, "policy", text.title, formed,
            moment(formed + timedelta(days=place % 4)), text.html,
            (columns[city.pk, "other_policy"],), issuer, f"{sign}〔2022〕{serial}号",
            genre=_genre(text.title), topic=_topic(text.subject),
            channels=_sent(figures.NORMS_ISSUED + place, formed, printed=_printed(place, number)),
            attached=attachments.for_policy(text.subject, formed) if place % 12 == 0 else (),
        )  # fmt: skip


def interpretations(city: Organ, columns: Columns) -> Iterator[Piece]:
    """政策解读：of the year's normative documents and of every tenth policy, the same day."""
    chosen = [one for one in norms(city, columns) if one.attached]
    chosen += list(islice(policies_of_the_year(city, columns), 0, None, 10))
    for policy in chosen:
        html = texts.interpretation(policy.title, policy.number)
        yield Piece(
            f"{policy.origin}:reading", city.pk, "interpretation",
            f"《{policy.title.removesuffix(texts.MARK)}》政策解读{texts.MARK}", policy.formed_on,
            policy.issued_at, html, (columns[city.pk, "interpretation"],), city.name,
            summary=f"说明{policy.number}的制定背景、主要内容和办理方式。",
            interprets=policy.origin,
        )  # fmt: skip


def _printed(place: int, of: int) -> bool:
    """So many of the policies, evenly over the year, that with the norms they make fifty."""
    wanted = figures.GAZETTE_DOCUMENTS - figures.NORMS_ISSUED
    return place * wanted // of != (place - 1) * wanted // of


def _sent(place: int, formed: date, *, printed: bool) -> tuple[tuple[str, str], ...]:
    """公报、查阅场所：the gazette is a monthly; nearly all the policies are sent to be read."""
    sent = [(Channel.GAZETTE, f"《石家庄市人民政府公报》2022年第{formed.month}期")] * printed
    if place < figures.DELIVERED:
        sent.append((Channel.POINTS, "市图书馆、市档案馆、市政务服务中心"))
    return tuple(sent)


def replies(city: Organ, columns: Columns) -> Iterator[Piece]:
    """建议提案复文：two in three to deputies, one in three to proposals."""
    for place in range(figures.REPLIES):
        text = texts.reply(place, proposal=place % 3 == 2)
        formed = working_day(place, figures.REPLIES, first=date(2022, 5, 5), days=190)
        yield Piece(
            f"demo:reply:{place}", city.pk, "reply", text.title, formed, moment(formed, 15),
            text.html, (columns[city.pk, "item_reply"],), city.name, genre="函",
        )  # fmt: skip


def recent(city: Organ, columns: Columns) -> Iterator[Piece]:
    """近期动态：of the fortnight before the demonstration was filled."""
    today = timezone.localdate()
    for place in range(8):
        day = today - timedelta(days=14 - place)
        text = texts.recent(place, city.name)
        yield Piece(
            f"demo:recent:{place}", city.pk, "news", text.title, day, moment(day), text.html,
            (columns[city.pk, "news"],), city.name,
        )  # fmt: skip


def items(
    organs: list[Organ], columns: Columns, kinds: list[str], number: int, name: str
) -> Iterator[Piece]:
    """法定主动公开内容、工作动态：so many short items, over all organs and kinds alike."""
    homes = [
        (organ, kind, columns[organ.pk, block])
        for kind in kinds
        for organ in organs
        if (organ.pk, block := _block(kind)) in columns
    ]
    serials: dict[tuple[int, str], Iterator[int]] = {}
    for place in range(number):
        organ, kind, home = homes[place * 7919 % len(homes)]
        serial = next(serials.setdefault((organ.pk, kind), count()))
        text = texts.item(kind, KINDS[kind].name, organ.name, serial)
        day = working_day(place, number)
        tables = kind == "budget" and serial == 0 and organ.kind != OrganKind.COUNTY
        yield Piece(
            f"demo:{name}:{place}", organ.pk, kind, text.title, day, moment(day, 8 + place % 10),
            text.html, (home,), organ.name,
            attached=attachments.for_budget(organ.name, figures.YEAR - 1) if tables else (),
        )  # fmt: skip


def _block(kind: str) -> str:
    """板块：the code of the column a kind has to itself."""
    return "news" if kind == "news" else f"item_{kind}"[:20]


def _genre(title: str) -> str:
    return "意见" if "意见" in title else "通知"


_HINTS = {
    "综合政务": ("政务", "公开", "审批", "政府", "督查"),
    "财政、金融、审计": ("财政", "金融", "资金", "采购", "资产", "贷款", "保险"),
    "城乡建设、环境保护": ("城市", "污染", "住房", "供水", "供热", "垃圾", "房屋", "公园", "扬尘"),
    "农业、林业、水利": ("农", "粮食", "畜禽", "河道", "防洪", "森林", "生猪", "秸秆", "湿地"),
    "工业、交通": ("交通", "客运", "公路", "停车", "网约车", "工业", "货运", "单车"),
    "科技、教育": ("教育", "科技", "校外", "中小学", "助学", "技术"),
    "卫生、体育": ("医", "卫生", "体育", "健身", "献血"),
    "民政、扶贫、救灾": ("养老", "救助", "孤儿", "低生活", "残疾", "特困", "地名"),
    "劳动、人事、监察": ("就业", "人才", "岗位", "返还", "技能"),
    "市场监管、安全生产监管": ("食品", "药品", "特种", "电梯", "安全生产", "价格", "质量"),
}


def _topic(subject: str) -> str:
    for topic, words in _HINTS.items():
        if any(word in subject for word in words):
            return topic
    return TOPICS[-1]
