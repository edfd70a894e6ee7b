"""密钥：one that seals, older ones that only open, and one for fingerprints; all in one file.

The file is JSON, so that a key management system can mount it as well::

    {"fingerprint": {"algorithm": "sha256" or "sm3", "key": base64},
     "keys": [{"id": 8 hex digits, "algorithm": "aes" or "sm4", "key": base64,
               "created": ISO time, "replaced": ISO time or null}, …]}

The key without ``replaced`` seals; there is exactly one. Whoever holds this file can open
everything, and without it nothing can be opened again: it belongs into a backup of its own,
apart from that of the database.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from gongkai.errors import BadInput, NotAllowed, Unreadable
from gongkai.vault.ciphers import Aead, Algorithm

_HASHES: dict[str, type[hashes.HashAlgorithm]] = {"sha256": hashes.SHA256, "sm3": hashes.SM3}


@dataclass(frozen=True)
class Key:
    """密钥：``replaced`` is when another took its place; None for the one that seals.

    ``finished`` is when the rotation to it had sealed everything anew.
    """

    id: str
    algorithm: Algorithm
    material: bytes = field(repr=False)
    created: datetime
    replaced: datetime | None = None
    finished: datetime | None = None

    @cached_property
    def aead(self) -> Aead:
        """The cipher with this key."""
        return self.algorithm.aead(self.material)


@dataclass(frozen=True)
class Keyring:
    """密钥串：what the file holds."""

    keys: tuple[Key, ...]
    fingerprint_hash: str
    fingerprint_key: bytes = field(repr=False)

    @cached_property
    def current(self) -> Key:
        """现用密钥。"""
        return next(key for key in self.keys if key.replaced is None)

    @cached_property
    def by_id(self) -> dict[str, Key]:
        """By the number that stands in each token."""
        return {key.id: key for key in self.keys}

    def hash(self) -> hashes.HashAlgorithm:
        """The hash of the fingerprints."""
        return _HASHES[self.fingerprint_hash]()


def keyring() -> Keyring:
    """密钥串：read again whenever the file has changed, so all workers learn of a new key at once.

    The file is made on first use where the setting leaves it to us; a path somebody has set is
    never filled by itself, lest a mount that failed give birth to keys. Raises BadInput for a
    missing file, Unreadable for a broken one.
    """
    global _read
    path = _path()
    try:
        seen = _seen(path)
    except FileNotFoundError:
        if settings.VAULT["mounted"]:
            raise BadInput(
                f"找不到密钥文件 {path}。第一次使用请先执行 gongkai vault rotate --only-new。"
            ) from None
        create()
        seen = _seen(path)
    kept = _read
    if kept is None or kept[:2] != (path, seen):
        _read = kept = (path, seen, _load(path))
    return kept[2]


_read: tuple[Path, tuple[int, int, int], Keyring] | None = None
_writing = threading.RLock()


def _path() -> Path:
    return Path(settings.VAULT["keys"])


def _seen(path: Path) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_mtime_ns, found.st_ino, found.st_size


def _load(path: Path) -> Keyring:
    try:
        told = json.loads(path.read_text("utf-8"))
        keys = tuple(_key(one) for one in told["keys"])
        fingerprints = told["fingerprint"]
        ring = Keyring(
            keys, fingerprints["algorithm"], base64.b64decode(fingerprints["key"], validate=True)
        )
        sound = (
            len(ring.by_id) == len(keys)
            and sum(key.replaced is None for key in keys) == 1
            and ring.fingerprint_hash in _HASHES
            and len(ring.fingerprint_key) >= 32
        )
    except OSError as problem:
        raise Unreadable(f"密钥文件 {path} 打不开：{problem.strerror}。") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(f"密钥文件 {path} 已损坏，请从备份恢复。") from problem
    if not sound:
        raise Unreadable(f"密钥文件 {path} 内容有误：现用密钥应当只有一个，编号不能重复。")
    return ring


def _key(told: dict[str, Any]) -> Key:
    algorithm = Algorithm(told["algorithm"])
    material = base64.b64decode(told["key"], validate=True)
    if len(material) != algorithm.length or len(bytes.fromhex(told["id"])) != 4:
        raise ValueError(told["id"])
    return Key(
        id=told["id"].lower(),
        algorithm=algorithm,
        material=material,
        created=datetime.fromisoformat(told["created"]),
        replaced=_moment(told.get("replaced")),
        finished=_moment(told.get("finished")),
    )


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _told(ring: Keyring) -> str:
    return json.dumps(
        {
            "fingerprint": {
                "algorithm": ring.fingerprint_hash,
                "key": base64.b64encode(ring.fingerprint_key).decode(),
            },
            "keys": [
                {
                    "id": key.id,
                    "algorithm": key.algorithm.value,
                    "key": base64.b64encode(key.material).decode(),
                    "created": key.created.isoformat(),
                    "replaced": key.replaced and key.replaced.isoformat(),
                    "finished": key.finished and key.finished.isoformat(),
                }
                for key in ring.keys
            ],
        },
        indent=1,
    )


def create() -> None:
    """建立密钥文件：mode 0600; nothing happens when it is there already."""
    now = _now()
    algorithm = Algorithm(settings.VAULT["cipher"])
    first = replace(_new(algorithm, now), finished=now)
    hashing = "sm3" if algorithm is Algorithm.SM4 else "sha256"
    ring = Keyring((first,), hashing, secrets.token_bytes(32))
    path = _path()
    new = _written(path, ring)
    try:
        os.link(new, path)
    except FileExistsError:
        pass  # another worker was first
    finally:
        os.unlink(new)


def add() -> Key:
    """新增密钥：it seals from now on, the one before only opens."""
    if not _path().exists():
        create()
        return keyring().current
    with _changing() as ring:
        now = _now()
        new = _new(Algorithm(settings.VAULT["cipher"]), now)
        older = (key if key.replaced else replace(key, replaced=now) for key in ring.keys)
        _rewrite(replace(ring, keys=(*older, new)))
    return new


def finish(key: Key) -> None:
    """轮换完成：everything is sealed with this key."""
    with _changing() as ring:
        kept = (replace(one, finished=_now()) if one.id == key.id else one for one in ring.keys)
        _rewrite(replace(ring, keys=tuple(kept)))


def remove(key: Key) -> None:
    """删除密钥：for good. The caller has made sure that nothing is sealed with it."""
    with _changing() as ring:
        if key.id == ring.current.id:
            raise NotAllowed("现用密钥不能注销，请先轮换。")
        _rewrite(replace(ring, keys=tuple(one for one in ring.keys if one.id != key.id)))


def is_writable() -> bool:
    """Whether keys can be added here; a mounted file is changed where it comes from."""
    path = _path()
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(
        path.parent, os.W_OK
    )


def is_exposed() -> bool:
    """Whether others on this machine may read the file."""
    return bool(os.stat(_path()).st_mode & 0o077)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _new(algorithm: Algorithm, now: datetime) -> Key:
    return Key(secrets.token_hex(4), algorithm, algorithm.new_key(), now)


@contextlib.contextmanager
def _changing() -> Iterator[Keyring]:
    """One at a time, in whichever process."""
    if not is_writable():
        raise NotAllowed(f"密钥文件 {_path()} 是只读的，请在提供它的密钥管理系统里增减密钥。")
    lock = _path().with_name(f"{_path().name}.lock")
    with _writing, open(os.open(lock, os.O_WRONLY | os.O_CREAT, 0o600), "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield keyring()


def _rewrite(ring: Keyring) -> None:
    os.replace(_written(_path(), ring), _path())
    _on_disk(_path().parent)


def _written(path: Path, ring: Keyring) -> Path:
    """A file beside it, complete and on the disk, before it takes the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(_told(ring))
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise Unreadable(f"密钥文件 {path} 写不进去：{problem.strerror}。") from problem
    return new


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
