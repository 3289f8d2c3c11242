"""«Как идут на самом деле» and «Типичные пути» on people made by hand."""

from datetime import timedelta

import pytest

from builders.people import MONDAY, a_person, population
from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

MINUTE = 60_000


def stage(key: str, *events: str, goal: bool = False) -> StageSpec:
    name = Text(ru=key.title(), en=key.title())
    return StageSpec(
        key=key, name=name, goal=goal, touchpoints=(TouchpointSpec(key=key, name=name, match=Match(event=events)),)
    )


STAGES = (stage("look", "home", "view"), stage("choose", "cart"), stage("buy", "order", goal=True))


def shop() -> Questions:
    people = [a_person(f"b{n}").did("home", "view", "cart", "order") for n in range(30)]
    people += [a_person(f"l{n}").did("home", "view", "home", after=timedelta(minutes=5)) for n in range(60)]
    people += [a_person("odd").did("view", "order")]
    log = population(*people, as_of=MONDAY + timedelta(days=30))
    return Questions(Scope(project=Project(project="shop"), log=log, stages=lambda: STAGES))


def moves(answer) -> dict[tuple[str, str], dict]:
    return {(one["from"], one["to"]): one for one in answer.document["moves"]}


def test_moves_are_counted_timed_and_the_rare_ones_hidden():
    answer = shop().flow(noise=0.05)
    found = moves(answer)
    assert set(found) == {("home", "view"), ("view", "cart"), ("cart", "order"), ("view", "home")}
    assert answer.document["hidden"] == {"pairs": 1, "moves": 1}
    assert (found["view", "home"]["persons"], found["view", "home"]["median_seconds"]) == (60, 300)
    assert found["view", "home"]["share_of_moves"] == pytest.approx(60 / 91, abs=1e-6)
    assert answer.document["starts"][0] == {"place": "home", "persons": 90}
    assert answer.document["ends"][0] == {"place": "home", "persons": 60}
    assert "98,9" in (answer.sentence.ru or "")


def test_steps_are_counted_from_the_start_the_end_or_around_an_event():
    ask = shop()
    start = ask.flow(after=2).document
    assert [one["at"][0] for one in start["steps"]] == [
        {"place": "home", "persons": 90},
        {"place": "view", "persons": 90},
        {"place": "home", "persons": 60},
    ]
    around = ask.flow(anchor="cart", before=1, after=1).document
    assert (around["anchor"], around["anchored"]) == ("cart", 30)
    assert around["links"] == [
        {"step": -1, "from": "view", "to": "cart", "persons": 30},
        {"step": 0, "from": "cart", "to": "order", "persons": 30},
    ]
    end = ask.flow(anchor="end", before=1).document
    assert end["links"][0] == {"step": -1, "from": "view", "to": "home", "persons": 60}
    with pytest.raises(InvalidQueryError, match="no “card”"):
        ask.flow(anchor="card")


def test_ways_over_stages_of_the_map():
    answer = shop().flow(places="stages")
    assert {("look", "look"), ("look", "choose"), ("choose", "buy")} <= set(moves(answer))
    with pytest.raises(InvalidQueryError, match="kind “pages”"):
        shop().flow(places="pages")


def test_groups_have_moves_of_their_own():
    rows = [(f"p{n}", event, at * MINUTE) for n in range(80) for at, event in enumerate(("a", "b" if n < 40 else "c"))]
    log = log_from_rows(rows, unit_properties={"device": {f"p{n}": "tv" if n < 60 else "web" for n in range(80)}})
    ask = Questions(Scope(project=Project(project="shop"), log=log, stages=tuple))
    groups = ask.flow(by="device").document["by"]["groups"]
    assert [(one["value"], one["persons"]) for one in groups] == [("tv", 60), ("web", 20)]
    assert [(one["to"], one["persons"]) for one in groups[0]["moves"]] == [("b", 40), ("c", 20)]


