"""A map for each class of buyers, what they are told, and the page that is handed over."""

import pytest

from tropa.analysis.ownership import ownership
from tropa.assembly.build import Built, Ingredients, build
from tropa.domain.argument import Argument, ArgumentKind
from tropa.domain.buying import BUYING_CLASS, ECONOMIC, TECHNICAL, USER
from tropa.domain.evidence import Basis
from tropa.domain.journeymap import BusinessModel, Card, JourneyMap, LaneKind, Match
from tropa.domain.ownership import CostKind, CostLine, CostTable, Role, Span
from tropa.domain.project import Project, StageSpec, TouchpointSpec, UnitKind
from tropa.domain.text import Language, Text
from tropa.events.log import log_from_rows
from tropa.lint.check import lint
from tropa.render.takeaway.blocks import Heading, Listed
from tropa.render.takeaway.class_page import buyers_of, class_page
from tropa.texts.document import Feedback

DAY = 86_400_000


def a_stage(key: str, *events: str, goal: bool = False) -> StageSpec:
    points = tuple(TouchpointSpec(key=one, name=Text(ru=one, en=one), match=Match(event=(one,))) for one in events)
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=points)


PROJECT = Project(
    project="crm",
    language=Language.EN,
    model=BusinessModel.B2B,
    unit=UnitKind.CASE,
    stages_from="written",
    stages=(
        a_stage("evaluation", "asks", "compares", "reads_security"),
        a_stage("decision", "tries", "offer", goal=True),
        a_stage("onboarding", "works"),
    ),
)
ARGUMENTS = (
    Argument(buyer=ECONOMIC, feature="Reports", advantage="See each sale", benefit="Money goes where it works",
             number="4 of 100 lost, 11 before", source="Pilot"),
    Argument(buyer=USER, benefit="Less typing"),
    Argument(buyer="legal", benefit="A contract of two pages", quote="Signed in a day"),
    Argument(kind=ArgumentKind.ANSWER, buyer=TECHNICAL, feature="Where are the data?", benefit="In the EU",
             source="Policy"),
    Argument(kind=ArgumentKind.PILOT, benefit="Two weeks with your team", number="no more than 5 of 100 lost"),
)  # fmt: skip
COSTS = CostTable(
    lines=(
        CostLine(kind=CostKind.PRICE, item="Seats", alternative="Ours", amount=Span(90, 100, 120), source="Price list"),
        CostLine(kind=CostKind.EFFECT, item="Leads", alternative="Ours", amount=Span(200, 300, 400)),
        CostLine(kind=CostKind.OTHER, item="Lost leads", alternative="Doing nothing", amount=Span(50, 60, 90)),
    ),
    alternatives={"Ours": Role.OURS, "Doing nothing": Role.NOTHING},
    years=3,
    currency="EUR",
)


def built(deals: int = 40, *, arguments: tuple[Argument, ...] = ARGUMENTS) -> Built:
    """All deals have an economic buyer; every fourth a technical one, who reads and never tries."""
    rows: list[tuple[str, str, int]] = []
    classes: list[str | None] = []
    for deal in range(deals):
        steps = [("asks", 0, ECONOMIC), ("compares", 1, ECONOMIC), ("offer", 3, None), ("tries", 4, ECONOMIC)]
        steps += [("reads_security", 2, TECHNICAL)] if deal % 4 == 0 else []
        for event, day, who in sorted(steps, key=lambda one: one[1]):
            rows.append((f"d{deal:03}", event, day * DAY))
            classes.append(who)
    log = log_from_rows(rows, properties={BUYING_CLASS: classes}, unit=UnitKind.CASE, as_of=100 * DAY)
    said = (
        Feedback(id="f1", text="The tries went badly, compares are a mess", unit=0, buyer=ECONOMIC),
        Feedback(id="f2", text="The offer was clear", unit=0, buyer=TECHNICAL),
    )
    return build(Ingredients(project=PROJECT, log=log, feedback=said, owned=ownership(COSTS), arguments=arguments))


@pytest.fixture(scope="module")
def whole() -> Built:
    return built()


def of_lane(journey: JourneyMap, kind: LaneKind) -> list[Card]:
    return list(journey.cards_of(kind))


def own_map(whole: Built, buyer: str) -> JourneyMap:
    return whole.segments[f"buying_class-{buyer}"]


