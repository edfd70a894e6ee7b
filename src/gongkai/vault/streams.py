"""整件密封：files sealed piece by piece, so that none need be in memory whole.

The content is sealed with a key of its own (see :func:`file_key`) in pieces of 64 KiB, each with
a tag. The nonce of a piece is its number and whether it is the last (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár), so pieces cannot be exchanged, left out, added or cut
off unseen. The key of a file never seals another file. It is kept sealed itself, in a
:class:`gongkai.vault.fields.SealedText` beside the record of the file: to rotate keys, only it is
sealed anew, and without it the content is gone, wherever copies of it are.
"""

from __future__ import annotations

import base64
import io
from abc import abstractmethod
from typing import TYPE_CHECKING, Final, Protocol

from gongkai.errors import Unreadable
from gongkai.vault.ciphers import NONCE, TAG, Algorithm, Tampered
from gongkai.vault.keyring import keyring

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: A piece in the clear, and sealed; in bytes.
PIECE: Final = 1 << 16
_SEALED: Final = PIECE + TAG
_BOUND: Final = b"gk1.file"
_DAMAGED: Final = "密存的文件已损坏或者被改动，无法打开。"


class Source(Protocol):
    """A file opened for reading that can seek."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Where it then stands."""

    def close(self) -> None:
        """Close it."""


def file_key() -> str:
    """文件密钥：a new key for one file, of the cipher of the current key; to be kept sealed."""
    algorithm = keyring().current.algorithm
    return f"{algorithm.value}:{base64.b64encode(algorithm.new_key()).decode()}"


def seal_bytes(source: Source, key: str) -> io.BufferedReader:
    """密封文件：what is read from it is the sealed content; ``source`` can seek."""
    return io.BufferedReader(_Sealing(source, key), PIECE)


def unseal_bytes(source: Source, key: str) -> io.BufferedReader:
    """打开文件：the clear content of a sealed file, to be read anywhere; closes ``source`` too.

    Raises Unreadable at once for a file cut short, lengthened or under another key, and when
    reading comes to a piece that was touched.
    """
    opening = _Opening(source, key)
    try:
        opening.check()
    except Unreadable:
        source.close()
        raise
    return io.BufferedReader(opening, PIECE)


def sealed_size(size: int) -> int:
    """密封后的大小：in bytes."""
    return size + TAG * max(1, -(-size // PIECE))


class _Pieces(io.RawIOBase):
    """The other side of a file, piece by piece; one piece is kept at hand."""

    #: Length of a piece as it is in the source, and as it is read from here.
    inner: int
    outer: int

    def __init__(self, source: Source, key: str) -> None:
        algorithm, _, material = key.partition(":")
        self._aead = Algorithm(algorithm).aead(base64.b64decode(material))
        self._source = source
        size = source.seek(0, io.SEEK_END)
        self._last = max(0, -(-size // self.inner) - 1)
        self._size = self._outer_size(size)
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    @abstractmethod
    def _outer_size(self, size: int) -> int:
        """How much there is to read from here."""

    @abstractmethod
    def _turned(self, nonce: bytes, piece: bytes) -> bytes:
        """A piece of the source, as it is read from here."""

    def piece(self, number: int) -> bytes:
        """The piece of this number."""
        if self._held[0] != number:
            self._source.seek(number * self.inner)
            piece = self._source.read(self.inner)
            nonce = number.to_bytes(NONCE - 1, "big") + bytes([number == self._last])
            self._held = (number, self._turned(nonce, piece))
        return self._held[1]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, self.outer)
        into = memoryview(buffer).cast("B")
        found = self.piece(number)[within : within + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


class _Sealing(_Pieces):
    inner, outer = PIECE, _SEALED

    def _outer_size(self, size: int) -> int:
        return sealed_size(size)

    def _turned(self, nonce: bytes, piece: bytes) -> bytes:
        return self._aead.encrypt(nonce, piece, _BOUND)


class _Opening(_Pieces):
    inner, outer = _SEALED, PIECE

    def _outer_size(self, size: int) -> int:
        return max(0, size - TAG * (self._last + 1))

    def _turned(self, nonce: bytes, piece: bytes) -> bytes:
        try:
            return self._aead.decrypt(nonce, piece, _BOUND)
        except Tampered:
            raise Unreadable(_DAMAGED) from None

    def check(self) -> None:
        """The last piece says that it is the last, and so where the file ends."""
        self.piece(self._last)
