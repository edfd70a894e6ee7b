import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongkai.documents.actions import reviewing
from gongkai.documents.numbers import find_document, next_index, number_key
from gongkai.errors import BadInput, BadNumber, NotAllowed
from gongkai.organs.models import Series
from gongkai.organs.numbering import next_serial
from library import OTHER_CODE, bring, fresh, make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db


def test_index_numbers_of_an_organ_and_year_follow_one_another():
    office = make_office()
    year = timezone.localdate().year

    issued = [make_issued(office, f"第{n}件") for n in range(3)]

    assert [d.index_number for d in issued] == [
        f"{office.organ.code}/{year}-0000{n}" for n in (1, 2, 3)
    ]


def test_a_deed_that_fails_gives_its_serial_back():
    office = make_office()

    with transaction.atomic():
        next_index(office.organ, 2025)
        transaction.set_rollback(True)

    assert next_index(office.organ, 2025) == f"{office.organ.code}/2025-00001"


def test_an_organ_without_a_code_cannot_number():
    office = make_office(code=None)

    with pytest.raises(NotAllowed, match="没有登记统一社会信用代码"):
        next_index(office.organ, 2025)


def test_a_year_of_an_organ_holds_no_more_than_99999():
    office = make_office()
    Series.objects.create(name=f"index {office.organ.code}/2025", last=99_999)

    with pytest.raises(BadNumber, match="99999"):
        next_index(office.organ, 2025)


@pytest.mark.django_db(transaction=True)
def test_serials_have_no_gap_and_no_double_though_many_take_them_at_once():
    taken, together = [], threading.Barrier(4)

    def take():
        together.wait()
        for _ in range(5):
            with transaction.atomic():
                taken.append(next_serial("index X/2025"))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == list(range(1, 21))


def test_numbers_of_a_sign_follow_one_another_and_go_round_those_in_use():
    office = make_office()
    other = bring(make_draft(office, "乙"), office)
    reviewing.number(other, by=office.director, typed="石政办发[2025]2号")
    documents = [bring(make_draft(office, f"第{n}件"), office) for n in range(2)]

    given = [reviewing.number(d, by=office.director, sign="石政办发") for d in documents]

    assert given == ["石政办发〔2025〕3号", "石政办发〔2025〕4号"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("随便写的", "不是文号"),
        ("冀政发〔2025〕1号", "不是石州市人民政府办公室的机关代字"),
        ("石政办发（2025）１号", "已经用于《甲》"),
    ],
)
def test_a_number_that_cannot_be_is_refused(typed, said):
    office = make_office()
    reviewing.number(bring(make_draft(office, "甲"), office), by=office.director, sign="石政办发")
    document = bring(make_draft(office, "乙"), office)

    with pytest.raises(NotAllowed, match=said):
        reviewing.number(document, by=office.director, typed=typed)

    assert fresh(document).number == ""


def test_a_number_is_chosen_or_typed_not_both():
    office = make_office()
    document = bring(make_draft(office), office)

    for given in ({}, {"sign": "石政办发", "typed": "石政办发〔2025〕9号"}):
        with pytest.raises(BadInput):
            reviewing.number(document, by=office.director, **given)


def test_a_document_is_found_however_its_number_is_typed():
    office = make_office()
    document = make_issued(office)

    for typed in ("石政办发[2025]1号", " 石政办发（2025）1 ", document.index_number.lower()):
        assert find_document(typed, near=office.organ) == document


def test_a_draft_of_another_organ_is_not_found_by_its_number():
    office = make_office()
    other = make_office("石州市财政局", code=OTHER_CODE, words="石财", parent=office.organ)
    document = bring(make_draft(other), other)
    reviewing.number(document, by=other.director, sign="石财")

    with pytest.raises(BadNumber, match="没有找到"):
        find_document("石财〔2025〕1号", near=office.organ)


def test_one_number_has_one_key_in_any_brackets():
    keys = {number_key(t) for t in ("国发〔2019〕5号", "国发[2019]5号", "国发(2019)第05号")}

    assert keys == {"国发〔2019〕5"}
