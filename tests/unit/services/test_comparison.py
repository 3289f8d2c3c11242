"""What is said of two groups: the largest difference, or that there is none; mix apart from rate."""

import numpy as np
import pytest

from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.log import DAY_MS, log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope
from tropa.stats.differences import chance_of, standardise
from tropa.stats.proportions import Interval, proportion


def stage(key, *, goal=False):
    point = TouchpointSpec(key=f"{key}_point", name=Text(ru=key, en=key), match=Match(event=(key,)))
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=(point,))


def shop(buys, people=2_000, seed=1):
    """Visitors of whom some buy: `buys(device, channel)` is their chance; phones come by ads more often."""
    rng = np.random.default_rng(seed)
    rows, device, channel = [], {}, {}
    for number in range(people):
        who, start = f"p{number}", int(rng.integers(0, 50)) * DAY_MS
        device[who] = "phone" if number % 2 else "desk"
        channel[who] = "ads" if rng.random() < (0.8 if number % 2 else 0.2) else "mail"
        rows.append((who, "visit", start))
        if rng.random() < buys(device[who], channel[who]):
            rows.append((who, "buy", start + DAY_MS))
    log = log_from_rows(rows, unit_properties={"device": device, "channel": channel}, as_of=100 * DAY_MS)
    stages = (stage("visit"), stage("buy", goal=True))
    return Questions(Scope(project=Project(project="shop"), log=log, stages=lambda: stages))


def effect(answer, kind, key):
    return next(one for one in answer.document["effects"] if (one["kind"], one["key"]) == (kind, key))


def test_a_worse_rate_is_told_with_its_interval_and_does_not_turn_into_mix():
    answer = shop(lambda device, _: 0.5 if device == "desk" else 0.3).compare("device=desk", "device=phone")

    told = effect(answer, "goal", "goal")
    assert told["difference"]["low"] < -0.2 < told["difference"]["high"] < 0
    assert told["q_value"] < 0.001
    parts = next(one for one in answer.document["mix"] if one["property"] == "channel")
    assert abs(parts["mix"]) < 0.05
    assert parts["rate"]["high"] < 0


def test_another_mix_is_told_apart_from_another_rate():
    answer = shop(lambda _, channel: 0.6 if channel == "mail" else 0.2).compare("device=desk", "device=phone")

    assert effect(answer, "goal", "goal")["difference"]["value"] < -0.15
    parts = next(one for one in answer.document["mix"] if one["property"] == "channel")
    assert parts["mix"] < -0.15
    assert parts["rate"]["low"] <= 0 <= parts["rate"]["high"]
    assert "при том же составе разницы не видно" in " ".join(note.ru for note in answer.notes)


def test_groups_that_are_alike_are_said_to_be():
    answer = shop(lambda *_: 0.4).only(channel="ads").compare("device=desk", "device=phone")

    assert "nothing differs beyond noise" in answer.sentence.en
    assert "различий сверх случайных не видно" in answer.sentence.ru


def test_periods_are_of_the_days_on_which_journeys_begin():
    answer = shop(lambda *_: 0.4).compare("1970-01-01..1970-01-10", "1970-01-11..1970-02-28")

    assert answer.document["a"]["persons"] + answer.document["b"]["persons"] == 2_000
    assert 300 < answer.document["a"]["persons"] < 500


@pytest.mark.parametrize(
    ("a", "said"),
    [
        ("device", "no side"),
        ("2026-01-01..x", "no side"),
        ("device=tv", "Nobody has"),
        ("1990-01-01..1990-02-01", "Too few"),
    ],
)
def test_what_cannot_be_compared_is_named(a, said):
    with pytest.raises(InvalidQueryError, match=said):
        shop(lambda *_: 0.4, people=200).compare(a)


def test_standardising_follows_a_hand_count():
    a = (proportion(50, 100), proportion(10, 100))
    b = (proportion(20, 40), proportion(16, 160))
    parts = standardise(a, b)

    assert parts.rate.value == pytest.approx(0.0)
    assert parts.mix == pytest.approx(36 / 200 - 0.3)
    assert parts.covered == 1.0


def test_a_chance_fits_its_interval():
    assert chance_of(Interval(1.0, 0.0, 2.0)) == pytest.approx(0.05)
    assert chance_of(Interval(-1.0, -2.0, 0.0)) == pytest.approx(0.05)
    assert chance_of(Interval(0.0, -1.0, 1.0)) == 1.0
