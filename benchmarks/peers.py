"""`make bench-peers`: tropa against tuned chDB and DuckDB on one file of events, in one run; into docs/reference/peers.md.

    python -m benchmarks.peers [--sizes 1,10] [--repeats 9] [--engines …] [--keep DIR]

Each engine lives in its own process (so processor time and peak memory are its own), loads once, and then answers the
standard set; the engines take turns, so that whatever else the machine does falls on all alike.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers_data import GOAL, STEPS, write_events

ROOT = Path(__file__).parents[1]
RULER = ROOT.parent / "shared" / "bench" / "peers_bench.py"
TARGET = ROOT / "docs" / "reference" / "peers.md"
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
MILLION = 1_000_000
NAMED = {
    "tropa_store": "tropa, from its store",
    "tropa_file": "tropa, from time-sorted Parquet",
    "chdb": "chDB",
    "chdb_file": "chDB, from time-sorted Parquet",
    "duckdb": "DuckDB",
    "rete": "retentioneering",
}
MOST = {"rete": 10}  # millions of events that an engine is asked at most


@dataclass
class Runner:
    """A process of one engine, and what it told."""

    engine: str
    process: subprocess.Popen
    version: str = ""
    loads: dict = field(default_factory=dict)
    formulations: list[str] = field(default_factory=list)
    rounds: dict[str, list[dict]] = field(default_factory=dict)
    peak_mb: int = 0

    @classmethod
    def started(cls, engine: str, events: Path, threads: int) -> "Runner":
        python = sys.executable if engine.startswith("tropa") else str(PEERS_PYTHON)
        arguments = [python, str(Path(__file__).with_name("peer_child.py")), engine, str(events), str(RULER)]
        arguments += ["--steps", ",".join(STEPS), "--goal", GOAL, "--threads", str(threads)]
        quiet = {**os.environ, "RETENTIONEERING_NO_TRACK": "1"}
        process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=quiet
        )
        runner = cls(engine, process)
        told = runner._hear()
        runner.version, runner.loads, runner.formulations = told["version"], told["loads"], told["formulations"]
        return runner

    def ask(self) -> None:
        """One round of every formulation."""
        for formulation in self.formulations:
            self.process.stdin.write(formulation + "\n")
            self.process.stdin.flush()
            told = self._hear()
            self.rounds.setdefault(formulation, []).append(told["tasks"])
            self.peak_mb = told["peak_mb"]

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()

    def _hear(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.engine} ended without an answer (code {self.process.wait()}).")
        return json.loads(line)

    def totals(self, formulation: str, kind: str) -> list[float]:
        """Seconds of the whole set, a round each."""
        return [sum(task[kind] for task in one.values() if kind in task) for one in self.rounds[formulation]]


def quartiles(values: list[float]) -> tuple[float, float, float]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def shown(values: list[float]) -> str:
    low, middle, high = quartiles(values)
    return f"{middle:.3f} ({low:.3f}–{high:.3f})"


def compared(millions: int, engines: list[str], *, repeats: int, threads: int, work: Path) -> list[Runner]:
    events = work / f"events-{millions}.parquet"
    if not events.exists():
        write_events(events, events=millions * MILLION)
    runners = [Runner.started(one, events, threads) for one in engines if millions <= MOST.get(one, 1000)]
    for number in range(repeats + 1):
        for runner in runners:
            runner.ask()
        if number == 0:  # the first round warms every engine alike
            for runner in runners:
                runner.rounds.clear()
        print(f"{millions} M: round {number} of {repeats}", file=sys.stderr, flush=True)
    for runner in runners:
        runner.end()
    return runners


def checks(runners: list[Runner]) -> list[str]:
    """Differences between answers: the first engine's are the measure."""
    wanted: dict[str, object] = {}
    said = []
    for runner in runners:
        for formulation, rounds in runner.rounds.items():
            for name, task in rounds[-1].items():
                what = name.partition(".")[2]
                if "error" in task:
                    said.append(f"{runner.engine}, {name}: {task['error']}")
                elif task.get("check") is None or runner.engine == "rete":
                    continue
                elif wanted.setdefault(what, task["check"]) != task["check"]:
                    said.append(f"{runner.engine}, {formulation}.{what}: {task['check']} and not {wanted[what]}")
    return said


