"""救济途径：the notice of remedies a reply ends with, by outcome, organ and date.

Three times the law has changed under the same Regulation:

* until 2023-12-31  every reply: review or suit, as the applicant likes（行政诉讼法第四十四条）;
* from 2024-01-01   a refusal to disclose goes to review first, and the organ must say so
  （行政复议法（2023年修订）第二十三条第一款第（四）项、第二款）;
* from 2025-06-01   the Supreme People's Court reads 不予公开 as Articles 14 to 16 of the Regulation
  （法释〔2025〕8号第一条第（二）项）, and silence as open to either（第二条第二款）.

A notice that offers the wrong road, or the department above, is the commonest reason for a reply
to be criticised; so what cannot be derived is marked 【需由本机关填写】 and listed, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.errors import BadInput
from gongkai.law.articles import (
    DISCLOSURE_INTERPRETATION,
    DISCLOSURE_INTERPRETATION_2011,
    FEE_MEASURE,
    LITIGATION,
    LITIGATION_INTERPRETATION,
    RECONSIDERATION,
    RECONSIDERATION_2017,
    RECONSIDERATION_RULES,
    REGULATION,
    Article,
)
from gongkai.law.letters import Letter, Reader, RemedyKind
from gongkai.law.outcomes import Outcome, outcome
from gongkai.law.reviewers import Body, CourtLevel, OrganKind, Replier, court_level, review_bodies


@dataclass(frozen=True, slots=True)
class Period:
    """救济期限：how long, in the words of the article, and from when."""

    length: str
    since: str
    basis: Article


@dataclass(frozen=True, slots=True)
class Review:
    """行政复议：the bodies to choose from and the time for it."""

    bodies: tuple[Body, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Suit:
    """行政诉讼：the court and the time for it; with ``court`` None any competent one."""

    level: CourtLevel
    court: str | None
    period: Period
    basis: Article


@dataclass(frozen=True, slots=True)
class Remedy:
    """救济告知：the kind, the roads, and the paragraph for the letter.

    ``suit`` is the direct suit, None where review comes first; ``afterwards`` the time to sue
    over the review decision. ``to_fill`` names what the organ must fill in before sending;
    ``doubts`` what no text settles.
    """

    kind: RemedyKind
    wording: str
    articles: tuple[Article, ...]
    review: Review | None = None
    suit: Suit | None = None
    afterwards: Period | None = None
    to_fill: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """是否确定：no doubt noted and nothing left to fill in."""
        return not self.doubts and not self.to_fill


COMPLAINT = (
    "认为本机关未按照要求主动公开政府信息或者对申请不依法答复处理的，也可以向上一级行政机关"
    "或者政府信息公开工作主管部门投诉、举报。"
)
COMPLAINT_BASIS = (REGULATION.article(47, 2), REGULATION.article(51))

_REVIEW_FIRST = RECONSIDERATION.article(23, 1, 4)
_MUST_TELL = RECONSIDERATION.article(23, 2)


def remedy(paper: Outcome | Letter | str, replier: Replier, on: date) -> Remedy:
    """救济途径：for a reply of this outcome (or its code), or another letter, dated ``on``.

    BadInput for an unknown outcome or a date before the Regulation; NotAllowed for a public
    enterprise, whose replies cannot be reviewed.
    """
    found = outcome(paper) if isinstance(paper, str) else paper
    if found.remedy is RemedyKind.NONE:
        return Remedy(RemedyKind.NONE, "", ())
    if found.remedy is RemedyKind.SPECIAL:
        return fee_remedy()
    if isinstance(found, Letter):
        if found.reader is Reader.THIRD_PARTY:
            return third_party_remedy(replier, on)
        return _Roads(replier, on, "收到本告知书").of(found.remedy, on)
    return _Roads(replier, on, "收到本答复").of(found.remedy, on, _doubts(found, on))


def _doubts(reply: Outcome, on: date) -> tuple[str, ...]:
    """What was open about the remedy of this reply on that day."""
    if on < RECONSIDERATION.in_force:
        return ()
    refusal = reply.remedy is RemedyKind.REVIEW_FIRST or reply.code[0] in "AB"
    if on >= DISCLOSURE_INTERPRETATION.in_force or refusal:
        return reply.remedy_doubts
    return (
        *reply.remedy_doubts,
        "2024年1月1日至2025年5月31日，没有司法解释限定“不予公开”是否只指条例第十四条至第十六条",
    )


def third_party_remedy(replier: Replier, on: date) -> Remedy:
    """第三方的救济：in the 拟公开告知书 that overrides a third party（条例第三十二条）."""
    roads = _Roads(replier, on, "收到本告知书")
    return roads.either("如认为拟公开上述信息侵犯你（单位）的合法权益", roads.doubts)


def silence_remedy(replier: Replier, on: date) -> Remedy:
    """逾期不答复的救济：what an applicant may do when the period ended on ``on`` without a reply.

    The time for a review runs from the end of the period（行政复议法实施条例第十六条第一款第（一）
    项）, the six months for a suit likewise（行诉解释第六十六条）.
    """
    roads = _Roads(replier, on, "答复期限届满")
    doubts = roads.doubts
    if on >= DISCLOSURE_INTERPRETATION.in_force:
        basis = DISCLOSURE_INTERPRETATION.article(2, 2)
    elif on >= RECONSIDERATION.in_force:
        basis = RECONSIDERATION.article(23, 1, 3)
        doubts += (
            "2024年1月1日至2025年5月31日，逾期不答复是否复议前置有争议（行政复议法第二十三条第一款"
            "第（三）项），先申请行政复议较为稳妥",
        )
    else:
        basis = DISCLOSURE_INTERPRETATION_2011.article(3)
    return roads.either(
        "行政机关逾期不答复的",
        doubts,
        (basis, RECONSIDERATION_RULES.article(16, 1, 1), LITIGATION_INTERPRETATION.article(66)),
    )


def fee_remedy() -> Remedy:
    """收费通知的救济：none by itself; only against 不再处理 after the time to pay（第七条）."""
    basis = FEE_MEASURE.article(7)
    return Remedy(
        RemedyKind.SPECIAL,
        "对收取信息处理费的决定有异议的，不能单独就该决定申请行政复议或者提起行政诉讼；可以在缴费期满后，"
        "就本机关不再处理政府信息公开申请的行为，向上一级行政机关或者政府信息公开工作主管部门投诉、举报，"
        f"或者依法申请行政复议、提起行政诉讼（{basis}）。",
        (basis, REGULATION.article(51)),
    )


class _Roads:
    """What may be said to one reader of one organ's letter on one day."""

    def __init__(self, replier: Replier, on: date, since: str) -> None:
        self.replier = replier
        self.since = f"自{since}之日起"
        bodies = review_bodies(replier, on)
        law = RECONSIDERATION if on >= RECONSIDERATION.in_force else RECONSIDERATION_2017
        term = law.article(20, 1) if law is RECONSIDERATION else law.article(9, 1)
        level, court_basis = court_level(replier)
        self.final_ruling: tuple[Article, ...] = ()
        if replier.kind in {OrganKind.PROVINCE, OrganKind.STATE_DEPARTMENT}:
            self.final_ruling = (law.article(26 if law is RECONSIDERATION else 14),)
        self.review = Review(bodies, Period("六十日", self.since, term))
        self.suit = Suit(
            level,
            replier.court,
            Period("六个月", self.since, LITIGATION.article(46, 1)),
            court_basis,
        )
        self.afterwards = Period("十五日", "自收到行政复议决定书之日起", LITIGATION.article(45))
        self.to_fill = tuple(body.role for body in bodies if body.name is None)
        self.doubts = tuple(
            f"以{body.role}为复议机关是通行做法，没有条文写明（参见{body.basis}）"
            for body in bodies
            if not body.settled
        )

    def of(self, kind: RemedyKind, on: date, doubts: tuple[str, ...] = ()) -> Remedy:
        """The notice of this kind, or what stood in its place before review came first."""
        doubts = self.doubts + doubts
        if on < RECONSIDERATION.in_force or kind is RemedyKind.EITHER:
            return self.either("如对本答复不服", doubts)
        if kind is RemedyKind.PARTIAL:
            return self.partial(doubts)
        return self.review_first(doubts)

    def either(
        self, opening: str, doubts: tuple[str, ...], extra: tuple[Article, ...] = ()
    ) -> Remedy:
        wording = f"{opening}，可以{self._review_phrase}，或者{self._suit_phrase}。"
        return Remedy(
            RemedyKind.EITHER,
            wording + self._after_own_review,
            (*extra, *self._articles, self.suit.period.basis, self.suit.basis),
            self.review,
            self.suit,
            self.afterwards,
            self.to_fill,
            doubts,
        )

    def review_first(self, doubts: tuple[str, ...]) -> Remedy:
        return Remedy(
            RemedyKind.REVIEW_FIRST,
            f"如对本不予公开决定不服，应当先{self._review_phrase}；{self._afterwards_phrase}"
            f"（{_REVIEW_FIRST}）。{self._after_own_review}",
            (_REVIEW_FIRST, _MUST_TELL, *self._articles, self.afterwards.basis),
            self.review,
            None,
            self.afterwards,
            self.to_fill,
            doubts,
        )

    def partial(self, doubts: tuple[str, ...]) -> Remedy:
        return Remedy(
            RemedyKind.PARTIAL,
            f"对本答复中不予公开的部分不服的，应当先{self._review_phrase}；{self._afterwards_phrase}"
            f"（{_REVIEW_FIRST}）。对本答复的其余部分不服的，可以{self._review_phrase}，"
            f"或者{self._suit_phrase}。{self._after_own_review}",
            (
                _REVIEW_FIRST,
                _MUST_TELL,
                *self._articles,
                self.afterwards.basis,
                self.suit.period.basis,
                self.suit.basis,
            ),
            self.review,
            self.suit,
            self.afterwards,
            self.to_fill,
            doubts,
        )

    @property
    def _articles(self) -> tuple[Article, ...]:
        bodies = dict.fromkeys(body.basis for body in self.review.bodies)
        return (self.review.period.basis, *bodies, *self.final_ruling)

    @property
    def _review_phrase(self) -> str:
        bodies = "或者".join(map(str, self.review.bodies))
        return f"{self.since}{self.review.period.length}内向{bodies}申请行政复议"

    @property
    def _suit_phrase(self) -> str:
        court = self.suit.court or "有管辖权的人民法院"
        return f"{self.since}{self.suit.period.length}内向{court}提起行政诉讼"

    @property
    def _afterwards_phrase(self) -> str:
        return (
            f"对行政复议决定不服的，可以{self.afterwards.since}{self.afterwards.length}内"
            "依法向人民法院提起行政诉讼"
        )

    @property
    def _after_own_review(self) -> str:
        """Only for those that review their own acts: then the State Council may rule."""
        return "".join(
            f"对行政复议决定不服的，除依法提起行政诉讼外，也可以向国务院申请裁决（{ruling}）。"
            for ruling in self.final_ruling
        )


def organ_kind(label: str) -> OrganKind:
    """机关类别：by its Chinese label or its English name; BadInput lists the choices."""
    for kind in OrganKind:
        if label in {kind.value, kind.name, kind.name.lower()}:
            return kind
    raise BadInput(f"没有机关类别“{label}”，可用的有{'、'.join(kind.value for kind in OrganKind)}")
