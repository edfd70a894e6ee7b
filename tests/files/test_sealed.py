"""密存的附件：sealed in the store, and for everybody who may have it the file it was."""

import contextlib
import hashlib

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import RequestFactory

from gongkai.errors import Unreadable
from gongkai.files.actions import clean, damaged, inspected, receive, sweep
from gongkai.files.handing import hand_out
from gongkai.files.hidden import What
from gongkai.files.models import Blob
from gongkai.files.stores import store
from gongkai.vault import keyring
from gongkai.vault.rotation import begin, counts, reseal
from gongkai.vault.sealing import is_current
from made_files import make_docx, make_jpeg, make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A store and a file of keys of its own."""
    keys = tmp_path / "vault.keys"
    settings.VAULT = {"keys": str(keys), "mounted": False, "cipher": "aes"}
    settings.STORAGES = {**settings.STORAGES, "default": store(str(tmp_path / "files"))}
    return tmp_path / "files"


def kept(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def all_that_is_kept(folder):
    """Every byte of the store, and of the tables of the room."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("files_blob", "files_blobreading", "jobs_job"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return repr(rows).encode() + b"".join(path.read_bytes() for path in kept(folder))


def body(response):
    with contextlib.closing(response):
        return b"".join(response.streaming_content)


def test_a_sealed_file_is_nowhere_in_the_clear(folder):
    data = make_docx("身份证明：张三", author="赵小军")
    blob, name = receive(data, "证明.docx", sealed=True)
    reading = inspected(blob)

    everything = all_that_is_kept(folder)

    assert name == "证明.docx"
    assert [one for one in ("张三", "赵小军") if one.encode() in everything] == []
    assert data[:200] not in everything
    assert hashlib.sha256(data).hexdigest().encode() not in everything
    assert (reading.text, reading.hidden_json, reading.problem) == ("", [], "")
    assert [(one.kind, one.what) for one in reading.hidden] == [(What.METADATA, "赵小军")]


def test_it_opens_as_what_it_was():
    data = make_docx("正文")
    blob, _ = receive(data, "a.docx", sealed=True)

    with Blob.objects.get(pk=blob.pk).open() as file:
        assert file.read() == data
    assert blob.size == len(data)


def test_one_content_is_kept_once_sealed_and_once_open(folder):
    data = make_docx("正文")
    first, _ = receive(data, "a.docx", sealed=True)
    second, _ = receive(data, "b.docx", sealed=True)
    plain, _ = receive(data, "c.docx")

    assert first == second != plain
    assert (bool(first.sealed), bool(plain.sealed)) == (True, False)
    assert len(kept(folder)) == 2
    assert list(Blob.objects.exclude(sealed="")) == [first]


@pytest.mark.parametrize("asked", ["bytes=0-3", "bytes=70000-70010", "bytes=-5", "bytes=65530-"])
def test_it_is_handed_out_whole_and_in_parts(asked):
    data = ("说明" * 20_000).encode()
    blob, _ = receive(data, "a.txt", sealed=True)
    first, _, last = asked.removeprefix("bytes=").partition("-")
    wanted = data[int(first) : int(last) + 1 if last else None] if first else data[-int(last) :]

    part = hand_out(blob, "a.txt", request=RequestFactory().get("/", headers={"Range": asked}))

    assert (part.status_code, body(part)) == (206, wanted)
    whole = hand_out(blob, "a.txt")
    assert (whole["Content-Length"], body(whole)) == (str(len(data)), data)
    assert hashlib.sha256(data).hexdigest() not in whole["ETag"]


def test_a_cleaned_copy_is_sealed_too():
    blob, _ = receive(make_jpeg(place=(38, 114)), "照片.jpg", sealed=True)

    clear = clean(blob)

    assert bool(clear.sealed)
    assert [one.kind for one in inspected(blob).hidden] == [What.LOCATION]
    assert inspected(clear).hidden == []
    assert inspected(clear).hidden_sealed == ""


def test_content_that_is_lost_changed_or_without_its_key_is_noticed(folder, settings):
    sound, lost, changed, cut = (
        receive(make_pdf(word), f"{word}.pdf", sealed=True)[0] for word in ("a", "b", "c", "d")
    )
    default_storage.delete(lost.stored)
    touched = bytearray((folder / changed.stored).read_bytes())
    touched[100] ^= 1
    (folder / changed.stored).write_bytes(touched)
    (folder / cut.stored).write_bytes((folder / cut.stored).read_bytes()[:-1])

    assert list(damaged()) == [
        (lost, "找不到"),
        (changed, "内容已被改动"),
        (cut, "内容已被改动"),
    ]
    with pytest.raises(Unreadable):
        hand_out(cut, "d.pdf")
    settings.VAULT = {**settings.VAULT, "keys": settings.VAULT["keys"] + ".other"}
    found = dict(damaged())
    assert found[sound].startswith("密钥文件里没有密钥")


def test_a_lost_content_that_is_sent_again_opens_again():
    data = make_docx("丢失")
    blob, _ = receive(data, "a.docx", sealed=True)
    default_storage.delete(blob.stored)

    again, _ = receive(data, "a.docx", sealed=True)

    assert again == blob
    with Blob.objects.get(pk=blob.pk).open() as file:
        assert file.read() == data
    assert list(damaged()) == []


def test_a_store_that_is_no_folder_keeps_sealed_files_as_well(settings):
    remote = {"BACKEND": "remote_store.RemoteStore"}
    settings.STORAGES = {**settings.STORAGES, "default": remote}
    data = ("说明" * 30_000).encode()

    blob, _ = receive(data, "a.txt", sealed=True)

    with default_storage.open(blob.stored) as file:
        assert "说明".encode() not in file.read()
    with blob.open() as file:
        assert file.read() == data


def test_keys_rotate_without_a_file_being_written_anew(folder):
    data = make_docx("正文", author="赵小军")
    blob, _ = receive(data, "a.docx", sealed=True)
    inspected(blob)
    before = {path: path.read_bytes() for path in kept(folder)}

    new, _ = begin()
    list(reseal())

    assert {path: path.read_bytes() for path in kept(folder)} == before
    blob = Blob.objects.get(pk=blob.pk)
    assert is_current(blob.sealed.token)
    assert {key for numbers in counts().values() for key in numbers} == {new.id}
    keyring.remove(keyring.keyring().keys[0])
    with blob.open() as file:
        assert file.read() == data
    assert [one.what for one in blob.reading.hidden] == ["赵小军"]


def test_what_is_swept_away_cannot_be_opened_from_a_copy_of_the_store(folder):
    blob, _ = receive(make_docx("正文"), "a.docx", sealed=True)
    Blob.objects.update(added_at="2026-01-01T00:00Z")

    assert sweep.call() == 1

    assert (kept(folder), list(Blob.objects.all())) == ([], [])
    assert blob.sealed.token.encode() not in all_that_is_kept(folder)
