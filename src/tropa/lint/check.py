"""A map checked against all rules."""

from collections.abc import Sequence
from datetime import date

from tropa.domain.journeymap import Dismissal, JourneyMap
from tropa.lint.registry import RULES
from tropa.lint.rule import Case, Diagnostic, Hit, Rule, Severity, hash_of_fact

__all__ = ["RULES", "Diagnostic", "Severity", "lint"]


def lint(
    journey: JourneyMap, *, today: date | None = None, segments: Sequence[JourneyMap] = ()
) -> tuple[Diagnostic, ...]:
    """Everything that breaks a rule, errors first; a dismissed one carries its dismissal while its fact holds."""
    case = Case(journey=journey, segments=tuple(segments), today=today)
    order = list(Severity)
    found = [_diagnostic(rule, hit, journey.dismissals) for rule in RULES.values() for hit in rule.check(case)]
    return tuple(
        sorted(found, key=lambda one: (order.index(one.severity), one.code, one.stage or "", one.record or ""))
    )


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
    """The same rule, record and fact; a dismissal without a fact holds for any, one without a reason for none."""
    is_same = dismissal.code == code and dismissal.record == record and dismissal.fact in {None, fact}
    return is_same and bool(dismissal.reason.strip())
