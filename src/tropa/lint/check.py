"""A map checked against all rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tropa.domain.journeymap import Dismissal, JourneyMap
from tropa.lint.beginnings import CODE as BEGUN
from tropa.lint.beginnings import is_beginning
from tropa.lint.registry import RULES
from tropa.lint.rule import Case, Diagnostic, Hit, Rule, Severity, hash_of_fact

__all__ = ["RULES", "Diagnostic", "Severity", "lint", "with_facts"]

_OF_A_BEGINNING = tuple(rule for rule in RULES.values() if rule.severity is Severity.ERROR or rule.code == BEGUN)

NOTHING_SEEN = "nothing"
"""The fact of a dismissal that nothing answers to: should the remark come one day, it is a new one."""


def lint(
    journey: JourneyMap, *, today: date | None = None, segments: Sequence[JourneyMap] = ()
) -> tuple[Diagnostic, ...]:
    """Everything that breaks a rule, errors first; a dismissed one carries its dismissal while its fact holds.

    A map without any data gets one remark beside its errors: what to do first.
    """
    case = Case(journey=journey, segments=tuple(segments), today=today)
    order = list(Severity)
    rules = RULES.values() if not is_beginning(journey) else _OF_A_BEGINNING
    found = [_diagnostic(rule, hit, journey.dismissals) for rule in rules for hit in rule.check(case)]
    return tuple(
        sorted(found, key=lambda one: (order.index(one.severity), one.code, one.stage or "", one.record or ""))
    )


def with_facts(journey: JourneyMap, *, segments: Sequence[JourneyMap] = ()) -> JourneyMap:
    """The map with a fact in every dismissal: one that names none takes the present one, and holds while it does."""
    if all(one.fact is not None for one in journey.dismissals):
        return journey
    remarks = lint(journey, today=date.max, segments=segments)  # the age of the data is the same fact on any day

    def present(dismissal: Dismissal) -> str:
        same = (one.fact for one in remarks if (one.code, one.record) == (dismissal.code, dismissal.record))
        return next(same, NOTHING_SEEN)

    told = (replace(one, fact=present(one)) if one.fact is None else one for one in journey.dismissals)
    return replace(journey, dismissals=tuple(told))


def _diagnostic(rule: Rule, hit: Hit, dismissals: Sequence[Dismissal]) -> Diagnostic:
    fact = hash_of_fact(rule.code, hit.record, hit.stage, hit.fact)
    return Diagnostic(
        code=rule.code,
        severity=rule.severity,
        record=hit.record,
        stage=hit.stage,
        text=hit.text,
        why=rule.why,
        first_step=rule.first_step,
        fact=fact,
        dismissed=next((one for one in dismissals if _covers(one, rule.code, hit.record, fact)), None),
    )


def _covers(dismissal: Dismissal, code: str, record: str | None, fact: str) -> bool:
    """The same rule, record and fact; one without a fact (not built yet) holds for any, without a reason for none."""
    is_same = dismissal.code == code and dismissal.record == record and dismissal.fact in {None, fact}
    return is_same and bool(dismissal.reason.strip())
