"""A map as a grid of cells: stages and steps across, lanes down, one card in a cell. What spreadsheets hold."""

from dataclasses import dataclass
from enum import StrEnum

from tropa.domain.journeymap import Card, JourneyMap, Lane, LaneKind
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.cells import Wide, first_figure, importance_words, placed
from tropa.render.evidence_words import figure, footer
from tropa.render.sheet import Column, Sheet

TITLE_ROW, ANSWER_ROW, STAGE_ROW, STEP_ROW, PEOPLE_ROW, VERDICT_ROW, FIRST_LANE_ROW = range(7)
SIGNS = {"solid": "●", "part": "◐", "guess": "○", "stale": "▨", "contradicted": "◈"}


class CellRole(StrEnum):
    """What a cell stands for; the words of the first five belong to people."""

    TITLE = "title"
    STAGE = "stage"
    STEP = "step"
    LANE = "lane"
    CARD = "card"
    ANSWER = "answer"
    FIGURE = "figure"
    NAME = "name"


EDITABLE = frozenset({CellRole.TITLE, CellRole.STAGE, CellRole.STEP, CellRole.LANE, CellRole.CARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell, or several merged ones: rows and columns from 0, both ends included; `tail` is what tropa adds."""

    row: int
    column: int
    last_row: int
    last_column: int
    role: CellRole
    text: str
    tail: str = ""
    key: str = ""
    stage: int = 0
    kind: LaneKind | None = None
    state: str = ""

    @property
    def shown(self) -> str:
        """Everything that the cell says."""
        return f"{self.text}\n{self.tail}" if self.tail else self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells, and how many columns and rows they take."""

    cells: tuple[Cell, ...]
    columns: int
    rows: int


def grid_of(journey: JourneyMap, language: Language) -> Grid:
    """The map's grid."""
    sheet = Sheet(journey, 0)
    last = len(sheet.columns)
    cells = [
        _cell(TITLE_ROW, 0, CellRole.TITLE, _said(journey.title, language), last=last),
        _cell(ANSWER_ROW, 0, CellRole.ANSWER, _answer(journey, language), last=last),
        *_heads(sheet, language),
    ]
    row = FIRST_LANE_ROW
    for lane in sheet.lanes:
        made = _lane_cells(lane, sheet, row, language)
        if made:
            end = max(cell.last_row for cell in made)
            cells.append(_cell(row, 0, CellRole.LANE, _said(lane.name, language), last_row=end, key=lane.key))
            cells += made
            row = end + 1
    return Grid(tuple(cells), last + 1, row)


def _cell(
    row: int,
    column: int,
    role: CellRole,
    text: str,
    *,
    last: int | None = None,
    last_row: int | None = None,
    key: str = "",
) -> Cell:
    return Cell(
        row=row,
        column=column,
        last_row=row if last_row is None else last_row,
        last_column=column if last is None else last,
        role=role,
        text=text,
        key=key,
    )


def _said(text: Text | None, language: Language) -> str:
    return text.said_in(language) if text else ""


def _answer(journey: JourneyMap, language: Language) -> str:
    goal = journey.goal
    if goal is None:
        return words.label("goal.none", language)
    answer = goal.answer.text.said_in(language) if goal.answer else ""
    return " — ".join(part for part in (goal.text.said_in(language), answer) if part)


def _heads(sheet: Sheet, language: Language) -> list[Cell]:
    names = (
        (STAGE_ROW, words.label("stage", language)),
        (STEP_ROW, words.label("lane.steps", language)),
        (PEOPLE_ROW, words.label("lane.flow", language)),
        (VERDICT_ROW, words.label("lane.verdict", language)),
    )
    cells = [_cell(row, 0, CellRole.NAME, text) for row, text in names]
    for place, stage in enumerate(sheet.stages):
        columns = sheet.columns_of(stage)
        verdict = _said(stage.verdict.text, language) if stage.verdict else ""
        rows = ((STAGE_ROW, CellRole.STAGE, _said(stage.name, language)), (VERDICT_ROW, CellRole.FIGURE, verdict))
        cells += [
            Cell(
                row=row,
                last_row=row,
                column=columns[0].place + 1,
                last_column=columns[-1].place + 1,
                role=role,
                text=text,
                key=stage.key,
                stage=place,
            )
            for row, role, text in rows
        ]
        cells += [cell for one in columns for cell in _step_cells(one, language)]
    return cells


def _step_cells(one: Column, language: Language) -> list[Cell]:
    record = one.record
    at, step = one.place + 1, one.step
    rows = [
        (STEP_ROW, CellRole.STEP if step else CellRole.FIGURE, _said(step.name, language) if step else ""),
        (PEOPLE_ROW, CellRole.FIGURE, _people(record.persons, record.median_seconds_to_next, language)),
    ]
    return [
        Cell(row=row, last_row=row, column=at, last_column=at, role=role, text=text, key=one.key, stage=one.stage_place)
        for row, role, text in rows
    ]


def _people(persons: int | None, seconds: int | None, language: Language) -> str:
    if persons is None:
        return words.label("no-events", language)
    tail = "" if seconds is None else f" · {words.duration(seconds, language)}"
    return f"{words.whole(persons, language)}{tail}"


def _lane_cells(lane: Lane, sheet: Sheet, top: int, language: Language) -> list[Cell]:
    """Cards over several columns first, each in the highest row that is free, then each step's own beneath them."""
    made: list[Cell] = []
    for place, stage in enumerate(sheet.stages):
        columns = sheet.columns_of(stage)
        taken = [top] * len(columns)
        cards = [card for card in sheet.in_lane(lane) if card.stage == stage.key]
        wide, stacks = placed(cards, stage, sheet)
        single = [Wide(at, 1, card) for at, stack in enumerate(stacks) for card in stack]
        for one in (*wide, *single):
            card, start, end = one.card, one.start, one.start + one.span - 1
            row = max(taken[start : end + 1])
            taken[start : end + 1] = [row + 1] * one.span
            made.append(
                Cell(
                    row=row,
                    last_row=row,
                    column=columns[start].place + 1,
                    last_column=columns[end].place + 1,
                    role=CellRole.CARD,
                    text=_said(card.text, language),
                    tail=_tail(card, sheet, language),
                    key=card.key,
                    stage=place,
                    kind=lane.kind,
                    state=sheet.state_of(card),
                )
            )
    return made


def _tail(card: Card, sheet: Sheet, language: Language) -> str:
    """The figure of a metric, the value of an emotion or importance, and what the card rests on."""
    state = sheet.state_of(card)
    parts = [footer(card, language, b2b=sheet.journey.is_b2b)]
    parts += [words.label(f"flag.{flag}", language) for flag in card.flags]
    measured = first_figure(card)
    kind = sheet.kind_of(card)
    if kind in {LaneKind.KPI, LaneKind.WAIT} and measured is not None:
        parts.insert(0, figure(measured, language))
    elif kind is LaneKind.IMPORTANCE and card.value is not None:
        parts.insert(0, importance_words(card.value, language)[1])
    elif kind is LaneKind.EMOTION and card.value is not None:
        parts.insert(0, words.signed(card.value, language))
    return f"{SIGNS[state]} {' · '.join(parts)}"
