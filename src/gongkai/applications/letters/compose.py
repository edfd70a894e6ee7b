"""成文：one choice and the facts become a letter, with a list of what it still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.template import Context as Printing
from django.template.base import NodeList

from gongkai.applications.letters.check import check_template, foreign_names
from gongkai.applications.letters.facts import Facts
from gongkai.applications.letters.fields import FIELDS, Context, Field, Source, Value, fields_for
from gongkai.applications.letters.language import MATTERS, Use, each_of, parse, render, uses
from gongkai.applications.letters.needs import FORMS, PARTS, REPLIES, needs_of
from gongkai.applications.letters.texts import planted, printable, shipped, split
from gongkai.errors import BadInput, NotAllowed
from gongkai.law.articles import REGULATION
from gongkai.law.letters import Letter, Reader, RemedyKind
from gongkai.law.letters import letter as numbered
from gongkai.law.numerals import chinese
from gongkai.law.outcomes import Outcome, outcome
from gongkai.law.remedies import Remedy, remedy
from gongkai.law.reviewers import OrganKind, Replier

#: What stands in the place of a missing field.
BLANK = "【待填：{}】"
#: 多项申请的标题：when its parts end differently and nothing is disclosed.
MIXED_TITLE = "政府信息公开申请答复书"
#: In place of what may not leave the disclosure office.
_SCRUBBED = "＊＊＊"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """成文的文书：as it goes on paper, a paragraph a line, and what is still missing.

    ``missing`` names what the letter must say and the facts do not; a letter with any must not be
    sent. ``remedy`` is None where no notice is due; its ``to_fill`` and ``doubts`` stand in
    ``to_fill`` and ``doubts``. ``example`` marks a preview.
    """

    letter: Letter
    organ: str
    number: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    signature: str
    dated_on: date
    missing: tuple[str, ...] = ()
    remedy: Remedy | None = None
    to_fill: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    example: bool = False

    @property
    def text(self) -> str:
        """正文：plain text to be edited, a paragraph a line."""
        return "\n".join(self.paragraphs)

    @property
    def annexes(self) -> tuple[str, ...]:
        """附件：the names listed below the text, without their numbers."""
        return tuple(name for _, name in annexes_of(self.paragraphs))

    @property
    def is_form(self) -> bool:
        """是否表格：a form or record rather than a letter."""
        return self.letter.number in FORMS


def annexes_of(paragraphs: tuple[str, ...]) -> list[tuple[int, str]]:
    """附件说明：the paragraphs from 附件： on that list annexes, each with its place."""
    found: list[tuple[int, str]] = []
    for place, line in enumerate(paragraphs):
        if line.startswith("附件：") or (
            found and found[-1][0] == place - 1 and line[:1].isdigit()
        ):
            found.append((place, line.removeprefix("附件：").lstrip("0123456789.． ")))
    return found


def written(
    letter: Letter | int,
    *,
    organ: str,
    body: str,
    title: str,
    dated_on: date,
    number: str = "",
    addressee: str = "",
    signature: str = "",
    example: bool = False,
) -> Composed:
    """定稿的文书：a text that was kept, as `docx` and `pdf` take it."""
    return Composed(
        letter=_known(letter),
        organ=organ,
        number=number,
        title=title,
        addressee=addressee,
        paragraphs=tuple(filter(None, map(printable, body.splitlines()))),
        signature=signature or organ,
        dated_on=dated_on,
        example=example,
    )


def compose(
    letter: Letter | int,
    facts: Facts,
    *,
    template: str | None = None,
    on: date,
    templates: Mapping[int, str] | None = None,
) -> Composed:
    """成文：the letter from its template (the shipped one unless given) dated ``on``.

    ``templates`` are an office's own texts of other letters, for matters that end otherwise. A
    missing field shows as 【待填：…】 and is listed. BadInput for a template that does not hold
    what it must; NotAllowed when a letter to somebody else would tell who asks, or when the law
    gives no remedy to name.
    """
    chosen = _known(letter)
    text = shipped(chosen) if template is None else template
    if problems := check_template(chosen, text):
        raise BadInput("；".join(problems))
    writer = _Writer(chosen, facts, on, templates or {})
    return writer.write(text)


def preview(letter: Letter | int, body: str | None = None, *, on: date | None = None) -> Composed:
    """预览：the letter with example facts, marked 示例."""
    from gongkai.applications.letters.examples import EXAMPLE_DAY, example

    chosen = _known(letter)
    made = compose(chosen, example(chosen), template=body, on=on or EXAMPLE_DAY)
    return replace(made, example=True)


def _known(letter: Letter | int) -> Letter:
    return numbered(letter) if isinstance(letter, int) else letter


@dataclass(slots=True)
class _Writer:
    """One letter in the making."""

    letter: Letter
    facts: Facts
    on: date
    templates: Mapping[int, str]
    missing: dict[str, None] = field(default_factory=dict)

    def write(self, text: str) -> Composed:
        for name in self.facts.given:
            _declared(name)
        for matter in self.facts.matters:
            for name in matter.findings:
                _declared(name)
        self._agree()
        notice = self._notice()
        template = parse(text)
        matters = self.facts.matters
        alone = matters[0] if len(matters) == 1 else None
        whole = Context(self.letter, self.facts, self.on, alone, notice.wording if notice else "")
        values: dict[str, object] = dict(self._values(whole, template_uses=list(uses(template))))
        values[MATTERS] = lambda nodes, printing: self._each(nodes, printing, whole)
        parts = split(render(template, values))
        if not matters or alone is not None:
            self._note_missing(whole)
        else:
            self._note_missing(whole, each=False)
        if notice and notice.wording not in "".join(parts.paragraphs):
            self.missing["救济途径"] = None
        self._refuse_to_tell(parts.title, parts.addressee, *parts.paragraphs)
        return Composed(
            letter=self.letter,
            organ=self.facts.office.name,
            number=self.facts.number if self.letter.number not in FORMS else "",
            title=self._title(parts.title),
            addressee=parts.addressee,
            paragraphs=parts.paragraphs,
            signature=self.facts.office.signer or self.facts.office.name,
            dated_on=self.on,
            missing=tuple(self.missing),
            remedy=notice,
            to_fill=notice.to_fill if notice else (),
            doubts=self._doubts(notice),
        )

    def _agree(self) -> None:
        """A reply must be the letter its outcome calls for; of several, that of one or 部分公开."""
        letters = {one.letter.number for one in self._outcomes()}
        if self.letter.number not in REPLIES or not letters:
            return
        if self.letter.number in letters or (
            len(self.facts.matters) > 1 and self.letter.number == 15
        ):
            return
        ends = "、".join(dict.fromkeys(map(str, self._outcomes())))
        raise BadInput(f"答复结果是{ends}，不能用{self.letter.name}")

    def _values(self, context: Context, template_uses: list[Use]) -> dict[str, Value]:
        wanted = {use.field for use in template_uses}
        needed = {name for _, groups in needs_of(context.letter) for one in groups for name in one}
        told: dict[str, Value] = {}
        for one in fields_for(context.letter):
            value = self._clean(one.value(context), one)
            if not value and one.name in wanted & needed and not self._spared(one, context):
                value = _blank(one)
            told[one.name] = value
        return told

    def _spared(self, one: Field, context: Context) -> bool:
        """Another field that says the same is there, or the matter is answered in its own part."""
        if len(self.facts.matters) > 1 and context.matter is None:
            return one.source is Source.FINDING
        for _, groups in needs_of(context.letter):
            for names in groups:
                if one.name in names and any(FIELDS[name].value(context) for name in names):
                    return True
        return False

    def _clean(self, value: Value, one: Field) -> Value:
        # The application form is the applicant's own, word for word.
        scrub = () if self.letter.number == 1 else self.facts.secrets
        if isinstance(value, str):
            return _plant(value, scrub)
        return [
            _plant(row, scrub)
            if isinstance(row, str)
            else dict.fromkeys(one.parts, "")
            | {name: _plant(part, scrub) for name, part in row.items()}
            for row in value
        ]  # type: ignore[return-value]

    def _each(self, nodes: NodeList, printing: Printing, whole: Context) -> str:
        """逐项答复：the only matter as it stands; several one by one, each in its own words."""
        if len(self.facts.matters) < 2:
            return str(nodes.render(printing))
        told = []
        for place, matter in enumerate(self.facts.matters, start=1):
            letter = matter.outcome.letter if matter.outcome else self.letter
            own = nodes if letter == self.letter else self._part_of(letter)
            here = replace(whole, letter=letter, matter=matter)
            found = list(uses(parse(self._text_of(letter))))
            with printing.push(**self._values(here, found)):
                told.append(
                    f"{chinese(place)}、关于{_plant(_short(matter.text), self.facts.secrets)}\n"
                    f"{own.render(printing)}"
                )
            self._note_missing(here, prefix=f"第{chinese(place)}项：", whole=False)
        return "\n".join(told)

    def _text_of(self, letter: Letter) -> str:
        return self.templates.get(letter.number) or shipped(letter)

    def _part_of(self, letter: Letter) -> NodeList:
        part = each_of(parse(self._text_of(letter)))
        if part is None:
            raise BadInput(f"《{letter.name}》的模板没有“逐项答复”部分，不能用在多项答复里")
        return part

    def _note_missing(
        self, context: Context, *, prefix: str = "", each: bool = True, whole: bool = True
    ) -> None:
        """What must be said and nobody told; of a matter, or of the letter around the matters."""
        for phrase, groups in needs_of(context.letter):
            for names in groups:
                finding = FIELDS[names[0]].source is Source.FINDING
                own = finding or phrase in context.letter.must_say
                if (own and not each) or (not own and not whole):
                    continue
                if not any(_there(FIELDS[name], context) for name in names):
                    self.missing[f"{prefix}{phrase}"] = None

    def _notice(self) -> Remedy | None:
        """救济途径：of the outcomes together where there are any, else of the letter."""
        replier = self.facts.office.replier
        paper: Outcome | Letter = self.letter
        outcomes = self._outcomes()
        if self.letter.number in REPLIES and outcomes:
            open_to_challenge = [one for one in outcomes if one.remedy is not RemedyKind.NONE]
            paper = _together(open_to_challenge or outcomes)
        if paper.remedy is RemedyKind.NONE:
            return None
        if replier.kind is OrganKind.PUBLIC_ENTERPRISE and paper.remedy is not RemedyKind.SPECIAL:
            return _appeal(replier)
        found = remedy(paper, replier, self.on)
        each = [
            remedy(one, replier, self.on).doubts
            for one in outcomes
            if one.remedy is not RemedyKind.NONE
        ]
        doubts = dict.fromkeys(doubt for told in (found.doubts, *each) for doubt in told)
        return replace(found, doubts=tuple(doubts))

    def _outcomes(self) -> list[Outcome]:
        return [one.outcome for one in self.facts.matters if one.outcome]

    def _doubts(self, notice: Remedy | None) -> tuple[str, ...]:
        told = [doubt for one in self._outcomes() for doubt in one.doubts]
        return tuple(dict.fromkeys((*told, *(notice.doubts if notice else ()))))

    def _title(self, title: str) -> str:
        letters = {one.letter.number for one in self._outcomes()}
        if len(letters) > 1 and self.letter.number in REPLIES and self.letter.number != 15:
            return MIXED_TITLE
        return title

    def _refuse_to_tell(self, *texts: str) -> None:
        if self.letter.reader in (Reader.APPLICANT, Reader.FILE):
            return
        if found := foreign_names(self.facts, "\n".join(texts)):
            raise NotAllowed(
                f"致{self.letter.reader.value}的文书不得写明申请人身份，"
                f"文中出现了“{'”“'.join(found)}”，请改写拟公开的信息等内容"
            )


def _there(one: Field, context: Context) -> bool:
    """Whether a field is told in full: of a list, every row with the parts it must have."""
    value = one.value(context)
    parts = PARTS.get(one.name, ())
    if isinstance(value, str):
        return bool(value.strip()) and not parts
    return bool(value) and all(
        isinstance(row, str) or all(row.get(part, "").strip() for part in parts) for row in value
    )


def _blank(one: Field) -> Value:
    if not one.parts:
        return BLANK.format(one.name)
    return [dict.fromkeys(one.parts, "") | {one.parts[0]: BLANK.format(one.name)}]


def _plant(value: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        value = value.replace(secret, _SCRUBBED)
    return planted(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:60]}{'……' if len(line) > 60 else ''}”"


def _declared(name: str) -> None:
    known = FIELDS.get(name)
    if known is None or known.told is not None:
        raise BadInput(f"没有可以填写的要素“{name}”")


def _together(outcomes: list[Outcome]) -> Outcome:
    """Several matters: what is withheld goes to review first, the rest either way."""
    kinds = {one.remedy for one in outcomes}
    return outcomes[0] if len(kinds) == 1 else outcome("B")


def _appeal(replier: Replier) -> Remedy:
    """申诉：against a public enterprise there is no review, only its sector department."""
    basis = REGULATION.article(55, 2)
    above = f"有关主管部门（{replier.superior}）" if replier.superior else "有关主管部门"
    return Remedy(RemedyKind.SPECIAL, f"如对本答复不服，可以向{above}申诉（{basis}）。", (basis,))
