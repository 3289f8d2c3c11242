"""A blob → the tables in it, by the reader of its kind, which is loaded when such a blob is met."""

from collections.abc import Iterator

from tropa.adapters.sources.delimited import read_text
from tropa.adapters.sources.kinds import kind_of
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.parquet import read_parquet
from tropa.adapters.sources.reading import Reading, Wishes
from tropa.adapters.sources.records import read_json, read_json_lines
from tropa.adapters.sources.unpacking import Blob


def read_document(blob: Blob, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """Every table of the document, or the one that is wished for."""
    kind = kind_of(blob)
    match kind:
        case "json":
            yield from read_json(blob, wishes, limits=limits)
        case "jsonl":
            yield from read_json_lines(blob, wishes, limits=limits)
        case "parquet":
            yield read_parquet(blob, limits=limits)
        case "xes" | "html" | "xlsx" | "xlsb" | "xls" | "ods" | "docx":
            yield from _of_a_rarer_kind(blob, kind, wishes, limits)
        case _:
            yield from _text(blob, wishes, limits)


def _of_a_rarer_kind(blob: Blob, kind: str, wishes: Wishes, limits: Limits) -> Iterator[Reading]:
    match kind:
        case "xes":
            from tropa.adapters.sources.xes import read_xes  # noqa: PLC0415

            yield read_xes(blob, limits=limits)
        case "html":
            from tropa.adapters.sources.webpage import read_html  # noqa: PLC0415

            yield from read_html(blob, wishes, limits=limits)
        case "docx":
            from tropa.adapters.sources.docx import read_docx  # noqa: PLC0415

            yield from read_docx(blob, wishes, limits=limits)
        case _:
            from tropa.adapters.sources.workbook import read_workbook  # noqa: PLC0415

            yield from read_workbook(blob, kind, wishes, limits=limits)


def _text(blob: Blob, wishes: Wishes, limits: Limits) -> Iterator[Reading]:
    from tropa.adapters.sources.prose import is_prose, read_prose_file  # noqa: PLC0415

    if is_prose(blob, wishes):
        yield from read_prose_file(blob, wishes, limits)
    else:
        yield from read_text(blob, wishes, limits=limits)
