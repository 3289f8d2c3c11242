"""Which groups walk differently: at most four, each with its difference, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.assembly.figures import PathFigures, going_on_by
from tropa.domain.project import FindingSettings, SegmentSpec
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import CodedGroups, unit_column
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion, two_proportions_p

MOST_SEGMENTS = 4
_MATERIAL = 0.05
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentGap:
    """One group against everybody else at one stage: those who went on to a later stage."""

    name: str
    value: str
    members: NDArray[np.bool_]
    stage: int
    own: Proportion
    others: Proportion
    q_value: float

    @property
    def persons(self) -> int:
        """How many people are in the group."""
        return int(np.count_nonzero(self.members))

    @property
    def points(self) -> float:
        """The difference, as a share."""
        return self.own.value - self.others.value


@dataclass(frozen=True, slots=True)
class _Cell:
    name: str
    code: int
    value: str
    stage: int
    own: Proportion
    others: Proportion


def differing_segments(
    figures: PathFigures, specs: Sequence[SegmentSpec], settings: FindingSettings, engine: Engine = ONE_BY_ONE
) -> tuple[SegmentGap, ...]:
    """The groups of at least `min_persons` that differ by five points or more somewhere, corrected for all looks taken.

    One group a property value, the strongest stage of each; at most four, those whose difference concerns most people.
    """
    columns = {
        spec.property: column for spec in specs if (column := unit_column(figures.staged.log, spec.property, spec.at))
    }
    cells = [
        cell
        for name, column in columns.items()
        if 1 < len(column.values) <= _MOST_VALUES
        for cell in _cells(figures, name, column.codes, column.values, engine)
        if cell.own.of >= settings.min_persons and cell.others.of >= settings.min_persons
    ]
    q_values = benjamini_hochberg(
        [two_proportions_p(c.own.count, c.own.of, c.others.count, c.others.of) for c in cells]
    )
    told: dict[tuple[str, str], SegmentGap] = {}
    for cell, q_value in sorted(zip(cells, q_values, strict=True), key=lambda one: -_weight(one[0])):
        if q_value > settings.false_discovery_rate or abs(cell.own.value - cell.others.value) < _MATERIAL:
            continue
        gap = SegmentGap(
            name=cell.name,
            value=cell.value,
            members=columns[cell.name].codes == cell.code,
            stage=cell.stage,
            own=cell.own,
            others=cell.others,
            q_value=float(q_value),
        )
        told.setdefault((cell.name, cell.value), gap)
    return tuple(list(told.values())[:MOST_SEGMENTS])


def _weight(cell: _Cell) -> float:
    return abs(cell.own.value - cell.others.value) * min(cell.own.of, cell.others.of)


def _cells(
    figures: PathFigures, name: str, codes: NDArray[np.int32], values: Sequence[str], engine: Engine
) -> list[_Cell]:
    cells = []
    for stage, place in enumerate(figures.stages):
        if place.window is None or not place.persons:
            continue
        counts = np.array(going_on_by(figures.staged, stage, place.window, CodedGroups(codes, len(values)), engine))
        closed = counts[:, 0] - counts[:, 2]
        for code, value in enumerate(values):
            of, hits = int(closed[code]), int(counts[code, 1])
            cells.append(
                _Cell(
                    name,
                    code,
                    value,
                    stage,
                    proportion(min(hits, of), of),
                    proportion(min(int(counts[:, 1].sum()) - hits, int(closed.sum()) - of), int(closed.sum()) - of),
                )
            )
    return cells
