"""Random scenarios: another trade, path, population, set of properties and way to export each time."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tropa.domain.finding import FindingKind
from tropa.domain.text import Language
from tropa.simulate import data_scenarios as words
from tropa.simulate.data_scenarios import Known, Names, Trade
from tropa.simulate.scenario import (
    Again,
    Beside,
    Change,
    Clock,
    EventsFile,
    Form,
    Noise,
    Of,
    OrdersFile,
    Property,
    Scenario,
    Season,
    Stage,
    Step,
    event_names,
)
from tropa.simulate.scenario_random_decoys import random_decoys
from tropa.simulate.scenario_random_plants import random_plants, random_reviews

Rng = np.random.Generator
_FEWEST_STEPS, _MOST_STEPS = 4, 9
_SHARE_RU = 0.5
_EPOCH = date(2023, 1, 9)


@dataclass(frozen=True, slots=True)
class Style:
    """How a company's system spells its events."""

    russian: bool
    spell: Callable[[str], str]

    def name(self, names: Names) -> str:
        """The event's name in this system."""
        return self.spell(names[self.russian])


def random_scenario(seed: int, *, planted: bool, kind: FindingKind | None = None) -> Scenario:
    """The scenario of this seed; with a problem or two (of this kind) planted, or clean."""
    rng = np.random.default_rng((seed, 500, int(planted)))
    trade = words.TRADES[int(rng.integers(len(words.TRADES)))]
    language = Language.RU if rng.random() < _SHARE_RU else Language.EN
    scenario = _frame(rng, trade, language, f"{trade.key}-{seed}")
    scenario = _with_files(rng, trade, scenario)
    scenario = random_decoys(rng, scenario)
    return random_plants(rng, trade, scenario, kind) if planted else scenario


def _frame(rng: Rng, trade: Trade, language: Language, name: str) -> Scenario:
    small = math.exp(rng.uniform(math.log(2_000), math.log(30_000)))
    people = round(small if rng.random() < 0.6 else rng.uniform(9_000, 30_000))
    days = int(rng.integers(110, 560))
    first = _EPOCH + timedelta(days=int(rng.integers(0, 900)))
    numbers = _chosen_steps(rng, trade)
    style = _style(rng, language)
    steps = _steps(rng, trade, numbers, days, style)
    goal = numbers.index(trade.goal)
    steps[goal] = replace(
        steps[goal], amount=float(trade.amount * rng.uniform(0.6, 1.7)) if rng.random() < 0.85 else None
    )
    if rng.random() < 0.35:
        _give_departments(trade, language, steps)
    beside = _beside(rng, trade, numbers, steps, style, days)
    return Scenario(
        scenario=name,
        language=language,
        people=people,
        first=first,
        last=first + timedelta(days=days - 1),
        stages=_stages(rng, trade, numbers, steps, language),
        goal=steps[goal].event,
        properties=_properties(rng, trade, language, steps),
        beside=beside,
        returns=_again(rng, days, 0.08, 0.4) if trade.repeats and rng.random() < 0.6 else None,
        retries=_again(rng, days / 3, 0.03, 0.2) if rng.random() < 0.5 else None,
        noise=_noise(rng, trade, style) if rng.random() < 0.7 else None,
        season=_season(rng),
    )


def _chosen_steps(rng: Rng, trade: Trade) -> list[int]:
    """Some of the trade's steps in order: the first and the goal are always among them."""
    count = int(rng.integers(_FEWEST_STEPS, min(_MOST_STEPS, len(trade.steps)) + 1))
    optional = [number for number in range(1, len(trade.steps)) if number != trade.goal]
    chosen = rng.choice(optional, size=count - 2, replace=False).tolist()
    return sorted([0, trade.goal, *chosen])


def _style(rng: Rng, language: Language) -> Style:
    """How this company's system spells its events; Russian companies have English event names half the time."""
    if language is Language.RU and rng.random() < 0.5:
        return Style(russian=True, spell=_capital if rng.random() < 0.5 else str)
    return Style(russian=False, spell=(_snake, _title, _camel, str, _dotted, _upper)[int(rng.integers(6))])


def _snake(name: str) -> str:
    return re.sub(r"[^0-9a-zа-яё]+", "_", name.casefold())


