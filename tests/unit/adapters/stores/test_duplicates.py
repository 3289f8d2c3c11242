import pytest

from builders.hand_tables import ingested
from tropa.domain.project import EventColumns, EventSource, FixedValue, Project, TimeColumn

TIME = TimeColumn(column="time")


def a_row(who, what="view", **more):
    return {"who": who, "what": what, "time": "2025-01-01", **more}


def read(folder, tables, *, key=None, files=("*.csv",), event="what"):
    columns = EventColumns(person="who", event=event, time=TIME, key=key)
    sources = tuple(EventSource(file=file, columns=columns) for file in files)
    _, report = ingested(folder, Project(project="shop", sources=sources), tables)
    for one in report.sources:
        assert one.accepted + one.rejected + one.duplicates == one.rows
    return report


def test_equal_rows_of_one_file_are_kept_and_counted_as_repeats(tmp_path):
    report = read(tmp_path, {"a.csv": [a_row("ann"), a_row("ann"), a_row("ann"), a_row("bob")]})
    assert (report.events, report.repeats, report.duplicates) == (4, 2, 0)


@pytest.mark.parametrize("files", [("*.csv",), ("a.csv", "a (1).csv")])
def test_the_same_file_twice_changes_nothing(tmp_path, files):
    rows = [a_row("ann"), a_row("ann"), a_row("bob")]
    report = read(tmp_path, {"a.csv": rows, "a (1).csv": rows}, files=files)
    assert (report.events, report.repeats, report.duplicates) == (3, 1, 3)


def test_overlapping_exports_keep_the_larger_multiplicity(tmp_path):
    january = [a_row("ann"), a_row("bob"), a_row("bob")]
    february = [a_row("ann"), a_row("ann"), a_row("ann"), a_row("bob"), a_row("eve")]
    report = read(tmp_path, {"1.csv": january, "2.csv": february})
    assert (report.events, report.repeats, report.duplicates) == (6, 3, 2)


def test_the_same_event_id_is_one_event(tmp_path):
    tables = {
        "1.csv": [a_row("ann", id="7"), a_row("ann", id="8")],
        "2.csv": [a_row("ann", "cart", id="8"), a_row("ann", id="9"), a_row("ann", id="9")],
    }
    report = read(tmp_path, tables, key="id")
    assert (report.events, report.repeats, report.duplicates) == (3, 0, 2)


def test_rows_without_an_id_are_compared_as_a_whole(tmp_path):
    tables = {"1.csv": [a_row("ann", id=""), a_row("ann", id="")], "2.csv": [a_row("ann", id="")]}
    report = read(tmp_path, tables, key="id")
    assert (report.events, report.repeats, report.duplicates) == (2, 1, 1)


def test_rejected_rows_are_no_duplicates(tmp_path):
    report = read(tmp_path, {"1.csv": [a_row(""), a_row("ann")], "2.csv": [a_row(""), a_row("ann")]})
    assert (report.events, report.rejected, report.duplicates) == (1, 2, 1)


def test_equal_rows_that_mean_different_events_are_both_kept(tmp_path):
    sources = tuple(
        EventSource(file=file, columns=EventColumns(person="who", event=FixedValue(value=name), time=TIME))
        for file, name in (("leads.csv", "lead"), ("sales.csv", "sale"))
    )
    rows = [a_row("ann")]
    _, report = ingested(tmp_path, Project(project="shop", sources=sources), {"leads.csv": rows, "sales.csv": rows})
    assert (report.events, report.duplicates) == (2, 0)