def test_each_class_has_a_map_of_the_same_path(whole: Built) -> None:
    assert set(whole.segments) == {"buying_class-economic_buyer", "buying_class-technical_buyer"}
    technical = own_map(whole, TECHNICAL)
    assert [one.key for one in technical.stages] == [one.key for one in whole.journey.stages]
    assert technical.persons == 10


def test_a_class_s_map_has_what_it_did_and_what_the_company_notes_and_nothing_of_others(whole: Built) -> None:
    met = {one.key: one.persons or 0 for stage in own_map(whole, TECHNICAL).stages for one in stage.touchpoints}
    assert (met["reads_security"], met["offer"]) == (10, 10)
    assert not met.get("asks")
    assert not met.get("tries")


def test_a_class_s_map_hears_that_class_alone(whole: Built) -> None:
    provenance = own_map(whole, TECHNICAL).provenance
    assert provenance is not None
    assert provenance.feedback == 1


def test_the_note_of_a_class_says_its_part_and_below_thirty_deals_no_per_cent(whole: Built) -> None:
    notes = {str(one.segment[BUYING_CLASS]): one.text.said_in(Language.EN) for one in whole.journey.segments}
    assert "10 (25%" in notes[TECHNICAL]
    few = {one.key: one.text.said_in(Language.EN) for one in built(12).journey.segments}
    assert all("%" not in said for said in few.values())


def test_a_benefit_rests_on_a_number_or_a_quote_and_is_a_guess_without(whole: Built) -> None:
    (economic,) = [one for one in of_lane(whole.journey, LaneKind.ECONOMIC_BUYER) if "Money goes" in str(one.text.en)]
    (user,) = of_lane(whole.journey, LaneKind.END_USER)
    (legal,) = of_lane(whole.journey, LaneKind.FAB)
    (pilot,) = of_lane(whole.journey, LaneKind.PROOF)
    assert (economic.basis(), user.basis(), legal.basis()) == (Basis.REPORTED, Basis.GUESS, Basis.REPORTED)
    assert pilot.is_guess  # a criterion that we set ourselves proves nothing


def test_costs_with_a_source_are_reported_and_what_is_assumed_is_a_guess(whole: Built) -> None:
    cards = {one.key.partition(".tco.")[2] or one.key: one for one in of_lane(whole.journey, LaneKind.ECONOMIC_BUYER)}
    (gain,) = [one for key, one in cards.items() if key == "gain"]
    (total,) = [one for one in cards.values() if str(one.text.en).startswith("Ours: €300")]
    assert gain.is_guess
    assert total.basis() is Basis.REPORTED


def test_only_who_pays_reads_the_costs(whole: Built) -> None:
    assert of_lane(own_map(whole, ECONOMIC), LaneKind.TCO)
    assert not of_lane(own_map(whole, TECHNICAL), LaneKind.TCO)
    assert not of_lane(own_map(whole, TECHNICAL), LaneKind.END_USER)
    assert of_lane(own_map(whole, TECHNICAL), LaneKind.PROOF)


def test_the_same_benefit_for_two_classes_is_remarked_on() -> None:
    twice = (Argument(buyer=ECONOMIC, benefit="Saves time"), Argument(buyer=USER, benefit="saves time."))
    codes = [one.code for one in lint(built(arguments=twice).journey)]
    assert codes.count("TR212") == 1
    assert "TR212" not in [one.code for one in lint(built().journey)]


def test_the_page_of_a_class_speaks_its_language_and_keeps_guesses_apart(whole: Built) -> None:
    segments = tuple(whole.segments.values())
    assert buyers_of(whole.journey, segments) == (ECONOMIC, TECHNICAL, USER, "legal")
    technical = class_page(whole.journey, TECHNICAL, Language.EN, segments=segments)
    assert [one.text for one in technical.parts if isinstance(one, Heading)] == [
        "Answers to your questions",
        "How we lead to the result",
    ]
    user = class_page(whole.journey, USER, Language.RU, segments=segments)
    listed = [one.points for one in user.parts if isinstance(one, Listed)]
    assert [point[1] for point in listed[-1]] == ["Less typing"]
    assert [one.text for one in user.parts if isinstance(one, Heading)][-1].startswith("Что ещё не доказано")
    money = str(class_page(whole.journey, ECONOMIC, Language.EN, segments=segments).parts)
    assert "it pays back" in money
    assert "Less typing" not in money
