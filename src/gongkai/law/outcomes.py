"""答复结果：every way to end a request, in one table.

One pick fills all: the article, the row of Table 3 in the yearly report, the letter with what it
must say, and the kind of remedy. Rows carry the names of the exchange format. Every request has
exactly one counted outcome; a mixed reply that discloses something counts as B（部分公开）.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.errors import BadInput
from gongkai.law.articles import FEE_MEASURE, REGULATION, Article
from gongkai.law.letters import Letter, RemedyKind, letter

#: The single row that stands for the three of 三、（六） in the 2019 form and in the mixed form.
OTHER_ROW = "三、（六）其他处理"
#: Where a request still open on 31 December is counted.
CARRIED_OUT_ROW = "四、结转下年度继续办理"


@dataclass(frozen=True, slots=True)
class Outcome:
    """答复结果：one code with all that follows from it.

    ``article`` is None where no article speaks: a withdrawal, or what is not 政府信息 at all.
    ``doubts`` lists what common practice says of the row and the article and no text confirms,
    ``remedy_doubts`` likewise of the remedy; an office may see it otherwise.
    """

    code: str
    name: str
    article: Article | None
    row: str
    letter: Letter
    remedy: RemedyKind
    also: tuple[Article, ...] = ()
    doubts: tuple[str, ...] = ()
    remedy_doubts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def row_2019(self) -> str:
        """2019年格式的行：the row in the 2019 form, which has one row for 其他处理."""
        return OTHER_ROW if self.row.startswith("三、（六）") else self.row

    @property
    def articles(self) -> tuple[Article, ...]:
        """依据：every article the reply cites, the decisive one first."""
        return (self.article, *self.also) if self.article else self.also

    @property
    def must_say(self) -> tuple[str, ...]:
        """必备内容：what the letter must say beyond the common fields."""
        return self.letter.must_say


def _reg(number: int, paragraph: int | None = None, item: int | None = None) -> Article:
    return REGULATION.article(number, paragraph, item)


_A, _B, _C = RemedyKind.EITHER, RemedyKind.REVIEW_FIRST, RemedyKind.PARTIAL
_REFUSED = (_reg(36, item=3),)

OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "A1",
        "已主动公开，告知获取方式和途径",
        _reg(36, item=1),
        "三、（一）予以公开",
        letter(14),
        _A,
        doubts=("计入“予以公开”是通行做法，统计说明没有明文",),
    ),
    Outcome("A2", "予以公开", _reg(36, item=2), "三、（一）予以公开", letter(13), _A),
    Outcome(
        "B",
        "部分公开",
        _reg(37),
        "三、（二）部分公开",
        letter(15),
        _C,
        remedy_doubts=("不予公开部分先复议、其余部分两可，是通行做法",),
    ),
    Outcome(
        "C1",
        "不予公开：国家秘密",
        _reg(14),
        "三、（三）1.属于国家秘密",
        letter(16),
        _B,
        _REFUSED,
    ),
    Outcome(
        "C2",
        "不予公开：法律、行政法规禁止公开",
        _reg(14),
        "三、（三）2.其他法律行政法规禁止公开",
        letter(17),
        _B,
        _REFUSED,
    ),
    Outcome(
        "C3",
        "不予公开：危及国家安全、公共安全、经济安全、社会稳定",
        _reg(14),
        "三、（三）3.危及“三安全一稳定”",
        letter(18),
        _B,
        _REFUSED,
    ),
    Outcome(
        "C4",
        "不予公开：损害第三方合法权益",
        _reg(15),
        "三、（三）4.保护第三方合法权益",
        letter(19),
        _B,
        (_reg(32), *_REFUSED),
    ),
    Outcome(
        "C5",
        "不予公开：内部事务信息",
        _reg(16, 1),
        "三、（三）5.属于三类内部事务信息",
        letter(20),
        _B,
        _REFUSED,
    ),
    Outcome(
        "C6",
        "不予公开：过程性信息",
        _reg(16, 2),
        "三、（三）6.属于四类过程性信息",
        letter(21),
        _B,
        _REFUSED,
    ),
    Outcome(
        "C7",
        "不予公开：行政执法案卷信息",
        _reg(16, 2),
        "三、（三）7.属于行政执法案卷",
        letter(22),
        _B,
        _REFUSED,
    ),
    Outcome(
        "C8",
        "依照有关法律、行政法规办理（行政查询事项）",
        _reg(36, item=7),
        "三、（三）8.属于行政查询事项",
        letter(23),
        _A,
        remedy_doubts=(
            "表三列在“不予公开”之下，是否复议前置没有明文；不属第十四至十六条，通行做法两可",
        ),
    ),
    Outcome(
        "D1a",
        "无法提供：信息不存在",
        _reg(36, item=4),
        "三、（四）1.本机关不掌握相关政府信息",
        letter(24),
        _A,
    ),
    Outcome(
        "D1b",
        "无法提供：不属于本机关负责公开",
        _reg(36, item=5),
        "三、（四）1.本机关不掌握相关政府信息",
        letter(25),
        _A,
    ),
    Outcome(
        "D2",
        "无法提供：没有现成信息，需要加工、分析",
        _reg(38),
        "三、（四）2.没有现成信息需要另行制作",
        letter(26),
        _A,
    ),
    Outcome(
        "D3",
        "无法提供：补正后申请内容仍不明确",
        _reg(30),
        "三、（四）3.补正后申请内容仍不明确",
        letter(27),
        _A,
    ),
    Outcome(
        "E1",
        "不予处理：信访、投诉、举报",
        _reg(39, 1),
        "三、（五）1.信访举报投诉类申请",
        letter(28),
        _A,
    ),
    Outcome(
        "E2",
        "不予处理：重复申请",
        _reg(36, item=6),
        "三、（五）2.重复申请",
        letter(29),
        _A,
    ),
    Outcome(
        "E3",
        "不予处理：要求提供公开出版物",
        _reg(39, 2),
        "三、（五）3.要求提供公开出版物",
        letter(30),
        _A,
    ),
    Outcome(
        "E4",
        "不予处理：无正当理由大量反复申请",
        _reg(35),
        "三、（五）4.无正当理由大量反复申请",
        letter(31),
        _A,
    ),
    Outcome(
        "E5",
        "不予处理：要求确认或者重新出具已获取的信息",
        _reg(36),
        "三、（五）5.要求行政机关确认或重新出具已获取信息",
        letter(32),
        _A,
        doubts=("条例没有专门条款，只见于年度报告格式",),
    ),
    Outcome(
        "F1",
        "不再处理：无正当理由逾期不补正",
        _reg(30),
        "三、（六）1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        letter(33),
        _A,
    ),
    Outcome(
        "F2",
        "不再处理：逾期未缴纳信息处理费",
        FEE_MEASURE.article(6, 1),
        "三、（六）2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        letter(34),
        _A,
        (FEE_MEASURE.article(7),),
    ),
    Outcome(
        "F3a",
        "终止办理：申请人撤回申请",
        None,
        "三、（六）3.其他",
        letter(35),
        RemedyKind.NONE,
    ),
    Outcome(
        "F3b",
        "其他处理：合并办理、不属于政府信息等",
        None,
        "三、（六）3.其他",
        letter(35),
        _A,
        (_reg(2),),
        doubts=("“不属于政府信息”计入“其他”是通行做法，统计说明没有明文",),
    ),
)

_BY_CODE = {one.code: one for one in OUTCOMES}


def outcome(code: str) -> Outcome:
    """答复结果：by its code, in either case; BadInput names the choices when the code is too wide.

    >>> outcome("c4").row
    '三、（三）4.保护第三方合法权益'
    """
    if found := _BY_CODE.get(code[:1].upper() + code[1:].lower()):
        return found
    if narrower := [str(one) for one in OUTCOMES if code and one.code.startswith(code.upper())]:
        raise BadInput(f"答复结果{code.upper()}还要再分：{'、'.join(narrower)}")
    raise BadInput(f"没有答复结果“{code}”，可用的有{'、'.join(_BY_CODE)}")
