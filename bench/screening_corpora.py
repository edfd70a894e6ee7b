"""False alarms of the screen on clean text: findings per 10,000 characters, rule by rule.

    python bench/screening_corpora.py PATH… [--every N] [--examples N]
    python bench/screening_corpora.py PATH… --sound | --held-out

Each PATH is a JSONL file with the text in ``body_text`` or ``text``, plain or packed (.zst); laws
and published policy documents serve, for they have been proof-read. ``--every 10`` takes one
document in ten. ``--sound`` writes ``sound.txt`` anew: the slips of fixed phrases that occur in
these texts, or consist of everyday pairs of characters, and are therefore no slips. ``--held-out``
chooses them on one half of the documents and counts the false alarms of the rest on the other.
"""

from __future__ import annotations

import argparse
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.screening import screen, slips
from gongkai.screening.doubling import vocabulary
from gongkai.screening.wordings import Wordings


def texts(paths: Iterable[Path], every: int) -> Iterator[str]:
    """The text of one document in ``every``, over all files."""
    number = 0
    for path in paths:
        with path.open("rb") as file:
            held: io.BufferedIOBase | io.RawIOBase = file
            if path.suffix == ".zst":
                import zstandard

                held = zstandard.ZstdDecompressor().stream_reader(file)
            for line in io.TextIOWrapper(held, encoding="utf-8"):
                number += 1
                document = json.loads(line)
                text = document.get("body_text") or document.get("text")
                if text and number % every == 0:
                    yield text


def measure(documents: Iterator[str], examples: int) -> None:
    """Print the rates, and some of what was found."""
    characters = number = 0
    found: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in documents:
        number += 1
        characters += len(text)
        for one in screen(text):
            key = (one.rule, one.severity.label)
            found[key] += 1
            if len(shown[key]) < examples:
                around = f"{text[max(0, one.start - 15) : one.start]}【{one.shown}】"
                shown[key].append((around + text[one.end : one.end + 15]).replace("\n", "⏎"))
    print(f"{number:,} documents, {characters:,} characters")
    print("| rule | severity | findings | per 10,000 characters |\n|---|---|---|---|")
    for (rule, severity), count in sorted(found.items()):
        print(f"| {rule} | {severity} | {count} | {count / characters * 1e4:.4f} |")
    for key, lines in sorted(shown.items()):
        print(f"\n{' '.join(key)}")
        for line in lines:
            print(f"  {line}")


_STOPS = "，。；"
# How often the rarest new pair of characters may occur, by length: the shorter, the stricter.
_MOST = {3: 2, 4: 60, 5: 300}


def occurrences(documents: Iterable[str]) -> Counter[str]:
    """How often each slip, and each part of one that is new, stands in these documents."""
    meant = slips.written()
    parts = {
        part
        for wrong, slip in meant.items()
        for size in (2, 3)
        for part in new_parts(wrong, slip.right, size)
    }
    wanted = Wordings((wording, wording) for wording in parts | set(meant))
    seen: Counter[str] = Counter()
    for text in documents:
        seen.update(wording for _, wording in wanted.found(text))
    return seen


def sound(seen: Counter[str]) -> list[str]:
    """Slips that are sound Chinese, by what was seen."""
    return sorted(
        wrong
        for wrong, slip in slips.written().items()
        if seen[wrong] or not is_odd(wrong, slip, seen)
    )


def hold_out(documents: list[str]) -> None:
    """Print what slips chosen on one half of the documents find on the other."""
    halves = documents[::2], documents[1::2]
    seen = [occurrences(half) for half in halves]
    for chosen_on, tried_on in ((0, 1), (1, 0)):
        kept = set(slips.written()).difference(sound(seen[chosen_on]))
        false = {wrong: seen[tried_on][wrong] for wrong in kept if seen[tried_on][wrong]}
        rate = sum(false.values()) / sum(map(len, halves[tried_on])) * 1e4
        print(f"{len(kept):,} slips, {sum(false.values())} findings, {rate:.4f} per 10,000")
        print("  " + "、".join(sorted(false)))


def is_odd(wrong: str, slip: slips.Slip, seen: Counter[str]) -> bool:
    """Whether a slip nobody wrote in these documents is odd enough never to be sound.

    It must hold a pair of characters that hardly occurs; or, if what is new in it makes no other
    word and does not touch its ends, three characters that never occur.
    """
    pairs, threes = new_parts(wrong, slip.right, 2), new_parts(wrong, slip.right, 3)
    pair = min((seen[part] for part in pairs), default=0)
    three = min((seen[part] for part in threes), default=1)
    if wrong[-1] in _STOPS:
        return three == 0
    if slip.kind == "漏字":
        at = next(at for at in range(len(slip.right)) if wrong[at : at + 1] != slip.right[at])
        inside = 2 <= at <= len(slip.right) - 3
        return pair <= 1 or (inside and three == 0)
    if any(part[0] == part[1] for part in pairs):
        return pair <= 2
    odd = pair <= _MOST.get(len(wrong), pair)
    another_word = any(part in vocabulary() for part in pairs)
    return odd or (len(wrong) > 3 and three == 0 and not another_word)


def new_parts(wrong: str, right: str, size: int) -> list[str]:
    """Runs of that many characters that the right wording has not."""
    parts = (wrong[at : at + size] for at in range(len(wrong) - size + 1))
    return [part for part in parts if part not in right]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="+", type=Path)
    arguments.add_argument("--every", type=int, default=1)
    arguments.add_argument("--examples", type=int, default=5)
    arguments.add_argument("--sound", action="store_true")
    arguments.add_argument("--held-out", action="store_true")
    given = arguments.parse_args()
    documents = texts(given.paths, given.every)
    if given.sound:
        target = Path(slips.__file__).with_name("sound.txt")
        remarks = [line for line in target.read_text("utf-8").splitlines() if line[:1] == "#"]
        target.write_text("\n".join([*remarks, *sound(occurrences(documents))]) + "\n", "utf-8")
    elif given.held_out:
        hold_out(list(documents))
    else:
        measure(documents, given.examples)


if __name__ == "__main__":
    main()
