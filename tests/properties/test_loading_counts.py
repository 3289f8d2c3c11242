"""Loading equals a count by hand, row by row."""

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.hand_tables import KEY, HandTables, paths_of
from tropa.adapters.stores.local.store import LocalStore
from tropa.domain.project import EventColumns, EventSource, Project, TimeColumn
from tropa.ports import silent

PEOPLE = st.sampled_from(["ann", "bob", "eve", "", "null"])
NAMES = st.sampled_from(["view", "cart", "buy", ""])
TIMES = st.sampled_from(["2025-01-01", "2025-01-02 10:00", "2025-01-02T09:00:00", "2025-01-01T23:00:00-05:00", "", "?"])
ROWS = st.lists(
    st.builds(lambda who, what, time: {"who": who, "what": what, "time": time}, PEOPLE, NAMES, TIMES),
    min_size=1,
    max_size=30,
)
COLUMNS = EventColumns(person="who", event="what", time=TimeColumn(column="time"))
PROJECT = Project(project="shop", sources=(EventSource(file="*.csv", columns=COLUMNS),))


def moment(text):
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000)


def usable(row):
    return row["who"] not in {"", "null"} and bool(row["what"]) and moment(row["time"]) is not None


def kept_by_hand(files):
    """Row by row: an equal row of a later file counts only beyond those that earlier files brought."""
    kept, brought = [], Counter()
    for file in sorted(files):
        here = Counter()
        for row in filter(usable, files[file]):
            cells = tuple(row.values())
            here[cells] += 1
            if here[cells] > brought[cells]:
                brought[cells] += 1
                kept.append(row)
    return kept


@settings(max_examples=25)
@given(files=st.dictionaries(st.sampled_from(["a.csv", "b.csv", "c.csv"]), ROWS, min_size=1, max_size=3))
def test_loading_equals_a_count_by_hand(tmp_path_factory, files):
    store = LocalStore(tmp_path_factory.mktemp("shop"))
    report = store.ingest(PROJECT, HandTables(files), KEY, silent)
    kept = kept_by_hand(files)
    people = list(dict.fromkeys(row["who"] for row in kept))
    assert (report.events, report.persons) == (len(kept), len(people))
    by_hand = [
        sorted(((row["what"], moment(row["time"])) for row in kept if row["who"] == who), key=lambda event: event[1])
        for who in people
    ]
    assert paths_of(store) == by_hand
    assert {one.file: (one.rows, one.rejected) for one in report.sources} == {
        file: (len(rows), sum(not usable(row) for row in rows)) for file, rows in files.items()
    }
    assert all(one.accepted + one.rejected + one.duplicates == one.rows for one in report.sources)
    largest = Counter()
    for rows in files.values():
        largest |= Counter(tuple(row.values()) for row in rows if usable(row))
    assert report.repeats == sum(count - 1 for count in largest.values())
