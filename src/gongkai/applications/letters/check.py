"""检查：what keeps a template, or a text somebody edited, from being used; in sentences."""

from __future__ import annotations

import re

from gongkai.applications.letters.facts import Facts
from gongkai.applications.letters.fields import FIELDS, Field
from gongkai.applications.letters.language import EACH, citations, each_of, parse, uses
from gongkai.applications.letters.needs import PRINTED, REPLIES, needs_of
from gongkai.applications.letters.texts import split
from gongkai.errors import BadInput, GongkaiError
from gongkai.law.articles import STATUTES, cite
from gongkai.law.letters import Letter, Reader
from gongkai.law.letters import letter as numbered

#: “不属于公开范围” without the item never holds in court（第三十六条第（三）项）.
_VAGUE = re.compile("不属于(?:政府信息)?公开范围|不在公开范围")
_TYPED = re.compile(
    r"《([^》]+)》(第[一二三四五六七八九十百零\d]+条(?:第[^款，。；、]{1,3}款)?(?:第（[^）]{1,3}）项)?)"
)
_TITLES = {name for one in STATUTES for name in (one.title, one.short, *one.aliases)}


def check_template(letter: Letter | int, body: str) -> list[str]:
    """检查模板：required fields that do not stand, unknown and forbidden ones, faults of form.

    Every problem is a Chinese sentence; an empty list means the template may be used.
    """
    chosen = numbered(letter) if isinstance(letter, int) else letter
    try:
        template = parse(body)
    except BadInput as problem:
        return [str(problem)]
    problems: list[str] = []
    used: set[str] = set()
    for use in uses(template):
        field = FIELDS.get(use.field)
        if field is None:
            problems.append(f"没有“{use.field}”这个要素")
        elif not field.open_to(chosen):
            problems.append(_forbidden(field, chosen))
        elif use.part and use.part not in field.parts:
            problems.append(f"要素“{use.field}”里没有“{use.part}”{_parts(field)}")
        else:
            used.add(use.field)
    problems += [
        f"缺少必备内容“{phrase}”：应当写入要素{_either(names)}"
        for phrase, groups in needs_of(chosen)
        for names in groups
        if not used.intersection(names) and not PRINTED.intersection(names)
    ]
    if chosen.number in REPLIES and each_of(template) is None:
        problems.append(f"缺少“{{% {EACH} %}}”部分，一件申请有多项内容时无法逐项答复")
    problems += _faults_of_wording(body)
    for citation in citations(template):
        try:
            cite(citation)
        except GongkaiError as problem:
            problems.append(f"引用的法条有误：{problem}")
    try:
        split(body.replace("\r\n", "\n"))
    except BadInput as problem:
        problems.append(str(problem))
    return list(dict.fromkeys(problems))


def check_text(letter: Letter | int, text: str, facts: Facts) -> list[str]:
    """检查改过的正文：personal data, the applicant's identity in letters to others, vague words.

    For the text of a paper edited by hand, before it is fixed.
    """
    chosen = numbered(letter) if isinstance(letter, int) else letter
    problems = _faults_of_wording(text)
    if chosen.number != 1:
        problems += [
            f"正文不得写明申请人的证件号码、电话、地址等个人信息（第{place}处）"
            for place, secret in enumerate(facts.secrets, start=1)
            if secret in text
        ]
    if chosen.reader in (Reader.THIRD_PARTY, Reader.OTHER_ORGAN):
        problems += [
            f"致{chosen.reader.value}的文书不得写明申请人身份，文中出现了“{name}”"
            for name in foreign_names(facts, text)
        ]
    if found := re.search("【(?:待填|需由本机关填写)：([^】]*)】", text):
        problems.append(f"还有没有填写的内容：{found[1]}")
    return problems


def foreign_names(facts: Facts, text: str) -> list[str]:
    """泄露的身份：what in a letter to somebody else would tell who asks."""
    own = str(facts.given.get("收件人", ""))
    return [name for name in facts.names if name in text and name not in own]


def _faults_of_wording(text: str) -> list[str]:
    problems = [
        f"不得只写“{found[0]}”，应当写明依据的条、款、项和理由" for found in _VAGUE.finditer(text)
    ]
    for title, place in _TYPED.findall(text):
        if title not in _TITLES:
            continue
        try:
            cite(f"《{title}》{place}")
        except GongkaiError as problem:
            problems.append(f"引用的法条有误：{problem}")
    return problems


def _forbidden(field: Field, letter: Letter) -> str:
    if letter.reader not in field.readers:
        return (
            f"要素“{field.name}”会透露申请人身份或者申请内容，致{letter.reader.value}的文书不能使用"
        )
    return f"要素“{field.name}”只能用在申请表里，其他文书正文不得写明"


def _parts(field: Field) -> str:
    return f"，只有{'、'.join(field.parts)}" if field.parts else "，它不是清单"


def _either(names: tuple[str, ...]) -> str:
    return "或者".join(f"“{name}”" for name in names)
