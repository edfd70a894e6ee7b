"""密封：a short text into a token, and back; and the fingerprint that finds equal ones.

A token is ``gk1.<key>.<base64url of nonce and sealed text>``. Version, key and context are bound
to it: a token damaged, relabelled or moved to another field does not open.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from os import urandom
from typing import Final, Protocol

from cryptography.hazmat.primitives import hmac

from gongkai.errors import NotInstalled, Unreadable
from gongkai.vault.ciphers import NONCE, TAG, Tampered
from gongkai.vault.keyring import keyring

VERSION: Final = "gk1"
#: Length of ``gk1.<key>.``, the part of a token that names its key.
HEAD: Final = len(VERSION) + 1 + 8 + 1

_TOKEN = re.compile(rf"{VERSION}\.([0-9a-f]{{8}})\.([A-Za-z0-9_-]{{38,}})")
_DAMAGED = "密存的内容已损坏或者被改动，无法打开。"
_STEP = 1 << 20


def seal(text: str, context: str) -> str:
    """密封：a token for the text, good only under the same context, e.g. ``app.Model.field``.

    Equal texts give different tokens. Halves of characters become “?”.
    """
    key = keyring().current
    head = f"{VERSION}.{key.id}."
    nonce = urandom(NONCE)
    sealed = key.aead.encrypt(nonce, text.encode("utf-8", "replace"), _bound(head, context))
    return head + urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()


def unseal(token: str, context: str) -> str:
    """打开：the text. Raises Unreadable for what is damaged, from another field, or no token;
    NotInstalled when the key is not here."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise Unreadable(_DAMAGED)
    key = keyring().by_id.get(found[1])
    if key is None:
        raise NotInstalled(
            f"密钥文件里没有密钥 {found[1]}，无法打开；请恢复密钥文件的备份，或者查明内容的来处。"
        )
    data = _bytes(found[2])
    head = token[:HEAD]
    try:
        return key.aead.decrypt(data[:NONCE], data[NONCE:], _bound(head, context)).decode()
    except (Tampered, UnicodeDecodeError):
        raise Unreadable(_DAMAGED) from None


def is_token(text: str) -> bool:
    """Whether a text has the form of a token; whether it opens is another question."""
    return _TOKEN.fullmatch(text) is not None


def is_current(token: str) -> bool:
    """Whether it is sealed with the key that seals now."""
    return key_of(token) == keyring().current.id


def key_of(token: str) -> str:
    """The number of the key it is sealed with."""
    return token[len(VERSION) + 1 : HEAD - 1]


def fingerprint(text: str, context: str) -> str:
    """指纹：64 hex digits, the same for the same text, telling nothing without the key.

    For finding the same applicant again: width, case and spaces make no difference. Its key
    stays when the others rotate, or nothing kept would be found.
    """
    made = _hmac("text", context)
    made.update(normal(text).encode("utf-8", "replace"))
    return made.finalize().hex()


class Readable(Protocol):
    """A file opened for reading."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


def fingerprint_bytes(source: Readable, context: str) -> str:
    """内容指纹：the same for the bytes of a file, read to the end."""
    made = _hmac("bytes", context)
    while step := source.read(_STEP):
        made.update(step)
    return made.finalize().hex()


def normal(text: str) -> str:
    """规整：half width, lower case, without spaces and invisible characters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    shown = "".join(one for one in text if unicodedata.category(one)[0] not in "ZC")
    return unicodedata.normalize("NFKC", shown)


def _hmac(what: str, context: str) -> hmac.HMAC:
    ring = keyring()
    made = hmac.HMAC(ring.fingerprint_key, ring.hash())
    made.update(f"{what}\0{context}\0".encode())
    return made


def _bound(head: str, context: str) -> bytes:
    return f"{head}\0{context}".encode()


def _bytes(payload: str) -> bytes:
    """The last letter has bits to spare; only one way to write it is right."""
    try:
        data = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except ValueError:
        raise Unreadable(_DAMAGED) from None
    if len(data) < NONCE + TAG or urlsafe_b64encode(data).rstrip(b"=").decode() != payload:
        raise Unreadable(_DAMAGED)
    return data
