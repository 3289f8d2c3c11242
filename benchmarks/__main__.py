"""`make bench`: how long the main jobs take and how much memory, on this machine, into docs/reference/figures.md."""

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import write_shop

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "reference" / "figures.md"


@dataclass(frozen=True)
class Figure:
    what: str
    seconds: list[float]
    peak_mb: int | None
    goal: str

    def row(self) -> str:
        shown = f"{statistics.median(self.seconds):.3f} ({min(self.seconds):.3f}–{max(self.seconds):.3f})"
        return f"| {self.what} | {shown} | {self.peak_mb or '—'} | {self.goal} |"


def run(arguments: list[str], *, repeats: int, before: Callable[[], None] = lambda: None) -> tuple[list[float], int]:
    seconds, peak = [], 0
    for _ in range(repeats):
        before()
        began = time.perf_counter()
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds.append(time.perf_counter() - began)
        if status:
            raise SystemExit(f"{' '.join(arguments)} ended with {status}")
        peak = max(peak, usage.ru_maxrss // 1024)
    return seconds, peak


def tropa(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tropa", *arguments]


def builds(work: Path, *, events: int, reviews: int, repeats: int, goal: str) -> Figure:
    folder = work / f"shop-{events}"
    write_shop(folder, events=events, reviews=reviews)
    subprocess.run(tropa("init", str(folder), "--yes"), check=True, stderr=subprocess.DEVNULL)

    def fresh() -> None:
        shutil.rmtree(folder / ".tropa", ignore_errors=True)
        shutil.rmtree(folder / "out", ignore_errors=True)

    seconds, peak = run(tropa("build", str(folder)), repeats=repeats, before=fresh)
    return Figure(f"build, {events:,} events and {reviews:,} reviews", seconds, peak, goal)


def exports(repeats: int) -> list[Figure]:
    sys.path.insert(0, str(ROOT / "tests"))
    from builders.maps import a_map_with
    from tropa.adapters.exports.kinds import exporter_for
    from tropa.domain.text import Language

    journey = a_map_with(steps=24)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, goal in (("svg", "≤ 0.020"), ("png", "≤ 0.300"), ("pdf", "≤ 0.300")):
            seconds = []
            for number in range(repeats + 1):
                began = time.perf_counter()
                exporter_for(kind, paper="fit").export(journey, Path(folder) / f"map.{kind}", Language.RU)
                if number:
                    seconds.append(time.perf_counter() - began)
            figures.append(Figure(f"{kind.upper()} of a map with 24 steps", seconds, None, goal))
    return figures


def main() -> None:
    quick = "--quick" in sys.argv
    figures = [Figure("tropa --help", *run(tropa("--help"), repeats=9), "≤ 0.3")]
    figures += exports(9)
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        figures.append(
            builds(work, events=1_000_000, reviews=10_000, repeats=1 if quick else 3, goal="≤ 15 s, ≤ 1,500 MB")
        )
        if not quick:
            figures.append(builds(work, events=10_000_000, reviews=10_000, repeats=1, goal="≤ 60 s, ≤ 3,000 MB"))
    lines = [
        "# Figures",
        "",
        f"Measured with `make bench` on {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()};",
        "medians (fastest–slowest) of whole processes, the compiled kernels already in their cache.",
        "",
        "| what | seconds | peak MB | goal |",
        "|---|---|---|---|",
        *(figure.row() for figure in figures),
        "",
    ]
    print("\n".join(lines))
    print(json.dumps({"peak_of_bench_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
    if not quick:
        TARGET.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
