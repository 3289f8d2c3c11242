"""A scenario: an invented business in words, from which its exports and the truth about it follow.

Stages of steps make the path; properties tell customers apart; what happens beside the path, the calendar and chance
make it lifelike; `planted` problems are there to be found, `decoys` to be left alone. Checked by `scenario_faults`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tropa.domain.finding import FindingKind
from tropa.domain.text import Language

Values = str | tuple[str, ...]


class Of(StrEnum):
    """What a property belongs to: the person for good, or one attempt to go the way."""

    PERSON = "person"
    VISIT = "visit"


class DecoyKind(StrEnum):
    """What looks like a problem and is none."""

    SEASON = "season"
    MIX = "mix"
    PROMO = "promo"
    SMALL = "small"
    BOTS = "bots"
    OPEN = "open"
    OUTAGE = "outage"


class Clock(StrEnum):
    """How a file writes moments."""

    SPACE = "space"
    ISO = "iso"
    ZULU = "zulu"
    DAY_FIRST = "day_first"
    EPOCH = "epoch"


class Form(StrEnum):
    """What kind of file it is."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of the path.

    `goes_on`: the share that reaches the next step; `wait`: the median time until then, `spread` the deviation of its
    logarithm; `repeats`: how many times more it happens on average; `back`: returns to the step before; `taken`: the
    share that has the event at all (the others pass without it); `instead`: other events in its place and their shares.
    """

    event: str
    goes_on: float = 0.8
    wait: timedelta = timedelta(minutes=5)
    spread: float = 0.8
    repeats: float = 0.0
    back: float = 0.0
    taken: float = 1.0
    instead: Mapping[str, float] = field(default_factory=dict)
    amount: float | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A part of the path under one name."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What happens off the path after a step: a message, a call for help, an extra taken, by this share of people."""

    event: str
    after: str
    share: float
    wait: timedelta = timedelta(hours=1)
    spread: float = 0.7
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The share that comes again, and the median time until then; with `before` only those who left before that step."""

    share: float
    wait: timedelta
    spread: float = 0.6
    most: int = 3
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Events that mean nothing, sprinkled over the days of a visit: how many a person on average."""

    events: tuple[str, ...]
    per_person: float
    within: timedelta = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """Something that tells customers apart: its values and their shares.

    `usual`: at the step `at` people with this value go on so many times as often as others: a difference as natural as
    that of channels; `since_step`: the step from which it is known; `known`: the share of cells that are filled.
    `drift`: by the end of the period the value comes so many times as often as at its beginning; `on` another property
    above this one, `leans` says for its values how many times as often which of this one's values go with them. `days`
    makes it follow the day on which the way begins: for each value its weekdays, 1 = Monday.
    """

    name: str
    values: Mapping[str, float]
    of: Of = Of.PERSON
    since_step: str | None = None
    known: float = 1.0
    usual: Mapping[str, float] = field(default_factory=dict)
    at: str | None = None
    drift: Mapping[str, float] = field(default_factory=dict)
    on: str | None = None
    leans: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    days: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """How busy months (12), weekdays (7, Monday first) and hours (24) are, and growth over the whole period (1 = none)."""

    months: tuple[float, ...] = (1.0,) * 12
    weekdays: tuple[float, ...] = (1.0,) * 7
    hours: tuple[float, ...] = (*(0.1,) * 7, *(1.0,) * 16, 0.3)
    growth: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A problem (or growth point) put in on purpose at a place, for a group, since a date.

    `size` by kind: the share of those who would have gone on and do not (drop_off, segment_gap, channel_gap, dead_end,
    change at a step); times as long (slow, handover); more returns a person (loop); the share of messages that do not
    come (missing_stage); times as many (change and upsell beside the path, opportunity); the share of people who write
    about it (pain). `loses`: the share that leaves because of a wait, a loop or a missing message. `event` is where a
    dead end leads; `words` is what people write of a pain. `again`: what is lost is the return of those who reached the
    goal, which `at` names (an opportunity: brings them back so many times as often).
    """

    kind: FindingKind
    at: str
    size: float
    group: Mapping[str, Values] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    loses: float = 0.0
    event: str | None = None
    words: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy:
    """Something that looks like a problem.

    season: at a step everybody goes on less (depth `size`), smoothly, over the days from first to last · mix: a share
    `size` of those who come in these days has the value of the property · promo: `size` times as many people come, all
    the more with the value · small: the value belongs to `people` people only, and they go on `size` times as often ·
    bots: `people` machines with `size` events each · open: in the last days `size` times as many come · outage: for a
    day or two a share `size` of a group does not go on.
    """

    kind: DecoyKind
    size: float = 0.3
    at: str | None = None
    group: Mapping[str, Values] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    people: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The company's own dated change, with or without effect."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsFile:
    """How the log of events is written; `amount` and `department` are columns where steps have them.

    `twice`: the share of rows that an export wrote a second time.
    """

    file: str = "events.csv"
    form: Form = Form.CSV
    delimiter: str = ","
    encoding: str = "utf-8"
    clock: Clock = Clock.SPACE
    person: str = "client_id"
    event: str = "event"
    time: str = "time"
    amount: str = "amount"
    department: str = "department"
    twice: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersFile:
    """A table of orders, deals or visits: the steps from `since_step` on are its dates and not in the log of events."""

    since_step: str
    columns: Mapping[str, str]
    file: str = "orders.csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    clock: Clock = Clock.SPACE
    key: str = "order_id"
    person: str = "client_id"
    amount: str = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsFile:
    """A table of reviews: the share of those who end their way and write one, and what they say."""

    share: float
    good: tuple[str, ...]
    bad: tuple[str, ...]
    pleased: float = 0.75
    file: str = "reviews.csv"
    delimiter: str = ";"
    encoding: str = "utf-8"
    columns: tuple[str, ...] = ("id", "client_id", "rating", "date", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The whole business: who comes when, the path, what lies beside it, what is planted, and how it is exported."""

    scenario: str
    people: int
    first: date
    last: date
    stages: tuple[Stage, ...]
    language: Language = Language.EN
    goal: str | None = None
    properties: tuple[Property, ...] = ()
    beside: tuple[Beside, ...] = ()
    returns: Again | None = None
    retries: Again | None = None
    noise: Noise | None = None
    season: Season = field(default_factory=Season)
    planted: tuple[Planted, ...] = ()
    decoys: tuple[Decoy, ...] = ()
    changes: tuple[Change, ...] = ()
    events: EventsFile = field(default_factory=EventsFile)
    orders: OrdersFile | None = None
    reviews: ReviewsFile | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def days(self) -> int:
        """Days of the period, both ends counted."""
        return (self.last - self.first).days + 1

    @property
    def goal_step(self) -> int:
        """The number of the step that all is for: the named one, else the last that brings money, else the last."""
        names = [step.event for step in self.steps]
        if self.goal is not None:
            return names.index(self.goal)
        paid = [number for number, step in enumerate(self.steps) if step.amount is not None]
        return paid[-1] if paid else len(names) - 1

    def step_number(self, event: str) -> int | None:
        """Which step this event is; None for events beside the path."""
        return next((number for number, step in enumerate(self.steps) if step.event == event), None)

    def beside_number(self, event: str) -> int | None:
        """Which of the events beside the path this is."""
        return next((number for number, one in enumerate(self.beside) if one.event == event), None)

    def stage_of(self, event: str) -> str:
        """The stage that holds this event; that of the step before it for an event beside the path."""
        besides = {one.event: one.after for one in self.beside}
        wanted = besides.get(event, event)
        return next((stage.name for stage in self.stages if any(one.event == wanted for one in stage.steps)), "")


def values_of(group: Mapping[str, Values]) -> dict[str, tuple[str, ...]]:
    """The group with a tuple of values for each property."""
    return {name: (values,) if isinstance(values, str) else tuple(values) for name, values in group.items()}


def event_names(scenario: Scenario) -> Sequence[str]:
    """Every event that can happen, each once: the path, its alternatives, beside it, dead ends, noise."""
    names = [name for step in scenario.steps for name in (step.event, *step.instead)]
    names += [one.event for one in scenario.beside]
    names += [one.event for one in scenario.planted if one.event is not None]
    names += scenario.noise.events if scenario.noise else ()
    return tuple(dict.fromkeys(names))
