"""The forms a map can be written in."""

from collections.abc import Callable, Mapping
from typing import Protocol

from tropa.adapters.exports.html import HtmlExporter
from tropa.adapters.exports.pdf import PdfExporter
from tropa.adapters.exports.png import PngExporter
from tropa.adapters.exports.svg import SvgExporter
from tropa.adapters.exports.texts import MarkdownExporter, MermaidExporter
from tropa.adapters.exports.xlsx import XlsxExporter
from tropa.domain.journeymap import JourneyMap
from tropa.errors import ExportError, told
from tropa.ports import Exporter


class FileExporter(Exporter, Protocol):
    """An exporter that knows how its files' names end."""

    @property
    def suffix(self) -> str:
        """The ending, without a dot."""
        ...


_FORMS: Mapping[str, Callable[[str, JourneyMap | None], FileExporter]] = {
    "svg": lambda _paper, to_be: SvgExporter(to_be),
    "png": lambda _paper, to_be: PngExporter(to_be),
    "pdf": PdfExporter,
    "xlsx": lambda _paper, _to_be: XlsxExporter(),
    "md": lambda _paper, _to_be: MarkdownExporter(),
    "mermaid": lambda _paper, _to_be: MermaidExporter(),
    "html": lambda _paper, to_be: HtmlExporter(to_be),
}


def exporter_for(to: str, *, paper: str = "fit", to_be: JourneyMap | None = None) -> FileExporter:
    """The exporter of a form, which draws the map of how it should be beside.

    ExportError lists the forms where there is none of this name.
    """
    make = _FORMS.get(to.casefold())
    if make is None:
        raise ExportError(
            told("A map cannot be written as “{to}”.", to=to), told("Forms: {names}.", names=list(_FORMS))
        )
    return make(paper, to_be)
