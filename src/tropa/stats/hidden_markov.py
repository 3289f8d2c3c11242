"""Hidden stages behind a row of events: how likely a row is, and which stage each event name speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.stats.clustering import Codes

Floats = NDArray[np.float64]
ROW = 64  # longer rows are cut
LOOSE = 0.3  # at the start so much of each stage speaks of all names


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of at most 64 codes, the longest first; `codes` (rows, 64) is −1 after a row's end."""

    codes: NDArray[np.int64]
    names: int

    @classmethod
    def of(cls, code: NDArray[np.int64], unit: NDArray[np.int64], names: int) -> "Rows":
        """The rows of events that stand unit by unit; long ones are cut into several."""
        fresh = np.concatenate([[True], unit[1:] != unit[:-1]]) if len(unit) else np.zeros(0, dtype=bool)
        start = np.maximum.accumulate(np.where(fresh, np.arange(len(unit)), 0))
        place = np.arange(len(unit)) - start
        row = np.cumsum(fresh | (place % ROW == 0)) - 1
        table = np.full((int(row[-1]) + 1 if len(row) else 0, ROW), -1, dtype=np.int64)
        table[row, place % ROW] = code
        return cls(table[np.argsort(-(table >= 0).sum(axis=1), kind="stable")], names)

    def lengths(self) -> NDArray[np.int64]:
        """How many rows have an event at each place."""
        return np.asarray((self.codes >= 0).sum(axis=0), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Model:
    """Where rows begin (K), how they move on (K, K), and what each stage speaks of (K, names)."""

    start: Floats
    move: Floats
    speak: Floats


def refined_labels(rows: Rows, labels: Codes, *, rounds: int) -> Codes:
    """The stage in which each name is met most, after some rounds of Baum–Welch that start from `labels` (names,)."""
    model, met = _started(rows, labels), np.zeros((int(labels.max()) + 1, rows.names))
    for _ in range(rounds):
        model, met = _learned(rows, model)
    return np.asarray(np.where(met.sum(axis=0) > 0, met.argmax(axis=0), labels), dtype=np.int32)


def likelihood(rows: Rows, labels: Codes, *, learned_from: Rows) -> float:
    """Mean log likelihood an event of stages with these names in them, learned from other rows.

    Each name speaks of its own stage alone, so two ways to put names into stages can be compared.
    """
    model = _counted(learned_from, labels)
    before, after = _pairs(rows)
    first = rows.codes[:, 0]
    log = np.log(model.speak[labels, np.arange(rows.names)])
    total = np.log(model.start)[labels[first]].sum() + log[first].sum()
    total += np.log(model.move)[labels[before], labels[after]].sum() + log[after].sum()
    return float(total / max(len(first) + len(after), 1))


def _pairs(rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    both = rows.codes[:, 1:] >= 0
    return rows.codes[:, :-1][both], rows.codes[:, 1:][both]


def _counted(rows: Rows, labels: Codes) -> Model:
    """The stages as the labels say: each event is in its name's stage."""
    groups = int(labels.max()) + 1
    before, after = _pairs(rows)
    seen = np.bincount(rows.codes[rows.codes >= 0], minlength=rows.names).astype(np.float64) + 1
    speak = np.zeros((groups, rows.names))
    speak[labels, np.arange(rows.names)] = seen
    moves = np.bincount(labels[before] * groups + labels[after], minlength=groups * groups).reshape(groups, groups)
    start = np.bincount(labels[rows.codes[:, 0]], minlength=groups)
    return Model(_shares(start + 1.0), _shares(moves + 1.0), _shares(speak))


def _started(rows: Rows, labels: Codes) -> Model:
    model = _counted(rows, labels)
    seen = np.bincount(rows.codes[rows.codes >= 0], minlength=rows.names) + 1.0
    return Model(model.start, model.move, (1 - LOOSE) * model.speak + LOOSE * _shares(seen))


def _learned(rows: Rows, model: Model) -> tuple[Model, Floats]:
    """One round of Baum–Welch (Baum et al. 1970), rows side by side; and how often each stage spoke each name."""
    met = np.zeros_like(model.speak)
    moves = np.zeros_like(model.move)
    ahead, scale = _forward(rows, model)
    start = np.zeros_like(model.start)
    for place, behind in _backward(rows, model, scale):
        here = ahead[place] * behind
        np.add.at(met.T, rows.codes[: len(here), place], here)
        if place == 0:
            start = here.sum(axis=0)
            continue
        weighed = behind * model.speak[:, rows.codes[: len(here), place]].T / scale[place][:, None]
        moves += model.move * (ahead[place - 1][: len(here)].T @ weighed)
    return Model(_shares(start + 1), _shares(moves + 1), _shares(met + 0.05 * _shares(met.sum(axis=0) + 1))), met


def _forward(rows: Rows, model: Model) -> tuple[list[Floats], list[Floats]]:
    ahead: list[Floats] = []
    scale: list[Floats] = []
    for place, alive in enumerate(rows.lengths().tolist()):
        if not alive:
            break
        before = ahead[-1][:alive] @ model.move if ahead else np.broadcast_to(model.start, (alive, len(model.start)))
        now = before * model.speak[:, rows.codes[:alive, place]].T
        total = now.sum(axis=1)
        ahead.append(now / total[:, None])
        scale.append(total)
    return ahead, scale


def _backward(rows: Rows, model: Model, scale: list[Floats]) -> Iterator[tuple[int, Floats]]:
    behind = np.ones((0, len(model.start)))
    for place in range(len(scale) - 1, -1, -1):
        grown = np.ones((len(scale[place]), len(model.start)))
        if len(behind):
            after = rows.codes[: len(behind), place + 1]
            weighed = behind * model.speak[:, after].T / scale[place + 1][:, None]
            grown[: len(behind)] = weighed @ model.move.T
        behind = grown
        yield place, behind


def _shares(counts: NDArray[np.floating[Any]]) -> Floats:
    return np.asarray(counts / counts.sum(axis=-1, keepdims=True), dtype=np.float64)
