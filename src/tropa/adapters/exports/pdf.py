"""The map on paper: text that can be selected, fonts inside, one large sheet or A3 and A4 sheets to glue."""

from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.document_pdf import look_of, part_of
from tropa.adapters.exports.typesetting import typeset
from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.errors import ExportError, told
from tropa.render import words
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.headline import provenance
from tropa.render.picture.drawing import draw_picture
from tropa.render.picture.layout import lay_out
from tropa.render.picture.sheets import FOOT, PRINT_MARGIN, SIZES, Cut, Paper, cut_for, glued
from tropa.render.picture.top import legend_block
from tropa.render.sheet import Sheet
from tropa.render.takeaway.blocks import Document
from tropa.render.takeaway.whole import cover_of, method_parts, source_parts
from tropa.render.theme import Paint

POINTS = 0.75
_LEGEND_SCALE = 0.62


class PdfExporter:
    """Writes a PDF on the paper that was asked for."""

    suffix = "pdf"

    def __init__(self, paper: str = "fit", to_be: JourneyMap | None = None, look: Look = PLAIN_LOOK) -> None:
        if paper not in set(Paper):
            raise ExportError(
                told("There is no paper “{paper}”.", paper=paper), told("Papers: {names}.", names=list(Paper))
            )
        self.paper = Paper(paper)
        self.to_be = to_be
        self.look = look

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one PDF file."""
        day = journey.provenance.as_of if journey.provenance else None
        made = _pages(journey, language, self.paper, self.look.paint(), to_be=self.to_be)
        pages = typeset(made | _around(journey, language, self.look), form="pdf", day=day)
        return (write_whole(target, pages),)


def _around(journey: JourneyMap, language: Language, look: Look) -> dict[str, object]:
    """The cover, and the pages on method and sources, where a company wants them."""
    if look.is_plain:
        return {}
    spec = look.branding.spec
    parts = [
        *(method_parts(journey, language) if spec.method else []),
        *(source_parts(journey, language) if spec.sources else []),
    ]
    title, subtitle = journey.title.said_in(language), provenance(journey, language)
    document = Document(title=title, subtitle=subtitle, language=language, parts=tuple(parts))
    after = [part_of(one, look.paint()) for one in parts]
    return {"look": look_of(look, document, cover=cover_of(journey, language, look)) | {"after": after}}


def one_sheet(
    journey: JourneyMap, language: Language, paint: Paint, *, to_be: JourneyMap | None = None
) -> dict[str, object]:
    """The whole map on a sheet of its own size, three quarters of a point for each pixel."""
    picture = lay_out(journey, language, to_be=to_be)
    width, height = picture.width * POINTS, picture.height * POINTS
    return {
        "title": journey.title.said_in(language),
        "lang": str(language),
        "ink": paint("ink-2"),
        "ground": paint("page"),
        "width": width,
        "height": height,
        "margin": 0,
        "legend": None,
        "sheets": [{"svg": draw_picture(picture, paint), "width": width, "height": height, "marks": []}],
    }


def _pages(
    journey: JourneyMap, language: Language, paper: Paper, paint: Paint, *, to_be: JourneyMap | None
) -> dict[str, object]:
    """Everything that the template sets, lengths in points."""
    if paper is Paper.FIT:
        return one_sheet(journey, language, paint, to_be=to_be)
    picture = lay_out(journey, language, to_be=to_be)
    cut = cut_for(paper, picture.width, picture.height)
    width, height = SIZES[paper]
    legend = legend_block(Sheet(journey, 0, to_be=to_be), (width - 2 * PRINT_MARGIN) / _LEGEND_SCALE, language)
    sheets = [
        {
            "svg": draw_picture(picture, paint, window=sheet.window),
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
        "ground": "#FFFFFF",
        "width": width,
        "height": height,
        "margin": PRINT_MARGIN,
        "foot": height - FOOT + 6,
        "legend": draw_picture(legend, paint),
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
