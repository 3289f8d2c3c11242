"""The school story: an online school of languages whose free first lesson hardly anybody finishes."""

from datetime import date, timedelta
from typing import Final

from tropa.domain.finding import FindingKind
from tropa.simulate.scenario import (
    Beside,
    Decoy,
    DecoyKind,
    Noise,
    Planted,
    Property,
    Scenario,
    Season,
    Stage,
    Step,
)
from tropa.simulate.story_facts import ASSIGNED, CURED, Cure, Lookalike, Occasion, Problem, StoryFacts, Survey, Table

_M, _H, _D = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_GONE = ("drop_off", "segment_gap", "dead_end")
_SLOW_LINK_SINCE: Final = date(2025, 9, 15)
_RUSH: Final = (date(2025, 9, 1), date(2025, 9, 21))
_NEW_YEAR: Final = (date(2025, 12, 30), date(2026, 1, 8))

_STAGES: Final = (
    Stage(
        name="need",
        steps=(
            Step(event="reel", goes_on=1, wait=20 * _M, spread=1.4, taken=0.34),
            Step(event="article", goes_on=1, wait=40 * _M, spread=1.5, taken=0.22),
        ),
    ),
    Stage(
        name="search",
        steps=(
            Step(event="landing", goes_on=1, wait=3 * _M, repeats=0.3),
            Step(event="teachers", goes_on=1, wait=4 * _M, taken=0.46),
        ),
    ),
    Stage(
        name="sign_up",
        steps=(
            Step(event="form", goes_on=1, wait=2 * _M),
            Step(event="signed_up", goes_on=0.67, wait=25 * _M, spread=1.3),
        ),
    ),
    Stage(
        name="trial",
        steps=(
            Step(event="test_start", goes_on=0.95, wait=6 * _M, spread=0.35),
            Step(event="test_third", goes_on=0.90, wait=8 * _M, spread=0.35),
            Step(event="test_two_thirds", goes_on=0.96, wait=7 * _M, spread=0.35),
            Step(event="test_done", goes_on=0.85, wait=12 * _M, spread=1.0),
            Step(event="slot", goes_on=0.68, wait=2 * _D, spread=0.5),
            Step(event="confirmed", goes_on=0.985, wait=2 * _M, spread=0.5),
            Step(event="link", goes_on=0.985, wait=4 * _M, spread=0.8),
            Step(event="joined", goes_on=0.95, wait=9 * _M, spread=0.3),
            Step(event="speaking", goes_on=0.92, wait=11 * _M, spread=0.3),
            Step(event="listening", goes_on=0.87, wait=12 * _M, spread=0.3),
            Step(event="finished", goes_on=0.94, wait=3 * _H, spread=1.3),
        ),
    ),
    Stage(
        name="course",
        steps=(
            Step(event="tariffs", goes_on=0.80, wait=1 * _D, spread=1.1, repeats=0.4),
            Step(event="paid", goes_on=0.985, wait=3 * _D, spread=0.5, amount=6400),
        ),
    ),
    Stage(
        name="first_month",
        steps=(Step(event="first_lesson", goes_on=0.71, wait=27 * _D, spread=0.12),),
    ),
    Stage(
        name="renewal",
        steps=(
            Step(event="paid_again", goes_on=0.30, wait=58 * _D, spread=0.16, amount=6400),
            Step(event="renewed", goes_on=0.4, amount=17_900, wait=9 * _D, spread=0.8),
            Step(event="recommended"),
        ),
    ),
)

