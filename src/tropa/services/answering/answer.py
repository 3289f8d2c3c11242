"""The answer to a question: one sentence first, then the figures as a document, as tables and as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tropa.domain.evidence import Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.frame import Chart, Head, chart_svg

_SMALLEST = 0.01
Cell = str | int | float | Text | None
"""What stands in a table: words, a figure in the unit of its column, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and the unit of its figures; a share comes as 0–1, money in minor units.

    `bound`: an end of the interval around the figure in the column before; people read it beside that figure.
    """

    name: Text
    unit: Unit | None = None
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows; `key` tells the tables of one answer apart. `by_time`: the last rows are the latest."""

    key: str
    name: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    by_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question came to.

    `question` is the question in plain words («Где теряем»), `method` its scientific name. `sentence` is the answer
    with its figure, denominator, interval and semantics. `result` holds the analysis' own values, `document` what
    `--json` prints. `notes`: what was assumed, what is too small to judge, what is not over yet.
    """

    key: str
    question: Text
    method: Text
    sentence: Text
    result: object
    document: Mapping[str, object]
    tables: tuple[Table, ...]
    chart: Chart | None = None
    notes: tuple[Text, ...] = ()
    currency: str | None = None

    def as_document(self) -> dict[str, object]:
        """Everything as one JSON document: the question's own fields between the question and its notes."""
        return {
            "question": {"key": self.key, **_both(self.question), "method": _both(self.method)},
            "answer": _both(self.sentence),
            **self.document,
            "notes": [_both(note) for note in self.notes],
        }

    def picture(self, language: Language, *, width: float = 900, style: str = "") -> str | None:
        """The chart as SVG under its question and answer; None where there is nothing to draw."""
        if self.chart is None:
            return None
        head = Head(self.question, self.method, self.sentence, self.notes)
        return chart_svg(self.chart, head, language, width=width, style=style)


def shown(cell: Cell, column: Column, language: Language, currency: str | None = None) -> str:
    """A cell as people read it."""
    match cell:
        case None:
            return "–"
        case Text():
            return cell.said_in(language)
        case str():
            return cell
        case _:
            if column.unit is None:
                small = isinstance(cell, float) and 0 <= cell < _SMALLEST
                return f"< {words.decimal(_SMALLEST, language, 2)}" if small else words.decimal(cell, language, 2)
            return words.amount(cell, column.unit, language, currency)


def row_shown(table: Table, row: Sequence[Cell], language: Language, currency: str | None = None) -> list[str]:
    """A row as people read it: a figure with its interval in one cell, `55,1 % (54,5–55,7)`."""
    made: list[str] = []
    bounds: list[float] = []
    for cell, column in zip(row, table.columns, strict=True):
        if not column.bound:
            made.append(shown(cell, column, language, currency))
            bounds = []
        elif isinstance(cell, int | float):
            bounds.append(cell)
            if len(bounds) == 2:
                ends = words.interval(bounds[0], bounds[1], column.unit or Unit.RATIO, language, currency)
                made[-1] = f"{made[-1]} ({ends.removesuffix('%').rstrip()})"
    return made


def plain_rows(table: Table, language: Language) -> Sequence[Sequence[str | int | float]]:
    """The table for machines: a head of names, then cells with figures as they are; nothing is an empty cell."""
    head = [column.name.said_in(language) for column in table.columns]
    return [head, *([_plain(cell, language) for cell in row] for row in table.rows)]


def _plain(cell: Cell, language: Language) -> str | int | float:
    match cell:
        case None:
            return ""
        case Text():
            return cell.said_in(language)
        case float():
            return float(f"{cell:.6g}")
        case _:
            return cell


def _both(text: Text) -> dict[str, str | None]:
    return {"ru": text.ru, "en": text.en}
