"""交付：the right bytes under the right name, and nothing that runs."""

import contextlib

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai.files.actions import receive
from gongkai.files.handing import hand_out
from gongkai.files.middleware import SizeLimit
from gongkai.files.stores import store
from made_files import make_docx, make_pdf, make_png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": store(str(tmp_path))}


def body(response):
    """All that is sent; the response is closed, as a server does."""
    with contextlib.closing(response):
        return b"".join(response.streaming_content) if response.streaming else response.content


def ask(**headers):
    return RequestFactory().get("/", headers=headers)


def test_a_file_is_handed_out_as_what_it_is_under_a_chinese_name():
    data = make_docx("正文")
    blob, _ = receive(data, "a.docx")

    response = hand_out(blob, "关于“放管服”的通知.docx")

    assert body(response) == data
    assert response["Content-Type"] == blob.content_type
    assert response["Content-Length"] == str(len(data))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%85%B3%E4%BA%8E%E2%80%9C%E6%94%BE%E7%AE%A1%E6%9C%8D"
        "%E2%80%9D%E7%9A%84%E9%80%9A%E7%9F%A5.docx"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_name_cannot_break_out_of_its_header_or_lie_about_the_kind():
    blob, _ = receive(make_pdf("x"), "a.pdf")

    response = hand_out(blob, 'a"; x=\r\nSet-Cookie: y.html')

    body(response)
    assert response["Content-Disposition"] == 'attachment; filename="a_; x=Set-Cookie_ y.html.pdf"'


@pytest.mark.parametrize(
    ("data", "name", "shown"),
    [
        (make_pdf("x"), "a.pdf", "inline"),
        (make_png(), "a.png", "inline"),
        (make_docx("x"), "a.docx", "attachment"),
        (b"plain text", "a.txt", "attachment"),
    ],
)
def test_only_pictures_and_pdf_are_shown_in_the_browser(data, name, shown):
    blob, _ = receive(data, name)

    with contextlib.closing(hand_out(blob, name, inline=True)) as response:
        assert response["Content-Disposition"].split(";")[0] == shown


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-3", (0, 4)),
        ("bytes=4-", (4, None)),
        ("bytes=-5", (-5, None)),
        ("bytes=10-9999999", (10, None)),
        ("bytes=-9999999", (0, None)),
    ],
)
def test_a_part_asked_for_is_answered_as_a_part(asked, part):
    data = make_pdf("x")
    blob, _ = receive(data, "a.pdf")

    response = hand_out(blob, "a.pdf", request=ask(Range=asked))

    wanted = data[part[0] : part[1]]
    begin = data.index(wanted)
    assert (response.status_code, body(response)) == (206, wanted)
    assert response["Content-Range"] == f"bytes {begin}-{begin + len(wanted) - 1}/{len(data)}"
    assert response["Content-Length"] == str(len(wanted))


@pytest.mark.parametrize("asked", ["", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-"])
def test_a_part_that_makes_no_sense_is_answered_with_the_whole(asked):
    data = make_pdf("x")
    blob, _ = receive(data, "a.pdf")

    response = hand_out(blob, "a.pdf", request=ask(Range=asked))

    assert (response.status_code, body(response)) == (200, data)


@pytest.mark.parametrize("asked", ["bytes=9999999-", "bytes=-0"])
def test_a_part_beyond_the_end_does_not_exist(asked):
    blob, _ = receive(make_pdf("x"), "a.pdf")

    response = hand_out(blob, "a.pdf", request=ask(Range=asked))

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{blob.size}")


def test_a_copy_still_held_is_not_sent_again_and_a_part_of_another_is_not_joined_to_it():
    blob, _ = receive(make_pdf("x"), "a.pdf")
    etag = f'"{blob.sha256}"'
    another = {"Range": "bytes=0-3", "If-Range": '"another"'}

    held = hand_out(blob, "a.pdf", request=ask(**{"If-None-Match": etag}))
    other = hand_out(blob, "a.pdf", request=ask(**another))

    assert (held.status_code, held["ETag"], body(held)) == (304, etag, b"")
    assert (other.status_code, len(body(other))) == (200, blob.size)


def test_a_request_of_200_megabytes_is_turned_away_before_a_byte_is_read(settings, client):
    settings.UPLOAD_MB = 100

    class Untouched:
        def read(self, *_):
            raise AssertionError("the body was read")

    answered = []
    door = SizeLimit(lambda request: answered.append(request) or HttpResponse())
    request = RequestFactory().post("/desk/", {"a": "1"})
    request.META["CONTENT_LENGTH"] = str(200 * 1024 * 1024)
    request._stream = Untouched()

    response = door(request)

    assert (response.status_code, answered) == (413, [])
    assert "一次最多上传 100 MB，这次有 200 MB，没有接收。" in response.content.decode()
    assert door(RequestFactory().post("/desk/", {"a": "1"})).status_code == 200
