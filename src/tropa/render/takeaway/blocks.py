"""What a document to take away is made of: headings, paragraphs, lists, tables and pictures, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tropa.domain.text import Language
from tropa.render.picture.pieces import Block


class Tone(StrEnum):
    """How a passage is set."""

    BODY = "body"
    LEAD = "lead"
    SMALL = "small"
    QUOTE = "quote"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a part of the document."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: words that stand out, then the others."""

    text: str
    tone: Tone = Tone.BODY
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Points one under another, each with what stands out and what it rests on."""

    points: tuple[tuple[str, str, str], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are parts of the page's width, `numbers` the columns set to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as wide as the text, with words for those who do not see it."""

    drawing: Block
    told: str


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a new page."""


Part = Heading | Passage | Listed | Table | Picture | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document in one language; `landscape` lies on its side, `compact` is set so that a page holds it."""

    title: str
    subtitle: str
    language: Language
    parts: tuple[Part, ...]
    day: date | None = None
    landscape: bool = False
    compact: bool = False

    def before(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """These parts, then the document's own."""
        return (*parts, *self.parts)
