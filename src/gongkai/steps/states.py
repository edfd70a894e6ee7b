"""流程表：a flow is a table of moves; buttons, actions, docs and tests all read the same one.

::

    FLOW = Flow(
        State,
        submit=Move("提交审查", start={State.DRAFT}, end=State.REVIEW, roles={Duty.DRAFT}),
        give_back=Move("退回", start={State.REVIEW}, end=State.DRAFT,
                       roles={Duty.UNIT_HEAD}, reason=True),
        issue=Move("发布", start={State.REVIEW}, end=State.ISSUED,
                   roles={Duty.SIGN}, four_eyes=True),
    )
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import TextChoices

from gongkai.organs.states import Duty


@dataclass(frozen=True)
class Move:
    """动作：one way from a state to another.

    label      what the button says
    start      the states it may start from
    end        the state it leads to; None stays where it is (an opinion, a comment of record)
    roles      one of these duties is needed at the organ the record belongs to; empty: anybody
               on the desk whose duty at that organ is any at all
    four_eyes  whoever drafted the record may not take it (``author`` of the record)
    apart      names of moves; whoever took one of them last on this record may not take this one
    reason     a note is required: a return, a withdrawal
    danger     shown in red and asked twice
    automatic  the house itself may take it, without a person: a lapse, a publication at a time
    """

    label: str
    start: frozenset[str]
    end: str | None = None
    roles: frozenset[Duty] = frozenset()
    four_eyes: bool = False
    apart: frozenset[str] = frozenset()
    reason: bool = False
    danger: bool = False
    automatic: bool = False
    name: str = field(default="", compare=False)

    def __init__(
        self,
        label: str,
        *,
        start: Collection[str],
        end: str | None = None,
        roles: Collection[Duty] = (),
        four_eyes: bool = False,
        apart: Collection[str] = (),
        reason: bool = False,
        danger: bool = False,
        automatic: bool = False,
        name: str = "",
    ) -> None:
        values = {
            "label": label,
            "start": frozenset(start),
            "end": end,
            "roles": frozenset(roles),
            "four_eyes": four_eyes,
            "apart": frozenset(apart),
            "reason": reason,
            "danger": danger,
            "automatic": automatic,
            "name": name,
        }
        for key, value in values.items():
            object.__setattr__(self, key, value)

    @property
    def duties(self) -> str:
        """由谁办理：the duties in words, in the order of the house."""
        return "、".join(duty.label for duty in Duty if duty in self.roles)


class Flow(Mapping[str, Move]):
    """流程：the states of a record and the moves between them.

    Raises ValueError when the table itself is wrong: a state nobody knows, a state no move
    reaches, a move apart from one that does not exist. That is a mistake of the program.
    """

    def __init__(self, states: type[TextChoices], /, **moves: Move) -> None:
        self.states = states
        self._moves = {name: replace(move, name=name) for name, move in moves.items()}
        self._prove()

    def __getitem__(self, name: str) -> Move:
        return self._moves[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._moves)

    def __len__(self) -> int:
        return len(self._moves)

    @property
    def first(self) -> str:
        """起点：the state a new record has, the first of the states."""
        return str(self.states.values[0])

    def leaving(self, state: str) -> list[Move]:
        """The moves that may start from a state, in the order of the table."""
        return [move for move in self._moves.values() if state in move.start]

    def label(self, state: str) -> str:
        """The state in words; empty for none."""
        return str(self.states(state).label) if state else ""

    def ends(self) -> list[str]:
        """终点：states no move leads away from."""
        return [
            state
            for state in self.states.values
            if not any(move.end not in (None, state) for move in self.leaving(state))
        ]

    def table(self) -> str:
        """流程表：the moves as a Markdown table, for docs."""
        lines = ["| 动作 | 从 | 到 | 由谁办理 | 要求 |", "|---|---|---|---|---|"]
        for move in self._moves.values():
            start = "、".join(self.label(s) for s in self.states.values if s in move.start)
            end = self.label(move.end) if move.end else "（不变）"
            lines.append(
                f"| {move.label} | {start} | {end} | {move.duties or '—'} "
                f"| {'；'.join(self._demands(move)) or '—'} |"
            )
        return "\n".join(lines)

    def diagram(self) -> str:
        """流程图：the same as a Mermaid state diagram, for docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first}"]
        lines += [f"    {state} : {label}" for state, label in self.states.choices]
        for move in self._moves.values():
            for start in (state for state in self.states.values if state in move.start):
                lines.append(f"    {start} --> {move.end or start} : {move.label}")
        lines += [f"    {state} --> [*]" for state in self.ends()]
        return "\n".join(lines)

    def _demands(self, move: Move) -> Iterator[str]:
        if move.four_eyes:
            yield "起草人不得办理"
        for name in sorted(move.apart):
            yield f"与“{self[name].label}”须由不同的人办理"
        if move.reason:
            yield "须写明理由"
        if move.automatic:
            yield "可由系统自动办理"

    def _prove(self) -> None:
        known = set(self.states.values)
        for name, move in self._moves.items():
            if not move.start or not move.start <= known:
                raise ValueError(f"{name}: unknown or empty start {sorted(move.start)}")
            if move.end is not None and move.end not in known:
                raise ValueError(f"{name}: unknown end {move.end}")
            if not move.apart <= set(self._moves):
                raise ValueError(f"{name}: apart from unknown moves {sorted(move.apart)}")
        reached = {self.first, *(m.end for m in self._moves.values())}
        if lost := known - reached:
            raise ValueError(f"no move reaches {sorted(lost)}")
