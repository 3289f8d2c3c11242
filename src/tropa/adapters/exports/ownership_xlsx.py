"""The cost of ownership as a workbook: likely sums are formulas over the lines, so a changed line tells at once."""

from datetime import datetime
from io import BytesIO
from typing import Any

from tropa.adapters.exports.xlsx import WORDS_STAY_WORDS
from tropa.domain.ownership import CostKind, CostLine, Ownership
from tropa.domain.text import Language
from tropa.intake.data_ownership import kind_word
from tropa.render.branding import Look
from tropa.render.takeaway.data_words import told
from tropa.render.takeaway.ownership import compared_table, lead, ownership_document, span

_FONT = "Arial"
_UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001  the same bytes on every day
_FIRST = 5
_LINE_KEYS = ("kind", "item", "option", "one", "low", "likely", "high", "assumption", "source")
_WIDTHS = (16, 34, 22, 8, 14, 14, 14, 36, 30)


def ownership_workbook(found: Ownership, language: Language, look: Look) -> bytes:
    """The workbook's bytes: summary, comparison, lines."""
    import xlsxwriter  # noqa: PLC0415  only those who take a table away load it

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, **WORDS_STAY_WORDS})
    title = told("tco", language)
    book.set_properties({"title": title, "author": look.company or "tropa", "created": _UNDATED})
    _Summary(book, found, language, look).write()
    _lines(book, found, language, look)
    book.close()
    return memory.getvalue()


class _Summary:
    """The first sheet."""

    def __init__(self, book: Any, found: Ownership, language: Language, look: Look) -> None:
        self.book, self.found, self.language = book, found, language
        self.page = book.add_worksheet(told("tco.sum", language))
        self.looks = _looks(book, look)

    def write(self) -> None:
        """Title, what it comes to, costs by year, comparison, method."""
        page, looks, language = self.page, self.looks, self.language
        last = self.found.table.years + 2
        page.hide_gridlines(2)
        page.set_column(0, 0, 30)
        page.set_column(1, last + 1, 21)
        page.write_string(0, 0, told("tco", language), looks["title"])
        page.merge_range(1, 0, 1, last, " ".join(lead(self.found, language)), looks["wrap"])
        page.set_row(1, 64)
        page.merge_range(2, 0, 2, last, ownership_document(self.found, language).subtitle, looks["soft"])
        row = self._costs(_FIRST - 1)
        table = compared_table(self.found, language)
        for number, cells in enumerate((table.heads, *table.rows)):
            for column, text in enumerate(cells):
                page.write_string(row + number, column, text, looks["head" if number == 0 else "wrap"])
            page.set_row(row + number, 34)
        row += len(table.rows) + 2
        page.merge_range(row, 0, row, last, told("tco.method", language), looks["soft"])
        page.set_row(row, 78)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def _costs(self, row: int) -> int:
        """Likely sums by formula; the range beside the total."""
        found, language, page = self.found, self.language, self.page
        years = found.table.years
        heads = [told("tco.option", language), *(told("tco.year", language, year=one + 1) for one in range(years))]
        for column, text in enumerate(
            [*heads, told("tco.total", language), f"{told('tco.low', language)} – {told('tco.high', language).lower()}"]
        ):
            page.write_string(row, column, text, self.looks["head"])
        for number, one in enumerate(found.alternatives, 1):
            at = row + number
            page.write_string(at, 0, one.name, self.looks["name"])
            for year, figure in enumerate(one.years):
                page.write_formula(
                    at, year + 1, _sum(language, at, year + 1), self.looks["money"], round(figure.likely, 2)
                )
            first, end = _letter(1), _letter(years)
            page.write_formula(
                at, years + 1, f"=SUM({first}{at + 1}:{end}{at + 1})", self.looks["total"], round(one.cost.likely, 2)
            )
            page.write_string(at, years + 2, span(one.cost, found, language), self.looks["wrap"])
        return row + len(found.alternatives) + 2


def _sum(language: Language, row: int, year: int) -> str:
    sheet = f"'{told('tco.lines', language)}'"
    effect = kind_word(CostKind.EFFECT, language)
    return f'=SUMIFS({sheet}!$F:$F,{sheet}!$C:$C,$A{row + 1},{sheet}!$D:$D,{year},{sheet}!$A:$A,"<>{effect}")'


def _lines(book: Any, found: Ownership, language: Language, look: Look) -> None:
    """Every line in each year that it falls in."""
    page, looks = book.add_worksheet(told("tco.lines", language)), _looks(book, look)
    for column, (key, width) in enumerate(zip(_LINE_KEYS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, told(f"tco.{key}", language), looks["head"])
    at = 1
    for line in found.table.lines:
        for year in found.table.years_of(line):
            _line(page, looks, at, line, year, language)
            at += 1
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, at - 1), len(_LINE_KEYS) - 1)


def _line(page: Any, looks: dict[str, Any], at: int, line: CostLine, year: int, language: Language) -> None:
    page.write_string(at, 0, kind_word(line.kind, language), looks["wrap"])
    page.write_string(at, 1, line.item, looks["wrap"])
    page.write_string(at, 2, line.alternative, looks["wrap"])
    page.write_number(at, 3, year, looks["wrap"])
    for column, value in enumerate((line.amount.low, line.amount.likely, line.amount.high), 4):
        page.write_number(at, column, value, looks["money"])
    page.write_string(at, 7, line.assumption, looks["wrap"])
    page.write_string(at, 8, line.source or told("tco.guess", language), looks["wrap" if line.source else "guess"])


def _looks(book: Any, look: Look) -> dict[str, Any]:
    paint = look.paint()
    base = {"font_name": _FONT, "font_size": 10, "font_color": paint("ink"), "valign": "top"}
    line = {**base, "bottom": 1, "bottom_color": paint("line")}
    head = {"bold": True, "bg_color": paint("accent"), "font_color": paint("on-color"), "text_wrap": True}
    forms: dict[str, dict[str, Any]] = {
        "title": {**base, "font_size": 15, "bold": True},
        "soft": {**base, "font_size": 9, "font_color": paint("ink-2"), "text_wrap": True},
        "head": {**base, **head},
        "name": {**line, "bold": True},
        "wrap": {**line, "text_wrap": True},
        "guess": {**line, "text_wrap": True, "italic": True, "bg_color": paint("warn-soft")},
        "money": {**line, "num_format": "#,##0"},
        "total": {**line, "num_format": "#,##0", "bold": True},
    }
    return {name: book.add_format(form) for name, form in forms.items()}


def _letter(column: int) -> str:
    return chr(ord("A") + column)
