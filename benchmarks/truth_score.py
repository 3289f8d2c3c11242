"""How findings compare with the truth of a scenario: the rules, exactly.

A finding is *right* when all four hold: its kind is the planted one or one of `EQUIVALENT`; its place is the planted
place (`is_at`); its group is the planted group, value for value (properties are compared by their values, since the
same property may stand in two files under two names); its date is within three days of the planted one, and there is none
where none was planted. *Loosely* right: an equivalent kind at the place for a group that shares people with the planted
one, whatever the date. Of the first ten findings every one that is not right is *false*, unless it is a *consequence*
of a planted problem (`is_consequence`): the same people, at the same place or a later one, and not dated before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

AMONG_FIRST = 10
WITHIN_DAYS = 3
LOST = ("drop_off", "segment_gap", "channel_gap")
EQUIVALENT: Mapping[str, tuple[str, ...]] = {
    # a loss of some people: «drop_off» says where, the gaps say whose; undated, both are true at once
    "drop_off": LOST,
    "segment_gap": LOST,
    "channel_gap": LOST,
    # a dead end is a loss whose last event is known; told as a loss at its place it sends one to the same people
    "dead_end": ("dead_end", *LOST),
    # a change that struck everybody or some: told as a loss since a date it says the same
    "change": ("change", "drop_off"),
    "slow": ("slow", "handover"),  # a wait between two departments is both
    "handover": ("handover", "slow"),
    "loop": ("loop",),
    "pain": ("pain",),
    "missing_stage": ("missing_stage",),
    "opportunity": ("opportunity",),
    "upsell": ("upsell", "opportunity"),
}
LEAVES = frozenset({"slow", "loop", "missing_stage", "handover"})
"""Kinds that can make people leave: then a loss at the place, for the same people, says it too (see `kinds_of`)."""

Values = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Scored:
    """One planted problem and whether it was told."""

    planted: Mapping[str, Any]
    right: bool
    exact_kind: bool
    loose: bool
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """A scenario's outcome: its planted problems, and how many of the first ten findings were right or false."""

    planted: tuple[Scored, ...]
    right: int
    false: int
    told: tuple[str, ...] = field(default=())


def kinds_of(planted: Mapping[str, Any]) -> tuple[str, ...]:
    """Kinds that tell this problem truly."""
    kinds = EQUIVALENT[planted["kind"]]
    if planted["kind"] in LEAVES and planted["loses"]:
        kinds = (*kinds, *LOST)
    if planted["kind"] == "change" and planted["at"]["to_event"] not in planted["path"]:
        kinds = ("change",)
    return kinds


def group_of(segment: Mapping[str, Any] | None) -> Values:
    """A group as the sets of values of its properties; nothing for everybody."""
    found = ((value,) if isinstance(value, str) else tuple(value) for value in (segment or {}).values())
    return frozenset(frozenset(str(one) for one in values) for values in found)


def is_at(finding: Mapping[str, Any], planted: Mapping[str, Any]) -> bool:
    """The planted place: it begins there or (what is lost on the way is not seen before) ends there.

    A loss may be told from the step before where the place is skipped by some. A circle has no beginning: either order
    will do. A dead end is also where it leads. A message is told by the message. A pain is told at its step.
    """
    start, end = finding["at"]["event"], finding["at"]["to_event"]
    at = planted["at"]
    match planted["kind"]:
        case "loop":
            return {start, end} == {at["event"], at["to_event"]} or start == at["to_event"]
        case "missing_stage" | "upsell":
            return bool(end == at["to_event"] or start == at["to_event"]) or _leaves_at(finding, planted, start)
        case "dead_end":
            return start in {at["event"], at["dead_end"]} or end in {at["to_event"], at["dead_end"]}
        case "pain":
            return at["event"] in {start, end}
        case _:
            return bool(start == at["event"] or end == at["to_event"])


def _leaves_at(finding: Mapping[str, Any], planted: Mapping[str, Any], start: str) -> bool:
    return bool(finding["kind"] in LOST and start == planted["at"]["event"])


def is_dated(finding: Mapping[str, Any], planted: Mapping[str, Any]) -> bool:
    """Within three days where a date was planted; without a date where none was."""
    if planted["since"] is None:
        return finding["since"] is None
    if finding["since"] is None:
        return False
    return abs((date.fromisoformat(finding["since"]) - date.fromisoformat(planted["since"])).days) <= WITHIN_DAYS


