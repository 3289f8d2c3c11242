"""The way itself: everybody's steps through a scenario, with what is planted at work.

Each step draws its chance from a stream of its own, so that the same people with and without a planted problem differ
only in what the problem did to them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tropa.domain.finding import FindingKind
from tropa.simulate.calendar import DAY
from tropa.simulate.eventtable import Column
from tropa.simulate.scenario import Again, Beside, DecoyKind, Planted, Scenario, Step, event_names, values_of
from tropa.simulate.scenario_people import Attempts, day_number, first_attempts, later_attempts, members
from tropa.simulate.scenario_usual import usual_times

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
NEVER = -1
LEAVES_AT_A_STEP = frozenset(
    {
        FindingKind.DROP_OFF,
        FindingKind.SEGMENT_GAP,
        FindingKind.CHANNEL_GAP,
        FindingKind.DEAD_END,
        FindingKind.CHANGE,
    }
)
LENGTHENS = frozenset({FindingKind.SLOW, FindingKind.HANDOVER})
_BEFORE_NEXT_VIEW = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """One wave of attempts: when each stood at each step (`NEVER` where it did not), whether it was seen there."""

    attempts: Attempts
    at: NDArray[np.int64]
    taken: NDArray[np.bool_]
    amount: Column

    @property
    def left(self) -> Column:
        """The last moment on the way."""
        found: Column = self.at.max(0)
        return found


@dataclass(slots=True)
class Trace:
    """What became of one planted problem: those who met it, and what it did to them.

    `met`: attempts of the group that came to the place at its time; `would`: those of them who would have gone on, or
    had the message or the extra, without it; `hit`: those with whom it changed that (for a loop: returns added);
    `lost`: those who left only because of it; `people`: who met it.
    """

    met: int = 0
    hit: int = 0
    would: int = 0
    lost: int = 0
    people: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Rows:
    """Events gathered: whose attempt (row of all attempts), which event, when."""

    attempt: list[Column] = field(default_factory=list)
    code: list[Column] = field(default_factory=list)
    at: list[Column] = field(default_factory=list)

    def put(self, attempt: Column, code: Column | int, at: Column) -> None:
        self.attempt.append(attempt)
        self.code.append(np.broadcast_to(np.asarray(code, dtype=np.int64), attempt.shape))
        self.at.append(at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """All that happened: waves of attempts, events as columns (row of all attempts or −1, person, code, time)."""

    waves: tuple[Walked, ...]
    attempts: Attempts
    attempt: Column
    person: Column
    code: Column
    at: Column
    traces: tuple[Trace, ...]


def walk(scenario: Scenario, seed: int) -> Ways:
    """Everybody's way through the scenario, the same for the same seed."""
    steps = _Steps(scenario, seed)
    wave, number = first_attempts(scenario, seed), 0
    waves: list[Walked] = []
    most = max(8, *(one.most for one in (scenario.returns, scenario.retries) if one is not None), 0)
    while len(wave) and number < most:
        waves.append(steps.walked(wave, number))
        number += 1
        wave = steps.next_wave(waves[-1], number)
    everyone = Attempts(
        person=np.concatenate([one.attempts.person for one in waves]),
        start=np.concatenate([one.attempts.start for one in waves]),
        traits=np.concatenate([one.attempts.traits for one in waves], axis=1),
    )
    attempt, code, at = (np.concatenate(part) for part in (steps.rows.attempt, steps.rows.code, steps.rows.at))
    person = everyone.person[attempt]
    robots = _robots(scenario, np.random.default_rng((seed, 5)))
    attempt, person, code, at = (
        np.concatenate([one, more])
        for one, more in zip((attempt, person, code, at), (np.full(len(robots[0]), -1), *robots), strict=True)
    )
    kept = np.flatnonzero((at >= 0) & (at < scenario.days * DAY))
    kept = kept[np.argsort(at[kept], kind="stable")]
    return Ways(
        waves=tuple(waves),
        attempts=everyone,
        attempt=attempt[kept],
        person=person[kept],
        code=code[kept],
        at=at[kept],
        traces=tuple(steps.traces),
    )


def _waits(rng: np.random.Generator, one: Again | Beside | Step, count: int) -> Floats:
    found: Floats = one.wait.total_seconds() * np.exp(one.spread * rng.standard_normal(count))
    return found


