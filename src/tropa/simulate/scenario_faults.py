"""What a scenario may not say, found before anything is simulated, each with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tropa.domain.finding import FindingKind
from tropa.errors import told
from tropa.simulate.scenario import DecoyKind, Planted, Scenario, Values, event_names, values_of

Path = tuple[str | int, ...]
_FEWEST, _MOST = 20, 2_000_000
_LONGEST_DAYS = 3_700
TIMES = frozenset({FindingKind.SLOW, FindingKind.HANDOVER, FindingKind.OPPORTUNITY, FindingKind.UPSELL})
BESIDE = frozenset({FindingKind.MISSING_STAGE, FindingKind.UPSELL})
AGAIN = frozenset({FindingKind.DROP_OFF, FindingKind.SEGMENT_GAP, FindingKind.OPPORTUNITY})
_PLACED = frozenset({DecoyKind.SEASON, DecoyKind.OUTAGE, DecoyKind.SMALL})
_DATED = frozenset({DecoyKind.SEASON, DecoyKind.OUTAGE, DecoyKind.MIX, DecoyKind.PROMO})
_GROUPED = frozenset({DecoyKind.MIX, DecoyKind.PROMO, DecoyKind.SMALL})


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be so: where it stands, what is wrong, what is allowed."""

    path: Path
    message: str
    hint: str = ""


def scenario_faults(scenario: Scenario) -> Iterator[Fault]:
    """All faults from the top down."""
    yield from _frame(scenario)
    yield from _path(scenario)
    yield from _properties(scenario)
    for number, one in enumerate(scenario.planted):
        yield from _planted(scenario, one, ("planted", number))
    yield from _decoys(scenario)
    yield from _files(scenario)


def _frame(scenario: Scenario) -> Iterator[Fault]:
    if not _FEWEST <= scenario.people <= _MOST:
        yield Fault(
            ("people",),
            told("{people} people.", people=scenario.people),
            told("From {fewest} to {most:,}.", fewest=_FEWEST, most=_MOST),
        )
    if not 7 <= scenario.days <= _LONGEST_DAYS:
        yield Fault(("last",), "The period is from a week to ten years.", "Look at first and last.")
    if sum(len(stage.steps) for stage in scenario.stages) < 2:
        yield Fault(("stages",), "A path has two steps or more.")
    season = scenario.season
    for name, values, count in (
        ("months", season.months, 12),
        ("weekdays", season.weekdays, 7),
        ("hours", season.hours, 24),
    ):
        if len(values) != count or min(values, default=-1) < 0 or sum(values) <= 0:
            yield Fault(("season", name), told("{name} are {count} weights of 0 or more.", name=name, count=count))
    if season.growth <= 0:
        yield Fault(("season", "growth"), "Growth is above 0; 1 is none.")


def _path(scenario: Scenario) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, stage in enumerate(scenario.stages):
        for number, step in enumerate(stage.steps):
            path: Path = ("stages", at, "steps", number)
            yield from _shares(step, path, ("goes_on", "taken"))
            for name in ("repeats", "back", "spread"):
                if not 0 <= getattr(step, name) <= 20:
                    yield Fault((*path, name), told("{name} is from 0 to 20.", name=name))
            if sum(step.instead.values()) >= 1 or min(step.instead.values(), default=0) < 0:
                yield Fault((*path, "instead"), "Shares of what happens instead are together below 1.")
            if step.event in seen:
                yield Fault((*path, "event"), told("The event “{event}” is a step already.", event=step.event))
            seen.add(step.event)
    if scenario.goal is not None and scenario.goal not in seen:
        yield _unknown(("goal",), scenario.goal, seen)
    for name, again in (("returns", scenario.returns), ("retries", scenario.retries)):
        if again is not None and again.before is not None and again.before not in seen:
            yield _unknown((name, "before"), again.before, seen)
    for number, one in enumerate(scenario.beside):
        yield from _shares(one, ("beside", number), ("share",))
        if one.after not in seen:
            yield _unknown(("beside", number, "after"), one.after, seen)
        if one.event in seen:
            yield Fault(("beside", number, "event"), told("The event “{event}” is a step already.", event=one.event))


