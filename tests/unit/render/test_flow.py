from dataclasses import replace

from builders import maps
from tropa.domain.journeymap import Conversion, Step
from tropa.domain.text import Text
from tropa.render.flow import Stop, flow_of, gone_after, returns, ribbon
from tropa.render.flow_drawing import draw_returns, draw_ribbon
from tropa.render.sheet import Sheet
from tropa.render.theme import css_paint


def stops(*persons: int | None) -> list[Stop]:
    return [Stop(place * 100, 100, count, "stage-1") for place, count in enumerate(persons)]


def test_losses_are_drawn_where_people_leave_and_nowhere_else() -> None:
    leaving = (0.4, 0.0, 0.5, 0.0)
    shape = ribbon([replace(stop, lost=lost) for stop, lost in zip(stops(1_000, 600, 600, 300), leaving, strict=True)])
    assert [loss.share for loss in shape.losses] == [0.4, 0.5]


def test_a_step_that_few_take_is_no_loss() -> None:
    assert ribbon(stops(1_000, 200, 900)).losses == ()


def a_step(*, count: int, of: int, censored: int) -> Step:
    conversion = Conversion(
        to="next", value=count / of, low=0, high=1, count=count, of=of, semantics="any_start", censored=censored
    )
    return Step(key="s", order="a0", name=Text(ru="ш"), persons=of, conversion=conversion)


def test_people_who_may_still_go_on_are_not_gone() -> None:
    assert gone_after(a_step(count=60, of=100, censored=20)) == (20, 80)
    assert gone_after(a_step(count=0, of=5, censored=5)) is None
    assert gone_after(Step(key="s", order="a0", name=Text(ru="ш"), persons=9)) is None


def test_a_step_without_events_breaks_the_ribbon() -> None:
    shape = ribbon(stops(1_000, None, 400))
    assert len(shape.area) == 2
    assert shape.gaps == ((100, 200),)
    assert shape.losses == ()


def test_without_counts_there_is_no_ribbon() -> None:
    assert ribbon(stops(None, None)).area == ()
    assert draw_ribbon([], ribbon([]), css_paint, name="w").startswith("<defs>")


def test_only_returns_that_matter_get_an_arc_and_the_largest_come_first() -> None:
    arcs = returns([(200, 100, 3), (300, 100, 400), (300, 200, 90)], 1_000)
    assert [arc.persons for arc in arcs] == [400, 90]
    assert arcs[0].thickness > arcs[1].thickness


def test_words_of_two_arcs_do_not_lie_on_each_other() -> None:
    arcs = returns([(300, 100, 400), (302, 200, 390)], 1_000)
    assert draw_returns(arcs, css_paint, texts=lambda persons: ((None, str(persons)),)).count("<text") == 1


def test_longer_returns_pass_above_shorter_ones() -> None:
    arcs = returns([(300, 100, 400), (300, 200, 390), (500, 100, 380)], 1_000)
    by_length = sorted(arcs, key=lambda arc: arc.start - arc.end)
    assert [arc.y for arc in by_length] == sorted((arc.y for arc in arcs), reverse=True)


def test_a_target_is_drawn_where_the_goal_is_as_thick_as_it_would_be() -> None:
    rich = maps.a_rich_map()
    flow = flow_of(Sheet(rich, 0))
    assert flow is not None
    assert flow.aim is not None
    goal = next(one for one in Sheet(rich, 0).columns if one.stage.goal)
    assert flow.aim.x == Sheet(rich, 0).column_width * goal.place
    assert rich.goal is not None
    without = replace(rich, goal=replace(rich.goal, target=None))
    assert flow_of(Sheet(without, 0)).aim is None
