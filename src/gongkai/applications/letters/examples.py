"""示例要素：complete facts for each letter, for previews, documentation and tests.

Everything in them is made up: the city, its people, the numbers.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from gongkai.applications.letters.facts import (
    Applicant,
    Application,
    Facts,
    Given,
    Matter,
    Office,
    Private,
)
from gongkai.applications.letters.fields import Context, Field
from gongkai.law.events import Channel
from gongkai.law.fees import by_items
from gongkai.law.letters import LETTERS, Letter
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.remedies import remedy
from gongkai.law.reviewers import OrganKind

EXAMPLE_DAY = date(2025, 7, 8)

OFFICE = Office(
    name="石州市自然资源和规划局",
    kind=OrganKind.DEPARTMENT,
    government="石州市人民政府",
    court="石州市桥东区人民法院",
    unit="石州市自然资源和规划局办公室",
    address="石州市桥东区中山路1号",
    postcode="050000",
    phone="0310-5550001",
    fax="0310-5550002",
    email="xxgk@shizhou.example",
    hours="工作日9时至12时、13时至17时",
    head="赵文清",
)

APPLICANT = Applicant(
    names=("李明远",),
    category="自然人",
    private=Private(
        identity="居民身份证",
        identity_number="110101199003070011",
        phone="13800001234",
        email="limingyuan@mail.example",
        address="石州市桥西区槐安路88号3号楼1单元501室",
        postcode="050001",
    ),
)

APPLICATION = Application(
    number="石自然资公开〔2025〕第12号",
    arrived_on=date(2025, 6, 9),
    channel=Channel.ONLINE,
    request="2024年桥西区东里村集体土地征收的补偿安置方案及其批准文件",
    received_on=date(2025, 6, 9),
    form="电子文档",
    delivery="电子邮件",
    handler="王小芳",
)

_OUTCOME_OF = {one.letter.number: one for one in reversed(OUTCOMES)}
#: 编号的尾字：by the letter; 答 for every other.
_ENDINGS = dict(zip((3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 37), "回补延征告函拟说迟费更", strict=True))
#: 示例的件数：for the working of the fee.
_ITEMS = 55


def example(letter: Letter) -> Facts:
    """示例要素：complete facts for the letter; those of a reply carry one matter."""
    told = _examples().get(f"{letter.number:02d}", {})
    outcome = _OUTCOME_OF.get(letter.number)
    facts = Facts(
        office=OFFICE,
        number=f"{APPLICATION.number}-{_ENDINGS.get(letter.number, '答')}",
        applicant=APPLICANT,
        application=APPLICATION,
    )
    if outcome:
        matter = Matter(text=APPLICATION.request, outcome=outcome, findings=told)
        return replace(facts, matters=(matter,))
    if letter.number == 12:
        fee = by_items(_ITEMS)
        told = told | {
            "计算过程": [{"说明": line} for line in fee.working],
            "收费数额": fee.total,
        }
    return replace(facts, given=told)


@cache
def _examples() -> dict[str, dict[str, Given]]:
    text = (files("gongkai.applications.letters") / "examples.toml").read_text("utf-8")
    return tomllib.loads(text)


def example_of(field: Field) -> str:
    """示例：what a field may say, from the first letter whose example facts tell it."""
    for letter in LETTERS:
        if not field.open_to(letter):
            continue
        facts = example(letter)
        matter = facts.matters[0] if facts.matters else None
        if value := field.value(Context(letter, facts, EXAMPLE_DAY, matter, _REMEDY)):
            first = value if isinstance(value, str) else value[0]
            return first if isinstance(first, str) else "；".join(filter(None, first.values()))
    return ""


_REMEDY = remedy("A2", OFFICE.replier, EXAMPLE_DAY).wording
