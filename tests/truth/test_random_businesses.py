"""Planted problems are found with place, group and date; clean businesses are left alone."""

from datetime import timedelta

import pytest

from builders.random_business import KINDS, Business, a_business
from tropa.domain.finding import Finding
from tropa.domain.project import Project
from tropa.insight.findings import find

PROJECT = Project(project="random")
NEAR = timedelta(days=3)


def _findings(business: Business) -> tuple[Finding, ...]:
    return find(business.staged, PROJECT)


def _tells(one: Finding, business: Business) -> bool:
    planted = business.planted
    place = (
        one.at.to_event == "message"
        if planted.kind == "missing_since"
        else planted.start == one.at.event or planted.end == one.at.to_event
    )
    dated = planted.since is None or one.since is None or abs(one.since - planted.since) <= NEAR
    return place and dict(one.segment or {}) == planted.segment and dated


@pytest.mark.parametrize("seed", [0, 6])
def test_a_clean_business_is_left_alone(seed):
    assert _findings(a_business(seed, plant=None, people=16_000)) == ()


@pytest.mark.parametrize(("seed", "kind"), [(1, "drop"), (3, "slow_since"), (10, "loop"), (11, "missing_since")])
def test_a_planted_problem_comes_first(seed, kind):
    business = a_business(seed, plant=kind)
    assert _tells(_findings(business)[0], business)


def test_the_smallest_group_is_named_by_three_properties():
    business = a_business(1003, plant="drop", people=40_000, told_by=3)
    assert len(business.planted.segment) == 3
    assert _tells(_findings(business)[0], business)


def test_what_changes_for_everybody_on_a_day_is_told_of_everybody_and_once():
    business = a_business(1003, plant="drop_since", people=40_000, told_by=0, kept=(0.75, 0.8))
    (change,) = _findings(business)
    assert change.segment is None
    assert change.since is not None
    assert _tells(change, business)
    assert change.text.ru.startswith("У всех")
    assert change.text.en.startswith("For everybody")


def test_a_loss_of_one_conversion_in_fifteen_is_not_too_small_to_tell():
    business = a_business(1000, plant="drop", people=40_000, kept=(0.93, 0.94))
    assert _tells(_findings(business)[0], business)


@pytest.mark.full
def test_of_a_hundred_random_businesses_nearly_all_problems_are_found_and_hardly_any_invented():
    found, planted, invented, clean = 0, 0, 0, 0
    for seed in range(300, 420):
        kind = (None, *KINDS)[seed % 6]
        business = a_business(seed, plant=kind)
        findings = _findings(business)
        if kind is None:
            clean += bool(findings)
        else:
            right = [_tells(one, business) for one in findings]
            found, planted, invented = found + any(right), planted + 1, invented + right.count(False)
    print(f"recall {found}/{planted}, precision {found}/{found + invented}, clean with findings {clean}/20")
    assert found >= 0.9 * planted
    assert invented <= 0.1 * planted
    assert clean <= 1
