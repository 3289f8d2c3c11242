"""Touchpoints of one language: one head a key that has enough examples."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.data import Sentence
from training.fit import Head, linear_of, logistic, matrix_of, slope_of, threshold_of, vocabulary_of
from training.seeds import seeds
from tropa.texts.features import Block, bag_of
from tropa.texts.light import Linear

LEAST_EXAMPLES = 6
FOLDS = 3
SEED_WEIGHT = 0.3  # of a word of the shipped lists
_STRENGTH = 8.0


@dataclass(frozen=True, slots=True)
class FittedTopics:
    """Keys and their heads; margins of clauses by folds that had not seen them, and which keys each clause has."""

    keys: tuple[str, ...]
    linear: Linear
    margins: NDArray[np.float64]
    said: NDArray[np.bool_]


def fitted_topics(sentences: Sequence[Sentence], language: str) -> FittedTopics:
    """Heads over words and stems, calibrated together on the folds: .5 is the best F1 over all keys."""
    clauses = [clause for sentence in sentences for clause in sentence.clauses]
    listed = seeds(language)
    fold = np.asarray([place % FOLDS for place, sentence in enumerate(sentences) for _ in sentence.clauses])
    fold = np.r_[fold, np.full(len(listed), -1)]
    counted = Counter(key for clause in clauses for key in set(clause.touchpoints))
    keys = tuple(sorted(key for key, count in counted.items() if count >= LEAST_EXAMPLES))
    bag = bag_of([*(clause.text for clause in clauses), *listed])
    vocabulary = vocabulary_of(bag, least=2, blocks=(Block.WORDS, Block.STEMS))
    matrix = matrix_of(bag, vocabulary)
    speaks_of = [*(clause.touchpoints for clause in clauses), *listed.values()]
    said = np.asarray([[key in one for key in keys] for one in speaks_of])
    weights = np.where(fold < 0, SEED_WEIGHT, 1.0).astype(np.float32)

    def heads(seen: NDArray[np.bool_]) -> list[Head]:
        return [
            logistic(matrix[seen], said[seen, place], strength=_STRENGTH, importance=weights[seen])
            for place in range(len(keys))
        ]

    margins = np.zeros(said.shape)
    for held in (fold == number for number in range(FOLDS)):
        for place, head in enumerate(heads(~held)):
            margins[held, place] = head.scores(matrix[held])
    own = fold >= 0
    margins, labels = margins[own], said[own]
    shift, _ = threshold_of(margins.reshape(-1), labels.reshape(-1))
    slope = slope_of((margins - shift).reshape(-1), labels.reshape(-1))
    final = [head.moved(slope, shift) for head in heads(np.ones(len(fold), dtype=bool))]
    return FittedTopics(keys, linear_of(vocabulary, final), (margins - shift) * slope, labels)
