"""The search: which group gets unwelcome answers more than the others: always, since some day, or for a spell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.cube import Cube, Face, count_cube
from tropa.events.log import Codes
from tropa.insight.groups import Group
from tropa.stats.changes import (
    Excess,
    chance_of_level,
    chance_of_shift,
    chance_of_spell,
    common_excess,
    level_score,
    roughness,
    strongest_shift,
    strongest_spell,
    widest_swing,
)

Floats = NDArray[np.float64]
MOST_BINS = 160
PRICE_OF_PROPERTY = 8.0
PRICE_OF_VALUE = 3.0
PRICE_OF_DATE = 6.0
FIRST_LOOK = 3.3
FIRST_SWING = 1.6
STARTS = 4
LASTING_DAYS = 14
SPELL_DAYS = 28


@dataclass(frozen=True, slots=True)
class Always:
    """A difference as old as the data."""


@dataclass(frozen=True, slots=True)
class From:
    """A difference that began in bin `start`, and ended before bin `end` or (None) has lasted ever since."""

    start: int
    end: int | None = None


When = Always | From


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A group and everybody by bins of time."""

    of: Floats
    hits: Floats
    all_of: Floats
    all_hits: Floats

    def excess(self, cut: slice = slice(None)) -> Excess:
        """The group against the rest at its own common level."""
        parts = (self.hits[None, cut], self.of[None, cut], self.all_hits[None, cut], self.all_of[None, cut])
        found = common_excess(*parts)
        return Excess(found.log_odds[0], found.excess[0], found.variance[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A group that stands out; `score` in standard deviations, `worth` less the price of a wordy answer."""

    group: Group
    when: When
    score: float
    worth: float
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where the search looks: trials' group codes, days (from 0) and answers."""

    groups: Sequence[Codes]
    sizes: Sequence[int]
    day: NDArray[np.int64]
    hit: NDArray[np.bool_]
    days: int
    clumping: float
    least: int

    @property
    def width(self) -> int:
        """Days in a bin."""
        return max(1, -(-self.days // MOST_BINS))

    @property
    def bins(self) -> int:
        """How many bins."""
        return -(-self.days // self.width)

    @property
    def margin(self) -> int:
        """Bins that a change has to last."""
        return max(2, -(-LASTING_DAYS // self.width))

    @property
    def shortest_spell(self) -> int:
        """Bins that a spell has to last."""
        return max(3, -(-SPELL_DAYS // self.width))

    def without(self, gone: NDArray[np.bool_]) -> "Field":
        """The field with some trials taken out."""
        return replace(self, groups=[codes[~gone] for codes in self.groups], day=self.day[~gone], hit=self.hit[~gone])

    def cube(self) -> Cube:
        """All faces."""
        return count_cube(self.groups, self.sizes, self.day // self.width, self.hit, count=self.bins)


def clumping(unit: NDArray[np.int64], hit: NDArray[np.bool_]) -> float:
    """How much more trials of one unit resemble one another than those of strangers (Kish's design effect; 1 = not)."""
    if not len(unit):
        return 1.0
    left = hit - hit.mean()
    by_unit = np.bincount(unit, left)
    return max(1.0, float((by_unit**2).sum() / max((left**2).sum(), 1e-9)))


def series_of(cube: Cube, group: Group) -> Series:
    """The group's and everybody's counts over time."""
    face = cube.faces[group.properties]
    of, hits = face.of, face.hits
    for axis, (_, values) in enumerate(group.parts):
        chosen = sorted(values)
        of, hits = np.take(of, chosen, axis), np.take(hits, chosen, axis)
    axes = tuple(range(of.ndim - 1))
    return Series(of=of.sum(axes), hits=hits.sum(axes), all_of=face.of.sum(axes), all_hits=face.hits.sum(axes))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a face that are large enough and have names."""

    groups: tuple[Group, ...]
    hits: Floats
    of: Floats
    all_hits: Floats
    all_of: Floats


def _cells_of(field: Field, face: Face) -> _Cells | None:
    total = face.of.sum(-1)
    cells = [cell for cell in np.argwhere(total >= field.least) if _is_named(field, face, cell)]
    if not cells:
        return None
    place = tuple(np.array(cells).T)
    axes = tuple(range(face.of.ndim - 1))
    groups = tuple(
        Group(tuple((p, frozenset({int(v)})) for p, v in zip(face.properties, c, strict=True))) for c in cells
    )
    return _Cells(groups, face.hits[place], face.of[place], face.hits.sum(axes)[None], face.of.sum(axes)[None])


def _is_named(field: Field, face: Face, cell: NDArray[np.int64]) -> bool:
    """No part of the cell is «other»."""
    return all(value < field.sizes[p] - 1 for p, value in zip(face.properties, cell.tolist(), strict=True))


def levels(field: Field, cube: Cube) -> Iterator[tuple[Group, Always, float]]:
    """Cells that always stand out, with their scores."""
    for face in cube.faces.values():
        if (cells := _cells_of(field, face)) is not None:
            score = level_score(cells.hits, cells.of, cells.all_hits, cells.all_of) / np.sqrt(field.clumping)
            for number in np.flatnonzero(score >= FIRST_LOOK).tolist():
                yield cells.groups[number], Always(), float(score[number])


def shifts(field: Field, cube: Cube) -> Iterator[tuple[Group, From, float]]:
    """Cells that changed against the rest, for good or for a spell, with their scores."""
    for face in cube.faces.values():
        if (cells := _cells_of(field, face)) is None:
            continue
        found = common_excess(cells.hits, cells.of, cells.all_hits, cells.all_of)
        shift = strongest_shift(found, margin=field.margin)
        score = shift.score / np.sqrt(field.clumping)
        for number in np.flatnonzero(score >= FIRST_LOOK).tolist():
            yield cells.groups[number], From(int(shift.at[number])), float(score[number])
        swing = widest_swing(found) / np.sqrt(field.clumping)
        for number in np.flatnonzero(swing >= FIRST_SWING).tolist():
            one = Excess(found.log_odds[number], found.excess[number], found.variance[number])
            spell = strongest_spell(one, shortest=field.shortest_spell)
            if spell.end < field.bins:
                yield cells.groups[number], From(spell.start, spell.end), spell.score / float(np.sqrt(field.clumping))


def _difference(field: Field, group: Group, when: When, score: float) -> Difference:
    price = PRICE_OF_PROPERTY * len(group.parts) + PRICE_OF_VALUE * sum(len(v) - 1 for _, v in group.parts)
    match when:
        case Always():
            chance = chance_of_level(score)
        case From(end=None):
            chance, price = chance_of_shift(score), price + PRICE_OF_DATE
        case From():
            chance, price = chance_of_spell(score, field.bins), price + 2 * PRICE_OF_DATE
    return Difference(group=group, when=when, score=score, worth=score * score - price, chance=chance)


def look_at(field: Field, cube: Cube, group: Group, when: When) -> Difference | None:
    """One group, its own scatter allowed for; None where too few belong to it or stand beside it."""
    s = series_of(cube, group)
    if s.of.sum() < field.least or (s.all_of - s.of).sum() < field.least:
        return None
    found = s.excess()
    match when:
        case Always():
            score = float(level_score(s.hits[None], s.of[None], s.all_hits[None], s.all_of[None])[0])
            pieces = [found]
        case From(end=None):
            shift = strongest_shift(
                Excess(found.log_odds[None], found.excess[None], found.variance[None]), margin=field.margin
            )
            when, score = From(int(shift.at[0])), float(shift.score[0])
            pieces = [s.excess(slice(None, when.start)), s.excess(slice(when.start, None))]
        case From():
            spell = strongest_spell(found, shortest=field.shortest_spell)
            when, score = From(spell.start, spell.end), spell.score
            pieces = [s.excess(slice(spell.start, spell.end))]
            pieces += [s.excess(cut) for cut in (slice(None, spell.start), slice(spell.end, None))]
    return _difference(field, group, when, score / float(np.sqrt(max(roughness(pieces), field.clumping))))


def climb(field: Field, cube: Cube, start: Difference) -> Difference | None:
    """Widen, narrow or regroup a group as long as that explains more."""
    best = look_at(field, cube, start.group, start.when)
    seen = {start.group}
    while best is not None:
        fresh = [group for group in dict.fromkeys(_neighbours(field, best.group)) if group not in seen]
        seen.update(fresh)
        better = [found for group in fresh if (found := look_at(field, cube, group, start.when)) is not None]
        top = max(better, key=lambda one: one.worth, default=None)
        if top is None or top.worth <= best.worth + 1e-9:
            return best
        best = top
    return None


def _neighbours(field: Field, group: Group) -> Iterator[Group]:
    for number, values in group.parts:
        for value in range(field.sizes[number] - 1):
            changed = values ^ {value}
            if changed and len(changed) < field.sizes[number] - 1:
                yield group.having(number, frozenset(changed))
        if len(group.parts) > 1:
            yield group.having(number, frozenset())
    if len(group.parts) == 1:
        taken = group.parts[0][0]
        for number, size in enumerate(field.sizes):
            if number != taken and size > 2:
                yield from (group.having(number, frozenset({value})) for value in range(size - 1))


def search(field: Field, *, changed: bool) -> Difference | None:
    """The most telling group of the field among those that changed, or among those that always were so."""
    cube = field.cube()
    cells = shifts(field, cube) if changed else levels(field, cube)
    seen = [_difference(field, *one) for one in cells]
    starts = sorted(seen, key=lambda one: -one.worth)[:STARTS]
    found = [climbed for one in starts if (climbed := climb(field, cube, one)) is not None]
    return max(found, key=lambda one: one.worth, default=None)
