"""What people's labels teach: a small model on top of the shipped one, trained in a second and thrown away at will."""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tropa.domain.opinion import Opinion, Sentiment
from tropa.texts.clauses import clauses
from tropa.texts.labels import Label, by_text
from tropa.texts.statements import VoiceReader
from tropa.texts.words import lemma, words_of

Floats = NDArray[np.float64]

_WIDTH = 1 << 13  # places of hashed features
_GRAM = (3, 5)  # letters
_STIFF = 0.7  # L2 over features: about one label moves a clause like it by one step of log-odds
_WEIGHT_OF_BASE = 0.5  # how much the model's own answers count among the features
_UNSEEN = 0.02
_STEPS = 25
_LEAST_LABELS = 5  # of a touchpoint or a sentiment before it is learned


@dataclass(frozen=True, slots=True)
class Logistic:
    """Log-odds = the base's own + `weights` · features + `bias`: without a label it says what the base says."""

    weights: Floats
    bias: float

    def added(self, features: "_Rows") -> Floats:
        """What it adds to the log-odds of each row."""
        return features.times(self.weights) + self.bias


def fit(features: Floats, said: NDArray[np.bool_], base: Floats, *, stiff: float = _STIFF) -> Logistic:
    """L2-regularised logistic regression with the base's log-odds as offset, by Newton's method in the dual.

    Shapes: features (n, d), said (n,), base (n,). n labels are few, so an n × n system is solved; the prior mean of
    every weight is 0, that is, the base is right until labels say otherwise.
    """
    rows = len(said)
    kernel = features @ features.T / stiff + 1.0 / stiff
    target = said.astype(np.float64)
    dual = np.zeros(rows)
    for _ in range(_STEPS):
        share = _sigmoid(base + kernel @ dual)
        slope = np.maximum(share * (1 - share), 1e-6)
        gap = dual - (target - share)
        step = np.linalg.solve(np.eye(rows) + slope[:, None] * kernel, gap)
        dual -= step
        if float(np.abs(step).max(initial=0.0)) < 1e-6:
            break
    return Logistic(features.T @ dual / stiff, float(dual.sum()) / stiff)


@dataclass(frozen=True, slots=True)
class Learned:
    """Corrections of touchpoints by key and of sentiments, as trained from labels."""

    touchpoints: Mapping[str, Logistic]
    sentiments: Mapping[Sentiment, Logistic]
    labels: int

    def correct(
        self, clauses: Sequence[str], touchpoints: Sequence[dict[str, float]], opinions: Sequence[Opinion]
    ) -> tuple[Sequence[dict[str, float]], Sequence[Opinion]]:
        """Touchpoints' probabilities and opinions of each clause with what was learned."""
        if not clauses:
            return touchpoints, opinions
        features = _features(clauses, touchpoints, opinions)
        changed = [dict(one) for one in touchpoints]
        for key, logistic in self.touchpoints.items():
            odds = _odds(one.get(key, 0.0) for one in touchpoints) + logistic.added(features)
            for one, share in zip(changed, _sigmoid(odds).tolist(), strict=True):
                one[key] = share
        return changed, self._felt(features, opinions)

    def _felt(self, features: "_Rows", opinions: Sequence[Opinion]) -> Sequence[Opinion]:
        if not self.sentiments:
            return opinions
        odds = np.log(np.maximum(np.array([one.probabilities for one in opinions]), 1e-4))
        for place, sentiment in enumerate(Sentiment):
            if sentiment in self.sentiments:
                odds[:, place] += self.sentiments[sentiment].added(features)
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [_moved(one, tuple(row)) for one, row in zip(opinions, shares.tolist(), strict=True)]


def learn(labels: Sequence[Label], reader: VoiceReader) -> Learned:
    """What these labels teach the reader.

    A label of a text with several clauses is laid on the clauses that the reader itself thinks it is about; where it
    thinks of none, on the likeliest. A clause of a text that is labelled otherwise is a counter-example.
    """
    examples = _examples(by_text(labels), reader)
    features = _features(examples.said, examples.likely, examples.opinions).dense()
    touchpoints = {}
    for key in sorted({key for one in labels for key in one.touchpoints or ()} | set(examples.wrong)):
        known, said = examples.of_touchpoint(key)
        if int(said[known].sum()) + len(examples.wrong.get(key, ())) >= _LEAST_LABELS:
            base = _odds(one.get(key, 0.0) for one in examples.likely)
            touchpoints[key] = fit(features[known], said[known], base[known])
    sentiments = {}
    known, felt = examples.of_sentiment()
    if len(known) >= _LEAST_LABELS:
        shares = np.array([one.probabilities for one in examples.opinions]).reshape(-1, 3)
        for place, sentiment in enumerate(Sentiment):
            said = np.array([one is sentiment for one in felt], dtype=bool)
            sentiments[sentiment] = fit(features[known], said, _log_odds(shares[known, place]))
    return Learned(touchpoints, sentiments, labels=len(labels))


