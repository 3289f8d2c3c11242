"""Kinds that are told by where people are: hand-overs between departments, and dead ends."""

import numpy as np

from tropa.domain.finding import FindingKind
from tropa.domain.journeymap import Match
from tropa.domain.project import FindingSettings, Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import log_from_rows
from tropa.events.staged import StagedLog, stage_events
from tropa.insight.findings import find

DAY, HOUR = 86_400_000, 3_600_000
START = 1_700_000_000_000
PROJECT = Project(project="desk", findings=FindingSettings(min_persons=100))


def _stages(*names: str, goal: str) -> tuple[StageSpec, ...]:
    return tuple(
        StageSpec(
            key=f"s_{name}",
            name=Text(ru=name, en=name),
            goal=name == goal,
            touchpoints=(TouchpointSpec(key=name, name=Text(ru=name, en=name), match=Match(event=(name,))),),
        )
        for name in names
    )


def _desk(*, second: str) -> StagedLog:
    """Requests are taken by sales and done by `second`; those from the north wait five times as long in between."""
    rng = np.random.default_rng(7)
    rows, department, place = [], [], {}
    for number in range(3_000):
        who = f"p{number}"
        place[who] = "north" if rng.random() < 0.3 else "south"
        at = START + int(rng.integers(100 * DAY))
        wait = int(rng.lognormal(0, 0.5) * 5 * HOUR * (5 if place[who] == "north" else 1))
        rows += [(who, "taken", at), (who, "done", at + wait)]
        department += ["sales", second]
    log = log_from_rows(
        rows, properties={"department": department}, unit_properties={"region": place}, as_of=START + 130 * DAY
    )
    return stage_events(log, _stages("taken", "done", goal="done"))


def test_a_long_wait_between_two_departments_is_a_hand_over_and_within_one_it_is_slow():
    (between,) = find(_desk(second="works"), PROJECT)
    (within,) = find(_desk(second="sales"), PROJECT)
    assert (between.kind, within.kind) == (FindingKind.HANDOVER, FindingKind.SLOW)
    assert between.segment == within.segment == {"region": "north"}


def _shop(*, led: float) -> StagedLog:
    """Four in ten on iOS do not pay; `led` of them stop at a page of errors, the others just leave."""
    rng = np.random.default_rng(8)
    rows, system = [], {}
    for number in range(5_000):
        who = f"p{number}"
        system[who] = "iOS" if rng.random() < 0.3 else "other"
        at = START + int(rng.integers(100 * DAY))
        rows.append((who, "cart", at))
        harmed = system[who] == "iOS" and rng.random() < 0.4
        if harmed and rng.random() < led:
            rows.append((who, "oops page", at + 20_000))
        elif not harmed and rng.random() < 0.9:
            rows.append((who, "pay", at + 60_000))
    log = log_from_rows(rows, unit_properties={"system": system}, as_of=START + 130 * DAY)
    return stage_events(log, _stages("cart", "oops page", "pay", goal="pay"))


def test_a_loss_into_a_page_from_which_nobody_goes_on_is_a_dead_end_and_else_a_gap():
    ended = find(_shop(led=0.9), PROJECT)[0]
    (left,) = find(_shop(led=0.0), PROJECT)
    assert (ended.kind, left.kind) == (FindingKind.DEAD_END, FindingKind.SEGMENT_GAP)
    assert ended.segment == {"system": "iOS"}
    assert ended.at.event == "cart"
