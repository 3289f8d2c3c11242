"""A table of stages and lanes that a person made: a map of guesses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tropa.adapters.exports.data_lane_names import LANE_NAMES, STAGE_WORDS, STEP_WORDS
from tropa.domain.journeymap import Author, BusinessModel, Card, JourneyMap, Lane, LaneKind, Stage, Step
from tropa.domain.order import orders
from tropa.domain.text import Language, text_in
from tropa.texts.language import language_of

Rows = Sequence[Sequence[str]]
_BULLET = re.compile(r"^(?:[-–—•*·▪►]|\d{1,2}[.)])\s+")
_NUMBER = re.compile(r"[+−-]?\d+(?:[.,]\d+)?")
_RANGES = {LaneKind.EMOTION: (-2.0, 2.0), LaneKind.IMPORTANCE: (1.0, 5.0)}


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    stages: tuple[Stage, ...]
    # which stage and step each column belongs to
    places: tuple[tuple[str, str | None] | None, ...]
    lanes: Rows


def map_of_table(rows: Rows, *, title: str) -> JourneyMap | None:
    """The map of a table with stages across and lanes down, or the other way round; None where it is no such table."""
    filled = [list(row) for row in rows if any(row)]
    if filled and sum(1 for cell in filled[0] if cell) == 1 and len(filled) > 2:
        title, filled = next(cell for cell in filled[0] if cell), filled[1:]
    wide = max((len(row) for row in filled), default=0)
    square = [[*row, *[""] * (wide - len(row))] for row in filled]
    if len(square) < 2 or wide < 2:
        return None
    if _known_lanes(square[0][1:]) > _known_lanes([row[0] for row in square[1:]]):
        square = [list(column) for column in zip(*square, strict=True)]
    language = Language(language_of(" ".join(cell for row in square for cell in row)) or Language.EN)
    table = _read(square, title, language)
    return None if not table.stages or not table.lanes else _map(table, language)


def kind_of(name: str) -> LaneKind:
    """The kind that a lane's name speaks of; custom where nobody can tell."""
    words = f" {' '.join(name.casefold().replace('ё', 'е').split())}"
    found = [(len(start), kind) for kind, starts in LANE_NAMES.items() for start in starts if f" {start}" in words]
    return max(found, key=lambda one: one[0])[1] if found else LaneKind.CUSTOM


def _known_lanes(names: Sequence[str]) -> int:
    return sum(1 for name in names if name and kind_of(name) is not LaneKind.CUSTOM)


def _read(rows: Rows, title: str, language: Language) -> _Table:
    heads, rest = rows[0], rows[1:]
    steps: Sequence[str] = ()
    if rest and _begins(rest[0][0], STEP_WORDS):
        steps, rest = rest[0], rest[1:]
    stages: list[Stage] = []
    places: list[tuple[str, str | None] | None] = [None]
    spots = orders(len(heads))
    for column in range(1, len(heads)):
        name, step = heads[column], steps[column] if steps else ""
        if name:
            key = f"s{len(stages) + 1}"
            stages.append(Stage(key=key, order=spots[column], name=text_in(language, name)))
        if not stages or not (name or step):
            places.append(None)
            continue
        stage = stages[-1]
        if step:
            made = Step(key=f"{stage.key}-{len(stage.steps) + 1}", order=spots[column], name=text_in(language, step))
            stages[-1] = Stage(key=stage.key, order=stage.order, name=stage.name, steps=(*stage.steps, made))
            places.append((stage.key, made.key))
        else:
            places.append((stage.key, None))
    lanes = [row for row in rest if row[0] and not _begins(row[0], STAGE_WORDS)]
    return _Table(title, tuple(stages), tuple(places), lanes)


def _begins(name: str, words: Sequence[str]) -> bool:
    return name.casefold().startswith(tuple(words))


def _map(table: _Table, language: Language) -> JourneyMap:
    lanes: list[Lane] = []
    cards: list[Card] = []
    for order, row in zip(orders(len(table.lanes)), table.lanes, strict=True):
        kind = kind_of(row[0])
        taken = sum(1 for lane in lanes if lane.kind is kind)
        key = kind.value if not taken else f"{kind.value}-{taken + 1}"
        lanes.append(Lane(key=key, kind=kind, order=order, name=text_in(language, row[0])))
        cards += _cards(row, table, lanes[-1], language)
    return JourneyMap(
        key="imported",
        title=text_in(language, table.title),
        goal=None,
        model=BusinessModel.B2C,
        language=language,
        segment=None,
        persons=None,
        provenance=None,
        stages=table.stages,
        lanes=tuple(lanes),
        cards=tuple(cards),
    )


def _cards(row: Sequence[str], table: _Table, lane: Lane, language: Language) -> list[Card]:
    made: list[Card] = []
    for cell, place in zip(row, table.places, strict=True):
        if place is None:
            continue
        said = [_BULLET.sub("", line.strip()) for line in cell.split("\n")]
        lines = [line for line in said if line]
        for order, line in zip(orders(len(lines)), lines, strict=True):
            made.append(
                Card(
                    key=f"{lane.key}-{len(made) + 1}",
                    lane=lane.key,
                    stage=place[0],
                    step=place[1],
                    order=order,
                    text=text_in(language, line),
                    author=Author.PERSON,
                    value=_value(line, lane.kind),
                )
            )
    return made


def _value(words: str, kind: LaneKind) -> float | None:
    """The number of an emotion (−2…+2) or an importance (1–5), where the cell is one."""
    if kind not in _RANGES or not _NUMBER.fullmatch(words):
        return None
    low, high = _RANGES[kind]
    value = float(words.replace(",", ".").replace("−", "-"))
    return value if low <= value <= high else None
