"""Costs, queries, experiments and tastes on the map itself."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from builders.cured_shop import CURE, CURED_FROM, cured_shop
from tropa.assembly.build import Built, Ingredients, build
from tropa.assembly.cards.trial_cards import with_results
from tropa.assembly.trials import judge_trials
from tropa.domain.evidence import Basis, Experiment, Measurement, Unit, basis_of
from tropa.domain.hypothesis import Hypothesis, HypothesisStatus
from tropa.domain.journeymap import Card
from tropa.domain.ledger import Cost, Ledger, Query
from tropa.domain.project import ExperimentSpec
from tropa.domain.text import Text
from tropa.mapfile.codec import map_from_text, map_to_text

LEDGER = Ledger(
    costs=tuple(
        Cost(start=date(2025, 1, 1) + timedelta(days=n), end=date(2025, 1, 1) + timedelta(days=n), amount=100_00)
        for n in range(300)
    ),
    queries=(
        Query(text="почему не растёт", shows=400),
        Query(text="как ухаживать за розами", shows=900, clicks=30),
        Query(text="купить розы", shows=700),
    ),
    currency="RUB",
)


@cache
def built() -> Built:
    shop = cured_shop(people=6_000)
    return build(Ingredients(project=shop.project, log=shop.log, feedback=shop.feedback, ledger=LEDGER))


def cards(prefix: str) -> list[Card]:
    return [one for one in built().journey.cards if one.key.startswith(prefix)]


def test_an_experiment_is_proven_and_tells_before_and_after_with_its_interval():
    proven = [one for one in cards("kpi.trial.") if one.stage == "checkout"]

    assert len(proven) == 1
    proof, figure = proven[0].evidence
    assert isinstance(proof, Experiment)
    assert isinstance(figure, Measurement)
    assert basis_of(proven[0].evidence) is Basis.PROVEN
    assert proof.low > 0
    assert figure.baseline is not None
    assert figure.low is not None
    assert figure.baseline.value < figure.low
    assert proof.period.start == CURED_FROM


def test_queries_stand_at_the_first_stages_in_peoples_own_words():
    said = {one.lane: one.text.ru for one in built().journey.cards if ".search." in one.key}

    assert said["trigger"] == "Ищут «почему не растёт»"
    assert said["goal"] == "Ищут «как ухаживать за розами»"
    assert said["expectation"] == "Ищут «купить розы»"
    trigger = cards("trigger.search")[0].evidence[0]
    assert isinstance(trigger, Measurement)
    assert (trigger.count, trigger.of) == (400, 2_000)


def test_what_a_group_does_more_has_its_audience_and_adaptation():
    taste = cards("personalisation.entry")

    assert [(one.text.ru or "").split(" – ")[0] for one in taste] == ["юг"]
    assert "tips" in (taste[0].text.ru or "")
    assert "регион" in (taste[0].text.ru or "")
    figure = taste[0].evidence[0]
    assert isinstance(figure, Measurement)
    assert figure.of > 2_000
    assert any(lane.key == "personalisation" and lane.hidden for lane in built().journey.lanes)


def judged(growth: float, people: int = 6_000) -> HypothesisStatus:
    shop = cured_shop(growth=growth, people=people)
    spec = ExperimentSpec(
        name=CURE.name, property="letters", cure=("по интересам",), since=CURED_FROM, hypothesis="h.one"
    )
    project = replace(shop.project, experiments=(spec,))
    bet = Hypothesis(key="h.one", stage="cart", text=Text(en="If…"), metric="conversion", unit=Unit.SHARE)
    other = replace(bet, key="h.other")
    named, untouched = with_results((bet, other), judge_trials(shop.log, project, shop.stages, ()))
    assert untouched.status is HypothesisStatus.IDEA
    return named.status


def test_a_hypothesis_that_an_experiment_names_is_proved_refuted_or_still_runs():
    assert judged(growth=0.57) is HypothesisStatus.PROVED
    assert judged(growth=-0.5) is HypothesisStatus.REFUTED
    assert judged(growth=0.1, people=900) is HypothesisStatus.RUNNING


def test_the_map_with_all_of_it_is_written_and_read_again():
    assert map_to_text(map_from_text(map_to_text(built().journey))) == map_to_text(built().journey)
