"""归档：one package with everything in it, provable years later."""

import hashlib
import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from asked import IDENTITY, answer, make_office, make_people, make_request
from gongkai.applications.actions import packing, serving
from gongkai.applications.actions.archiving import (
    archive,
    check_archive,
    package_of,
    why_not_archive,
)
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.models import Attachment, Event
from gongkai.applications.states import Attached, State
from gongkai.errors import NotAllowed
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step
from made_files import make_png

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    return make_office("石家庄市园林局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def closed(organ, people, clerk):
    one = make_request(organ, clerk)
    attach(one, Sent(Attached.IDENTITY, make_png(), "身份证.png"), by=clerk)
    answer(one, people, date(2025, 3, 20))
    serving.close(one, by=clerk)
    return one


def opened(content):
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def content_of(one):
    with package_of(one).blob.open() as file:
        return file.read()


def test_the_package_holds_every_paper_file_and_record(closed):
    found = opened(packing.package(closed).content)

    numbered = [name for name in found if name[:2].isdecimal()]
    assert [name[3:] for name in sorted(numbered)] == [
        "卷内目录.pdf",
        "政府信息公开申请表.pdf",
        "政府信息公开申请登记表.pdf",
        f"{closed.papers.get().title}.pdf",
        "送达情况.pdf",
        "期限说明.pdf",
        "身份证明 身份证.png",
    ]
    listing = json.loads(found["catalogue.json"])
    assert [one["source"] for one in listing["items"]] == [
        "form:1", "form:2", f"paper:{closed.papers.get().pk}", "form:services", "form:clock",
        f"attachment:{closed.attachments.get().pk}",
    ]  # fmt: skip
    assert all(content.startswith(b"%PDF") for name, content in found.items() if "pdf" in name)
    assert [one["type"] for one in json.loads(found["记录/events.json"])] == ["reply_sent"]
    steps = json.loads(found["记录/steps.json"])
    assert [one["seal"] for one in steps] == [s.seal for s in Step.objects.of(closed)]
    record = json.loads(found["记录/record.json"])
    assert record["applicant"][0]["identity_number"] == IDENTITY
    assert "code" not in record["application"]


def test_its_sums_are_read_by_the_usual_tool(closed):
    found = opened(packing.package(closed).content)
    lines = found.pop("SHA256SUMS").decode().splitlines()
    assert lines == [
        f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in found.items()
    ]


def test_the_same_record_gives_the_same_bytes(closed):
    assert packing.package(closed).sha256 == packing.package(closed).sha256


def test_archiving_keeps_it_sealed_and_notes_its_hash(closed, clerk):
    kept = archive(closed, by=clerk)

    closed.refresh_from_db()
    assert closed.state == State.ARCHIVED
    assert closed.archived_on is not None
    assert bool(kept.blob.sealed)
    with default_storage.open(kept.blob.stored) as raw:
        assert not raw.read().startswith(b"PK")
    step = Step.objects.of(closed).filter(move="archive").get()
    assert step.note == f"归档包SHA-256：{hashlib.sha256(content_of(closed)).hexdigest()}"
    assert verify() is None


def test_only_what_is_closed_is_archived_by_the_office(organ, clerk):
    one = make_request(organ, clerk)
    assert why_not_archive(one, by=clerk) == ["现在是“办理中”，不能归档"]
    with pytest.raises(NotAllowed):
        archive(one, by=clerk)


def test_another_duty_does_not_archive(closed, people):
    assert "信息公开机构" in why_not_archive(closed, by=people[Duty.LEGAL])[0]


def test_a_record_that_moved_meanwhile_is_archived_anew(closed, clerk, monkeypatch):
    made = packing.package(closed)
    attach(closed, Sent(Attached.SERVICE, make_png(), "回执.png"), by=clerk)
    monkeypatch.setattr(packing, "package", lambda application: made)
    with pytest.raises(NotAllowed, match="办理记录又有了变化"):
        archive(closed, by=clerk)
    closed.refresh_from_db()
    assert closed.state == State.CLOSED
    assert package_of(closed) is None


def test_the_four_qualities_hold(closed, clerk):
    archive(closed, by=clerk)
    proofs = check_archive(closed, by=clerk)
    assert [(one.quality, one.problems) for one in proofs] == [
        ("真实", ()), ("完整", ()), ("可用", ()), ("安全", ()),
    ]  # fmt: skip
    assert Step.objects.of(closed).last().note == "真实合格；完整合格；可用合格；安全合格"


def _replace(one, change):
    """Put another package in the place of the kept one, as somebody with all rights could."""
    from gongkai.files.actions import keep
    from gongkai.files.kinds import Kind

    found = opened(content_of(one))
    change(found)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in found.items():
            zipped.writestr(name, content)
    blob = keep(out.getvalue(), Kind.ZIP, sealed=True)
    Attachment.objects.filter(pk=package_of(one).pk).update(blob=blob)


def problems(one):
    return {proof.quality: proof.problems for proof in check_archive(one)}


def test_a_changed_paper_is_found(closed, clerk):
    archive(closed, by=clerk)
    name = "03 " + closed.papers.get().title + ".pdf"
    _replace(closed, lambda found: found.update({name: found[name] + b"\n"}))
    told = problems(closed)
    assert told["真实"] == ("归档包与归档时的校验值不符，已被改动",)
    assert told["完整"] == (f"“{name}”的校验值不符",)


def test_a_missing_and_a_foreign_file_are_found(closed, clerk):
    archive(closed, by=clerk)

    def change(found):
        found.pop("06 身份证明 身份证.png")
        found["附件.exe"] = b"MZ"

    _replace(closed, change)
    told = problems(closed)
    assert told["完整"] == ("缺少“06 身份证明 身份证.png”", "多出“附件.exe”")
    assert told["安全"] == ("“附件.exe”的文件类型或者路径不允许",)


def test_another_step_in_it_is_found(closed, clerk):
    archive(closed, by=clerk)

    def change(found):
        steps = json.loads(found["记录/steps.json"])
        steps[0]["seal"] = "0" * 64
        found["记录/steps.json"] = json.dumps(steps).encode()

    _replace(closed, change)
    assert "归档包里有1步与办理留痕不符" in problems(closed)["真实"]


def test_what_came_after_is_found_missing(closed, clerk):
    archive(closed, by=clerk)
    attach(closed, Sent(Attached.SERVICE, make_png(), "回执.png"), by=clerk)
    assert problems(closed)["完整"] == ("归档包里没有“送达凭证 回执”",)


def test_a_lost_file_is_said(closed, clerk):
    archive(closed, by=clerk)
    default_storage.delete(package_of(closed).blob.stored)
    assert problems(closed)["可用"] == ("归档包的文件找不到",)


def test_a_package_somebody_touched_does_not_open(closed, clerk):
    archive(closed, by=clerk)
    stored = package_of(closed).blob.stored
    default_storage.delete(stored)
    default_storage.save(stored, ContentFile(b"not it"))
    assert all(found for found in problems(closed).values())


def test_the_days_are_explained_with_their_reasons(closed):
    lines = packing._clock(closed)
    assert "收到日期：2025-03-03" in lines
    assert "答复期限：2025-03-31" in lines
    assert any("第三十三条" in line for line in lines)
    assert Event.objects.filter(application=closed).count() == 1