def best(runners: list[Runner], kind: str, *, from_file: bool) -> tuple[str, list[float]]:
    """The peer's formulation with the lowest median of the whole set."""
    found = []
    for runner in runners:
        if runner.engine.startswith("tropa") or runner.engine == "rete":
            continue
        for formulation in runner.rounds:
            own = runner.totals(formulation, kind)
            if from_file and runner.engine != "chdb_file":
                own = [one + runner.loads["load"][kind] for one in own]
            elif not from_file and runner.engine == "chdb_file":
                continue
            found.append((statistics.median(own), f"{NAMED[runner.engine]}, {formulation}", own))
    _, name, own = min(found)
    return name, own


def page_of(millions: int, runners: list[Runner], said: list[str]) -> list[str]:
    lines = [
        f"## {millions} M events",
        "",
        "| engine | load, s (processor) | set, s: median (quartiles) | processor, s | peak MB |",
        "|---|---|---|---|---|",
    ]
    for runner in runners:
        load = " + ".join(f"{one['wall']:.2f} ({one['cpu']:.2f})" for one in runner.loads.values()) or "—"
        for formulation in runner.rounds:
            name = f"{NAMED[runner.engine]} {runner.version}, {formulation}"
            wall, cpu = (shown(runner.totals(formulation, kind)) for kind in ("wall", "cpu"))
            lines.append(f"| {name} | {load} | {wall} | {cpu} | {runner.peak_mb} |")
    lines += ["", *ratios(runners), ""]
    lines += [f"- Not the same answer: {one}" for one in said] or ["All answers are equal."]
    return [*lines, "", *by_task(runners), ""]


def ratios(runners: list[Runner]) -> list[str]:
    told = []
    by_engine = {runner.engine: runner for runner in runners}
    for engine, from_file in (("tropa_store", False), ("tropa_file", True)):
        if engine not in by_engine:
            continue
        for kind, word in (("wall", "wall time"), ("cpu", "processor time")):
            name, peer = best(runners, kind, from_file=from_file)
            own = by_engine[engine].totals("set", kind)
            low, middle, high = quartiles([theirs / mine for theirs, mine in zip(peer, own, strict=True)])
            told.append(
                f"- {NAMED[engine]}: {middle:.1f} times less {word} (quartiles {low:.1f}–{high:.1f}) than the best peer ({name})."
            )
    if "tropa_store" in by_engine:
        peers = {
            one.engine: one.loads["load"]["wall"]
            for one in runners
            if "load" in one.loads and not one.engine.startswith("tropa") and one.engine != "rete"
        }
        engine, seconds = min(peers.items(), key=lambda one: one[1])
        own_load = by_engine["tropa_store"].loads["load"]["wall"]
        told.append(
            f"- The store is built in {own_load:.2f} s, {own_load / seconds:.2f} times the best peer's load ({NAMED[engine]}, {seconds:.2f} s)."
        )
    return told


def by_task(runners: list[Runner]) -> list[str]:
    lines = ["| engine | task | seconds: median | processor, s |", "|---|---|---|---|"]
    for runner in runners:
        for rounds in runner.rounds.values():
            for name in rounds[0]:
                own = [one[name] for one in rounds if "wall" in one[name]]
                if own:
                    wall, cpu = (statistics.median(one[kind] for one in own) for kind in ("wall", "cpu"))
                    lines.append(f"| {NAMED[runner.engine]} | {name} | {wall:.4f} | {cpu:.4f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1,10", help="millions of events")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--engines", default="tropa_store,tropa_file,chdb,chdb_file,duckdb")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder for the files of events, used again next time")
    parser.add_argument("--show", action="store_true", help="print, and leave the page as it is")
    asked = parser.parse_args()
    if not RULER.exists():
        raise SystemExit(f"The peers' formulations are not there: {RULER}")
    work = asked.keep or Path(tempfile.mkdtemp())
    work.mkdir(parents=True, exist_ok=True)
    lines = [
        "# tropa against tuned peers",
        "",
        (
            f"`make bench-peers` on {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {asked.threads} threads, "
            f"{asked.repeats} rounds in which the engines take turns; load average at the start {os.getloadavg()[0]:.1f}."
        ),
        "",
        (
            "The standard set: transitions split by whether a person ever bought, with exact medians of time; the 20 most common whole paths; "
            "a funnel of five steps within 7 days of any start; sessions (pauses over 30 minutes); the matrix of the first 10 steps. Loads stand apart."
        ),
        "",
    ]
    try:
        for millions in (int(one) for one in asked.sizes.split(",")):
            runners = compared(
                millions, asked.engines.split(","), repeats=asked.repeats, threads=asked.threads, work=work
            )
            lines += page_of(millions, runners, checks(runners))
    finally:
        if asked.keep is None:
            shutil.rmtree(work, ignore_errors=True)
    text = "\n".join(lines)
    print(text)
    if not asked.show:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
