"""Feedback: what a customer said, as stored (personal data masked)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tropa.domain.evidence import Rating
from tropa.domain.opinion import Statement
from tropa.domain.voice import Mark


class Voice(StrEnum):
    """Who speaks: only customers are counted as voices. UNKNOWN: a turn of a conversation that nobody can tell."""

    CUSTOMER = "customer"
    EMPLOYEE = "employee"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One text of one customer. `text` is masked; `person` is a pseudonym, `unit` their place in the log, if known.

    `buyer`: their class of the buying centre, where a list of contacts tells it.

    `question` is what the text answers: an open question of a survey, or the interviewer's. `answers` joins the texts
    that one person gave in one survey sheet or conversation (None where the row has one text). `marks` are all marks
    of the row; they stand beside its first text only, so that each is counted once.
    """

    id: str
    text: str
    person: str | None = None
    unit: int | None = None
    buyer: str | None = None
    rating: Rating | None = None
    source: str | None = None
    written_at: datetime | None = None
    language: str | None = None
    voice: Voice = Voice.CUSTOMER
    file: str | None = None
    question: str | None = None
    answers: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A clause that speaks of a touchpoint: `start:end` are code points of the feedback's text.

    `value` is −2…+2, None where nothing tells; `statement` is all that was read in the clause.
    """

    feedback: str
    start: int
    end: int
    touchpoint: str
    stage: str
    words: tuple[str, ...]
    value: float | None = None
    negative: bool | None = None
    statement: Statement | None = None
