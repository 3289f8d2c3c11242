"""The journey map: stages and lanes, with cards where they cross."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tropa.domain.evidence import Basis, Evidence, Flag, basis_of
from tropa.domain.finding import Finding
from tropa.domain.generated import Generated
from tropa.domain.hearing import ThemeChoice
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.period import Period
from tropa.domain.text import Language, Text


class BusinessModel(StrEnum):
    """To whom the company sells."""

    B2C = "b2c"
    B2B = "b2b"


def counted(unit: str, model: BusinessModel) -> str:
    """What is counted, as people call it: a case between companies is a deal."""
    return "deal" if unit == "case" and model is BusinessModel.B2B else unit


class MapView(StrEnum):
    """The path as it is, or as it should be."""

    AS_IS = "as_is"
    TO_BE = "to_be"


class Author(StrEnum):
    """Whose words a record carries."""

    PERSON = "person"
    TROPA = "tropa"


class LaneKind(StrEnum):
    """What a lane's cards speak of; its label is free."""

    ACTION = "action"
    THOUGHT = "thought"
    GOAL = "goal"
    TRIGGER = "trigger"
    EXPECTATION = "expectation"
    TOUCHPOINT = "touchpoint"
    CHANNEL = "channel"
    DEVICE = "device"
    EMOTION = "emotion"
    IMPORTANCE = "importance"
    BARRIER = "barrier"
    GAIN = "gain"
    KPI = "kpi"
    FLOW = "flow"
    WAIT = "wait"
    QUOTE = "quote"
    INSIGHT = "insight"
    OPPORTUNITY = "opportunity"
    RECOMMENDATION = "recommendation"
    HYPOTHESIS = "hypothesis"
    PERSONALISATION = "personalisation"
    FRONTSTAGE = "frontstage"
    BACKSTAGE = "backstage"
    SYSTEM = "system"
    OWNER = "owner"
    IMAGE = "image"
    NOTE = "note"
    CUSTOM = "custom"
    ECONOMIC_BUYER = "economic_buyer"
    TECHNICAL_BUYER = "technical_buyer"
    END_USER = "end_user"
    TCO = "tco"
    FAB = "fab"
    PROOF = "proof"


class Severity(StrEnum):
    """How much a barrier hurts."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Urgency(StrEnum):
    """How soon a recommendation is worth doing."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    KEY = "key"


