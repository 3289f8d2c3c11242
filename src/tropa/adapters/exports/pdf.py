"""The map on paper: text that can be selected, fonts inside, one large sheet or A3 and A4 sheets to glue."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from importlib.resources import as_file, files
from pathlib import Path

from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.errors import ExportError, told
from tropa.render import words
from tropa.render.measure import has_glyphs
from tropa.render.page.sheet import Sheet
from tropa.render.picture.drawing import draw_picture
from tropa.render.picture.layout import lay_out
from tropa.render.picture.sheets import FOOT, PRINT_MARGIN, SIZES, Cut, Paper, cut_for, glued
from tropa.render.picture.top import legend_block, provenance
from tropa.render.theme import Scheme, hex_paint

_LEGEND_SCALE = 0.62


class PdfExporter:
    """Writes a PDF on the paper that was asked for."""

    suffix = "pdf"

    def __init__(self, paper: str = "fit") -> None:
        if paper not in set(Paper):
            raise ExportError(
                told("There is no paper “{paper}”.", paper=paper), told("Papers: {names}.", names=list(Paper))
            )
        self.paper = Paper(paper)

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one PDF file."""
        return (write_whole(target, _compiled(_pages(journey, language, self.paper), journey)),)


def _compiled(made: Mapping[str, object], journey: JourneyMap) -> bytes:
    import typst  # noqa: PLC0415  only those who print load it

    day = journey.provenance.as_of if journey.provenance else None
    stamp = datetime.combine(day, time(), UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    template = files("tropa.adapters.exports").joinpath("sheets.typ").read_bytes()
    told = json.dumps(made, ensure_ascii=False)
    drawable = has_glyphs(told)
    with as_file(files("tropa.render") / "fonts") as fonts:
        pages = typst.compile(
            template,
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=not drawable, include_embedded_fonts=False, font_paths=[fonts]),
            sys_inputs={"made": told},
            timestamp=stamp,
        )
    return bytes(pages)


def _pages(journey: JourneyMap, language: Language, paper: Paper) -> dict[str, object]:
    """Everything that the template sets, lengths in points."""
    paint = hex_paint(Scheme.LIGHT)
    picture = lay_out(journey, language)
    cut = cut_for(paper, picture.width, picture.height)
    single = paper is Paper.FIT
    width, height = (picture.width * cut.scale, picture.height * cut.scale) if single else SIZES[paper]
    legend = legend_block(Sheet(journey, 0), (width - 2 * PRINT_MARGIN) / _LEGEND_SCALE, language)
    sheets = [
        {
            "svg": draw_picture(picture, paint, window=None if single else sheet.window),
            "width": sheet.window.width * cut.scale,
            "height": sheet.window.height * cut.scale,
            "marks": [[PRINT_MARGIN + x * cut.scale, PRINT_MARGIN + y * cut.scale] for x, y in marks],
            "name": _name(sheet.row, sheet.column, cut, language),
        }
        for sheet, marks in zip(cut.sheets, glued(cut), strict=True)
    ]
    return {
        "title": journey.title.said_in(language),
        "lang": str(language),
        "ink": paint("ink-2"),
        "ground": paint("page") if single else "#FFFFFF",
        "width": width,
        "height": height,
        "margin": 0 if single else PRINT_MARGIN,
        "foot": height - FOOT + 6,
        "legend": None if single else draw_picture(legend, paint),
        "legend_width": legend.width * _LEGEND_SCALE,
        "origin": f"{journey.title.said_in(language)} · {provenance(journey, language)}",
        "sheets": sheets,
    }


def _name(row: int, column: int, cut: Cut, language: Language) -> str:
    if cut.rows * cut.columns == 1:
        return ""
    number = (row - 1) * cut.columns + column
    place = words.label("print.place", language).format(row=row, column=column)
    return f"{words.label('print.sheet', language)} {words.of_whole(number, cut.rows * cut.columns, language)}, {place}"
