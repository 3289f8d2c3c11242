"""The plan and the funnel as workbooks that people go on with: filters, lists of states, suggestions marked."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from tropa.adapters.exports.xlsx import WORDS_STAY_WORDS
from tropa.domain.hypothesis import HypothesisStatus
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.branding import Look
from tropa.render.headline import provenance
from tropa.render.measure import lines_of
from tropa.render.takeaway import funnel, plan
from tropa.render.takeaway.data_words import told
from tropa.render.theme import Paint, stage_role

_FONT = "Arial"
_HEAD_ROW = 4
_LINE, _PIXELS = 13.5, 6.6
_SPARE_ROWS = 60


def plan_workbook(journey: JourneyMap, language: Language, look: Look) -> bytes:
    """The plan: a row for each thing to do, the state chosen from a list."""
    rows = plan.plan_rows(journey, language)
    sheet = _Sheet(journey, language, look, name=told("plan.sheet", language))
    rule = f"{told('plan.rule', language)} {told('plan.effect-rule', language)}"
    sheet.head(told("plan", language), rule if rows else told("plan.empty", language), plan.COLUMNS)
    states = [words.label(f"status.{one}", language) for one in HypothesisStatus]
    status = next(place for place, (key, _) in enumerate(plan.COLUMNS) if key == "plan.status")
    for number, row in enumerate(rows):
        fresh = number == 0 or rows[number - 1][0] != row[0]
        cells = [(text, "period" if column == 0 else "plain") for column, text in enumerate(row)]
        sheet.row(cells, line="thick" if fresh else "thin")
    sheet.choices(status, states)
    return sheet.done()


def funnel_workbook(journey: JourneyMap, language: Language, look: Look, segments: Sequence[JourneyMap] = ()) -> bytes:
    """The funnel: what data say as it is, suggestions in italics on their own ground."""
    rows = funnel.funnel_rows(journey, language, segments)
    sheet = _Sheet(journey, language, look, name=told("funnel.sheet", language))
    sheet.head(told("funnel", language), told("funnel.legend", language), funnel.COLUMNS)
    for number, row in enumerate(rows):
        fresh = number == 0 or rows[number - 1].place != row.place
        stage, *others = row.cells
        cells = [(stage.text, f"stage {row.place}")]
        cells += [(_told(one), "suggested" if one.suggested else "plain") for one in others]
        sheet.row(cells, line="thick" if fresh else "thin")
    return sheet.done()


def _told(one: funnel.Said) -> str:
    return f"{one.text}\n· {one.basis}" if one.basis else one.text


class _Sheet:
    """A workbook of one sheet: title, what it is made of, a note, heads that stay in sight, rows."""

    def __init__(self, journey: JourneyMap, language: Language, look: Look, *, name: str) -> None:
        import xlsxwriter  # noqa: PLC0415  only those who take a table away load it

        self.memory = BytesIO()
        self.book = xlsxwriter.Workbook(self.memory, {"in_memory": True, **WORDS_STAY_WORDS})
        self.page = self.book.add_worksheet(name)
        self.journey, self.language, self.look = journey, language, look
        self.paint: Paint = look.paint()
        self.at = _HEAD_ROW + 1
        self.widths: tuple[int, ...] = ()
        self._known: dict[tuple[str, str], Any] = {}

    def head(self, title: str, note: str, columns: Sequence[tuple[str, int]]) -> None:
        """Everything above the rows."""
        day = self.journey.provenance.as_of if self.journey.provenance else None
        made = datetime.combine(day, time(), UTC).replace(tzinfo=None) if day else datetime(2000, 1, 1)  # noqa: DTZ001
        author = self.look.company or "tropa"
        self.book.set_properties({"title": title, "author": author, "created": made})
        name = self.journey.title.said_in(self.language)
        for row, (text, size, ink, bold) in enumerate(
            ((f"{title}: {name}", 15, "ink", True), (provenance(self.journey, self.language), 10, "ink-2", False))
        ):
            form = {"font_name": _FONT, "font_size": size, "font_color": self.paint(ink), "bold": bold}
            self.page.write_string(row, 0, text, self.book.add_format(form))
        self.widths = tuple(width for _, width in columns)
        self.page.merge_range(2, 0, 2, len(columns) - 1, note, self._look("note", ""))
        self.page.set_row(0, 24)
        self.page.set_row(2, 15.0 * len(lines_of(note, sum(self.widths) * _PIXELS, size=12)) + 4)
        for column, (key, width) in enumerate(columns):
            self.page.set_column(column, column, width)
            self.page.write_string(_HEAD_ROW, column, told(key, self.language), self._look("head", ""))
        self.page.set_row(_HEAD_ROW, 30)
        self.page.freeze_panes(_HEAD_ROW + 1, 2)
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.set_paper(8)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(_HEAD_ROW)
        self.page.set_footer(f"&L{self.look.footer.replace('&', '&&')}&R&P / &N")

    def row(self, cells: Sequence[tuple[str, str]], *, line: str) -> None:
        """One row, as high as its words need."""
        lines = 1
        for column, (text, kind) in enumerate(cells):
            self.page.write_string(self.at, column, text, self._look(kind, line))
            room = (self.widths[column] - 2) * _PIXELS
            lines = max(lines, sum(len(lines_of(part, room, size=11.5)) for part in text.split("\n")))
        self.page.set_row(self.at, min(400.0, lines * _LINE + 8))
        self.at += 1

    def choices(self, column: int, values: Sequence[str]) -> None:
        """A list to choose from, in the rows that are there and in some more."""
        rule = {"validate": "list", "source": list(values), "ignore_blank": True}
        self.page.data_validation(_HEAD_ROW + 1, column, self.at + _SPARE_ROWS, column, rule)

    def done(self) -> bytes:
        """The workbook's bytes."""
        if self.at > _HEAD_ROW + 1:
            self.page.autofilter(_HEAD_ROW, 0, self.at - 1, len(self.widths) - 1)
        self.book.close()
        return self.memory.getvalue()

    def _look(self, kind: str, line: str) -> Any:
        if (kind, line) not in self._known:
            self._known[kind, line] = self.book.add_format(self._form(kind, line))
        return self._known[kind, line]

    def _form(self, kind: str, line: str) -> dict[str, object]:
        base: dict[str, object] = {
            "font_name": _FONT,
            "font_size": 10,
            "font_color": self.paint("ink"),
            "text_wrap": True,
            "valign": "top",
            "indent": 1,
        }
        if line:
            base |= {
                "top": 2 if line == "thick" else 1,
                "top_color": self.paint("ink-4" if line == "thick" else "line"),
            }
        match kind.split():
            case ["note"]:
                return {**base, "font_size": 9, "font_color": self.paint("ink-2")}
            case ["head"]:
                ground = {"bg_color": self.paint("accent"), "font_color": self.paint("on-color")}
                return {**base, **ground, "bold": True, "valign": "vcenter"}
            case ["period"]:
                return {**base, "bold": True, "font_color": self.paint("accent-text")}
            case ["suggested"]:
                return {**base, "italic": True, "bg_color": self.paint("warn-soft")}
            case ["stage", place]:
                role = stage_role(int(place))
                return {**base, "bold": True, "font_color": self.paint("on-color"), "bg_color": self.paint(role)}
            case _:
                return base
