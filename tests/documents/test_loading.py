import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gongkai.documents.body.clean import text_of
from gongkai.documents.loading.run import failures_of, load
from gongkai.documents.loading.sources import open_source
from gongkai.documents.models import Document, DocumentFile, ImportRun, Placement, Version
from gongkai.documents.showing import show
from gongkai.documents.states import Validity
from gongkai.documents.tasks import look_over
from gongkai.errors import BadInput, Unreadable
from gongkai.search.index import index
from library import make_issued, make_office

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data" / "documents"
ROW = {
    "标题": "关于甲的通知",
    "文号": "石政办发〔2020〕1号",
    "成文日期": "2020-01-02",
    "正文": "一、甲\n乙。",
}


def make_lines(folder, *rows, name="文件.jsonl"):
    file = folder / name
    file.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    return str(file)


def counts(run):
    return run.added, run.changed, run.same, run.failed


def test_real_documents_load_with_their_numbers_dates_and_text():
    office = make_office("国务院办公厅", words="")

    run = load(str(DATA / "state_council.jsonl"), office.organ)

    document = Document.objects.get(number="国办发明电〔2018〕15号")
    assert counts(run) == (6, 0, 0, 0)
    assert document.index_number == "000014349/2018-00213"
    assert (str(document.formed_on), document.topic) == ("2018-12-04", "综合政务")
    assert "元旦" in text_of(Version.objects.get(document=document).html)


def test_numbers_as_people_type_them_are_read_and_rows_without_a_title_or_a_day_are_refused():
    office = make_office("河南省人民政府办公厅", words="")

    run = load(str(DATA / "policy_metadata.jsonl"), office.organ)

    assert counts(run) == (12, 0, 0, 3)
    assert Document.objects.filter(number="豫政办〔2006〕1号").count() == 1
    assert [(f.row, f.reason) for f in failures_of(run)] == [
        (13, "没有标题。"),
        (14, "没有标题。"),
        (15, "没有成文日期，也没有发布日期。"),
    ]


def test_laws_no_longer_in_force_are_marked_so():
    office = make_office("全国人民代表大会常务委员会办公厅", words="")

    load(str(DATA / "laws.jsonl"), office.organ)

    assert sorted(Document.objects.values_list("validity", flat=True)) == [
        *("in_force", "in_force", "lapsed", "lapsed"),
    ]


def test_loading_twice_changes_nothing(tmp_path):
    office = make_office()
    file = make_lines(tmp_path, ROW, {**ROW, "标题": "关于乙的通知", "文号": "石政办发〔2020〕2号"})

    runs = [counts(load(file, office.organ)) for _ in range(2)]

    assert runs == [(2, 0, 0, 0), (0, 0, 2, 0)]
    assert Document.objects.count() == 2


def test_a_row_that_differs_brings_the_document_up_to_date(tmp_path):
    office = make_office()
    load(make_lines(tmp_path, ROW), office.organ)
    file = make_lines(tmp_path, {**ROW, "正文": "一、甲\n丙。", "关键词": "新词"}, name="再.jsonl")

    run = load(file, office.organ)

    document = Document.objects.get()
    assert (counts(run), document.edition, document.keywords) == ((0, 1, 0, 0), 2, "新词")
    assert [v.why for v in document.versions.all()] == ["import", "import"]


