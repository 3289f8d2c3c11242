"""The second delivery of the plants story: picks and reminders for a random half, in a spring that fools the naive."""

import csv
import gzip
import io
from collections import defaultdict
from datetime import datetime

import pytest

from builders.story_files import times_as_many
from tropa.domain.text import Language
from tropa.simulate.data_plants import What
from tropa.simulate.plants import words_in
from tropa.simulate.story import simulate
from tropa.simulate.story_facts import Delivery

WORDS = words_in(Language.RU)


def log_of(files) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(files["events.csv.gz"]).decode())))


def orders_since(files, day: datetime) -> int:
    text = files[WORDS.orders.file].decode(WORDS.orders.encoding)
    rows = csv.DictReader(io.StringIO(text), delimiter=WORDS.orders.delimiter)
    created = WORDS.orders.header[2]
    return sum(datetime.strptime(row[created], WORDS.orders.moment) >= day for row in rows)


@pytest.fixture(scope="module")
def after():
    return simulate("plants", language=Language.RU, seed=1, delivery=Delivery.AFTER)


def carts_left_and_taken_up(log) -> tuple[set[str], set[str]]:
    """Who left a cart unpaid at the end of a visit, and who of them paid at a later one."""
    opening, cart, paying = (WORDS.events[what] for what in (What.SITE_VISIT, What.TO_CART, What.PAYMENT))
    state: dict[str, str] = defaultdict(str)
    left, back = set(), set()
    for row in log:
        person, event = row[WORDS.header[0]], row[WORDS.header[1]]
        if event == cart and not state[person]:
            state[person] = "open"
        elif event == opening and state[person] == "open":
            state[person] = "left"
        elif event == paying and state[person]:
            if state[person] == "left":
                back.add(person)
            state[person] = "paid"
    left = {person for person, one in state.items() if one in {"open", "left"}} | back
    return left, back


def test_the_cured_half_orders_more_and_takes_up_more_carts(after):
    log = log_of(after.files)
    half = {row[WORDS.header[0]]: row[WORDS.assigned.head] for row in log if row[WORDS.assigned.head]}
    groups = [
        [one for one, word in half.items() if word == name] for name in (WORDS.assigned.cured, WORDS.assigned.usual)
    ]
    paid = {row[WORDS.header[0]] for row in log if row[WORDS.header[1]] == WORDS.events[What.PAYMENT]}
    _, low, high = times_as_many(*groups, paid)
    assert low < 1.26 < high
    left, back = carts_left_and_taken_up(log)
    _, low, high = times_as_many(*([one for one in group if one in left] for group in groups), back)
    assert low < 1.41 < high


def test_spring_nearly_doubles_orders_for_who_compares_before_with_after(after):
    before = simulate("plants", language=Language.RU, seed=1)
    nine_months_before = orders_since(before.files, datetime(2025, 5, 1))
    naive = orders_since(after.files, datetime(2026, 2, 1)) / nine_months_before
    assert naive == pytest.approx(1.9, abs=0.12)


def test_nobody_of_the_second_delivery_has_a_number_of_the_first(after):
    before = simulate("plants", language=Language.RU, seed=1, scale=0.05)
    later = simulate("plants", language=Language.RU, seed=1, scale=0.05, delivery=Delivery.AFTER)
    people = [{row[WORDS.header[0]] for row in log_of(one.files)} for one in (before, later)]
    assert not people[0] & people[1]
