"""Every analysis that is a fold, asked of one log that has all there can be in a log."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

import numpy as np

from tropa.analysis.acquisition import AcquisitionQuery, acquired
from tropa.analysis.afterwards import AfterwardsQuery, what_lost_did
from tropa.analysis.attribution import AttributionQuery, attribute
from tropa.analysis.before_after import BeforeAfterQuery, came_to_each
from tropa.analysis.beginnings import BeginningsQuery, beginnings
from tropa.analysis.buyers import buyers
from tropa.analysis.buying_centre import BuyingCentreQuery, buying_centre
from tropa.analysis.cohorts import CohortQuery, cohorts
from tropa.analysis.comparison import ComparisonQuery, compare
from tropa.analysis.dead_ends import DeadEndQuery, dead_ends
from tropa.analysis.deals import DealsQuery, deals
from tropa.analysis.flow import FlowQuery, flow
from tropa.analysis.funnel import FunnelQuery, Step, run_funnel, run_funnel_by, step_of
from tropa.analysis.handovers import HandoverQuery, handovers
from tropa.analysis.hesitation import HesitationQuery, hesitation, pauses
from tropa.analysis.loops import LoopQuery, loops
from tropa.analysis.losses import OfStart, OfStep, OfUnits, find_losses_by, step_times, time_histogram
from tropa.analysis.manners import MannersQuery, manners
from tropa.analysis.next_taken import NextQuery, taken_next
from tropa.analysis.offers import OfferQuery, offers_taken
from tropa.analysis.presence import PresenceQuery, presence
from tropa.analysis.retention import RetentionQuery, retention_by
from tropa.analysis.sessions import SessionQuery, count_sessions, session_lengths
from tropa.analysis.step_flow import step_flow
from tropa.analysis.transitions import TransitionQuery, transitions, transitions_by
from tropa.analysis.variants import VariantQuery, variants
from tropa.analysis.waiting import WaitQuery, waits, working_times
from tropa.analysis.worth import median_worth
from tropa.domain.journeymap import Match
from tropa.domain.project import Moment, Semantics, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.chains import Barrier, ChainQuery, ChainStep
from tropa.events.deals import DealRules
from tropa.events.extent import extent_of
from tropa.events.groups import Among, Crossed, Reached, UnitProperty
from tropa.events.log import BUCKETS, NO_AMOUNT, Column, EventLog
from tropa.events.places import EventNames, PropertyValues, every_event_name
from tropa.events.staged import Matched, StagedPlaces, at_stages, stage_events
from tropa.events.stretches import Anchor as At
from tropa.events.stretches import Stretch

DAY = timedelta(days=1)
MONTH = 1_700_000_000_000
NAMES = tuple("abcdefgh")
CHANNELS, DEVICES, CITIES = ("app", "shop", "site"), ("phone", "desk"), ("Perm", "Tver", "Omsk")


def a_full_log(units: int = 400, seed: int = 5, names: tuple[str, ...] = NAMES) -> EventLog:
    rng = np.random.default_rng(seed)
    sizes = rng.geometric(0.1, units)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    size = int(offsets[-1])
    starts = 1_700_000_000_000 + rng.integers(0, 40 * 86_400_000, units)
    gaps = (rng.exponential(1, size) ** 2 * 7_200_000).astype(np.int64)
    since = np.cumsum(gaps) - np.repeat(np.cumsum(gaps)[offsets[:-1]], sizes)
    time = np.repeat(starts, sizes) + since

    def column(values: tuple[str, ...], count: int) -> Column:
        return Column(rng.integers(-1, len(values), count).astype(np.int32), values)

    return EventLog(
        offsets=offsets,
        buckets=np.linspace(0, units, BUCKETS + 1).astype(np.int64),
        event=Column((rng.random(size) ** 2 * len(names)).astype(np.int32), names),
        time=time,
        sequence=np.arange(size, dtype=np.int32),
        properties={
            "channel": column(CHANNELS, size),
            "device": column(DEVICES, size),
            "lifecycle": column(("COMPLETE", "START"), size),
        },
        unit_properties={"city": column(CITIES, units)},
        amount=np.where(rng.random(size) < 0.3, rng.integers(1, 10**6, size), NO_AMOUNT),
        currency="RUB",
        as_of=int(time.max()) - 5 * 86_400_000,
    )


def stages() -> tuple[StageSpec, ...]:
    def stage(key: str, *matches: Match) -> StageSpec:
        points = tuple(
            TouchpointSpec(key=f"{key}{n}", name=Text(en=f"{key}{n}"), match=match) for n, match in enumerate(matches)
        )
        return StageSpec(key=key, name=Text(en=key), touchpoints=points)

    return (
        stage("find", Match(event=("a",)), Match(event=("b",), where={"channel": ("s*",)})),
        stage("choose", Match(event=("b", "c", "d"))),
        stage("buy", Match(event=("e", "f")), Match(event=("*",), where={"city": ("Omsk",)})),
    )


EVERY = EventNames(tuple((name,) for name in NAMES))
PATH = (step_of("1", "a", "b"), step_of("2", "b", "c"), Step("3", Matched(((Match(event=("d", "e")),),))))
PHONE = Step("4", Matched(((Match(event=("*",), where={"device": ("phone",)}),),)))

CHAIN = ChainQuery(
    steps=(
        ChainStep(any_of=(Match(event=("a", "b")),)),
        ChainStep(any_of=(Match(event=("c",)),), optional=True),
        ChainStep(any_of=(Match(event=("*",), where={"channel": ("app",)}),), within=DAY),
        ChainStep(any_of=(Match(event=("d", "e")),)),
    ),
    window=5 * DAY,
    barriers=(Barrier(any_of=(Match(event=("h",)),)),),
    hold="device",
)

STAGE_OF = (0, 0, 1, 2, 2)
GOAL = EventNames((("g",),))

QUESTIONS = {
    "funnel": lambda log, engine: run_funnel(log, FunnelQuery(PATH, 2 * DAY), engine),
    "funnel by first touch": lambda log, engine: run_funnel_by(
        log, FunnelQuery((*PATH, PHONE), 3 * DAY, Semantics.FIRST_TOUCH), UnitProperty("city", ("Tver", "Perm")), engine
    ),
    "funnel without a window": lambda log, engine: run_funnel_by(
        log,
        FunnelQuery((PATH[0], PHONE), None, Semantics.UNWINDOWED),
        Crossed(UnitProperty("channel", CHANNELS, Moment.MOST_FREQUENT), Reached(EventNames((("g",),)))),
        engine,
    ),
    "flow over stages": lambda log, engine: flow(log, FlowQuery(at_stages(stages())), engine),
    "flow over touchpoints": lambda log, engine: flow(log, FlowQuery(StagedPlaces(stages()), repeats=True), engine),
    "flow over a staged log": lambda log, engine: flow(
        log, FlowQuery(stage_events(log, stages()).at_touchpoints, (DAY,) * 5), engine
    ),
    "transitions": lambda log, engine: transitions(log, TransitionQuery(every_event_name(log), collapse=True), engine),
    "transitions by group": lambda log, engine: transitions_by(
        log, TransitionQuery(PropertyValues("channel", CHANNELS)), UnitProperty("city", CITIES), engine
    ),
    "transitions between many places": lambda log, engine: transitions(
        log, TransitionQuery(EventNames((*EVERY.places, *((f"never {n}",) for n in range(120))))), engine
    ),
    "transitions between very many places": lambda log, engine: transitions(
        log, TransitionQuery(EventNames((*EVERY.places, *((f"never {n}",) for n in range(300))))), engine
    ),
    "typical paths": lambda log, engine: variants(log, VariantQuery(EVERY, 30), engine),
    "retention": lambda log, engine: retention_by(
        log, RetentionQuery(EventNames((("a",), ("c", "d"))), DAY), UnitProperty("city", CITIES), engine
    ),
    "waits": lambda log, engine: waits(log, WaitQuery(EventNames((("a",), ("e",)))), engine),
    "working times": lambda log, engine: working_times(log, EVERY, engine),
    "extent": extent_of,
    "losses by what the step is": lambda log, engine: find_losses_by(
        log, CHAIN, OfStep(0, PropertyValues("channel", CHANNELS)), engine
    ),
    "losses by group": lambda log, engine: find_losses_by(log, CHAIN, OfUnits(UnitProperty("city", CITIES)), engine),
    "losses by day": lambda log, engine: find_losses_by(
        log, replace(CHAIN, hold=None), OfStart(tuple(range(19_675, 19_720, 7))), engine
    ),
    "times to each step": lambda log, engine: step_times(log, CHAIN, engine),
    "how long it takes": lambda log, engine: time_histogram(log, replace(CHAIN, hold=None), engine),
    "what the lost did": lambda log, engine: what_lost_did(log, AfterwardsQuery(CHAIN, EVERY), engine),
    "steps from the start": lambda log, engine: step_flow(log, Stretch(places=EVERY, after=5), engine),
    "steps around an event": lambda log, engine: step_flow(
        log, Stretch(places=EVERY, anchor=At.PLACE, at=2, before=3, after=3), engine
    ),
    "beginnings": lambda log, engine: beginnings(
        log, BeginningsQuery(Stretch(places=EVERY, after=3), Reached(EventNames((("f",),)))), engine
    ),
    "visits": lambda log, engine: count_sessions(log, SessionQuery(EVERY), engine),
    "how long visits last": lambda log, engine: session_lengths(log, SessionQuery(EVERY), engine),
    "what a result is worth": lambda log, engine: median_worth(log, EventNames((("f", "g"),)), engine),
    "what is taken next": lambda log, engine: taken_next(
        log, NextQuery(EventNames((("a",),)), EventNames((("d",), ("e",), ("f",))), DAY), engine
    ),
    "offers that are taken up": lambda log, engine: offers_taken(
        log, OfferQuery(EventNames((("a",),)), EventNames((("b", "c"),)), EventNames((("d",),)), DAY), engine
    ),
    "cohorts": lambda log, engine: cohorts(log, CohortQuery(EventNames((("a", "b"),)), DAY), engine),
    "loops": lambda log, engine: loops(log, LoopQuery(StagedPlaces(stages()), STAGE_OF, GOAL), engine),
    "dead ends": lambda log, engine: dead_ends(log, DeadEndQuery(EVERY, GOAL, DAY), engine),
    "signs of hesitation": lambda log, engine: hesitation(log, HesitationQuery(EVERY, GOAL, DAY / 12, DAY), engine),
    "pauses": lambda log, engine: pauses(log, 0.9, DAY, engine),
    "hand-overs": lambda log, engine: handovers(
        log, HandoverQuery(PropertyValues("channel", CHANNELS), GOAL, DAY), engine
    ),
    "two groups compared": lambda log, engine: compare(
        log,
        ComparisonQuery(
            UnitProperty("city", ("Perm", "Tver")),
            StagedPlaces(stages()),
            STAGE_OF,
            3,
            GOAL,
            3 * DAY,
            (UnitProperty("device", DEVICES),),
        ),
        engine,
    ),
    "touchpoints that matter": lambda log, engine: presence(
        log,
        PresenceQuery(StagedPlaces(stages()), STAGE_OF, 3, GOAL, UnitProperty("channel", CHANNELS), 3 * DAY),
        engine,
    ),
    "who goes differently": lambda log, engine: manners(
        log, MannersQuery(StagedPlaces(stages()), STAGE_OF, 3, GOAL, log.units), engine
    ),
    "buyers": lambda log, engine: buyers(log, EventNames((("f", "g"),)), DAY // timedelta(milliseconds=1), engine),
    "who decides": lambda log, engine: buying_centre(
        log,
        BuyingCentreQuery(PropertyValues("device", DEVICES), at_stages(stages()), GOAL, EventNames((("h",),)), DAY),
        engine,
    ),
    "how deals stand": lambda log, engine: deals(
        log,
        DealsQuery(
            DealRules(EventNames((("b",), ("a",))), at_stages(stages()), GOAL, EventNames((("h",),)), DAY),
            PropertyValues("city", CITIES),
            (DAY / 24, DAY),
        ),
        engine,
    ),
    "what marketing brought": lambda log, engine: acquired(
        log,
        AcquisitionQuery(
            UnitProperty("channel", CHANNELS),
            at_stages(stages()),
            EventNames((("c",),)),
            GOAL,
            since=MONTH,
            until=MONTH + 20 * 86_400_000,
            rest=3 * DAY,
        ),
        engine,
    ),
    "before and after a change": lambda log, engine: came_to_each(
        log,
        BeforeAfterQuery(
            EventNames((("a",),)),
            EVERY,
            ((MONTH, MONTH + 15 * 86_400_000), (MONTH + 15 * 86_400_000, MONTH + 30 * 86_400_000)),
            Among("city", ("Perm",)),
            within=6 * DAY,
            gap=DAY / 24,
        ),
        engine,
    ),
    "what brought the result": lambda log, engine: attribute(
        log, AttributionQuery(PropertyValues("channel", CHANNELS), EventNames((("g",),))), engine
    ),
}


def is_same(one: object, other: object) -> bool:
    """Equal down to every array and figure."""
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if is_dataclass(one):
        return type(one) is type(other) and all(
            is_same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)
        )
    if isinstance(one, dict):
        return (
            isinstance(other, dict) and list(one) == list(other) and is_same(list(one.values()), list(other.values()))
        )
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(is_same(a, b) for a, b in zip(one, other, strict=True))
    return one == other or (one != one and other != other)


def without_events(log: EventLog) -> EventLog:
    """A log of nobody with the same names."""
    return replace(log.piece(0, 0), buckets=np.zeros(BUCKETS + 1, dtype=np.int64))
