"""How well what was read agrees with people's labels: precision, recall, F1 a class, with bootstrap intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.domain.opinion import Sentiment, Statement
from tropa.domain.voice import VoiceLine
from tropa.texts.labels import Label
from tropa.texts.words import folded, words_of

_DRAWS = 1_000
_SEED = 20_260
_EDGES = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScore:
    """One class: `of` rows have it in the labels, `said` in what was read, `right` in both; None = cannot be told."""

    name: str
    of: int
    said: int
    right: int
    f1_low: float | None
    f1_high: float | None

    @property
    def precision(self) -> float | None:
        """Of what was read, the share that people say too."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Of what people say, the share that was read."""
        return self.right / self.of if self.of else None

    @property
    def f1(self) -> float | None:
        """2 · right / (of + said)."""
        return 2 * self.right / (self.of + self.said) if self.of + self.said else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All classes of one question over `rows` labelled rows.

    `macro` is the mean F1 of the classes that the labels have, `micro` the F1 of all decisions together; each as
    (value, low, high) with a 95 % percentile bootstrap interval over rows, None without rows.
    """

    rows: int
    classes: tuple[ClassScore, ...]
    macro: tuple[float, float, float] | None
    micro: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Touchpoints, sentiment of the text, sentiment toward a touchpoint; `unmatched` labels found no text."""

    touchpoints: Agreement
    sentiment: Agreement
    toward: Agreement
    unmatched: int


def evaluate(lines: Sequence[VoiceLine], labels: Sequence[Label]) -> Evaluation:
    """Compare lines with labels of the same text (or id).

    A text's touchpoints are those of all its statements. Sentiment is compared where all its labels agree; toward a
    touchpoint it is the mean of the statements that speak of it, and the text's own where none does.
    """
    known = _Lines(lines)
    grouped: dict[int, list[Label]] = {}
    unmatched = 0
    for label in labels:
        place = known.place_of(label)
        if place is None:
            unmatched += 1
        else:
            grouped.setdefault(place, []).append(label)
    about = [(_keys(own), _read_keys(lines[place])) for place, own in grouped.items() if _says_touchpoints(own)]
    felt = [
        ({one.value}, {_felt(lines[place])})
        for place, own in grouped.items()
        if (one := _one_sentiment(own)) is not None
    ]
    toward = [
        ({label.sentiment.value}, {_toward(lines[place], label.touchpoints)})
        for place, own in grouped.items()
        for label in own
        if label.sentiment is not None and label.touchpoints
    ]
    return Evaluation(
        touchpoints=agreement(about), sentiment=agreement(felt), toward=agreement(toward), unmatched=unmatched
    )


def agreement(pairs: Sequence[tuple[set[str], set[str]]]) -> Agreement:
    """Scores of (labelled classes, read classes) a row."""
    names = sorted({name for labelled, read in pairs for name in labelled | read})
    if not pairs or not names:
        return Agreement(rows=len(pairs), classes=(), macro=None, micro=None)
    of = np.array([[name in labelled for name in names] for labelled, _ in pairs], dtype=np.int64)
    said = np.array([[name in read for name in names] for _, read in pairs], dtype=np.int64)
    right = of * said
    drawn = np.random.default_rng(_SEED).multinomial(len(pairs), np.full(len(pairs), 1 / len(pairs)), size=_DRAWS)
    counts = tuple(one.sum(axis=0) for one in (of, said, right))
    draws = tuple(drawn @ one for one in (of, said, right))
    f1, f1_drawn = _f1(*counts), _f1(*draws)
    with_labels = counts[0] > 0
    classes = tuple(
        ClassScore(
            name=name,
            of=int(counts[0][n]),
            said=int(counts[1][n]),
            right=int(counts[2][n]),
            f1_low=_edge(f1_drawn[:, n], 0),
            f1_high=_edge(f1_drawn[:, n], 1),
        )
        for n, name in enumerate(names)
    )
    macro = _with_interval(float(np.nanmean(f1[with_labels])), np.nanmean(f1_drawn[:, with_labels], axis=1))
    together = [one.sum(axis=-1) for one in counts], [one.sum(axis=-1) for one in draws]
    micro = _with_interval(float(_f1(*together[0])), _f1(*together[1]))
    return Agreement(rows=len(pairs), classes=classes, macro=macro if with_labels.any() else None, micro=micro)


