"""Broken and hostile files, made on the spot: each with what has to become of it."""

import gzip
import io
import json
import os
import random
import socket
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

from builders.word import WORD, document, docx, packed, paragraph
from tropa.errors import InputError, TooLargeError, UnreadableFileError

HEADER = "person,event,time\n"
GOOD = "ann,view,2026-01-10 10:00:00\nbob,cart,2026-01-10 10:01:00\n"
XES_HEAD = '<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">'
XES_TRACE = (
    '<trace><string key="concept:name" value="c1"/><event><string key="concept:name" value="open"/>'
    '<date key="time:timestamp" value="2026-01-10T10:00:00Z"/></event></trace>'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Case:
    """`error` = the file must be refused so; else `rows` good rows and the reasons of the rejected ones."""

    name: str
    make: Callable[[Path], None]
    error: type[InputError] | None = None
    rows: int | None = None
    rejects: tuple[str, ...] = ()


def write(name: str, content: bytes | str) -> Callable[[Path], None]:
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(raw) and None


def csv_of(*lines: str | bytes, name: str = "x.csv") -> Callable[[Path], None]:
    raw = [line if isinstance(line, bytes) else line.encode() for line in (HEADER, *lines)]
    return write(name, b"".join(raw))


def zip_of(name: str, members: dict[str, bytes]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)

    return make


def xlsx_bytes(rows: list[list[object]]) -> bytes:
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return sink.getvalue()


ROWS: list[list[object]] = [["person", "event", "time"], ["ann", "view", "2026-01-10"], ["bob", "cart", "2026-01-11"]]


def xlsx_parts(sheet: str, workbook_head: str = "") -> dict[str, bytes]:
    """A workbook put together by hand, as a hostile one would be."""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{workbook_head}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return {name: text.encode() for name, text in parts.items()}


def sheet_of(*cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(cells)}</sheetData></worksheet>'


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods_of(content: str) -> dict[str, bytes]:
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b"<manifest/>",
    }


ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def parquet_bytes(folder: Path) -> bytes:
    path = folder / ".made.parquet"
    duckdb.connect().execute(
        "COPY (SELECT 'p' || i AS person, 'view' AS event, i AS time FROM range(500) r(i)) TO '"
        + str(path).replace("'", "''")
        + "' (FORMAT parquet)"
    ).fetchall()
    raw = path.read_bytes()
    path.unlink()
    return raw


def cut(name: str, raw: bytes, share: float = 0.5) -> Callable[[Path], None]:
    return write(name, raw[: int(len(raw) * share)])


def cut_parquet(share: float) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        raw = parquet_bytes(folder)
        (folder / "x.parquet").write_bytes(raw[: int(len(raw) * share)])

    return make


def spoilt_parquet(folder: Path) -> None:
    raw = bytearray(parquet_bytes(folder))
    raw[20:200] = random.Random(1).randbytes(180)
    raw[-60:-8] = random.Random(2).randbytes(52)
    (folder / "x.parquet").write_bytes(bytes(raw))


def billion_laughs(root: str, body: str) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lol">{entities}]>{body}'


def laughs(root: str, body: str) -> bytes:
    return billion_laughs(root, body).encode()


def bomb_docx() -> bytes:
    """A hundred megabytes of one word in a hundred kilobytes."""
    return packed(document(paragraph("долго " * 9_000_000)))


def xes(body: str) -> str:
    return f"{XES_HEAD}{body}</log>"


def gz_bomb(folder: Path) -> None:
    with gzip.open(folder / "x.csv.gz", "wb", compresslevel=9) as stream:
        stream.write(HEADER.encode())
        for _ in range(80):
            stream.write(b"0" * (1 << 20))


def zip_bomb(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "x.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("x.csv", "w") as member,
    ):
        for _ in range(80):
            member.write(b"0" * (1 << 20))


def xlsx_bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "x.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in xlsx_parts(sheet_of()).items():
            archive.writestr(name, content)
        with archive.open("xl/media/zeros.bin", "w") as member:
            for _ in range(80):
                member.write(b"0" * (1 << 20))


def locked_zip(folder: Path) -> None:
    path = folder / "x.zip"
    zip_of("x.zip", {"x.csv": (HEADER + GOOD).encode()})(folder)
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))


def spoilt_zip(folder: Path) -> None:
    zip_of("x.zip", {"x.csv": (HEADER + GOOD * 200).encode()})(folder)
    path = folder / "x.zip"
    raw = bytearray(path.read_bytes())
    raw[45:60] = b"\xff" * 15
    path.write_bytes(bytes(raw))


