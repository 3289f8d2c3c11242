"""Everything that is known when a map is put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tropa.assembly.acquiring import Acquisition
from tropa.assembly.figures import PathFigures
from tropa.assembly.trials import JudgedChange
from tropa.domain.argument import Argument
from tropa.domain.finding import Finding
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Verdict, counted
from tropa.domain.ledger import Query
from tropa.domain.ownership import Ownership
from tropa.domain.project import Project
from tropa.insight.advice_words import Path
from tropa.insight.importance import Importance
from tropa.texts.document import Feedback
from tropa.texts.hidden import HiddenTouchpoint
from tropa.texts.map_themes import StageTheme
from tropa.texts.mentions import Heard
from tropa.texts.voices import StageVoice, TouchpointPain

Segment = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one map is made of. `importance`, `verdicts` have one entry a stage; `segment` None = everybody.

    `problems`: what the map shows of itself where no finding says it better, with advice; `mentions`: how many texts
    speak of each touchpoint; `pains_beside` are of
    touchpoints that the map lacks; `heard` is all that was said, `themes` what several people say of one thing.
    `acquisition`: marketing money joined to people; `queries`: what they searched for;
    `trials`: experiments with a random half.
    `buyer`: the class of the buying centre whose map it is; `owned` and `arguments` are what buyers are told.
    """

    project: Project
    figures: PathFigures
    findings: tuple[Finding, ...] = ()
    path: Path = field(default_factory=Path)
    problems: tuple[Finding, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    importance: tuple[Importance, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    voices: Mapping[str, StageVoice] = field(default_factory=dict)
    pains: tuple[TouchpointPain, ...] = ()
    pains_beside: tuple[TouchpointPain, ...] = ()
    mentions: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[HiddenTouchpoint, ...] = ()
    heard: Heard = field(default_factory=Heard)
    themes: tuple[StageTheme, ...] = ()
    acquisition: Acquisition | None = None
    queries: tuple[Query, ...] = ()
    trials: tuple[JudgedChange, ...] = ()
    segment: Segment | None = None
    buyer: str | None = None
    owned: Ownership | None = None
    arguments: tuple[Argument, ...] = ()
    tco_file: str = ""
    fab_file: str = ""
    event_files: tuple[str, ...] = ()
    feedback_files: tuple[str, ...] = ()
    cost_files: tuple[str, ...] = ()
    query_files: tuple[str, ...] = ()

    @property
    def money_currency(self) -> str | None:
        """What amounts are in: the data's currency, else the project's."""
        return self.figures.staged.log.currency or self.project.currency

    @property
    def stage_keys(self) -> tuple[str, ...]:
        """The stages in the path's order."""
        return tuple(stage.key for stage in self.figures.staged.stages)

    @property
    def counted(self) -> str:
        """What is followed, as people call it."""
        return counted(self.unit, self.project.model)

    @property
    def unit(self) -> str:
        """What is followed: person or case."""
        return self.project.unit.value
