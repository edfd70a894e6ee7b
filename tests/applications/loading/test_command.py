"""`gongkai import applications`：what it prints, what it keeps."""

import pytest

from asked import make_office
from gongkai.applications.models import Application
from gongkai.cli import main

pytestmark = pytest.mark.django_db
HEADS = "登记编号,收到日期,申请方式,申请人,申请人类型,申请内容,答复日期,答复结果\n"
GOOD = "档〔2024〕第1号,2024-03-04,当面,王小明,自然人,2023年预算,2024-03-20,予以公开\n"
BAD = "档〔2024〕第2号,2024-03-04,当面,王小明,自然人,2023年预算,2024-03-01,予以公开\n"


@pytest.fixture
def organ():
    return make_office("石家庄市档案局")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "登记簿.csv"
    path.write_text(HEADS + GOOD + BAD, encoding="utf-8")
    return path


def test_a_trial_tells_the_doubts_and_keeps_nothing(organ, file, capsys, tmp_path):
    report = tmp_path / "疑点.csv"
    command = ["import", "applications", str(file), "--organ", organ.name, "--dry-run"]
    assert main([*command, "--doubts", str(report)]) == 1
    out = capsys.readouterr().out
    assert "检查完毕（没有写入）：2 行，新增 1（其中有疑点 0），已有 0，没有导入 1。" in out
    assert "第3行“答复日期” 没有导入：答复日期早于收到日期2024-03-04" in out
    lines = report.read_text("utf-8-sig").splitlines()
    assert lines[1] == "3,档〔2024〕第2号,答复日期,2024-03-01,答复日期早于收到日期2024-03-04,否"
    assert not Application.objects.exists()


def test_it_loads_what_is_sound(organ, file, capsys):
    assert main(["import", "applications", str(file), "--organ", organ.name]) == 1
    assert "导入完毕：2 行，新增 1" in capsys.readouterr().out
    assert Application.objects.get().number == "档〔2024〕第1号"


def test_an_unknown_organ_and_a_missing_file_are_said(file, capsys):
    assert main(["import", "applications", str(file), "--organ", "月球局"]) != 0
    assert "没有“月球局”这个机关" in capsys.readouterr().err
    assert main(["import", "applications", "没有.csv", "--organ", "月球局"]) != 0
    assert "找不到文件" in capsys.readouterr().err
