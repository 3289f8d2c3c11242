"""Problems for random scenarios: of every kind, for groups of one to three properties, old or dated."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from tropa.domain.finding import FindingKind
from tropa.domain.text import Language
from tropa.simulate import data_scenarios as words
from tropa.simulate.data_scenarios import Names, Trade
from tropa.simulate.scenario import Planted, Property, ReviewsFile, Scenario, Stage, Values, values_of
from tropa.simulate.scenario_faults import AGAIN

Rng = np.random.Generator
_TWO = 0.15
_OVER = 0.1
_LASTING = frozenset({FindingKind.DROP_OFF, FindingKind.DEAD_END})
_LARGE = 2_300
_SMALL = 250
_ATTEMPTS = 60
KINDS = (
    (FindingKind.DROP_OFF, 0.22),
    (FindingKind.SEGMENT_GAP, 0.12),
    (FindingKind.CHANNEL_GAP, 0.06),
    (FindingKind.SLOW, 0.13),
    (FindingKind.LOOP, 0.09),
    (FindingKind.DEAD_END, 0.07),
    (FindingKind.PAIN, 0.05),
    (FindingKind.MISSING_STAGE, 0.11),
    (FindingKind.HANDOVER, 0.06),
    (FindingKind.CHANGE, 0.07),
    (FindingKind.OPPORTUNITY, 0.08),
    (FindingKind.UPSELL, 0.06),
)
_SIZES = {
    FindingKind.DROP_OFF: (0.06, 0.55),
    FindingKind.SEGMENT_GAP: (0.06, 0.55),
    FindingKind.DEAD_END: (0.06, 0.55),
    FindingKind.CHANGE: (0.06, 0.55),
    FindingKind.CHANNEL_GAP: (0.55, 0.8),
    FindingKind.SLOW: (1.5, 6),
    FindingKind.HANDOVER: (1.5, 6),
    FindingKind.LOOP: (0.4, 2.2),
    FindingKind.MISSING_STAGE: (0.5, 1),
    FindingKind.UPSELL: (1.6, 3),
    FindingKind.PAIN: (0.02, 0.1),
    FindingKind.OPPORTUNITY: (1.3, 1.7),
}
_TIMES_MORE = (1.7, 4.5)
_NO_ROOM = 0.66
_WHOLE = frozenset({FindingKind.PAIN, FindingKind.CHANGE})
_ALWAYS = frozenset({FindingKind.SEGMENT_GAP, FindingKind.CHANNEL_GAP, FindingKind.OPPORTUNITY, FindingKind.UPSELL})
_DATED = frozenset({FindingKind.CHANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where and for whom: the event, how many people reach it, the group and its share."""

    at: str
    reach: float
    group: Mapping[str, Values]
    share: float
    since: date | None
    after: float


def random_plants(rng: Rng, trade: Trade, scenario: Scenario, kind: FindingKind | None) -> Scenario:
    """The scenario with one planted problem, now and then two."""
    count = 2 if rng.random() < _TWO else 1
    for number in range(count):
        for _ in range(_ATTEMPTS):
            chosen = kind if kind is not None and number == 0 else _drawn_kind(rng)
            richer = _planted(rng, trade, scenario, chosen)
            if richer is not None and not _overlap(richer):
                scenario = richer
                break
    return scenario


def _drawn_kind(rng: Rng) -> FindingKind:
    kinds, weights = zip(*KINDS, strict=True)
    chosen: FindingKind = kinds[int(rng.choice(len(kinds), p=np.array(weights) / sum(weights)))]
    return chosen


def _overlap(scenario: Scenario) -> bool:
    """Two problems at one place cannot be told apart."""
    places = [one.at for one in scenario.planted]
    return len(set(places)) < len(places)


