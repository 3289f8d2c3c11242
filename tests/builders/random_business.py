"""Random businesses with known truth: a chain of steps, properties, decoys, and at most one planted problem."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

import numpy as np

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import BUCKETS, NO_AMOUNT, Column, EventLog
from tropa.events.staged import StagedLog, stage_events

DAY = 86_400_000
FIRST = date(2024, 3, 4)
KINDS = ("drop", "drop_since", "slow_since", "loop", "missing_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedProblem:
    kind: str
    start: str
    end: str
    segment: dict[str, str]
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    staged: StagedLog
    planted: PlantedProblem | None
    decoys: tuple[str, ...]


def a_business(
    seed: int,
    *,
    plant: str | None,
    people: int = 24_000,
    told_by: int | None = None,
    kept: tuple[float, float] | None = None,
) -> Business:
    """A random business; `plant` is one of KINDS, or None for a clean one.

    `told_by`: by how many properties the harmed group is told (0 = everybody is harmed, None = one or two); `kept`:
    between which parts of the usual share a drop leaves.
    """
    rng = np.random.default_rng([seed, 77])
    people = int(people * rng.uniform(0.7, 1.5))
    days = int(rng.integers(150, 480))
    steps = int(rng.integers(5, 9))
    day = _arrivals(rng, people, days)
    traits = _traits(rng, people)
    decoys = _add_decoys(rng, day, traits, days)
    group, mask = _group(rng, traits, people, told_by)
    since = int(rng.integers(days * 0.3, days * 0.65)) if plant and plant.endswith("since") else None
    step = int(rng.integers(1, steps - 2))
    paths = _Paths(rng, day, traits, steps, days, decoys)
    paths.kept = kept or (0.55, 0.8)
    planted = None
    if plant is not None:
        paths.hurt(plant, step, mask, since)
        planted = PlantedProblem(
            kind=plant,
            start=f"step_{step - (plant == 'loop')}",
            end=f"step_{step + (plant != 'loop')}",
            segment=group,
            since=FIRST + timedelta(days=since) if since is not None else None,
        )
    return Business(staged=_staged(paths.events(), traits, steps, days, people), planted=planted, decoys=decoys)


def _arrivals(rng, people: int, days: int):
    t = np.arange(days)
    weight = 1 + rng.uniform(0, 0.7) * np.sin(2 * np.pi * (t / 365 + rng.random())) + 0.25 * (t % 7 > 4)
    return rng.choice(days, size=people, p=weight / weight.sum())


def _traits(rng, people: int) -> dict[str, tuple[np.ndarray, list[str]]]:
    found = {}
    for name in ("device", "region", "channel", "plan", "age")[: int(rng.integers(3, 6))]:
        size = {"device": 2, "region": 5, "channel": 5, "plan": 3, "age": 4}[name]
        shares = rng.dirichlet(np.full(size, 3.0)) * 0.8 + 0.2 / size
        found[name] = (rng.choice(size, size=people, p=shares), [f"{name}_{i}" for i in range(size)])
    return found


def _add_decoys(rng, day, traits, days: int) -> tuple[str, ...]:
    decoys = []
    if rng.random() < 0.5:  # a channel of worse customers is promoted for a while: the mix shifts
        start = int(rng.integers(20, days - 30))
        codes, _ = traits["channel"]
        those = (day >= start) & (day < start + rng.integers(7, 40)) & (rng.random(len(day)) < 0.4)
        codes[those] = 0
        decoys.append("mix")
    if rng.random() < 0.5:
        decoys.append("season")
    if rng.random() < 0.4:
        decoys.append("burst")
    if rng.random() < 0.4:
        decoys.append("bots")
    return tuple(decoys)


def _group(rng, traits, people: int, told_by: int | None):
    if told_by == 0:
        return {}, np.ones(people, dtype=bool)
    for attempt in count():
        size = (1 if rng.random() < 0.5 else 2) if told_by is None else min(told_by, len(traits) - 1) - attempt // 200
        names = rng.choice(sorted(traits), size=size, replace=False).tolist()
        if "channel" in names and told_by is not None:
            continue
        names = [name for name in names if name != "channel"] or ["device"]
        values = {name: int(rng.integers(len(traits[name][1]))) for name in names}
        mask = np.ones(people, dtype=bool)
        for name, value in values.items():
            mask &= traits[name][0] == value
        if 2000 <= mask.sum() <= 0.5 * people:
            return {name: traits[name][1][value] for name, value in values.items()}, mask
    raise AssertionError


class _Paths:
    """Who reaches which step when."""

    def __init__(self, rng, day, traits, steps: int, days: int, decoys) -> None:
        self.rng, self.steps, self.days, self.decoys = rng, steps, days, decoys
        count = len(day)
        self.start = day.astype(np.int64) * DAY + rng.integers(6 * 3_600_000, 23 * 3_600_000, size=count)
        base = np.append(rng.uniform(0.75, 0.95, size=2), rng.uniform(0.5, 0.92, size=steps - 3))
        self.chance = np.repeat(base[:, None], count, 1)
        wait = rng.choice([3e5, 3.6e6, 8.64e7, 2.6e8], size=steps - 1, p=[0.4, 0.3, 0.2, 0.1])
        self.wait = np.exp(rng.normal(0, 0.8, size=(steps - 1, count))) * wait[:, None]
        self.returns = np.full(count, 0.5)
        self.loop_at = 1
        self.message = np.full(count, 0.96)
        self.message_after = int(rng.integers(1, steps - 2))
        if "season" in decoys:
            self._scale(np.ones(count, dtype=bool), 1 + 0.25 * np.sin(2 * np.pi * (day / 365 + rng.random())))
        if "mix" in decoys:
            self._scale(traits["channel"][0] == 0, 0.8)
        if "burst" in decoys:
            first = int(rng.integers(10, days - 15))
            name = sorted(traits)[int(rng.integers(len(traits)))]
            some = (traits[name][0] == 0) & (day >= first) & (day < first + 2)
            self._scale(some, 0.3)

    def _scale(self, who, factor) -> None:
        step = int(self.rng.integers(1, self.steps - 1))
        scaled = self.chance[step] * factor
        self.chance[step] = np.where(who, np.clip(scaled, 0.02, 0.97), self.chance[step])

    def hurt(self, plant: str, step: int, who, since: int | None) -> None:
        self.plant, self.hurt_step, self.who, self.since = plant, step, who, (since or 0) * DAY
        self.size = {
            "drop": self.rng.uniform(*self.kept),
            "drop_since": self.rng.uniform(*self.kept),
            "slow_since": self.rng.uniform(2.5, 5),
            "loop": self.rng.uniform(1.2, 2.0),
            "missing_since": 0.03,
        }[plant]
        if plant == "loop":
            self.loop_at = step
        if plant == "missing_since":
            self.message_after = step

    def _hurt_now(self, step: int, at) -> None:
        """What is planted at this step strikes whoever stands there since the day."""
        if step != getattr(self, "hurt_step", None):
            return
        now = self.who & (at >= self.since)
        match self.plant:
            case "drop" | "drop_since":
                self.chance[step] = np.where(now, self.chance[step] * self.size, self.chance[step])
            case "slow_since":
                self.wait[step] = np.where(now, self.wait[step] * self.size + 1.2e6, self.wait[step])
            case "loop":
                self.returns = np.where(now, self.size, self.returns)
            case "missing_since":
                self.message = np.where(now, self.size, self.message)

    def events(self):
        """(person, event name, time) of everything."""
        rng = self.rng
        count = len(self.start)
        alive, at = np.ones(count, dtype=bool), self.start.copy()
        people, names, times = [np.flatnonzero(alive)], [np.zeros(count, dtype=np.int64)], [at.copy()]

        def put(who, name: int, when) -> None:
            people.append(who)
            names.append(np.full(len(who), name))
            times.append(when)

        for step in range(self.steps - 1):
            self._hurt_now(step, at)
            if step == self.loop_at:
                back = rng.poisson(self.returns) * alive
                for turn in range(1, int(back.max(initial=0)) + 1):
                    who = np.flatnonzero(back >= turn)
                    put(who, step - 1, at[who] + turn * 60_000 - 30_000)
                    put(who, step, at[who] + turn * 60_000)
                at = at + back * 60_000
            if step == self.message_after:
                who = np.flatnonzero(alive & (rng.random(count) < self.message))
                put(who, self.steps, at[who] + 20_000)
            alive &= rng.random(count) < self.chance[step]
            at = at + self.wait[step].astype(np.int64) + 30_000
            who = np.flatnonzero(alive)
            put(who, step + 1, at[who])
        visits = np.flatnonzero(rng.random(count) < 0.3)  # people look again
        put(visits, 0, self.start[visits] + rng.integers(3, 40, size=len(visits)) * DAY)
        if "bots" in self.decoys:
            robots = np.repeat(rng.choice(count, size=4), 600)
            put(robots, 0, rng.integers(0, self.days * DAY, size=len(robots)))
            put(robots, 1, rng.integers(0, self.days * DAY, size=len(robots)))
        return np.concatenate(people), np.concatenate(names), np.concatenate(times)


def _staged(events, traits, steps: int, days: int, people: int) -> StagedLog:
    person, code, time = events
    kept = time < days * DAY
    person, code, time = person[kept], code[kept], time[kept] + (FIRST - date(1970, 1, 1)).days * DAY
    place = np.lexsort((np.arange(people), np.arange(people) % BUCKETS))
    position = np.empty(people, dtype=np.int64)
    position[place] = np.arange(people)
    order = np.lexsort((np.arange(len(person)), time, position[person]))
    person, code, time = person[order], code[order], time[order]
    names = (*(f"step_{i}" for i in range(steps)), "message")
    log = EventLog(
        offsets=np.concatenate([[0], np.cumsum(np.bincount(position[person], minlength=people))]).astype(np.int64),
        buckets=np.searchsorted(place % BUCKETS, np.arange(BUCKETS + 1)).astype(np.int64),
        event=Column(code.astype(np.int32), names),
        time=time,
        sequence=order.astype(np.int32),
        unit_properties={
            name: Column(codes[place].astype(np.int32), tuple(values)) for name, (codes, values) in traits.items()
        },
        amount=np.where(code == steps - 1, 100_000, NO_AMOUNT).astype(np.int64),
        currency="RUB",
        as_of=int(time.max()),
    )
    half = steps // 2
    parts = [names[:half], (*names[half:steps], names[steps])]
    stages = tuple(
        StageSpec(
            key=f"stage_{number}",
            name=Text(ru=f"Этап {number}", en=f"Stage {number}"),
            touchpoints=tuple(
                TouchpointSpec(key=name, name=Text(ru=name, en=name), match=Match(event=(name,))) for name in part
            ),
        )
        for number, part in enumerate(parts)
    )
    return stage_events(replace(log), stages)
