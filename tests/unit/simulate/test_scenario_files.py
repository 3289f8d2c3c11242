"""What a scenario writes is what it says: figures counted from the raw files by plain Python."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from tropa.adapters.storage.scenario_read import scenario_from_text
from tropa.domain.finding import FindingKind
from tropa.simulate.scenario import (
    Again,
    Clock,
    Decoy,
    DecoyKind,
    EventsFile,
    Form,
    OrdersFile,
    Planted,
    Property,
    ReviewsFile,
)
from tropa.simulate.scenario_run import simulate_scenario

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "scenarios.md"
LEEDS = {"city": "Leeds"}
SINCE = date(2025, 6, 3)


def the_bakery(**changes):
    """The example of the docs with other things planted, ten thousand people, and nothing beside it to confuse counts."""
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    plain = {"people": 10_000, "planted": (), "decoys": (), "noise": None, "retries": None, "returns": None}
    return replace(scenario_from_text(example[1]), **(plain | changes))


def rows_of(scenario, seed=1, file="events.csv"):
    content = simulate_scenario(scenario, seed=seed).files[file].decode()
    return list(csv.DictReader(io.StringIO(content), delimiter=";" if file == "reviews.csv" else ","))


def journeys(rows):
    """For each person: event → moments, and the person's last known city and delivery."""
    found: dict[str, dict] = {}
    for row in rows:
        one = found.setdefault(row["client_id"], {"city": row["city"], "source": "", "at": {}})
        one["source"] = row["source"] or one["source"]
        one["at"].setdefault(row["event"], []).append(datetime.fromisoformat(row["time"]))
    return list(found.values())


def share(people, start, ends, *, since=None, before=None):
    """Of those who first came to `start` in this time, who came to any of `ends`."""
    there = [one for one in people if start in one["at"]]
    if since:
        there = [one for one in there if one["at"][start][0].date() >= since]
    if before:
        there = [one for one in there if one["at"][start][0].date() < before]
    return sum(any(end in one["at"] for end in ends) for one in there) / len(there)


PAID = ("payment", "payment_by_link")


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    scenario = the_bakery(people=300)
    one, same, other = (simulate_scenario(scenario, seed=seed) for seed in (5, 5, 6))
    assert one.files == same.files
    assert one.truth == same.truth
    assert one.files != other.files


def test_people_go_on_wait_and_return_as_the_steps_say():
    people = journeys(rows_of(the_bakery()))
    assert share(people, "visit", ["cake_page"]) == pytest.approx(0.85, abs=0.015)
    assert share(people, "cake_page", ["basket"]) == pytest.approx(0.60, abs=0.02)
    waits = [
        (one["at"]["basket"][0] - one["at"]["cake_page"][-1]).total_seconds() for one in people if "basket" in one["at"]
    ]
    assert 400 < median(waits) < 750
    paid = [one for one in people if set(PAID) & set(one["at"])]
    assert sum("payment_by_link" in one["at"] for one in paid) / len(paid) == pytest.approx(0.12, abs=0.02)
    assert share(people, "payment", ["order_sms"]) == pytest.approx(0.95, abs=0.02)


def test_a_property_is_written_from_its_step_on():
    rows = rows_of(the_bakery(people=500))
    assert {row["delivery"] for row in rows if row["event"] in {"visit", "cake_page"}} == {""}
    assert {row["delivery"] for row in rows if row["event"] == "basket"} == {"courier", "pickup"}


def test_a_planted_loss_strikes_its_group_since_its_day_and_nobody_else():
    lost = Planted(kind=FindingKind.DROP_OFF, at="basket", size=0.35, group=LEEDS, since=SINCE)
    scenario = the_bakery(planted=(lost,), people=15_000)
    people = journeys(rows_of(scenario))
    group = [one for one in people if one["city"] == "Leeds"]
    others = [one for one in people if one["city"] != "Leeds"]
    assert share(group, "basket", PAID, before=SINCE) == pytest.approx(share(others, "basket", PAID), abs=0.03)
    now = share(group, "basket", PAID, since=SINCE)
    assert now == pytest.approx(0.65 * share(others, "basket", PAID, since=SINCE), abs=0.03)
    truth = json.loads(simulate_scenario(scenario, seed=1).truth)["planted"][0]
    assert truth["harmed"] == pytest.approx(now, abs=0.01)
    assert truth["cost"] == pytest.approx(0.35, abs=0.03)
    assert truth["people"] == sum(one["at"].get("basket", [datetime.min])[0].date() >= SINCE for one in group)


def test_a_planted_wait_is_so_many_times_as_long():
    slow = Planted(kind=FindingKind.SLOW, at="payment", size=3.0, group=LEEDS, loses=0.2)
    people = journeys(rows_of(the_bakery(planted=(slow,))))
    times = {True: [], False: []}
    for one in people:
        if "payment" in one["at"] and "cake_delivered" in one["at"]:
            wait = (one["at"]["cake_delivered"][0] - one["at"]["payment"][0]).total_seconds()
            times[one["city"] == "Leeds"].append(wait)
    assert median(times[True]) / median(times[False]) == pytest.approx(3, rel=0.15)
    left = [
        share([o for o in people if (o["city"] == "Leeds") is inside], "payment", ["cake_delivered"])
        for inside in (True, False)
    ]
    assert left[0] < left[1] - 0.1


