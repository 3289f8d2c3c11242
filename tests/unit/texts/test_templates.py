import pytest

from tropa.errors import ConfigError
from tropa.texts.document import Feedback
from tropa.texts.mentions import find_mentions
from tropa.texts.names import stage_kinds
from tropa.texts.templates import TEMPLATES, fitted, stages_to_listen, template


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_says_everything_in_both_languages(key: str) -> None:
    for stage in template(key).stages:
        for text in (stage.name, stage.action, stage.job, stage.trigger, stage.expectation, stage.worry):
            assert text.ru
            assert text.en
        assert stage.touchpoints
        assert set(stage.kinds) <= set(stage_kinds())


@pytest.mark.parametrize("key", TEMPLATES)
def test_no_touchpoint_or_kind_stands_twice(key: str) -> None:
    stages = template(key).stages
    keys = [one.key for stage in stages for one in stage.touchpoints]
    kinds = [kind for stage in stages for kind in stage.kinds]
    assert len(keys) == len(set(keys))
    assert len(kinds) == len(set(kinds))


def test_every_kind_of_stage_has_a_place_in_the_generic_template() -> None:
    assert [kind for kind in stage_kinds() if template("generic").stage_for(kind) is None] == []


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
    with pytest.raises(ConfigError, match="generic, shop"):
        template("spaceport")