def circular_xls(next_of_directory: int, next_of_book: int, next_list: int = 0xFFFFFFFE) -> bytes:
    """An old Excel file of five sectors: table, directory, two of the book, one spare; links as given."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 1, 1, 0, 4096, end, 0, next_list, 1)
    struct.pack_into("<109I", head, 76, 0, *[free] * 108)
    table = [0xFFFFFFFD, next_of_directory, 3, next_of_book, *[free] * 124]
    directory = bytearray(512)
    for place, name, kind, start in ((0, "Root Entry", 5, end), (128, "Workbook", 2, 2)):
        letters = name.encode("utf-16-le") + b"\0\0"
        directory[place : place + len(letters)] = letters
        struct.pack_into("<HBB", directory, place + 64, len(letters), kind, 1)
        struct.pack_into("<IQ", directory, place + 116, start, 8192)
    spare = struct.pack("<128I", *[free] * 127, 4)
    return bytes(head) + struct.pack("<128I", *table) + bytes(directory) + bytes(1024) + spare


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "x.csv")


def sock(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("x.csv")
    finally:
        os.chdir(here)


def link_out(folder: Path) -> None:
    outside = folder.parent / "secret.csv"
    outside.write_text(HEADER + GOOD)
    (folder / "x.csv").symlink_to(outside)


def link_to_folder_outside(folder: Path) -> None:
    outside = folder.parent / "elsewhere"
    outside.mkdir()
    (outside / "x.csv").write_text(HEADER + GOOD)
    (folder / "linked").symlink_to(outside)


def bad_name(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.csv")).write_text(HEADER + GOOD)


def deep_json(depth: int) -> str:
    return '{"rows": ' + "[" * depth + "]" * depth + "}"


def one_deep_record() -> str:
    return '{"event": "ok"}\n' + '{"a":' * 200 + "1" + "}" * 200 + "\n"


def overlong_line(folder: Path) -> None:
    with (folder / "x.csv").open("w") as stream:
        stream.write(HEADER + "ann,view,")
        for _ in range(20):
            stream.write("z" * (1 << 20))
        stream.write("\nbob,cart,2026-01-10\n")


def jsonl_many_keys() -> str:
    return "".join(json.dumps({f"key{n}_{k}": 1 for k in range(50)}) + "\n" for n in range(60))


UNREADABLE = UnreadableFileError
TEXT_CASES = [
    Case("empty file", write("x.csv", b""), UNREADABLE),
    Case("only blanks", write("x.csv", b" \n\n \r\n"), UNREADABLE),
    Case("only a mark", write("x.csv", b"\xef\xbb\xbf"), UNREADABLE),
    Case("only a header", csv_of(), rows=0),
    Case("only null bytes", write("x.csv", b"\x00" * 5000), UNREADABLE),
    Case("random bytes", write("x.csv", random.Random(0).randbytes(20_000)), UNREADABLE),
    Case("a picture called csv", write("x.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), UNREADABLE),
    Case("null bytes in a row", csv_of(GOOD, "eve\x00,view,2026-01-10\n"), rows=2, rejects=("null_bytes",)),
    Case(
        "half a letter",
        csv_of("Анна,просмотр,2026\n" * 60, b"\xd0,view,2026-01-10\n"),
        rows=60,
        rejects=("undecodable",),
    ),
    Case(
        "two encodings in one file",
        csv_of("Анна,просмотр,2026-01-10\n" * 80, "Борис,корзина,2026-01-11\n".encode("cp1251")),
        rows=80,
        rejects=("undecodable",),
    ),
    Case(
        "lone surrogates in UTF-16",
        write("x.csv", (HEADER + GOOD).encode("utf-16") + b"\x00\xd8,\x00v\x00"),
        rows=2,
        rejects=("too_few_cells",),
    ),
    Case(
        "odd length of UTF-16",
        write("x.csv", (HEADER + GOOD).encode("utf-16") + b"e"),
        rows=2,
        rejects=("too_few_cells",),
    ),
    Case("UTF-16 without a mark", write("x.csv", (HEADER + GOOD).encode("utf-16-le")), rows=2),
    Case("a mark in the middle", csv_of(GOOD, "\ufeffeve,view,2026-01-10\n"), rows=3),
    Case("an unclosed quote", csv_of(GOOD, '"eve,view,2026-01-10\n', GOOD), rows=4, rejects=("broken_quotes",)),
    Case("an unclosed quote at the end", csv_of(GOOD, 'eve,view,"2026'), rows=2, rejects=("broken_quotes",)),
    Case(
        "an unclosed quote before much text",
        csv_of('"eve,view,2026-01-10\n', GOOD * 3000),
        rows=6000,
        rejects=("broken_quotes",),
    ),
    Case("text after a quote", csv_of(GOOD, '"eve"x,view,2026-01-10\n'), rows=3),
    Case("too few cells", csv_of(GOOD * 10, "eve,view\n"), rows=20, rejects=("too_few_cells",)),
    Case("too many cells", csv_of(GOOD * 10, "eve,view,2026,more\n"), rows=20, rejects=("too_many_cells",)),
    Case("every row too wide", csv_of("a,b,c,d,e\n" * 20), UNREADABLE),
    Case("the header again", csv_of(GOOD, HEADER, GOOD), rows=4, rejects=("repeated_header",)),
    Case("carriage returns only", write("x.csv", (HEADER + GOOD).replace("\n", "\r").encode()), rows=2),
    Case("mixed line ends", csv_of("ann,view,2026\r\nbob,cart,2026\neve,pay,2026\r"), rows=3),
    Case("formulas", csv_of("=cmd|' /C calc'!A0,@SUM(1),2026-01-10\n+7900,-1,2026-01-11\n"), rows=2),
    Case("a cell of 10 MB", csv_of(GOOD, "eve," + "z" * (10 << 20) + ",2026\n"), rows=2, rejects=("line_too_long",)),
    Case("a cell of 2 MB", csv_of(GOOD, "eve," + "z" * (2 << 20) + ",2026\n"), rows=2, rejects=("cell_too_long",)),
    Case("a line of 20 MB", overlong_line, rows=1, rejects=("line_too_long",)),
    Case("one line of 12 MB", write("x.csv", b"z" * (12 << 20)), UNREADABLE),
    Case(
        "5,000 columns",
        write("x.csv", ",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n"),
        TooLargeError,
    ),
    Case("a header of 1 MB", write("x.csv", "a" * (1 << 20) + ",b\n1,2\n3,4\n"), rows=2),
    Case(
        "times that are none",
        csv_of("ann,view,NaN\nbob,view,inf\neve,view,-Infinity\nkim,view,9999999999999999999999\n"),
        rows=4,
    ),
    Case("a huge whole number", csv_of(f"ann,view,{'9' * 5000}\n"), rows=1),
    Case("one name for all columns", write("x.csv", "a,a,A,_row,_file\n1,2,3,4,5\n6,7,8,9,10\n"), rows=2),
    Case("SQL in the header", write("x.csv", 'a"); DROP TABLE raw; --,b\n1,2\n3,4\n'), rows=2),
    Case("dollars in the header", write("x.csv", "$table,$names\n1,2\n3,4\n"), rows=2),
    Case("terminal codes", csv_of("\x1b[2J\x1b[31mann,view,2026-01-10\n"), rows=1),
]
MARKUP_CASES = [
    Case("XES cut off", cut("x.xes", xes(XES_TRACE * 50).encode()), UNREADABLE),
    Case(
        "XES of laughs",
        write(
            "x.xes", billion_laughs("log", '<log><trace><event><string key="a" value="&l9;"/></event></trace></log>')
        ),
        UNREADABLE,
    ),
    Case(
        "XES with an external entity",
        write(
            "x.xes",
            '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY e SYSTEM "file:///etc/passwd">]><log><trace><event><string key="a" value="x"/>&e;</event></trace></log>',
        ),
        UNREADABLE,
    ),
    Case(
        "XES with a quadratic entity",
        write("x.xes", f'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY e "{"z" * 50_000}">]><log>{"&e;" * 500}</log>'),
        UNREADABLE,
    ),
    Case("XES with an unknown entity", write("x.xes", xes("<trace>&nothing;</trace>")), UNREADABLE),
    Case("XES without events", write("x.xes", xes("<trace/>")), rows=0),
    Case("XES of 100,000 levels", write("x.xes", xes('<list key="a">' * 100_000)), UNREADABLE),
    Case(
        "XES with 3,000 attributes",
        write(
            "x.xes",
            xes(
                "<trace><event>" + "".join(f'<string key="k{n}" value="v"/>' for n in range(3000)) + "</event></trace>"
            ),
        ),
        TooLargeError,
    ),
    Case(
        "XES with a value of 12 MB",
        write("x.xes", xes(f'<trace><event><string key="a" value="{"z" * (12 << 20)}"/></event></trace>')),
        UNREADABLE,
    ),
    Case(
        "XES with a value of 2 MB",
        write("x.xes", xes(f'<trace><event><string key="a" value="{"z" * (2 << 20)}"/></event></trace>')),
        rows=0,
        rejects=("cell_too_long",),
    ),
    Case(
        "XES in an unknown encoding", write("x.xes", '<?xml version="1.0" encoding="klingon"?><log></log>'), UNREADABLE
    ),
    Case("XES with a null byte", write("x.xes", xes("<trace>\x00</trace>")), UNREADABLE),
    Case("some other XML", write("x.xml", "<?xml version='1.0'?><offers><offer/></offers>"), UNREADABLE),
    Case("HTML without a table", write("x.xls", "<html><body>Session expired</body></html>"), UNREADABLE),
    Case(
        "HTML with a wide span",
        write("x.xls", "<table><tr><th>a<th>b</tr><tr><td>1<td colspan=999999999>2</tr></table>"),
        rows=1,
    ),
    Case("HTML cut off", write("x.xls", "<table><tr><th>a</th><th>b</th></tr><tr><td>ann</td><td>vi"), rows=1),
]
JSON_CASES = [
    Case("JSON cut off", cut("x.json", json.dumps([{"a": n} for n in range(100)]).encode()), UNREADABLE),
    Case("JSON 100,000 lists deep", write("x.json", deep_json(100_000)), UNREADABLE),
    Case(
        "JSON 300 lists deep",
        write("x.json", '{"rows": [{"a": ' + "[" * 300 + "]" * 300 + "}]}"),
        rows=0,
        rejects=("too_deep",),
    ),
    Case("a record 200 levels deep", write("x.jsonl", one_deep_record()), rows=1, rejects=("too_deep",)),
    Case(
        "a line 100,000 levels deep",
        write("x.jsonl", '{"a": 1}\n' + "[" * 100_000 + "\n"),
        rows=1,
        rejects=("bad_json",),
    ),
    Case("JSON NaN and infinity", write("x.json", '[{"t": NaN, "x": -Infinity}, {"t": 1, "x": 1e999}]'), rows=2),
    Case("a JSON number of 10,000 digits", write("x.json", '[{"t": ' + "9" * 10_000 + "}]"), rows=1),
    Case("the same key twice", write("x.json", '[{"a": 1, "a": 2}]'), rows=1),
    Case("a lone surrogate in JSON", write("x.json", '[{"a": "\\ud800"}, {"\\udfff": "b"}]'), rows=2),
    Case("null characters in JSON", write("x.json", '[{"a": "x\\u0000y"}]'), rows=1),
    Case("JSON of scalars", write("x.json", "[1, 2, 3]"), UNREADABLE),
    Case("JSON null", write("x.json", "null"), UNREADABLE),
    Case("JSON that is an error", write("x.json", '{"error": "expired_token"}'), UNREADABLE),
    Case(
        "JSON with strangers in the list",
        write("x.json", '[{"a": 1}, 5, null, {"a": 2}]'),
        rows=2,
        rejects=("not_an_object", "not_an_object"),
    ),
    Case("JSON that is binary", write("x.json", random.Random(3).randbytes(5000)), UNREADABLE),
    Case("a broken line", write("x.jsonl", '{"a": 1}\n{"a": \n{"a": 3}\n'), rows=2, rejects=("bad_json",)),
    Case("lines of 3,000 keys in all", write("x.jsonl", jsonl_many_keys()), TooLargeError),
    Case(
        "a cell of 2 MB in JSON",
        write("x.jsonl", json.dumps({"a": "z" * (2 << 20)}) + '\n{"a": 1}\n'),
        rows=1,
        rejects=("cell_too_long",),
    ),
    Case(
        "OCEL with nonsense inside",
        write(
            "x.json",
            json.dumps(
                {
                    "eventTypes": [],
                    "objectTypes": [],
                    "objects": [5, {"id": None}],
                    "events": [7, {"id": "e", "type": "t", "time": "x", "relationships": 5, "attributes": [1]}],
                }
            ),
        ),
        rows=1,
        rejects=("not_an_object",),
    ),
]
ARCHIVE_CASES = [
    Case("gz cut off", cut("x.csv.gz", gzip.compress((HEADER + GOOD * 500).encode())), UNREADABLE),
    Case(
        "gz with a wrong sum", write("x.csv.gz", gzip.compress((HEADER + GOOD).encode())[:-8] + b"\x00" * 8), UNREADABLE
    ),
    Case("gz that is text", write("x.csv.gz", HEADER + GOOD), UNREADABLE),
    Case("gz inside gz", write("x.csv.gz", gzip.compress(gzip.compress(HEADER.encode()))), UNREADABLE),
    Case("gz bomb", gz_bomb, TooLargeError),
    Case("zip cut off", cut("x.zip", b"PK\x03\x04" + random.Random(5).randbytes(4000)), UNREADABLE),
    Case("zip with a spoilt member", spoilt_zip, UNREADABLE),
    Case("zip with a password", locked_zip, UNREADABLE),
    Case("zip bomb", zip_bomb, TooLargeError),
    Case("zip inside zip", zip_of("x.zip", {"inner.zip": b"PK\x03\x04" + b"0" * 100}), UNREADABLE),
    Case("zip that climbs out", zip_of("x.zip", {"../../evil.csv": (HEADER + GOOD).encode()}), UNREADABLE),
    Case("zip with an absolute name", zip_of("x.zip", {"/tmp/evil.csv": (HEADER + GOOD).encode()}), UNREADABLE),
    Case(
        "zip that climbs out by backslash", zip_of("x.zip", {"..\\..\\evil.csv": (HEADER + GOOD).encode()}), UNREADABLE
    ),
    Case("zip of 1,500 files", zip_of("x.zip", {f"{n}.csv": b"a,b\n1,2\n" for n in range(1500)}), TooLargeError),
    Case("zip with nothing in it", zip_of("x.zip", {}), UNREADABLE),
    Case("7z", write("x.7z", b"7z\xbc\xaf\x27\x1c" + b"0" * 100), UNREADABLE),
    Case("rar called zip", write("x.zip", b"Rar!\x1a\x07" + b"0" * 100), UNREADABLE),
]
WORKBOOK_CASES = [
    Case("xlsx cut off", cut("x.xlsx", xlsx_bytes(ROWS)), UNREADABLE),
    Case("xlsx that is text", write("x.xlsx", HEADER + GOOD), UNREADABLE),
    Case("xlsx that is empty", write("x.xlsx", b""), UNREADABLE),
    Case("xlsx bomb", xlsx_bomb, TooLargeError),
    Case(
        "xlsx of laughs",
        zip_of("x.xlsx", xlsx_parts(billion_laughs("worksheet", sheet_of(f'<row r="1">{inline("A1", "&l9;")}</row>')))),
        UNREADABLE,
    ),
    Case(
        "xlsx with an external entity",
        zip_of("x.xlsx", xlsx_parts(sheet_of(), '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
        UNREADABLE,
    ),
    Case(
        "xlsx with a cell far away",
        zip_of(
            "x.xlsx",
            xlsx_parts(
                sheet_of(f'<row r="1">{inline("A1", "a")}</row><row r="1048576">{inline("XFD1048576", "z")}</row>')
            ),
        ),
        TooLargeError,
    ),
    Case(
        "xlsx with broken XML",
        zip_of("x.xlsx", xlsx_parts(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"')),
        UNREADABLE,
    ),
    Case(
        "xlsx with a missing sheet",
        zip_of("x.xlsx", {k: v for k, v in xlsx_parts("").items() if "sheet1" not in k}),
        UNREADABLE,
    ),
    Case(
        "xlsx with nonsense places",
        zip_of("x.xlsx", xlsx_parts(sheet_of('<row r="x"><c r="1A"><v>1</v></c></row>'))),
        UNREADABLE,
    ),
    Case(
        "xlsx with errors and formulas",
        write("x.xlsx", xlsx_bytes([*ROWS, ["=1/0", '=HYPERLINK("http://evil")', "#N/A"]])),
        rows=3,
    ),
    Case("xlsx without cells", write("x.xlsx", xlsx_bytes([])), UNREADABLE),
    Case(
        "a docx called xlsx",
        zip_of("x.xlsx", {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        UNREADABLE,
    ),
    Case("xls that is only a head", write("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000), UNREADABLE),
    Case(
        "xls of noise",
        write("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(7).randbytes(40_000)),
        UNREADABLE,
    ),
    Case("xls whose directory runs in a circle", write("x.xls", circular_xls(1, 0xFFFFFFFE)), UNREADABLE),
    Case("xls whose book runs in a circle", write("x.xls", circular_xls(0xFFFFFFFE, 2)), UNREADABLE),
    Case("xls whose lists run in a circle", write("x.xls", circular_xls(0xFFFFFFFE, 0xFFFFFFFE, 4)), UNREADABLE),
    Case("ods of laughs", zip_of("x.ods", ods_of(billion_laughs("a", f"{ODS_HEAD}&l9;{ODS_TAIL}"))), UNREADABLE),
    Case(
        "ods with a billion cells",
        zip_of(
            "x.ods",
            ods_of(
                f'{ODS_HEAD}<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>z</text:p></table:table-cell></table:table-row>{ODS_TAIL}'
            ),
        ),
        TooLargeError,
    ),
    Case("ods cut off", zip_of("x.ods", ods_of(ODS_HEAD)), UNREADABLE),
    Case("parquet cut off", cut_parquet(0.5), UNREADABLE),
    Case("parquet without its tail", cut_parquet(0.98), UNREADABLE),
    Case("parquet that is only a mark", write("x.parquet", b"PAR1"), UNREADABLE),
    Case("parquet of noise", spoilt_parquet, UNREADABLE),
    Case("parquet that is text", write("x.parquet", HEADER + GOOD), UNREADABLE),
]
DOCUMENT_CASES = [
    Case(
        "docx of laughs",
        write("x.docx", packed(laughs("w:document", f'<w:p xmlns:w="{WORD}"><w:t>&l9;</w:t></w:p>'))),
        UNREADABLE,
    ),
    Case(
        "docx with an outer entity",
        write("x.docx", packed(document(paragraph("Хорошо"), head='<!DOCTYPE d SYSTEM "file:///etc/passwd">'))),
        UNREADABLE,
    ),
    Case("docx that unpacks to a gigabyte", write("x.docx", bomb_docx()), TooLargeError),
    Case("docx cut off", write("x.docx", docx("Долго везли", "Хорошо")[:200]), UNREADABLE),
    Case("docx with broken XML", write("x.docx", packed(document(paragraph("Долго"))[:-30])), UNREADABLE),
    Case("docx too deep", write("x.docx", packed(document("<w:p>" * 5_000 + "</w:p>" * 5_000))), UNREADABLE),
    Case("docx without words", write("x.docx", docx("", " ")), UNREADABLE),
    Case(
        "docx without a document",
        zip_of("x.docx", {"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<w/>"}),
        UNREADABLE,
    ),
    Case("docx of noise", write("x.docx", random.Random(7).randbytes(5_000)), UNREADABLE),
    Case("docx that is text", write("x.docx", "Хорошо, спасибо"), UNREADABLE),
    Case("docx read from right to left", write("отзывы.docx", docx("\u202eהכל טוב\u202c", "Хорошо")), rows=2),
    Case("srt without words", write("x.srt", "1\n00:00:01,000 --> 00:00:02,000\n\n"), UNREADABLE),
    Case("vtt with times gone mad", write("x.vtt", "WEBVTT\n\n99:99.999 --> 00:00.000\n<v Клиент>Долго</v>\n"), rows=1),
    Case(
        "txt with a line of a megabyte",
        write("отзывы.txt", "Хорошо, спасибо\n" + "а " * 600_000 + "\nПлохо, не советую"),
        rows=2,
        rejects=("cell_too_long",),
    ),
    Case("txt of noise", write("x.txt", random.Random(7).randbytes(40_000)), UNREADABLE),
    Case("txt of blank lines", write("x.txt", "\n \n\n"), UNREADABLE),
    Case("txt with zero bytes", write("отзывы.txt", "Хорошо\nПло\x00хо\nДолго"), rows=2, rejects=("null_bytes",)),
]
PLACE_CASES = [
    Case("a pipe", fifo, UNREADABLE),
    Case("a socket", sock, UNREADABLE),
    Case("a device", lambda folder: (folder / "x.csv").symlink_to("/dev/zero"), UNREADABLE),
    Case("a link out of the folder", link_out, UNREADABLE),
    Case("a link to a folder outside", link_to_folder_outside, UNREADABLE),
    Case("a link to itself", lambda folder: (folder / "x.csv").symlink_to("x.csv"), UNREADABLE),
    Case("a link to nothing", lambda folder: (folder / "x.csv").symlink_to("gone.csv"), UNREADABLE),
    Case("a name that is no text", bad_name, UNREADABLE),
    Case("an unknown kind", write("x.dbf", HEADER + GOOD), UNREADABLE),
]
CASES = [*TEXT_CASES, *MARKUP_CASES, *JSON_CASES, *ARCHIVE_CASES, *WORKBOOK_CASES, *DOCUMENT_CASES, *PLACE_CASES]
