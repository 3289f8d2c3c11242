"""Agreement between the first labels of the corpus and the blind second pass; `--write` stores it in AGREEMENT.md."""

import operator
import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent
BEGIN, END = "<!-- figures: written by agreement.py -->", "<!-- end of figures -->"
EMOTIONS = {"a": "anger", "d": "disgust", "f": "fear", "j": "joy", "s": "sadness", "u": "surprise"}


class Label(NamedTuple):
    """What one reader says about one clause."""

    touchpoints: frozenset[str]
    value: int
    emotions: frozenset[str]
    kind: str


Pairs = list[tuple[Label, Label]]
Rows = Sequence[tuple[Hashable, Hashable]]


def labels(line: str) -> list[Label]:
    """Read the brace groups of a line, one a clause."""
    found = []
    for group in re.findall(r"\{([^{}]*)\}", line):
        keys, value, emotions, kind = (part.strip() for part in group.split(";"))
        touchpoints = frozenset(key.strip() for key in keys.split(","))
        found.append(Label(touchpoints, int(value), frozenset(emotions) - {"-"}, kind))
    return found


def read(language: str) -> Pairs:
    """Match both passes clause by clause; a sentence that was split anew since is left out and named on stderr."""
    matched: Pairs = []
    for line in (ROOT / "second" / f"{language}.txt").read_text("utf-8").splitlines():
        name, number = line.split("|", 1)[0].strip().split(":")
        first = labels((ROOT / language / name).read_text("utf-8").splitlines()[int(number) - 1])
        if len(first) == len(second := labels(line)):
            matched.extend(zip(first, second, strict=True))
        else:
            print(f"left out, clauses differ: {language}/{name}:{number}", file=sys.stderr)
    return matched


def equal(rows: Rows) -> str:
    """Share of rows with two equal answers."""
    return f"{sum(x == y for x, y in rows) / len(rows):.3f}"


def kappa(rows: Rows, cost: Callable[[Any, Any], int] = operator.ne) -> str:
    """Cohen's kappa; `cost` makes it weighted."""
    left, right = Counter(x for x, _ in rows), Counter(y for _, y in rows)
    chance = sum(n * m * cost(x, y) for x, n in left.items() for y, m in right.items()) / len(rows)
    return f"{1 - sum(cost(x, y) for x, y in rows) / chance:.3f}" if chance else "-"


def values(part: Pairs) -> list[tuple[int, int]]:
    """The values of both readers."""
    return [(x.value, y.value) for x, y in part]


def signs(part: Pairs) -> Rows:
    """The signs of the values."""
    return [((x > 0) - (x < 0), (y > 0) - (y < 0)) for x, y in values(part)]


def kinds(part: Pairs) -> list[tuple[str, str]]:
    """The kinds of both readers."""
    return [(x.kind, y.kind) for x, y in part]


def emotion(letter: str, part: Pairs) -> str:
    """Prevalence first / second, share equal and kappa of one emotion."""
    rows = [(letter in x.emotions, letter in y.emotions) for x, y in part]
    first, second = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return f"{first:.3f} / {second:.3f}; {equal(rows)}; {kappa(rows)}"


def touchpoints(part: Pairs, *, named: bool) -> str:
    """Share of clauses with a key in common and the mean Jaccard; `named` leaves out those with `-` on a side."""
    rows = [(x[0], y[0]) for x, y in part if not named or "-" not in x[0] | y[0]]
    common, jaccard = sum(bool(x & y) for x, y in rows), sum(len(x & y) / len(x | y) for x, y in rows)
    return f"{common / len(rows):.3f}; {jaccard / len(rows):.3f}; {len(rows)}"


def report() -> str:
    """One table of all the measures, a column a language."""
    russian, english = read("ru"), read("en")
    common = Counter((x, y) for x, y in kinds(russian + english) if x != y).most_common(10)
    measures: dict[str, Callable[[Pairs], str]] = {
        "clauses": lambda part: str(len(part)),
        "sentiment, sign: share equal; kappa": lambda part: f"{equal(signs(part))}; {kappa(signs(part))}",
        "sentiment, −2…2: share equal; kappa": lambda part: f"{equal(values(part))}; {kappa(values(part))}",
        "the same: kappa with linear weights": lambda part: kappa(values(part), lambda x, y: abs(x - y)),
        "the same: kappa with quadratic weights": lambda part: kappa(values(part), lambda x, y: (x - y) ** 2),
        **{f"{name}: share first / second; equal; kappa": partial(emotion, x) for x, name in EMOTIONS.items()},
        "kind: share equal; kappa": lambda part: f"{equal(kinds(part))}; {kappa(kinds(part))}",
        **{f"kind: {p[0]} → {p[1]}": partial(lambda p, part: str(kinds(part).count(p)), p) for p, _ in common},
        "touchpoints: a key in common; Jaccard; clauses": partial(touchpoints, named=False),
        "the same where both name one": partial(touchpoints, named=True),
    }
    rows = [f"| {name} | {m(russian)} | {m(english)} | {m(russian + english)} |" for name, m in measures.items()]
    return "\n".join(["| | Russian | English | both |", "| --- | ---: | ---: | ---: |", *rows])


if __name__ == "__main__":
    print(text := report())
    if "--write" in sys.argv[1:]:
        target = ROOT / "AGREEMENT.md"
        before, _, rest = target.read_text("utf-8").partition(BEGIN)
        target.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}", "utf-8")
