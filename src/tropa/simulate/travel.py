"""The travel story: an agency whose guests of the mountains and the spas seldom come back."""

from datetime import date, timedelta
from typing import Final

from tropa.domain.finding import FindingKind
from tropa.simulate.scenario import (
    Again,
    Beside,
    Decoy,
    DecoyKind,
    Noise,
    Of,
    Planted,
    Property,
    Scenario,
    Season,
    Stage,
    Step,
)
from tropa.simulate.story_facts import ASSIGNED, CURED, Cure, Lookalike, Occasion, Problem, StoryFacts, Survey, Table

_M, _H, _D = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_GONE = ("drop_off", "segment_gap")
_RECOUNTED_SINCE: Final = date(2025, 11, 3)
_AIRPORT_CLOSED: Final = (date(2025, 7, 5), date(2025, 7, 6))
_AUTUMN: Final = (date(2025, 9, 1), date(2025, 11, 30))
_COOL = ("mountains", "spa")

_STAGES: Final = (
    Stage(name="dream", steps=(Step(event="stories", goes_on=1, wait=8 * _M, taken=0.36),)),
    Stage(
        name="pick",
        steps=(
            Step(event="picker", goes_on=0.985, wait=5 * _M, repeats=0.5),
            Step(event="tour", goes_on=0.93, wait=9 * _M, spread=1.0, repeats=0.7, back=0.3),
        ),
    ),
    Stage(
        name="ask",
        steps=(
            Step(event="request", goes_on=0.97, wait=90 * _M, spread=0.6),
            Step(event="reply", goes_on=0.93, wait=5 * _H, spread=0.8),
            Step(event="offer", goes_on=0.234, wait=1.5 * _D, spread=0.8),
        ),
    ),
    Stage(
        name="book",
        steps=(
            Step(event="booked", goes_on=0.74, wait=9 * _H, spread=1.0),
            Step(event="paid", goes_on=0.985, wait=16 * _D, spread=0.6, amount=148_000),
        ),
    ),
    Stage(
        name="prepare",
        steps=(
            Step(event="documents", goes_on=1, wait=8 * _H, spread=0.5),
            Step(event="voucher", goes_on=0.99, wait=6 * _D, spread=0.25),
        ),
    ),
    Stage(
        name="trip",
        steps=(Step(event="departed", goes_on=1, wait=9 * _D, spread=0.25), Step(event="returned", goes_on=0)),
    ),
)

_PROPERTIES: Final = (
    Property(name="interest", values={"sea": 0.56, "mountains": 0.26, "spa": 0.18}),
    Property(
        name="place",
        values={
            "antalya": 0.17,
            "coast": 0.22,
            "islands": 0.17,
            "peaks": 0.16,
            "valley": 0.1,
            "springs": 0.1,
            "lake_spa": 0.08,
        },
        of=Of.VISIT,
        since_step="booked",
        on="interest",
        leans={
            "sea": {"peaks": 0, "valley": 0, "springs": 0, "lake_spa": 0},
            "mountains": {"antalya": 0, "coast": 0, "islands": 0, "springs": 0, "lake_spa": 0},
            "spa": {"antalya": 0, "coast": 0, "islands": 0, "peaks": 0, "valley": 0},
        },
    ),
    Property(name="party", values={"family": 0.46, "couple": 0.33, "older": 0.21}),
    Property(name="city", values={"first": 0.44, "second": 0.24, "third": 0.17, "fourth": 0.15}),
    Property(name="through", values={"messenger": 0.46, "site": 0.33, "phone": 0.21}, of=Of.VISIT),
    Property(name="source", values={"search": 0.3, "stories": 0.24, "letters": 0.16, "friends": 0.18, "ads": 0.12}),
    Property(
        name="day",
        values={"week": 0.72, "weekend": 0.28},
        of=Of.VISIT,
        days={"week": (1, 2, 3, 4, 5), "weekend": (6, 7)},
    ),
    Property(
        name="operator",
        values={"north": 0.26, "pearl": 0.4, "compass": 0.2, "own": 0.14},
        of=Of.VISIT,
        since_step="booked",
    ),
    Property(name="flight", values={"regular": 0.66, "charter": 0.34}, of=Of.VISIT, since_step="booked"),
)

_SILENCE: Final = Problem(
    code="P1",
    works=(
        Planted(kind=FindingKind.DROP_OFF, at="paid", group={"interest": _COOL}, size=0.59, again=True),
        Planted(kind=FindingKind.CHANGE, at="unsubscribed", group={"interest": _COOL}, size=3),
    ),
    kinds=(*_GONE, "change"),
    leaving=("booked", "paid", "documents", "voucher", "departed", "returned", "letter"),
    reaching=("request", "booked", "paid", "unsubscribed"),
    group={"interest": _COOL},
    unit="share",
    usual=0.22,
    harmed=0.09,
)
_WEEKEND: Final = Problem(
    code="P2",
    works=(
        Planted(kind=FindingKind.SLOW, at="request", group={"day": "weekend"}, size=12.7),
        Planted(kind=FindingKind.DROP_OFF, at="offer", group={"day": "weekend"}, size=0.62),
    ),
    kinds=("slow", "handover", *_GONE),
    leaving=("request", "reply", "offer", "tour"),
    reaching=("reply", "offer", "booked"),
    group={"day": ("weekend",)},
    unit="hours",
    usual=1.5,
    harmed=19.0,
)
_RECOUNTED: Final = Problem(
    code="P3",
    works=(
        Planted(
            kind=FindingKind.DROP_OFF,
            at="booked",
            group={"operator": "pearl"},
            since=_RECOUNTED_SINCE,
            size=0.257,
        ),
    ),
    kinds=(*_GONE, "change"),
    leaving=("booked", "offer"),
    reaching=("paid",),
    group={"operator": ("pearl",)},
    since=_RECOUNTED_SINCE,
    unit="share",
    usual=0.74,
    harmed=0.55,
)
_LATE_VOUCHER: Final = Problem(
    code="P4",
    works=(Planted(kind=FindingKind.SLOW, at="documents", group={"flight": "charter"}, size=14),),
    kinds=("slow", "handover"),
    leaving=("documents", "paid"),
    reaching=("voucher",),
    group={"flight": ("charter",)},
    unit="nps",
    usual=41.0,
    harmed=22.0,
)
_TRANSFER: Final = Problem(
    code="P5",
    works=(),
    kinds=("pain",),
    leaving=("returned",),
    reaching=("returned",),
    unit="complaints",
    usual=0.0,
    harmed=60.0,
)

