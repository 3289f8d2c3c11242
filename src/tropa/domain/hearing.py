"""What a pile of feedback says, counted: themes, months, drivers of the rating, scores of surveys, and the report."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812  a field is called date
from enum import StrEnum

from tropa.domain.evidence import Quote, Rating
from tropa.domain.opinion import Sentiment, StatementKind
from tropa.domain.period import Period
from tropa.domain.text import Text
from tropa.domain.voice import VoiceCounts

FEW_ANSWERS = 30


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of` people with the 95 % interval of their ratio."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The ratio; 0 of nobody."""
        return self.count / self.of if self.of else 0.0

    @property
    def is_small(self) -> bool:
        """Too few people for per cent."""
        return self.of < FEW_ANSWERS


@dataclass(frozen=True, slots=True)
class MonthShare:
    """A share in the month that begins on `month`; `whole` says that its days are all in the data."""

    month: Day
    share: Share
    whole: bool = True


class Direction(StrEnum):
    """Where a monthly share goes."""

    NEW = "new"
    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    FEW_DATA = "few_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Monthly shares and where they go: the last `compared` months against as many before.

    `difference` is last minus before in shares with its interval; None where there are too few people.
    """

    months: tuple[MonthShare, ...]
    direction: Direction
    compared: int = 0
    difference: tuple[float, float, float] | None = None


class ThemeKind(StrEnum):
    """Whether a theme is what hurts, what pleases, or what people want."""

    PAIN = "pain"
    GAIN = "gain"
    NEED = "need"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeClause:
    """One clause of a theme: who said it, when, where in the text, and which part of the theme it is."""

    feedback: str
    speaker: str
    start: int
    end: int
    part: str
    date: Day | None = None


@dataclass(frozen=True, slots=True)
class ThemePart:
    """The smallest thing that a theme is made of: «мятая» × «коробка». People can take it out."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What several people say of one touchpoint in one mood.

    `key` comes from what is said, not from the run; `of` people spoke of the touchpoint. A
    `plain` theme says that something is good or bad and not in what.
    """

    key: str
    kind: ThemeKind
    touchpoint: str
    name: Text
    of: int
    parts: tuple[ThemePart, ...]
    clauses: tuple[ThemeClause, ...]
    plain: bool = False
    named_by_person: bool = False

    @property
    def voices(self) -> int:
        """Different people."""
        return len({one.speaker for one in self.clauses})


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeChoice:
    """What a person decided of the theme `key`: its name, the theme that it belongs to, the parts that stand apart."""

    key: str
    name: Text | None = None
    merged_into: str | None = None
    apart: tuple[str, ...] = ()
    hidden: bool = False
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTheme:
    """A theme with its proof."""

    theme: Theme
    share: Share
    trend: Trend
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointVoice:
    """What was said of a touchpoint: people by sentiment; one who both praised and blamed is in both.

    `value` is the mean of the people's −2…+2 with its interval; `emotions` counts people by the names that people see.
    """

    key: str
    name: Text
    stage: str | None
    people: int
    negative: Share
    neutral: Share
    positive: Share
    value: float | None
    low: float | None
    high: float | None
    emotions: Mapping[str, int]
    trend: Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How the mark of those who complain of (or praise) a touchpoint differs from that of the others.

    `difference` is in points of the scale; where `adjusted`, other topics of the same texts are taken into account.
    `with_it` and `without` are plain means. An association: it says nothing of causes. `q_value` counts all drivers.
    """

    touchpoint: str
    sentiment: Sentiment
    people: int
    of: int
    with_it: float
    without: float
    difference: float
    low: float
    high: float
    q_value: float
    adjusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMood:
    """How many of those who speak of a stage complain of it; months are of those who spoke of it then."""

    stage: str
    negative: Share
    trend: Trend


class SurveyKind(StrEnum):
    """The three questions that companies ask most."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyScore:
    """The score of one question in one group of answers.

    `answers` different people; `low_marks`, `middle`, `high_marks` of them (detractors, passives, promoters for NPS).
    `value`, `low`, `high` are None below 30 answers: NPS in points from −100 to 100, CSAT and CES as a share.
    `mean` on the question's own scale. `group` is (kind, value): stage, segment, month; None for all.
    """

    kind: SurveyKind
    group: tuple[str, str] | None
    answers: int
    low_marks: int
    middle: int
    high_marks: int
    value: float | None
    low: float | None
    high: float | None
    mean: float
    scale: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A subject that several people name and no touchpoint of the list takes."""

    name: Text
    people: int
    of: int
    negative: int
    positive: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """One statement as a row of a table; `text` is its words, `themes` the keys of the themes it belongs to."""

    feedback: str
    text: str
    start: int
    end: int
    date: Day | None
    source: str | None
    rating: Rating | None
    touchpoints: tuple[str, ...]
    sentiment: Sentiment
    value: float
    probability: float
    emotions: tuple[str, ...]
    kind: StatementKind
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReport:
    """Everything that the report shows; lists are in the order of showing.

    `people` are different voices; `unhappy` and `pleased` of them complain of or praise something; `rated` gave a mark.
    """

    counts: VoiceCounts
    people: int
    unhappy: Share
    pleased: Share
    rated: int
    period: Period | None
    sources: tuple[str, ...]
    model: str
    touchpoints: tuple[TouchpointVoice, ...]
    themes: tuple[ShownTheme, ...]
    drivers: tuple[Driver, ...]
    scale: tuple[float, float] | None
    surveys: tuple[SurveyScore, ...]
    discovered: tuple[Discovered, ...]
    mood: Trend
    stage_moods: tuple[StageMood, ...]
    said: Collection[SaidRow]
    stages: Mapping[str, Text]
