"""收下、检查、清理：content kept once, read in the background, removed when nobody owns it."""

import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.utils import timezone

from gongkai.errors import BadInput, NotAllowed, Unreadable
from gongkai.files.actions import clean, damaged, inspect, inspected, receive, reread, sweep
from gongkai.files.hidden import What
from gongkai.files.kinds import Kind
from gongkai.files.models import Blob, BlobReading, OwnedFile
from gongkai.files.stores import store
from gongkai.jobs.models import Job
from made_files import make_docx, make_jpeg, make_pdf


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": store(str(tmp_path))}


def kept(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_one_content_is_kept_once_under_its_hash(tmp_path):
    data = make_docx("正文")

    first, name = receive(SimpleUploadedFile("a", data), r"C:\通知.DOCX")
    second, _ = receive(data, "另一个名字.docx")

    assert (first, name) == (second, "通知.docx")
    assert (first.kind, first.size, first.suffix) == (Kind.DOCX, len(data), ".docx")
    assert [path.name for path in kept(tmp_path)] == [first.sha256]
    with first.open() as file:
        assert file.read() == data


@pytest.mark.django_db
def test_a_refused_upload_leaves_nothing(tmp_path):
    with pytest.raises(Unreadable):
        receive(b"not a pdf", "公报.pdf")

    assert kept(tmp_path) == []
    assert list(Blob.objects.all()) == []
    assert list(Job.objects.all()) == []


@pytest.mark.django_db
def test_an_upload_without_end_is_not_read_to_the_end(settings):
    settings.UPLOAD_LIMITS = dict.fromkeys(Kind, 1)

    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            assert size >= 0
            self.taken += size
            return b"x" * size

    upload = Endless()
    with pytest.raises(Unreadable, match="超过 1 MB，不能上传"):
        receive(upload, "大.pdf")
    assert upload.taken <= 1024 * 1024 + 1


@pytest.mark.django_db
def test_what_was_received_is_read_in_the_background_and_only_once():
    blob, _ = receive(make_docx("正文", author="赵小军"), "通知.docx")
    (job,) = Job.objects.all()

    assert (job.task, job.args) == ("gongkai.files.actions.inspect", [blob.pk])
    assert inspect.call(blob.pk) == 1

    reading = BlobReading.objects.get()
    assert (reading.text, reading.problem, reading.signed) == ("正文", "", False)
    assert [(one.kind, one.what) for one in reading.hidden] == [(What.METADATA, "赵小军")]
    assert reading.blocking == []
    receive(make_docx("正文", author="赵小军"), "通知.docx")
    assert Job.objects.count() <= 2


@pytest.mark.django_db
def test_a_rolled_back_form_enqueues_nothing():
    with transaction.atomic():
        receive(make_docx("正文"), "通知.docx")
        transaction.set_rollback(True)

    assert list(Job.objects.all()) == []


@pytest.mark.django_db
def test_what_cannot_be_read_inside_keeps_the_sentence_why():
    blob, _ = receive(make_docx("正文"), "通知.docx")
    default_storage.delete(blob.stored)
    blob.stored = default_storage.save("broken", io.BytesIO(b"PK\x03\x04 broken"))
    blob.kind = Kind.OFD
    blob.save()

    assert "残缺" in inspected(blob).problem or "缺少" in inspected(blob).problem


@pytest.mark.django_db
def test_files_read_by_an_older_way_are_read_again():
    blob, _ = receive(make_docx("正文"), "通知.docx")
    inspected(blob)
    assert reread() == 0

    BlobReading.objects.update(version=0, text="旧")

    assert reread() == 1
    assert inspected(blob).text == "正文"


@pytest.mark.django_db
def test_a_cleaned_file_is_a_content_of_its_own():
    blob, _ = receive(make_jpeg(place=(38, 114)), "照片.jpg")

    clear = clean(blob)

    assert clear != blob
    assert inspected(clear).hidden == []
    assert [one.kind for one in inspected(blob).hidden] == [What.LOCATION]
    text, _ = receive("说明".encode(), "说明.txt")
    with pytest.raises(NotAllowed):
        clean(text)


@pytest.mark.django_db
def test_content_that_is_lost_or_changed_is_noticed(tmp_path):
    sound, _ = receive(make_docx("完好"), "a.docx")
    lost, _ = receive(make_docx("丢失"), "b.docx")
    changed, _ = receive(make_pdf("x"), "c.pdf")
    default_storage.delete(lost.stored)
    (tmp_path / changed.stored).write_bytes(b"other")

    assert list(damaged()) == [(lost, "找不到"), (changed, "内容已被改动")]
    again, _ = receive(make_docx("丢失"), "b.docx")
    assert again == lost
    assert [blob for blob, _ in damaged()] == [changed]
    assert sound not in dict(damaged())


@pytest.fixture
def held():
    """An owner's room, for a while: a model of attachments with its table."""

    class Held(OwnedFile):
        class Meta(OwnedFile.Meta):
            app_label = "files"

    with connection.schema_editor() as editor:
        editor.create_model(Held)
    yield Held
    with connection.schema_editor() as editor:
        editor.delete_model(Held)
    del apps.all_models["files"]["held"]
    apps.clear_cache()


@pytest.mark.django_db(transaction=True)
def test_the_sweep_removes_what_nobody_has_owned_for_two_days(held, tmp_path):
    owned, orphan, fresh = (receive(make_docx(word), "a.docx")[0] for word in "甲乙丙")
    held.objects.create(blob=owned, name="a.docx")
    inspected(orphan)
    Blob.objects.exclude(pk=fresh.pk).update(added_at=timezone.now() - timedelta(days=3))

    assert sweep.call() == 1

    assert set(Blob.objects.all()) == {owned, fresh}
    assert {path.name for path in kept(tmp_path)} == {owned.sha256, fresh.sha256}
    with pytest.raises(models.ProtectedError):
        owned.delete()


def test_a_folder_is_a_store_and_so_is_s3():
    folder = store("/srv/files")
    assert folder["BACKEND"] == "django.core.files.storage.FileSystemStorage"

    cloud = store("s3://key:se%2Fcret@oss.example.cn:9000/files/site?tls=0&region=cn-north")

    assert cloud["OPTIONS"] == {
        "bucket_name": "files",
        "location": "site",
        "default_acl": "private",
        "querystring_auth": True,
        "file_overwrite": False,
        "endpoint_url": "http://oss.example.cn:9000",
        "addressing_style": "path",
        "access_key": "key",
        "secret_key": "se/cret",
        "region_name": "cn-north",
    }


@pytest.mark.parametrize("address", ["ftp://host/bucket", "s3://host", "s3:///"])
def test_another_address_is_no_store(address):
    with pytest.raises(BadInput, match="附件的存放地址"):
        store(address)