class _Lines:
    """Lines by id and by their words."""

    def __init__(self, lines: Sequence[VoiceLine]) -> None:
        self._ids = {line.id: place for place, line in reversed(list(enumerate(lines)))}
        self._texts = {_words(line.text): place for place, line in reversed(list(enumerate(lines)))}

    def place_of(self, label: Label) -> int | None:
        by_text = self._texts.get(_words(label.text))
        return self._ids.get(label.id or "") if by_text is None else by_text


def _words(text: str) -> str:
    return " ".join(word.text for word in words_of(text)) or folded(text).strip()


def _says_touchpoints(labels: Sequence[Label]) -> bool:
    return any(one.touchpoints is not None for one in labels)


def _keys(labels: Sequence[Label]) -> set[str]:
    return {key for one in labels for key in one.touchpoints or ()}


def _read_keys(line: VoiceLine) -> set[str]:
    return {key for one in line.statements for key, _ in one.touchpoints}


def _one_sentiment(labels: Sequence[Label]) -> Sentiment | None:
    felt = {one.sentiment for one in labels if one.sentiment is not None}
    return next(iter(felt)) if len(felt) == 1 else None


def _felt(line: VoiceLine) -> str:
    return (line.sentiment or Sentiment.NEUTRAL).value


def _toward(line: VoiceLine, touchpoints: Sequence[str]) -> str:
    own = [one for one in line.statements if {key for key, _ in one.touchpoints} & set(touchpoints)]
    return mean_sentiment(own).value if own else _felt(line)


def mean_sentiment(statements: Sequence[Statement]) -> Sentiment:
    """The likeliest sentiment by the mean probabilities of the statements."""
    means = [sum(one.opinion.probabilities[i] for one in statements) for i in range(3)]
    return tuple(Sentiment)[max(range(3), key=means.__getitem__)]


def _f1(of: NDArray[np.int64], said: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    total = of + said
    made: NDArray[np.float64] = np.where(total > 0, 2 * right / np.maximum(total, 1), np.nan)
    return made


def _edge(draws: NDArray[np.float64], side: int) -> float | None:
    known = draws[~np.isnan(draws)]
    return float(np.percentile(known, _EDGES[side])) if len(known) else None


def _with_interval(value: float, draws: NDArray[np.float64]) -> tuple[float, float, float]:
    known = draws[~np.isnan(draws)]
    low, high = np.percentile(known, _EDGES).tolist() if len(known) else (value, value)
    return value, low, high


def plain(evaluation: Evaluation) -> Mapping[str, object]:
    """The evaluation as JSON says it."""
    parts = {
        "touchpoints": evaluation.touchpoints,
        "sentiment": evaluation.sentiment,
        "toward_touchpoint": evaluation.toward,
    }
    return {name: _plain(one) for name, one in parts.items()} | {"unmatched": evaluation.unmatched}


def _plain(one: Agreement) -> Mapping[str, object]:
    def score(value: tuple[float, float, float] | None) -> dict[str, float] | None:
        return (
            None if value is None else dict(zip(("f1", "low", "high"), (round(part, 4) for part in value), strict=True))
        )

    def short(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    classes = [
        {
            "class": each.name,
            "of": each.of,
            "said": each.said,
            "right": each.right,
            "precision": short(each.precision),
            "recall": short(each.recall),
            "f1": short(each.f1),
            "low": short(each.f1_low),
            "high": short(each.f1_high),
        }
        for each in one.classes
    ]
    return {"rows": one.rows, "macro": score(one.macro), "micro": score(one.micro), "classes": classes}
