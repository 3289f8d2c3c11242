"""A blob → the tables in it, by the reader of its kind."""

from collections.abc import Iterator

from tropa.adapters.sources.delimited import read_text
from tropa.adapters.sources.docx import read_docx
from tropa.adapters.sources.kinds import kind_of
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.parquet import read_parquet
from tropa.adapters.sources.prose import is_prose, read_prose_file
from tropa.adapters.sources.reading import Reading, Wishes
from tropa.adapters.sources.records import read_json, read_json_lines
from tropa.adapters.sources.unpacking import Blob
from tropa.adapters.sources.webpage import read_html
from tropa.adapters.sources.workbook import read_workbook
from tropa.adapters.sources.xes import read_xes


def read_document(blob: Blob, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """Every table of the document, or the one that is wished for."""
    match kind := kind_of(blob):
        case "json":
            yield from read_json(blob, wishes, limits=limits)
        case "jsonl":
            yield from read_json_lines(blob, wishes, limits=limits)
        case "parquet":
            yield read_parquet(blob, limits=limits)
        case "xes":
            yield read_xes(blob, limits=limits)
        case "html":
            yield from read_html(blob, wishes, limits=limits)
        case "xlsx" | "xlsb" | "xls" | "ods":
            yield from read_workbook(blob, kind, wishes, limits=limits)
        case "docx":
            yield from read_docx(blob, wishes, limits=limits)
        case _ if is_prose(blob, wishes):
            yield from read_prose_file(blob, wishes, limits)
        case _:
            yield from read_text(blob, wishes, limits=limits)
