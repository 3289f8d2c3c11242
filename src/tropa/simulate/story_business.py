"""From a story's facts to a business: everybody's way, the exports of one delivery, the truth."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from tropa.domain.text import Language
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.eventtable import client_numbers
from tropa.simulate.reviews import read_bank
from tropa.simulate.scenario import DecoyKind, Property, Scenario, Stage
from tropa.simulate.scenario_paths import walk
from tropa.simulate.story_exports import Told, diary_file, ledger_file, log_file, table_file
from tropa.simulate.story_facts import AFTER_FIRST, AFTER_LAST, ASSIGNED, CURED, USUAL, Delivery, StoryFacts
from tropa.simulate.story_truth import story_truth
from tropa.simulate.story_voices import draw_reviews, reviews_file, survey_file, tickets_file
from tropa.simulate.telling import Telling, interviews, read_telling

SPARE: Final = 40  # numbers for machines that leave traces as people do


def told_business(
    facts: StoryFacts, language: Language, *, seed: int, scale: float, delivery: Delivery
) -> SimulatedBusiness:
    """One delivery of the business at this scale; each part has its own stream of chance."""
    telling = read_telling(facts.name, language)
    told = _lived(facts, telling, seed=seed, scale=scale, delivery=delivery)
    stream = _streams(seed, delivery)
    bank = read_bank(facts.name, language.value)
    after = delivery is Delivery.AFTER
    changes = [one for one in telling.changes if (one.on >= AFTER_FIRST) is after]
    files = {telling.log.file: log_file(told)}
    for one in facts.tables:
        content = ledger_file(stream(5), told, one) if one.ledger else table_file(told, one)
        files[telling.tables[one.key].file] = content
    said = draw_reviews(stream(1), told, bank, round(facts.reviews * scale))
    files[telling.tables["reviews"].file] = reviews_file(stream(2), told, said)
    if facts.survey is not None:
        files[telling.tables["survey"].file] = survey_file(stream(3), told, facts.survey, bank)
    if facts.tickets:
        files[telling.tables["tickets"].file] = tickets_file(stream(4), told)
    files[telling.tables["changes"].file] = diary_file(telling, changes)
    if not after:
        files |= interviews(facts.name, language)
    return SimulatedBusiness(files=files, truth=story_truth(told, seed=seed, delivery=delivery))


def _streams(seed: int, delivery: Delivery) -> Callable[[int], np.random.Generator]:
    part = list(Delivery).index(delivery)
    return lambda number: np.random.default_rng((seed, 20 + part, number))


def _lived(facts: StoryFacts, telling: Telling, *, seed: int, scale: float, delivery: Delivery) -> Told:
    before, after = round(facts.scenario.people * scale), round(facts.after_people * scale)
    scenario = replace(
        facts.scenario, people=max(before, 20), planted=tuple(w for p in facts.problems for w in p.works)
    )
    ids = client_numbers(np.random.default_rng((seed, 9)), before + after + 2 * SPARE)
    if delivery is Delivery.AFTER:
        facts = _assigned(facts)
        scenario = second_delivery(facts, scenario, people=max(after, 20))
        ids = ids[before + SPARE :]
    scenario = _priced(scenario, telling)
    ways = walk(scenario, seed + 1_000_003 * list(Delivery).index(delivery))
    return Told(facts=facts, telling=telling, scenario=scenario, ways=ways, ids=ids)


def _assigned(facts: StoryFacts) -> StoryFacts:
    return replace(facts, log_properties=(*facts.log_properties, ASSIGNED))


def second_delivery(facts: StoryFacts, scenario: Scenario, *, people: int) -> Scenario:
    """The months after: other people, the same troubles, and a random half of them with the cure."""
    half = Property(name=ASSIGNED, values={USUAL: 0.5, CURED: 0.5})
    lasting = tuple(one for one in scenario.decoys if one.kind in {DecoyKind.SMALL, DecoyKind.BOTS})
    works = tuple(work for cure in facts.cures for work in cure.works)
    return replace(
        scenario,
        people=people,
        first=AFTER_FIRST,
        last=AFTER_LAST,
        properties=(*scenario.properties, half),
        planted=(*scenario.planted, *facts.after_works, *works),
        decoys=lasting,
    )


def _priced(scenario: Scenario, telling: Telling) -> Scenario:
    """The steps that cost money, in this country's money."""
    stages = tuple(
        Stage(
            name=stage.name,
            steps=tuple(replace(step, amount=telling.prices.get(step.event, step.amount)) for step in stage.steps),
        )
        for stage in scenario.stages
    )
    return replace(scenario, stages=stages)
