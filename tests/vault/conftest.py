"""A file of keys for each test, so that no key made in one is current in the next."""

import pytest


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    path = tmp_path / "keys" / "vault.keys"
    settings.VAULT = {"keys": str(path), "mounted": False, "cipher": "aes"}
    return path
