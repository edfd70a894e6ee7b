"""列名：what the columns of a register are called, and which of ours each is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from gongkai.errors import BadInput

#: Ours → what registers call it; the first is what we call it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("登记编号", "编号", "申请编号", "登记号", "受理编号", "受理号", "收件编号", "件号"),
    "arrived_on": ("收到日期", "收到时间", "收件日期", "收件时间", "收文日期", "接收日期",
                   "申请日期", "申请时间", "登记日期", "登记时间", "受理日期", "受理时间",
                   "收到申请日期", "收到申请时间"),
    "channel": ("提交渠道", "申请方式", "申请渠道", "提交方式", "收件方式", "来件方式", "渠道",
                "受理方式", "申请途径"),
    "name": ("申请人", "申请人姓名", "姓名", "申请人名称", "申请人姓名或名称", "申请人姓名名称",
             "申请人（单位）", "申请单位"),
    "category": ("申请人类别", "申请人类型", "申请人性质", "类别", "申请人身份"),
    "identity": ("证件种类", "证件类型", "证件名称", "身份证明种类", "有效证件种类"),
    "identity_number": ("证件号码", "身份证号", "身份证号码", "证件号"),
    "phone": ("联系电话", "电话", "手机", "手机号", "联系方式", "手机号码"),
    "email": ("电子邮箱", "邮箱", "电子邮件", "Email", "E-mail"),
    "address": ("通信地址", "通讯地址", "地址", "联系地址", "邮寄地址"),
    "came_with": ("来件邮件号码", "来件邮件号", "来信邮件号", "来信邮件号码", "收件邮件号",
                  "来件快递单号", "来件单号"),
    "subject": ("所需信息名称", "申请内容", "申请事项", "申请公开内容", "所需信息", "信息名称",
                "申请信息", "申请公开的信息", "申请公开事项", "所需政府信息", "内容", "标题"),
    "description": ("内容描述", "特征描述", "详细内容", "所需信息内容描述", "描述"),
    "purpose": ("用途", "所需信息用途", "信息用途"),
    "confirmed_on": ("确认日期", "确认收到日期", "确认时间"),
    "due_on": ("法定期限", "答复期限", "办理期限", "应答复日期", "到期日期", "截止日期",
               "办理时限"),
    "correction_on": ("补正告知日期", "补正通知日期", "告知补正日期", "要求补正日期"),
    "corrected_on": ("补正日期", "收到补正日期", "补正收到日期", "补正材料收到日期"),
    "consult_on": ("征求意见日期", "征求第三方意见日期", "发出征求意见日期"),
    "heard_on": ("收到意见日期", "第三方答复日期", "意见回复日期", "征求意见回复日期"),
    "extended_on": ("延期告知日期", "延期日期", "延期时间", "延期告知时间", "延长答复告知日期"),
    "extension": ("延期天数", "延长工作日数", "延期工作日", "延长天数", "延期工作日数"),
    "replied_on": ("答复日期", "答复时间", "回复日期", "回复时间", "实际答复日期", "发出日期",
                   "送达日期"),
    "outcome": ("答复结果", "办理结果", "处理结果", "答复类型", "答复情况", "办理情况", "处理情况",
                "答复种类", "答复内容类型", "处理方式"),
    "way": ("送达方式", "答复方式", "答复形式", "寄送方式"),
    "tracking": ("邮件号码", "邮件号", "邮寄单号", "邮寄号", "快递单号", "EMS单号", "EMS号",
                 "挂号信号", "挂号号码", "寄送单号", "运单号", "答复邮件号码", "答复邮件号"),
    "signed_on": ("签收日期", "签收时间"),
    "reply_number": ("答复文号", "答复编号", "答复书编号", "答复书文号", "文书编号"),
    "closed_on": ("办结日期", "办结时间", "结案日期"),
    "handler": ("承办人", "经办人", "承办人员", "经办人员", "办理人", "主办人", "责任人",
                "具体承办人"),
    "unit": ("承办处（科）室", "承办科室", "承办处室", "承办部门", "承办单位", "责任科室"),
    "disputed": ("复议诉讼情况", "是否复议", "是否诉讼", "复议", "诉讼", "是否复议诉讼",
                 "复议或诉讼"),
    "note": ("备注", "说明", "其他"),
}  # fmt: skip
#: Without these there is no register.
NEEDED = ("number", "arrived_on", "subject")
#: Columns that tell of a person: a report masks what it read there.
PERSONAL = frozenset({"name", "identity_number", "phone", "email", "address", "description",
                      "subject", "purpose", "note"})  # fmt: skip
_NOISE = re.compile(r"[\s*＊:：_（）()\[\]【】/／、.．-]+")


def plain(heading: str) -> str:
    """列名的要素：without blanks, brackets, stars; in one width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading)).lower()


_KNOWN = {plain(name): ours for ours, names in HEADINGS.items() for name in names}
LABELS = {ours: names[0] for ours, names in HEADINGS.items()}
_BY_LABEL = {label: ours for ours, label in LABELS.items()}


def ours_of(heading: str) -> str:
    """对应的栏目：ours, or blank."""
    return _KNOWN.get(plain(heading), "")


def mapping_of(heads: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """列名对应：column of the file → ours; what somebody gave before what is known.

    ``given`` maps to our names or labels; a blank one leaves the column out. Of two columns of
    one meaning the first counts. Raises BadInput for one of ours nobody knows, or a column the
    file has not.
    """
    heads = [head for head in heads if head]
    said = {theirs.strip(): wanted.strip() for theirs, wanted in (given or {}).items()}
    for theirs, wanted in said.items():
        if theirs not in heads:
            raise BadInput(f"文件里没有“{theirs}”这一列。")
        if wanted and wanted not in LABELS and wanted not in _BY_LABEL:
            known = "、".join(LABELS.values())
            raise BadInput(f"没有“{wanted}”这个栏目；可以对应到：{known}。")
    found: dict[str, str] = {}
    taken = set()
    for head in sorted(heads, key=lambda one: one not in said):
        ours = said[head] if head in said else ours_of(head)
        ours = _BY_LABEL.get(ours, ours)
        if ours and ours not in taken:
            found[head] = ours
            taken.add(ours)
    return {head: found[head] for head in heads if head in found}


def missing(mapping: Mapping[str, str]) -> list[str]:
    """缺少的列：those without which nothing can be loaded."""
    there = set(mapping.values())
    return [LABELS[ours] for ours in NEEDED if ours not in there]
