"""Marked guesses from the template of a stage's kind: what the data cannot say yet, for people to check."""

from collections.abc import Iterator

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.domain.journeymap import Card, LaneKind
from tropa.texts.names import kind_of_stage, stage_kinds
from tropa.texts.templates import template

_BY_DEFAULT = "generic"


def guess_cards(facts: Facts) -> Iterator[Card]:
    """One goal a stage whose kind is known; where nobody's behaviour is known, all that the template supposes."""
    for spec in facts.figures.staged.stages:
        kind = kind_of_stage(spec)
        guess = None if kind is None else template(_BY_DEFAULT).stage_for(kind)
        if kind is None or guess is None:
            continue
        supposed = {LaneKind.GOAL: (own.job if (own := stage_kinds().get(kind)) else None) or guess.job}
        if not facts.figures.persons:
            supposed |= {
                LaneKind.ACTION: guess.action,
                LaneKind.TRIGGER: guess.trigger,
                LaneKind.EXPECTATION: guess.expectation,
                LaneKind.BARRIER: guess.worry,
            }
        for lane, text in supposed.items():
            yield a_card(lane, f"guess.{spec.key}", spec.key, text, by=f"template:{lane.value}:{spec.key}")
