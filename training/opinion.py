"""Sentiment, value, emotions and kinds of one language: heads, their calibration, and what folds said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from training.data import Felt, Sentence
from training.fit import (
    Bools,
    Floats,
    Head,
    linear_of,
    logistic,
    matrix_of,
    sharpness_of,
    slope_of,
    threshold_of,
    vocabulary_of,
)
from tropa.domain.opinion import EMOTIONS
from tropa.texts.features import bag_of
from tropa.texts.light import KINDS, STEPS, Calibration, Linear, rivals
from tropa.texts.polarity import charged_words

FOLDS = 5
EMOTION_STRENGTH = 4.0
JUDGED_STRENGTH = 2.0
EMOTION_COLUMNS = slice(3 + len(STEPS), 3 + len(STEPS) + len(EMOTIONS))
OWN_WEIGHT = 0.1  # of a sentence of the corpus among the emotions of other sets
EXTRA_WEIGHT = 0.3  # of a text of GoEmotions: it counts other things as emotions than SemEval does
HARD_WEIGHT = 0.5  # of a clause whose words do not judge
FELT_WEIGHT = 0.15  # of a text of another set as a judgement
WORD_WEIGHT = 0.05  # of a word of the polarity lexicon by itself, and denied
_UNSAID = frozenset({"implicit", "ironic", "condition"})
_PLEASANT = frozenset({"joy"})
_UNPLEASANT = frozenset({"anger", "disgust", "fear", "sadness"})

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of one matrix: clauses of the corpus, then texts of other sets, then words of the lexicon, then sentences.

    `value` is NaN and `kind` −1 where a row does not say; `emotions` −1 where it was not asked.
    """

    texts: tuple[str, ...]
    fold: NDArray[np.int64]  # −1: always trained on
    value: Matrix
    value_weight: Floats
    kind: NDArray[np.int64]
    emotions: NDArray[np.int64]
    emotion_weight: Floats
    is_own: Bools


@dataclass(frozen=True, slots=True)
class Fitted:
    """The heads in the order of light.HEADS, and the margins that folds gave to rows they had not seen."""

    linear: Linear
    emotions: Calibration
    examples: Examples
    margins: Matrix


