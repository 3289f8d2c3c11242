"""Texts that are no tables: conversations, pasted reviews, notes; a row is a turn, a review or a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tropa.adapters.sources.delimited import spread
from tropa.adapters.sources.dialect import SPACES, detect_dialect
from tropa.adapters.sources.encodings import detect_encoding
from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.limits import Limits
from tropa.adapters.sources.lines import line_fault, shown
from tropa.adapters.sources.reading import Reading, Reject, Row, Wishes
from tropa.adapters.sources.shape import looks_like_data
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import told
from tropa.intake.data_lexicon import TEXT
from tropa.intake.table import FoundFormat, Written
from tropa.intake.words import fit, words_of
from tropa.texts.dialogue import Said, turns_of
from tropa.texts.pasted import Review, paragraphs, reviews_in
from tropa.texts.sentiment import is_negative
from tropa.texts.transcripts import are_subtitles, conversations

PROSE = frozenset({".txt", ".text", ".md", ".srt", ".vtt"})
SUBTITLES = frozenset({".srt", ".vtt"})
DIALOGUE = ("document", "turn", "time", "speaker", "role", "question", "text")
REVIEWS = ("time", "rating", "text")
NOTES = ("document", "text")
_HEAD = 1 << 16
_ALIKE = 0.8  # of the lines of a table have as many cells
_PROSE_COMMA = 0.5  # of the commas stand before a blank where they part clauses
_TITLE_WORDS = 6
_OPINIONS = 0.3  # of the pieces hold words of praise or blame where they are reviews
_SEVERAL = 3
_OBSERVED = re.compile(
    r"тайн\w+ покупател|mystery.?shop|secret.?shop|наблюден|observation|дневник визит|отч[её]т о визите|протокол визит|"
    r"аудит точк|чек-?лист визит|visit report|field notes",
    re.IGNORECASE,
)
_OF_REVIEWS = re.compile(
    r"отзыв|review|feedback|комментари|comments|жалоб|complaint|ответы|answers|nps|csat", re.IGNORECASE
)


def is_prose(blob: Blob, wishes: Wishes) -> bool:
    """Whether a text file is no table: by its name it may be one, and its lines do not have the same cells."""
    suffix = PurePosixPath(blob.name).suffix.lower()
    if suffix in SUBTITLES:
        return True
    if suffix not in PROSE or wishes.delimiter is not None or wishes.header_row is not None:
        return False
    head = blob.head(_HEAD)
    text = head.decode(detect_encoding(head) or "latin-1", "replace")
    if blob.size > _HEAD:
        text = text[: text.rfind("\n") + 1] or text
    lines = text.lstrip("\ufeff").splitlines()
    return bool(conversations(lines)) or not _is_table(text, [line for line in lines if line.strip()])


def _is_table(text: str, lines: Sequence[str]) -> bool:
    if not lines:
        return True  # the reader of tables says that nothing is there
    if fit(words_of(lines[0]), TEXT) >= _ALIKE and len(lines[0].split()) <= _TITLE_WORDS:
        return True
    delimiter = detect_dialect(text).delimiter
    if delimiter is None:
        return False
    cells = [line.split(None if delimiter == SPACES else delimiter) for line in lines[:200]]
    usual = max(map(len, cells), key=[len(one) for one in cells].count)
    if usual < 2 or sum(len(one) == usual for one in cells) < _ALIKE * len(cells):
        return False
    if delimiter == SPACES:
        return all(any(map(looks_like_data, one)) for one in cells[1:])
    spaced = text.count(f"{delimiter} ") > _PROSE_COMMA * text.count(delimiter)
    return not (delimiter in {",", ";"} and spaced) and all(len(cell.split()) <= _TITLE_WORDS for cell in cells[0])


def read_prose_file(blob: Blob, wishes: Wishes, limits: Limits) -> Iterator[Reading]:
    """The rows of a text file that is no table; nothing where it is blank."""
    if blob.size > limits.prose:
        message = told("A text of more than {limit} MB is not read at once.", limit=limits.prose >> 20)
        raise too_large(blob.address, message, "Split it into several files, or export a table.")
    raw = blob.path.read_bytes()
    encoding = wishes.encoding or detect_encoding(spread(blob))
    if encoding is None:
        raise unreadable(blob.address, "The file is not text, and of no kind that tropa reads.")
    wide = encoding.startswith(("utf-16", "utf-32"))
    try:
        text = raw.decode(encoding, "replace" if wide else "surrogateescape")
    except LookupError as error:
        hint = "Common ones are utf-8, cp1251 and utf-16."
        message = told("There is no encoding called “{encoding}”.", encoding=encoding)
        raise unreadable(blob.address, message, hint) from error
    lines = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))
    yield from read_lines_of_prose(lines, blob, encoding=encoding.removesuffix("-sig"), limits=limits)


def read_lines_of_prose(lines: Sequence[str], blob: Blob, *, encoding: str | None, limits: Limits) -> Iterator[Reading]:
    """Lines as the table of what they are: a conversation, reviews, notes, or prose that nobody knows."""
    whole, faults = _sound(lines, limits)
    found = _recognised(whole, PurePosixPath(blob.name).stem, blob.address)
    if not found.rows and not faults:
        return
    rows: list[Row | Reject] = sorted([*found.rows, *faults], key=lambda row: row.number)
    yield Reading(
        format=FoundFormat(kind=found.kind, encoding=encoding, compression=blob.compression),
        columns=list(found.columns),
        rows=iter(rows),
    )


def _sound(lines: Sequence[str], limits: Limits) -> tuple[list[str], list[Reject]]:
    """The lines, those that cannot be kept as text left blank, and what is wrong with these."""
    whole: list[str] = []
    faults: list[Reject] = []
    for number, line in enumerate(lines, 1):
        fault = "cell_too_long" if len(line) > limits.cell else line_fault(line)
        whole.append("" if fault else line)
        if fault:
            faults.append(Reject(number, fault, shown(line)))
    return whole, faults


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    columns: tuple[str, ...]
    rows: list[Row]


def _recognised(lines: Sequence[str], name: str, address: str) -> _Found:
    if talks := conversations(lines):
        return _Found(Written.DIALOGUE, DIALOGUE, list(_turns(talks, name)))
    if are_subtitles(lines):
        return _Found(Written.DIALOGUE, DIALOGUE, [])
    head = f"{address}\n" + "\n".join(lines[:5])[:400]
    if _OBSERVED.search(head):
        return _Found(Written.NOTES, NOTES, [Row(one.line, (name, one.text)) for one in paragraphs(lines)])
    pieces = reviews_in(lines)
    if pieces and (any(one.rating for one in pieces) or _OF_REVIEWS.search(address) or _are_opinions(pieces)):
        return _Found(Written.REVIEWS, *_reviews(pieces))
    return _Found(Written.PROSE, NOTES, [Row(one.line, (name, one.text)) for one in pieces])


def _turns(talks: Sequence[Sequence[Said]], name: str) -> Iterator[Row]:
    for number, talk in enumerate(talks, 1):
        document = name if len(talks) == 1 else f"{name} · {number}"
        for place, turn in enumerate(turns_of(talk), 1):
            said = turn.said
            speaker = said.speaker if number == 1 else f"{said.speaker} ({number})"  # another «Респондент»
            cells = (document, str(place), said.time, speaker, turn.role.value, turn.question, said.text)
            yield Row(said.line, cells)


def _reviews(pieces: Sequence[Review]) -> tuple[tuple[str, ...], list[Row]]:
    """Marks out of ten stand in a column of their own."""
    tens = any(one.best > 5 for one in pieces)
    columns = (*REVIEWS[:2], *(("rating (1-10)",) if tens else ()), *REVIEWS[2:])
    rows = []
    for one in pieces:
        marks = ("", one.rating) if one.best > 5 else (one.rating, "")
        rows.append(Row(one.line, (one.time, *marks[: 2 if tens else 1], one.text)))
    return columns, rows


def _are_opinions(pieces: Sequence[Review]) -> bool:
    """Several short pieces, many of which praise or blame."""
    if len(pieces) < _SEVERAL:
        return False
    looked = [one.text[:500] for one in pieces[:200]]
    return sum(is_negative(text) is not None for text in looked) >= _OPINIONS * len(looked)
