"""文书要素：what a letter is made of; the actions fill it, the fields read it.

The organ, the applicant and the request are typed; everything else is given by the name of its
field (`gongkai.applications.letters.fields`): what concerns one matter in ``Matter.findings``,
what concerns the whole case in ``Facts.given``. A name no field has is BadInput at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.articles import Article
from gongkai.law.course import RECEIPT_BASIS
from gongkai.law.events import Channel
from gongkai.law.outcomes import Outcome
from gongkai.law.reviewers import OrganKind, Replier

#: 一行：one row of a field that is a list, by the names of its parts.
Row = Mapping[str, object]
#: 要素的值：text, a day, a count or amount, an article, or rows.
Given = str | date | int | Article | Sequence[Row] | Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """答复机关：its names and where to reach its disclosure office（第十二条第二款）.

    ``kind``, ``government``, ``superior``, ``seat`` and ``court`` decide the notice of remedies
    (`gongkai.law.reviewers.Replier`).
    """

    name: str
    kind: OrganKind = OrganKind.DEPARTMENT
    government: str | None = None
    superior: str | None = None
    seat: str | None = None
    court: str | None = None
    #: 政府信息公开工作机构
    unit: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    hours: str = ""
    #: 政府信息公开工作机构负责人
    head: str = ""
    #: 落款, where it differs from the name
    signer: str = ""

    @property
    def replier(self) -> Replier:
        """答复机关：as the law of remedies knows it."""
        return Replier(self.kind, self.name, self.government, self.superior, self.seat, self.court)


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """个人信息：goes into the application form (01) and nowhere else; scrubbed everywhere else."""

    identity: str = ""
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    proxy_number: str = ""
    proxy_phone: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """不得外泄的字句：each value long enough to be looked for."""
        values = (
            self.identity_number,
            self.phone,
            self.email,
            self.address,
            self.proxy_number,
            self.proxy_phone,
        )
        return tuple(value for value in values if len(value) >= 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """申请人：several may ask together; the first is counted."""

    names: tuple[str, ...]
    #: 自然人, 商业企业 …
    category: str = "自然人"
    is_person: bool = True
    representative: str = ""
    contact: str = ""
    proxy: str = ""
    private: Private = field(default_factory=Private)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """申请：the request as it came, and the day the law takes for its receipt（第三十一条）.

    ``basis`` is the article of ``received_on``, by default that of the channel; as the clock has
    it, it may also be what began the period anew: a correction, a payment, an order.
    ``corrected_on`` is the day the corrected request was received, for those who have both.
    ``rectify_within`` are the working days the office gives itself for a request to rectify a
    record（第四十一条）, which the law gives no period; None for a request for disclosure.
    """

    number: str
    arrived_on: date
    channel: Channel
    request: str
    received_on: date | None = None
    basis: Article | None = None
    corrected_on: date | None = None
    wanted_number: str = ""
    purpose: str = ""
    form: str = ""
    delivery: str = ""
    assistance: str = ""
    handler: str = ""
    rectify_within: int | None = None

    @property
    def rectifies(self) -> bool:
        """申请更正：and not disclosure."""
        return self.rectify_within is not None

    @property
    def receipt_basis(self) -> Article:
        """收到日期的依据。"""
        return self.basis or RECEIPT_BASIS[self.channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """申请事项：what is asked, how it ends, and what was found, by the names of fields."""

    text: str
    outcome: Outcome | None = None
    findings: Mapping[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """文书要素：all a letter may need; ``given`` by the names of fields."""

    office: Office
    number: str = ""
    applicant: Applicant | None = None
    application: Application | None = None
    matters: tuple[Matter, ...] = ()
    given: Mapping[str, Given] = field(default_factory=dict)

    @property
    def secrets(self) -> tuple[str, ...]:
        """个人信息：words that may stand in no letter but the application form."""
        return self.applicant.private.words if self.applicant else ()

    @property
    def names(self) -> tuple[str, ...]:
        """申请人身份：the names that third parties and other organs must not learn."""
        if self.applicant is None:
            return ()
        one = self.applicant
        people = (*one.names, one.representative, one.contact, one.proxy)
        return tuple(dict.fromkeys(name for name in people if len(name) >= 2))