def _title(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split())


def _camel(name: str) -> str:
    first, *rest = re.split(r"[^0-9A-Za-z]+", name)
    return first.lower() + "".join(word.capitalize() for word in rest)


def _dotted(name: str) -> str:
    return re.sub(r"[^0-9a-z]+", ".", name.casefold())


def _upper(name: str) -> str:
    return _snake(name).upper()


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _steps(rng: Rng, trade: Trade, numbers: Sequence[int], days: int, style: Style) -> list[Step]:
    low, high = trade.hours
    longest = days * 24 / 10 / len(numbers)
    steps = []
    for place, number in enumerate(numbers):
        hours = min(math.exp(rng.uniform(math.log(low), math.log(max(high, low * 1.01)))), longest)
        optional = 0 < place < len(numbers) - 1 and number != trade.goal and rng.random() < 0.12
        steps.append(
            Step(
                event=style.name(trade.steps[number]),
                goes_on=float(rng.uniform(0.55, 0.95)),
                wait=timedelta(seconds=round(max(20.0, hours * 3600))),
                spread=float(rng.uniform(0.4, 1.1)),
                repeats=float(rng.uniform(0.1, 1.2)) if rng.random() < 0.3 else 0.0,
                back=float(rng.uniform(0.1, 0.8)) if place and number <= trade.goal and rng.random() < 0.3 else 0.0,
                taken=float(rng.uniform(0.4, 0.9)) if optional else 1.0,
                instead=_instead(rng, trade, number, style) if rng.random() < 0.1 else {},
            )
        )
    return steps


def _instead(rng: Rng, trade: Trade, number: int, style: Style) -> dict[str, float]:
    """Another way to take the step, with an event of its own."""
    way = words.INSTEAD[int(rng.integers(len(words.INSTEAD)))]
    name = (f"{trade.steps[number][0]} {way[0]}", f"{trade.steps[number][1]} {way[1]}")
    return {style.name(name): float(rng.uniform(0.08, 0.4))}


