"""The map as a workbook: a real table with frozen panes, its evidence, findings and hypotheses."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from tropa.adapters.exports.workbook import HIDDEN_SHEET, hidden_rows
from tropa.adapters.exports.workbook_lists import Listing, evidence_list, finding_list, hypothesis_list
from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap, LaneKind
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.grid import STEP_ROW, Cell, CellRole, Grid, grid_of
from tropa.render.measure import lines_of
from tropa.render.theme import Scheme, hex_paint, stage_role

_PAINT = hex_paint(Scheme.LIGHT)
_RAIL, _COLUMN = 22, 24
_LINE = 15.5
_PIXELS = 7.0
_GROUNDS = {
    LaneKind.BARRIER: "warn-soft",
    LaneKind.GAIN: "good-soft",
    LaneKind.INSIGHT: "violet-soft",
    LaneKind.OPPORTUNITY: "warn-soft",
    LaneKind.RECOMMENDATION: "warn-soft",
    LaneKind.HYPOTHESIS: "accent-soft",
}
_LONGEST = 32_767
# whatever begins like a formula or a link is words
WORDS_STAY_WORDS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class XlsxExporter:
    """Writes a workbook that `tropa import` reads back without loss."""

    suffix = "xlsx"

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one XLSX file."""
        return (write_whole(target, workbook_of(journey, language)),)


def workbook_of(journey: JourneyMap, language: Language) -> bytes:
    """The bytes of the workbook; the same map gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415  only those who export a table load it

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, **WORDS_STAY_WORDS})
    day = journey.provenance.as_of if journey.provenance else None
    created = datetime.combine(day, time(), UTC).replace(tzinfo=None) if day else datetime(2000, 1, 1)  # noqa: DTZ001
    book.set_properties({"title": journey.title.said_in(language)[:200], "author": "tropa", "created": created})
    grid = grid_of(journey, language)
    _write_grid(book, grid, words.label("view.map", language))
    lists = (evidence_list(journey, language), finding_list(journey, language), hypothesis_list(journey, language))
    for listing in lists:
        if listing.rows:
            write_list(book, listing)
    hidden = book.add_worksheet(HIDDEN_SHEET)
    hidden.very_hidden()
    for row, text in enumerate(hidden_rows(journey, grid, language)):
        hidden.write_string(row, 0, text)
    book.close()
    return memory.getvalue()


def _write_grid(book: Any, grid: Grid, name: str) -> None:
    page = book.add_worksheet(name)
    looks = _Looks(book)
    page.hide_gridlines(2)
    page.set_column(0, 0, _RAIL)
    page.set_column(1, max(1, grid.columns - 1), _COLUMN)
    heights: dict[int, float] = {}
    for cell in grid.cells:
        look = looks.of(cell)
        if cell.last_row > cell.row or cell.last_column > cell.column:
            page.merge_range(cell.row, cell.column, cell.last_row, cell.last_column, "", look)
        page.write_string(cell.row, cell.column, cell.shown[:_LONGEST], look)
        if cell.last_row == cell.row:
            heights[cell.row] = max(heights.get(cell.row, 0), _height(cell))
    for row, height in heights.items():
        page.set_row(row, min(400, height))
    page.freeze_panes(STEP_ROW + 1, 1)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(STEP_ROW - 1, STEP_ROW)


def _height(cell: Cell) -> float:
    columns = cell.last_column - cell.column + 1
    room = (_COLUMN * columns if cell.column else _RAIL + _COLUMN * (columns - 1)) * _PIXELS - 10
    size = 15.0 if cell.role is CellRole.TITLE else 13.5
    lines = sum(len(lines_of(part, room, size=size)) for part in cell.shown.split("\n"))
    return max(1, lines) * (_LINE + (5 if cell.role is CellRole.TITLE else 0)) + 6


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, cell: Cell) -> Any:
        """The format of a cell."""
        look = tuple(sorted(_look(cell).items()))
        if look not in self._known:
            self._known[look] = self._book.add_format(dict(look))
        return self._known[look]


def _look(cell: Cell) -> dict[str, object]:
    base: dict[str, object] = {
        "text_wrap": True,
        "valign": "top",
        "font_name": "Arial",
        "font_size": 10,
        "font_color": _PAINT("ink"),
        "border": 1,
        "border_color": _PAINT("line"),
    }
    match cell.role:
        case CellRole.TITLE:
            return {**base, "bold": True, "font_size": 15, "border": 0, "valign": "vcenter"}
        case CellRole.ANSWER:
            return {**base, "border": 0}
        case CellRole.STAGE:
            ground = _PAINT(stage_role(cell.stage))
            return {**base, "bold": True, "font_color": _PAINT("on-color"), "bg_color": ground, "font_size": 11}
        case CellRole.STEP:
            return {**base, "bold": True, "bg_color": _PAINT(f"{stage_role(cell.stage)}-soft")}
        case CellRole.FIGURE:
            return {**base, "font_color": _PAINT("ink-2"), "bg_color": _PAINT(f"{stage_role(cell.stage)}-soft")}
        case CellRole.LANE | CellRole.NAME:
            return {**base, "bold": True, "bg_color": _PAINT("surface-2")}
        case CellRole.CARD:
            tint = _GROUNDS.get(cell.kind) if cell.kind else None
            if cell.state == "guess":
                return {**base, "border": 3, "font_color": _PAINT("ink-2")}
            return {**base, "bg_color": _PAINT(tint)} if tint else base


def write_list(book: Any, listing: Listing) -> None:
    """A sheet of a list: words as words, figures as numbers, the heads stay in sight."""
    page = book.add_worksheet(listing.name)
    bold = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": _PAINT("sunken"), "bottom": 1}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10})
    for column, (head, width) in enumerate(listing.heads):
        page.set_column(column, column, width)
        page.write_string(0, column, head, bold)
    row = 0
    for row, record in enumerate(listing.rows, 1):
        for column, value in enumerate(record):
            if isinstance(value, str):
                page.write_string(row, column, value[:_LONGEST], body)
            elif value is not None:
                page.write_number(row, column, value, body)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, row, len(listing.heads) - 1)
