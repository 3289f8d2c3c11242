"""A text with what was read in it: what themes, drivers and reports are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tropa.domain.opinion import Statement
from tropa.domain.text import Text
from tropa.texts.document import Feedback, Voice
from tropa.texts.voices import speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A text and its statements in their order; copies, spam and empty texts are kept and are no voices.

    `group` are properties by which scores are told apart («город»: «Казань»); `stage` where the question was asked.
    """

    feedback: Feedback
    statements: tuple[Statement, ...] = ()
    duplicate_of: str | None = None
    is_spam: bool = False
    is_empty: bool = False
    stage: str | None = None
    group: tuple[tuple[str, str], ...] = ()

    @property
    def is_voice(self) -> bool:
        """Whether a customer speaks here, once and in earnest."""
        kept = self.duplicate_of is None and not self.is_spam and not self.is_empty
        return kept and self.feedback.voice is Voice.CUSTOMER

    @property
    def speaker(self) -> str:
        """Who speaks."""
        return speaker(self.feedback)

    @property
    def day(self) -> date | None:
        """When it was written."""
        return self.feedback.written_at.date() if self.feedback.written_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A touchpoint of the taxonomy: its name and the kind of stage where it stands; `words` speak of it."""

    key: str
    name: Text
    stage: str | None = None
    words: tuple[str, ...] = ()


def voices_of(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    """The texts that count."""
    return tuple(one for one in heard if one.is_voice)


def people(heard: Iterable[Heard]) -> int:
    """Different people among them."""
    return len({one.speaker for one in heard})


def by_key(places: Sequence[Place]) -> Mapping[str, Place]:
    """The touchpoints by key."""
    return {one.key: one for one in places}
