"""What one clause of a text says: about what, how it feels, what for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DECISION = 0.5  # a probability from here on is a yes


class Sentiment(StrEnum):
    """How the customer feels about the thing."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class StatementKind(StrEnum):
    """What a statement does: it praises, complains, asks, tells a job to be done."""

    PRAISE = "praise"
    PAIN = "pain"
    NEED = "need"
    QUESTION = "question"
    JTBD = "jtbd"
    TRIGGER = "trigger"
    BARRIER = "barrier"
    CHURN = "churn"
    COMPARISON = "comparison"
    FACT = "fact"


EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a model reads in a clause or a text.

    `probabilities` of negative, neutral, positive add to 1; `value` is −2…+2; `emotions` are independent
    probabilities by the names of EMOTIONS; `kinds` are probabilities that add to 1.
    """

    probabilities: tuple[float, float, float]
    value: float
    emotions: Mapping[str, float]
    kinds: Mapping[StatementKind, float]

    @property
    def sentiment(self) -> Sentiment:
        """The likeliest of the three."""
        return tuple(Sentiment)[max(range(3), key=self.probabilities.__getitem__)]

    @property
    def probability(self) -> float:
        """Of the likeliest."""
        return max(self.probabilities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """«Когда … хочу … чтобы …»: code points (start, end) of each part of the text that was said; None = unsaid."""

    when: tuple[int, int] | None = None
    want: tuple[int, int]
    so_that: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A clause with one opinion: code points `start:end` of the stored text.

    `touchpoints` are (key, probability), the likeliest first, from DECISION on; `attributes` the words that qualify;
    `job` the job to be done that the clause's sentence tells.
    """

    start: int
    end: int
    touchpoints: tuple[tuple[str, float], ...]
    opinion: Opinion
    kind: StatementKind
    attributes: tuple[str, ...] = ()
    job: Job | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReading:
    """What was read in one text, and who read it.

    `opinion` is of the whole text; `model` and `version` are those of the reader that did it, which may have stood in
    for another.
    """

    opinion: Opinion
    statements: tuple[Statement, ...]
    model: str
    version: str