_PROPERTIES: Final = (
    Property(name="age", values={"child": 0.22, "teen": 0.13, "adult": 0.52, "senior": 0.13}),
    Property(name="level", values={"zero": 0.52, "basic": 0.26, "good": 0.22}),
    Property(name="aim", values={"work": 0.3, "move": 0.14, "exam": 0.15, "travel": 0.21, "school": 0.2}),
    Property(name="subject", values={"english": 0.74, "german": 0.14, "spanish": 0.12, "french": 0.0}),
    Property(name="device", values={"ios": 0.28, "android": 0.47, "desktop": 0.25}),
    Property(
        name="source",
        values={"search": 0.3, "reels": 0.27, "maps": 0.13, "friends": 0.16, "ads": 0.09, "blog": 0.05},
        at="signed_up",
        usual={"blog": 0.7},
    ),
    Property(name="through", values={"bot": 0.44, "site": 0.43, "call": 0.13}),
    Property(name="teacher", values={"same": 0.68, "replaced": 0.32}, since_step="paid"),
)

_LEVEL_TEST: Final = Problem(
    code="P1",
    works=(Planted(kind=FindingKind.DROP_OFF, at="test_third", group={"level": "zero"}, size=0.73),),
    kinds=_GONE,
    leaving=("signed_up", "test_start", "test_third", "test_two_thirds"),
    reaching=("test_two_thirds", "test_done", "slot"),
    group={"level": ("zero",)},
    unit="share",
    usual=0.149,
    harmed=0.038,
)
_LATE_LINK: Final = Problem(
    code="P2",
    works=(
        Planted(
            kind=FindingKind.SLOW,
            at="confirmed",
            group={"through": "bot"},
            since=_SLOW_LINK_SINCE,
            size=20,
        ),
        Planted(kind=FindingKind.DROP_OFF, at="link", group={"through": "bot"}, since=_SLOW_LINK_SINCE, size=0.25),
    ),
    kinds=("slow", "handover", "drop_off", "segment_gap", "channel_gap", "change"),
    leaving=("confirmed", "link"),
    reaching=("link", "joined"),
    group={"through": ("bot",)},
    since=_SLOW_LINK_SINCE,
    unit="minutes",
    usual=2.0,
    harmed=40.0,
)
_MICROPHONE: Final = Problem(
    code="P3",
    works=(
        Planted(
            kind=FindingKind.DEAD_END, at="speaking", group={"device": "ios"}, size=0.902, event="microphone_error"
        ),
    ),
    kinds=_GONE,
    leaving=("joined", "speaking", "microphone_error"),
    reaching=("microphone_error", "listening", "finished"),
    group={"device": ("ios",)},
    unit="share",
    usual=0.08,
    harmed=0.91,
)
_CHILDRENS_SLOTS: Final = Problem(
    code="P4",
    works=(Planted(kind=FindingKind.DROP_OFF, at="slot", group={"age": "child"}, size=0.41),),
    kinds=_GONE,
    leaving=("slot", "test_done", "reminder"),
    reaching=("confirmed", "link", "joined"),
    group={"age": ("child",)},
    unit="share",
    usual=0.34,
    harmed=0.61,
)
_NEW_TEACHER: Final = Problem(
    code="P5",
    works=(Planted(kind=FindingKind.DROP_OFF, at="first_lesson", group={"teacher": "replaced"}, size=0.324),),
    kinds=_GONE,
    leaving=("paid", "first_lesson"),
    reaching=("paid", "paid_again"),
    group={"teacher": ("replaced",)},
    unit="share",
    usual=0.71,
    harmed=0.48,
)

