"""A small table with heads and examples, for a person to fill in: XLSX, CSV or YAML."""

import csv
import io
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from tropa.adapters.exports.writing import write_whole
from tropa.errors import ExportError, told

FORMS = (".xlsx", ".csv", ".yaml")
_WIDEST = 44


def write_form(target: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """Write the form; a file that is there already is never written over."""
    if target.exists():
        message = told("“{name}” is there already.", name=target.name)
        raise ExportError(message, "Name another file: what was filled in stays.")
    match target.suffix.casefold():
        case ".xlsx":
            return write_whole(target, _workbook(heads, rows))
        case ".csv":
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=";", lineterminator="\n").writerows([heads, *rows])
            return write_whole(target, text.getvalue().encode("utf-8-sig"))
        case ".yaml" | ".yml":
            return write_whole(target, _yaml(heads, rows).encode())
    raise ExportError(
        told("A form is not written as “{ending}”.", ending=target.suffix),
        told("Name a file that ends with: {names}.", names=list(FORMS)),
    )


def _workbook(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415  only those who write a form load it

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    page = book.add_worksheet()
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, head in enumerate(heads):
        page.set_column(column, column, min(_WIDEST, max(len(head), *(len(row[column]) for row in rows)) + 3))
        page.write_string(0, column, head, bold)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            if text.isdigit():
                page.write_number(number, column, int(text), wrap)
            elif text:
                page.write_string(number, column, text, wrap)
    page.freeze_panes(1, 0)
    book.close()
    return memory.getvalue()


def _yaml(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = []
    for row in rows:
        filled = [(head, text) for head, text in zip(heads, row, strict=True) if text]
        for number, (head, text) in enumerate(filled):
            lines.append(f"{'- ' if number == 0 else '  '}{head}: {_scalar(text)}")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    return text if text.isdigit() else "'" + text.replace("'", "''") + "'"