def test_one_number_for_two_titles_is_refused_and_the_rest_goes_on(tmp_path):
    office = make_office()
    made = make_issued(office, "早先的通知")
    rows = (
        {**ROW, "文号": made.number},
        ROW,
        {**ROW, "标题": "关于丙的通知"},
        {**ROW, "标题": "关于丁的通知", "文号": "石政办发〔2020〕4号"},
    )

    run = load(make_lines(tmp_path, *rows), office.organ)

    assert counts(run) == (2, 0, 0, 2)
    assert [f.reason for f in failures_of(run)] == [
        f"{made.number}已经用于《早先的通知》。",
        "石政办发〔2020〕1号已经用于《关于甲的通知》。",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"标题": ""}, "没有标题。"),
        ({"标题": "长" * 301}, "标题有301个字，最多300个字。"),
        ({"文号": "不知道"}, "“不知道”不是文号。"),
        ({"索引号": "12/34"}, "“12/34”不是索引号。"),
        ({"成文日期": "2020-02-30"}, "没有2020-02-30这一天"),
        ({"成文日期": "昨天"}, "“昨天”不是日期，应当如“2025-03-03”"),
        ({"发布日期": "2019-01-01"}, "发布日期2019-01-01早于成文日期2020-01-02。"),
        ({"发布日期": "2999-01-01"}, "发布日期2999-01-01晚于今天。"),
        ({"施行日期": "2019-01-01"}, "施行日期早于成文日期。"),
        ({"种类": "小说"}, "没有“小说”这个种类。"),
        ({"有效性": "大概"}, "有效性“大概”认不出；应是有效、废止、失效、已修改、尚未施行。"),
        ({"栏目": "不存在的栏目"}, "没有“不存在的栏目”这个栏目。"),
        ({"附件": "表.xlsx"}, "附件“表.xlsx”不在导入文件里；有附件的，请连同附件打成ZIP压缩包。"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_words(tmp_path, changes, said):
    office = make_office()

    run = load(make_lines(tmp_path, {**ROW, **changes}), office.organ)

    assert [f.reason for f in failures_of(run)] == [said]
    assert Document.objects.count() == 0


@pytest.mark.parametrize("line", ["不是 JSON", "[1, 2]", '{"标题": '])
def test_a_broken_line_does_not_stop_those_after_it(tmp_path, line):
    office = make_office()
    file = tmp_path / "文件.jsonl"
    file.write_text(f"{line}\n{json.dumps(ROW, ensure_ascii=False)}", "utf-8")

    assert counts(load(str(file), office.organ)) == (1, 0, 0, 1)


def test_a_dry_run_finds_the_same_and_keeps_nothing(tmp_path):
    office = make_office()
    file = make_lines(tmp_path, ROW, {**ROW, "标题": ""})

    run = load(file, office.organ, dry=True)

    assert counts(run) == (1, 0, 0, 1)
    assert [f.reason for f in failures_of(run)] == ["没有标题。"]
    assert (Document.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_an_interrupted_file_goes_on_where_it_stopped(tmp_path, monkeypatch):
    office = make_office()
    monkeypatch.setattr("gongkai.documents.loading.run.BATCH", 2)
    rows = [{**ROW, "标题": f"第{n}件", "文号": f"石政办发〔2020〕{n}号"} for n in range(1, 6)]
    file = make_lines(tmp_path, *rows)

    def stop(done):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(file, office.organ, progress=stop)
    halfway = Document.objects.count()
    seen = []
    run = load(file, office.organ, progress=seen.append)

    assert (halfway, seen) == (4, [5])
    assert (counts(run), run.done, Document.objects.count()) == ((5, 0, 0, 0), 5, 5)
    assert ImportRun.objects.count() == 1


def test_a_csv_in_gbk_with_headings_of_the_office(tmp_path):
    office = make_office()
    out = io.StringIO()
    csv.writer(out).writerows(
        [["文件标题", "成文日期"], ["关于甲的公示", "2021年3月4日"], ["多", "出", "列"]]
    )
    file = tmp_path / "清单.csv"
    file.write_bytes(out.getvalue().encode("gb18030"))

    run = load(str(file), office.organ, kind="budget", headings={"文件标题": "标题"})

    assert counts(run) == (1, 0, 0, 1)
    assert list(Document.objects.values_list("title", "kind", "validity")) == [
        ("关于甲的公示", "budget", "")
    ]


def test_a_workbook_with_dates_as_dates(tmp_path):
    from datetime import datetime

    office = make_office()
    book = openpyxl.Workbook()
    book.active.append(["标题", "成文日期", "有效性"])
    book.active.append(["关于甲的通知", datetime(2021, 3, 4), "废止"])
    file = tmp_path / "清单.xlsx"
    book.save(file)

    load(str(file), office.organ)

    document = Document.objects.get()
    assert (str(document.formed_on), document.validity) == ("2021-03-04", Validity.REPEALED)
    assert document.ended_on is None


def test_an_archive_brings_its_attachments(tmp_path):
    office = make_office()
    file = tmp_path / "包.zip"
    with zipfile.ZipFile(file, "w") as archive:
        rows = [
            {**ROW, "附件": ["附表.txt"]},
            {**ROW, "文号": "", "标题": "乙", "附件": ["缺.pdf"]},
        ]
        archive.writestr("数据/文件.jsonl", "\n".join(json.dumps(r) for r in rows))
        archive.writestr("数据/附表.txt", "附表内容，共三项。")

    run = load(str(file), office.organ)

    assert counts(run) == (1, 0, 0, 1)
    assert [f.reason for f in failures_of(run)] == ["压缩包里没有“缺.pdf”。"]
    assert list(DocumentFile.objects.values_list("name", "document__title")) == [
        ("附表.txt", "关于甲的通知")
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("文件.docx", b"PK", "不是 .jsonl、.csv、.xlsx 或 .zip 文件"),
        ("包.zip", b"not a zip", "残缺"),
        ("清单.xlsx", b"%PDF-1.4", "PDF"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, name, data, said):
    office = make_office()
    file = tmp_path / name
    file.write_bytes(data)

    with pytest.raises(Unreadable, match=said):
        load(str(file), office.organ)


def test_an_archive_without_a_list_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.writestr("甲.pdf", "x")

    with pytest.raises(Unreadable, match="现在没有"):
        open_source(tmp_path / "包.zip")


def test_an_unknown_heading_or_kind_is_refused(tmp_path):
    office = make_office()
    file = make_lines(tmp_path, ROW)

    with pytest.raises(BadInput, match="没有“颜色”这个栏目"):
        load(file, office.organ, headings={"甲": "颜色"})
    with pytest.raises(BadInput, match="没有“novel”这个种类"):
        load(file, office.organ, kind="novel")


def test_what_is_loaded_stands_in_its_columns_and_is_numbered_and_found(tmp_path):
    office = make_office()
    load(make_lines(tmp_path, ROW), office.organ)
    document = Document.objects.get()

    look_over.func([document.pk])

    assert document.index_number == f"{office.organ.code}/2020-00001"
    assert [c["name"] for c in show(document.pk).home] == ["政府信息公开", "政策", "其他文件"]
    assert Placement.objects.public().count() == 3
    assert [e.title for e in index().find("石政办发[2020]1号")] == ["关于甲的通知"]
    assert Version.objects.get().findings == []


def test_what_the_screening_finds_in_loaded_texts_stands_on_the_desk(tmp_path):
    office = make_office()
    load(make_lines(tmp_path, {**ROW, "正文": "公民身份号码11010519491231002X。"}), office.organ)

    stops = look_over.func([Document.objects.get().pk])

    assert stops == 1
    assert [f["severity"] for f in Version.objects.get().findings] == ["error"]
