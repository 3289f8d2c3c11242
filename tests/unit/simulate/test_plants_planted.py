"""What the story plants is in its files, counted anew by the plainest means."""

from collections import defaultdict
from datetime import timedelta
from statistics import mean, median

import pytest

from tropa.simulate import data_plants as n
from tropa.simulate.data_plants import What

LATE = str(n.PRICE_LATE_SINCE)


def checkouts(shop):
    return [visit for visit in shop.visits if visit.counts[shop.event(What.CHECKOUT)]]


def paid_share(shop, visits):
    return mean(visit.counts[shop.event(What.PAYMENT)] > 0 for visit in visits)


def looked_at_cards(shop):
    return [visit for visit in shop.visits if visit.counts[shop.event(What.CARD)]]


def is_far_and_mobile(shop, visit):
    return visit.region == shop.words.regions[n.FAR_REGION] and visit.device == shop.words.devices[n.MOBILE]


def test_the_far_region_on_phones_pays_less_since_the_price_of_delivery_came_late(shop):
    harmed = [visit for visit in checkouts(shop) if is_far_and_mobile(shop, visit)]
    before = [visit for visit in harmed if visit.at < LATE]
    after = [visit for visit in harmed if visit.at >= LATE]
    assert paid_share(shop, before) == pytest.approx(0.69, abs=0.04)
    assert paid_share(shop, after) == pytest.approx(0.43, abs=0.03)


def test_everybody_else_pays_as_before(shop):
    others = [visit for visit in checkouts(shop) if not is_far_and_mobile(shop, visit)]
    assert paid_share(shop, [visit for visit in others if visit.at < LATE]) == pytest.approx(0.69, abs=0.03)
    assert paid_share(shop, [visit for visit in others if visit.at >= LATE]) == pytest.approx(0.69, abs=0.03)


def test_cold_regions_go_round_between_card_and_catalogue_and_take_less(shop):
    cold = {shop.words.regions[number] for number in n.COLD_REGIONS}
    card, cart = shop.event(What.CARD), shop.event(What.TO_CART)
    inside = [visit for visit in looked_at_cards(shop) if visit.region in cold]
    outside = [visit for visit in looked_at_cards(shop) if visit.region not in cold]
    returns = [mean(visit.counts[card] - 1 for visit in group) for group in (inside, outside)]
    assert returns[0] / returns[1] == pytest.approx(2.4, abs=0.15)
    assert mean(visit.counts[cart] > 0 for visit in inside) == pytest.approx(0.09, abs=0.01)
    assert mean(visit.counts[cart] > 0 for visit in outside) == pytest.approx(0.17, abs=0.015)


def test_saplings_wait_nine_days_in_april_and_may_and_two_at_other_times(shop):
    saplings = shop.words.goods[n.SAPLINGS]
    waits = defaultdict(list)
    for order in shop.orders:
        created, dispatched = shop.moment(order, 2), shop.moment(order, 3)
        if dispatched:
            slow = order[shop.words.orders.header[6]] == saplings and created.month in n.SAPLINGS_MONTHS
            waits[slow].append((dispatched - created) / timedelta(days=1))
    assert median(waits[True]) == pytest.approx(9.0, abs=0.5)
    assert median(waits[False]) == pytest.approx(2.0, abs=0.2)


def test_guests_order_a_second_time_less_often_within_half_a_year(shop):
    account = {row[0]: row[7] for row in shop.rows if row[7]}
    ordered = defaultdict(list)
    for order in shop.placed():
        ordered[order[shop.words.orders.header[1]]].append(shop.moment(order, 2))
    came_back = defaultdict(list)
    for person, times in ordered.items():
        if min(times).date() <= n.CALENDAR.last - timedelta(days=180):
            later = [time for time in times if timedelta(0) < time - min(times) <= timedelta(days=180)]
            came_back[account[person]].append(bool(later))
    assert mean(came_back[shop.words.accounts[n.GUEST]]) == pytest.approx(0.11, abs=0.02)
    assert mean(came_back[shop.words.accounts[n.ACCOUNT]]) == pytest.approx(0.27, abs=0.025)


def test_guests_get_no_letter_on_care(shop):
    letters = {row[7] for row in shop.rows if row[1] == shop.event(What.CARE_LETTER)}
    assert letters == {shop.words.accounts[n.ACCOUNT]}


