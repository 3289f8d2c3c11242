"""tropa.yaml as values: what tropa understood about a company's data, and what people changed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import date as Day  # noqa: N812  a field is called date
from enum import StrEnum

from tropa.domain.branding import BrandingSpec
from tropa.domain.buying import BuyingClassSpec
from tropa.domain.evidence import MarkKind
from tropa.domain.journeymap import BusinessModel, Match
from tropa.domain.language_model import LanguageModelSpec
from tropa.domain.template import Template
from tropa.domain.text import Language, Text


class UnitKind(StrEnum):
    """What is followed along the path."""

    PERSON = "person"
    CASE = "case"


class Semantics(StrEnum):
    """How a funnel counts; every funnel names it."""

    ANY_START = "any_start"
    FIRST_TOUCH = "first_touch"
    UNWINDOWED = "unwindowed"


class KpiMetric(StrEnum):
    """What a KPI measures."""

    CONVERSION = "conversion"
    SHARE = "share"
    MEDIAN_TIME = "median_time"
    REPEAT_SHARE = "repeat_share"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    AMOUNT = "amount"


class Precision(StrEnum):
    """How exact a column's times are."""

    US = "us"
    MS = "ms"
    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class Moment(StrEnum):
    """When a property is looked at to become a segment."""

    JOURNEY_START = "journey_start"
    LAST = "last"
    MOST_FREQUENT = "most_frequent"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSpec:
    """The question of the map, in the owner's words; `value`: what one result is worth where no amounts are known."""

    text: Text
    kpi: str | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSpec:
    """A number that the company watches."""

    key: str
    name: Text
    metric: KpiMetric
    start: str | None = field(default=None, metadata={"key": "from"})
    end: str | None = field(default=None, metadata={"key": "to"})
    semantics: Semantics = Semantics.ANY_START
    window: timedelta | None = None
    target: float | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """How a text table is written; None means as found."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeColumn:
    """A column of times.

    `format`: iso | epoch_s | epoch_ms | epoch_us | epoch_ns | excel | a strptime pattern, in which %B and %b read
    Russian and English month names.
    """

    column: str
    format: str = "iso"
    precision: Precision = Precision.SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountColumn:
    """A column of money or other numbers; `currency` is a code, `currency_column` names a column of codes."""

    column: str
    decimal: str = "."
    currency: str | None = None
    currency_column: str | None = None


_NPS_SCALE = (0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingColumn:
    """A column of marks with its scale, lowest and highest; more is better.

    `kind` None is NPS on the scale 0–10 and stars on any other.
    """

    column: str
    scale: tuple[float, float]
    kind: MarkKind | None = None

    @property
    def measures(self) -> MarkKind:
        """The kind, as written or as the scale says."""
        return self.kind or (MarkKind.NPS if self.scale == _NPS_SCALE else MarkKind.STARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedValue:
    """The same value for every row of a file."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventColumns:
    """Where an event table says who did what and when; `consent`: who agreed to be written to."""

    person: str | None = None
    case: str | None = None
    event: str | FixedValue
    time: TimeColumn
    key: str | None = None
    channel: str | FixedValue | None = None
    device: str | FixedValue | None = None
    amount: AmountColumn | None = None
    lifecycle: str | None = None
    consent: str | None = None
    properties: tuple[str, ...] = ()
    case_properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityColumns:
    """Where a table of orders, deals or tickets says what each row is."""

    key: str | None = None
    person: str | None = None
    case: str | None = None
    status: str | None = None
    amount: AmountColumn | None = None
    channel: str | FixedValue | None = None
    device: str | FixedValue | None = None
    company: str | None = None
    consent: str | None = None
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactColumns:
    """Where a list of contacts says who somebody is, which deal or company they belong to, and their job title."""

    person: str
    case: str | None = None
    company: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackColumns:
    """Where a table of reviews, answers or turns of a conversation says what was said.

    `text`: the columns that make one text. `questions`: columns of open questions, each answer a text of its own.
    `rating`: the mark that goes with the words; `marks`: the others. `role`: who speaks (customer, employee,
    interviewer, bot; everybody is a customer without it), `speaker`: under which name, `question`: what they answer.
    """

    text: str | tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    rating: RatingColumn | None = None
    marks: tuple[RatingColumn, ...] = ()
    role: str | FixedValue | None = None
    speaker: str | None = None
    question: str | None = None
    time: TimeColumn | None = None
    person: str | None = None
    key: str | None = None
    source: str | FixedValue | None = None
    consent: str | None = None
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """A table in which a row is an event; `names` says codes of events in words."""

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: EventColumns
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySource:
    """A table in which a row is an order, deal or ticket; each date becomes an event.

    `dates` maps event name → column. With `columns.status`, `status_time` dates the present status, which becomes an
    event of its own, named by the status; `cancelled` lists the statuses that undo a purchase (None: those that say
    so, such as «Отменён» or “cancelled”). `names` says codes of statuses in words.
    """

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: EntityColumns
    dates: Mapping[str, TimeColumn]
    status_time: TimeColumn | None = None
    cancelled: tuple[str, ...] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSource:
    """A table of reviews, answers or messages; `roles` says whose side a speaker is on, where `role` is wrong."""

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: FeedbackColumns
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSource:
    """A table in which a row is a contact: it brings no events, it says whose deals their events belong to."""

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: ContactColumns


