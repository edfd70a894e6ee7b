"""必备要素：which fields carry what a letter must say (`law.letters.Letter.must_say`).

Each phrase of ``must_say`` stands beside its fields; names with ｜ between them are alternatives,
one of which is enough.
"""

from __future__ import annotations

from gongkai.law.letters import Letter, Reader, RemedyKind

_NEEDS: dict[int, tuple[str, ...]] = {
    1: ("证件种类 证件号码", "申请人电话｜申请人邮箱｜申请人地址", "申请内容", "获取形式 获取途径"),
    2: ("申请编号", "申请途径", "到达日期 收到日期", "申请人类别", "承办人", "各项期限"),
    3: ("收到日期｜收到情况", "答复期限", "查询码"),
    4: ("需要补正的事项", "指导和释明", "补正期限", "逾期不补正的后果"),
    5: ("延期批准人", "延长的工作日数", "新的答复期限", "延期理由"),
    6: ("拟公开的信息", "征求意见期限", "逾期不答复的后果"),
    7: ("不计入期限的规定",),
    8: ("拟公开的信息", "征求意见期限", "逾期不答复的后果"),
    9: ("决定公开的内容", "公共利益理由", "拟公开的日期"),
    10: ("申请的数量和频次", "说明理由的期限"),
    11: ("延迟答复的日期", "延迟的原因"),
    12: (
        "收费依据", "计收方式", "计算过程", "收费数额", "缴纳方式", "缴费期限的规定",
        "逾期不缴费的后果",
    ),
    13: ("信息清单", "提供方式｜获取的时间和地点"),
    14: ("公开位置",),
    15: ("区分处理清单", "区分处理清单", "区分处理清单"),
    16: ("定密依据 定密机关 密级 定密日期",),
    17: ("禁止公开的规定",),
    18: ("危害评估",),
    19: ("征求第三方意见的结果", "公共利益的权衡"),
    20: ("内部事务信息的类别",),
    21: ("过程性信息的类别", "所处阶段"),
    22: ("所属案件", "查阅案卷的权利"),
    23: ("特别规定", "办理机构"),
    24: ("检索记录", "检索记录", "检索记录", "检索记录"),
    25: ("非本机关负责的理由", "负责公开的机关｜不能确定负责机关的说明"),
    26: ("需要另行制作的内容",),
    27: ("补正告知的内容 补正告知的日期", "收到的补正材料"),
    28: ("办理渠道",),
    29: ("此前答复的编号 此前答复的日期", "此前答复的送达证明"),
    30: ("出版物获取途径",),
    31: ("申请的数量和频次", "要求说明理由的情况", "理由不合理的认定"),
    32: ("此前提供信息的记录",),
    33: ("补正告知的送达证明", "补正期限"),
    34: ("收费通知的送达证明", "缴费期限届满日"),
    35: ("终止的事实",),
    36: ("送达方式", "邮件号码｜签收人", "交邮或者签收日期"),
    37: ("更正的证据", "更正结果｜转送机关"),
    38: ("承办意见", "合法性审核意见", "保密审查意见", "负责人意见"),
}  # fmt: skip

#: 列表里每一行必备的部分：rows that lack one are as good as missing.
PARTS: dict[str, tuple[str, ...]] = {
    "检索记录": ("系统", "检索词", "时间范围", "检索人", "检索时间"),
    "区分处理清单": ("内容", "理由", "依据"),
    "信息清单": ("名称",),
    "各项期限": ("名称", "日期"),
}

#: 信头印出的要素：the head of the paper prints them, so a template need not.
PRINTED = frozenset({"机关全称", "编号"})
_OUTWARD = ("机关全称", "编号", "联系方式")
_TO_APPLICANT = ("申请人", "收到日期｜收到情况", "收到日期的依据｜收到情况", "申请内容")
#: Forms and records that are not letters: no number, contact or notice of their own.
FORMS = frozenset({1, 2, 36, 38})
#: The papers that answer matters: each is the letter of some outcome.
REPLIES = range(13, 36)
#: 更正申请处理告知书：the reply to a request to rectify a record.
RECTIFIED = 37


def words_of(letter: Letter) -> list[tuple[str, tuple[str, ...]]]:
    """必备要素：each phrase the letter must say, with the fields it needs, alternatives apart.

    A phrase with alternatives comes once for each, its names being what `needs_of` splits.
    """
    return [(phrase, names) for phrase, group in needs_of(letter) for names in group]


def needs_of(letter: Letter) -> list[tuple[str, list[tuple[str, ...]]]]:
    """必备要素：each phrase with groups of fields; of every group one field must be there."""
    needs = [
        (phrase, [tuple(one.split("｜")) for one in names.split()])
        for phrase, names in zip(letter.must_say, _NEEDS[letter.number], strict=True)
    ]
    return needs + [(_name(names), [tuple(names.split("｜"))]) for names in _common(letter)]


def _common(letter: Letter) -> list[str]:
    if letter.number in FORMS:
        return []
    names = list(_OUTWARD)
    if letter.reader is Reader.APPLICANT:
        names += _TO_APPLICANT
    else:
        names.append("收件人")
    if letter.basis:
        names.append("依据")
    if letter.remedy is not RemedyKind.NONE:
        names.append("救济途径")
    return names


def _name(names: str) -> str:
    return names.partition("｜")[0]
