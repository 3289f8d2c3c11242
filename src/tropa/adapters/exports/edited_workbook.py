"""What a person changed in a workbook that tropa wrote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s

from tropa.adapters.exports.workbook import Kept, checksum, plain
from tropa.domain.journeymap import Author, Card, JourneyMap, Stage
from tropa.domain.order import order_between
from tropa.domain.text import Language, Text, text_in
from tropa.render.grid import EDITABLE, FIRST_LANE_ROW, SIGNS, Cell, CellRole, Grid, grid_of
from tropa.render.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Actual:
    """The words of the visible cells by row and column, empty ones left out."""

    cells: Mapping[tuple[int, int], str]

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> "Actual":
        """The cells of a sheet's rows."""
        return cls({(y, x): text for y, row in enumerate(rows) for x, text in enumerate(row) if text})

    @property
    def checksum(self) -> str:
        """The checksum of these cells."""
        return checksum([(row, column, text) for (row, column), text in self.cells.items()])


@dataclass(frozen=True, slots=True)
class _Changes:
    edited: Mapping[tuple[CellRole, str], str]
    deleted: frozenset[str]
    added: tuple[Card, ...]


def with_edits(kept: Kept, actual: Actual) -> JourneyMap:
    """The kept map; texts that a person changed, deleted or added in the visible cells are taken over.

    A cell whose words still stand somewhere on the sheet was moved, not edited.
    """
    if actual.checksum == kept.checksum:
        return kept.journey
    return _applied(kept.journey, kept.language, _changes(kept, actual))


def _changes(kept: Kept, actual: Actual) -> _Changes:
    grid = grid_of(kept.journey, kept.language)
    left = Counter(actual.cells.values())
    left.subtract(plain(cell.shown) for cell in grid.cells if plain(cell.shown))
    expected = {plain(cell.shown) for cell in grid.cells}
    edited: dict[tuple[CellRole, str], str] = {}
    deleted: set[str] = set()
    used: set[tuple[int, int]] = set()
    for cell in grid.cells:
        spot = (cell.row, cell.column)
        now = actual.cells.get(spot, "")
        known = plain(cell.shown)
        if cell.role not in EDITABLE or now == known or left[known] >= 0:
            continue
        left[known] += 1
        words = "" if now in expected else _without_tail(now, cell)
        if words:
            edited[cell.role, cell.key] = words
            used.add(spot)
        elif cell.role is CellRole.CARD:
            deleted.add(cell.key)
    new = {spot: text for spot, text in actual.cells.items() if spot not in used and text not in expected}
    return _Changes(edited, frozenset(deleted), tuple(_added(new, actual, grid, kept)))


def _without_tail(text: str, cell: Cell) -> str:
    """The person's words: without the line that tropa adds beneath."""
    if cell.tail and text.endswith(plain(cell.tail)):
        return text.removesuffix(plain(cell.tail)).strip()
    *lines, last = text.split("\n")
    return "\n".join(lines).strip() if last.startswith(tuple(SIGNS.values())) else text


def _added(new: Mapping[tuple[int, int], str], actual: Actual, grid: Grid, kept: Kept) -> list[Card]:
    lanes = {plain(cell.text): cell.key for cell in grid.cells if cell.role is CellRole.LANE}
    columns = {one.place + 1: one for one in Sheet(kept.journey, 0).columns}
    made = []
    for (row, column), text in sorted(new.items()):
        above = (actual.cells.get((up, 0)) for up in range(row, FIRST_LANE_ROW - 1, -1))
        lane = next((lanes[name] for name in above if name in lanes), None)
        if row >= FIRST_LANE_ROW and lane is not None and column in columns:
            one = columns[column]
            digest = blake2s(f"{lane} {one.key} {text}".encode(), digest_size=6).hexdigest()
            made.append(
                Card(
                    key=f"added-{digest}",
                    lane=lane,
                    stage=one.stage.key,
                    step=one.step.key if one.step else None,
                    order=order_between(max((card.order for card in kept.journey.cards), default=None), None),
                    text=text_in(kept.language, text),
                    author=Author.PERSON,
                )
            )
    return made


def _applied(journey: JourneyMap, language: Language, changes: _Changes) -> JourneyMap:
    def said(text: Text, role: CellRole, key: str) -> Text:
        words = changes.edited.get((role, key))
        if words is None:
            return text
        return replace(text, ru=words) if language is Language.RU else replace(text, en=words)

    def stage_of(stage: Stage) -> Stage:
        steps = tuple(replace(step, name=said(step.name, CellRole.STEP, step.key)) for step in stage.steps)
        return replace(stage, name=said(stage.name, CellRole.STAGE, stage.key), steps=steps)

    def card_of(card: Card) -> Card:
        if (CellRole.CARD, card.key) not in changes.edited:
            return card
        return replace(card, text=said(card.text, CellRole.CARD, card.key), author=Author.PERSON)

    known = {card.key for card in journey.cards}
    cards = [card_of(card) for card in journey.cards if card.key not in changes.deleted]
    return replace(
        journey,
        title=said(journey.title, CellRole.TITLE, ""),
        stages=tuple(stage_of(stage) for stage in journey.stages),
        lanes=tuple(replace(lane, name=said(lane.name, CellRole.LANE, lane.key)) for lane in journey.lanes),
        cards=(*cards, *(card for card in changes.added if card.key not in known)),
    )