def _shares(one: object, path: Path, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        if not 0 <= getattr(one, name) <= 1:
            yield Fault((*path, name), told("{name} is a share, from 0 to 1.", name=name), "Write 0.45 or 45%.")


def _unknown(path: Path, name: str, known: set[str]) -> Fault:
    return Fault(path, told("There is no step “{name}”.", name=name), told("Steps: {names}.", names=sorted(known)))


def _properties(scenario: Scenario) -> Iterator[Fault]:
    steps = {step.event for step in scenario.steps}
    for number, one in enumerate(scenario.properties):
        path: Path = ("properties", number)
        yield from _leaning(scenario, number, path)
        if len(one.values) < 1 or min(one.values.values(), default=0) < 0 or sum(one.values.values()) <= 0:
            yield Fault((*path, "values"), "Values have shares of 0 or more, some above 0.")
        yield from _shares(one, path, ("known",))
        for key in ("since_step", "at"):
            if getattr(one, key) is not None and getattr(one, key) not in steps:
                yield _unknown((*path, key), getattr(one, key), steps)
        for value, days in one.days.items():
            if value not in one.values or not set(days) <= set(range(1, 8)):
                yield Fault((*path, "days", value), "days says for values of the property its weekdays, 1 to 7.")
        for value, times in one.usual.items():
            if value not in one.values or not 0 <= times <= 5:
                yield Fault((*path, "usual", value), "usual says for values of the property how many times as often.")


def _leaning(scenario: Scenario, number: int, path: Path) -> Iterator[Fault]:
    one = scenario.properties[number]
    above = {other.name: other for other in scenario.properties[:number]}
    for value, times in one.drift.items():
        if value not in one.values or not 0 < times <= 100:
            yield Fault((*path, "drift", value), "drift says for values of the property how many times as often.")
    if one.on is not None and one.on not in above:
        yield Fault((*path, "on"), told("“{on}” is no property above this one.", on=one.on))
    elif one.leans and one.on is None:
        yield Fault((*path, "leans"), "Which property it leans on is said in `on`.")
    elif one.on is not None:
        for value, leaning in one.leans.items():
            if value not in above[one.on].values or set(leaning) - set(one.values) or min(leaning.values()) < 0:
                yield Fault(
                    (*path, "leans", value), told("leans: a value of “{on}”: {{a value: how many times}}.", on=one.on)
                )


def _group(scenario: Scenario, group: Mapping[str, Values], path: Path) -> Iterator[Fault]:
    known = {one.name: one for one in scenario.properties}
    for name, values in values_of(group).items():
        if name not in known:
            yield Fault(
                (*path, "group", name),
                told("There is no property “{name}”.", name=name),
                told("Properties: {names}.", names=list(known)),
            )
            continue
        for value in values:
            if value not in known[name].values:
                yield Fault(
                    (*path, "group", name),
                    told("“{name}” has no value “{value}”.", name=name, value=value),
                    told("Values: {names}.", names=list(known[name].values)),
                )


def _planted(scenario: Scenario, one: Planted, path: Path) -> Iterator[Fault]:
    yield from _group(scenario, one.group, path)
    yield from _shares(one, path, ("loses",))
    step, beside = scenario.step_number(one.at), scenario.beside_number(one.at)
    if one.kind in BESIDE and beside is None:
        yield Fault(
            (*path, "at"), told("{kind} is planted at an event beside the path, not “{at}”.", kind=one.kind, at=one.at)
        )
    elif one.kind not in BESIDE and step is None and (beside is None or one.kind is not FindingKind.CHANGE):
        yield _unknown((*path, "at"), one.at, {step.event for step in scenario.steps})
    if one.again and (one.kind not in AGAIN or step != scenario.goal_step or scenario.returns is None):
        yield Fault((*path, "again"), "A return is lost: at the goal, as drop_off or segment_gap, with `returns`.")
    if step == len(scenario.steps) - 1 and one.kind is not FindingKind.PAIN and not one.again:
        yield Fault((*path, "at"), "After the last step there is nowhere to go.")
    if one.kind is FindingKind.LOOP and step == 0:
        yield Fault((*path, "at"), "One cannot go back from the first step.")
    yield from _size(scenario, one, path)
    if one.kind is FindingKind.DEAD_END and one.event is None:
        yield Fault(path, "A dead end leads to an event.", "Give its name: `event: error_shown`.")
    if one.kind is FindingKind.PAIN and (not one.words or scenario.reviews is None):
        yield Fault(path, "A pain needs `words` that people write, and `reviews`.")
    if one.since is not None and not scenario.first < one.since <= scenario.last:
        yield Fault((*path, "since"), "The date lies outside the period.")
    if one.until is not None and one.until <= (one.since or scenario.first):
        yield Fault((*path, "until"), "It ends after it begins.")


def _size(scenario: Scenario, one: Planted, path: Path) -> Iterator[Fault]:
    times = one.kind in TIMES or (one.kind is FindingKind.CHANGE and scenario.beside_number(one.at) is not None)
    if times and not 1 <= one.size <= 50:
        yield Fault((*path, "size"), told("The size of {kind} here is how many times, from 1 to 50.", kind=one.kind))
    if one.kind is FindingKind.LOOP and not 0 < one.size <= 20:
        yield Fault((*path, "size"), "The size of a loop is how many more returns a person, above 0 to 20.")
    if not times and one.kind is not FindingKind.LOOP and not 0 < one.size <= 1:
        yield Fault((*path, "size"), told("The size of {kind} is a share, above 0 to 1.", kind=one.kind))


def _decoys(scenario: Scenario) -> Iterator[Fault]:
    steps = {step.event for step in scenario.steps}
    for number, one in enumerate(scenario.decoys):
        path: Path = ("decoys", number)
        yield from _group(scenario, one.group, path)
        if one.kind in _PLACED and one.at not in steps:
            yield _unknown((*path, "at"), one.at or "", steps)
        if one.kind in _DATED and (one.first is None or one.last is None or one.last < one.first):
            yield Fault(path, told("The decoy {kind} has first and last days.", kind=one.kind))
        if one.kind in _GROUPED and [len(values) for values in values_of(one.group).values()] != [1]:
            yield Fault(path, told("The decoy {kind} has one property with one value in its group.", kind=one.kind))
        if one.size < 0 or one.people < 0:
            yield Fault((*path, "size"), "Sizes are not negative.")


def _files(scenario: Scenario) -> Iterator[Fault]:
    orders = scenario.orders
    if orders is not None:
        number = scenario.step_number(orders.since_step)
        if number is None:
            yield _unknown(("orders", "since_step"), orders.since_step, {step.event for step in scenario.steps})
        elif missing := [s.event for s in scenario.steps[number:] if s.event not in orders.columns]:
            yield Fault(
                ("orders", "columns"), told("There is no column for the date of “{missing}”.", missing=missing[0])
            )
    for name in ("events", "orders", "reviews"):
        part = getattr(scenario, name)
        if part is not None and ("/" in part.file or "\\" in part.file or part.file in {"", ".", ".."}):
            yield Fault((name, "file"), "A file's name has no folder in it.")
        if part is not None and len(part.delimiter) != 1:
            yield Fault((name, "delimiter"), "A delimiter is one sign.")
    if scenario.reviews is not None and len(scenario.reviews.columns) != 5:
        yield Fault(("reviews", "columns"), "Reviews have five columns: id, person, rating, date, text.")
    if len(event_names(scenario)) > 10_000:
        yield Fault(("stages",), "Too many events.")
