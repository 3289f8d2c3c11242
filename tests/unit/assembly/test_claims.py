"""A finding in a few words: what became rarer and what became more frequent are told apart."""

from dataclasses import replace
from datetime import date

import pytest

from tropa.assembly.claims import short_claim
from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.events.log import log_from_rows
from tropa.events.staged import stage_events

STAGED = stage_events(log_from_rows([("a", "call", 0)]), ())
CHANGE = Finding(
    code="change.call",
    kind=FindingKind.CHANGE,
    stage="call",
    touchpoint=None,
    at=FindingPlace(event="call", to_event="no_answer"),
    segment=None,
    metric="conversion",
    unit=Unit.SHARE,
    value=0.35,
    baseline=0.06,
    of=2_000,
    persons_affected=580,
    period=Period(start=date(2025, 1, 1), end=date(2025, 12, 31)),
    text=Text(ru="Находка", en="Finding"),
)


@pytest.mark.parametrize(
    ("baseline", "said"),
    [(0.06, "Meet “No answer” more often than before"), (0.6, "Get to “No answer” less often than before")],
)
def test_a_change_says_which_way_it_went(baseline, said):
    assert short_claim(replace(CHANGE, baseline=baseline), STAGED).said_in(Language.EN) == said


def test_a_change_of_a_time_is_only_said_to_have_changed():
    assert short_claim(replace(CHANGE, unit=Unit.SECONDS), STAGED).said_in(Language.EN) == "Changed: “Calls”"
