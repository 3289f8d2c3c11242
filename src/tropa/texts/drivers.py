"""Drivers of the rating: how marks differ between those who complain of (or praise) a touchpoint and the others."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.domain.hearing import Driver
from tropa.domain.opinion import Sentiment
from tropa.domain.voice import VoiceLine
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.student import student_quantile
from tropa.texts.hearing import speaker_of

FEWEST_EITHER_SIDE = 10  # people who speak so, and people who do not
FEWEST_RATED = 30
_PEOPLE_A_TOPIC = 10  # fewer rated people than this for each topic: plain differences, nothing adjusted

Topic = tuple[str, Sentiment]
_FLOATS = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Rated:
    """The mean mark of each person, and what each spoke well or badly of."""

    marks: _FLOATS
    topics: Mapping[Topic, NDArray[np.bool_]]


def common_scale(lines: Sequence[VoiceLine]) -> tuple[float, float] | None:
    """The scale that most marks are on; None where nobody gave a mark."""
    scales = Counter(one.rating.scale for one in lines if one.rating is not None)
    return min(scales, key=lambda scale: (-scales[scale], scale)) if scales else None


def rating_drivers(lines: Sequence[VoiceLine]) -> tuple[Driver, ...]:
    """Every topic (touchpoint spoken well or badly of) with its difference in marks, the largest first.

    A person is a row: the mean of their marks on the commonest scale, and whether they praise or blame each touchpoint.
    With ten rated people a topic or more: least squares on all topics at once, heteroscedasticity-consistent errors HC3
    (MacKinnon & White 1985; Long & Ervin 2000), Student's t. Else differences of means (Welch 1947), topic by topic.
    `q_value` after Benjamini & Hochberg (1995) over all topics. Topics with fewer than ten people on either side, and
    everything below thirty rated people, are left out. An association, not a cause.
    """
    rated = _rated(lines)
    count = len(rated.marks)
    if count < FEWEST_RATED or not rated.topics:
        return ()
    topics = sorted(rated.topics, key=lambda one: (one[0], one[1]))
    table = np.column_stack([rated.topics[one] for one in topics]).astype(np.float64)
    adjusted = count >= _PEOPLE_A_TOPIC * len(topics) and _is_full(table)
    effects = _regression(table, rated.marks) if adjusted else [_welch(column, rated.marks) for column in table.T]
    chances = [_chance(effect, error, freedom) for effect, error, freedom in effects]
    found = []
    for topic, column, (effect, error, freedom), q in zip(
        topics, table.T, effects, benjamini_hochberg(chances), strict=True
    ):
        half = student_quantile(freedom) * error
        speaks = column > 0
        found.append(
            Driver(
                touchpoint=topic[0],
                sentiment=topic[1],
                people=int(speaks.sum()),
                of=count,
                with_it=float(rated.marks[speaks].mean()),
                without=float(rated.marks[~speaks].mean()),
                difference=effect,
                low=effect - half,
                high=effect + half,
                q_value=float(q),
                adjusted=adjusted,
            )
        )
    return tuple(sorted(found, key=lambda one: (-abs(one.difference), one.touchpoint, one.sentiment)))


def _rated(lines: Sequence[VoiceLine]) -> _Rated:
    scale = common_scale(lines)
    marks: dict[str, list[float]] = defaultdict(list)
    spoke: dict[Topic, set[str]] = defaultdict(set)
    for one in lines:
        if one.rating is None or one.rating.scale != scale:
            continue
        marks[speaker_of(one)].append(one.rating.value)
        for said in one.statements:
            if said.opinion.sentiment is not Sentiment.NEUTRAL:
                for key, _ in said.touchpoints:
                    spoke[key, said.opinion.sentiment].add(speaker_of(one))
    people = sorted(marks)
    enough = {
        topic: np.array([person in speakers for person in people])
        for topic, speakers in spoke.items()
        if FEWEST_EITHER_SIDE <= len(speakers) <= len(people) - FEWEST_EITHER_SIDE
    }
    return _Rated(np.array([sum(marks[one]) / len(marks[one]) for one in people]), enough)


def _with_constant(table: _FLOATS) -> _FLOATS:
    return np.column_stack([np.ones(len(table)), table])


def _is_full(table: _FLOATS) -> bool:
    design = _with_constant(table)
    return bool(np.linalg.matrix_rank(design) == design.shape[1])


def _regression(table: _FLOATS, marks: _FLOATS) -> list[tuple[float, float, float]]:
    """Effect, standard error (HC3) and degrees of freedom of each column."""
    design = _with_constant(table)
    inverse = np.linalg.inv(design.T @ design)
    effects = inverse @ design.T @ marks
    left = marks - design @ effects
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    weighted = design * (left / np.maximum(1 - leverage, 1e-6))[:, None]
    errors = np.sqrt(np.diag(inverse @ (weighted.T @ weighted) @ inverse))
    freedom = float(len(marks) - design.shape[1])
    return [(float(a), float(b), freedom) for a, b in zip(effects[1:], errors[1:], strict=True)]


def _welch(column: _FLOATS, marks: _FLOATS) -> tuple[float, float, float]:
    one, other = marks[column > 0], marks[column == 0]
    a, b = one.var(ddof=1) / len(one), other.var(ddof=1) / len(other)
    error = math.sqrt(a + b)
    freedom = (a + b) ** 2 / (a**2 / (len(one) - 1) + b**2 / (len(other) - 1)) if error else float(len(marks) - 2)
    return float(one.mean() - other.mean()), error, float(freedom)


def _chance(effect: float, error: float, freedom: float) -> float:
    """Two-sided p-value; Student's t brought to the normal scale (Wallace 1959)."""
    if error == 0:
        return 1.0 if effect == 0 else 0.0
    t = abs(effect) / error
    z = math.sqrt(freedom * math.log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    return math.erfc(z / math.sqrt(2))