def test_a_planted_loop_adds_returns():
    loop = Planted(kind=FindingKind.LOOP, at="cake_page", size=1.5, group=LEEDS)
    people = [one for one in journeys(rows_of(the_bakery(planted=(loop,)))) if "cake_page" in one["at"]]
    turns = {True: [], False: []}
    for one in people:
        turns[one["city"] == "Leeds"].append(len(one["at"]["visit"]) - 1)
    means = [sum(turns[inside]) / len(turns[inside]) for inside in (True, False)]
    assert means[0] - means[1] == pytest.approx(1.5, abs=0.1)


def test_a_planted_silence_stops_the_message():
    silent = Planted(kind=FindingKind.MISSING_STAGE, at="order_sms", size=0.9, group=LEEDS, since=SINCE)
    people = journeys(rows_of(the_bakery(planted=(silent,))))
    group = [one for one in people if one["city"] == "Leeds"]
    assert share(group, "payment", ["order_sms"], since=SINCE) == pytest.approx(0.095, abs=0.04)
    assert share(group, "payment", ["order_sms"], before=SINCE) == pytest.approx(0.95, abs=0.03)


def test_what_lies_beside_the_last_step_happens_too():
    scenario = the_bakery()
    thanks = replace(scenario.beside[0], event="thanks", after="cake_delivered", share=0.8)
    people = journeys(rows_of(replace(scenario, beside=(thanks,))))
    assert share(people, "cake_delivered", ["thanks"]) == pytest.approx(0.8, abs=0.03)


def test_a_dead_end_is_where_the_lost_stop():
    dead = Planted(kind=FindingKind.DEAD_END, at="basket", size=0.4, group=LEEDS, event="pay_error")
    people = journeys(rows_of(the_bakery(planted=(dead,))))
    stopped = [one for one in people if "pay_error" in one["at"]]
    assert {one["city"] for one in stopped} == {"Leeds"}
    assert all(not set(PAID) & set(one["at"]) for one in stopped)
    assert share([one for one in people if one["city"] == "Leeds"], "basket", ["pay_error"]) == pytest.approx(
        0.29, abs=0.04
    )


def test_calls_for_help_growth_and_extras_become_so_many_times_as_frequent():
    more = Planted(kind=FindingKind.CHANGE, at="support_chat", size=4.0, group=LEEDS, since=SINCE)
    better = Planted(kind=FindingKind.OPPORTUNITY, at="cake_page", size=1.5, group={"source": "friends"})
    people = journeys(rows_of(the_bakery(planted=(more, better), people=12_000)))
    group = [one for one in people if one["city"] == "Leeds"]
    assert share(group, "payment", ["support_chat"], since=SINCE) == pytest.approx(0.16, abs=0.04)
    assert share(group, "payment", ["support_chat"], before=SINCE) == pytest.approx(0.04, abs=0.02)
    friends = [one for one in people if one["source"] == "friends"]
    assert share(friends, "cake_page", ["basket"]) == pytest.approx(0.90, abs=0.02)


def test_a_planted_pain_is_written_about_by_those_it_befell():
    pain = Planted(kind=FindingKind.PAIN, at="basket", size=0.3, group=LEEDS, since=SINCE, words=("the basket hangs",))
    scenario = the_bakery(planted=(pain,))
    cities = {row["client_id"]: row["city"] for row in rows_of(scenario)}
    complaints = [row for row in rows_of(scenario, file="reviews.csv") if row["text"] == "the basket hangs"]
    assert len(complaints) > 100
    assert {cities[row["client_id"]] for row in complaints} == {"Leeds"}
    assert min(row["date"] for row in complaints) >= SINCE.isoformat()
    assert {row["rating"] for row in complaints} == {"1", "2"}


def test_decoys_do_what_they_are_called():
    decoys = (
        Decoy(kind=DecoyKind.MIX, size=0.6, group={"source": "ads"}, first=date(2025, 4, 1), last=date(2025, 4, 14)),
        Decoy(kind=DecoyKind.SEASON, size=0.5, at="visit", first=date(2025, 7, 1), last=date(2025, 8, 30)),
        Decoy(kind=DecoyKind.BOTS, people=2, size=300),
        Decoy(kind=DecoyKind.OPEN, size=3, first=date(2025, 10, 20), last=date(2025, 10, 31)),
    )
    people = journeys(rows_of(the_bakery(decoys=decoys)))
    robots = [one for one in people if sum(map(len, one["at"].values())) > 200]
    assert len(robots) == 2
    real = [one for one in people if one not in robots and "visit" in one["at"]]
    promoted = [one for one in real if date(2025, 4, 1) <= one["at"]["visit"][0].date() <= date(2025, 4, 14)]
    assert sum(one["source"] == "ads" for one in promoted) / len(promoted) == pytest.approx(0.72, abs=0.08)
    middle = [one for one in real if date(2025, 7, 25) <= one["at"]["visit"][0].date() <= date(2025, 8, 7)]
    assert share(middle, "visit", ["cake_page"]) == pytest.approx(0.43, abs=0.06)
    rush = sum(one["at"]["visit"][0].date() >= date(2025, 10, 20) for one in real)
    assert rush > 0.08 * len(real)


