"""栏目树：folded by block, open where something is ticked, every column to be ticked."""

import re

import pytest

from gongkai.documents.forms import PaperForm
from gongkai.documents.models import Column
from library import column, make_draft, make_office

pytestmark = pytest.mark.django_db


def drawn(office, *chosen):
    document = make_draft(office)
    form = PaperForm(document=document, initial={"columns": [one.pk for one in chosen]})
    return str(form["columns"])


def folds(html):
    """Each block, and whether it lies open."""
    found = re.findall(r"<details( open)?><summary>([^<]+)", html)
    return {name: bool(opened) for opened, name in found}


def test_every_open_column_has_one_box():
    office = make_office()

    boxes = re.findall(r'name="columns" value="(\d+)"', drawn(office))

    rows = Column.objects.open().filter(organ=office.organ)
    assert sorted(map(int, boxes)) == sorted(rows.values_list("pk", flat=True))


def test_the_name_of_a_column_stands_once_beside_its_box():
    html = drawn(make_office())

    found = re.findall(r"<label.*?</label>", html, re.DOTALL)
    labels = [re.sub(r"<[^>]*>", "", one).strip() for one in found]
    assert labels.count("行政规范性文件") == 1


def test_only_the_top_and_the_blocks_with_a_tick_lie_open():
    office = make_office()
    normative = column(office, "normative")
    block = normative.parent.name

    html = drawn(office, normative)

    assert {name for name, opened in folds(html).items() if opened} == {"政府信息公开", block}
    assert len(folds(html)) == 3
    assert re.search(rf"<summary>{block}<span[^>]*>（\d+个下级栏目，已选1个）", html)
    assert len(re.findall(r"<input[^>]* checked", html)) == 1
