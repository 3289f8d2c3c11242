"""What buyers are worth: counted as by hand; parameters of a published sample and of a simulation come out."""

import csv
import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.buyers import buyers
from tropa.domain.project import Project
from tropa.errors import InvalidQueryError
from tropa.events.log import DAY_MS, log_from_rows
from tropa.events.places import EventNames
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope
from tropa.services.answering.value import fifths

HAS_SCIPY = importlib.util.find_spec("scipy") is not None
needs_scipy = pytest.mark.skipif(not HAS_SCIPY, reason="the extra ltv is not installed")


def shop(people=100, seed=5):
    rng = np.random.default_rng(seed)
    rows, amounts = [], []
    for number in range(people):
        for _ in range(int(rng.integers(0, 6))):
            bought = rng.random() < 0.6
            rows.append((f"p{number}", "buy" if bought else "look", int(rng.integers(0, 200 * DAY_MS))))
            amounts.append(int(rng.integers(1, 5000)) if bought else None)
    return rows, amounts, log_from_rows(rows, amounts=amounts, currency="RUB", as_of=200 * DAY_MS)


def test_purchases_are_counted_as_by_hand():
    rows, amounts, log = shop()
    by_hand = {}
    for (who, name, time), amount in zip(rows, amounts, strict=True):
        if name == "buy":
            by_hand.setdefault(who, []).append((time, amount))
    expected = sorted(
        (
            len({time // DAY_MS for time, _ in one}),
            sum(amount for _, amount in one),
            sum(amount for time, amount in one if time // DAY_MS != min(one)[0] // DAY_MS),
            min(one)[0],
            max(one)[0],
        )
        for one in by_hand.values()
    )
    for engine in (LocalEngine(2), Piecewise()):
        found = buyers(log, EventNames((("buy",),)), DAY_MS, engine)
        columns = (found.times, found.money, found.repeat, found.first, found.last)
        assert sorted(zip(*(one.tolist() for one in columns), strict=True)) == expected
        assert found.unit.tolist() == sorted(set(found.unit.tolist()))


def test_fifths_are_equally_large_and_equal_figures_share_one():
    assert np.bincount(fifths(np.arange(100)))[1:].tolist() == [20] * 5
    assert set(fifths(np.ones(7, dtype=np.int64)).tolist()) == {3}
    assert fifths(np.array([1, 1, 1, 1, 1, 1, 1, 1, 9, 9])).tolist() == [3] * 8 + [5] * 2


def test_groups_hold_every_buyer_and_all_money_once():
    _, amounts, log = shop()
    document = Questions(Scope(project=Project(project="shop"), log=log, stages=tuple)).value().document

    assert sum(one["persons"] for one in document["groups"]) == document["buyers"]
    assert sum(one["money"] for one in document["groups"]) == sum(one or 0 for one in amounts)
    best = next(one for one in document["groups"] if one["key"] == "best")
    gone = next(one for one in document["groups"] if one["key"] == "gone")
    assert best["median_days_since"] < gone["median_days_since"]


def test_without_money_or_the_extra_it_is_said_what_is_missing(monkeypatch):
    rows, _, log = shop()
    bare = Questions(Scope(project=Project(project="shop"), log=log_from_rows(rows), stages=tuple))
    with pytest.raises(InvalidQueryError, match="no money"):
        bare.value()
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(InvalidQueryError, match="the extra tropa\\[ltv\\]"):
        Questions(Scope(project=Project(project="shop"), log=log, stages=tuple)).value(ahead=True)


@pytest.mark.full
@needs_scipy
def test_the_published_parameters_of_cdnow_come_out():
    from tropa.stats.lifetime import expected_purchases, fit_lifetime

    spec = importlib.util.find_spec("lifetimes")
    if spec is None or spec.origin is None:
        pytest.skip("the published sample is not installed")
    place = Path(spec.origin).parent / "datasets" / "cdnow_customers_summary.csv"
    with place.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    repeats, recency, age = (np.array([float(row[name]) for row in rows]) for name in ("frequency", "recency", "T"))
    found = fit_lifetime(repeats, recency, age)

    assert len(rows) == 2357
    assert [found.r, found.alpha, found.a, found.b] == pytest.approx([0.243, 4.414, 0.793, 2.426], rel=0.01)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.1)
    next_39 = expected_purchases(found, np.array([2.0]), np.array([30.43]), np.array([38.86]), 39.0)
    assert next_39[0] == pytest.approx(1.226, abs=0.002)


@pytest.mark.full
@needs_scipy
def test_parameters_of_a_simulation_come_back():
    from tropa.stats.lifetime import chance_alive, fit_lifetime, fit_spending

    rng = np.random.default_rng(8)
    people, term = 4_000, 52.0
    rate, leaves = rng.gamma(0.8, 1 / 6.0, people), rng.beta(0.9, 2.5, people)
    repeats, recency, alive = np.zeros(people), np.zeros(people), np.zeros(people)
    for one in range(people):
        time = 0.0
        while True:
            time += rng.exponential(1 / rate[one])
            if time > term:
                alive[one] = 1
                break
            repeats[one], recency[one] = repeats[one] + 1, time
            if rng.random() < leaves[one]:
                break
    age = np.full(people, term)
    found = fit_lifetime(repeats, recency, age)
    assert [found.r, found.alpha] == pytest.approx([0.8, 6.0], rel=0.2)
    assert found.a / (found.a + found.b) == pytest.approx(0.9 / 3.4, rel=0.15)
    bought = repeats > 0
    assert chance_alive(found, repeats, recency, age)[bought].mean() == pytest.approx(alive[bought].mean(), abs=0.03)

    scale = rng.gamma(4.0, 1 / 15.0, people)
    count = rng.integers(1, 8, people).astype(float)
    mean = rng.gamma(6.0 * count, 1 / (scale * count))
    spending = fit_spending(count, mean)
    assert [spending.p, spending.q, spending.gamma] == pytest.approx([6.0, 4.0, 15.0], rel=0.2)