def test_a_small_segment_has_as_many_people_as_it_says():
    few = Decoy(kind=DecoyKind.SMALL, size=0.2, at="cake_page", group={"city": "Hull"}, people=17)
    people = journeys(rows_of(the_bakery(decoys=(few,))))
    assert sum(one["city"] == "Hull" for one in people) == 17


def test_orders_stand_in_a_table_of_their_own_and_not_in_the_log():
    plain = the_bakery(people=1_000)
    columns = {"payment": "paid_at", "cake_delivered": "delivered_at"}
    apart = replace(plain, orders=OrdersFile(since_step="payment", columns=columns))
    rows = rows_of(apart, file="orders.csv")
    log = rows_of(plain)
    assert {row["event"] for row in rows_of(apart)} & {"payment", "cake_delivered"} == set()
    assert len(rows) == sum(row["event"] in PAID for row in log)
    assert sum(bool(row["delivered_at"]) for row in rows) == sum(row["event"] == "cake_delivered" for row in log)
    assert all(float(row["amount"]) > 0 for row in rows)


def test_a_log_can_be_lines_of_json_in_another_calendar():
    book = EventsFile(file="log.jsonl", form=Form.JSONL, clock=Clock.DAY_FIRST)
    files = simulate_scenario(the_bakery(people=50, events=book), seed=2).files
    rows = [json.loads(line) for line in files["log.jsonl"].decode().splitlines()]
    assert all(re.fullmatch(r"\d\d\.\d\d\.2025 \d\d:\d\d:\d\d", row["time"]) for row in rows)
    assert all(row.get("delivery") != "" for row in rows)


def test_reviews_are_in_the_shares_that_were_asked_for():
    book = ReviewsFile(share=0.2, good=("good",), bad=("bad",), pleased=0.75)
    rows = rows_of(the_bakery(reviews=book), file="reviews.csv")
    assert len(rows) == pytest.approx(2_000, rel=0.1)
    assert sum(row["text"] == "good" for row in rows) / len(rows) == pytest.approx(0.75, abs=0.04)


def first_paid(one):
    return min(at for name in PAID for at in one["at"].get(name, []))


def test_a_lost_return_keeps_people_from_coming_again():
    returns = Again(share=0.6, wait=timedelta(days=10), most=1)
    away = Planted(kind=FindingKind.SEGMENT_GAP, at="payment", size=0.5, group=LEEDS, again=True)
    scenario = the_bakery(returns=returns, planted=(away,))
    people = [one for one in journeys(rows_of(scenario)) if set(PAID) & set(one["at"])]
    end = datetime.combine(scenario.last - timedelta(days=60), datetime.min.time())
    early = [one for one in people if first_paid(one) < end]
    came = {True: [], False: []}
    for one in early:
        paid = first_paid(one)
        came[one["city"] == "Leeds"].append(any(at > paid for at in one["at"]["visit"]))
    shares = [sum(came[inside]) / len(came[inside]) for inside in (True, False)]
    assert shares[1] == pytest.approx(0.6, abs=0.05)
    assert shares[0] == pytest.approx(0.3, abs=0.05)


def test_values_drift_over_the_period_and_lean_on_other_properties():
    age = Property(name="age", values={"young": 0.5, "old": 0.5}, drift={"young": 4.0})
    city = Property(name="city", values={"Leeds": 0.5, "York": 0.5}, on="age", leans={"young": {"York": 3.0}})
    rows = {row["client_id"]: row for row in rows_of(the_bakery(properties=(age, city))) if row["event"] == "visit"}
    first, last = (
        [row for row in rows.values() if low <= row["time"][:7] <= high]
        for low, high in (("2025-01", "2025-01"), ("2025-10", "2025-10"))
    )
    young = [sum(row["age"] == "young" for row in part) / len(part) for part in (first, last)]
    assert young[0] == pytest.approx(0.52, abs=0.06)
    assert young[1] == pytest.approx(0.79, abs=0.06)
    york = [[row["city"] == "York" for row in rows.values() if row["age"] == age] for age in ("young", "old")]
    assert sum(york[0]) / len(york[0]) == pytest.approx(0.75, abs=0.03)
    assert sum(york[1]) / len(york[1]) == pytest.approx(0.50, abs=0.03)


def test_an_export_may_write_some_rows_twice():
    rows = [tuple(row.values()) for row in rows_of(the_bakery(people=2_000, events=EventsFile(twice=0.02)))]
    assert 1 - len(set(rows)) / len(rows) == pytest.approx(0.02, abs=0.006)
