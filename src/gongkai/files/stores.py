"""存放：where the bytes are kept; a folder by default, an S3-compatible store by setting."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from gongkai.errors import BadInput, NotInstalled


def store(address: str) -> dict[str, Any]:
    """存储设置：an entry of Django's STORAGES for an address.

    A folder, or ``s3://key:secret@host[:port]/bucket[/prefix][?tls=0&region=…]``; without a
    host (``s3:///bucket``) the store and the keys are those of the environment. Raises BadInput
    for another address, NotInstalled when the client is missing.
    """
    if "://" not in address:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": Path(address),
                "file_permissions_mode": 0o640,
                "directory_permissions_mode": 0o750,
                "base_url": None,
            },
        }
    parts = urlsplit(address)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not bucket:
        raise BadInput("附件的存放地址应写成文件夹，或者 s3://密钥:口令@主机/桶名/前缀。")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise NotInstalled("用 S3 存放附件需要另外安装：pip install 'gongkai[s3]'。")
    query = parse_qs(parts.query)
    options: dict[str, Any] = {
        "bucket_name": bucket,
        "location": prefix,
        "default_acl": "private",
        "querystring_auth": True,
        "file_overwrite": False,
    }
    if parts.hostname:
        scheme = "http" if query.get("tls") == ["0"] else "https"
        port = f":{parts.port}" if parts.port else ""
        options["endpoint_url"] = f"{scheme}://{parts.hostname}{port}"
        options["addressing_style"] = "path"
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    if "region" in query:
        options["region_name"] = query["region"][0]
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