@dataclass(frozen=True, slots=True)
class _Examples:
    """Clauses of labelled texts, and for each the touchpoints and the sentiment that it is an example of."""

    said: list[str]
    likely: list[dict[str, float]]
    opinions: list[Opinion]
    about: list[frozenset[str] | None]  # None: touchpoints unknown
    unsure: list[frozenset[str]]  # touchpoints of the text that may or may not be of this clause
    felt: list[Sentiment | None]
    wrong: Mapping[str, Sequence[int]]  # clauses in which the reader sees a touchpoint that people do not

    def of_touchpoint(self, key: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        rows = [
            n for n, about in enumerate(self.about) if about is not None and (key in about or key not in self.unsure[n])
        ]
        said = np.array([about is not None and key in about for about in self.about], dtype=bool)
        return np.array(rows, dtype=np.int64), said

    def of_sentiment(self) -> tuple[NDArray[np.int64], list[Sentiment]]:
        rows = [n for n, felt in enumerate(self.felt) if felt is not None]
        return np.array(rows, dtype=np.int64), [felt for felt in self.felt if felt is not None]


def _examples(labels: Sequence[Label], reader: VoiceReader) -> _Examples:
    texts = list(dict.fromkeys(one.said for one in labels))
    parts = [[span.of(text) for span in clauses(text)] or [text] for text in texts]
    said = [part for several in parts for part in several]
    opinions = list(reader.model.opinions(said))
    likely = [
        reader.taxonomy.probabilities(tuple(words_of(part)), topics)
        for part, topics in zip(said, reader.model.topics(said), strict=True)
    ]
    examples = _Examples(said, likely, opinions, [], [], [], {})
    wrong: dict[str, list[int]] = {}
    first = 0
    for text, several in zip(texts, parts, strict=True):
        here = range(first, first + len(several))
        first += len(several)
        own = [one for one in labels if one.said == text]
        for row, (about, unsure, felt) in zip(here, _laid(own, [likely[n] for n in here]), strict=True):
            examples.about.append(about)
            examples.unsure.append(unsure)
            examples.felt.append(felt)
            if about is not None:
                for key, share in likely[row].items():
                    if share >= 0.5 and key not in about and key not in unsure:  # noqa: PLR2004
                        wrong.setdefault(key, []).append(row)
    return replace(examples, wrong=wrong)


def _laid(
    labels: Sequence[Label], likely: Sequence[Mapping[str, float]]
) -> Iterator[tuple[frozenset[str] | None, frozenset[str], Sentiment | None]]:
    """For each clause of one text: its touchpoints, those that may be its own, its sentiment."""
    said = [one for one in labels if one.touchpoints is not None]
    keys = {key for one in said for key in one.touchpoints or ()}
    homes = {key: _homes(key, likely) for key in keys}
    for place in range(len(likely)):
        about = frozenset(key for key in keys if place in homes[key]) if said else None
        felt = {
            one.sentiment
            for one in labels
            if one.sentiment and (not one.touchpoints or len(likely) == 1 or about and about & set(one.touchpoints))
        }
        yield about, frozenset(keys) - (about or frozenset()), next(iter(felt)) if len(felt) == 1 else None


def _homes(key: str, likely: Sequence[Mapping[str, float]]) -> set[int]:
    shares = [one.get(key, 0.0) for one in likely]
    sure = {place for place, share in enumerate(shares) if share >= 0.5}  # noqa: PLR2004
    return sure or {max(range(len(shares)), key=shares.__getitem__)}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Sparse rows: `values` at `columns`, the entries of row i from `starts[i]` to `starts[i + 1]`."""

    columns: NDArray[np.int64]
    values: Floats
    starts: NDArray[np.int64]

    def times(self, weights: Floats) -> Floats:
        """Each row times the weights (width,)."""
        sums = np.concatenate([[0.0], np.cumsum(self.values * weights[self.columns])])
        made: Floats = sums[self.starts[1:]] - sums[self.starts[:-1]]
        return made

    def dense(self) -> Floats:
        """Shape (rows, width)."""
        made = np.zeros((len(self.starts) - 1, _WIDTH))
        rows = np.repeat(np.arange(len(made)), np.diff(self.starts))
        np.add.at(made, (rows, self.columns), self.values)
        return made


def _features(
    said: Sequence[str], touchpoints: Sequence[Mapping[str, float]], opinions: Sequence[Opinion]
) -> _Rows:
    """Words, pairs of words and letters brought to unit length, and the base's own answers beside."""
    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for text, likely, opinion in zip(said, touchpoints, opinions, strict=True):
        names = Counter(_place(name) for name in _names(text))
        length = sum(count * count for count in names.values()) ** 0.5
        columns += names
        values += [count / length for count in names.values()]
        columns += [_place(f"touchpoint {key}") for key in likely]
        values += [_WEIGHT_OF_BASE * share for share in likely.values()]
        columns += [_place(f"sentiment {one}") for one in Sentiment]
        values += [_WEIGHT_OF_BASE * share for share in opinion.probabilities]
        starts.append(len(columns))
    return _Rows(np.array(columns, dtype=np.int64), np.array(values, dtype=np.float64), np.array(starts))


@lru_cache(maxsize=200_000)
def _place(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % _WIDTH


def _names(text: str) -> Iterator[str]:
    words = [lemma(word.text) for word in words_of(text)]
    yield from (f"w {word}" for word in words)
    yield from (f"p {one} {other}" for one, other in zip(words, words[1:], strict=False))
    shortest, longest = _GRAM
    for word in words:
        whole = f"<{word}>"
        for size in range(shortest, longest + 1):
            yield from (f"g {whole[i : i + size]}" for i in range(len(whole) - size + 1))


def _moved(opinion: Opinion, shares: tuple[float, float, float]) -> Opinion:
    """The opinion with other probabilities; its value moves with them, and keeps its strength where it may."""
    before = opinion.probabilities[2] - opinion.probabilities[0]
    after = shares[2] - shares[0]
    value = max(-2.0, min(2.0, opinion.value + 1.5 * (after - before)))
    return replace(opinion, probabilities=shares, value=value)


def _odds(shares: Iterator[float] | Sequence[float]) -> Floats:
    return _log_odds(np.array([max(share, _UNSEEN) for share in shares], dtype=np.float64))


def _log_odds(shares: Floats) -> Floats:
    held = np.clip(shares, 1e-3, 1 - 1e-3)
    made: Floats = np.log(held / (1 - held))
    return made


def _sigmoid(odds: Floats) -> Floats:
    made: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return made
