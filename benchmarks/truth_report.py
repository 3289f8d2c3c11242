"""The truth bench in tables: precision and recall by kind, size and population, and what clean scenarios are told."""

import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchmarks.truth_score import Score, Scored, score
from tropa.stats.proportions import proportion

Row = Mapping[str, Any]
LARGE, COSTLY = 2_000, 0.05
GROWTH = frozenset({"opportunity", "upsell"})


@dataclass(frozen=True, slots=True)
class Case:
    """A planted scenario with its score."""

    row: Row
    score: Score


def is_in_goal(planted: Row) -> bool:
    """An effect that costs at least 5 % of the conversions of a group of at least 2,000; growth costs nothing."""
    return planted["kind"] not in GROWTH and bool(planted["people"] >= LARGE and planted["cost"] >= COSTLY)


def report(rows: Sequence[Row], *, command: str, code: str) -> str:
    """The whole page."""
    cases = [Case(row, score(row["findings"], row["truth"])) for row in rows if row["planted"]]
    clean = [Case(row, score(row["findings"], row["truth"])) for row in rows if not row["planted"]]
    failed = [row for row in rows if row.get("error")]
    lines = ["# Are findings true?", "", *_conditions(rows, command, code)]
    lines += ["", "## The goal", "", *_goal(cases, clean)]
    lines += ["", "## By kind", "", *_table("kind", cases, lambda one: one["kind"])]
    lines += ["", "## By size", "", *_table("costs, of the group's conversions", cases, _cost_band)]
    lines += ["", "By how clearly it stands out of chance in the data (standard deviations):", ""]
    lines += _table("strength", cases, _strength_band)
    lines += ["", "## By population", "", *_table("people in the group", cases, _people_band)]
    lines += ["", *_table("properties in the group", cases, lambda one: str(len(one["segment"])))]
    lines += ["", *_table("date", cases, lambda one: "since a day" if one["since"] else "always")]
    lines += ["", "## Clean scenarios", "", *_clean(clean)]
    if failed:
        lines += ["", f"Not built: {', '.join(str(row['seed']) + ' ' + row['error'] for row in failed)}"]
    return "\n".join([*lines, ""])


def _conditions(rows: Sequence[Row], command: str, code: str) -> list[str]:
    seconds = sorted(row["seconds"]["simulate"] + row["seconds"]["build"] for row in rows) or [0.0]
    trades = len({row["scenario"]["trade"] for row in rows})
    return [
        f"`{command}`: {sum(row['planted'] for row in rows)} scenarios with a planted problem or two and",
        f"{sum(not row['planted'] for row in rows)} clean ones, of {trades} trades, 2,000–30,000 people, 4–9 steps;",
        "each was simulated into files, understood as by `tropa init --yes` and built as by `tropa build`.",
        f"Code {code}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()};",
        f"a scenario took {seconds[len(seconds) // 2]:.1f} s of processor time (median; the slowest {seconds[-1]:.1f}).",
        "",
        "A finding is right when its kind, place, group (value for value) and date (within 3 days) are the planted ones; every",
        "other of the first ten is false, unless it is about the same people at the same place or later. The rules with",
        "their reasons stand in `benchmarks/truth_score.py`; *loosely* means the right kind and place for a group that",
        "shares people. Intervals are Wilson's, 95 %. [Scenarios](scenarios.md) says what is planted and how, and what counts",
        "as nature. Odd seeds judge; the search is mended with even seeds only.",
    ]


def _goal(cases: Sequence[Case], clean: Sequence[Case]) -> list[str]:
    chosen = [one for case in cases for one in case.score.planted if is_in_goal(one.planted)]
    whole = [
        case for case in cases if case.score.planted and all(is_in_goal(one.planted) for one in case.score.planted)
    ]
    right, false = sum(case.score.right for case in whole), sum(case.score.false for case in whole)
    invented = sum(case.score.false for case in clean)
    return [
        "Effects that cost at least 5 % of the conversions of a group of at least 2,000 people:",
        "",
        "| measure | here | goal |",
        "|---|---|---|",
        f"| recall | {share(sum(one.right for one in chosen), len(chosen))} | ≥ 0.95 |",
        f"| recall, loosely | {share(sum(one.loose for one in chosen), len(chosen))} | |",
        f"| precision | {share(right, right + false)} | ≥ 0.95 |",
        f"| false findings a clean scenario | {per(invented, len(clean))} | ≤ 0.05 |",
    ]


