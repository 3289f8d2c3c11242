"""Stages stand in the order in which people come to them, not in that in which later visits begin."""

import numpy as np

from tropa.events.context import Trail
from tropa.events.stage_order import Entries, in_order

SHOP, DELIVERY = list(range(6)), 6


def a_trail(people: int, buyers: int) -> Trail:
    """Everybody goes through the shop in one visit; buyers' later visits begin with the delivery, then the shop."""
    code, unit, visit = [], [], []
    for person in range(people):
        visits = [SHOP, *([[DELIVERY, *SHOP]] * 3 if person < buyers else [])]
        for number, steps in enumerate(visits):
            code += steps
            unit += [person] * len(steps)
            visit += [person * 10 + number] * len(steps)
    return Trail(np.array(code), np.array(unit), np.array(visit), 7)


def test_what_later_visits_begin_with_does_not_come_before_the_first_purchase():
    entries = Entries.of(a_trail(50, buyers=20), starts_over=True)
    labels = np.arange(7, dtype=np.int32)

    found, agreement = in_order(entries, labels, np.array([], np.int64), fewest=4)

    assert found.tolist() == [*SHOP, DELIVERY]
    assert agreement == 1.0
