"""In random scenarios what the truth says is what a stranger counts in the raw files, with plain Python."""

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median

import pytest

from tropa.domain.finding import FindingKind
from tropa.simulate.scenario import Clock, Form, Of, values_of
from tropa.simulate.scenario_random import random_scenario
from tropa.simulate.scenario_run import simulate_scenario


def moment(text: str, clock: Clock) -> datetime:
    match clock:
        case Clock.EPOCH:
            return datetime.fromtimestamp(int(text), UTC).replace(tzinfo=None)
        case Clock.DAY_FIRST:
            return datetime.strptime(text, "%d.%m.%Y %H:%M:%S")
        case _:
            return datetime.fromisoformat(text.replace("Z", ""))


def raw_rows(scenario, files):
    book = scenario.events
    content = files[book.file]
    content = gzip.decompress(content) if book.file.endswith(".gz") else content
    if book.form is Form.JSONL:
        rows = [json.loads(line) for line in content.decode().splitlines()]
    else:
        rows = list(csv.DictReader(io.StringIO(content.decode(book.encoding)), delimiter=book.delimiter))
    return [(row[book.person], row[book.event], moment(row[book.time], book.clock), row) for row in rows]


def journeys(scenario, files):
    """person → (event → moments, values of properties)."""
    found = {}
    names = [one.name for one in scenario.properties]
    for person, event, at, row in raw_rows(scenario, files):
        events, values = found.setdefault(person, ({}, {}))
        events.setdefault(event, []).append(at)
        values |= {name: row[name] for name in names if row.get(name)}
    return [one for one in found.values() if sum(map(len, one[0].values())) < 90]  # no machines


def first(events, names):
    return min((at for name in names for at in events.get(name, [])), default=None)


def names_of(step):
    return (step.event, *step.instead)


def a_plain_scenario(kind):
    """A random scenario of this kind that can be counted by person: one problem, one attempt each, one file."""
    for seed in range(400):
        one = random_scenario(seed, planted=True, kind=kind)
        if not one.planted or one.planted[0].kind is not kind or one.planted[0].again or one.planted[0].until:
            continue
        group = values_of(one.planted[0].group)
        known = [each for each in one.properties if each.name in group]
        number = one.step_number(one.planted[0].at)
        plain = all(each.of is Of.PERSON and each.known == 1 for each in known)
        sure = (
            number is not None and one.steps[number].taken == one.steps[min(number + 1, len(one.steps) - 1)].taken == 1
        )
        if plain and sure and group and 4_000 < one.people < 15_000:
            return replace(one, planted=one.planted[:1], returns=None, retries=None, orders=None, noise=None)
    raise AssertionError(kind)


@pytest.mark.parametrize(
    "kind", [FindingKind.DROP_OFF, FindingKind.SEGMENT_GAP, FindingKind.DEAD_END, FindingKind.OPPORTUNITY]
)
def test_the_truth_about_shares_is_what_the_files_hold(kind):
    scenario = a_plain_scenario(kind)
    business = simulate_scenario(scenario, seed=1)
    truth = json.loads(business.truth)["planted"][0]
    one, number = scenario.planted[0], scenario.step_number(scenario.planted[0].at)
    ends = [name for step in scenario.steps[number + 1 :] for name in names_of(step)]
    group = values_of(one.group)
    since = datetime.combine(one.since or date.min, datetime.min.time())
    closed = datetime.combine(scenario.last, datetime.min.time()) - 12 * scenario.steps[number].wait
    came = [
        first(events, ends) is not None
        for events, values in journeys(scenario, business.files)
        if all(values.get(name) in chosen for name, chosen in group.items())
        and (at := first(events, names_of(scenario.steps[number]))) is not None
        and since <= at < closed
    ]
    assert len(came) > 100
    assert sum(came) / len(came) == pytest.approx(truth["harmed"], abs=0.05)


@pytest.mark.parametrize("kind", [FindingKind.SLOW, FindingKind.HANDOVER])
def test_the_truth_about_waits_is_what_the_files_hold(kind):
    scenario = a_plain_scenario(kind)
    business = simulate_scenario(scenario, seed=1)
    one, number = scenario.planted[0], scenario.step_number(scenario.planted[0].at)
    start, end = names_of(scenario.steps[number]), names_of(scenario.steps[number + 1])
    group = values_of(one.group)
    since = datetime.combine(one.since or date.min, datetime.min.time())
    closed = datetime.combine(scenario.last, datetime.min.time()) - 20 * scenario.steps[number].wait
    waits = {True: [], False: []}
    for events, values in journeys(scenario, business.files):
        begun, ended = first(events, start), first(events, end)
        if begun is not None and ended is not None and begun < closed:
            inside = all(values.get(name) in chosen for name, chosen in group.items()) and begun >= since
            waits[inside].append((ended - begun).total_seconds())
    assert median(waits[True]) / median(waits[False]) == pytest.approx(one.size, rel=0.3)


def test_a_clean_scenario_with_the_same_seed_differs_only_in_what_the_problem_did():
    scenario = a_plain_scenario(FindingKind.DROP_OFF)
    harmed, spared = (
        {(person, event, at) for person, event, at, _ in raw_rows(one, simulate_scenario(one, seed=4).files)}
        for one in (scenario, replace(scenario, planted=()))
    )
    number = scenario.step_number(scenario.planted[0].at)
    later = {name for step in scenario.steps[number + 1 :] for name in names_of(step)} | {
        one.event for one in scenario.beside
    }
    assert harmed < spared
    assert {event for _, event, _ in spared - harmed} <= later
