"""The cost of ownership in the forms that people hand over; the file's ending says which."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tropa.adapters.exports.document_docx import docx_of
from tropa.adapters.exports.document_html import html_of
from tropa.adapters.exports.document_pdf import pdf_of
from tropa.adapters.exports.ownership_xlsx import ownership_workbook
from tropa.adapters.exports.writing import write_whole
from tropa.domain.ownership import Ownership
from tropa.domain.text import Language
from tropa.errors import ExportError, told
from tropa.render.branding import Look
from tropa.render.takeaway.ownership import ownership_document

_FORMS: Mapping[str, Callable[[Ownership, Language, Look], bytes]] = {
    ".xlsx": ownership_workbook,
    ".html": lambda found, language, look: html_of(ownership_document(found, language), look),
    ".pdf": lambda found, language, look: pdf_of(ownership_document(found, language), look),
    ".docx": lambda found, language, look: docx_of(ownership_document(found, language), look),
}


def ownership_file(found: Ownership, target: Path, language: Language, look: Look) -> Path:
    """Write one file; ExportError where its ending is of no form."""
    write = _FORMS.get(target.suffix.casefold())
    if write is None:
        message = told("The calculation is not written as “{ending}”.", ending=target.suffix)
        raise ExportError(message, told("Name a file that ends with: {names}.", names=list(_FORMS)))
    return write_whole(target, write(found, language, look))
