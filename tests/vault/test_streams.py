"""整件密封：read anywhere, never whole in memory, and nothing touched goes unseen."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import Unreadable
from gongkai.vault import keyring
from gongkai.vault.ciphers import TAG
from gongkai.vault.streams import PIECE, file_key, seal_bytes, sealed_size, unseal_bytes

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17]


def content(size):
    return bytes(number * 31 % 251 for number in range(size))


def sealed(data, key):
    return seal_bytes(io.BytesIO(data), key).read()


@pytest.fixture
def key():
    return file_key()


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_was(size, cipher, settings):
    settings.VAULT = {**settings.VAULT, "cipher": cipher}
    data, key = content(size), file_key()

    kept = sealed(data, key)

    assert len(kept) == sealed_size(size)
    assert unseal_bytes(io.BytesIO(kept), key).read() == data
    assert key.startswith(cipher)
    assert size < 100 or data[:100] not in kept


@given(begin=st.integers(0, 3 * PIECE), length=st.integers(0, 2 * PIECE))
def test_a_part_is_read_from_anywhere(begin, length):
    data = CONTENT
    with unseal_bytes(io.BytesIO(KEPT), KEY) as file:
        file.seek(begin)
        assert file.read(length) == data[begin : begin + length]
        assert file.tell() == min(begin + length, max(begin, len(data)))
        assert file.seek(0, io.SEEK_END) == len(data)


CONTENT = content(2 * PIECE + 1000)
KEY = f"aes:{'A' * 43}="
KEPT = sealed(CONTENT, KEY)


@given(place=st.integers(0, len(KEPT) - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(place, bit):
    touched = bytearray(KEPT)
    touched[place] ^= 1 << bit

    with pytest.raises(Unreadable), unseal_bytes(io.BytesIO(bytes(touched)), KEY) as file:
        file.read()


@pytest.mark.parametrize(
    "cut", [0, 1, TAG, PIECE, PIECE + TAG, 2 * (PIECE + TAG), len(KEPT) - 1, len(KEPT) + 1]
)
def test_a_file_cut_short_or_lengthened_is_refused_before_a_byte_is_given(cut):
    source = io.BytesIO((KEPT + b"\0")[:cut])

    with pytest.raises(Unreadable):
        unseal_bytes(source, KEY)
    assert source.closed


def test_pieces_cannot_be_exchanged():
    piece = PIECE + TAG
    swapped = KEPT[piece : 2 * piece] + KEPT[:piece] + KEPT[2 * piece :]

    with pytest.raises(Unreadable), unseal_bytes(io.BytesIO(swapped), KEY) as file:
        file.read()


def test_the_key_of_another_file_opens_nothing(key):
    with pytest.raises(Unreadable):
        unseal_bytes(io.BytesIO(sealed(b"one", key)), file_key())


def test_equal_files_are_not_seen_to_be_equal():
    assert sealed(b"same", file_key()) != sealed(b"same", file_key())


def test_the_sealed_side_can_be_read_from_anywhere_too(key):
    data = content(PIECE + 5)
    whole = sealed(data, key)
    source = seal_bytes(io.BytesIO(data), key)

    assert source.seek(0, io.SEEK_END) == len(whole)
    source.seek(PIECE - 3)
    assert source.read() == whole[PIECE - 3 :]


def test_a_long_file_is_not_in_memory_whole(key):
    class Long(io.RawIOBase):
        """100 MB of zeros which says how much it was asked for at once."""

        size, at, most = 100 << 20, 0, 0

        def seek(self, offset, whence=0):
            self.at = offset if whence == io.SEEK_SET else self.size + offset
            return self.at

        def read(self, wanted=-1):
            self.most = max(self.most, wanted if wanted >= 0 else self.size)
            taken = min(wanted, self.size - self.at)
            self.at += taken
            return bytes(taken)

    source = Long()
    file = seal_bytes(source, key)
    for _ in range(10):
        file.read(1 << 20)

    assert source.most == PIECE


def test_a_file_stays_readable_when_the_keys_rotate(key):
    kept = sealed(b"content", key)

    keyring.add()

    assert unseal_bytes(io.BytesIO(kept), key).read() == b"content"