def shares_people(finding: Mapping[str, Any], planted: Mapping[str, Any]) -> bool:
    """Whether the groups are about the same people: each property named by both has a value in common, and one is named by
    both; everybody shares people with everybody only."""
    mine, theirs = group_of(finding["segment"]), group_of(planted["segment"])
    if not mine or not theirs:
        return mine == theirs
    return any(one & other for one in mine for other in theirs)


def is_consequence(finding: Mapping[str, Any], planted: Mapping[str, Any]) -> bool:
    """The same people, at the place or later on the path, not dated before the problem."""
    path = planted["path"]
    known = planted["beside"]
    begins = _step(path, known, planted["at"]["event"])
    ends = max(_step(path, known, finding["at"][key]) for key in ("event", "to_event"))
    early = (
        finding["since"] is not None
        and planted["since"] is not None
        and (date.fromisoformat(planted["since"]) - date.fromisoformat(finding["since"])).days > WITHIN_DAYS
    )
    return shares_people(finding, planted) and ends >= begins and not early


def _step(path: Sequence[str], beside: Mapping[str, str], event: str | None) -> int:
    """The number of a step, or of the step that an event follows; −1 for events that mean nothing."""
    name = beside.get(event or "", event)
    return path.index(name) if name in path else -1


def score(findings: Sequence[Mapping[str, Any]], truth: Mapping[str, Any]) -> Score:
    """Compare the first ten findings with what was planted."""
    first = [_named(one, truth) for one in findings[:AMONG_FIRST]]
    problems = [{**one, "path": truth["path"], "beside": truth["beside"]} for one in truth["planted"]]
    verdicts = [_verdict(one, problems) for one in first]
    return Score(
        planted=tuple(_scored(one, first) for one in problems),
        right=verdicts.count("right"),
        false=verdicts.count("false"),
        told=tuple(verdicts),
    )


def _verdict(finding: Mapping[str, Any], problems: Sequence[Mapping[str, Any]]) -> str:
    if any(is_right(finding, one) for one in problems):
        return "right"
    return "consequence" if any(is_consequence(finding, one) for one in problems) else "false"


def is_right(finding: Mapping[str, Any], planted: Mapping[str, Any]) -> bool:
    """Kind, place, group and date."""
    return (
        finding["kind"] in kinds_of(planted)
        and is_at(finding, planted)
        and group_of(finding["segment"]) == group_of(planted["segment"])
        and is_dated(finding, planted)
    )


def _scored(planted: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> Scored:
    right = [one for one in findings if is_right(one, planted)]
    placed = [one for one in findings if one["kind"] in kinds_of(planted) and is_at(one, planted)]
    loose = [one for one in placed if shares_people(one, planted)]
    return Scored(
        planted=planted,
        right=bool(right),
        exact_kind=any(one["kind"] == planted["kind"] for one in right),
        loose=bool(loose),
        why="" if right else _why(planted, findings, placed),
    )


def _why(planted: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], placed: Sequence[Mapping[str, Any]]) -> str:
    """What was wrong, in a few words."""
    if not findings:
        return "nothing told"
    grouped = [one for one in placed if group_of(one["segment"]) == group_of(planted["segment"])]
    if grouped:
        return f"date: {planted['since']} planted, {grouped[0]['since']} told"
    if placed:
        return f"group: {_short(planted)} planted, {_short(placed[0])} told"
    people = [one for one in findings if group_of(one["segment"]) == group_of(planted["segment"])]
    if people:
        one = people[0]
        return f"place or kind: told as {one['kind']} at {one['at']['event']} › {one['at']['to_event']}"
    return f"not told; instead {len(findings)}: {findings[0]['kind']} at {findings[0]['at']['event']}, {_short(findings[0])}"


def _short(one: Mapping[str, Any]) -> str:
    return " × ".join(sorted("/".join(sorted(values)) for values in group_of(one["segment"]))) or "everybody"


def _named(finding: Mapping[str, Any], truth: Mapping[str, Any]) -> Mapping[str, Any]:
    """The finding with the scenario's event names where the project calls dates of orders by its own."""
    names = truth.get("names", {})
    at = {key: names.get(name, name) for key, name in finding["at"].items()}
    return {**finding, "at": at}
