"""What kind of document some bytes are: by what stands in them first, by the file's name second."""

import re
import zipfile
from pathlib import PurePosixPath

from tropa.adapters.sources.faults import unreadable
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import told

TEXT = frozenset({".csv", ".tsv", ".txt", ".text", ".tab", ".dat", ".psv", ".log", ".md", ".srt", ".vtt", ""})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_BROKEN = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls"), "an Excel workbook"),
    **dict.fromkeys((".parquet", ".pq"), "a Parquet file"),
    ".ods": "a spreadsheet",
    ".xes": "an XES log",
    ".docx": "a Word document",
    ".gz": "a .gz file",
    ".zip": "a .zip archive",
}
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


def kind_of(blob: Blob) -> str:
    """csv, xlsx, xlsb, xls, ods, docx, html, json, jsonl, parquet or xes; ocel is told from json when it is read."""
    head = blob.head(4096)
    suffix = PurePosixPath(blob.name).suffix.lower()
    if not head:
        raise unreadable(blob.address, "The file is empty.")
    if head.startswith(b"PK"):
        return _workbook_kind(blob)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound_kind(blob, suffix)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(_PACKED):
        hint = "Unpack it, and put the files into the folder."
        raise unreadable(blob.address, "tropa unpacks .zip and .gz, but not this kind of archive.", hint)
    return _text_kind(blob, _plain(head), suffix)


def _compound_kind(blob: Blob, suffix: str) -> str:
    """An old Excel file; other files of old Office, and those locked with a password, begin in the same way."""
    if suffix == ".docx":
        raise unreadable(blob.address, "The file is locked with a password.", "Save it without the password.")
    if suffix in {".doc", ".dot"}:
        raise unreadable(blob.address, "Old Word documents (.doc) are not read.", "Save it as .docx or .txt.")
    return "xls"


def _plain(head: bytes) -> str:
    """The head as text, well enough to see its first marks."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head.decode("utf-16", "replace").lstrip()
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()


def _text_kind(blob: Blob, start: str, suffix: str) -> str:
    if suffix in _JSON_LINES:
        return "jsonl"
    if suffix in {".json", ".jsonocel", ".ocel"} or (start[:1] in {"{", "["} and suffix not in TEXT):
        return "json"
    if start.startswith("<"):
        return _markup_kind(blob, start)
    if suffix in _BROKEN:
        raise unreadable(
            blob.address,
            told("The name promises {broken}, but the file is damaged or something else.", broken=_BROKEN[suffix]),
        )
    if start[:1] == "{" and re.match(r'\{\s*"', start):
        return "jsonl"
    if suffix not in TEXT:
        hint = "If it is a table, rename it to .csv; else export it as CSV, XLSX or JSON."
        raise unreadable(blob.address, told("tropa does not read files of the kind “{suffix}”.", suffix=suffix), hint)
    return "csv"


def _markup_kind(blob: Blob, start: str) -> str:
    lower = start.lower()
    if re.search(r"<log[\s>]", lower) and "<html" not in lower:
        return "xes"
    if re.search(r"<(html|table|!doctype html|meta|head|body|style)[\s>]", lower):
        return "html"
    if blob.name.lower().endswith(".xes"):
        return "xes"
    hint = "Export it as CSV, XLSX or JSON."
    raise unreadable(blob.address, "This XML is no event log (XES) and no table.", hint)


def _workbook_kind(blob: Blob) -> str:
    try:
        with zipfile.ZipFile(blob.path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable(blob.address, told("The workbook is cut off or damaged ({error}).", error=error)) from error
    if "content.xml" in names:
        return "ods"
    if {"xl/workbook.bin"} & names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    raise unreadable(
        blob.address, "This is a document, but not a workbook with tables.", "Export the table as XLSX or CSV."
    )