def _clean(clean: Sequence[Case]) -> list[str]:
    with_any = sum(case.score.false > 0 for case in clean)
    lines = [
        f"False findings: {per(sum(case.score.false for case in clean), len(clean))} a scenario;",
        f"scenarios with any: {share(with_any, len(clean))}.",
        "",
        "| decoy in it | scenarios | false findings | a scenario |",
        "|---|---|---|---|",
    ]
    for kind in sorted({kind for case in clean for kind in case.row["scenario"]["decoys"]}):
        those = [case for case in clean if kind in case.row["scenario"]["decoys"]]
        false = sum(case.score.false for case in those)
        lines.append(f"| {kind} | {len(those)} | {false} | {false / len(those):.3f} |")
    return lines


def _table(name: str, cases: Iterable[Case], band: Callable[[Row], str]) -> list[str]:
    """Recall, and the precision of scenarios that have such a problem."""
    by_band: dict[str, list[tuple[Scored, Case]]] = {}
    for case in cases:
        for one in case.score.planted:
            by_band.setdefault(band(one.planted), []).append((one, case))
    lines = [
        f"| {name} | planted | recall | exactly this kind | loosely | of the goal's effects | precision of their scenarios |",
        "|---|---|---|---|---|---|---|",
    ]
    for key in sorted(by_band, key=_order):
        found = by_band[key]
        those = list({case.row["seed"]: case for _, case in found}.values())
        right, false = sum(case.score.right for case in those), sum(case.score.false for case in those)
        count = len(found)
        lines.append(
            f"| {key} | {count} | {share(sum(one.right for one, _ in found), count)} "
            f"| {sum(one.exact_kind for one, _ in found)} | {sum(one.loose for one, _ in found)} "
            f"| {_in_goal(one for one, _ in found)} "
            f"| {share(right, right + false)} |"
        )
    return lines


def _in_goal(found: Iterable[Scored]) -> str:
    chosen = [one for one in found if is_in_goal(one.planted)]
    return f"{sum(one.right for one in chosen)} of {len(chosen)}"


def _order(key: str) -> tuple[float, str]:
    digits = key.split("–", maxsplit=1)[0].lstrip("<≥ ").replace(",", "").rstrip(" %")
    return (float(digits) - (0.5 if key.startswith("<") else 0), key) if digits.replace(".", "").isdigit() else (0, key)


def _band(value: float, edges: Sequence[float], show: Callable[[float], str]) -> str:
    for low, high in pairwise(edges):
        if low <= value < high:
            return f"{show(low)}–{show(high)}"
    return f"< {show(edges[0])}" if value < edges[0] else f"≥ {show(edges[-1])}"


def _cost_band(planted: Row) -> str:
    return _band(planted["cost"], (0.05, 0.1, 0.2, 0.4), lambda edge: f"{edge:.0%}".replace("%", " %"))


def _strength_band(planted: Row) -> str:
    return _band(planted["strength"], (5, 7, 10, 20), lambda edge: f"{edge:g}")


def _people_band(planted: Row) -> str:
    return _band(planted["people"], (500, 1_000, 2_000, 5_000), lambda edge: f"{edge:,.0f}")


def share(hits: int, of: int) -> str:
    """A share with its interval and counts."""
    if not of:
        return "— (0)"
    found = proportion(hits, of)
    return f"{found.value:.2f} ({found.low:.2f}–{found.high:.2f}; {hits} of {of})"


def per(count: int, of: int) -> str:
    """So many for each."""
    return f"{count / of:.3f} ({count} in {of})" if of else "— (0)"
