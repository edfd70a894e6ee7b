"""发送：the ways out of the house; each says in a sentence why a notice did not go.

A sender is anything with ``send(notice)``. It returns when the other side has taken the notice,
raises Unsent when it may be taken later, Refused when it never will, Unconfigured when there is
no such way here. No sentence and no log repeats an address.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from gongkai.errors import GongkaiError
from gongkai.notices.addresses import Endpoint
from gongkai.notices.models import Notice
from gongkai.notices.states import Channel

#: The other side has so many seconds to answer.
TIMEOUT = 10
#: 请求超时、过早、过多（RFC 9110, RFC 8470, RFC 6585）：the 4xx that ask to come again.
_COME_AGAIN = frozenset({408, 425, 429})


class Unsent(GongkaiError):
    """暂时没有发出：to be tried again."""


class Refused(Unsent):
    """对方不收：trying again would change nothing."""


class Unconfigured(Refused):
    """没有这条渠道：in this installation."""


class Sender(Protocol):
    """发送的渠道：the port every way out fits."""

    def send(self, notice: Notice) -> None:
        """发出：raises Unsent, Refused or Unconfigured."""
        ...


@dataclass(frozen=True)
class Nowhere:
    """没有渠道：what is to go this way stays in the list and says why."""

    sentence: str

    def send(self, notice: Notice) -> None:
        """Never sends."""
        raise Unconfigured(self.sentence)


@dataclass(frozen=True)
class Mail:
    """电子邮件：through the mail server of the settings."""

    def send(self, notice: Notice) -> None:
        """发出；the same notice always bears the same Message-ID."""
        line = get_connection()
        mail = EmailMessage(
            subject=notice.title,
            body=letter(notice),
            to=[notice.address.open()],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
            connection=line,
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as problem:
            code = min((code for code, _ in problem.recipients.values()), default=550)
            raise _answered(code, "邮件服务器不接受这个收件地址") from None
        except smtplib.SMTPAuthenticationError:
            raise Unsent("邮件服务器不接受设置里的用户名或口令。") from None
        except smtplib.SMTPResponseException as problem:
            raise _answered(problem.smtp_code, "邮件服务器没有收下这封邮件") from None
        except smtplib.SMTPNotSupportedError:
            raise Unsent("邮件服务器不支持设置里要求的加密或登录方式。") from None
        except ssl.SSLError:
            raise Unsent("与邮件服务器的加密连接没有建成，请检查证书。") from None
        except (smtplib.SMTPException, OSError):
            raise Unsent("连不上邮件服务器，或者连接中断。") from None
        finally:
            # What failed before the conversation was complete the framework leaves open.
            with suppress(smtplib.SMTPException, OSError):
                line.close()


def _answered(code: int, sentence: str) -> Unsent:
    """5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    kind = Refused if code >= 500 else Unsent
    return kind(f"{sentence}（{code}）。")


def letter(notice: Notice) -> str:
    """邮件正文：the text, where to read on, and who writes."""
    parts = [notice.body]
    if notice.link:
        parts.append(f"查看：{absolute(notice.link)}")
    parts.append(f"{settings.SITE['name']}\n（本邮件由系统自动发出，请勿直接回复。）")
    return "\n\n".join(part for part in parts if part)


def absolute(link: str) -> str:
    """完整的网址：with the name of the site where that is known."""
    domain = settings.SITE["domain"]
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{domain}{link}" if domain and link.startswith("/") else link


def message_id(notice: Notice) -> str:
    """Message-ID：from the key alone, so that a mail sent twice is known as one."""
    try:
        domain = Address(
            addr_spec=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
        ).domain
    except (ValueError, IndexError):
        domain = "localhost"
    return f"<{hashlib.sha256(notice.key.encode()).hexdigest()[:32]}@{domain}>"


@dataclass(frozen=True)
class Webhook:
    """系统接口、短信网关：a signed JSON message to one address.

    Signed is ``<timestamp>.<body>`` with HMAC-SHA256; the receiver computes it with the shared
    secret, compares it with ``X-Gongkai-Signature: sha256=<hex>`` and refuses an old
    ``X-Gongkai-Timestamp`` (seconds since 1970). A message repeated bears the same ``key``.
    """

    endpoint: Endpoint

    def send(self, notice: Notice) -> None:
        """发出；redirections are not followed, they would carry the message elsewhere."""
        body = json.dumps(content(notice), ensure_ascii=False).encode()
        moment = str(int(time.time()))
        request = urllib.request.Request(
            self.endpoint.url,
            data=body,
            method="POST",
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "gongkai",
                "X-Gongkai-Timestamp": moment,
                "X-Gongkai-Signature": f"sha256={signature(self.endpoint.secret, moment, body)}",
            },
        )
        try:
            with _OPENER.open(request, timeout=TIMEOUT):
                return
        except HTTPError as answer:
            answer.close()
            for_good = answer.code < 500 and answer.code not in _COME_AGAIN
            raise (Refused if for_good else Unsent)(
                f"接口没有收下（HTTP {answer.code}）。"
            ) from None
        except TimeoutError:
            raise Unsent(f"接口在 {TIMEOUT} 秒内没有应答。") from None
        except (URLError, HTTPException, OSError):
            raise Unsent("连不上接口，或者连接中断。") from None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer like any other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def content(notice: Notice) -> dict[str, str]:
    """报文：title, text and number of the case; of the person only the number a text goes to."""
    told = {
        "key": notice.key,
        "channel": notice.channel,
        "title": notice.title,
        "body": notice.body,
        "number": notice.number,
    }
    return told | {"to": notice.address.open()} if notice.channel == Channel.SMS else told


def signature(secret: str, moment: str, body: bytes) -> str:
    """签名：HMAC-SHA256 over timestamp, a full stop and body, in hex."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def sender_for(channel: Channel) -> Sender:
    """渠道的发送办法：as the settings have it; a demonstration sends nothing."""
    name = {Channel.EMAIL: "邮件服务", Channel.SMS: "短信服务", Channel.WEBHOOK: "系统接口"}[
        channel
    ]
    if settings.DEMO:
        return Nowhere(f"演示环境不对外发送，没有发出（{channel.label}）。")
    if not configured(channel):
        return Nowhere(f"未配置{name}，没有发出。")
    if channel is Channel.EMAIL:
        return Mail()
    return Webhook(settings.SMS if channel is Channel.SMS else settings.WEBHOOK)


def configured(channel: Channel) -> bool:
    """Whether the settings name a place for what goes this way."""
    if channel is Channel.EMAIL:
        return bool(settings.EMAIL_HOST)
    return bool(settings.SMS if channel is Channel.SMS else settings.WEBHOOK)
