"""Groups: which properties tell people apart, and when their values are known."""

import numpy as np

from tropa.domain.text import Language
from tropa.events.log import log_from_rows
from tropa.insight.finding_words import group_words
from tropa.insight.groups import Group, find_properties, segment_of, without_hindsight


def _log(**columns):
    rows = [(f"u{i // 2}", "a" if i % 2 == 0 else "b", i) for i in range(80)]
    return log_from_rows(rows, properties=columns)


def test_a_constant_or_almost_unique_column_is_no_property():
    log = _log(same=["x"] * 80, unique=[str(i) for i in range(80)], fair=["x", "x", "y", "y"] * 20)
    assert [one.name for one in find_properties(log)] == ["fair"]


def test_the_same_property_under_two_names_is_one():
    site = [None if i % 2 else ("east" if i % 4 else "west") for i in range(80)]
    book = [None if i % 2 == 0 else ("east" if (i - 1) % 4 else "west") for i in range(80)]
    (one,) = find_properties(_log(site=site, book=book))
    assert set(one.values) == {"east", "west"}
    assert (one.at(np.arange(80), np.arange(80) // 2) >= 0).all()


def test_a_value_is_carried_forward_within_a_unit_and_never_backward():
    log = log_from_rows(
        [("ann", "a", 0), ("ann", "b", 1), ("bob", "a", 0), ("bob", "b", 1), ("cid", "a", 0), ("cid", "b", 1)] * 5,
        properties={"carrier": [None, "post", "fox", None, "post", "post"] * 5},
    )
    (one,) = find_properties(log)
    first = one.at(log.offsets[:-1], np.arange(log.units))
    assert first[0] == -1
    assert one.values[first[1]] == "fox"


def test_what_is_known_only_of_those_who_made_it_is_hindsight():
    hit = np.repeat([True, False], 500)
    codes = np.where(hit, -1, 0).astype(np.int32)
    codes[:200] = 1
    people = np.arange(1000)
    assert (without_hindsight(codes, hit, people) == -1).all()
    fair = np.tile([0, 1, 1, -1], 250).astype(np.int32)
    assert np.array_equal(without_hindsight(fair, np.tile([True, True, False, False, False], 200), people), fair)


def test_machines_of_unknown_value_are_no_hindsight():
    codes, hit = np.tile([0, 1], 500).astype(np.int32), np.tile([True, False, False], 334)[:1000]
    people = np.arange(1000)
    people[900:] = 900
    codes[900:], hit[900:] = -1, True
    assert np.array_equal(without_hindsight(codes, hit, people), codes)


def test_people_of_unknown_value_who_fare_like_some_value_are_no_hindsight():
    codes = np.repeat([0, 1, -1], [300, 300, 400]).astype(np.int32)
    hit = np.concatenate([np.arange(300) % 5 == 0, np.arange(300) % 5 < 2, np.arange(400) % 5 == 0])
    assert np.array_equal(without_hindsight(codes, hit, np.arange(1000)), codes)


def test_who_does_a_step_is_no_group_of_customers():
    rows = [(f"u{unit}", event, number) for unit in range(40) for number, event in enumerate("abc")]
    log = log_from_rows(
        rows,
        properties={
            "department": ["sales", "depot", "depot"] * 40,
            "clerk": [f"{event}{(unit * 7 + number) % 3}" for unit in range(40) for number, event in enumerate("abc")],
            "city": [("york", "hull")[unit % 2] for unit in range(40) for _ in "abc"],
        },
    )
    known = {one.name: one for one in find_properties(log)}
    assert set(known) == {"clerk", "city"}
    assert known["clerk"].carried is None


def test_a_group_names_its_values_and_lists_several():
    log = _log(fair=["x", "y"] * 40, other=["p", "q", "p", "r"] * 20)
    properties = find_properties(log)
    number = [one.name for one in properties].index("other")
    group = Group().having(number, frozenset({0, 2}))
    assert segment_of(group, properties) == {"other": ("p", "r")}
    assert segment_of(group.having(number, frozenset({1})), properties) == {"other": "q"}


def test_groups_are_said_as_people_say_them():
    assert group_words({"device": "mobile", "region": "Дальний край"}, Language.RU) == "Дальний край; с телефона"
    assert group_words({"tier": "A"}, Language.EN) == "Tier: A"


def test_numbers_of_many_values_are_ranges_with_round_edges_that_people_can_say():
    rng = np.random.default_rng(3)
    amounts = [str(1_500 * int(one)) for one in rng.integers(1, 34, size=80)]
    rows = [(f"u{i}", "a", 0) for i in range(80)]
    log = log_from_rows(rows, unit_properties={"amount": {f"u{i}": amounts[i] for i in range(80)}})
    (one,) = find_properties(log)
    assert one.values[0].startswith("<")
    assert one.values[-1].endswith("..")
    edge = int(one.values[0][1:])
    assert edge % 10_000 == 0
    small = {f"u{i}" for i in range(80) if int(amounts[i]) < edge}
    assert int((one.of_unit == 0).sum()) == len(small)
    assert group_words({"сумма": "<10000"}, Language.RU) == "Сумма: до 10\u00a0000"
    assert group_words({"amount": "10000..20000"}, Language.EN) == "Amount: 10,000–20,000"
    assert group_words({"amount": "50000.."}, Language.EN) == "Amount: 50,000 and more"
    assert group_words({"size": "42"}, Language.EN) == "Size: 42"


def test_nobody_is_compared_by_what_is_written_down_when_all_is_over():
    log = _log(
        **{
            "Причина отказа": ["x", "y", "y", "x"] * 20,
            "Lost reason": ["p", "q", "q", "p"] * 20,
            "reason": ["a", "b", "b", "a"] * 20,
        }
    )
    assert [one.name for one in find_properties(log)] == ["reason"]
