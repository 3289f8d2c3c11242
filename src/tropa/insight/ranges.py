"""Ranges: numbers of many values cut at round edges, so that «до 10 000» can be a group."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.domain.text import Language
from tropa.render.words import decimal

MOST_NUMBERS = 12
RANGES = 5
FEWEST_RANGES = 3
MOST_DIGITS = 3
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_RANGE = re.compile(r"(?P<below><)?(?P<low>-?\d+(?:\.\d+)?)(?:\.\.(?P<high>-?\d+(?:\.\d+)?))?")


def numbers_of(values: Sequence[str]) -> NDArray[np.float64] | None:
    """The values as numbers; None where they are few or any of them is something else."""
    if len(values) <= MOST_NUMBERS or not all(_NUMBER.fullmatch(value) for value in values):
        return None
    return np.array([float(value.replace(",", ".")) for value in values])


def round_edges(numbers: NDArray[np.float64], weight: NDArray[np.int64]) -> tuple[float, ...]:
    """Edges near the fifths of the people, with as few digits as keep three ranges apart; none where that fails."""
    order = np.argsort(numbers, kind="stable")
    passed = np.cumsum(weight[order])
    fifths = numbers[order][np.searchsorted(passed, passed[-1] * np.arange(1, RANGES) / RANGES)]
    for digits in range(1, MOST_DIGITS + 1):
        edges = sorted({float(f"{one:.{digits}g}") for one in fifths.tolist()})
        inside = tuple(edge for edge in edges if numbers.min() < edge <= numbers.max())
        if len(inside) >= FEWEST_RANGES - 1:
            return inside
    return ()


def range_names(edges: Sequence[float]) -> tuple[str, ...]:
    """The ranges as they stand in files: <10000, 10000..20000, 20000.. ."""
    ends = [f"{edge:g}" if abs(edge) < 1e6 else f"{edge:.0f}" for edge in edges]
    between = (f"{low}..{high}" for low, high in pairwise(ends))
    return (f"<{ends[0]}", *between, f"{ends[-1]}..")


def range_words(name: str, language: Language) -> str | None:
    """A range as people say it; None of anything else."""
    found = _RANGE.fullmatch(name.removesuffix("..") if name.endswith("..") else name)
    if found is None or not (name.startswith("<") or ".." in name):
        return None
    low = decimal(float(found["low"]), language, 2)
    if found["below"]:
        return f"до {low}" if language is Language.RU else f"under {low}"
    if found["high"] is None:
        return f"от {low}" if language is Language.RU else f"{low} and more"
    return f"{low}–{decimal(float(found['high']), language, 2)}"
