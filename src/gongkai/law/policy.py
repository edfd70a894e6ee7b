"""口径：what the statutes leave open and an office may decide, each with its documented default.

The fields of `Policy` carry their meaning, the ground of the default and how sure it is, so that
the table in the documentation is printed from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from gongkai.errors import BadInput


def _switch(default: Any, meaning: str, *, ground: str, article: str, sure: str) -> Any:
    return field(
        default=default,
        metadata={"meaning": meaning, "ground": ground, "article": article, "sure": sure},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """一项口径：one field of `Policy`, as the documentation prints it.

    ``sure`` is L (one source or common practice) or U (unverified, the statute is silent).
    """

    name: str
    default: bool | int
    meaning: str
    ground: str
    article: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """口径：the switches of an office. A number of days below one is BadInput."""

    auto_receipt_is_confirmation: bool = _switch(
        True,
        "网上、电子邮件、传真申请的自动回执视为双方确认；关闭则须人工确认",
        ground="最高人民法院指导案例26号：系统显示提交成功之日为收到之日；稳妥起算点总是到达之日",
        article="条例第三十一条第三项",
        sure="L",
    )
    late_correction_restarts: bool = _switch(
        False,
        "超过7个工作日才发出的补正通知也使答复期限重新计算",
        ground="条例未规定逾期告知的后果，不重新计算最稳妥",
        article="条例第三十条",
        sure="L",
    )
    correction_days: int = _switch(
        10,
        "补正通知没有写明期限时，给申请人的工作日数",
        ground="条例只说“合理的补正期限”",
        article="条例第三十条",
        sure="U",
    )
    correction_days_max: int = _switch(
        20,
        "补正期限超过这个工作日数时提醒",
        ground="条例只说“合理的补正期限”",
        article="条例第三十条",
        sure="U",
    )
    sending_day_counts: bool = _switch(
        True,
        "征求意见函发出当日仍计入答复期限，自次日起扣除；关闭则当日也扣除",
        ground="与“开始的当日不计入”相应；从不晚于另一种算法",
        article="条例第三十三条第三款",
        sure="L",
    )
    other_organ_alert_days: int = _switch(
        15,
        "征求其他机关意见，发出后超过这个工作日数未回复即提醒",
        ground="法律未定其他机关的答复期限，比照第三十四条",
        article="条例第十一条、第三十三条第三款",
        sure="L",
    )
    extension_once_per_run: bool = _switch(
        True,
        "补正、缴费使期限重新计算后，可以再延长一次；关闭则一件申请只能延长一次",
        ground="条例未规定；稳妥期限按只能延长一次计算",
        article="条例第三十三条第二款",
        sure="U",
    )
    reason_request_pauses: bool = _switch(
        False,
        "要求申请人说明理由期间不计入答复期限",
        ground="条例未规定停止计算；个别地方比照补正",
        article="条例第三十五条",
        sure="U",
    )
    reply_after_order_days: int = _switch(
        20,
        "复议决定、判决责令重新答复而未定期限时的工作日数",
        ground="法律未定，比照第三十三条第二款",
        article="行政复议法第六十四条、行政诉讼法第七十条",
        sure="U",
    )
    internal_due_day: int = _switch(
        15,
        "内部期限：第几个工作日前办结（延长的相应顺延）",
        ground="留出五个工作日审核、送达",
        article="条例第四十五条",
        sure="L",
    )

    def __post_init__(self) -> None:
        for switch in switches():
            value = getattr(self, switch.name)
            kind = bool if isinstance(switch.default, bool) else int
            if type(value) is not kind:
                raise BadInput(f"口径“{switch.name}”的值{value!r}不对：{switch.meaning}")
            if kind is int and not 1 <= value <= 365:
                raise BadInput(f"口径“{switch.name}”应当是1至365之间的天数，不能是{value}")

    def strict(self) -> Policy:
        """最稳妥的口径：every open question answered in favour of the earlier day."""
        return replace(
            self,
            late_correction_restarts=False,
            sending_day_counts=True,
            extension_once_per_run=False,
            reason_request_pauses=False,
        )


def switches() -> Iterator[Switch]:
    """口径一览：every switch of `Policy` with its default and ground."""
    for described in fields(Policy):
        default: Any = described.default
        yield Switch(name=described.name, default=default, **described.metadata)
