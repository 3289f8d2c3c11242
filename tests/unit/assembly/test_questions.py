from datetime import timedelta

import pytest

from tropa.assembly.figures import count_path
from tropa.assembly.measures import share
from tropa.assembly.questions import ask_again, funnel_question, reach_question, step_of_stages
from tropa.domain.evidence import Measurement
from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import EventLog, log_from_rows
from tropa.events.staged import StagedLog, stage_events
from tropa.stats.proportions import proportion

DAY = 86_400_000


def a_touchpoint(key: str, *events: str, **where: tuple[str, ...]) -> TouchpointSpec:
    return TouchpointSpec(key=key, name=Text(ru=key, en=key), match=Match(event=events, where=where))


SHOP = (
    StageSpec(key="look", name=Text(ru="Смотрит", en="Looks"), touchpoints=(a_touchpoint("view", "view"),)),
    StageSpec(key="cart", name=Text(ru="Корзина", en="Cart"), touchpoints=(a_touchpoint("cart", "cart"),)),
    StageSpec(key="pay", name=Text(ru="Платит", en="Pays"), goal=True, touchpoints=(a_touchpoint("pay", "pay"),)),
)


def a_log(journeys: dict[str, str], *, devices: dict[str, str] | None = None) -> EventLog:
    """Each journey as letters: v view, c cart, p pay, one a day."""
    names = {"v": "view", "c": "cart", "p": "pay"}
    rows = [(who, names[letter], day * DAY) for who, path in journeys.items() for day, letter in enumerate(path)]
    units = {"device": devices} if devices else {}
    return log_from_rows(rows, unit_properties=units, as_of=100 * DAY)


def a_staged(log: EventLog) -> StagedLog:
    return stage_events(log, SHOP)


LOG = a_log(
    {"a": "vcp", "b": "vc", "c": "v", "d": "vvcp"}, devices={"a": "phone", "b": "phone", "c": "desktop", "d": "desktop"}
)


def a_conversion(segment: dict[str, str] | None = None) -> Measurement:
    staged = a_staged(LOG)
    asked = funnel_question(
        [step_of_stages(staged, [0]), step_of_stages(staged, [1, 2])], timedelta(days=7), "person", segment
    )
    return share("conversion", proportion(0, 1), figures=count_path(staged), asked=asked)


def test_a_funnel_question_gives_the_same_count_again() -> None:
    again = ask_again(LOG, a_conversion())
    assert again is not None
    assert (again.count, again.of) == (3, 4)


def test_a_question_about_a_segment_is_asked_within_it() -> None:
    again = ask_again(LOG, a_conversion({"device": "desktop"}))
    assert again is not None
    assert (again.count, again.of) == (1, 2)


def test_a_reach_question_counts_those_who_met_both() -> None:
    staged = a_staged(LOG)
    asked = reach_question(step_of_stages(staged, [2]), step_of_stages(staged, [1]), "person")
    again = ask_again(LOG, share("reach", proportion(0, 1), figures=count_path(staged), asked=asked))
    assert again is not None
    assert (again.count, again.of) == (2, 3)


def test_a_drop_off_is_the_other_side_of_the_same_question() -> None:
    lost = share(
        "drop_off",
        proportion(0, 1),
        figures=count_path(a_staged(LOG)),
        asked=funnel_question([{"events": ["view"]}, {"events": ["cart"]}], timedelta(days=7), "person"),
    )
    again = ask_again(LOG, lost)
    assert again is not None
    assert (again.count, again.of) == (1, 4)


@pytest.mark.parametrize(
    "query",
    [
        {"analysis": "funnel", "version": 99, "steps": []},
        {"analysis": "tarot", "version": 1},
        {"analysis": "funnel", "version": 1, "steps": [{"events": ["view"]}], "semantics": "any_start"},
        {"analysis": "funnel", "version": 1, "semantics": "any_start"},
        {"analysis": "reach", "version": 1, "step": {"events": ["pay"]}, "of": None, "segment": {"colour": "red"}},
    ],
)
def test_a_question_that_cannot_be_read_gives_none(query: dict[str, object]) -> None:
    figure = a_conversion()
    broken = Measurement(
        key="e1", metric="conversion", unit=figure.unit, value=0, of=1, period=figure.period, query=query
    )
    assert ask_again(LOG, broken) is None


def test_a_step_with_properties_keeps_them_in_its_question() -> None:
    stages = (
        StageSpec(key="one", name=Text(ru="1"), touchpoints=(a_touchpoint("phone", "view", device=("phone",)),)),
        StageSpec(key="two", name=Text(ru="2"), touchpoints=(a_touchpoint("rest", "view", "cart", "pay"),)),
    )
    assert step_of_stages(stage_events(LOG, stages), [0]) == {
        "match": [{"event": ["view"], "where": {"device": ["phone"]}}]
    }