def contacts(shop, what, days):
    """For (carrier, since the change) the share of dispatched orders with this event within so many days."""
    times = defaultdict(list)
    for row in shop.rows:
        if row[1] == shop.event(what):
            times[row[0]].append(row[2])
    found = defaultdict(list)
    for order in shop.orders:
        sent = shop.moment(order, 3)
        if sent:
            first, last = str(sent), str(sent + timedelta(days=days))
            heard = any(first <= time <= last for time in times[order[shop.words.orders.header[1]]])
            found[order[shop.words.orders.header[7]], sent.date() >= n.NO_SMS_SINCE].append(heard)
    return {key: mean(values) for key, values in found.items()}


def test_one_carrier_sends_no_message_since_its_day_and_questions_triple(shop):
    told, asked = contacts(shop, What.TRACK_SMS, 1), contacts(shop, What.CHAT, 3)
    other, silent = shop.words.carriers
    assert told[silent, True] < 0.02
    assert min(told[silent, False], told[other, True], told[other, False]) > 0.95
    assert asked[silent, True] / asked[silent, False] == pytest.approx(3.0, abs=0.6)
    assert asked[other, True] == pytest.approx(asked[other, False], abs=0.025)


def test_low_season_has_fewer_orders_and_the_same_shares(shop):
    orders = [shop.moment(order, 2).date() for order in shop.orders]
    spring = [day for day in orders if day.year == 2025 and day.month in {3, 4}]
    low = [day for day in orders if n.LOW_SEASON_FIRST <= day <= n.LOW_SEASON_LAST]
    assert len(low) / 8 < 0.4 * len(spring) / 2
    near = [visit for visit in checkouts(shop) if not is_far_and_mobile(shop, visit)]
    quiet = [visit for visit in near if visit.at >= str(n.LOW_SEASON_FIRST)]
    assert paid_share(shop, quiet) == pytest.approx(0.69, abs=0.03)


def test_the_promotion_lowers_the_total_and_leaves_each_channel_steady(shop):
    cart, promoted = shop.event(What.TO_CART), shop.words.channels[n.PROMOTED]

    def to_cart(visits):
        return mean(visit.counts[cart] > 0 for visit in visits)

    weeks = {"before": ("2025-02-12", "2025-03-05"), "promo": ("2025-03-05", "2025-03-11")}
    visits = {name: [one for one in shop.visits if first <= one.at < last] for name, (first, last) in weeks.items()}
    assert to_cart(visits["promo"]) < 0.97 * to_cart(visits["before"])
    for inside in (True, False):
        steady = [to_cart([one for one in part if (one.channel == promoted) is inside]) for part in visits.values()]
        assert steady[0] == pytest.approx(steady[1], abs=0.08)


PROPERTIES = ("channel", "device", "account", "region")


@pytest.mark.parametrize("name", PROPERTIES)
def test_nothing_else_of_that_size_differs(shop, name):
    """Cart → checkout and, away from what is planted, checkout → payment are the same in every group."""
    started = [visit for visit in shop.visits if visit.counts[shop.event(What.TO_CART)]]
    steps = {
        "checkout": [(getattr(one, name), one.counts[shop.event(What.CHECKOUT)] > 0) for one in started],
        "payment": [
            (getattr(one, name), one.counts[shop.event(What.PAYMENT)] > 0)
            for one in checkouts(shop)
            if not is_far_and_mobile(shop, one)
        ],
    }
    for pairs in steps.values():
        groups = defaultdict(list)
        for value, went_on in pairs:
            groups[value].append(went_on)
        overall = mean(went_on for _, went_on in pairs)
        assert all(abs(mean(group) - overall) < 0.05 for group in groups.values() if len(group) >= 300)


def test_the_truth_names_events_and_groups_that_are_in_the_files(shop):
    events = {row[1] for row in shop.rows}
    known = events | {name for names in shop.words.order_codes.values() for name in names}
    columns = dict(zip(shop.words.header, zip(*shop.rows, strict=True), strict=True))
    assert [planted["code"] for planted in shop.truth["planted"]] == ["P1", "P2", "P3", "P4", "P5"]
    assert [decoy["code"] for decoy in shop.truth["decoys"]] == ["D1", "D2"]
    for planted in shop.truth["planted"]:
        assert {*planted["at"]["event"], *planted["at"]["to_event"]} <= known
        for name, values in planted["segment"].items():
            assert set(values) <= set(columns[name])
    for name, others in shop.truth["same_property"].items():
        for other in others:
            assert {order[other] for order in shop.orders} <= set(columns[name])
