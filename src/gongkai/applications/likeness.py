"""相近：how near two requests are in words, and which of many speak of one thing.

Words are overlapping pairs of Chinese characters, as in the search. Pairs that nearly every
request has (公开, 信息, 申请) weigh next to nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from gongkai.search.fold import fold

#: 几乎相同：the share of common pairs from which two texts are the same request in other words.
NEAR = 0.6
#: 同一主题：how near a request must be to the heart of a topic.
TOPIC = 0.4
#: A pair found in more than this share of the requests does not bring two together.
_COMMON = 0.2


def pairs(text: str) -> frozenset[str]:
    """字对：the overlapping pairs of the letters of a text, whatever its width and script.

    >>> sorted(pairs("部门预算"))
    ['部门', '门预', '预算']
    """
    words = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return frozenset(
        word[place : place + 2] for word in words for place in range(max(1, len(word) - 1))
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """相近程度：from 0 to 1, the share of pairs both have.

    >>> likeness(pairs("2024年部门预算"), pairs("2024年度部门预算"))
    0.7
    """
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)


@dataclass
class Topic:
    """主题：requests that speak of one thing; the first is its heart and gives it its name."""

    heart: int
    members: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.members)


def topics(texts: Sequence[str], *, least: int = 2) -> list[Topic]:
    """主题聚类：the largest first; a request belongs to one at most.

    Each request in turn joins the nearest heart it is near enough to, weighed by how telling the
    common pairs are, or becomes a heart itself. Those with fewer than ``least`` are left out.
    """
    sets = [pairs(text) for text in texts]
    weigh = _weights(sets)
    norms = [sum(weigh[pair] ** 2 for pair in one) ** 0.5 for one in sets]
    found: list[Topic] = []
    hearts: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(sets):
        nearest = _nearest(place, one, sets, weigh, norms, found, hearts)
        if nearest is not None:
            nearest.members.append(place)
            continue
        for pair in one:
            if weigh[pair]:
                hearts[pair].append(len(found))
        found.append(Topic(place, [place]))
    kept = [topic for topic in found if len(topic) >= least]
    return sorted(kept, key=lambda topic: (-len(topic), topic.heart))


def _nearest(
    place: int,
    one: frozenset[str],
    sets: Sequence[frozenset[str]],
    weigh: dict[str, float],
    norms: Sequence[float],
    found: Sequence[Topic],
    hearts: dict[str, list[int]],
) -> Topic | None:
    if not norms[place]:
        return None
    shared: Counter[int] = Counter()
    for pair in one:
        for number in hearts.get(pair, ()):
            shared[number] += 1
    best, score = None, TOPIC
    for number, _ in shared.most_common(20):
        heart = found[number].heart
        common = sum(weigh[pair] ** 2 for pair in one & sets[heart])
        near = common / (norms[place] * norms[heart])
        if near >= score:
            best, score = found[number], near
    return best


def _weights(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    """字对的分量：rare pairs weigh more; those of nearly every request nothing."""
    many = len(sets)
    seen: Counter[str] = Counter(pair for one in sets for pair in one)
    limit = max(3, many * _COMMON)
    return {
        pair: 0.0 if many > 5 and count > limit else log(1 + many / count)
        for pair, count in seen.items()
    }


def ranked(
    text: str, others: Iterable[tuple[int, str]], *, least: float
) -> list[tuple[int, float]]:
    """由近到远：keys of those at least that near, with how near."""
    own = pairs(text)
    near = [(key, likeness(own, pairs(other))) for key, other in others]
    return sorted(
        ((key, score) for key, score in near if score >= least),
        key=lambda found: (-found[1], -found[0]),
    )