def examples_of(sentences: Sequence[Sentence], felt: Sequence[Felt], extra: Sequence[Felt], language: str) -> Examples:
    """`felt` takes part in the folds, `extra` is always trained on; the folds of the corpus are industries."""
    trades = {trade: place % FOLDS for place, trade in enumerate(sorted({one.industry for one in sentences}))}
    rows = [
        _Row(
            clause.text,
            trades[one.industry],
            float(clause.value),
            HARD_WEIGHT if one.hard in _UNSAID else 1.0,
            kind=[kind.value for kind in KINDS].index(clause.kind),
            is_own=True,
        )
        for one in sentences
        for clause in one.clauses
    ]
    rows.extend(_felt_row(one, place % FOLDS) for place, one in enumerate(felt))
    rows.extend(replace(_felt_row(one, -1), value_weight=0.0, emotion_weight=EXTRA_WEIGHT) for one in extra)
    rows.extend(_word_rows(language))
    rows.extend(
        _Row(
            one.text,
            trades[one.industry],
            emotions=tuple(
                int(any(place in clause.emotions for clause in one.clauses)) for place in range(len(EMOTIONS))
            ),
            emotion_weight=OWN_WEIGHT,
            is_own=True,
        )
        for one in sentences
    )
    return Examples(
        tuple(row.text for row in rows),
        np.asarray([row.fold for row in rows]),
        np.asarray([row.value for row in rows]),
        np.asarray([row.value_weight for row in rows], dtype=np.float32),
        np.asarray([row.kind for row in rows]),
        np.asarray([row.emotions for row in rows]),
        np.asarray([row.emotion_weight for row in rows], dtype=np.float32),
        np.asarray([row.is_own for row in rows]),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    fold: int
    value: float = float("nan")
    value_weight: float = 0.0
    kind: int = -1
    emotions: tuple[int, ...] = (-1,) * len(EMOTIONS)
    emotion_weight: float = 0.0
    is_own: bool = False


def _felt_row(one: Felt, fold: int) -> _Row:
    named = {name for name, said in zip(EMOTIONS, one.emotions, strict=True) if said}
    value = float("nan")
    if bool(named & _PLEASANT) != bool(named & _UNPLEASANT):
        value = 1.5 if named & _PLEASANT else -1.5
    elif not named:
        value = 0.0
    asked = tuple(-1 if said is None else int(said) for said in one.emotions)
    return _Row(one.text, fold, value, FELT_WEIGHT, emotions=asked, emotion_weight=1.0)


def _word_rows(language: str) -> list[_Row]:
    denial = "не" if language == "ru" else "not"
    made = []
    for word, value in charged_words(language):
        made.append(_Row(word, -1, value, WORD_WEIGHT))
        made.append(_Row(f"{denial} {word}", -1, -value / abs(value), WORD_WEIGHT))
    return made


def fitted(examples: Examples) -> Fitted:
    """Folds first: they tell how to calibrate what is then fitted on everything."""
    bag = bag_of(examples.texts)
    vocabulary = vocabulary_of(bag, least=2 if len(examples.texts) < 30_000 else 3)
    matrix = matrix_of(bag, vocabulary)
    width = 3 + len(STEPS) + len(EMOTIONS) + len(KINDS)
    margins = np.full((len(examples.texts), width), np.nan)
    for fold in range(FOLDS):
        held = examples.fold == fold
        for place, head in enumerate(_heads(matrix, examples, ~held)):
            margins[held, place] = head.scores(matrix[held])
    heads = _heads(matrix, examples, np.ones(len(examples.texts), dtype=bool))
    moves = _moves(margins, examples)
    for place, slope in moves.items():
        heads[place] = heads[place].moved(slope)
        margins[:, place] *= slope
    emotions = _calibration(margins[:, EMOTION_COLUMNS], examples)
    margins[:, EMOTION_COLUMNS] = emotions.moved(margins[:, EMOTION_COLUMNS])
    return Fitted(linear_of(vocabulary, heads), emotions, examples, margins)


def _heads(matrix: csr_matrix, examples: Examples, seen: Bools) -> list[Head]:
    judged = seen & ~np.isnan(examples.value) & (examples.value_weight > 0)
    said, values, weights = matrix[judged], examples.value[judged], examples.value_weight[judged]
    one = one_against_rest(said, weights, strength=JUDGED_STRENGTH)
    heads = [one(np.sign(values) == sign) for sign in (-1, 0, 1)]
    heads.extend(one(values > step - 0.75) for step in STEPS)
    for place in range(len(EMOTIONS)):
        asked = seen & (examples.emotions[:, place] >= 0)
        heads.append(
            logistic(
                matrix[asked],
                examples.emotions[asked, place] == 1,
                strength=EMOTION_STRENGTH,
                importance=examples.emotion_weight[asked],
            )
        )
    named = seen & (examples.kind >= 0)
    one = one_against_rest(matrix[named], np.ones(int(named.sum()), dtype=np.float32), strength=JUDGED_STRENGTH)
    heads.extend(one(examples.kind[named] == place) for place in range(len(KINDS)))
    return heads


def one_against_rest(matrix: csr_matrix, weights: Floats, *, strength: float) -> Callable[[Bools], Head]:
    """What fits a head that tells rows of one class from all others."""
    return lambda said: logistic(matrix, said, strength=strength, importance=weights)


def _moves(margins: Matrix, examples: Examples) -> dict[int, float]:
    """The slopes of sentiments, steps and kinds, by their columns."""
    own = examples.is_own & (examples.kind >= 0)
    signs = np.sign(examples.value[own]).astype(np.int64) + 1
    moves = dict.fromkeys(range(3), sharpness_of(margins[own, :3], signs))
    for place, step in enumerate(STEPS, 3):
        moves[place] = slope_of(margins[own, place], examples.value[own] > step - 0.75)
    kinds = range(EMOTION_COLUMNS.stop, margins.shape[1])
    return moves | dict.fromkeys(kinds, sharpness_of(margins[own, kinds.start :], examples.kind[own]))


def _calibration(margins: Matrix, examples: Examples) -> Calibration:
    """The rivalry with the best macro-F1 on texts of the open sets, and each emotion's best place to cut."""
    asked = ~examples.is_own & (examples.fold >= 0)
    named = [place for place in range(len(EMOTIONS)) if (examples.emotions[asked, place] >= 0).any()]
    felt = np.where(np.isnan(margins), -10, margins)

    def cuts(rivalry: float) -> list[tuple[float, float]]:
        rivalled = rivals(felt[asked], rivalry)
        return [threshold_of(rivalled[:, place], examples.emotions[asked, place] == 1) for place in named]

    rivalry = max((0.0, 0.1, 0.2, 0.3), key=lambda tried: sum(f1 for _, f1 in cuts(tried)))
    found = dict(zip(named, (cut for cut, _ in cuts(rivalry)), strict=True))
    rivalled = rivals(felt, rivalry)
    slopes, shifts = [], []
    for place in range(len(EMOTIONS)):
        rows = asked if place in found else examples.is_own & (examples.kind < 0)
        said = examples.emotions[rows, place] == 1
        shift = found[place] if place in found else threshold_of(rivalled[rows, place], said)[0]
        shifts.append(shift)
        slopes.append(slope_of(rivalled[rows, place] - shift, said))
    return Calibration(rivalry, np.asarray(slopes, dtype=np.float32), np.asarray(shifts, dtype=np.float32))
