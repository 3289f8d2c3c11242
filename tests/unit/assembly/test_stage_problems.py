"""A map on which nothing was found still says what to do first."""

import dataclasses
from collections.abc import Sequence

from tropa.assembly.build import Ingredients, build
from tropa.domain.evidence import Measurement
from tropa.domain.finding import FindingKind
from tropa.domain.journeymap import Card, Dismissal, JourneyMap, LaneKind, Match
from tropa.domain.project import GoalSpec, Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import EventLog, log_from_rows
from tropa.lint.check import lint
from tropa.mapfile.codec import map_to_text

HOUR = 3_600_000
DAY = 24 * HOUR
AS_OF = 400 * DAY


def a_stage(key: str, ru: str, en: str, event: str, *, goal: bool = False) -> StageSpec:
    met = TouchpointSpec(key=event, name=Text(ru=ru, en=en), match=Match(event=(event,)))
    return StageSpec(key=key, name=Text(ru=ru, en=en), goal=goal, touchpoints=(met,))


STAGES = (
    a_stage("choice", "Выбираю", "Choosing", "view"),
    a_stage("payment", "Оплачиваю", "Paying", "pay", goal=True),
    a_stage("delivery", "Жду заказ", "Waiting for it", "deliver"),
)


def a_log(*journeys: tuple[str, int], pause: int = HOUR // 2) -> EventLog:
    """So many people on each path; `pause` milliseconds between their events."""
    paths = [path for path, count in journeys for _ in range(count)]
    rows = [
        (str(who), event, who * HOUR + turn * pause)
        for who, path in enumerate(paths)
        for turn, event in enumerate(path.split())
    ]
    return log_from_rows(rows, as_of=AS_OF)


def a_map_of(log: EventLog, stages: Sequence[StageSpec] = STAGES, current: JourneyMap | None = None) -> JourneyMap:
    project = Project(
        project="p", stages_from="written", stages=tuple(stages), goal=GoalSpec(text=Text(ru="Зачем?", en="Why?"))
    )
    return build(Ingredients(project=project, log=log, current={} if current is None else {"map": current})).journey


def advice(journey: JourneyMap) -> list[Card]:
    return list(journey.cards_of(LaneKind.RECOMMENDATION))


def plain(words: str | None) -> str:
    return (words or "").replace("\u00a0", " ")


def test_the_largest_loss_gets_advice_with_its_counts_where_nothing_was_found() -> None:
    journey = a_map_of(a_log(("view", 30), ("view pay deliver", 20)))
    assert journey.findings == ()
    (card,) = advice(journey)
    assert (card.stage, card.key) == ("choice", "recommendation.stop.choice")
    assert "«Выбираю»" in plain(card.text.ru)
    assert plain(card.text.ru).endswith(". Сейчас 20 из 50")
    assert journey.minute is not None
    assert journey.minute.action is not None
    assert "Сейчас идут дальше 40 % (20 из 50)" in plain(journey.minute.action.text.ru)
    assert "Now 40% (20 of 50) go on" in plain(journey.minute.action.text.en)
    (figure,) = card.evidence
    assert isinstance(figure, Measurement)
    assert (figure.count, figure.of) == (30, 50)
    assert journey.minute.action.card == card.key


def test_the_bet_on_it_promises_no_figure_and_says_what_its_traffic_can_show() -> None:
    (hypothesis,) = a_map_of(a_log(("view", 30), ("view pay deliver", 20))).hypotheses
    assert "дальше пойдут чаще, чем сейчас: 40 % (20 из 50)" in plain(hypothesis.text.ru)
    assert hypothesis.finding is None
    assert hypothesis.value_now == 0.4
    assert not hypothesis.testable
    assert "одна перемена редко даёт больше 5 п.п." in plain(hypothesis.instead.ru if hypothesis.instead else "")


def test_who_has_bought_is_asked_back_and_not_sent_to_the_checkout() -> None:
    stages = (*STAGES[:2], a_stage("loyalty", "Возвращаюсь", "Coming back", "again"))
    cards = [
        one
        for one in advice(a_map_of(a_log(("view pay", 30), ("view pay again", 10)), stages))
        if one.stage == "payment"
    ]
    assert len(cards) == 1
    assert (cards[0].generated.by if cards[0].generated else "").startswith("recommendation:return-")


def test_a_small_loss_is_told_only_where_it_is_the_largest_thing_known() -> None:
    assert [one.key for one in advice(a_map_of(a_log(("view", 5), ("view pay deliver", 45))))] == [
        "recommendation.stop.choice"
    ]
    assert advice(a_map_of(a_log(("view", 1), ("view pay deliver", 49)))) == []


def test_four_people_are_too_few_for_advice() -> None:
    assert advice(a_map_of(a_log(("view", 3), ("view pay deliver", 1)))) == []


def test_a_long_wait_for_the_company_gets_advice_and_one_for_the_customer_does_not() -> None:
    slow = [one.key for one in advice(a_map_of(a_log(("view pay deliver", 40), pause=3 * DAY)))]
    assert slow == ["recommendation.wait.delivery"]
    assert advice(a_map_of(a_log(("view pay deliver", 40)))) == []


def test_no_such_problem_is_a_finding() -> None:
    journey = a_map_of(a_log(("view", 30), ("view pay deliver", 20), pause=3 * DAY))
    assert len(advice(journey)) == 2
    assert journey.findings == ()
    assert all(card.finding is None for card in advice(journey))
    assert FindingKind.SLOW not in {one.kind for one in journey.findings}


def test_a_build_writes_the_present_fact_into_a_dismissal_and_a_second_one_changes_nothing() -> None:
    log = a_log(("view", 30), ("view pay deliver", 20))
    fresh = a_map_of(log)
    remark = next(one for one in lint(fresh) if one.code == "TR208")
    aside = Dismissal(key="d", code="TR208", record=remark.record, reason="Разберём в понедельник")
    built = a_map_of(log, current=dataclasses.replace(fresh, dismissals=(aside,)))
    assert [one.fact for one in built.dismissals] == [remark.fact]
    assert next(one for one in lint(built) if one.code == "TR208").dismissed is not None
    assert map_to_text(a_map_of(log, current=built)) == map_to_text(built)
