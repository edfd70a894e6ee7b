"""编号：index numbers and document numbers, each series without a gap."""

from __future__ import annotations

from django.db.models import Q

from gongkai.documents.models import Document
from gongkai.documents.queries import visible
from gongkai.documents.states import State
from gongkai.errors import BadNumber, NotAllowed
from gongkai.law.index_numbers import make_index, normalise_index
from gongkai.law.numbers import DocumentNumber, Form, parse, parse_all
from gongkai.organs.models import Organ
from gongkai.organs.numbering import next_serial, used


def number_key(text: str) -> str:
    """文号的键：the same for every way of writing one number, joint numbers in order.

    Raises BadNumber for what is no document number.
    """
    return "、".join(
        f"{sign}〔{year or ''}〕{serial}{suffix}"
        for sign, year, serial, suffix in (number.identity for number in parse_all(text))
    )


def next_index(organ: Organ, year: int) -> str:
    """编索引号：the next of the organ and year; raises NotAllowed where the organ has no code.

    Belongs to the transaction of the publication: if that fails, the serial was never taken.
    """
    if not organ.code:
        raise NotAllowed(f"{organ}没有登记统一社会信用代码，不能编制索引号。请联系系统管理员补填。")
    return next_indexes(organ, year, 1)[0]


def next_indexes(organ: Organ, year: int, count: int) -> list[str]:
    """编一批索引号：so many at one go, in order, none of them in use."""
    series = f"index {organ.code}/{year}"
    found: list[str] = []
    while len(found) < count:
        last = next_serial(series, count - len(found))
        first = last - (count - len(found)) + 1
        made = [str(make_index(organ.code or "", year, n)) for n in range(first, last + 1)]
        taken = set(
            Document.objects.filter(~Q(index_number=""), index_number__in=made).values_list(
                "index_number", flat=True
            )
        )
        found += [index for index in made if index not in taken]
    return found


def next_number(sign: str, year: int) -> DocumentNumber:
    """编文号：the next of a 机关代字 in a year; raises BadNumber for no sign."""
    if not sign.strip():
        raise BadNumber("没有选择机关代字。")
    return parse(f"{sign}〔{year}〕{next_serial(f'number {sign}〔{year}〕')}号")


def note_number(number: DocumentNumber) -> None:
    """记下用过的文号：so that the series does not give it out again."""
    if number.form is Form.BRACKETED:
        used(f"number {number.sign}〔{number.year}〕", number.serial)


def why_not_number(text: str, organ: Organ, *, besides: Document | None = None) -> list[str]:
    """文号的毛病：not one, of a sign that is not the organ's, or already borne by another."""
    try:
        numbers = parse_all(text)
        key = number_key(text)
    except BadNumber as problem:
        return [str(problem)]
    own = organ.words
    signs = [n.sign for n in numbers if n.form is Form.BRACKETED]
    if own and signs and not any(sign in own for sign in signs):
        return [f"“{signs[0]}”不是{organ}的机关代字（{'、'.join(own)}）"]
    taken = Document.objects.filter(organ=organ).bearing(number_key=key)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    if other := taken.values_list("title", flat=True).first():
        return [f"{numbers[0]}已经用于《{other}》"]
    return []


def find_document(text: str, *, near: Organ) -> Document:
    """按号找文件：by 文号 or 索引号, public or the organ's own; raises BadNumber for none."""
    rows = Document.objects.filter(visible() | Q(organ=near)).select_related("organ")
    if index := normalise_index(text):
        found = rows.bearing(index_number=index).first()
    else:
        same = list(rows.bearing(number_key=number_key(text))[:20])
        found = next((one for one in same if one.organ_id == near.pk), None) or (
            same[0] if same else None
        )
    if found is None:
        raise BadNumber(f"没有找到“{text[:60]}”这份文件，请核对文号或者索引号。")
    return found


#: More titles than one can choose from; a longer search is asked for.
MOST_FOUND = 20


def find_others(text: str, one: Document) -> list[Document]:
    """找别的文件：by number as above, else the organ's own by words of the title, drafts too.

    A draft has no number yet, and its interpretation is written beside it. Raises BadNumber for
    none, and when the words fit more than can be chosen from.
    """
    words = text.strip().strip("《》").split()
    try:
        return [find_document(text, near=one.organ)]
    except BadNumber:
        if not words or len("".join(words)) < 2:
            raise
    own = Document.objects.filter(organ=one.organ_id).exclude(pk=one.pk)
    rows = own.exclude(state=State.DROPPED)
    for word in words:
        rows = rows.filter(title__contains=word)
    found = list(rows.select_related("organ").order_by("-pk")[: MOST_FOUND + 1])
    if not found:
        raise BadNumber(f"没有找到“{text[:60]}”这份文件，请核对文号、索引号或者标题。")
    if len(found) > MOST_FOUND:
        raise BadNumber(f"标题中有“{text[:60]}”的文件超过{MOST_FOUND}份，请多写几个字。")
    return found
