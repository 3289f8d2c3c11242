"""One engine in its own process: it loads once, then answers the standard set each time it is asked.

Run by benchmarks/peers.py: `python peer_child.py ENGINE FILE RULER` where RULER is peers_bench.py, which holds the peers' tuned
formulations. Reads a line "FORMULATION" from stdin, answers a line of JSON on stdout.
"""

import argparse
import importlib.util
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("engine")
    parser.add_argument("events")
    parser.add_argument("ruler")
    parser.add_argument("--steps", required=True)
    parser.add_argument("--goal", required=True)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    said, sys.stdout = sys.stdout, sys.stderr  # engines print; only answers go to the bench
    tasks = Tasks()
    with tempfile.TemporaryDirectory() as work:
        version = _engine(asked, tasks, work)
        _say(said, {"version": str(version), "loads": tasks.loads, "formulations": sorted(tasks.formulations())})
        for line in sys.stdin:
            _say(said, tasks.answer(line.strip()))
        sys.stdout.flush()
        os._exit(0)  # some engines take long to say good-bye


class Tasks:
    """What an engine can do: loads are done at once and timed, tasks are kept until they are asked for."""

    def __init__(self) -> None:
        self.loads: dict[str, dict] = {}
        self._tasks: dict[str, tuple] = {}

    def __call__(self, name, task, check=None, **_how):
        if name.startswith("load"):
            result, self.loads[name] = _timed(task)
            return result
        self._tasks[name] = (task, check)
        return None

    def formulations(self) -> set[str]:
        return {name.partition(".")[0] for name in self._tasks}

    def answer(self, formulation: str) -> dict:
        told = {}
        for name, (task, check) in self._tasks.items():
            if name.startswith(formulation + ".") and "(window)" not in name:
                try:
                    result, told[name] = _timed(task)
                except Exception as error:  # noqa: BLE001  a peer's failure is a result, not the end of the bench
                    told[name] = {"error": f"{type(error).__name__}: {error}"[:300]}
                    continue
                told[name]["check"] = check(result) if check else None
        return {"tasks": told, "peak_mb": _peak()}


def _timed(task):
    wall, cpu = time.perf_counter(), time.process_time()
    result = task()
    return result, {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak_mb": _peak()}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _say(out, value) -> None:
    out.write(json.dumps(value, default=str) + "\n")
    out.flush()


def _engine(asked, tasks: Tasks, work: str):
    if asked.engine.startswith("tropa"):
        from peer_tropa import answer_as_tropa

        return answer_as_tropa(asked, tasks, Path(work))
    ruler = _ruler(asked.ruler)
    settings = SimpleNamespace(
        parquet=asked.events, user="user_id", event="event", ts="timestamp", conv=asked.goal, S=asked.steps.split(","),
        W=7 * 86400 * 10**6, G=30 * 60 * 10**6, gap_min=30, first=10, top=20, threads=asked.threads, mem_gb=10,
    )  # fmt: skip
    if asked.engine == "chdb_file":
        return _chdb_from_the_file(settings, tasks, work)
    return getattr(ruler, f"eng_{asked.engine}")(settings, tasks, work)


def _ruler(place: str):
    spec = importlib.util.spec_from_file_location("ruler", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _chdb_from_the_file(a, tasks: Tasks, work: str):
    """chDB with no store of its own: people's arrays are made from the Parquet file, then questions are put to them."""
    import chdb
    from chdb import session

    chosen = session.Session(work)
    chosen.query("create database if not exists d")
    settings = f" settings max_threads={a.threads}, max_memory_usage={a.mem_gb}000000000"

    def ask(text: str) -> list:
        return [json.loads(line) for line in str(chosen.query(text + settings, "JSONCompactEachRow")).splitlines()]

    steps = ",".join(f"e='{step}'" for step in a.S)

    def build() -> None:
        chosen.query("drop table if exists d.ar sync")
        chosen.query(
            "create table d.ar (u Int64, a Array(LowCardinality(String)), t Array(Int64), c UInt8, l UInt8) engine=Memory"
        )
        chosen.query(
            "insert into d.ar select u, arrayMap(x -> x.2, p), arrayMap(x -> x.1, p) as t, has(p.2, "
            f"'{a.conv}'), l from (select {a.user} u, arraySort(groupArray((toInt64({a.ts}), toLowCardinality({a.event})))) p, "
            f"windowFunnel({a.W})(toUInt64({a.ts}), {steps.replace('e=', a.event + '=')}) l from file('{a.parquet}', Parquet) group by u)"
            + settings
        )

    pairs = (
        "select c,p.1,p.2,count(),quantileExactInclusive(0.5)(p.3) from (select c, arrayJoin(arrayZip(arrayPopBack(a),"
        "arrayPopFront(a),arrayPopFront(arrayDifference(t)))) p from d.ar) group by 1,2,3"
    )
    tasks("file.build", build)
    tasks(
        "file.dfg",
        lambda: ask(pairs),
        lambda r: [len(r), sum(int(x[3]) for x in r), round(sum(float(x[4]) for x in r) / 1e6, 1)],
    )
    variants = f"select count() n from d.ar group by cityHash64(a) order by n desc limit {a.top}"
    tasks("file.variants", lambda: ask(variants), lambda r: [int(r[0][0]), sum(int(x[0]) for x in r)])
    reached = "select l,count() from d.ar group by l"
    tasks(
        "file.funnel",
        lambda: ask(reached),
        lambda r: [sum(int(x[1]) for x in r if int(x[0]) >= k) for k in range(1, len(a.S) + 1)],
    )
    tasks(
        "file.sessions",
        lambda: ask(f"select sum(arrayCount(x->x>{a.G},arrayDifference(t))+1) from d.ar"),
        lambda r: int(r[0][0]),
    )
    matrix = f"select e,i,count() from (select arraySlice(a,1,{a.first}) a from d.ar) array join a as e, arrayEnumerate(a) as i group by 1,2"
    tasks("file.steps", lambda: ask(matrix), lambda r: sum(int(x[2]) for x in r))
    return chdb.__version__


if __name__ == "__main__":
    main()
