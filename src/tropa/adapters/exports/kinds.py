"""The forms a map can be written in."""

from collections.abc import Callable, Mapping
from typing import Protocol

from tropa.adapters.exports.html import HtmlExporter
from tropa.adapters.exports.pdf import PdfExporter
from tropa.adapters.exports.png import PngExporter
from tropa.adapters.exports.svg import SvgExporter
from tropa.adapters.exports.texts import MarkdownExporter, MermaidExporter
from tropa.adapters.exports.xlsx import XlsxExporter
from tropa.errors import ExportError, told
from tropa.ports import Exporter


class FileExporter(Exporter, Protocol):
    """An exporter that knows how its files' names end."""

    @property
    def suffix(self) -> str:
        """The ending, without a dot."""
        ...


_FORMS: Mapping[str, Callable[[str], FileExporter]] = {
    "svg": lambda _paper: SvgExporter(),
    "png": lambda _paper: PngExporter(),
    "pdf": PdfExporter,
    "xlsx": lambda _paper: XlsxExporter(),
    "md": lambda _paper: MarkdownExporter(),
    "mermaid": lambda _paper: MermaidExporter(),
    "html": lambda _paper: HtmlExporter(),
}


def exporter_for(to: str, *, paper: str = "fit") -> FileExporter:
    """The exporter of a form; ExportError lists the forms where there is none of this name."""
    make = _FORMS.get(to.casefold())
    if make is None:
        raise ExportError(
            told("A map cannot be written as “{to}”.", to=to), told("Forms: {names}.", names=list(_FORMS))
        )
    return make(paper)
