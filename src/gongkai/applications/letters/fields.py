"""要素：every field a template may use, what it means, who may read it and where it comes from.

A field is either told (机关, 申请, 法律: worked out from the typed facts) or given under its name
(查明的情况 for one matter, 办理过程 for the whole case). For readers other than the applicant the
fields that would tell who asks do not exist: a template that uses one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from gongkai.applications.letters.facts import Facts, Given, Matter
from gongkai.applications.letters.needs import words_of
from gongkai.law.articles import Article
from gongkai.law.letters import Letter, Reader

#: 要素的值：as a template gets it.
Value = str | list[str] | list[dict[str, str]]


class Source(Enum):
    """来源：where a field comes from."""

    OFFICE = "机关"
    APPLICATION = "申请"
    LAW = "法律"
    FINDING = "查明的情况"
    COURSE = "办理过程"


class Kind(Enum):
    """形式：how a field is typed in."""

    TEXT = "一行文字"
    PROSE = "一段文字"
    DAY = "日期"
    COUNT = "数字"
    ROWS = "清单"


@dataclass(frozen=True, slots=True)
class Context:
    """上下文：the letter being written, its facts, the matter at hand and the date."""

    letter: Letter
    facts: Facts
    on: date
    matter: Matter | None = None
    remedy: str = ""

    def given(self, name: str) -> Given:
        """给出的要素：of the matter first, then of the case; empty when nobody gave it."""
        for told in (self.matter.findings if self.matter else {}, self.facts.given):
            if (value := told.get(name)) not in (None, "", (), []):
                return value
        return ""


@dataclass(frozen=True, slots=True)
class Field:
    """要素：its name, meaning, source and form; who may read it, and in which letters only."""

    name: str
    meaning: str
    source: Source
    kind: Kind = Kind.TEXT
    parts: tuple[str, ...] = ()
    readers: frozenset[Reader] = frozenset(Reader)
    letters: frozenset[int] = frozenset()
    told: Callable[[Context], Value] | None = None

    def open_to(self, letter: Letter) -> bool:
        """是否可用：the field exists for this letter."""
        return letter.reader in self.readers and (not self.letters or letter.number in self.letters)

    def value(self, context: Context) -> Value:
        """取值：as a template gets it; empty when nobody gave it."""
        return self.told(context) if self.told else shown(context.given(self.name))


def shown(value: Given) -> Value:
    """写成文字：days as 2025年3月3日, articles as they are cited, rows as rows of text."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (int, Article)):
        return str(value)
    rows: list[dict[str, str]] = []
    plain: list[str] = []
    for row in value:
        if isinstance(row, Mapping):
            rows.append({str(name): _cell(part) for name, part in row.items()})
        else:
            plain.append(str(row))
    return rows or plain


def _cell(value: object) -> str:
    return "" if value is None else day(value) if isinstance(value, date) else str(value)