def _planted(rng: Rng, trade: Trade, scenario: Scenario, kind: FindingKind) -> Scenario | None:
    scenario = _prepared(rng, trade, scenario, kind)
    places = _places(scenario, trade, kind)
    if not places:
        return None
    at = places[int(rng.integers(len(places)))]
    spot = _spot(rng, scenario, kind, at)
    if spot is None:
        return None
    again = kind in AGAIN and at == scenario.steps[scenario.goal_step].event
    one = Planted(
        kind=kind,
        at=at,
        size=_size(rng, scenario, kind, at),
        group=spot.group,
        since=spot.since,
        until=_until(rng, scenario, spot.since) if kind in _LASTING else None,
        again=again,
        loses=_loses(rng, kind),
        event=_dead_end(trade, scenario) if kind is FindingKind.DEAD_END else None,
        words=_words(scenario, trade, at) if kind is FindingKind.PAIN else (),
    )
    return replace(scenario, planted=(*scenario.planted, one))


def _prepared(rng: Rng, trade: Trade, scenario: Scenario, kind: FindingKind) -> Scenario:
    """What the kind needs: departments for a hand-over, reviews for a pain."""
    if kind is FindingKind.HANDOVER and not any(step.department for step in scenario.steps):
        names = [name[scenario.language is Language.RU] for name in trade.departments]
        count, number = len(scenario.steps), 0
        stages = []
        for stage in scenario.stages:
            steps = []
            for step in stage.steps:
                steps.append(replace(step, department=names[number * len(names) // count]))
                number += 1
            stages.append(Stage(name=stage.name, steps=tuple(steps)))
        return replace(scenario, stages=tuple(stages))
    if kind is FindingKind.PAIN and scenario.reviews is None:
        return replace(scenario, reviews=random_reviews(rng, scenario))
    return scenario


def random_reviews(rng: Rng, scenario: Scenario) -> ReviewsFile:
    """Reviews as some company keeps them: more pleased people than not."""
    russian = scenario.language is Language.RU
    person = scenario.events.person
    return ReviewsFile(
        share=float(rng.uniform(0.02, 0.12)),
        good=tuple(one[russian] for one in words.GOOD),
        bad=tuple(one[russian] for one in words.BAD),
        pleased=float(rng.uniform(0.6, 0.9)),
        columns=("номер", person, "оценка", "дата", "отзыв") if russian else ("id", person, "rating", "date", "text"),
    )


def _places(scenario: Scenario, trade: Trade, kind: FindingKind) -> list[str]:
    """Events at which this kind can be planted."""
    steps = scenario.steps
    before_goal = [step.event for step in steps[: scenario.goal_step]]
    goal = [steps[scenario.goal_step].event] if scenario.returns is not None else []
    extras, helps = _spelt(scenario, trade.extras), _spelt(scenario, trade.helps)
    found = {
        FindingKind.MISSING_STAGE: [one.event for one in scenario.beside if one.share >= 0.75],
        FindingKind.UPSELL: extras,
        FindingKind.OPPORTUNITY: [step.event for step in steps[: scenario.goal_step] if step.goes_on <= _NO_ROOM],
        FindingKind.CHANGE: [*before_goal, *helps],
        FindingKind.LOOP: before_goal[1:],
        FindingKind.HANDOVER: [one.event for one, next_ in pairwise(steps) if one.department != next_.department],
        FindingKind.SLOW: [step.event for step in steps[:-1] if step.wait >= timedelta(minutes=15)],
        FindingKind.DROP_OFF: [*before_goal, *goal],
        FindingKind.SEGMENT_GAP: [*before_goal, *goal],
    }
    return found.get(kind, before_goal)


def _until(rng: Rng, scenario: Scenario, since: date | None) -> date | None:
    """Now and then a problem is over after some weeks."""
    if since is None or rng.random() > _OVER:
        return None
    until = since + timedelta(days=int(rng.integers(35, 90)))
    return until if until < scenario.last - timedelta(days=21) else None


def _spelt(scenario: Scenario, names: Sequence[tuple[Names, int]]) -> list[str]:
    """Which of these trade's events lie beside the path, however they are spelt."""
    known = {_bare(name) for pair, _ in names for name in pair}
    return [one.event for one in scenario.beside if _bare(one.event) in known]


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _spot(rng: Rng, scenario: Scenario, kind: FindingKind, at: str) -> _Spot | None:
    """A group that is large enough at the place in the time that is left."""
    number = _step_of(scenario, at)
    reach = math.prod(step.goes_on for step in scenario.steps[:number])
    dated = kind in _DATED or (kind not in _ALWAYS and rng.random() < 0.65)
    day = int(rng.integers(scenario.days // 4, scenario.days * 7 // 10))
    since = scenario.first + timedelta(days=day) if dated else None
    after = 1 - day / scenario.days if dated else 1.0
    if kind in _WHOLE and scenario.step_number(at) is not None and rng.random() < 0.6:
        return _Spot(at=at, reach=reach, group={}, share=1.0, since=since, after=after)
    known = [one for one in scenario.properties if _is_known(scenario, one, number)]
    wanted = _LARGE if rng.random() < 0.7 else _SMALL
    for _ in range(_ATTEMPTS):
        group, share = _group(rng, known, kind)
        if not group:
            return None
        if scenario.people * reach * after * share >= wanted and share <= 0.5:
            return _Spot(at=at, reach=reach, group=group, share=share, since=since, after=after)
    return None


def _step_of(scenario: Scenario, at: str) -> int:
    beside = scenario.beside_number(at)
    return scenario.step_number(at if beside is None else scenario.beside[beside].after) or 0


def _is_known(scenario: Scenario, one: Property, number: int) -> bool:
    return one.since_step is None or (scenario.step_number(one.since_step) or 0) <= number


def _group(rng: Rng, known: list[Property], kind: FindingKind) -> tuple[Mapping[str, Values], float]:
    """One to three properties with a value each, now and then two values of one."""
    by_channel = [one for one in known if one.usual]
    pool = by_channel if kind is FindingKind.CHANNEL_GAP else [one for one in known if not one.usual]
    if not pool:
        return {}, 0.0
    wanted = (
        1 if kind in {FindingKind.CHANNEL_GAP, FindingKind.OPPORTUNITY} else int(rng.choice(3, p=(0.45, 0.4, 0.15))) + 1
    )
    group: dict[str, Values] = {}
    share = 1.0
    for place in rng.choice(len(pool), size=min(wanted, len(pool)), replace=False).tolist():
        one = pool[place]
        names = [name for name, weight in one.values.items() if weight > 0.01]
        many = 2 if len(names) > 4 and rng.random() < 0.25 else 1
        chosen = rng.choice(names, size=many, replace=False).tolist()
        group[one.name] = tuple(sorted(chosen)) if many > 1 else str(chosen[0])
        share *= sum(one.values[name] for name in chosen) / sum(one.values.values())
    assert all(values_of(group).values())
    return group, share


def _size(rng: Rng, scenario: Scenario, kind: FindingKind, at: str) -> float:
    """From barely 5 % of the conversions to half of them, small ones as often as large."""
    number = scenario.step_number(at)
    if kind is FindingKind.CHANGE and number is None:
        low, high = _TIMES_MORE
    else:
        low, high = _SIZES[kind]
    return round(math.exp(rng.uniform(math.log(low), math.log(high))), 3)


def _loses(rng: Rng, kind: FindingKind) -> float:
    """Waits, circles and missing messages make people leave, mostly."""
    lasting = {FindingKind.SLOW, FindingKind.LOOP, FindingKind.MISSING_STAGE, FindingKind.HANDOVER}
    return round(float(rng.uniform(0.05, 0.25)), 3) if kind in lasting and rng.random() < 0.6 else 0.0


def _dead_end(trade: Trade, scenario: Scenario) -> str:
    """The dead end's name, spelt as this company's events are."""
    first = scenario.steps[0].event
    english, russian = trade.dead_end
    if not first.isascii():
        return russian[:1].upper() + russian[1:] if first[:1].isupper() else russian
    return english.replace(" ", "_") if "_" in "".join(step.event for step in scenario.steps) else english


def _words(scenario: Scenario, trade: Trade, at: str) -> tuple[str, ...]:
    russian = scenario.language is Language.RU
    bare = {_bare(name): pair[russian] for pair in trade.steps for name in pair}
    return tuple(one[russian].format(step=bare.get(_bare(at), at)) for one in words.PAINS)