TRAVEL: Final = StoryFacts(
    name="travel",
    scenario=Scenario(
        scenario="travel",
        people=12_000,
        first=date(2024, 10, 1),
        last=date(2026, 1, 31),
        stages=_STAGES,
        goal="paid",
        properties=_PROPERTIES,
        beside=(
            Beside(event="hotel_reviews", after="tour", share=0.28, wait=6 * _M),
            Beside(event="call", after="reply", share=0.3, wait=3 * _H),
            Beside(event="instalments", after="booked", share=0.18, wait=5 * _M),
            Beside(event="memo", after="paid", share=0.9, wait=6 * _H),
            Beside(event="hotline", after="departed", share=0.06, wait=2 * _D),
            Beside(event="question", after="paid", share=0.07, wait=2 * _D),
            Beside(event="letter", after="returned", share=0.88, wait=36 * _D, spread=0.12),
            Beside(event="unsubscribed", after="returned", share=0.05, wait=44 * _D, spread=0.2),
        ),
        returns=Again(share=0.535, wait=62 * _D, spread=0.35, most=20),
        retries=Again(share=0.965, wait=9 * _D, spread=0.9, most=20, before="booked"),
        noise=Noise(events=("blog", "destination"), per_person=0.25, within=2 * _D),
        season=Season(
            months=(1.7, 1.3, 1.1, 1.0, 1.1, 1.2, 1.1, 0.95, 0.75, 0.7, 0.75, 1.05),
            weekdays=(1.05, 1.02, 1, 1, 0.95, 0.98, 1.0),
            hours=(3, 1, 1, 1, 1, 1, 2, 5, 9, 13, 15, 16, 17, 16, 15, 15, 15, 16, 19, 23, 27, 28, 20, 9),
        ),
        decoys=(
            Decoy(kind=DecoyKind.OUTAGE, at="voucher", size=0.35, first=_AIRPORT_CLOSED[0], last=_AIRPORT_CLOSED[1]),
        ),
    ),
    problems=(_SILENCE, _WEEKEND, _RECOUNTED, _LATE_VOUCHER, _TRANSFER),
    decoys=(
        Lookalike(code="D1", first=_AUTUMN[0], last=_AUTUMN[1]),
        Lookalike(code="D2", first=_AIRPORT_CLOSED[0], last=_AIRPORT_CLOSED[1]),
    ),
    log_properties=("source", "interest", "party", "city", "through"),
    tables=(
        Table(key="requests", steps=("request", "reply"), properties=("day", "through")),
        Table(
            key="bookings",
            steps=("booked", "departed", "returned"),
            properties=("place", "operator", "flight"),
        ),
        Table(key="payments", steps=("paid",), ledger=True),
    ),
    tickets=("hotline", "question"),
    reviews=1_400,
    spoken={
        "P1": Occasion(at="returned", share=0.14, group={"interest": _COOL}, days=(45.0, 0.3)),
        "P2": Occasion(at="request", share=0.14, group={"day": "weekend"}, left=True, days=(2.5, 0.5)),
        "P3": Occasion(
            at="booked", share=0.08, group={"operator": "pearl"}, since=_RECOUNTED_SINCE, left=True, days=(1.5, 0.6)
        ),
        "P4": Occasion(at="voucher", share=0.14, group={"flight": "charter"}, days=(11.0, 0.4)),
        "P5": Occasion(at="returned", share=0.07, group={"place": "antalya"}),
        "january": Occasion(at="paid", share=0.02, since=date(2025, 1, 3), until=date(2025, 2, 10)),
        "airport_closed": Occasion(
            at="voucher",
            share=0.025,
            since=_AIRPORT_CLOSED[0],
            until=date(2025, 7, 7),
            days=(1.5, 0.5),
        ),
    },
    ordinary="returned",
    survey=Survey(
        at="returned", answers=900, nps=41.0, lower=({"flight": ("charter",)}, 22.0), gain=2.7, days=(4.0, 0.6)
    ),
    cures=(
        Cure(
            code="C1",
            works=(Planted(kind=FindingKind.OPPORTUNITY, at="paid", group={ASSIGNED: CURED}, size=1.43, again=True),),
            of="paid",
            to="paid",
            times=1.38,
        ),
        Cure(code="C2", of="returned", to="returned", gain=2.7),
    ),
    after_people=11_000,
)
