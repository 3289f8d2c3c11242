"""The truth about a scenario: what was planted, how it came out in the data, and what only looks like a problem."""

import json
import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from tropa.domain.finding import FindingKind
from tropa.mapfile.records import encode
from tropa.simulate.scenario import Planted, Scenario, event_names, values_of
from tropa.simulate.scenario_files import dates_in_orders
from tropa.simulate.scenario_paths import LEAVES_AT_A_STEP, LENGTHENS, Trace, Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The measure of a planted problem in its group: as it would be, and as it is; `strength` in standard deviations."""

    measure: str
    usual: float
    harmed: float
    strength: float


def scenario_truth(scenario: Scenario, ways: Ways, seed: int) -> bytes:
    """The truth as an indented JSON document."""
    found = {
        "scenario": scenario.scenario,
        "language": scenario.language.value,
        "seed": seed,
        "people": scenario.people,
        "first": scenario.first.isoformat(),
        "last": scenario.last.isoformat(),
        "path": [step.event for step in scenario.steps],
        "events": list(event_names(scenario)),
        "beside": {one.event: one.after for one in scenario.beside},
        "dates_in_orders": dates_in_orders(scenario),
        "orders": scenario.orders.file if scenario.orders else None,
        "planted": [_planted(scenario, one, trace) for one, trace in zip(scenario.planted, ways.traces, strict=True)],
        "decoys": [encode(one) for one in scenario.decoys],
    }
    return f"{json.dumps(found, ensure_ascii=False, indent=2)}\n".encode()


def place_of(scenario: Scenario, one: Planted) -> tuple[str, str]:
    """Between which events it happens."""
    beside = scenario.beside_number(one.at)
    if beside is not None:
        return scenario.beside[beside].after, one.at
    number = scenario.step_number(one.at) or 0
    if one.again:
        return one.at, one.at
    if one.kind is FindingKind.LOOP:
        return scenario.steps[number - 1].event, one.at
    if one.kind is FindingKind.PAIN:
        return one.at, one.at
    return one.at, scenario.steps[min(number + 1, len(scenario.steps) - 1)].event


def _planted(scenario: Scenario, one: Planted, trace: Trace) -> dict[str, Any]:
    event, to_event = place_of(scenario, one)
    figures = figures_of(scenario, one, trace)
    return {
        "kind": one.kind.value,
        "stage": scenario.stage_of(one.at),
        "at": {"event": event, "to_event": to_event, "dead_end": one.event},
        "segment": {name: list(values) for name, values in values_of(one.group).items()},
        "since": _day(one.since),
        "until": _day(one.until),
        "size": one.size,
        "loses": one.loses,
        "again": one.again,
        "measure": figures.measure,
        "usual": float(f"{figures.usual:.6g}"),
        "harmed": float(f"{figures.harmed:.6g}"),
        "strength": round(figures.strength, 2),
        "people": len(trace.people),
        "met": trace.met,
        "lost": trace.lost,
        "cost": round(cost_of(one, trace), 4),
    }


def cost_of(one: Planted, trace: Trace) -> float:
    """The share of the group's conversions that it costs (or, for growth, brings) at its place."""
    if one.kind in LEAVES_AT_A_STEP and one.loses == 0 and trace.would:
        return trace.lost / trace.would
    if one.kind in {FindingKind.OPPORTUNITY, FindingKind.UPSELL}:
        return trace.hit / max(trace.would, 1)
    return one.loses


def figures_of(scenario: Scenario, one: Planted, trace: Trace) -> Figures:
    """How it came out: shares of those who met it, seconds, or returns a person."""
    met = max(trace.met, 1)
    number = scenario.step_number(one.at)
    if one.kind in LENGTHENS and number is not None:
        step = scenario.steps[number]
        usual = step.wait.total_seconds()
        closed = met * step.goes_on
        strength = math.log(max(one.size, 1)) / max(step.spread, 0.1) * math.sqrt(closed) * 0.64
        return Figures(measure="median_seconds", usual=usual, harmed=usual * one.size, strength=strength)
    if one.kind is FindingKind.LOOP and number is not None:
        back = scenario.steps[number].back
        strength = trace.hit / met / math.sqrt(max(back + one.size, 0.05) / met)
        return Figures(measure="returns_per_person", usual=back, harmed=back + trace.hit / met, strength=strength)
    if one.kind is FindingKind.PAIN:
        return Figures(measure="complaints", usual=0.0, harmed=one.size, strength=math.sqrt(met * one.size))
    usual = trace.would / met
    grows = one.kind in {FindingKind.OPPORTUNITY, FindingKind.UPSELL} or (
        one.kind is FindingKind.CHANGE and scenario.beside_number(one.at) is not None
    )
    harmed = usual + (trace.hit / met if grows else -trace.hit / met)
    middle = min(max((usual + harmed) / 2, 0.01), 0.99)
    strength = abs(harmed - usual) / math.sqrt(middle * (1 - middle) / met)
    return Figures(measure="share", usual=usual, harmed=harmed, strength=strength)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
