"""Whatever is added, late or erased, counting only the people whom it touches gives what counting everybody does."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.every_question import QUESTIONS, a_full_log, is_same
from tropa.adapters.engines.increments import RememberingEngine, SumsInFolder, SumsInMemory, can_be_kept, taken_away
from tropa.adapters.engines.local import LocalEngine
from tropa.events.fold import Rows
from tropa.events.increments import change_between, some_units
from tropa.events.log import log_from_rows

LOCAL = LocalEngine(1)
PEOPLE = [f"p{n}" for n in range(9)]
happenings = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(PEOPLE), st.sampled_from("abcdefgh"), st.integers(0, 20 * 86_400_000)),
    st.tuples(st.just("erase"), st.sampled_from(PEOPLE), st.just(""), st.just(0)),
    st.tuples(st.just("take back"), st.sampled_from(PEOPLE), st.just(""), st.integers(0, 5)),
    st.tuples(st.just("move"), st.sampled_from(PEOPLE), st.sampled_from(["Perm", "Tver"]), st.just(0)),
)
days = st.lists(st.lists(happenings, max_size=6), min_size=2, max_size=5)
ASKED = ["funnel", "funnel by first touch", "flow over stages", "transitions", "transitions by group", "typical paths",
         "retention", "waits", "extent", "losses by group", "visits"]  # fmt: skip


class Business:
    """What a company knows by now."""

    def __init__(self):
        self.events, self.cities = [(one, "a", 1_700_000_000_000 + n) for n, one in enumerate(PEOPLE)], {}

    def goes_on(self, happening):
        what, who, said, number = happening
        mine = [one for one in self.events if one[0] == who]
        match what:
            case "add":
                self.events.append((who, said, 1_700_000_000_000 + number))
            case "erase":
                self.events = [one for one in self.events if one[0] != who]
            case "take back" if mine:
                self.events.remove(mine[number % len(mine)])
            case "move":
                self.cities[who] = said

    def log(self):
        """The log with one pseudonym a unit; nobody known is a log of nobody."""
        log = log_from_rows(
            self.events,
            unit_properties={"city": self.cities},
            properties={
                "channel": [("app", "shop", "site")[time % 3] for _, _, time in self.events],
                "device": [("desk", "phone")[time % 2] for _, _, time in self.events],
            },
        )
        names = list(dict.fromkeys(who for who, _, _ in self.events))
        return log, pseudonyms(names)


def pseudonyms(names):
    return np.array([list(hashlib.md5(one.encode()).digest()) for one in names], dtype=np.uint8).reshape(-1, 16)


@settings(max_examples=10)
@given(days, st.booleans())
def test_days_after_days_are_counted_as_all_at_once(story, fixed):
    business, sums = Business(), SumsInMemory()
    before, persons = business.log()
    for day in story:
        for happening in day:
            business.goes_on(happening)
        now, people = business.log()
        if fixed:
            before, now = (replace(log, as_of=1_701_000_000_000) for log in (before, now))
        engine = RememberingEngine(LOCAL, LOCAL, sums, change_between(before, now, (persons, people)))
        for name in ASKED:
            assert is_same(QUESTIONS[name](now, engine), QUESTIONS[name](now, LOCAL)), name
        before, persons = now, people


def changed(log, persons):
    """Two erased, two with fewer events, one with a late one, and two days went by."""
    kept = np.setdiff1d(np.arange(log.units), [5, 200])
    shorter = some_units(log, kept)
    keep = np.ones(shorter.size, dtype=bool)
    for unit in (17, 90):
        keep[shorter.offsets[unit]] = False
    late = shorter.time.copy()
    late[shorter.offsets[40] :][:1] += 1
    lesser = replace(shorter, time=late).where(keep)
    return replace(lesser, as_of=log.as_of + 2 * 86_400_000), persons[kept]


@pytest.fixture(scope="module")
def versions():
    one = a_full_log()
    whose = pseudonyms([f"unit {n}" for n in range(one.units)])
    other, theirs = changed(one, whose)
    return (one, whose), (other, theirs)


class Weighing(LocalEngine):
    """Notes how many units it is asked about."""

    def __init__(self):
        super().__init__(1)
        self.units = []

    def run(self, fold, log):
        self.units.append(log.units)
        return super().run(fold, log)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("forward", [True, False])
def test_every_question_is_answered_as_anew(name, forward, versions, tmp_path, monkeypatch):
    monkeypatch.setattr("tropa.adapters.engines.increments.WORTH_COUNTING_ANEW", 1.0)
    (before, persons), (now, people) = versions if forward else versions[::-1]
    change = change_between(before, now, (persons, people))
    sums = SumsInFolder(tmp_path, (change.before.name, change.now.name))
    first = change_between(before, before, (persons, persons))
    QUESTIONS[name](before, RememberingEngine(LOCAL, LOCAL, sums, first))

    assert is_same(QUESTIONS[name](now, RememberingEngine(LOCAL, LOCAL, sums, change)), QUESTIONS[name](now, LOCAL))
    assert is_same(QUESTIONS[name](now, RememberingEngine(LOCAL, LOCAL, sums, change)), QUESTIONS[name](now, LOCAL))


@pytest.mark.parametrize("name", ["transitions by group", "retention", "waits", "funnel"])
def test_only_the_people_touched_are_counted(name, versions, monkeypatch):
    monkeypatch.setattr("tropa.adapters.engines.increments.WORTH_COUNTING_ANEW", 1.0)
    (before, persons), (now, people) = versions
    sums, change = SumsInMemory(), change_between(before, now, (persons, people))
    QUESTIONS[name](before, RememberingEngine(LOCAL, LOCAL, sums, change_between(before, before, (persons, persons))))
    weighing = Weighing()
    QUESTIONS[name](now, RememberingEngine(weighing, weighing, sums, change))

    assert 0 < weighing.units[0] <= weighing.units[1] + 2 < 300
    weighing.units.clear()
    QUESTIONS[name](now, RememberingEngine(weighing, weighing, sums, change))
    assert weighing.units == []


def test_people_whose_events_are_what_they_were_are_not_touched(versions):
    (before, persons), (now, people) = versions
    change = change_between(before, now, (persons, people))

    assert np.flatnonzero(change.before.changed).tolist() == [5, 18, 41, 91, 200]
    assert np.flatnonzero(change.now.changed).tolist() == [17, 40, 90]


def test_names_not_codes_tell_events_apart():
    log, persons = Business().log()
    table = np.array([1, 0], dtype=np.int32)
    other = replace(log, event=replace(log.event, codes=table[log.event.codes], values=("z", "a")))

    assert not change_between(log, other, (persons, persons)).now.changed.any()


@pytest.mark.parametrize("name", QUESTIONS)
def test_sums_of_arrays_are_added_element_by_element(name, versions):
    """What can be taken away again has to be a plain sum."""

    class Doubling(LocalEngine):
        def run(self, fold, log):
            total = super().run(fold, log)
            if can_be_kept(total, fold.zero()) and not isinstance(total, Rows):
                twice = fold.merge(super().run(fold, log), super().run(fold, log))
                for one, other in zip(taken_away(twice, total), total, strict=True):
                    np.testing.assert_array_equal(one, other)
            return total

    QUESTIONS[name](versions[0][0], Doubling(1))


def test_a_damaged_sum_is_counted_anew(tmp_path):
    sums = SumsInFolder(tmp_path, ("v",))
    sums.put("v", "d", Rows.none(2))
    assert isinstance(sums.get("v", "d"), Rows)
    next(tmp_path.rglob("*.npz")).write_bytes(b"PK\x03\x04 cut off")

    assert sums.get("v", "d") is None


def test_sums_of_old_versions_are_cleared(tmp_path):
    for version in ("old", "now"):
        SumsInFolder(tmp_path, (version,)).put(version, "d", (np.arange(3),))
    sums = SumsInFolder(tmp_path, ("now",))
    sums.clear_old()

    assert [one.name for one in tmp_path.iterdir()] == ["now"]
    assert sums.get("now", "d")[0].tolist() == [0, 1, 2]