def _robots(scenario: Scenario, rng: np.random.Generator) -> tuple[Column, Column, Column]:
    """Machines that open pages at all hours: person, code, time."""
    people, codes, times = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    free = scenario.people
    names = event_names(scenario)
    shallow = [names.index(step.event) for step in scenario.steps[: max(2, len(scenario.steps) // 3)]]
    for one in scenario.decoys:
        if one.kind is DecoyKind.BOTS:
            count = one.people * int(one.size)
            people.append(np.repeat(np.arange(free, free + one.people), int(one.size)))
            codes.append(rng.choice(shallow, size=count).astype(np.int64))
            times.append(rng.integers(0, scenario.days * DAY, size=count))
            free += one.people
    return np.concatenate(people), np.concatenate(codes), np.concatenate(times)


class _Steps:
    """Walks waves of attempts and gathers their events and what the planted problems did."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._seed = scenario, seed
        self._steps = scenario.steps
        self._codes = {name: code for code, name in enumerate(event_names(scenario))}
        self._rows_before = 0
        self.rows = _Rows()
        self.traces = [Trace() for _ in scenario.planted]

    def walked(self, wave: Attempts, number: int) -> Walked:
        """One wave from its start to where each leaves."""
        count = len(wave)
        at = np.full((len(self._steps), count), NEVER, dtype=np.int64)
        taken = np.zeros((len(self._steps), count), dtype=bool)
        amount = np.full(count, NEVER, dtype=np.int64)
        alive, now = np.arange(count), wave.start.copy()
        self._noise(wave, number)
        for place, step in enumerate(self._steps):
            at[place, alive] = now
            taken[place, alive] = self._seen(wave, number, place, alive, now)
            self._suffered(wave, step, alive, now)
            if step.amount is not None:
                rng = self._stream(number, place, 9)
                paid = step.amount * np.exp(0.5 * rng.standard_normal(count))
                amount = np.where(at[place] != NEVER, np.maximum(1, np.rint(paid * 100)).astype(np.int64), amount)
            now = self._circled(wave, number, place, alive, now)
            self._aside(wave, number, place, alive, now)
            if place == len(self._steps) - 1:
                break
            stays, now = self._onward(wave, number, place, alive, now)
            alive, now = alive[stays], now[stays]
        self._rows_before += count
        return Walked(attempts=wave, at=at, taken=taken, amount=amount)

    def next_wave(self, last: Walked, number: int) -> Attempts:
        """Who tries again after leaving, who comes again after the goal."""
        scenario = self._scenario
        rng = np.random.default_rng((self._seed, 4, number))
        reached = last.at[scenario.goal_step] != NEVER
        chance, wait = np.zeros(len(reached)), np.full(len(reached), float(DAY))
        for again, who in ((scenario.returns, reached), (scenario.retries, ~reached)):
            if again is not None and number <= again.most:
                limit = scenario.step_number(again.before) if again.before else None
                meant = who if limit is None else who & (last.at[limit] == NEVER)
                chance[meant] = again.share
                wait[meant] = _waits(rng, again, int(meant.sum()))
        u = rng.random(len(reached))
        rows = np.flatnonzero(u < self._kept_away(last, reached, u, chance))
        at = last.left[rows] + wait[rows].astype(np.int64)
        open_yet = at < scenario.days * DAY
        rows, at = rows[open_yet], at[open_yet]
        return later_attempts(scenario, rng, last.attempts, rows, at)

    def _kept_away(self, last: Walked, reached: Flags, u: Floats, chance: Floats) -> Floats:
        """The chance of coming again with what is planted against it."""
        goal = self._scenario.goal_step
        who = np.flatnonzero(reached)
        now = last.at[goal, who]
        for one, trace in zip(self._scenario.planted, self.traces, strict=True):
            if one.again:
                struck = self._struck(last.attempts, one, who, now)
                times = one.size if one.kind is FindingKind.OPPORTUNITY else 1 - one.size
                changed = np.where(struck, np.minimum(0.97, chance[who] * times), chance[who])
                self._noted(trace, last.attempts, who, now, struck, u[who] < chance[who], u[who] < changed)
                chance = chance.copy()
                chance[who] = changed
        return chance

    def _stream(self, wave: int, place: int, what: int) -> np.random.Generator:
        return np.random.default_rng((self._seed, 10 + wave, place, what))

    def _planted(self, event: str, kinds: frozenset[FindingKind]) -> Iterator[tuple[Planted, Trace]]:
        for one, trace in zip(self._scenario.planted, self.traces, strict=True):
            if one.at == event and one.kind in kinds and not one.again:
                yield one, trace

    def _struck(self, wave: Attempts, one: Planted, alive: Column, now: Column) -> Flags:
        """Who of those here belongs to the group at the time of the problem."""
        inside = members(self._scenario, wave.traits[:, alive], values_of(one.group))
        if one.since is not None:
            inside &= now >= day_number(self._scenario, one.since) * DAY
        if one.until is not None:
            inside &= now < day_number(self._scenario, one.until) * DAY
        return inside

    def _met(self, trace: Trace, wave: Attempts, struck: Column, now: Column) -> Column:
        """Note who met it within the period."""
        kept = struck[now < self._scenario.days * DAY]
        trace.met += len(kept)
        trace.people.update(wave.person[kept].tolist())
        return kept

    def _seen(self, wave: Attempts, number: int, place: int, alive: Column, now: Column) -> Flags:
        """The step's own event, with repeats, for those who have it at all."""
        step, count = self._steps[place], len(wave)
        draws = self._stream(number, place, 0)
        seen: Flags = (draws.random(count) < step.taken)[alive]
        names = [step.event, *step.instead]
        shares = np.array([1 - sum(step.instead.values()), *step.instead.values()])
        codes = np.array([self._codes[name] for name in names])[draws.choice(len(names), size=count, p=shares)][alive]
        self.rows.put(self._rows_before + alive[seen], codes[seen], now[seen])
        if step.repeats:
            more = self._stream(number, place, 1).poisson(step.repeats, size=count)[alive] * seen
            for turn in range(1, int(more.max(initial=0)) + 1):
                who = np.flatnonzero(more >= turn)
                later = now[who] + turn * _BEFORE_NEXT_VIEW + alive[who] % 7
                self.rows.put(self._rows_before + alive[who], codes[who], later)
        return seen

    def _suffered(self, wave: Attempts, step: Step, alive: Column, now: Column) -> None:
        """Note who met what they may complain of later."""
        for one, trace in self._planted(step.event, frozenset({FindingKind.PAIN})):
            struck = self._struck(wave, one, alive, now)
            self._met(trace, wave, alive[struck], now[struck])

    def _circled(self, wave: Attempts, number: int, place: int, alive: Column, now: Column) -> Column:
        """Back to the step before and here again, so many times."""
        step, count = self._steps[place], len(wave)
        if place == 0:
            return now
        turns = (
            self._stream(number, place, 2).poisson(step.back, size=count)[alive]
            if step.back
            else np.zeros(len(alive), dtype=np.int64)
        )
        for one, trace in self._planted(step.event, frozenset({FindingKind.LOOP})):
            struck = self._struck(wave, one, alive, now)
            more = self._stream(number, place, 3).poisson(one.size, size=count)[alive]
            turns = turns + np.where(struck, more, 0)
            self._met(trace, wave, alive[struck], now[struck])
            trace.hit += int(more[struck].sum())
        here, there = self._codes[step.event], self._codes[self._steps[place - 1].event]
        pace = 20 + self._stream(number, place, 4).integers(0, 60, size=count)[alive]
        for turn in range(1, int(turns.max(initial=0)) + 1):
            who = np.flatnonzero(turns >= turn)
            rows = self._rows_before + alive[who]
            self.rows.put(rows, there, now[who] + (2 * turn - 1) * pace[who])
            self.rows.put(rows, here, now[who] + 2 * turn * pace[who])
        moved: Column = now + 2 * turns * pace
        return moved

    def _aside(self, wave: Attempts, number: int, place: int, alive: Column, now: Column) -> None:
        """Messages, calls, extras after this step."""
        for order, one in enumerate(self._scenario.beside):
            if one.after != self._steps[place].event:
                continue
            draws = self._stream(number, place, 20 + order)
            u, wait = draws.random(len(wave))[alive], _waits(draws, one, len(wave))[alive]
            happens = u < one.share
            for planted, trace in self._planted(
                one.event, frozenset({FindingKind.MISSING_STAGE, FindingKind.CHANGE, FindingKind.UPSELL})
            ):
                struck = self._struck(wave, planted, alive, now)
                missing = planted.kind is FindingKind.MISSING_STAGE
                share = one.share * (1 - planted.size) if missing else min(0.97, one.share * planted.size)
                changed = struck & ((u < share) != happens)
                self._met(trace, wave, alive[struck], now[struck])
                trace.hit += int(changed.sum())
                trace.would += int((struck & happens).sum())
                happens = np.where(struck, u < share, happens)
            self.rows.put(
                self._rows_before + alive[happens],
                self._codes[one.event],
                now[happens] + np.maximum(5, wait[happens]).astype(np.int64),
            )

    def _onward(self, wave: Attempts, number: int, place: int, alive: Column, now: Column) -> tuple[Flags, Column]:
        """Who goes on, and when they come to the next step."""
        step, count = self._steps[place], len(wave)
        most = max(step.goes_on, 0.985)
        usual = np.clip(step.goes_on * usual_times(self._scenario, wave, step.event, alive, now), 0.0, most)
        u = self._stream(number, place, 5).random(count)[alive]
        wait = _waits(self._stream(number, place, 6), step, count)[alive]
        chance = usual.copy()
        for one, trace in self._planted(step.event, LEAVES_AT_A_STEP):
            struck = self._struck(wave, one, alive, now)
            chance = np.where(struck, chance * (1 - one.size), chance)
            self._noted(trace, wave, alive, now, struck, u < usual, u < chance)
            if one.event is not None:
                led = struck & (u >= chance) & (u < usual)
                self.rows.put(self._rows_before + alive[led], self._codes[one.event], now[led] + 15 + alive[led] % 30)
        for one, trace in self._planted(step.event, frozenset({FindingKind.OPPORTUNITY})):
            struck = self._struck(wave, one, alive, now)
            chance = np.where(struck, np.minimum(0.97, chance * one.size), chance)
            self._noted(trace, wave, alive, now, struck, u < usual, u < chance)
        for one, trace in self._planted(step.event, LENGTHENS):
            struck = self._struck(wave, one, alive, now)
            wait = np.where(struck, wait * one.size, wait)
            self._met(trace, wave, alive[struck], now[struck])
        chance = self._left_for_it(place, wave, alive, now, chance, usual)
        stays: Flags = u < chance
        return stays, now + np.maximum(2, wait).astype(np.int64)

    def _noted(
        self, trace: Trace, wave: Attempts, alive: Column, now: Column, struck: Flags, would: Flags, does: Flags
    ) -> None:
        self._met(trace, wave, alive[struck], now[struck])
        shown = struck & (now < self._scenario.days * DAY)
        trace.would += int((shown & would).sum())
        trace.hit += int((shown & (would != does)).sum())
        trace.lost += int((shown & would & ~does).sum())

    def _left_for_it(
        self, place: int, wave: Attempts, alive: Column, now: Column, chance: Floats, usual: Floats
    ) -> Floats:
        """Who leaves because of a wait, a loop or a message that did not come."""
        names = {
            self._steps[place].event,
            *(b.event for b in self._scenario.beside if b.after == self._steps[place].event),
        }
        for one, trace in zip(self._scenario.planted, self.traces, strict=True):
            if one.loses and one.at in names and one.kind not in LEAVES_AT_A_STEP:
                struck = self._struck(wave, one, alive, now)
                chance = np.where(struck, chance * (1 - one.loses), chance)
                trace.lost += int((usual[struck] * one.loses).sum())
        return chance

    def _noise(self, wave: Attempts, number: int) -> None:
        noise = self._scenario.noise
        if noise is None or not noise.events:
            return
        rng = self._stream(number, 0, 8)
        many = rng.poisson(noise.per_person, size=len(wave))
        rows = np.repeat(np.arange(len(wave)), many)
        codes = np.array([self._codes[name] for name in noise.events])[rng.integers(len(noise.events), size=len(rows))]
        later = (rng.random(len(rows)) ** 2 * noise.within.total_seconds()).astype(np.int64)
        self.rows.put(self._rows_before + rows, codes, wave.start[rows] + 20 + later)
