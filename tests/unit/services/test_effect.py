"""«Работает ли карта» on a shop of which it is known what worked."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from builders.cured_shop import CURE, CuredShop, cured_shop
from tropa.domain.project import ExperimentSpec
from tropa.errors import InvalidQueryError
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope


@cache
def the_shop() -> CuredShop:
    return cured_shop()


def asked(shop: CuredShop) -> Questions:
    return Questions(
        Scope(project=shop.project, log=shop.log, stages=lambda: shop.stages, feedback=lambda: shop.feedback)
    )


@cache
def told():
    answer = asked(the_shop()).effect()
    return answer, {one["ru"]: one for one in answer.document["changes"]}


def figure(change, metric, name=None):
    return next(one for one in change["figures"] if one["metric"] == metric and name in {None, one["ru"]})


def test_the_random_half_is_known_by_the_owners_words_and_the_data():
    _, changes = told()
    cure = changes["Письма по интересам"]

    assert cure["experiment"]
    assert cure["group"] == {"letters": ["по интересам"]}
    assert cure["date"] == "2025-07-01"


def test_the_planted_growth_of_purchases_and_of_coming_back_lies_in_the_intervals():
    answer, changes = told()
    bought = figure(changes["Письма по интересам"], "conversion", "Из «Корзина» в «Покупаю»")
    again = figure(changes["Письма по интересам"], "repeat")

    assert bought["change"]["low"] < 0.57 < bought["change"]["high"]
    assert again["change"]["low"] < 1.1 < again["change"]["high"]
    assert (bought["against"], bought["outcome"], again["outcome"]) == ("random", "better", "better")
    assert "Письма по интересам" in (answer.sentence.ru or "")


def test_spring_is_shown_as_naive_and_not_believed():
    _, changes = told()
    spring = figure(changes["Новый баннер"], "conversion", "Из «Корзина» в «Покупаю»")

    assert spring["against"] == "last_year"
    assert spring["naive"]["low"] > 0.2
    assert spring["outcome"] == "noise"


def test_those_it_did_not_touch_are_the_comparison():
    _, changes = told()
    north = figure(changes["Доставка на север"], "conversion", "Из «Корзина» в «Покупаю»")

    assert changes["Доставка на север"]["group"] == {"region": ["север"]}
    assert north["against"] == "untouched"
    assert north["change"]["low"] < 0.4 < north["change"]["high"]


def test_nps_up_by_two_points_seven_is_within_the_noise():
    answer, changes = told()
    nps = figure(changes["Новый баннер"], "nps")
    gained = nps["after"]["value"] - nps["before"]["value"]

    assert (nps["before"]["of"], nps["after"]["of"]) == (900, 900)
    assert gained == pytest.approx(2.7, abs=0.1)
    assert nps["outcome"] != "better"
    row = next(one for one in answer.tables[0].rows if one[2].ru == "NPS")
    assert "900 ответов" in row[3].ru.replace("\u00a0", " ")


def test_all_answers_before_an_experiment_and_since_are_told_without_a_claim():
    shop = the_shop()
    late = [
        replace(one, id=f"late-{one.id}", written_at=one.written_at.replace(month=9, day=15)) for one in shop.feedback
    ]
    both = replace(shop, feedback=(*shop.feedback, *late))

    made = asked(both).effect().document["changes"][0]
    waves = figure(made, "nps", "NPS всех, до и после")
    assert (waves["against"], waves["before"]["of"], waves["after"]["of"]) == ("nobody", 1_800, 1_800)
    assert waves["outcome"] == "noise"


def test_steps_that_the_cure_moved_are_told_and_others_are_not():
    _, changes = told()
    steps = {one["en"]: one["outcome"] for one in changes["Письма по интересам"]["steps"]}

    assert steps["buy"] == "better"
    assert steps["tips"] == "noise"


def test_tropa_yaml_names_an_experiment_that_nobody_would_guess():
    shop = the_shop()
    spec = ExperimentSpec(name=CURE.name, property="region", cure=("юг",), since=date(2025, 6, 1))
    named = replace(shop, project=replace(shop.project, changes=(), experiments=(spec,)))

    made = asked(named).effect().document["changes"]
    assert [(one["experiment"], one["group"]) for one in made] == [(True, {"region": ["юг"]})]


def test_without_changes_it_says_what_to_put_where():
    shop = the_shop()
    with pytest.raises(InvalidQueryError, match=r"No change of the company is known"):
        asked(replace(shop, project=replace(shop.project, changes=()))).effect()
