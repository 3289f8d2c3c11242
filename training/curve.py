"""`python -m training.curve`: how reading grows with the corpus, what it leans on, into docs/reference/voice-curve.md.

Sentences of the corpus are taken by eighths, the same ones first; every point is fitted from nothing. What is measured
on is never trained on.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.data import ROOT, Sentence, corpus, semeval
from training.fit import Floats, Head, Vocabulary, matrix_of, vocabulary_of
from training.opinion import JUDGED_STRENGTH, Examples, examples_of, one_against_rest
from training.scores import Mean, mean_f1, one_hot
from training.sentirueval import KEYS, reviews, sentiment_of
from tropa.texts.features import bag_of

TARGET = ROOT / "docs" / "reference" / "voice-curve.md"
PARTS = (0.125, 0.25, 0.5, 1.0)
_SEED = 2025
Asked = tuple[list[str], NDArray[np.int64], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Point:
    """What was trained on, and the means of what was measured."""

    name: str
    means: dict[str, Mean]


def points(sentences: Sequence[Sentence], data: Path) -> Iterator[Point]:
    """The curve of the sentiment heads, Russian, then what the whole corpus gives without one thing or another."""
    own = [one for one in sentences if one.language == "ru"]
    order = np.random.default_rng(_SEED).permutation(len(own))
    felt = [*semeval(data, "ru", "train"), *semeval(data, "ru", "dev")]
    asked = {kind: _asked(data, kind) for kind in KEYS}
    for part in PARTS:
        taken = [own[place] for place in sorted(order[: round(part * len(own))])]
        yield Point(f"{len(taken):,} sentences", _measured(examples_of(taken, felt, [], "ru"), asked))
    whole = examples_of(own, felt, [], "ru")
    for name, weight in _variants(whole):
        yield Point(name, _measured(replace(whole, value_weight=weight), asked))


def _variants(whole: Examples) -> Iterator[tuple[str, Floats]]:
    weight, own = whole.value_weight, whole.is_own
    yield "without texts of other sets", np.where(~own & (whole.fold >= 0), 0, weight).astype(np.float32)
    yield "without words of the lexicon", np.where(~own & (whole.fold < 0), 0, weight).astype(np.float32)
    yield "hard clauses at full weight", np.where(own & (weight > 0), 1, weight).astype(np.float32)


def _measured(examples: Examples, asked: Mapping[str, Asked]) -> dict[str, Mean]:
    heads, vocabulary = _sentiments(examples)
    means: dict[str, Mean] = {}
    for kind, (texts, labels, judged) in asked.items():
        matrix = matrix_of(bag_of(texts), vocabulary)
        found = np.stack([head.scores(matrix) for head in heads], axis=1).argmax(axis=1)
        for name, kept in (("with an aspect", judged), ("all", np.ones(len(labels), dtype=bool))):
            said, given = one_hot(labels[kept], 3), one_hot(found[kept], 3)
            means[f"{kind}, {name}: negative and positive"] = mean_f1(said[:, ::2], given[:, ::2])
            means[f"{kind}, {name}: three classes"] = mean_f1(said, given)
    return means


def _sentiments(examples: Examples) -> tuple[list[Head], Vocabulary]:
    bag = bag_of(examples.texts)
    vocabulary = vocabulary_of(bag, least=2)
    judged = ~np.isnan(examples.value) & (examples.value_weight > 0)
    fit = one_against_rest(matrix_of(bag, vocabulary)[judged], examples.value_weight[judged], strength=JUDGED_STRENGTH)
    signs = np.sign(examples.value[judged])
    return [fit(signs == sign) for sign in (-1, 0, 1)], vocabulary


def _asked(data: Path, kind: str) -> Asked:
    said = [(text, sentiment_of(aspects), bool(aspects)) for one in reviews(data, kind) for text, aspects in one.said()]
    rows = [(text, label, has) for text, label, has in said if label is not None]
    return [text for text, _, _ in rows], np.asarray([x for _, x, _ in rows]), np.asarray([x for _, _, x in rows])


def page(curve: Sequence[Point]) -> str:
    """Markdown."""
    names = list(curve[0].means)
    head = "| mean F1 (95 % interval) | " + " | ".join(one.name for one in curve) + " |"
    rows = [f"| {name} | " + " | ".join(str(one.means[name]) for one in curve) + " |" for name in names]
    return "\n".join([head, "|---" * (len(curve) + 1) + "|", *rows])


def main() -> None:
    """Measure; the table goes between the marks of the page."""
    asked = argparse.ArgumentParser(prog="python -m training.curve", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, help="folder of the sets of emotions and of SentiRuEval")
    table = page(list(points(corpus(), asked.parse_args().data)))
    before, _, rest = TARGET.read_text(encoding="utf-8").partition("<!-- curve -->\n")
    _, _, after = rest.partition("<!-- /curve -->")
    TARGET.write_text(f"{before}<!-- curve -->\n{table}\n<!-- /curve -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
