"""读值：dates, categories, channels, outcomes as registers write them; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.applications.states import Category, Identity
from gongkai.errors import BadDate, BadInput
from gongkai.law.calendar import parse_date
from gongkai.law.events import Channel, Way
from gongkai.law.outcomes import OUTCOMES

_EIGHT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_DOTS = re.compile(r"(20\d\d)[.．](\d{1,2})[.．](\d{1,2})")
_CLOCK = re.compile(r"[T\s]+\d{1,2}[:：时].*$")
#: Excel counts days from here（its 1900 was a leap year）; serials of 2000 to 2099.
_EPOCH, _SERIALS = date(1899, 12, 30), range(36526, 73051)
_NUMBERING = re.compile(r"^[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]")
_MARKS = re.compile(r"[\s，,。；;：:、“”\"'（）()《》-]+")


def text(value: Any) -> str:
    """文字：of a cell, blanks tidied; a whole number without its “.0”."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return "\n".join(" ".join(line.split()) for line in str(value).strip().splitlines()).strip()


def day(value: Any) -> date | None:
    """日期：of a cell in any usual way; None for blank, BadDate for what is none.

    A date without its year is BadDate: nobody knows which it was.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(int(value))
    told = unicodedata.normalize("NFKC", text(value))
    if told in ("", "-", "—", "/", "无", "否"):
        return None
    told = _CLOCK.sub("", told).strip()
    if told.isdecimal() and len(told) == 5:
        return _serial(int(told))
    if found := _EIGHT.fullmatch(told) or _DOTS.fullmatch(told):
        told = "-".join(found.groups())
    if told.endswith("号"):
        told = f"{told[:-1]}日"
    return parse_date(told)


def _serial(number: int) -> date:
    if number in _SERIALS:
        return _EPOCH + timedelta(days=number)
    told = str(number)
    if _EIGHT.fullmatch(told):
        return parse_date(f"{told[:4]}-{told[4:6]}-{told[6:]}")
    raise BadDate(f"“{number}”不是日期")


#: 申请人类别: words → category, the more telling first.
_CATEGORIES = (
    (Category.LAW_FIRM, ("法律服务", "律师", "律所", "公证")),
    (Category.RESEARCH, ("科研", "研究", "高校", "大学", "学院")),
    (Category.CHARITY, ("公益", "社会组织", "社会团体", "协会", "基金会", "慈善")),
    (Category.BUSINESS, ("商业企业", "企业", "公司")),
    (Category.PERSON, ("自然人", "个人", "公民", "居民", "村民")),
    (Category.OTHER, ("其他",)),
)


def category(told: str) -> Category | None:
    """申请人类别：None where the word is none; “法人” alone does not tell which of five."""
    for found, words in _CATEGORIES:
        if any(word in told for word in words):
            return found
    return None


def category_by_name(name: str) -> Category | None:
    """按名称：only what the name says itself."""
    if name.endswith(("公司", "厂", "集团", "合作社")):
        return Category.BUSINESS
    if "律师事务所" in name:
        return Category.LAW_FIRM
    return Category.PERSON if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", name) else None


#: 证件种类: words → kind, the more telling first; “组织机构代码” is the older of two codes.
_IDENTITIES = (
    (Identity.HK_MACAO, ("港澳", "香港", "澳门", "回乡")),
    (Identity.TAIWAN, ("台湾", "台胞")),
    (Identity.PASSPORT, ("护照",)),
    (Identity.CREDIT_CODE, ("信用代码", "营业执照", "机构代码", "法人证书", "登记证书")),
    (Identity.RESIDENT, ("身份证",)),
    (Identity.OTHER, ("其他",)),
)


def identity(told: str) -> Identity | None:
    """证件种类：None where the word is none."""
    return next((one for one, words in _IDENTITIES if any(w in told for w in words)), None)


_CHANNELS = (
    (Channel.EMAIL, ("电子邮件", "邮箱", "email", "e-mail", "邮件")),
    (Channel.POST_ORDINARY, ("平信", "平常信函", "平邮")),
    (Channel.POST_SIGNED, ("挂号", "ems", "特快", "快递", "签收的邮寄")),
    (Channel.ONLINE, ("网", "平台", "在线", "线上", "系统")),
    (Channel.FAX, ("传真",)),
    (Channel.ORAL, ("口头", "电话")),
    (Channel.INTERNAL, ("转办", "转交", "转送", "内设", "交办")),
    (Channel.IN_PERSON, ("当面", "现场", "窗口", "上门", "来访", "直接")),
)


def channel(told: str) -> Channel | None:
    """提交渠道：None where the word is none; plain “邮寄” may or may not have been signed for."""
    low = unicodedata.normalize("NFKC", told).lower()
    for found, words in _CHANNELS:
        if any(word in low for word in words):
            return found
    return None


def way(told: str) -> Way | None:
    """送达方式：None where the word is none."""
    pairs = (
        (Way.FAX, ("传真",)),
        (Way.ELECTRONIC, ("电子", "邮箱", "邮件", "网", "平台", "短信")),
        (Way.POST, ("邮", "信函", "挂号", "ems", "快递", "特快")),
        (Way.DIRECT, ("当面", "直接", "领取", "现场", "自取")),
        (Way.ORGAN, ("委托",)),
    )
    return next((one for one, words in pairs if any(w in told.lower() for w in words)), None)


def _stripped(told: str) -> str:
    told = unicodedata.normalize("NFKC", told).replace("(", "（").replace(")", "）")
    return _MARKS.sub("", _NUMBERING.sub("", told.strip())).upper()


def _outcomes() -> dict[str, list[str]]:
    known: dict[str, list[str]] = defaultdict(list)
    for one in OUTCOMES:
        for word in (one.code, one.name, one.name.partition("：")[2], one.row):
            if (key := _stripped(word)) and one.code not in known[key]:
                known[key].append(one.code)
    return known


_OUTCOMES = _outcomes()
#: What registers write besides; each says one thing only.
_USUAL = {
    "公开": "A2", "予以公开": "A2", "全部公开": "A2", "同意公开": "A2", "已公开": "A2",
    "依申请公开": "A2", "主动公开": "A1", "已主动公开": "A1", "属于主动公开": "A1",
    "属于主动公开范围": "A1", "部分公开": "B", "信息不存在": "D1a", "不存在": "D1a",
    "政府信息不存在": "D1a", "非本机关公开": "D1b", "不属于本机关": "D1b",
    "不属于本机关公开": "D1b",
    "不属于本机关职责权限范围": "D1b", "非本机关职责": "D1b", "国家秘密": "C1",
    "涉及国家秘密": "C1",
    "第三方合法权益": "C4", "涉及商业秘密": "C4", "涉及个人隐私": "C4", "涉及第三方合法权益": "C4",
    "内部事务信息": "C5", "内部管理信息": "C5", "过程性信息": "C6", "执法案卷": "C7",
    "行政执法案卷": "C7", "行政查询事项": "C8", "需要加工分析": "D2", "另行制作": "D2",
    "内容不明确": "D3", "申请内容不明确": "D3", "信访": "E1", "信访投诉举报": "E1",
    "重复申请": "E2", "公开出版物": "E3", "逾期不补正": "F1", "逾期未补正": "F1", "未补正": "F1",
    "逾期未缴费": "F2", "撤回": "F3a", "撤回申请": "F3a", "申请人撤回": "F3a", "主动撤回": "F3a",
    "撤销申请": "F3a", "不属于政府信息": "F3b", "非政府信息": "F3b",
}  # fmt: skip


def outcome(told: str) -> tuple[str, list[str]]:
    """答复结果：its code, and the other codes the words could mean as well.

    By code, by name, by the row of 表三 or by what is usually written; BadInput for the rest,
    “不予公开” alone among them, for which of eight grounds it was is not for us to choose.
    """
    key = _stripped(told)
    if usual := _USUAL.get(key):
        return usual, []
    if codes := _OUTCOMES.get(key):
        first = "A2" if "A2" in codes else codes[-1] if codes[0] == "F3a" else codes[0]
        return first, [code for code in codes if code != first and "A2" not in codes]
    raise BadInput(f"答复结果“{told[:40]}”认不出，请写成表三的行名或者代码")
