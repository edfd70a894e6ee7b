"""复议机关和管辖法院：to whom a person may turn against a reply, by the kind of organ that gave it.

行政复议法（2023年修订）第二十四条至第二十八条, since 2024-01-01; before that 行政复议法（2017年
修正）第十二条至第十五条. Names the law cannot know are left to the organ, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from gongkai.errors import BadInput, NotAllowed
from gongkai.law.articles import (
    DEFENDANT_INTERPRETATION,
    LITIGATION,
    RECONSIDERATION,
    RECONSIDERATION_2017,
    REGULATION,
    Article,
)


class OrganKind(Enum):
    """机关类别：what decides who reviews and which court hears the case."""

    DEPARTMENT = "县级以上地方人民政府工作部门"
    DESIGNATED_OFFICE = "政府指定的政府信息公开工作机构（以自己名义答复）"
    BRANCH = "工作部门依法设立的派出机构（以自己名义答复）"
    DISTRICT_BRANCH = "直辖市、设区的市工作部门按照行政区划设立的派出机构（以自己名义答复）"
    JUSTICE = "地方人民政府司法行政部门"
    TOWNSHIP = "乡、镇人民政府"
    COUNTY = "县级人民政府"
    CITY = "设区的市级人民政府"
    PROVINCE = "省、自治区、直辖市人民政府"
    OUTPOST = "人民政府依法设立的派出机关"
    VERTICAL = "实行垂直领导的行政机关、税务机关、国家安全机关"
    CUSTOMS = "海关"
    INSTITUTION = "地方人民政府或者其工作部门管理的法律、法规、规章授权的组织"
    STATE_DEPARTMENT = "国务院部门"
    PUBLIC_ENTERPRISE = "公共企事业单位"


class CourtLevel(Enum):
    """法院级别：which court hears the first instance."""

    BASIC = "基层人民法院"
    INTERMEDIATE = "中级人民法院"


@dataclass(frozen=True, slots=True)
class Replier:
    """答复机关：the organ that signs the reply, and the names of those above it as far as known.

    ``government`` is its own people's government (本级), or the one that set it up or manages it;
    ``superior`` the next higher government, or the next higher department of the same line;
    ``seat`` the government of the place where a branch stands;
    ``court`` the court local concentration of jurisdiction points to（行政诉讼法第十八条第二款）.
    """

    kind: OrganKind
    name: str
    government: str | None = None
    superior: str | None = None
    seat: str | None = None
    court: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """复议机关：its part in the law, its name if known, and the article that makes it competent."""

    role: str
    name: str | None
    basis: Article
    settled: bool = True

    def __str__(self) -> str:
        return self.name or f"【需由本机关填写：{self.role}】"


def review_bodies(replier: Replier, on: date) -> tuple[Body, ...]:
    """复议机关：one, or several of which the applicant chooses one.

    ``on`` is the date of the reply. NotAllowed for a public enterprise: against it there is
    no review but a complaint to its sector department（条例第五十五条第二款）.
    """
    if replier.kind is OrganKind.PUBLIC_ENTERPRISE:
        raise NotAllowed(
            f"公共企事业单位的信息公开不适用行政复议，可以向有关主管部门申诉"
            f"（{REGULATION.article(55, 2)}）"
        )
    if on < REGULATION.in_force:
        raise BadInput(f"{REGULATION.in_force}以前的答复适用修订前的条例，不在可以推算的范围内")
    table = _SINCE_2024 if on >= RECONSIDERATION.in_force else _BEFORE_2024
    return table[replier.kind](replier)


def court_level(replier: Replier) -> tuple[CourtLevel, Article]:
    """法院级别：of a suit against the organ itself（行政诉讼法第十四条、第十五条）.

    After a review the level still follows the organ that gave the reply when the reviewing organ
    upheld it（行诉解释第一百三十四条第三款）.
    """
    kind = replier.kind
    if kind in {
        OrganKind.COUNTY,
        OrganKind.CITY,
        OrganKind.PROVINCE,
        OrganKind.STATE_DEPARTMENT,
    }:
        return CourtLevel.INTERMEDIATE, LITIGATION.article(15, item=1)
    if kind is OrganKind.CUSTOMS:
        return CourtLevel.INTERMEDIATE, LITIGATION.article(15, item=2)
    return CourtLevel.BASIC, LITIGATION.article(14)


_Rule = Callable[[Replier], tuple[Body, ...]]


def _by(field: str, role: str, basis: Article, *, settled: bool = True) -> _Rule:
    """One body, named by a field of the replier."""
    return lambda replier: (Body(role, getattr(replier, field), basis, settled),)


def _either(*rules: _Rule) -> _Rule:
    return lambda replier: tuple(body for rule in rules for body in rule(replier))


_OWN = "本级人民政府"
_NEXT = "上一级人民政府"
_LINE = "上一级主管部门"

_JUSTICE_LINE = "上一级司法行政部门"
_OFFICE_OWNER = "指定该机构的人民政府"
_BRANCH_OWNER = "设立该机构的部门的本级人民政府"
_OUTPOST_OWNER = "设立该派出机关的人民政府"

_NOW = RECONSIDERATION.article
_SINCE_2024: dict[OrganKind, _Rule] = {
    OrganKind.DEPARTMENT: _by("government", _OWN, _NOW(24, 1, 1)),
    # The office is its own defendant（法释〔2021〕5号第六条）; no text names who reviews it.
    OrganKind.DESIGNATED_OFFICE: _by(
        "government", _OFFICE_OWNER, DEFENDANT_INTERPRETATION.article(6), settled=False
    ),
    OrganKind.BRANCH: _by("government", _BRANCH_OWNER, _NOW(24, 4)),
    OrganKind.DISTRICT_BRANCH: _either(
        _by("government", _BRANCH_OWNER, _NOW(24, 4)),
        _by("seat", "该机构所在地的人民政府", _NOW(24, 4)),
    ),
    OrganKind.JUSTICE: _either(
        _by("government", _OWN, _NOW(28)), _by("superior", _JUSTICE_LINE, _NOW(28))
    ),
    OrganKind.TOWNSHIP: _by("superior", _NEXT, _NOW(24, 1, 2)),
    OrganKind.COUNTY: _by("superior", _NEXT, _NOW(24, 1, 2)),
    OrganKind.CITY: _by("superior", _NEXT, _NOW(24, 1, 2)),
    OrganKind.PROVINCE: _by("name", "本机关", _NOW(24, 2)),
    OrganKind.OUTPOST: _by("government", _OUTPOST_OWNER, _NOW(24, 1, 3)),
    OrganKind.VERTICAL: _by("superior", _LINE, _NOW(27)),
    OrganKind.CUSTOMS: _by("superior", _LINE, _NOW(27)),
    OrganKind.INSTITUTION: _by(
        "government", "管理该组织的人民政府（或者管理部门的本级人民政府）", _NOW(24, 1, 4)
    ),
    OrganKind.STATE_DEPARTMENT: _by("name", "本机关", _NOW(25, item=1)),
}

_THEN = RECONSIDERATION_2017.article
_BRANCH_THEN = _either(
    _by("government", _BRANCH_OWNER, _THEN(15, 1, 2)),
    _by("superior", "设立该机构的部门", _THEN(15, 1, 2)),
)
_BEFORE_2024: dict[OrganKind, _Rule] = {
    OrganKind.DEPARTMENT: _either(
        _by("government", _OWN, _THEN(12, 1)), _by("superior", _LINE, _THEN(12, 1))
    ),
    OrganKind.DESIGNATED_OFFICE: _by(
        "government", _OFFICE_OWNER, REGULATION.article(4, 1), settled=False
    ),
    OrganKind.BRANCH: _BRANCH_THEN,
    OrganKind.DISTRICT_BRANCH: _BRANCH_THEN,
    OrganKind.JUSTICE: _either(
        _by("government", _OWN, _THEN(12, 1)), _by("superior", _JUSTICE_LINE, _THEN(12, 1))
    ),
    OrganKind.TOWNSHIP: _by("superior", _NEXT, _THEN(13, 1)),
    OrganKind.COUNTY: _by("superior", _NEXT, _THEN(13, 1)),
    OrganKind.CITY: _by("superior", _NEXT, _THEN(13, 1)),
    OrganKind.PROVINCE: _by("name", "本机关", _THEN(14)),
    OrganKind.OUTPOST: _by("government", _OUTPOST_OWNER, _THEN(15, 1, 1)),
    OrganKind.VERTICAL: _by("superior", _LINE, _THEN(12, 2)),
    OrganKind.CUSTOMS: _by("superior", _LINE, _THEN(12, 2)),
    OrganKind.INSTITUTION: _by(
        "government", "直接管理该组织的地方人民政府或者其工作部门", _THEN(15, 1, 3)
    ),
    OrganKind.STATE_DEPARTMENT: _by("name", "本机关", _THEN(14)),
}