def _give_departments(trade: Trade, language: Language, steps: list[Step]) -> None:
    names = [name[language is Language.RU] for name in trade.departments]
    for place, step in enumerate(steps):
        steps[place] = replace(step, department=names[place * len(names) // len(steps)])


def _stages(
    rng: Rng, trade: Trade, numbers: Sequence[int], steps: Sequence[Step], language: Language
) -> tuple[Stage, ...]:
    count = int(rng.integers(2, max(3, len(steps) - 1)))
    cuts = sorted(rng.choice(range(1, len(steps)), size=min(count - 1, len(steps) - 1), replace=False).tolist())
    parts = []
    for begin, end in zip([0, *cuts], [*cuts, len(steps)], strict=True):
        name = trade.steps[numbers[begin]][language is Language.RU]
        parts.append(Stage(name=_capital(name), steps=tuple(steps[begin:end])))
    return tuple(parts)


def _beside(
    rng: Rng, trade: Trade, numbers: Sequence[int], steps: Sequence[Step], style: Style, days: int
) -> tuple[Beside, ...]:
    found = []
    for kind, low, high in ((trade.messages, 0.8, 0.98), (trade.helps, 0.02, 0.12), (trade.extras, 0.05, 0.3)):
        for name, after in kind:
            if after in numbers and rng.random() < 0.7:
                step = steps[numbers.index(after)]
                longest = min(step.wait.total_seconds() * 0.4, days * 86_400 / 30)
                seconds = longest * float(rng.uniform(0.2, 1)) if kind is trade.messages else longest
                found.append(
                    Beside(
                        event=style.name(name),
                        after=step.event,
                        share=float(rng.uniform(low, high)),
                        wait=timedelta(seconds=round(max(10.0, seconds))),
                        spread=float(rng.uniform(0.3, 0.7)),
                    )
                )
    return tuple(found)


def _properties(rng: Rng, trade: Trade, language: Language, steps: Sequence[Step]) -> tuple[Property, ...]:
    count = int(rng.integers(2, len(trade.properties) + 1))
    named = Language.EN if rng.random() < 0.5 else language
    chosen = rng.choice(trade.properties, size=count, replace=False).tolist()
    found = [make(rng) for make in (_numbers, _campaigns) if rng.random() < 0.15]
    for key in chosen:
        made = _property(rng, words.KNOWN[key], language, steps, named=named)
        found.append(_tied(rng, made, found))
    return tuple(found)


def _numbers(rng: Rng) -> Property:
    """A number that is written down of everybody and tells nothing."""
    name = ("score", "visits_before", "height_cm", "num_children")[int(rng.integers(4))]
    low = int(rng.integers(0, 150))
    return Property(name=name, values={str(low + number): 1.0 for number in range(int(rng.integers(5, 70)))})


def _campaigns(rng: Rng) -> Property:
    """Codes of which there are many."""
    name = ("cohort_code", "coupon_series", "list_id")[int(rng.integers(3))]
    count = int(rng.integers(12, 120))
    return Property(
        name=name, values={f"{name[0].upper()}-{number:03d}": 1.0 / (1 + number) for number in range(count)}
    )


def _tied(rng: Rng, one: Property, above: Sequence[Property]) -> Property:
    """Now and then the mix of values drifts over the period, or goes with another property's values."""
    names = list(one.values)
    if rng.random() < 0.2:
        one = replace(one, drift={names[int(rng.integers(len(names)))]: float(rng.uniform(0.3, 3))})
    bases = [other for other in above if other.of is Of.PERSON]
    if bases and not one.usual and rng.random() < 0.3:
        other = bases[int(rng.integers(len(bases)))]
        value = list(other.values)[int(rng.integers(len(other.values)))]
        leaning = {names[int(rng.integers(len(names)))]: float(rng.uniform(1.5, 3.5))}
        one = replace(one, on=other.name, leans={value: leaning})
    return one


def _property(rng: Rng, known: Known, language: Language, steps: Sequence[Step], *, named: Language) -> Property:
    """Some of the values in uneven shares; people of different channels are a little unlike by nature."""
    values = _shares(rng, [one[language is Language.RU] for one in known.values])
    by_channel = known is words.KNOWN["channel"]
    late = known.late and len(steps) > _FEWEST_STEPS - 1
    return Property(
        name=known.name[named is Language.RU],
        values=values,
        of=Of.VISIT if known.visit or late else Of.PERSON,
        since_step=steps[int(rng.integers(1, len(steps) // 2 + 1))].event if late else None,
        known=float(rng.uniform(0.85, 0.99)) if rng.random() < 0.2 else 1.0,
        usual={value: float(rng.uniform(0.93, 1.06)) for value in values} if by_channel else {},
        at=steps[int(rng.integers(0, len(steps) - 1))].event if by_channel else None,
    )


def _shares(rng: Rng, names: Sequence[str]) -> dict[str, float]:
    count = int(rng.integers(2, len(names) + 1))
    chosen = sorted(rng.choice(len(names), size=count, replace=False).tolist())
    shares = 0.75 * rng.dirichlet(np.full(count, 2.5)) + 0.25 / count
    return {names[one]: float(f"{share:.4f}") for one, share in zip(chosen, shares, strict=True)}


def _again(rng: Rng, days: float, low: float, high: float) -> Again:
    return Again(
        share=float(rng.uniform(low, high)),
        wait=timedelta(hours=round(24 * float(rng.uniform(0.05, 0.25)) * days)),
        spread=float(rng.uniform(0.3, 0.9)),
        most=int(rng.integers(1, 4)),
    )


def _noise(rng: Rng, trade: Trade, style: Style) -> Noise:
    count = int(rng.integers(1, len(trade.noise) + 1))
    pages = int(rng.integers(15, 90)) if rng.random() < 0.12 else 0
    names = [style.name(name) for name in trade.noise[:count]]
    return Noise(
        events=(*names, *(f"{names[0]} {number}" for number in range(1, pages))),
        per_person=float(rng.uniform(0.2, 2.0)),
        within=timedelta(hours=float(rng.uniform(0.5, 200))),
    )


def _season(rng: Rng) -> Season:
    swing, phase = rng.uniform(0, 0.6), rng.uniform(0, 12)
    peak = rng.uniform(9, 20)
    weekend = rng.uniform(0.3, 1.6)
    return Season(
        months=tuple(round(1 + swing * math.sin(2 * math.pi * (month - phase) / 12), 3) for month in range(12)),
        weekdays=(*(round(float(rng.uniform(0.85, 1.15)), 3) for _ in range(5)), round(weekend, 3), round(weekend, 3)),
        hours=tuple(round(0.03 + math.exp(-(((hour - peak) / 5) ** 2)), 3) for hour in range(24)),
        growth=float(rng.uniform(0.5, 2.2)),
    )


def _with_files(rng: Rng, trade: Trade, scenario: Scenario) -> Scenario:
    """How this company exports: names of columns, dates, delimiters; now and then orders apart, reviews, a diary."""
    russian = scenario.language is Language.RU
    person, event, time, amount = (
        _column(rng, key, scenario.language) for key in ("person", "event", "time", "amount")
    )
    cases = [name for name in words.CASES.get(trade.key, ()) if name.isascii() or russian]
    if cases and rng.random() < 0.5:
        person = cases[int(rng.integers(len(cases)))]
    form = Form.JSONL if rng.random() < 0.12 else Form.CSV
    stem = ("events", "log", "clicks", "export", "history")[int(rng.integers(5))]
    ending = ".jsonl" if form is Form.JSONL else ".csv.gz" if rng.random() < 0.15 else ".csv"
    legacy = russian and form is Form.CSV and rng.random() < 0.2
    book = EventsFile(
        file=stem + ending,
        form=form,
        delimiter=";" if rng.random() < (0.7 if russian else 0.1) else ",",
        encoding="cp1251" if legacy else "utf-8",
        clock=(Clock.SPACE, Clock.ISO, Clock.ZULU, Clock.DAY_FIRST, Clock.EPOCH)[
            int(rng.choice(5, p=(0.45, 0.2, 0.1, 0.15, 0.1)))
        ],
        person=person,
        event=event,
        time=time,
        amount=amount,
        department="отдел" if russian else "department",
        twice=float(rng.uniform(0.001, 0.02)) if rng.random() < 0.2 else 0.0,
    )
    scenario = replace(scenario, events=book)
    if rng.random() < 0.2:
        scenario = replace(scenario, orders=_orders(scenario, person, amount))
    if rng.random() < 0.35:
        scenario = replace(scenario, reviews=random_reviews(rng, scenario))
    if rng.random() < 0.4:
        scenario = replace(scenario, changes=_changes(rng, scenario))
    return scenario


def _column(rng: Rng, key: str, language: Language) -> str:
    names = [one for one in words.COLUMNS[key] if one.isascii() or language is Language.RU]
    return names[int(rng.integers(len(names)))]


def _orders(scenario: Scenario, person: str, amount: str) -> OrdersFile | None:
    """The goal and what follows it as a table of orders."""
    steps = scenario.steps[scenario.goal_step :]
    if any(one.after in {step.event for step in steps} for one in scenario.beside) or len(steps) < 2:
        return None
    columns = {step.event: f"{re.sub(r'[^0-9a-zA-Zа-яёА-ЯЁ]+', '_', step.event)}_at" for step in steps}
    return OrdersFile(since_step=steps[0].event, columns=columns, person=person, amount=amount)


def _changes(rng: Rng, scenario: Scenario) -> tuple[Change, ...]:
    russian = scenario.language is Language.RU
    count = int(rng.integers(1, len(words.CHANGES)))
    days = sorted(rng.choice(scenario.days, size=count, replace=False).tolist())
    return tuple(
        Change(on=scenario.first + timedelta(days=day), text=one[russian])
        for day, one in zip(days, words.CHANGES, strict=False)
    )


def described(scenario: Scenario) -> Mapping[str, object]:
    """What makes this scenario unlike others, in a few words for tables."""
    return {
        "trade": scenario.scenario.rsplit("-", 1)[0],
        "language": scenario.language.value,
        "people": scenario.people,
        "days": scenario.days,
        "steps": len(scenario.steps),
        "events": len(event_names(scenario)),
        "properties": len(scenario.properties),
        "decoys": [one.kind.value for one in scenario.decoys],
        "orders": scenario.orders is not None,
        "reviews": scenario.reviews is not None,
    }
