"""A text as it was read: whether it counts, how it feels, what its clauses say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tropa.domain.evidence import MarkKind, Rating
from tropa.domain.opinion import Opinion, Sentiment, Statement


class Noise(StrEnum):
    """Why a text says nothing about the company."""

    EMPTY = "empty"
    SPAM = "spam"


class Copy(StrEnum):
    """How a text repeats an earlier one."""

    SAME = "same"
    NEAR = "near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark that a customer gave; `question` is the survey's question or the column's name."""

    kind: MarkKind
    rating: Rating
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    """One input row, read.

    `text` is the stored (masked) text; spans of statements are its code points. `sentiment` is None where there are no
    words, `opinion` is of the whole text. `duplicate_of` is the id of the first row with these words: such a row is
    read like any other, but counts leave it out (`counts`). `person` is a pseudonym, `answers` joins what one person
    gave in one sheet; `question` is what the text answers, `marks` are all marks of the row. `reported`: an employee
    speaks. `model` and `version` are of the reader that read this row.
    """

    id: str
    text: str
    language: str | None = None
    rating: Rating | None = None
    written_at: datetime | None = None
    source: str | None = None
    person: str | None = None
    question: str | None = None
    answers: str | None = None
    marks: tuple[Mark, ...] = ()
    reported: bool = False
    duplicate_of: str | None = None
    copy: Copy | None = None
    noise: Noise | None = None
    opinion: Opinion | None = None
    statements: tuple[Statement, ...] = ()
    model: str = ""
    version: str = ""

    @property
    def sentiment(self) -> Sentiment | None:
        """How the author feels; None where there are no words."""
        return None if self.opinion is None else self.opinion.sentiment

    @property
    def counts(self) -> bool:
        """Whether this is a voice of its own: words of a customer, said for the first time."""
        return self.noise is None and self.duplicate_of is None and not self.reported


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCounts:
    """How many rows there were and what became of them; `statements` are those of rows that count."""

    rows: int = 0
    empty: int = 0
    spam: int = 0
    same: int = 0
    near: int = 0
    reported: int = 0
    statements: int = 0

    @property
    def voices(self) -> int:
        """Rows that count."""
        return self.rows - self.empty - self.spam - self.same - self.near - self.reported


def counted(lines: Sequence[VoiceLine], before: VoiceCounts | None = None) -> VoiceCounts:
    """The counts of these lines, added to those before; a row is counted under the first reason that leaves it out."""
    one = before or VoiceCounts()
    empty = sum(line.noise is Noise.EMPTY for line in lines)
    spam = sum(line.noise is Noise.SPAM for line in lines)
    heard = [line for line in lines if line.noise is None]
    same = sum(line.copy is Copy.SAME for line in heard)
    near = sum(line.copy is Copy.NEAR for line in heard)
    reported = sum(line.reported and line.copy is None for line in heard)
    said = sum(len(line.statements) for line in lines if line.counts)
    return VoiceCounts(
        rows=one.rows + len(lines),
        empty=one.empty + empty,
        spam=one.spam + spam,
        same=one.same + same,
        near=one.near + near,
        reported=one.reported + reported,
        statements=one.statements + said,
    )
