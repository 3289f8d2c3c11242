"""Marked guesses from the template of a stage's kind: what the data cannot say yet, for people to check."""

from collections.abc import Iterator, Sequence

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.project import Project, StageSpec
from tropa.domain.template import TemplateStage
from tropa.domain.text import Text
from tropa.texts.names import kind_of_stage, stage_kinds
from tropa.texts.templates import GENERIC, template, template_of


def guess_cards(facts: Facts) -> Iterator[Card]:
    """One goal a stage whose kind is known; where nobody's behaviour is known, all that the template supposes."""
    for spec in facts.figures.staged.stages:
        guess, job = _supposed(facts.project, spec)
        if guess is None:
            continue
        supposed: dict[LaneKind, Sequence[Text]] = {LaneKind.GOAL: [job] if job else guess.jobs}
        if not facts.figures.persons:
            supposed |= {
                LaneKind.ACTION: guess.actions,
                LaneKind.TRIGGER: guess.triggers,
                LaneKind.EXPECTATION: guess.expectations,
                LaneKind.BARRIER: guess.barriers,
            }
        for lane, texts in supposed.items():
            for number, text in enumerate(texts):
                more = f".{number + 1}" if number else ""
                key, by = f"guess.{spec.key}{more}", f"template:{lane.value}:{spec.key}{more}"
                yield a_card(lane, key, spec.key, text, by=by)


def _supposed(project: Project, spec: StageSpec) -> tuple[TemplateStage | None, Text | None]:
    """The stage of the template that the project names, else the generic one of its kind with the kind's own goal."""
    named = template_of(project)
    own = next((one for one in named.stages if one.key == spec.key), None) if named is not None else None
    if own is not None:
        return own, None
    kind = kind_of_stage(spec)
    if kind is None:
        return None, None
    known = stage_kinds().get(kind)
    return template(GENERIC).stage_for(kind), known.job if known else None
