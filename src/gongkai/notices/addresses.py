"""地址：where messages go: read from the settings and proved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from gongkai.errors import BadInput

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
#: Usual ports by scheme (RFC 5321, RFC 6409, RFC 8314).
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mobile(text: str) -> str:
    """手机号码：eleven digits; empty when the text is no mobile number.

    >>> mobile("+86 138-0000-1234"), mobile("0311-86687000")
    ('13800001234', '')
    """
    found = _MOBILE.fullmatch(re.sub(r"[\s\-－—]", "", text))
    return found[1] if found else ""


@dataclass(frozen=True)
class MailServer:
    """发信服务器：as Django's settings want it; ``host`` empty means there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server(address: str, sender: str) -> MailServer:
    """发信服务器：the address of a mail server, taken apart; none for an empty one.

    A password never travels in clear, but to the same machine. Raises BadInput.
    """
    if not address:
        return MailServer()
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname or parts.path.strip("/"):
        raise BadInput(
            "设置 GONGKAI_SMTP 应写成 smtps://用户:口令@主机:端口，"
            "或 smtp+tls://…（STARTTLS）、smtp://…（不加密）。"
        )
    if "@" not in sender:
        raise BadInput("设置了 GONGKAI_SMTP，还要在 GONGKAI_MAIL_FROM 写明发件地址。")
    if parts.scheme == "smtp" and parts.password and parts.hostname not in _LOCAL:
        raise BadInput(
            "GONGKAI_SMTP 带有口令，不能用不加密的 smtp://，请用 smtps:// 或 smtp+tls://。"
        )
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


@dataclass(frozen=True)
class Endpoint:
    """接口：an address that takes messages, and the secret they are signed with."""

    url: str = ""
    secret: str = ""

    def __bool__(self) -> bool:
        return bool(self.url)


def endpoint(name: str, url: str, secret: str) -> Endpoint:
    """接口：``name`` is the setting the address stands in; raises BadInput.

    Encrypted only, but to the same machine, where a gateway of the office may stand.
    """
    if not url:
        return Endpoint()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)):
        raise BadInput(f"设置 {name} 应是 https:// 开头的地址。")
    if len(secret) < 16:
        raise BadInput(f"设置了 {name}，还要在 {name}_SECRET 写明签名密钥，至少 16 个字符。")
    return Endpoint(url, secret)


#: 六个月：the longest six months there are, 1 March to 31 August and any from 1 July.
SIX_MONTHS = 184


def notice_days(days: int) -> int:
    """保留天数：network logs stay for six months at least (《网络安全法》); raises BadInput."""
    if days < SIX_MONTHS:
        raise BadInput(
            f"设置 GONGKAI_NOTICE_DAYS 不能少于 {SIX_MONTHS}：网络日志要留存不少于六个月。"
        )
    return days