class VerdictState(StrEnum):
    """How a stage fares."""

    OK = "ok"
    ATTENTION = "attention"
    FIX = "fix"
    FEW_DATA = "few_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which events meet a touchpoint: any of the names (`*` is the wildcard), and all of the properties."""

    event: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """People who went on from one stage or step to another (`or_later`: or past it), with interval and semantics."""

    to: str
    value: float
    low: float
    high: float
    count: int
    of: int
    semantics: str
    window_seconds: int | None = None
    censored: int = 0
    or_later: bool = False
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostTo:
    """Where people who were lost at a stage went next; `to` None means they did nothing more."""

    to: str | None
    persons: int
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """People who came back: to this same place (`to` None), or from here to an earlier one."""

    to: str | None
    persons: int
    events: int
    of: int
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """Where customers meet the company within a stage."""

    key: str
    order: str = "a0"
    name: Text
    channel: str | None = None
    match: Match | None = None
    words: tuple[str, ...] = ()
    owner: Text | None = None
    persons: int | None = None
    events: int | None = None
    mentions: int | None = None
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part of a stage that gets a column of its own; it is one touchpoint, or several."""

    key: str
    order: str
    name: Text
    touchpoints: tuple[str, ...] = ()
    persons: int | None = None
    events: int | None = None
    conversion: Conversion | None = None
    median_seconds_to_next: int | None = None
    p90_seconds_to_next: int | None = None
    loops: tuple[Loop, ...] = ()
    moment_of_truth: bool = False
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One line on how a stage fares, and why."""

    state: VerdictState
    text: Text
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A hollow touchpoint: one that companies forget, with the question to ask customers; nothing told of it yet.

    `answer` is what a person found out: it stays, and the touchpoint is hollow no more.
    """

    key: str
    touchpoint: str
    question: Text
    answer: Text | None = None
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def is_open(self) -> bool:
        """Nobody has answered."""
        return self.answer is None or self.answer.is_empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A phase of the path in the customer's words."""

    key: str
    order: str
    name: Text
    persons: int | None = None
    conversion: Conversion | None = None
    median_seconds_to_next: int | None = None
    p90_seconds_to_next: int | None = None
    moment_of_truth: bool = False
    goal: bool = False
    lost_to: tuple[LostTo, ...] = ()
    loops: tuple[Loop, ...] = ()
    verdict: Verdict | None = None
    steps: tuple[Step, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    asks: tuple[Ask, ...] = ()
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A row of one kind."""

    key: str
    kind: LaneKind
    order: str
    name: Text
    meaning: Text | None = None
    hidden: bool = False
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim in one cell, with what it rests on.

    An emotion card has value −2…+2, low, high, voices, names and `points` (how many voices at −2, −1, 0, +1, +2);
    an importance card has value 1–5 and reason; a recommendation has urgency; a KPI card shows its first measurement.
    `spans` lists further steps (or stages, where `step` is None) that the card covers.
    """

    key: str
    lane: str
    stage: str
    step: str | None = None
    order: str
    text: Text
    generated: Generated | None = None
    author: Author = Author.TROPA
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[Flag, ...] = ()
    severity: Severity | None = None
    urgency: Urgency | None = None
    touchpoint: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    voices: int | None = None
    names: tuple[str, ...] = ()
    points: tuple[int, ...] = ()
    reason: Text | None = None
    owner: Text | None = None
    finding: str | None = None
    hypothesis: str | None = None
    spans: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def basis(self, *, b2b: bool = False) -> Basis:
        """The strongest basis of what the card claims."""
        return basis_of(self.evidence, b2b=b2b)

    @property
    def is_guess(self) -> bool:
        """The card rests on nothing yet."""
        return not self.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A described person; `draft` until a person has checked it. Unknown facts stay open questions."""

    key: str
    order: str = "a0"
    name: Text
    segment: Mapping[str, str | Sequence[str]] | None = None
    persons: int | None = None
    of: int | None = None
    portrait: Text | None = None
    goals: tuple[Text, ...] = ()
    fears: tuple[Text, ...] = ()
    context: Text | None = None
    channels: tuple[str, ...] = ()
    quote: Text | None = None
    path: tuple[str, ...] = ()
    questions: tuple[Text, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    draft: bool = True
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of tropa with what it rests on, such as the map's first line."""

    text: Text
    evidence: tuple[Evidence, ...] = ()
    generated: Generated | None = None
    card: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The question that the map answers, and its answer."""

    text: Text
    kpi: str | None = None
    target: float | None = None
    until: date | None = None
    answer: Statement | None = None
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What a reader must know within a minute: what customers want, where most are lost, what to do first."""

    want: Statement | None = None
    loss: Statement | None = None
    action: Statement | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that the map rests on."""

    file: str
    rows: int
    kind: str = "events"
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the figures come from, so that the map can be built again."""

    as_of: date
    period: Period | None = None
    timezone: str = "UTC"
    data: str = ""
    config: str = ""
    engine: str = ""
    sources: tuple[SourceFile, ...] = ()
    feedback: int = 0
    interviews: int = 0
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """People who went straight from one step to another; backwards and skipping links too."""

    source: str = field(metadata={"key": "from"})
    target: str = field(metadata={"key": "to"})
    persons: int
    events: int
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentNote:
    """One segment map in one sentence: how it differs, or that it does not."""

    key: str
    segment: Mapping[str, str | Sequence[str]]
    name: Text
    persons: int
    text: Text
    differs: bool
    file: str | None = None
    evidence: tuple[Evidence, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A lint message that a person has set aside, with the reason and the fact it was true of."""

    key: str
    code: str
    record: str | None = None
    reason: str
    fact: str | None = None
    by: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A changed suggestion over words that a person has edited: shown beside them, never written over them."""

    key: str
    record: str
    field: str
    old: object = None
    new: object = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A generated record that a person has deleted; it stays away until its fact changes."""

    key: str
    by: str
    fact: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLines:
    """The four lines of a business model: what hurts, who decides, what moves them, how long it takes."""

    problem: Text
    decider: Text
    motivation: Text
    process: Text
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyMap:
    """A customer journey map: everything that its file holds.

    `themes` are a person's decisions on what customers say: which themes are called otherwise, merged, split or hidden.
    """

    key: str
    title: Text
    goal: Goal | None
    model: BusinessModel
    model_lines: ModelLines | None = None
    view: MapView = MapView.AS_IS
    language: Language
    segment: Mapping[str, str | Sequence[str]] | None
    persons: int | None
    unit: str = "person"
    currency: str | None = None
    provenance: Provenance | None
    minute: Minute | None = None
    segments: tuple[SegmentNote, ...] = ()
    segments_note: Text | None = None
    personas: tuple[Persona, ...] = ()
    stages: tuple[Stage, ...] = ()
    links: tuple[Link, ...] = ()
    lanes: tuple[Lane, ...] = ()
    cards: tuple[Card, ...] = ()
    findings: tuple[Finding, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    removed: tuple[Removed, ...] = ()
    themes: tuple[ThemeChoice, ...] = ()
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def is_b2b(self) -> bool:
        """The company sells to companies."""
        return self.model is BusinessModel.B2B

    @property
    def counted(self) -> str:
        """What is counted, as people call it: person, case, or deal between companies."""
        return counted(self.unit, self.model)

    def stage(self, key: str) -> Stage | None:
        """The stage with this key."""
        return next((one for one in self.stages if one.key == key), None)

    def lane(self, key: str) -> Lane | None:
        """The lane with this key."""
        return next((one for one in self.lanes if one.key == key), None)

    def lanes_of(self, kind: LaneKind) -> tuple[Lane, ...]:
        """The lanes of one kind."""
        return tuple(lane for lane in self.lanes if lane.kind is kind)

    def cards_of(self, kind: LaneKind, stage: str | None = None) -> tuple[Card, ...]:
        """The cards of one kind, of one stage where it is named."""
        lanes = {lane.key for lane in self.lanes_of(kind)}
        return tuple(card for card in self.cards if card.lane in lanes and stage in {None, card.stage})
