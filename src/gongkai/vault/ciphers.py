"""密码算法：AES-256-GCM, or SM4-GCM (GB/T 32907, GB/T 36624) where 商用密码 are required."""

from __future__ import annotations

import secrets
from enum import Enum
from functools import cache
from typing import Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher as _Cipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongkai.errors import NotInstalled

#: Lengths in bytes; the nonce and the tag are those of GCM for either cipher.
NONCE, TAG = 12, 16


class Tampered(Exception):
    """What was to be opened is not what was sealed; callers say it in words of their own."""


class Aead(Protocol):
    """A cipher with its key: whatever it opens has been sealed with the same nonce and bound."""

    def encrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """The sealed data, tag at the end."""

    def decrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """The data; raises Tampered."""


class Algorithm(Enum):
    """算法：the value is what the file of keys and the setting call it."""

    AES = "aes"
    SM4 = "sm4"

    @property
    def label(self) -> str:
        """名称。"""
        return {"aes": "AES-256-GCM", "sm4": "SM4-GCM"}[self.value]

    @property
    def length(self) -> int:
        """密钥长度：in bytes."""
        return {"aes": 32, "sm4": 16}[self.value]

    def new_key(self) -> bytes:
        """新的密钥：from the system's source of randomness; NotInstalled without the cipher."""
        self.aead(bytes(self.length))
        return secrets.token_bytes(self.length)

    def aead(self, key: bytes) -> Aead:
        """The cipher with this key; raises NotInstalled where OpenSSL was built without it."""
        return _Aes(key) if self is Algorithm.AES else _Sm4(key)


class _Aes:
    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def encrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        return self._aead.encrypt(nonce, data, bound)

    def decrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        try:
            return self._aead.decrypt(nonce, data, bound)
        except InvalidTag:
            raise Tampered from None


@cache
def has_sm4() -> bool:
    """Whether the OpenSSL at hand was built with SM4 in GCM."""
    try:
        _Cipher(algorithms.SM4(bytes(16)), modes.GCM(bytes(NONCE))).encryptor()
    except UnsupportedAlgorithm:
        return False
    return True


class _Sm4:
    def __init__(self, key: bytes) -> None:
        if not has_sm4():
            raise NotInstalled(
                "这台机器的密码库（OpenSSL）没有 SM4-GCM，请换用带国密算法的 cryptography，"
                "或者设置 GONGKAI_VAULT_CIPHER=aes。"
            )
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        sealing = _Cipher(self._key, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(bound)
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        if len(data) < TAG:
            raise Tampered
        opening = _Cipher(self._key, modes.GCM(nonce, data[-TAG:])).decryptor()
        opening.authenticate_additional_data(bound)
        clear = opening.update(data[:-TAG])
        try:
            return clear + opening.finalize()
        except InvalidTag:
            raise Tampered from None