PathSource = EventSource | EntitySource | FeedbackSource | ContactSource
"""What makes the path: events, things with dates, voices, and whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostColumns:
    """Where a table of marketing costs says when, on what and how much.

    `time` without a day in its format is a whole month; `until` the last day of a row; no time at all is the whole
    period of the data. Money is `amount`.
    """

    time: TimeColumn | None = None
    until: TimeColumn | None = None
    amount: AmountColumn
    channel: str | FixedValue | None = None
    campaign: str | None = None
    clicks: str | None = None
    shows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryColumns:
    """Where a table of search queries says what was searched, how often it was shown, and what the clicks cost."""

    query: str
    shows: str | None = None
    clicks: str | None = None
    amount: AmountColumn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeColumns:
    """Where a table of the company's own changes says when (`until`: a promo's last day), what, where and for whom."""

    time: TimeColumn
    until: TimeColumn | None = None
    name: str
    place: str | None = field(default=None, metadata={"key": "where"})
    whom: str | None = field(default=None, metadata={"key": "for"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSource:
    """A table of what marketing cost; `names` says a channel of the table as the events call it."""

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: CostColumns
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuerySource:
    """A table of search queries."""

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: QueryColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSource:
    """A table of the company's own dated changes."""

    file: str
    sheet: str | None = None
    format: TableFormat = TableFormat()
    columns: ChangeColumns