def day(on: date | None) -> str:
    """日期：2025年3月3日, without padding（GB/T 9704-2012）; empty for None."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


#: Everybody may learn it.
_ALL = frozenset(Reader)
#: Would tell who asks, or in what words.
_OURS = frozenset({Reader.APPLICANT, Reader.FILE})


def _told(
    source: Source,
    readers: frozenset[Reader],
    *fields: tuple[str, str, Callable[[Context], Value]],
    letters: Iterable[int] = (),
) -> list[Field]:
    only = frozenset(letters)
    return [
        Field(name, meaning, source, readers=readers, letters=only, told=told)
        for name, meaning, told in fields
    ]


def _given(
    source: Source, kind: Kind, readers: frozenset[Reader], *fields: tuple[str, str]
) -> list[Field]:
    return [Field(name, meaning, source, kind, readers=readers) for name, meaning in fields]


def _rows(source: Source, readers: frozenset[Reader], *fields: tuple[str, str, str]) -> list[Field]:
    return [
        Field(name, meaning, source, Kind.ROWS, tuple(parts.split()), readers)
        for name, meaning, parts in fields
    ]


def _all() -> list[Field]:
    from gongkai.applications.letters import given as g
    from gongkai.applications.letters import telling as t

    course, finding = Source.COURSE, Source.FINDING
    text, prose, on, count = Kind.TEXT, Kind.PROSE, Kind.DAY, Kind.COUNT
    return [
        *_told(
            Source.OFFICE,
            _ALL,
            ("机关全称", "答复机关的全称", lambda c: c.facts.office.name),
            ("落款", "落款名称，一般就是机关全称", t.signer),
            ("政府信息公开工作机构", "指定的机构名称", lambda c: c.facts.office.unit),
            ("机关地址", "政府信息公开工作机构的地址", lambda c: c.facts.office.address),
            ("机关邮编", "邮政编码", lambda c: c.facts.office.postcode),
            ("机关电话", "联系电话", lambda c: c.facts.office.phone),
            ("机关传真", "传真号码", lambda c: c.facts.office.fax),
            ("机关邮箱", "电子邮箱", lambda c: c.facts.office.email),
            ("办公时间", "对外办公的时间", lambda c: c.facts.office.hours),
            ("联系方式", "写成一句的机构、地址、邮编、电话、邮箱", t.contact),
            ("编号", "本文书的编号", lambda c: c.facts.number),
            ("成文日期", "本文书的日期", lambda c: day(c.on)),
        ),
        *_told(
            Source.APPLICATION,
            _OURS,
            ("申请人", "姓名或者名称，共同申请的并列", t.applicants),
            ("申请人类别", "自然人、商业企业等", t.category),
            ("您", "对申请人的称呼：自然人为“您”，单位为“你单位”", t.address_form),
            ("申请编号", "登记编号", t.application_number),
            ("申请种类", "政府信息公开申请，或者政府信息更正申请", t.sort),
            ("更正申请办理工作日数", "本机关自定的，公开申请的为空", t.rectify_within),
            ("申请途径", "当面提交、网上提交等", t.channel),
            ("到达日期", "申请到达本机关的日期", t.arrived),
            ("收到日期", "法律上的收到之日", t.received),
            ("收到日期的依据", "第三十一条的相应项及其规定", t.receipt_basis),
            ("补正收到日期", "收到补正申请的日期，未补正的为空", t.corrected),
            ("收到情况", "写成一段的申请、收到日期及其依据", t.receipt),
            ("申请内容", "所申请的信息，按申请人的表述", t.request),
            ("申请文号", "申请人写明的文号", t.wanted_number),
            ("获取形式", "申请人要求的形式", t.form),
            ("获取途径", "申请人要求的途径", t.delivery),
            ("承办人", "承办人姓名", t.handler),
        ),
        *_told(
            Source.APPLICATION,
            _OURS,
            ("证件种类", "身份证明的种类", t.private("identity")),
            ("证件号码", "身份证明的号码", t.private("identity_number")),
            ("申请人电话", "联系电话", t.private("phone")),
            ("申请人邮箱", "电子邮箱", t.private("email")),
            ("申请人地址", "通信地址", t.private("address")),
            ("申请人邮编", "邮政编码", t.private("postcode")),
            ("法定代表人", "单位的法定代表人或者负责人", t.representative),
            ("联系人", "单位的联系人", t.contact_person),
            ("代理人", "代理人姓名", t.proxy),
            ("用途", "申请人自愿填写的用途", t.purpose),
            ("所需帮助", "阅读困难、视听障碍等需要的帮助", t.assistance),
            letters=(1,),
        ),
        *_told(
            Source.LAW,
            _ALL,
            ("依据", "本答复依据的条、款、项", t.basis),
            ("法条原文", "主要依据的条文，连同出处", t.quotation),
            ("规范依据", "国务院办公厅关于答复文书的规定", lambda c: c.letter.practice),
            ("征求意见期限", "自收到征求意见书之日起15个工作日内", t.opinion_term),
            ("逾期不答复的后果", "第三方、共同制作机关逾期未提出意见的后果", t.silence),
        ),
        *_told(
            Source.LAW,
            _ALL,
            ("救济途径", "按答复日期、结果和机关类别得出的救济告知", lambda c: c.remedy),
        ),
        *_told(
            Source.LAW,
            _OURS,
            ("逾期不补正的后果", "第三十条的规定", t.abandoned),
            ("不计入期限的规定", "第三十三条第三款的规定", t.not_counted),
            ("收费依据", "第四十二条第一款和收费办法", t.fee_basis),
            ("缴费期限的规定", "收到通知次日起20个工作日", t.fee_term),
            ("逾期不缴费的后果", "收费办法第六条第一款的规定", t.unpaid),
            ("决定", "答复结果的名称", t.decision),
        ),
        *_given(finding, prose, _OURS, *g.PROSE_FINDINGS),
        *_given(finding, text, _OURS, *g.TEXT_FINDINGS),
        *_given(finding, on, _OURS, *g.DAY_FINDINGS),
        *_rows(finding, _OURS, *g.ROW_FINDINGS),
        *_given(course, prose, _ALL, *g.PROSE_FOR_ALL),
        *_given(course, text, _ALL, *g.TEXT_FOR_ALL),
        *_given(course, on, _ALL, *g.DAY_FOR_ALL),
        *_given(course, prose, _OURS, *g.PROSE_COURSE),
        *_given(course, text, _OURS, *g.TEXT_COURSE),
        *_given(course, on, _OURS, *g.DAY_COURSE),
        *_given(course, count, _OURS, *g.COUNT_COURSE),
        *_rows(course, _OURS, *g.ROW_COURSE),
        *_rows(course, _ALL, *g.ROW_FOR_ALL),
    ]


FIELDS: dict[str, Field] = {one.name: one for one in _all()}


def fields_for(letter: Letter) -> list[Field]:
    """可用的要素：the fields that exist for a letter."""
    return [one for one in FIELDS.values() if one.open_to(letter)]


def fields_to_fill(letter: Letter) -> list[Field]:
    """需要填写的要素：those somebody must give so that the letter says what it must."""
    named = [name for _, names in words_of(letter) for name in names]
    return [
        one
        for name in dict.fromkeys(named)
        if (one := FIELDS[name]).source in (Source.FINDING, Source.COURSE)
    ]
