"""The light model: linear heads over hashed features, in numpy, from weights that ship with tropa."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.domain.opinion import EMOTIONS, Opinion, StatementKind
from tropa.texts.features import Bag, Block, bag_of, block_of
from tropa.texts.language import language_of

VALUES = (-2.0, -1.0, 0.0, 1.0, 2.0)
KINDS = tuple(StatementKind)
HEADS = {"sentiment": 3, "value": len(VALUES), "emotion": len(EMOTIONS), "kind": len(KINDS)}
BATCH = 2_000  # texts read at once: about 60 MB
LEAST_TOPIC = 0.05

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """One matrix of weights: a row a known feature (`vocabulary`, sorted hashes), a column a class.

    A feature's weight is `weights * scales`; the signs and the mean word vector have rows of their own.
    """

    vocabulary: NDArray[np.uint32]
    idf: Floats
    weights: NDArray[np.int8]
    scales: Floats
    signs: Floats
    bias: Floats

    def scores(self, bag: Bag) -> Floats:
        """Margins: a row a text, a column a class."""
        entries = weighed(bag, self.vocabulary, self.idf)
        sums = np.zeros((bag.texts, len(self.bias)), dtype=np.float32)
        if len(entries.rows):
            starts = np.flatnonzero(np.r_[True, entries.rows[1:] != entries.rows[:-1]])
            each = self.weights[entries.columns].astype(np.float32) * entries.values[:, None]
            sums[entries.rows[starts]] = np.add.reduceat(each, starts, axis=0)
        made: Floats = sums * self.scales + bag.signs @ self.signs + self.bias
        return made


@dataclass(frozen=True, slots=True)
class Weighed:
    """The entries of a sparse matrix: texts by features of a vocabulary."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats


def weighed(bag: Bag, vocabulary: NDArray[np.uint32], idf: Floats) -> Weighed:
    """TF-IDF of the known features with (1 + log tf), each block of a text brought to unit length."""
    columns = np.searchsorted(vocabulary, bag.hashes)
    columns[columns == len(vocabulary)] = 0
    known = vocabulary[columns] == bag.hashes if len(vocabulary) else np.zeros(len(columns), dtype=bool)
    rows, columns = bag.rows[known], columns[known]
    values = (1 + np.log(bag.counts[known])) * idf[columns]
    places = rows * len(Block) + block_of(vocabulary[columns])
    squares = np.bincount(places, weights=values.astype(np.float64) ** 2, minlength=bag.texts * len(Block))
    values /= np.sqrt(np.maximum(squares, 1e-12))[places].astype(np.float32)
    return Weighed(rows, columns, values.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of one language: opinions, and touchpoints by key."""

    opinion: Linear
    topic: Linear
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LightModel:
    """Reads Russian and English; a text in neither is read as Russian, by its marks."""

    version: str
    readers: Mapping[str, Reader]
    name: str = "light"

    def opinions(self, texts: Sequence[str]) -> Sequence[Opinion]:
        """One opinion a text, in the same order."""
        margins = np.zeros((len(texts), sum(HEADS.values())), dtype=np.float32)
        for language, places, bag in _batches(texts):
            margins[places] = self.readers[language].opinion.scores(bag)
        return opinions_of(probabilities_of(margins))

    def topics(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Touchpoints of each text: probabilities by key, from LEAST_TOPIC on."""
        found: list[Mapping[str, float]] = [{}] * len(texts)
        for language, places, bag in _batches(texts):
            reader = self.readers[language]
            chances = _sigmoid(reader.topic.scores(bag))
            for place, row in zip(places, chances, strict=True):
                found[place] = {reader.topics[at]: float(row[at]) for at in np.flatnonzero(row >= LEAST_TOPIC)}
        return found


def _batches(texts: Sequence[str]) -> Iterator[tuple[str, list[int], Bag]]:
    by_language: dict[str, list[int]] = {"ru": [], "en": []}
    for place, text in enumerate(texts):
        by_language[language_of(text) or "ru"].append(place)
    for language, places in by_language.items():
        for start in range(0, len(places), BATCH):
            part = places[start : start + BATCH]
            yield language, part, bag_of([texts[place] for place in part])


def probabilities_of(margins: Floats) -> Floats:
    """Margins of all HEADS in their order to probabilities: emotions one by one, the others add to 1."""
    made = np.empty_like(margins)
    start = 0
    for head, width in HEADS.items():
        part = margins[:, start : start + width]
        made[:, start : start + width] = _sigmoid(part) if head == "emotion" else _softmax(part)
        start += width
    return made


def opinions_of(probabilities: Floats) -> list[Opinion]:
    """Opinions of rows of probabilities in the order of HEADS."""
    at = np.cumsum([0, *HEADS.values()])
    values = probabilities[:, at[1] : at[2]] @ np.asarray(VALUES, dtype=np.float32)
    made = []
    for row, value in zip(probabilities.tolist(), values.tolist(), strict=True):
        negative, neutral, positive = row[at[0] : at[1]]
        made.append(
            Opinion(
                probabilities=(negative, neutral, positive),
                value=value,
                emotions=dict(zip(EMOTIONS, row[at[2] : at[3]], strict=True)),
                kinds=dict(zip(KINDS, row[at[3] : at[4]], strict=True)),
            )
        )
    return made


def _sigmoid(margins: Floats) -> Floats:
    made: Floats = 1 / (1 + np.exp(-np.clip(margins, -30, 30)))
    return made


def _softmax(margins: Floats) -> Floats:
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    made: Floats = powers / powers.sum(axis=1, keepdims=True)
    return made