SCHOOL: Final = StoryFacts(
    name="school",
    scenario=Scenario(
        scenario="school",
        people=19_000,
        first=date(2024, 10, 1),
        last=date(2026, 1, 31),
        stages=_STAGES,
        goal="finished",
        properties=_PROPERTIES,
        beside=(
            Beside(event="curator_call", after="signed_up", share=0.36, wait=3 * _H),
            Beside(event="reminder", after="slot", share=0.93, wait=1 * _D, spread=0.3),
            Beside(event="instalments", after="tariffs", share=0.24, wait=2 * _M),
            Beside(event="homework_letter", after="first_lesson", share=0.94, wait=5 * _H),
            Beside(event="group_chat", after="first_lesson", share=0.5, wait=2 * _D),
            Beside(event="extended", after="renewed", share=1.0, wait=1 * _M),
            Beside(event="certificate", after="renewed", share=0.7, wait=2 * _D),
            Beside(event="support", after="slot", share=0.05, wait=5 * _H),
        ),
        noise=Noise(events=("blog", "questions"), per_person=0.3, within=2 * _D),
        season=Season(
            months=(0.95, 1, 1, 0.95, 0.8, 0.62, 0.58, 1.0, 1.5, 1.3, 1.1, 0.85),
            weekdays=(1.1, 1.08, 1.05, 1.02, 0.9, 0.9, 1.05),
            hours=(3, 1, 1, 1, 1, 1, 2, 5, 8, 12, 14, 15, 16, 16, 15, 15, 16, 18, 22, 27, 31, 30, 21, 9),
        ),
        decoys=(
            Decoy(kind=DecoyKind.PROMO, size=1.8, group={"source": "blog"}, first=_RUSH[0], last=_RUSH[1]),
            Decoy(kind=DecoyKind.SMALL, at="listening", group={"subject": "french"}, people=37, size=0.6),
            Decoy(kind=DecoyKind.PROMO, size=0.2, first=_NEW_YEAR[0], last=_NEW_YEAR[1]),
        ),
    ),
    problems=(_LEVEL_TEST, _LATE_LINK, _MICROPHONE, _CHILDRENS_SLOTS, _NEW_TEACHER),
    decoys=(
        Lookalike(code="D1", first=_RUSH[0], last=_RUSH[1], group={"source": ("blog",)}),
        Lookalike(code="D2", first=date(2024, 10, 1), last=date(2024, 10, 1), group={"subject": ("french",)}),
        Lookalike(code="D3", first=_NEW_YEAR[0], last=_NEW_YEAR[1]),
    ),
    log_properties=("source", "device", "through", "age", "level", "aim"),
    tables=(
        Table(
            key="deals",
            steps=("signed_up",),
            properties=("subject", "teacher"),
        ),
        Table(key="payments", steps=("paid", "paid_again", "renewed"), ledger=True),
    ),
    tickets=("support",),
    reviews=1_300,
    spoken={
        "P1": Occasion(at="test_third", share=0.16, group={"level": ("zero",)}, left=True, days=(1.5, 0.8)),
        "P2": Occasion(at="confirmed", share=0.1, group={"through": ("bot",)}, since=_SLOW_LINK_SINCE, days=(1.5, 0.8)),
        "P3": Occasion(at="speaking", share=0.13, group={"device": ("ios",)}, left=True, days=(1.5, 0.8)),
        "P4": Occasion(at="test_done", share=0.13, group={"age": ("child",)}),
        "P5": Occasion(at="first_lesson", share=0.12, group={"teacher": ("replaced",)}, days=(12.0, 0.5)),
        "rare_language": Occasion(at="test_done", share=0.008, group={"subject": ("french",)}),
        "pause": Occasion(at="signed_up", share=0.012, since=_NEW_YEAR[0], until=date(2026, 1, 12), days=(3.0, 0.5)),
        "blog_rush": Occasion(
            at="signed_up", share=0.02, group={"source": ("blog",)}, since=_RUSH[0], until=_RUSH[1], days=(2.0, 0.6)
        ),
    },
    ordinary="finished",
    survey=Survey(at="finished", answers=420, nps=31.0),
    cures=(
        Cure(
            code="C1",
            works=(
                Planted(kind=FindingKind.OPPORTUNITY, at="signed_up", group={ASSIGNED: CURED}, size=1.3),
                Planted(kind=FindingKind.OPPORTUNITY, at="slot", group={ASSIGNED: CURED}, size=1.21),
            ),
            of="signed_up",
            to="finished",
            times=1.57,
        ),
        Cure(
            code="C2",
            works=(Planted(kind=FindingKind.OPPORTUNITY, at="paid_again", group={ASSIGNED: CURED}, size=2.1),),
            of="paid",
            to="extended",
            times=2.1,
        ),
    ),
    after_people=12_000,
)
