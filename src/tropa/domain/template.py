"""A template: the usual path of a kind of business, made of guesses; people may bring their own."""

from dataclasses import dataclass, field

from tropa.domain.journeymap import BusinessModel, ModelLines, Urgency
from tropa.domain.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTouchpoint:
    """A touchpoint that the packs do not have; `words` bring reviews to it."""

    key: str
    name: Text
    channel: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """How people usually feel: −2…+2, and one to three names of emotions by key."""

    value: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much of the goal is usually decided here, 1–5, and why."""

    value: int
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to do: own words, or the key of an entry of the playbook (`play`)."""

    urgency: Urgency = Urgency.ORDINARY
    text: Text | None = None
    play: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStage:
    """A stage of a template; everything that it says of customers is a guess until data or people speak.

    `kinds` are kinds of stages whose events belong here; `touchpoints` keys of the packs, or own ones; `ask` an
    open question that does not lead; `log` the events to write down.
    """

    key: str
    name: Text
    goal: bool = False
    kinds: tuple[str, ...] = ()
    touchpoints: tuple[str | OwnTouchpoint, ...] = ()
    actions: tuple[Text, ...] = field(default=(), metadata={"key": "action"})
    jobs: tuple[Text, ...] = field(default=(), metadata={"key": "job"})
    triggers: tuple[Text, ...] = field(default=(), metadata={"key": "trigger"})
    expectations: tuple[Text, ...] = field(default=(), metadata={"key": "expectation"})
    barriers: tuple[Text, ...] = field(default=(), metadata={"key": "barrier"})
    emotion: Feeling | None = None
    importance: Weight | None = None
    kpis: tuple[Text, ...] = field(default=(), metadata={"key": "kpi"})
    owner: Text | None = None
    advice: tuple[Suggestion, ...] = ()
    ask: Text | None = None
    log: tuple[str, ...] = ()

    @property
    def touchpoint_keys(self) -> tuple[str, ...]:
        """The keys of its touchpoints, own ones too."""
        return tuple(one.key if isinstance(one, OwnTouchpoint) else one for one in self.touchpoints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Stages that a kind of business usually has.

    `pack` names the touchpoints of its industry, `trade` what its advice is taken from; `goals` are questions in the
    owner's words.
    """

    key: str
    name: Text
    about: Text | None = None
    model: BusinessModel = BusinessModel.B2C
    pack: str | None = None
    trade: str | None = None
    lines: ModelLines | None = None
    goals: tuple[Text, ...] = ()
    stages: tuple[TemplateStage, ...]

    def stage_for(self, kind: str) -> TemplateStage | None:
        """The stage that takes this kind of stages: whose guesses fit a discovered stage of the kind."""
        return next((stage for stage in self.stages if kind == stage.key or kind in stage.kinds), None)
