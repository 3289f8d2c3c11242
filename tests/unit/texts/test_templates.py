import pytest

from tropa.domain.journeymap import Urgency
from tropa.domain.text import Text
from tropa.errors import ConfigError
from tropa.texts.document import Feedback
from tropa.texts.mentions import find_mentions
from tropa.texts.names import stage_kinds
from tropa.texts.packs import pack_names
from tropa.texts.shipped import shipped
from tropa.texts.templates import GENERIC, TEMPLATES, fitted, stages_to_listen, template


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_says_everything_in_both_languages(key: str) -> None:
    of = template(key)
    assert of.lines is not None
    assert of.about is not None
    lines = (of.lines.problem, of.lines.decider, of.lines.motivation, of.lines.process)
    said: list[Text | None] = [of.name, of.about, *of.goals, *lines]
    for stage in of.stages:
        several = (stage.actions, stage.jobs, stage.triggers, stage.expectations, stage.barriers, stage.kpis)
        assert all(several)
        assert stage.touchpoints
        assert stage.importance is not None
        said += [stage.name, stage.owner, stage.ask, stage.importance.reason]
        said += [text for texts in several for text in texts]
        said += [one.text for one in stage.advice]
    assert len(of.goals) >= 3
    assert [one for one in said if one is None or not one.ru or not one.en] == []


@pytest.mark.parametrize("key", TEMPLATES)
def test_feelings_weights_and_urgencies_are_those_of_the_method(key: str) -> None:
    emotions = {one["key"] for one in shipped("emotions")["emotion"]}
    of = template(key)
    for stage in of.stages:
        assert stage.emotion is not None
        assert stage.importance is not None
        assert -2 <= stage.emotion.value <= 2
        assert 1 <= len(stage.emotion.names) <= 3
        assert set(stage.emotion.names) <= emotions
        assert 1 <= stage.importance.value <= 5
    urgencies = {one.urgency for stage in of.stages for one in stage.advice}
    assert urgencies == set(Urgency)
    assert sum(stage.goal for stage in of.stages) == 1
    assert not of.stages[-1].goal
    assert of.pack is None or of.pack in pack_names()


@pytest.mark.parametrize("key", TEMPLATES)
def test_no_touchpoint_or_kind_stands_twice(key: str) -> None:
    keys = [one.key for stage in stages_to_listen(template(key)) for one in stage.touchpoints]
    kinds = [kind for stage in template(key).stages for kind in stage.kinds]
    assert len(keys) == len(set(keys))
    assert len(kinds) == len(set(kinds))
    assert set(kinds) <= set(stage_kinds())


@pytest.mark.parametrize("key", TEMPLATES)
def test_what_a_template_asks_to_log_comes_back_to_its_stage(key: str) -> None:
    of = template(key)
    for stage in of.stages:
        assert stage.log
        found = fitted(of, stage.log)
        assert [one.key for one in found.stages] == [stage.key]
        assert found.unassigned == ()


def test_every_kind_of_stage_has_a_place_in_the_generic_template() -> None:
    assert [kind for kind in stage_kinds() if template(GENERIC).stage_for(kind) is None] == []


def test_events_are_put_where_they_match_and_the_rest_is_told() -> None:
    found = fitted(template("shop"), ["home", "add_to_cart", "purchase", "order_delivered", "zzz"])
    assert [stage.key for stage in found.stages] == ["awareness", "cart", "checkout", "delivery"]
    assert found.unassigned == ("zzz",)
    assert found.stages[1].touchpoints[0].match is not None
    assert found.stages[1].touchpoints[0].match.event == ("add_to_cart",)


def test_a_folder_with_reviews_only_is_heard_by_a_template() -> None:
    feedback = [Feedback(id="1", text="Курьер опоздал, упаковка мятая, зато в чате помогли")]
    mentions = find_mentions(feedback, stages_to_listen(template("shop")))
    assert [(one.stage, one.touchpoint) for one in mentions] == [
        ("delivery", "courier"),
        ("delivery", "packaging"),
        ("use", "support_chat"),
    ]


def test_an_unknown_template_is_an_error_that_names_the_known() -> None:
    with pytest.raises(ConfigError, match="shop, school"):
        template("spaceport")
