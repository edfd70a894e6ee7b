"""来件：encodings, disguises and dangerous archives."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import Unreadable
from gongkai.screening import source

SIMPLIFIED = (
    "2023年，本机关共收到政府信息公开申请12件，均在法定期限内答复。\r\n联系电话：0311-86689279\n"
)
TRADITIONAL = (
    "2022年，本機關共收到政府信息公開申請343件，均已在法定期限內答復。\n聯繫電話：0311-86689279\n"
)


def make_zip(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_decode_finds_the_encoding_of_simplified_text(encoding):
    assert source.decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize(
    "encoding", ["utf-8", "big5", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_decode_finds_the_encoding_of_traditional_text(encoding):
    assert source.decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["公开", "联通", "信息公开", "行政复议", "转发通知"])
def test_decode_finds_the_encoding_of_a_few_characters(text, encoding):
    assert source.decode(text.encode(encoding)) == text


@given(st.text("公开政府信息的一是在不了有和人这中大为上个国答复申请，。0123456789 \n", min_size=1))
def test_decode_undoes_utf8_and_gb18030(text):
    assert source.decode(text.encode("utf-8")) == text
    assert source.decode(text.encode("gb18030")) == text


@given(st.binary(max_size=400))
def test_decode_gives_text_or_a_sentence_for_any_bytes(data):
    with contextlib.suppress(Unreadable):
        assert isinstance(source.decode(data), str)


def test_decode_refuses_text_cut_in_the_middle_of_a_character():
    with pytest.raises(Unreadable, match="残缺"):
        source.decode((SIMPLIFIED * 5).encode("utf-8")[:-2].rstrip(b"\n") + "，".encode()[:2])


def test_decode_refuses_what_no_encoding_makes_readable():
    with pytest.raises(Unreadable):
        source.decode(bytes(range(128, 256)) * 4)


def test_open_safely_reads_a_plain_file(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_bytes(SIMPLIFIED.encode())

    assert source.open_safely(path) == SIMPLIFIED.encode()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.txt", b"", "空文件"),
        ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG 图片"),
        ("图.html", b"\xff\xd8\xff\xe0" + bytes(40), "JPEG 图片"),
        ("文.txt", b"%PDF-1.7\n", "PDF 文件"),
        ("表.pdf", b"hello", "扩展名是 .pdf"),
        ("表.docx", b"PK\x03\x04" + bytes(60), "残缺"),
        ("表.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "旧版 Office"),
        (
            "密.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "打开密码",
        ),
    ],
)
def test_open_safely_refuses_with_a_sentence(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(Unreadable, match=sentence):
        source.open_safely(path)


def test_open_safely_refuses_what_is_not_a_file(tmp_path):
    with pytest.raises(Unreadable, match="文件夹"):
        source.open_safely(tmp_path)
    with pytest.raises(Unreadable, match="找不到"):
        source.open_safely(tmp_path / "没有.txt")
    with pytest.raises(Unreadable, match="读不了"):
        source.open_safely("a\0b")


def test_open_safely_refuses_a_file_above_the_limit_without_reading_it(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(source.LARGEST_FILE + 1)

    with pytest.raises(Unreadable, match="超过一次可读的 64 MB"):
        source.open_safely(path)


def test_check_zip_accepts_an_ordinary_document():
    source.check_zip(make_zip({"word/document.xml": SIMPLIFIED.encode() * 500}))


def test_check_zip_refuses_a_bomb():
    bomb = make_zip({"word/document.xml": bytes(30 * source.MEGABYTE)})

    with pytest.raises(Unreadable, match="压缩炸弹"):
        source.check_zip(bomb)


def test_check_zip_refuses_a_truncated_archive():
    with pytest.raises(Unreadable, match="残缺"):
        source.check_zip(make_zip({"a.xml": SIMPLIFIED.encode()})[:-30])
