"""粘连数字：figures whose separators are lost, told apart by what must add up.

``640020470`` in a row of Table 3 is 64 0 0 2 0 4 70 and nothing else, because the last of the
seven figures is the sum of the others and none begins with a needless 0. A space that the source
kept is a hard border. Every search here is bounded; what it cannot settle stays open, with the
readings that remain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final, TypeAlias

from gongkai.annual import forms

#: The figures of one row, left to right.
Figures: TypeAlias = tuple[int, ...]

#: Steps a search may take, readings it may give, and combinations of rows that are compared.
MOST_STEPS: Final = 20_000
MOST_READINGS: Final = 24
MOST_COMBINATIONS: Final = 4_000
MOST_CUTS: Final = 400
#: A whole city has a few thousand normative documents in force.
_MOST_IN_FORCE: Final = 10_000


def sums(chunks: Sequence[str], groups: int, size: int) -> list[Figures] | None:
    """带合计的切分：every reading of ``chunks`` as ``groups`` of ``size`` figures that add up.

    The last figure of each group is the sum of the others. Chunks are runs of ASCII digits with
    hard borders between them. ``None`` when the search would take too long.

    >>> sums(["230", "000023"], 1, 7)
    [(23, 0, 0, 0, 0, 0, 23)]
    """
    text = "".join(chunks)
    wanted = groups * size
    if not wanted <= len(text) <= wanted * 9:
        return []
    borders: set[int] = set()
    place = 0
    for chunk in chunks:
        place += len(chunk)
        borders.add(place)
    walk = _Walk(text, borders, wanted, size)
    found = list(islice(walk.go(0, (), 0), MOST_READINGS))
    return None if walk.steps > MOST_STEPS or len(found) == MOST_READINGS else found


class _Walk:
    """A depth-first walk over the borders that could stand between the digits of ``text``."""

    def __init__(self, text: str, borders: set[int], wanted: int, size: int) -> None:
        self.text, self.wanted, self.size = text, wanted, size
        self.steps = 0
        end = len(text)
        # place → the nearest hard border to its right, which no figure crosses
        self.wall = [0] * end
        for place in reversed(range(end)):
            self.wall[place] = place + 1 if place + 1 in borders else self.wall[place + 1]

    def go(self, place: int, taken: Figures, total: int) -> Iterator[Figures]:
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        left = self.wanted - len(taken)
        if not left:
            if place == len(self.text):
                yield taken
            return
        if len(self.text) - place < left:
            return
        if len(taken) % self.size == self.size - 1:
            # The sum is not searched for: it can only be one thing.
            last = str(total)
            end = place + len(last)
            if self.text.startswith(last, place) and end <= self.wall[place]:
                yield from self.go(end, (*taken, total), 0)
            return
        end = place + 1 if self.text[place] == "0" else self.wall[place]
        for stop in range(place + 1, end + 1):
            figure = int(self.text[place:stop])
            # At least as many digits as the sum so far must be left for the sum itself.
            rest = len(self.text) - stop - (self.size - 2 - len(taken) % self.size)
            if rest < len(str(total + figure)):
                return
            yield from self.go(stop, (*taken, figure), total + figure)


def parts(chunks: Sequence[str], count: int) -> list[tuple[str, ...]] | None:
    """切分：every way to cut ``chunks`` into ``count`` figures without needless zeros in front.

    A chunk may begin with a sign and end with decimals. ``None`` when there are too many ways.

    >>> parts(["35-15"], 2)
    [('35', '-15')]
    """
    hard = [piece for chunk in chunks for piece in _signed(chunk)]
    found = list(islice(_cut(hard, count), MOST_CUTS))
    return None if len(found) == MOST_CUTS else found


def _signed(chunk: str) -> list[str]:
    """``2648-18538`` → 2648 and -18538: a sign begins a figure."""
    spaced = "".join(f" {char}" if char in "+-" else char for char in chunk)
    return spaced.split()


def _cut(pieces: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    if not pieces:
        if count == 0:
            yield ()
        return
    first, rest = pieces[0], pieces[1:]
    for size in range(1 if rest else count, count - len(rest) + 1):
        # What cannot be continued is not begun: the ways to cut one long piece are too many.
        tails = list(islice(_cut(rest, count - size), MOST_CUTS))
        for head in _cut_one(first, size) if tails else ():
            for tail in tails:
                yield (*head, *tail)


def _cut_one(piece: str, count: int) -> Iterator[tuple[str, ...]]:
    sign = piece[0] if piece[0] in "+-" else ""
    whole, point, decimals = piece[len(sign) :].partition(".")

    def cut(digits: str, left: int) -> Iterator[tuple[str, ...]]:
        if left == 1:
            if digits == "0" or digits[:1] not in ("", "0"):
                yield (digits,)
            return
        longest = 1 if digits[:1] == "0" else len(digits) - left + 1
        for stop in range(1, longest + 1):
            for rest in cut(digits[stop:], left - 1):
                yield (digits[:stop], *rest)

    if len(whole) >= count:
        for figures in cut(whole, count):
            signed = [sign + figures[0], *figures[1:]]
            signed[-1] += point + decimals
            yield tuple(signed)


def settle(
    candidates: Mapping[str, Sequence[Figures]], leaves: Sequence[str]
) -> dict[str, list[Figures]]:
    """列间关系：of several readings of a row, those that the printed relations of Table 3 allow.

    ``candidates`` gives each row's readings. Only the columns on which readings differ are asked
    (第一项加第二项之和，等于第三项加第四项之和; the results add up to （七）总计), so an office's
    own mistake elsewhere does not matter; where no combination fits, nothing is ruled out.
    """
    kept = {row: list(readings) for row, readings in candidates.items()}
    open_rows = [row for row, readings in kept.items() if len(readings) > 1]
    combinations = 1
    for row in open_rows:
        combinations *= len(kept[row])
    needed = (forms.NEW, forms.CARRIED_IN, forms.RESULTS_TOTAL, forms.CARRIED_OUT, *leaves)
    if not open_rows or combinations > MOST_COMBINATIONS:
        return kept
    if any(not kept.get(row) for row in needed):
        return kept
    columns = sorted(
        {
            column
            for row in open_rows
            for column in range(len(forms.TABLE_3_COLUMNS))
            if len({reading[column] for reading in kept[row]}) > 1
        }
    )
    fixed = {row: readings[0] for row, readings in kept.items()}
    fitting: list[tuple[Figures, ...]] = []
    for chosen in product(*(kept[row] for row in open_rows)):
        fixed.update(zip(open_rows, chosen, strict=True))
        if all(_fits(fixed, column, leaves) for column in columns):
            fitting.append(chosen)
    for number, row in enumerate(open_rows if fitting else ()):
        kept[row] = sorted({chosen[number] for chosen in fitting})
    return kept


def _fits(rows: Mapping[str, Figures], column: int, leaves: Sequence[str]) -> bool:
    total = rows[forms.RESULTS_TOTAL][column]
    came = rows[forms.NEW][column] + rows[forms.CARRIED_IN][column]
    return (
        came == total + rows[forms.CARRIED_OUT][column]
        and sum(rows[leaf][column] for leaf in leaves) == total
    )


def stocks(
    readings: Sequence[tuple[str, ...]], form: forms.Form, told: frozenset[int]
) -> tuple[Figures, bool] | None:
    """规章与规范性文件的切分：the one reading of a row of stocks run together that stands out.

    The row holds issued, repealed, in force (2019: made, opened, open in all). What is in force
    (open in all) is not fewer than what was issued (opened) this year. Of what remains, the
    reading that the prose ``told`` wins. Failing that, a reading is inferred only if it alone
    looks like an ordinary year (no more repealed than issued, no more than in force; 2019: as
    many opened as made), and none has a smaller largest figure. The second value says whether
    the prose decided: if not, the reading is a mere inference. ``None`` when none stands out.
    """
    triples = [(int(a), int(b), int(c)) for a, b, c in readings]
    flow = 1 if form is forms.Form.Y2019 else 0
    possible = [triple for triple in triples if triple[2] >= triple[flow]]
    if not possible:
        return None
    spoken = {triple: sum(figure in told for figure in triple if figure > 9) for triple in possible}
    most = max(spoken.values())
    loudest = [triple for triple in possible if spoken[triple] == most]
    if most >= 2 and len(loudest) == 1:
        return loudest[0], True

    usual = [triple for triple in possible if _ordinary(triple, form)]
    smallest = min(map(max, possible))
    if len(usual) == 1 and max(usual[0]) == smallest:
        return usual[0], False
    return None


def _ordinary(triple: tuple[int, int, int], form: forms.Form) -> bool:
    """寻常的一年：more documents than any province has in force mean that digits ran together."""
    made, second, stock = triple
    if stock > _MOST_IN_FORCE or stock < second:
        return False
    return made == second if form is forms.Form.Y2019 else second <= made
