"""地址：what the settings may say about the ways out of the house."""

import pytest

from gongkai.errors import BadInput
from gongkai.notices.addresses import (
    Endpoint,
    MailServer,
    endpoint,
    mail_server,
    mobile,
    notice_days,
)

FROM = "石州市政务公开办公室 <open@example.gov.cn>"
SECRET = "0123456789abcdef"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("", MailServer()),
        (
            "smtps://open:p%40ss@mail.example",
            MailServer("mail.example", 465, "open", "p@ss", tls=True),
        ),
        ("smtp+tls://o:p@mail.example", MailServer("mail.example", 587, "o", "p", starttls=True)),
        ("smtp://relay.example:2525", MailServer("relay.example", 2525)),
        ("smtp://o:p@127.0.0.1", MailServer("127.0.0.1", 25, "o", "p")),
    ],
)
def test_an_address_of_a_mail_server_is_taken_apart(address, server):
    assert mail_server(address, FROM) == server


@pytest.mark.parametrize(
    ("address", "sender", "sentence"),
    [
        ("mail.example", FROM, "GONGKAI_SMTP 应写成"),
        ("http://mail.example", FROM, "GONGKAI_SMTP 应写成"),
        ("smtps://mail.example:lots", FROM, "GONGKAI_SMTP 应写成"),
        ("smtps://", FROM, "GONGKAI_SMTP 应写成"),
        ("smtps://mail.example/path", FROM, "GONGKAI_SMTP 应写成"),
        ("smtps://mail.example", "", "GONGKAI_MAIL_FROM"),
        ("smtp://open:secret@mail.example", FROM, "不能用不加密的 smtp://"),
    ],
)
def test_what_is_no_address_of_a_mail_server_is_refused(address, sender, sentence):
    with pytest.raises(BadInput, match=sentence) as refused:
        mail_server(address, sender)
    assert "secret" not in str(refused.value)


def test_an_interface_is_encrypted_and_signed():
    assert endpoint("GONGKAI_SMS", "", "") == Endpoint()
    assert endpoint("GONGKAI_SMS", "https://sms.example/x", SECRET).url == "https://sms.example/x"
    assert endpoint("GONGKAI_SMS", "http://127.0.0.1:9/x", SECRET)


@pytest.mark.parametrize(
    ("url", "secret", "sentence"),
    [
        ("http://sms.example/x", SECRET, "设置 GONGKAI_SMS 应是 https:// 开头的地址。"),
        ("ftp://sms.example", SECRET, "设置 GONGKAI_SMS 应是 https:// 开头的地址。"),
        ("https://", SECRET, "设置 GONGKAI_SMS 应是 https:// 开头的地址。"),
        ("https://[", SECRET, "设置 GONGKAI_SMS 应是 https:// 开头的地址。"),
        ("https://sms.example", "short", "还要在 GONGKAI_SMS_SECRET 写明签名密钥"),
    ],
)
def test_another_interface_is_refused(url, secret, sentence):
    with pytest.raises(BadInput, match=sentence):
        endpoint("GONGKAI_SMS", url, secret)


def test_logs_stay_for_six_months():
    assert notice_days(184) == 184
    with pytest.raises(BadInput, match="不能少于 184"):
        notice_days(183)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800001234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("1380000123", ""),
        ("12800001234", ""),
        ("0311-86687000", ""),
        ("13800001234、13900001234", ""),
        ("", ""),
    ],
)
def test_a_mobile_number_is_known(text, number):
    assert mobile(text) == number
