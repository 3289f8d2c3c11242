"""Journeys with known stages: a site where people wander, and an office where work is done step by step."""

from dataclasses import dataclass

import numpy as np

from tropa.events.log import DAY_MS, EventLog, log_from_rows

MINUTE_MS = 60_000


@dataclass(frozen=True)
class Truth:
    log: EventLog
    stage_of: dict[str, int]


def a_site(seed: int, *, stages: int, people: int = 800, anywhere: float = 0.15) -> Truth:
    """People wander within a stage, go on, fall back, skip, start over in a later visit; some events occur anywhere."""
    rng = np.random.default_rng(seed)
    names = [[f"s{k}_{j}" for j in range(rng.integers(2, 6))] for k in range(stages)]
    weights = [rng.dirichlet(np.full(len(one), 1.5)) for one in names]
    rows = []
    for person in range(people):
        time, stage = int(rng.integers(0, 90 * DAY_MS)), 0
        for _ in range(200):
            if rng.random() < anywhere:
                name = f"anywhere{rng.integers(3)}"
            else:
                name = names[stage][int(np.searchsorted(np.cumsum(weights[stage])[:-1], rng.random()))]
            rows.append((f"p{person}", name, time))
            time += int(rng.exponential(MINUTE_MS))
            draw = rng.random()
            if draw < 0.08:
                if rng.random() < 0.5:
                    break
                time += int(rng.exponential(5 * DAY_MS)) + 60 * MINUTE_MS
                stage = 0 if rng.random() < 0.7 else max(stage - 1, 0)
            elif draw < 0.33:
                stage += 1
            elif draw < 0.43:
                stage = max(0, stage - 1)
            elif draw < 0.5:
                stage += 2
            if stage >= stages:
                break
    return Truth(log_from_rows(rows), {name: k for k, one in enumerate(names) for name in one})


def an_office(seed: int, *, stages: int, cases: int = 800) -> Truth:
    """Each stage has steps in a usual order, some of them optional; one in ten goes back a stage, some give up."""
    rng = np.random.default_rng(seed)
    names = [[f"s{k}_{j}" for j in range(rng.integers(2, 5))] for k in range(stages)]
    optional = [rng.random(len(one)) < 0.5 for one in names]
    rows = []
    for case in range(cases):
        time, stage = int(rng.integers(0, 180 * DAY_MS)), 0
        while stage < stages:
            steps = [j for j in range(len(names[stage])) if not (optional[stage][j] and rng.random() < 0.3)]
            if rng.random() < 0.25:
                rng.shuffle(steps)
            for step in steps:
                rows.append((f"c{case}", names[stage][step], time))
                time += int(rng.exponential(DAY_MS / 3))
            if rng.random() < 0.06:
                break
            stage = max(0, stage - 1) if rng.random() < 0.1 else stage + 1
            time += int(rng.exponential(2 * DAY_MS))
    return Truth(log_from_rows(rows), {name: k for k, one in enumerate(names) for name in one})
