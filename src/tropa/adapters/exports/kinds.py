"""The forms a map can be written in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tropa.adapters.exports.html import HtmlExporter
from tropa.adapters.exports.pdf import PdfExporter
from tropa.adapters.exports.png import PngExporter
from tropa.adapters.exports.pptx import PptxExporter
from tropa.adapters.exports.svg import SvgExporter
from tropa.adapters.exports.taken_away import (
    class_page_exporter,
    document_exporter,
    funnel_exporter,
    memo_exporter,
    plan_exporter,
)
from tropa.adapters.exports.texts import MarkdownExporter, MermaidExporter
from tropa.adapters.exports.xlsx import XlsxExporter
from tropa.domain.journeymap import JourneyMap
from tropa.errors import ExportError, told
from tropa.ports import Exporter
from tropa.render.branding import PLAIN_LOOK, Look


class FileExporter(Exporter, Protocol):
    """An exporter that knows how its files' names end."""

    @property
    def suffix(self) -> str:
        """The ending, without a dot."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a form is made: the paper of a picture, the maps beside, the company's look, the class of buyers."""

    paper: str = "fit"
    to_be: JourneyMap | None = None
    segments: Sequence[JourneyMap] = ()
    look: Look = PLAIN_LOOK
    buyer: str | None = None


_FORMS: Mapping[str, Callable[[Options], FileExporter]] = {
    "svg": lambda how: SvgExporter(how.to_be, how.look),
    "png": lambda how: PngExporter(how.to_be, how.look),
    "pdf": lambda how: PdfExporter(how.paper, how.to_be, how.look),
    "xlsx": lambda _how: XlsxExporter(),
    "md": lambda _how: MarkdownExporter(),
    "mermaid": lambda _how: MermaidExporter(),
    "html": lambda how: HtmlExporter(how.to_be, how.look),
    "memo": lambda how: memo_exporter(how.look),
    "plan": lambda how: plan_exporter(how.look),
    "funnel": lambda how: funnel_exporter(how.look, how.segments),
    "class-page": lambda how: class_page_exporter(how.look, how.segments, how.buyer),
    "pptx": lambda how: PptxExporter(how.look),
    "docx": lambda how: document_exporter(how.look),
}


def exporter_for(
    to: str,
    *,
    paper: str = "fit",
    to_be: JourneyMap | None = None,
    segments: Sequence[JourneyMap] = (),
    look: Look = PLAIN_LOOK,
    buyer: str | None = None,
) -> FileExporter:
    """The exporter of a form, which draws the map of how it should be beside.

    ExportError lists the forms where there is none of this name.
    """
    make = _FORMS.get(to.casefold())
    if make is None:
        raise ExportError(
            told("A map cannot be written as “{to}”.", to=to), told("Forms: {names}.", names=list(_FORMS))
        )
    return make(Options(paper=paper, to_be=to_be, segments=segments, look=look, buyer=buyer))
