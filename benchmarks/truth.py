"""`make bench-truth`: are findings true? Random scenarios with planted problems, and clean ones, built as a user would.

Results are kept line by line, so a broken run goes on where it stopped. Even seeds are for development, odd ones judge.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.truth_report import report

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "reference" / "truth-bench.md"
KEPT = ROOT / ".bench" / "truth.jsonl"
KEEPS = ("kind", "stage", "at", "segment", "since", "metric", "value", "baseline", "of", "q_value", "persons_affected")


def main(arguments: list[str] | None = None) -> None:
    asked = _arguments(arguments)
    jobs = list(_wanted(asked))
    code = code_mark()
    done = {} if asked.fresh else _kept(asked.results, code)
    missing = [job for job in jobs if job not in done]
    print(f"{len(jobs)} scenarios, {len(jobs) - len(missing)} known already, {len(missing)} to build", file=sys.stderr)
    asked.results.parent.mkdir(parents=True, exist_ok=True)
    with asked.results.open("w" if asked.fresh else "a", encoding="utf-8") as book:
        book.write("\n" if book.tell() else "")  # after a line that was left half written
        for row in _rows(missing, asked.jobs):
            row["code"] = code
            done[row["seed"], row["planted"]] = row
            book.write(json.dumps(row, ensure_ascii=False) + "\n")
            book.flush()
            _progress(row, len(done))
    text = report([done[job] for job in jobs], command=_command(asked), code=code)
    print(text)
    if asked.write:
        TARGET.write_text(text, encoding="utf-8")


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth", description=__doc__)
    parser.add_argument("--planted", type=int, default=200, help="how many scenarios with a problem (200)")
    parser.add_argument("--clean", type=int, default=300, help="how many clean scenarios (300)")
    parser.add_argument("--seeds", choices=("odd", "even", "all"), default="odd", help="odd judge, even develop (odd)")
    parser.add_argument("--start", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--seed", type=int, action="append", help="only this seed; may be repeated")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="processes")
    parser.add_argument("--results", type=Path, default=KEPT, help="where results are kept")
    parser.add_argument("--fresh", action="store_true", help="forget kept results")
    parser.add_argument("--write", action="store_true", help="write docs/reference/truth-bench.md")
    return parser.parse_args(given)


def _command(asked: argparse.Namespace) -> str:
    flags = f"--planted {asked.planted} --clean {asked.clean} --seeds {asked.seeds} --start {asked.start}"
    return f'make bench-truth TRUTH="{flags}"'


def _wanted(asked: argparse.Namespace) -> Iterator[tuple[int, bool]]:
    step = 1 if asked.seeds == "all" else 2
    first = asked.start + (asked.start + (asked.seeds == "odd")) % 2 if step == 2 else asked.start
    for planted, count in ((True, asked.planted), (False, asked.clean)):
        seeds = asked.seed if asked.seed is not None else range(first, first + step * count, step)
        yield from ((seed, planted) for seed in (seeds if count else ()))


def code_mark() -> str:
    """What the product's code is, in a few signs: results of other code do not count."""
    mark = hashlib.sha256()
    for path in sorted((ROOT / "src" / "tropa").rglob("*")):
        if path.suffix in {".py", ".toml"}:
            mark.update(path.read_bytes())
    return mark.hexdigest()[:12]


def _kept(path: Path, code: str) -> dict[tuple[int, bool], dict[str, Any]]:
    if not path.exists():
        return {}
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue  # the line that a broken run left half written
        if row.get("code") == code:
            found[row["seed"], row["planted"]] = row
    return found


def _rows(jobs: list[tuple[int, bool]], processes: int) -> Iterator[dict[str, Any]]:
    if processes <= 1 or len(jobs) <= 1:
        yield from map(run_one, jobs)
        return
    with multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=100) as pool:
        yield from pool.imap_unordered(run_one, jobs)


def run_one(job: tuple[int, bool]) -> dict[str, Any]:
    """Simulate, understand, build; what was told and what is true."""
    from tropa.simulate.scenario_random import described, random_scenario
    from tropa.simulate.scenario_run import simulate_scenario

    seed, planted = job
    began = time.process_time()
    scenario = random_scenario(seed, planted=planted)
    business = simulate_scenario(scenario, seed=seed)
    simulated = time.process_time()
    truth = json.loads(business.truth)
    row = {"seed": seed, "planted": planted, "scenario": described(scenario), "truth": truth}
    try:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / scenario.scenario
            folder.mkdir()
            for name, content in business.files.items():
                (folder / name).write_bytes(content)
            findings, names = built(folder, truth)
        row |= {"findings": findings, "truth": {**truth, "names": names}}
    except Exception as error:  # noqa: BLE001  a scenario that breaks the build is a result too
        row |= {"findings": [], "error": f"{type(error).__name__}: {error}"[:300]}
    row["seconds"] = {"simulate": round(simulated - began, 2), "build": round(time.process_time() - simulated, 2)}
    return row


def built(folder: Path, truth: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """`tropa init --yes`, `tropa build`: the findings file, and the project's names for dates of orders."""
    from tropa.bootstrap import Workshop

    workshop = Workshop(folder)
    workshop.keep(workshop.first_look().understanding.project)
    project = workshop.project()
    workshop.build(project)
    found = json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))
    findings = [{key: one.get(key) for key in KEEPS} for one in found[:20]]
    events = {column: event for event, column in truth["dates_in_orders"].items()}
    names = {
        name: events[column.column]
        for source in project.sources
        if source.file == truth["orders"]
        for name, column in getattr(source, "dates", {}).items()
        if column.column in events
    }
    return findings, names


def _progress(row: dict[str, Any], done: int) -> None:
    told = row.get("error") or f"{len(row['findings'])} findings"
    kind = "planted" if row["planted"] else "clean"
    print(f"{done}: {kind} {row['seed']} {row['scenario']['trade']}: {told}, {row['seconds']}", file=sys.stderr)


if __name__ == "__main__":
    main()
