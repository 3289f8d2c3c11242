"""The same questions asked of other engines give equal answers."""

from datetime import timedelta

import duckdb
import numpy as np
import pytest

from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.funnel import FunnelQuery, run_funnel, step_of
from tropa.analysis.transitions import TransitionQuery, transitions
from tropa.analysis.variants import VariantQuery, variants
from tropa.events.log import Column, EventLog
from tropa.events.places import every_event_name

NAMES = tuple("abcdefgh")


@pytest.fixture(scope="module")
def log():
    """5,000 units, about 100,000 events, no two of a unit at the same time."""
    rng = np.random.default_rng(11)
    counts = rng.geometric(0.05, 5000)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    gaps = 1 + (rng.exponential(1, offsets[-1]) ** 3 * 7_200_000).astype(np.int64)
    return EventLog(
        offsets=offsets,
        buckets=np.linspace(0, 5000, 65).astype(np.int64),
        event=Column(rng.integers(0, 8, offsets[-1]).astype(np.int32), NAMES),
        time=np.cumsum(gaps) + 1_700_000_000_000,
        sequence=np.zeros(offsets[-1], np.int32),
        as_of=int(gaps.sum()) + 1_800_000_000_000,
    )


@pytest.fixture(scope="module")
def table(log, tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "events.csv"
    columns = np.column_stack([log.unit_of_event(), log.event.codes, log.time])
    np.savetxt(path, columns, fmt="%d", delimiter=",", header="person,event,ms", comments="")
    return path


def test_duckdb_gives_the_same_medians(log, table):
    with duckdb.connect() as db:
        rows = db.execute(
            """
            WITH moves AS (
                SELECT person, event AS a, lead(event) OVER w AS b, lead(ms) OVER w - ms AS took
                FROM read_csv(?) WINDOW w AS (PARTITION BY person ORDER BY ms))
            SELECT a, b, count(*), count(DISTINCT person), median(took) / 1000, quantile_cont(took, 0.9) / 1000
            FROM moves WHERE b IS NOT NULL GROUP BY a, b ORDER BY a, b
            """,
            [str(table)],
        ).fetchall()

    found = transitions(log, TransitionQuery(every_event_name(log)), LocalEngine(2))
    ours = (found.source, found.target, found.events, found.persons, found.median_seconds, found.p90_seconds)
    for mine, theirs in zip(ours, zip(*rows, strict=True), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)


def test_duckdb_gives_the_same_typical_paths(log, table):
    with duckdb.connect() as db:
        rows = db.execute(
            """
            SELECT path, count(*) FROM (SELECT list(event ORDER BY ms) AS path FROM read_csv(?) GROUP BY person)
            GROUP BY path HAVING count(*) > 1
            """,
            [str(table)],
        ).fetchall()

    found = variants(log, VariantQuery(every_event_name(log), top=5000, collapse=False), LocalEngine(2)).variants

    assert {one.path: one.persons for one in found if one.persons > 1} == {tuple(path): n for path, n in rows}


@pytest.mark.full
@pytest.mark.parametrize("hours", [1, 24, 500])
def test_clickhouse_window_funnel_reaches_as_far(log, table, hours):
    chdb = pytest.importorskip("chdb", reason="needs chDB, the test oracle for funnels")
    steps = (0, 3, 5, 2)
    conditions = ", ".join(f"event = {code}" for code in steps)
    answer = chdb.query(
        f"""SELECT level, count() FROM (
              SELECT windowFunnel({hours * 3_600_000})(toUInt64(ms), {conditions}) AS level
              FROM file('{table}', 'CSVWithNames', 'person Int32, event Int32, ms Int64') GROUP BY person)
            GROUP BY level""",
        "CSV",
    )
    reached = {int(level): int(n) for level, n in (line.split(",") for line in str(answer).strip().splitlines())}

    query = FunnelQuery(tuple(step_of(str(s), NAMES[s]) for s in steps), timedelta(hours=hours))
    found = run_funnel(log, query, LocalEngine(2))

    assert [s.persons for s in found.steps] == [
        sum(n for at, n in reached.items() if at > k) for k in range(len(steps))
    ]
