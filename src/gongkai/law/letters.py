"""答复文书：the 38 papers a request may need, what each rests on and what it must say.

The set merges the two published standards closest to a national one: 江苏省 2019 年规范
（苏政办函〔2019〕98号, 7 procedural and 19 substantive forms）and 宿迁市 2021 年规范
（宿政办函〔2021〕21号, 13 procedural forms）.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from gongkai.errors import BadInput
from gongkai.law.articles import (
    FEE_MEASURE,
    RECONSIDERATION,
    REGULATION,
    Article,
)


class RemedyKind(Enum):
    """救济类型：which notice of remedies a paper ends with."""

    EITHER = "可以申请行政复议，也可以提起行政诉讼"
    REVIEW_FIRST = "应当先申请行政复议"
    PARTIAL = "不予公开的部分先申请行政复议，其余部分复议或者诉讼均可"
    SPECIAL = "不得单独申请行政复议或者提起行政诉讼"
    NONE = "不告知救济途径"


class Reader(Enum):
    """送达对象：who the paper is for."""

    APPLICANT = "申请人"
    THIRD_PARTY = "第三方"
    OTHER_ORGAN = "其他行政机关"
    FILE = "内部存档"


@dataclass(frozen=True, slots=True)
class Letter:
    """文书：one paper, the articles it rests on, and the fields it must not lack.

    ``practice`` names a norm below the statutes that the paper also rests on.
    """

    number: int
    name: str
    basis: tuple[Article, ...]
    must_say: tuple[str, ...]
    remedy: RemedyKind
    reader: Reader = Reader.APPLICANT
    practice: str = ""

    def __str__(self) -> str:
        return f"{self.number:02d} {self.name}"


#: 每份对外文书共有的要素. No ID number, telephone or address of the applicant in the body.
COMMON_FIELDS = (
    "机关全称和印章",
    "标题",
    "编号",
    "申请人姓名或者名称",
    "收到申请的日期和途径",
    "申请内容",
    "查明的情况",
    "依据的条、款、项",
    "处理决定",
    "提供信息的方式和时间",
    "救济途径",
    "成文日期",
    "联系方式",
)

_A, _B, _C = RemedyKind.EITHER, RemedyKind.REVIEW_FIRST, RemedyKind.PARTIAL
_S, _N = RemedyKind.SPECIAL, RemedyKind.NONE
_THIRD, _ORGAN, _FILE = Reader.THIRD_PARTY, Reader.OTHER_ORGAN, Reader.FILE


def _reg(*places: tuple[int, ...]) -> tuple[Article, ...]:
    """Articles of the Regulation: (33, 2) is a paragraph, (36, 0, 4) an item."""
    return tuple(
        REGULATION.article(number, *(part or None for part in parts)) for number, *parts in places
    )


_WITHHELD = ((36, 0, 3),)

LETTERS: tuple[Letter, ...] = (
    Letter(
        1,
        "政府信息公开申请表",
        _reg((29, 2)),
        ("身份证明", "联系方式", "所需信息的名称、文号或者特征描述", "获取方式和途径"),
        _N,
    ),
    Letter(
        2,
        "政府信息公开申请登记表",
        _reg((45,)),
        ("登记编号", "提交渠道", "到达日期和确认日期", "申请人类别", "承办人", "各项期限"),
        _N,
        _FILE,
    ),
    Letter(3, "登记回执", _reg((28,), (31,)), ("收到日期", "答复期限", "查询码"), _N),
    Letter(
        4,
        "补正告知书",
        _reg((30,)),
        ("需要补正的事项", "指导和释明", "补正期限", "逾期不补正的后果"),
        _N,
    ),
    Letter(
        5,
        "延期答复告知书",
        _reg((33, 2)),
        ("同意延期的政府信息公开工作机构负责人", "延长的工作日数", "新的答复期限", "延期理由"),
        _N,
    ),
    Letter(
        6,
        "第三方意见征询书及回函",
        _reg((15,), (32,)),
        ("拟公开的信息（不得写明申请人身份）", "15个工作日的答复期限", "逾期不答复的后果"),
        _N,
        _THIRD,
    ),
    Letter(7, "征求意见情况告知书", _reg((33, 3)), ("征求意见所需时间不计入答复期限",), _N),
    Letter(
        8,
        "征求其他机关意见函",
        _reg((11,), (34,)),
        ("拟公开的信息", "15个工作日的答复期限", "共同制作机关逾期视为同意公开"),
        _N,
        _ORGAN,
    ),
    Letter(
        9,
        "拟公开告知书",
        _reg((32,)),
        ("决定公开的内容", "不公开会对公共利益造成重大影响的理由", "拟公开的日期（留出合理间隔）"),
        _A,
        _THIRD,
    ),
    Letter(10, "说明理由通知书", _reg((35,)), ("申请的数量和频次", "说明理由的期限"), _N),
    Letter(
        11, "延迟答复告知书", _reg((35,)), ("延迟答复的日期", "申请理由合理但无法按期的原因"), _N
    ),
    Letter(
        12,
        "信息处理费收费通知书",
        (*_reg((42, 1)), FEE_MEASURE.article(6, 1)),
        ("收费依据", "计收方式", "计算过程", "数额", "缴纳方式", "20个工作日", "逾期不缴的后果"),
        _S,
    ),
    Letter(
        13, "予以公开告知书", _reg((36, 0, 2)), ("信息清单", "提供形式或者获取的时间、地点"), _A
    ),
    Letter(14, "已主动公开告知书", _reg((36, 0, 1)), ("具体网址或者查阅地点",), _A),
    Letter(15, "部分公开告知书", _reg((37,)), ("不予公开的内容", "理由", "区分处理清单"), _C),
    Letter(
        16,
        "不予公开告知书（国家秘密）",
        _reg((14,), *_WITHHELD),
        ("定密依据、定密机关、密级和定密日期（不得透露内容）",),
        _B,
    ),
    Letter(
        17,
        "不予公开告知书（法律、行政法规禁止公开）",
        _reg((14,), *_WITHHELD),
        ("禁止公开的法律或者行政法规条文",),
        _B,
    ),
    Letter(18, "不予公开告知书（三安全一稳定）", _reg((14,), *_WITHHELD), ("具体的危害评估",), _B),
    Letter(
        19,
        "不予公开告知书（第三方合法权益）",
        _reg((15,), (32,), *_WITHHELD),
        ("征求第三方意见的结果", "对公共利益的权衡"),
        _B,
    ),
    Letter(
        20,
        "不予公开告知书（内部事务信息）",
        _reg((16, 1), *_WITHHELD),
        ("属于哪一类内部事务信息",),
        _B,
    ),
    Letter(
        21,
        "不予公开告知书（过程性信息）",
        _reg((16, 2), *_WITHHELD),
        ("属于哪一类过程性信息", "所处的阶段"),
        _B,
    ),
    Letter(
        22,
        "不予公开告知书（行政执法案卷信息）",
        _reg((16, 2), *_WITHHELD),
        ("所属案件", "当事人依法查阅案卷的权利"),
        _B,
    ),
    Letter(
        23,
        "依照有关规定办理告知书",
        _reg((36, 0, 7)),
        ("有特别规定的法律、行政法规", "办理机构"),
        _A,
    ),
    Letter(
        24,
        "政府信息不存在告知书",
        _reg((36, 0, 4)),
        ("检索的系统", "检索词", "检索的时间范围", "检索人和检索时间"),
        _A,
    ),
    Letter(
        25,
        "非本机关负责公开告知书",
        _reg((36, 0, 5)),
        ("理由", "能够确定的负责公开机关的名称、联系方式"),
        _A,
    ),
    Letter(26, "需要加工、分析告知书", _reg((38,)), ("需要另行制作的内容",), _A),
    Letter(27, "补正后仍不明确告知书", _reg((30,)), ("补正告知的内容和日期", "收到的补正材料"), _A),
    Letter(28, "不作为政府信息公开申请处理告知书", _reg((39, 1)), ("信访、投诉、举报的渠道",), _A),
    Letter(
        29,
        "不予重复处理告知书",
        _reg((36, 0, 6)),
        ("此前答复的编号和日期", "此前答复的送达证明"),
        _A,
    ),
    Letter(30, "公开出版物告知书", _reg((39, 2)), ("获取的途径",), _A),
    Letter(
        31,
        "不予处理告知书（无正当理由大量反复申请）",
        _reg((35,)),
        ("申请的数量和频次", "要求说明理由的情况", "理由不合理的认定"),
        _A,
    ),
    Letter(32, "不予处理告知书（要求确认或者重新出具）", _reg((36,)), ("此前提供信息的记录",), _A),
    Letter(
        33,
        "不再处理告知书（逾期不补正）",
        _reg((30,)),
        ("补正告知书的送达证明", "补正期限届满日"),
        _A,
    ),
    Letter(
        34,
        "不再处理告知书（逾期不缴费）",
        (FEE_MEASURE.article(6, 1), FEE_MEASURE.article(7)),
        ("收费通知书的送达证明", "缴费期限届满日"),
        _A,
    ),
    Letter(35, "终止办理告知书", (), ("申请人的书面撤回或者其他终止的事实",), _N),
    Letter(
        36,
        "送达回证",
        (),
        ("送达方式", "邮件号", "交邮或者签收日期"),
        _N,
        practice="国办公开办函〔2016〕235号",
    ),
    Letter(37, "更正申请处理告知书", _reg((41,)), ("证据", "更正结果或者转送机关"), _A),
    Letter(
        38,
        "政府信息公开答复审批单",
        _reg((17, 1), (45,)),
        ("承办意见", "合法性审核意见", "保密审查意见", "负责人意见"),
        _N,
        _FILE,
    ),
)

_BY_NUMBER = {one.number: one for one in LETTERS}


def letter(number: int) -> Letter:
    """文书：by its number, 1 to 38; BadInput for any other."""
    try:
        return _BY_NUMBER[number]
    except KeyError:
        raise BadInput(f"没有第{number}号文书（共{len(LETTERS)}种）") from None


@dataclass(frozen=True, slots=True)
class DraftingRule:
    """起草规则：what keeps a reply from being set aside.

    ``since`` is the day the law began to ask for it; None where it is older than the Regulation.
    """

    rule: str
    basis: tuple[Article, ...]
    since: date | None
    practice: str = ""


_SINCE_2019 = REGULATION.in_force

DRAFTING_RULES: tuple[DraftingRule, ...] = (
    DraftingRule("引用到条、款、项，不得只写“不属于公开范围”", _reg((5,), *_WITHHELD), _SINCE_2019),
    DraftingRule(
        "答复信息不存在，应当有合理检索的记录",
        _reg((36, 0, 4)),
        _SINCE_2019,
        "最高人民法院指导案例101号",
    ),
    DraftingRule(
        "“信息不存在”与“非本机关负责公开”不得混用", _reg((36, 0, 4), (36, 0, 5)), _SINCE_2019
    ),
    DraftingRule("不予公开之前，先考虑能否区分处理", _reg((37,)), _SINCE_2019),
    DraftingRule("以第三方权益为由不予公开，应当先书面征求第三方意见", _reg((32,)), _SINCE_2019),
    DraftingRule(
        "写明收到申请的日期及其确定依据", _reg((31,)), _SINCE_2019, "国办公开办函〔2015〕207号"
    ),
    DraftingRule("由邮政企业寄送或者由受送达人签收", (), None, "国办公开办函〔2016〕235号"),
    DraftingRule(
        "不予公开的，告知应当先申请行政复议",
        (RECONSIDERATION.article(23, 1, 4), RECONSIDERATION.article(23, 2)),
        RECONSIDERATION.in_force,
    ),
)