LedgerSource = CostSource | QuerySource | ChangeSource
"""What stands beside the path: no row of it is a customer's."""
SourceSpec = PathSource | LedgerSource


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointSpec:
    """A touchpoint: which events meet it and which words speak of it."""

    key: str
    name: Text
    channel: str | None = None
    match: Match | None = None
    words: tuple[str, ...] = ()
    owner: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSpec:
    """A stage with its touchpoints; an event takes the first touchpoint that matches, from the top down."""

    key: str
    name: Text
    goal: bool = False
    touchpoints: tuple[TouchpointSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSpec:
    """A property by which people are compared."""

    property: str
    at: Moment = Moment.JOURNEY_START


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaSpec:
    """A persona in the owner's words."""

    key: str
    name: Text
    segment: Mapping[str, str | Sequence[str]] | None = None
    quote: Text | None = None
    draft: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSpec:
    """A dated change that the company made; a candidate beside a finding's date, never its cause.

    `until`: the last day of what ended, such as a promo; `place` and `whom`: where and for whom, in the owner's words.
    """

    date: date
    name: Text
    until: Day | None = None
    place: str | None = field(default=None, metadata={"key": "where"})
    whom: str | None = field(default=None, metadata={"key": "for"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentSpec:
    """A change that a random part of people got: `cure` lists the values of `property` that got it.

    `since`: people who began before that day are not counted; `hypothesis`: the key of the one that it tests.
    """

    name: Text
    property: str
    cure: tuple[str, ...]
    since: date | None = None
    hypothesis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSettings:
    """When a difference is worth telling."""

    min_persons: int = 200
    false_discovery_rate: float = 0.05


class EngineKind(StrEnum):
    """Where questions are worked out."""

    LOCAL = "local"
    SPARK = "spark"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSpec:
    """Where questions are worked out: on this machine, or on a Spark cluster that is there already.

    `master`: spark://host:7077, sc://host:15002 (Spark Connect), yarn, …; `buckets`: a folder or address that this
    machine and all workers reach under the same name; `timeout`: how long to wait for the cluster.
    """

    kind: EngineKind = EngineKind.LOCAL
    master: str | None = None
    buckets: str | None = None
    timeout: timedelta = timedelta(seconds=30)


class StoreKind(StrEnum):
    """Where the events come from."""

    LOCAL = "local"
    CLICKHOUSE = "clickhouse"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSpec:
    """Where the events come from: the folder's files, or also a table of events in ClickHouse.

    `url`: http(s)://host:port/database; `password_from`: the variable that holds the password; `table`: database.table;
    `where`: which rows count (any of the values of each column); `since` and `until`: days, both included.
    """

    kind: StoreKind = StoreKind.LOCAL
    url: str | None = None
    user: str | None = None
    password_from: str = "CLICKHOUSE_PASSWORD"  # noqa: S105  the name of a variable
    table: str | None = None
    columns: EventColumns | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning:
    """Rules for event names, the same for the map and every question.

    `hide`: names that are looked through; `join`: new name → the names that it stands for; `pages`: addresses lose
    host, query and ids (`/product/812?utm=x` → `/product/*`). `*` is the wildcard. Hidden first, then pages, then
    joined: patterns of `join` see pages as they were cleaned.
    """

    hide: tuple[str, ...] = ()
    pages: bool = False
    join: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def does_nothing(self) -> bool:
        """No rule at all."""
        return not (self.hide or self.pages or self.join)


NINE_LANES = ("action", "touchpoint", "goal", "emotion", "barrier", "kpi", "importance", "recommendation", "hypothesis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that tropa.yaml holds.

    `playbook`: a folder of recommendations of your own; `branding`: the company's look on what it hands over.
    `industry` names a pack of touchpoints, None = told from the texts; `as_of` None = the last event;
    `stages_from`: discovered | template:NAME | written; `country`: whose holidays are looked at, None = by time zone;
    `buying_centre`: own classes of those who decide together, and the words of job titles that tell them. `templates`
    is a folder of own ones, relative to the file; `template` is the own one that was read from there.
    `tco`, `fab`: tables of costs and of arguments for them.
    """

    version: int = 1
    project: str
    title: Text = field(default_factory=Text)
    language: Language = Language.RU
    model: BusinessModel = BusinessModel.B2C
    industry: str | None = None
    unit: UnitKind = UnitKind.PERSON
    timezone: str = "UTC"
    week_starts: str = "monday"
    currency: str | None = None
    as_of: date | None = None
    goal: GoalSpec | None = None
    kpis: tuple[KpiSpec, ...] = ()
    sources: tuple[SourceSpec, ...] = ()
    cleaning: Cleaning = Cleaning()
    stages_from: str = "discovered"
    templates: str | None = None
    template: Template | None = field(default=None, metadata={"in_file": False})
    stages: tuple[StageSpec, ...] = ()
    ignore: Match | None = None
    buying_centre: tuple[BuyingClassSpec, ...] = ()
    tco: str | None = None
    fab: str | None = None
    segments: tuple[SegmentSpec, ...] = ()
    personas: tuple[PersonaSpec, ...] = ()
    lanes: tuple[str, ...] = NINE_LANES
    changes: tuple[ChangeSpec, ...] = ()
    country: str | None = None
    experiments: tuple[ExperimentSpec, ...] = ()
    findings: FindingSettings = FindingSettings()
    engine: EngineSpec = EngineSpec()
    store: StoreSpec = StoreSpec()
    language_model: LanguageModelSpec | None = None
    branding: BrandingSpec | None = None
    playbook: str | None = None