def test_typical_beginnings_say_how_many_of_each_came_to_the_goal():
    answer = shop().paths(length=3)
    assert answer.document["goal"] == {"ru": "Buy", "en": "Buy"}
    assert [(one["path"], one["persons"], one["came"]) for one in answer.document["paths"]] == [
        (["home", "view", "home"], 60, 0),
        (["home", "view", "cart"], 30, 30),
        (["view", "order"], 1, 1),
    ]
    assert "100 %" in (answer.sentence.ru or "").replace("\u00a0", " ")
    assert shop().paths(length=3, goal="cart").document["paths"][0]["came"] == 0


def test_whole_paths_are_exact_and_have_no_share_of_coming():
    document = shop().paths(whole=True).document
    assert [(one["path"], one["persons"]) for one in document["paths"]] == [
        (["home", "view", "home"], 60),
        (["home", "view", "cart", "order"], 30),
        (["view", "order"], 1),
    ]
    assert "came" not in document["paths"][0]


def test_without_a_goal_it_says_so():
    people = [a_person(f"b{n}").did("home", "view") for n in range(30)]
    ask = Questions(Scope(project=Project(project="shop"), log=population(*people), stages=tuple))
    answer = ask.paths()
    assert answer.document["everybody"] is None
    assert any("--goal" in (note.en or "") for note in answer.notes)


def test_visits_end_where_a_pause_is_long():
    hour = 60 * MINUTE
    rows = [(f"p{n}", "home", at) for n in range(40) for at in (0, MINUTE)]
    rows += [(f"p{n}", "cart", 2 * hour) for n in range(10)]
    ask = Questions(Scope(project=Project(project="shop"), log=log_from_rows(rows), stages=tuple))
    document = ask.visits().document
    assert (document["persons"], document["visits"], document["events"]) == (40, 50, 90)
    assert document["came_again"]["persons"] == 10
    assert document["single"]["visits"] == 10
    assert document["seconds"]["median"] == 60
    assert document["begin"] == [{"place": "home", "visits": 40}, {"place": "cart", "visits": 10}]
    assert ask.visits(pause="3h").document["visits"] == 40
    with pytest.raises(InvalidQueryError, match="no duration"):
        ask.visits(pause="long")


def test_pictures_are_drawn_at_any_width_in_both_languages():
    for answer in (
        shop().flow(),
        shop().flow(anchor="view"),
        shop().paths(),
        shop().paths(whole=True),
        shop().visits(),
    ):
        for language in Language:
            for width in (390, 900, 1200):
                picture = answer.picture(language, width=width)
                assert picture is not None
                assert picture.startswith("<svg")
                assert "nan" not in picture


def test_a_hundred_thousand_event_names_are_no_trouble():
    """Each person meets names of their own, and some that many meet: tables stay sparse."""
    rows = [(f"p{n}", f"/page/{n}/{k}", k * MINUTE) for n in range(5_000) for k in range(20)]
    rows += [(f"p{n}", name, (20 + at) * MINUTE) for n in range(5_000) for at, name in enumerate(("cart", "order"))]
    ask = Questions(Scope(project=Project(project="shop"), log=log_from_rows(rows), stages=tuple))
    assert len(ask.scope.log.event.values) == 100_002
    flow = ask.flow(anchor="end", before=2)
    assert flow.document["moves"] == [
        {"from": "cart", "to": "order", "events": 5_000, "persons": 5_000, "share": 1.0, "share_of_moves": 1.0}
        | {"median_seconds": 60.0, "p90_seconds": 60.0}
    ]
    assert ask.paths(top=3).document["different"] == 5_000
    assert ask.funnel(["cart", "order"]).document["steps"][1]["persons"] == 5_000
    joined = ask.cleaned(pages=True)
    assert joined.scope.log.event.values == ("/page/*/*", "cart", "order")
    assert joined.paths(length=3).document["paths"][0] == {
        "path": ["/page/*/*", "cart", "order"],
        "persons": 5_000,
        "share": 1.0,
    }
