"""What a cluster has counted is kept in the folder; a change is counted on this machine."""

from datetime import UTC, datetime, timedelta

import pytest

from tropa.adapters.engines import spark
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.funnel import FunnelQuery, run_funnel, step_of
from tropa.bootstrap import Workshop

SETTINGS = """
project: shop
as_of: 2025-06-01
engine: spark
sources:
  - file: events.csv
    kind: events
    columns: {person: who, event: what, time: {column: when, format: iso}}
"""
MARCH = datetime(2025, 3, 1, tzinfo=UTC)


class Cluster(LocalEngine):
    """Stands for a cluster and notes how many people it was asked about."""

    def __init__(self):
        super().__init__(1)
        self.units = []

    def run(self, fold, log):
        self.units.append(log.units)
        return super().run(fold, log)


@pytest.fixture
def cluster(monkeypatch):
    cluster = Cluster()
    monkeypatch.setattr(spark, "spark_engine", lambda _spec, _folder: cluster)
    return cluster


def rows(people):
    for n in range(people):
        yield f"p{n},view,{(MARCH + timedelta(hours=n)).isoformat()}"
        if n % 3:
            yield f"p{n},pay,{(MARCH + timedelta(hours=n, minutes=20)).isoformat()}"


def asked(folder, lines):
    (folder / "tropa.yaml").write_text(SETTINGS)
    (folder / "events.csv").write_text("\n".join(["who,what,when", *lines]))
    shop = Workshop(folder)
    scope = shop.questions(shop.project()).scope
    query = FunnelQuery((step_of("view", "view"), step_of("pay", "pay")), timedelta(hours=1))
    return [step.persons for step in run_funnel(scope.log, query, scope.engine).steps]


def test_the_next_day_only_the_people_touched_are_counted(tmp_path, cluster):
    first = list(rows(90))
    assert asked(tmp_path, first) == [90, 60]
    assert cluster.units
    cluster.units.clear()
    late = f"p3,pay,{(MARCH + timedelta(hours=3, minutes=50)).isoformat()}"
    erased = [line for line in first if not line.startswith("p7,")]

    assert asked(tmp_path, [*erased, late, *list(rows(91))[-1:]]) == [90, 60]

    assert cluster.units == []


def test_the_same_question_is_not_counted_twice(tmp_path, cluster):
    asked(tmp_path, rows(30))
    cluster.units.clear()

    assert asked(tmp_path, rows(30)) == [30, 20]
    assert cluster.units == []
