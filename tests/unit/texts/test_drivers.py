import random

import pytest
from builders.said import opinion, said, silent_line, statement

from tropa.domain.evidence import Rating
from tropa.domain.opinion import Sentiment
from tropa.domain.voice import VoiceLine
from tropa.texts.drivers import rating_drivers


def line(number: int, mark: float, *told: tuple[str, float]) -> VoiceLine:
    return VoiceLine(
        id=f"d{number}",
        text="x" * 20,
        rating=Rating(value=mark, scale=(1.0, 5.0)),
        opinion=opinion(0),
        statements=tuple(statement(place, place + 1, value, key) for place, (key, value) in enumerate(told)),
    )


def planted(seed: int = 1) -> list[VoiceLine]:
    """Complaints of delivery cost a point and a half; those of packaging come with them and cost nothing."""
    rnd = random.Random(seed)
    lines = []
    for number in range(400):
        late = rnd.random() < 0.3
        box = rnd.random() < (0.7 if late else 0.15)
        praise = rnd.random() < 0.25
        mark = 4.2 - 1.5 * late + 0.6 * praise + rnd.gauss(0, 0.7)
        told = [("delivery", -1.0)] * late + [("packaging", -1.0)] * box + [("staff", 1.0)] * praise
        lines.append(line(number, mark, *told))
    return lines


def test_a_planted_driver_is_found_and_what_only_comes_with_it_is_not() -> None:
    found = {(one.touchpoint, one.sentiment): one for one in rating_drivers(planted())}
    late = found["delivery", Sentiment.NEGATIVE]
    box = found["packaging", Sentiment.NEGATIVE]
    assert late.adjusted
    assert late.low < -1.5 < late.high
    assert late.q_value < 0.001
    assert box.low < 0 < box.high
    assert box.with_it < box.without - 0.5  # the plain means alone would accuse it
    assert found["staff", Sentiment.POSITIVE].low > 0.2


def test_the_plain_difference_is_that_of_the_means() -> None:
    lines = [line(i, 2.0 + i % 2, ("delivery", -1.0)) for i in range(12)]
    lines += [silent_line(f"q{i}", mark=4.0 + i % 2) for i in range(24)]
    (driver,) = rating_drivers(lines)
    assert (driver.people, driver.of) == (12, 36)
    assert driver.difference == pytest.approx(-2.0)
    assert (driver.with_it, driver.without) == (pytest.approx(2.5), pytest.approx(4.5))


def test_intervals_cover_the_planted_difference() -> None:
    hits = 0
    for seed in range(40):
        found = {(one.touchpoint, one.sentiment): one for one in rating_drivers(planted(seed + 10))}
        late = found["delivery", Sentiment.NEGATIVE]
        hits += late.low <= -1.5 <= late.high
    assert hits >= 34


def test_where_nothing_is_planted_little_is_found() -> None:
    reported = 0
    for seed in range(20):
        rnd = random.Random(seed)
        keys = [f"t{place}" for place in range(8)]
        lines = [
            line(number, rnd.gauss(4, 0.8), *[(key, -1.0) for key in keys if rnd.random() < 0.2])
            for number in range(200)
        ]
        reported += any(one.q_value <= 0.05 for one in rating_drivers(lines))
    assert reported <= 4


def test_few_ratings_say_nothing() -> None:
    assert rating_drivers([said(f"p{i}", "долго", "delivery", mark=2) for i in range(29)]) == ()
    few = [said(f"p{i}", "долго", "delivery", mark=2) for i in range(9)]
    assert rating_drivers([*few, *(silent_line(f"q{i}", mark=4) for i in range(40))]) == ()


def test_only_marks_on_one_scale_are_compared() -> None:
    stars = [said(f"p{i}", "долго", "delivery", mark=2) for i in range(20)] + [
        silent_line(f"q{i}", mark=4) for i in range(20)
    ]
    tens = [said(f"t{i}", "долго", "delivery", mark=9, scale=(0.0, 10.0)) for i in range(15)]
    (driver,) = rating_drivers([*stars, *tens])
    assert driver.of == 40
