"""同一份文件：what makes a row the document that is already there."""

import json

import pytest

from gongkai.cli import main
from gongkai.documents.loading.run import load
from gongkai.documents.models import Document
from library import CODE, OTHER_CODE, make_office

pytestmark = pytest.mark.django_db
ROW = {"标题": "关于甲的通知", "文号": "石政办发〔2020〕1号", "成文日期": "2020-01-02"}


def make_lines(folder, *rows):
    file = folder / f"{len(list(folder.iterdir()))}.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(file)


def counts(run):
    return run.added, run.changed, run.same, run.failed


def test_the_same_index_number_is_the_same_document_whatever_its_title(tmp_path):
    office = make_office()
    row = {"标题": "关于甲的通知", "索引号": f"{CODE}/2020-00007", "成文日期": "2020-01-02"}

    first = load(make_lines(tmp_path, row), office.organ)
    again = load(make_lines(tmp_path, row | {"标题": "关于甲事项的通知"}), office.organ)

    assert (counts(first), counts(again)) == ((1, 0, 0, 0), (0, 1, 0, 0))
    document = Document.objects.get()
    assert (document.title, document.index_number) == ("关于甲事项的通知", f"{CODE}/2020-00007")


@pytest.mark.parametrize(
    "typed", ["石政办发[2020]1号", "石政办发（2020）１号", "石政办发〔2020〕01号"]
)
def test_the_same_number_of_the_organ_is_the_same_document_however_typed(tmp_path, typed):
    office = make_office()

    load(make_lines(tmp_path, ROW), office.organ)
    again = load(make_lines(tmp_path, ROW | {"文号": typed, "关键词": "新词"}), office.organ)

    assert counts(again) == (0, 1, 0, 0)
    assert list(Document.objects.values_list("keywords", flat=True)) == ["新词"]


def test_the_same_number_at_another_organ_is_another_document(tmp_path):
    office, other = make_office(), make_office("阳州市人民政府办公室", code=OTHER_CODE)
    file = make_lines(tmp_path, ROW)

    runs = [counts(load(file, one.organ)) for one in (office, other)]

    assert runs == [(1, 0, 0, 0), (1, 0, 0, 0)]


def test_the_command_loads_tells_what_was_refused_and_can_only_try(tmp_path, capsys):
    make_office()
    file = make_lines(tmp_path, ROW, {"标题": "没有日期的"})
    command = ["import", "documents", file, "--organ", "石州市人民政府办公室"]

    tried = main([*command, "--dry-run"])
    kept_by_trying = Document.objects.count()
    done = main(command)
    unknown = main([*command[:-1], "没有的机关"])

    said = capsys.readouterr()
    result = "2 行，新增 1，更新 0，未变 0，失败 1。"
    reason = "  第2行 没有日期的：没有成文日期，也没有发布日期。"
    assert (tried, kept_by_trying, done, unknown) == (1, 0, 1, 2)
    assert said.out.splitlines() == [
        *(f"检查完毕（没有写入）：{result}", reason, f"导入完毕：{result}", reason)
    ]
    assert said.err.splitlines()[-1] == "没有“没有的机关”这个机关，请核对全称。"
    assert Document.objects.count() == 1
