"""The search: which group gets unwelcome answers more than the others: always, since some day, or for a spell.

Every cell of one or two properties is looked at; from the most telling ones the search climbs by adding, dropping and
regrouping values and properties, up to three. How many groups of a make there are to choose from is in its chance.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.cube import Cube, Face, count_cube, count_face
from tropa.analysis.excess import Excess, common_excess, excess_at_par, strongest_spells
from tropa.events.log import Codes
from tropa.insight.groups import Group
from tropa.stats.changes import (
    EDGE,
    chance_of_level,
    chance_of_shift,
    chance_of_spell,
    level_score,
    likeliest_start,
    roughness,
    strongest_shift,
    widest_swing,
)

Floats = NDArray[np.float64]
Varied = tuple[Group, int]
"""A group and the property that told it from the last one looked at."""
MOST_BINS = 160
PRICE_OF_PROPERTY = 8.0
PRICE_OF_VALUE = 3.0
PRICE_OF_DATE = 6.0
FIRST_LOOK = 2.8
FIRST_SWING = 1.6
STARTS = 4
MOST_VALUES_TOLD = 4
MOST_PROPERTIES_TOLD = 3
SHARE_OF_CHANCE = (0.5, 0.35, 0.15)
"""How the allowed chance of a fluke is shared by groups of one, two and three properties."""
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


def is_spell(when: When) -> bool:
    """Whether the difference has ended."""
    return isinstance(when, From) and when.end is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A group that stands out; `score` in standard deviations, `worth` less the price of a wordy answer.

    `chance` is that of a fluke among all groups looked at in one way.
    """

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

    def ways(self, group: Group) -> float:
        """Among how many groups this one was chosen, its make's share of the allowed chance reckoned in."""
        counts = [size - 1 for size in self.sizes if size > 1]
        makes = [1.0] + [0.0] * MOST_PROPERTIES_TOLD
        for values in counts:
            for order in range(MOST_PROPERTIES_TOLD, 0, -1):
                makes[order] += makes[order - 1] * values
        order = len(group.parts)
        regrouped = math.prod(
            math.comb(self.sizes[number] - 1, len(values)) / (self.sizes[number] - 1) for number, values in group.parts
        )
        return makes[order] * max(1.0, regrouped) / SHARE_OF_CHANCE[order - 1]

    def without(self, gone: NDArray[np.bool_]) -> "Field":
        """The field with some trials taken out."""
        return replace(self, groups=[codes[~gone] for codes in self.groups], day=self.day[~gone], hit=self.hit[~gone])

    def cube(self) -> Cube:
        """All faces of one and two properties."""
        return count_cube(self.groups, self.sizes, self.day // self.width, self.hit, count=self.bins)

    def face_of(self, rest: Group, number: int) -> Face:
        """Over two axes: whether inside `rest` (1) or beside it (0), and the values of one more property."""
        inside = np.where(rest.known(self.groups), rest.holds(self.groups), -1).astype(np.int32)
        codes, sizes = [inside, self.groups[number]], [2, self.sizes[number]]
        return count_face(codes, sizes, self.day // self.width, self.hit, chosen=(0, 1), count=self.bins)


def clumping(unit: NDArray[np.int64], hit: NDArray[np.bool_]) -> float:
    """How much more trials of one unit resemble one another than those of strangers (Kish's design effect; 1 = not)."""
    if not len(unit):
        return 1.0
    left = hit - hit.mean()
    by_unit = np.bincount(unit, left)
    return max(1.0, float((by_unit**2).sum() / max((left**2).sum(), 1e-9)))


@dataclass(frozen=True, slots=True)
class Series:
    """Groups and everybody by bins of time: a row a group (everybody's may be one row for all)."""

    groups: tuple[Group, ...]
    hits: Floats
    of: Floats
    all_hits: Floats
    all_of: Floats

    def within(self, chosen: NDArray[np.bool_]) -> "Series":
        """The same with only some bins of each group counted."""
        parts = (self.hits, self.of, self.all_hits, self.all_of)
        return Series(self.groups, *(np.where(chosen, part, 0.0) for part in parts))


def _cells_of(field: Field, face: Face) -> Series | None:
    """The cells of a face that are large enough and have names."""
    total = face.of.sum(-1)
    cells = [cell for cell in np.argwhere(total >= field.least) if _is_named(field, face, cell)]
    if not cells:
        return None
    place = tuple(np.array(cells).T)
    axes = tuple(range(face.of.ndim - 1))
    groups = tuple(
        Group(tuple((p, frozenset({int(v)})) for p, v in zip(face.properties, c, strict=True))) for c in cells
    )
    return Series(groups, face.hits[place], face.of[place], face.hits.sum(axes)[None], face.of.sum(axes)[None])


def _series_of(scene: "Scene", groups: Iterable[Varied]) -> Series | None:
    """Groups that are large enough and leave enough people beside them."""
    field = scene.field
    rows = []
    for group, varied in groups:
        face, parts = scene.face(group, varied)
        of, hits = face.of, face.hits
        for axis, values in enumerate(parts):
            chosen = sorted(values)
            of, hits = np.take(of, chosen, axis), np.take(hits, chosen, axis)
        axes = tuple(range(of.ndim - 1))
        own, everybody = of.sum(axes), face.of.sum(axes)
        if own.sum() >= field.least and everybody.sum() - own.sum() >= field.least:
            rows.append((group, hits.sum(axes), own, face.hits.sum(axes), everybody))
    if not rows:
        return None
    return Series(tuple(row[0] for row in rows), *(np.array([row[part] for row in rows]) for part in range(1, 5)))


def _is_named(field: Field, face: Face, cell: NDArray[np.int64]) -> bool:
    """No part of the cell is «other»."""
    return all(value < field.sizes[p] - 1 for p, value in zip(face.properties, cell.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Scene:
    """A field counted: its faces, the cells large enough to look at, and what was looked at before."""

    field: Field
    faces: dict[tuple[int, ...] | tuple[Group, int], Face]
    cells: tuple[Series, ...]
    looked: dict[tuple[Group, type[Always] | bool], Difference | None]

    @classmethod
    def of(cls, field: Field) -> "Scene":
        """Count a field."""
        cube = field.cube()
        cells = (_cells_of(field, face) for face in cube.faces.values())
        faces: dict[tuple[int, ...] | tuple[Group, int], Face] = {}
        faces.update(cube.faces.items())
        return cls(field, faces, tuple(one for one in cells if one is not None), {})

    def face(self, group: Group, varied: int) -> tuple[Face, list[frozenset[int]]]:
        """A face that holds the group, and its codes on each axis; of three properties the fixed ones share an axis."""
        if len(group.parts) <= 2:
            return self.faces[group.properties], [values for _, values in group.parts]
        rest = group.having(varied, frozenset())
        if (rest, varied) not in self.faces:
            self.faces[rest, varied] = self.field.face_of(rest, varied)
        return self.faces[rest, varied], [frozenset({1}), dict(group.parts)[varied]]


def levels(scene: Scene) -> Iterator[tuple[Group, When, float]]:
    """Cells that always stand out, with their scores."""
    field = scene.field
    for cells in scene.cells:
        found = excess_at_par(cells.hits, cells.of, cells.all_hits, cells.all_of)
        score = level_score(found.excess, found.variance) / np.sqrt(field.clumping)
        for number in np.flatnonzero(score >= FIRST_LOOK).tolist():
            yield cells.groups[number], Always(), float(score[number])


def shifts(scene: Scene) -> Iterator[tuple[Group, When, float]]:
    """Cells that changed against the rest, for good or for a spell, with their scores."""
    field = scene.field
    rough = float(np.sqrt(field.clumping))
    for cells in scene.cells:
        found = common_excess(cells.hits, cells.of, cells.all_hits, cells.all_of)
        shift = strongest_shift(found.excess, found.variance, margin=field.margin)
        score = shift.score / rough
        for number in np.flatnonzero(score >= FIRST_LOOK).tolist():
            yield cells.groups[number], From(int(shift.at[number])), float(score[number])
        swing = widest_swing(found.excess, found.variance) / rough
        swung = np.flatnonzero(swing >= FIRST_SWING)
        some = Excess(found.log_odds[swung], found.excess[swung], found.variance[swung])
        spells = strongest_spells(some, shortest=field.shortest_spell, edge=EDGE)
        for place, number in enumerate(swung.tolist()):
            start, end = int(spells.start[place]), int(spells.end[place])
            if start > 0 and end < field.bins:
                yield cells.groups[number], From(start, end), float(spells.score[place]) / rough


def _difference(field: Field, group: Group, when: When, score: float) -> Difference:
    price, ways = _price_of(group), field.ways(group)
    match when:
        case Always():
            chance = chance_of_level(score)
        case From(end=None):
            chance, price = chance_of_shift(score), price + PRICE_OF_DATE
        case From():
            chance, price = chance_of_spell(score, field.bins), price + 2 * PRICE_OF_DATE
    return Difference(group=group, when=when, score=score, worth=score * score - price, chance=min(1.0, chance * ways))


def _price_of(group: Group) -> float:
    return PRICE_OF_PROPERTY * len(group.parts) + PRICE_OF_VALUE * sum(len(v) - 1 for _, v in group.parts)


def look_at(scene: Scene, groups: Iterable[Varied], kind: When) -> list[Difference]:
    """Groups in the same way as `kind` lies in time, each with its own scatter allowed for."""
    field, series = scene.field, _series_of(scene, groups)
    if series is None:
        return []
    found = common_excess(series.hits, series.of, series.all_hits, series.all_of)
    whens: list[When]
    bins = np.arange(field.bins)
    match kind:
        case Always():
            par = excess_at_par(series.hits, series.of, series.all_hits, series.all_of)
            scores = level_score(par.excess, par.variance)
            whens = [Always() for _ in series.groups]
            rough = roughness(found.excess, found.variance)
            return _differences(field, series, whens, scores, rough)
        case From(end=None):
            shift = strongest_shift(found.excess, found.variance, margin=field.margin)
            start = _sharpened(field, series, shift.at)
            whens, scores = [From(int(at)) for at in start], shift.score
            inside = bins >= start[:, None]
        case From():
            spells = strongest_spells(found, shortest=field.shortest_spell, edge=EDGE)
            scores = spells.score
            whens = [From(int(a), int(b)) for a, b in zip(spells.start, spells.end, strict=True)]
            inside = (bins >= spells.start[:, None]) & (bins < spells.end[:, None])
    return _differences(field, series, whens, scores, _roughness_of_both(series, inside))


def _sharpened(field: Field, series: Series, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The likeliest first bins, the levels before and after taken from the first guess."""
    bins = np.arange(field.bins)
    odds = []
    for chosen in (bins < at[:, None], bins >= at[:, None]):
        part = series.within(chosen)
        odds.append(common_excess(part.hits, part.of, part.all_hits, part.all_of).log_odds)
    others = (series.all_hits - series.hits + 0.5) / (series.all_of - series.of + 1)
    return likeliest_start(series.hits, series.of, others, (odds[0], odds[1]), margin=field.margin)


def _roughness_of_both(series: Series, inside: NDArray[np.bool_]) -> Floats:
    """The scatter of each group about its own level inside and outside a stretch of time."""
    excess, variance = np.zeros(series.hits.shape), np.zeros(series.hits.shape)
    for chosen in (inside, ~inside):
        part = series.within(chosen)
        found = common_excess(part.hits, part.of, part.all_hits, part.all_of)
        excess += found.excess
        variance += found.variance
    return roughness(excess, variance)


def _differences(
    field: Field, series: Series, whens: Sequence[When], scores: Floats, rough: Floats
) -> list[Difference]:
    calm = scores / np.sqrt(np.maximum(rough, field.clumping))
    return [
        _difference(field, group, when, float(score))
        for group, when, score in zip(series.groups, whens, calm, strict=True)
    ]


def climb(scene: Scene, start: Difference) -> Difference | None:
    """Widen, narrow or regroup a group as long as that explains more."""
    best = next(iter(_look(scene, {start.group: start.group.properties[-1]}, start.when)), None)
    seen = {start.group}
    while best is not None:
        fresh = {group: varied for group, varied in _neighbours(scene.field, best.group) if group not in seen}
        seen.update(fresh)
        top = max(_look(scene, fresh, start.when), key=lambda one: one.worth, default=None)
        if top is None or top.worth <= best.worth + 1e-9:
            return best
        best = top
    return None


def _look(scene: Scene, groups: Mapping[Group, int], kind: When) -> list[Difference]:
    """Look at groups (with the property varied last), at each once."""
    way = Always if isinstance(kind, Always) else is_spell(kind)
    fresh = [(group, varied) for group, varied in groups.items() if (group, way) not in scene.looked]
    scene.looked.update({(group, way): None for group, _ in fresh})
    scene.looked.update({(one.group, way): one for one in look_at(scene, fresh, kind)})
    found = (scene.looked[group, way] for group in groups)
    return [one for one in found if one is not None]


def _neighbours(field: Field, group: Group) -> Iterator[Varied]:
    for number, values in group.parts:
        for value in range(field.sizes[number] - 1):
            changed = values ^ {value}
            if changed and len(changed) <= min(MOST_VALUES_TOLD, field.sizes[number] - 2):
                yield group.having(number, frozenset(changed)), number
        if len(group.parts) > 1:
            yield group.having(number, frozenset()), number
    if len(group.parts) < MOST_PROPERTIES_TOLD:
        for number, size in enumerate(field.sizes):
            if number not in group.properties and size > 2:
                yield from ((group.having(number, frozenset({value})), number) for value in range(size - 1))


def is_refuted(one: Difference, refuted: Collection[tuple[Group, bool]]) -> bool:
    """Whether this was looked into before."""
    return (one.group, is_spell(one.when)) in refuted


def search(scene: Scene, *, changed: bool, refuted: Collection[tuple[Group, bool]] = ()) -> Difference | None:
    """The most telling group of the field among those that changed, or among those that always were so.

    `refuted` groups (and whether for a spell) were looked into before and did not hold.
    """
    cells = shifts(scene) if changed else levels(scene)
    seen = [one for cell in cells if not is_refuted(one := _difference(scene.field, *cell), refuted)]
    starts = sorted(seen, key=lambda one: -one.worth)[:STARTS]
    found = [
        climbed for one in starts if (climbed := climb(scene, one)) is not None and not is_refuted(climbed, refuted)
    ]
    return max(found, key=lambda one: one.worth, default=None)
