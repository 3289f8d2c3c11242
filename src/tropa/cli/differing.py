"""`tropa diff` in words: what changed for sure, what may be chance, what came, went and moved."""

from collections.abc import Iterator, Sequence
from typing import Any

from tropa.assembly.differences import Difference, Differences, Weight
from tropa.cli.words import say
from tropa.domain.diff import Change, ChangeKind, Figure
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language, Text
from tropa.mapfile.records import encode
from tropa.render import words
from tropa.render.data_metrics import WORSE_WHEN_HIGHER
from tropa.render.headline import provenance

_MOST = 12
_WEIGHTS = (Weight.BEYOND, Weight.WITHIN, Weight.FEW, Weight.UNJUDGED)
_KINDS = (ChangeKind.ADDED, ChangeKind.GONE, ChangeKind.MOVED, ChangeKind.REWORDED)


def difference_lines(before: JourneyMap, after: JourneyMap, found: Differences, language: Language) -> Iterator[str]:
    """Both maps, then figures by what their difference is worth, then what came, went, moved and is said otherwise."""
    for key, one in (("before", before), ("after", after)):
        yield f"{say(f'diff.{key}', language)}: {one.title.said_in(language)} · {provenance(one, language)}"
    if found.overlap:
        yield say("diff.overlap", language)
    names = _Names(before, after, language)
    for weight in _WEIGHTS:
        yield from _section(f"diff.{weight}", [one for one in found.changes if one.weight is weight], names)
    for kind in _KINDS:
        yield from _section(f"diff.{kind}", [one for one in found.changes if one.change.kind is kind], names)


def _section(key: str, rows: Sequence[Difference], names: "_Names") -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield f"{say(key, names.language).capitalize()}: {len(rows)}"
    yield from (f"  {names.line(one)}" for one in rows[:_MOST])
    if len(rows) > _MOST:
        yield f"  {say('diff.more', names.language, count=len(rows) - _MOST)}"


class _Names:
    """Says changes in one language, with the names of both maps."""

    def __init__(self, before: JourneyMap, after: JourneyMap, language: Language) -> None:
        self.language = language
        both = (before, after)
        self.stages = {one.key: one.name for journey in both for one in journey.stages}
        self.steps = {step.key: step.name for journey in both for one in journey.stages for step in one.steps}
        self.lanes = {one.key: one.name for journey in both for one in journey.lanes}

    def line(self, one: Difference) -> str:
        """One change on one line."""
        change = one.change
        name = f"{say(f'diff.record.{change.record}', self.language)} {words.in_quotes(self._short(change.name))}"
        stage = self.stages.get(change.stage or "")
        if stage is not None and change.record not in {"stage", "finding"}:
            name = f"{name} ({stage.said_in(self.language)})"
        match change.kind:
            case ChangeKind.FIGURE:
                return f"{name}: {self._figures(one)}"
            case ChangeKind.MOVED:
                return f"{name}: {self._place(change.before)} → {self._place(change.after)}"
            case ChangeKind.REWORDED:
                was, now = (words.in_quotes(self._side(one)) for one in (change.before, change.after))
                return f"{name}: {was} → {now}"
            case _:
                return name

    def _short(self, name: Text) -> str:
        said = " ".join(name.said_in(self.language).split())
        return said if len(said) <= 90 else f"{said[:88].rstrip()}…"

    def _side(self, value: object) -> str:
        return self._short(value) if isinstance(value, Text) else str(value)

    def _place(self, value: object) -> str:
        known = {**self.lanes, **self.stages, **self.steps}
        parts = [one for one in value if one is not None] if isinstance(value, tuple) else []
        return " › ".join(known[one].said_in(self.language) if one in known else str(one) for one in parts)

    def _figures(self, one: Difference) -> str:
        was, now = one.change.before, one.change.after
        what = next((side.what for side in (now, was) if isinstance(side, Figure)), "")
        told = f"{self._what(what)} {self._figure(was)} → {self._figure(now)}".lstrip()
        if one.apart is None or not isinstance(now, Figure):
            return told
        return f"{told} · {self._apart(one, now)}"

    def _what(self, what: str) -> str:
        key = f"diff.what.{what}"
        return say(key, self.language) if key in _TOLD else ""

    def _figure(self, one: object) -> str:
        if not isinstance(one, Figure):
            return words.label("no-data", self.language)
        if one.unit is Unit.SHARE and one.of is not None:
            count = round(one.value * one.of) if one.count is None else one.count
            counts = words.of_whole(count, one.of, self.language)
            if one.of < FEW_PERSONS:
                return counts
            ends = (
                ""
                if one.low is None or one.high is None
                else f"; {words.span_of(100 * one.low, 100 * one.high, self.language)}"
            )
            return f"{words.percent(one.value, self.language)} ({counts}{ends})"
        value = words.amount(one.value, one.unit, self.language, one.currency)
        if one.low is None or one.high is None:
            return value
        return f"{value} ({words.interval(one.low, one.high, one.unit, self.language, one.currency)})"

    def _apart(self, one: Difference, now: Figure) -> str:
        assert one.apart is not None
        if now.unit is Unit.SHARE:
            low, high = (words.decimal(100 * end, self.language) for end in (one.apart.low, one.apart.high))
            size = f"{words.points(one.apart.value, self.language)} ({low} … {high})"
        else:
            sign = "+" if one.apart.value > 0 else words.MINUS
            size = f"{sign}{words.amount(abs(one.apart.value), now.unit, self.language, now.currency)}"
        if one.weight is not Weight.BEYOND:
            return size
        bad = now.unit is Unit.SECONDS or not WORSE_WHEN_HIGHER.isdisjoint(now.what.split("_"))
        return f"{size} · {say('diff.worse' if (one.apart.value > 0) is bad else 'diff.better', self.language)}"


_TOLD = frozenset(f"diff.what.{name}" for name in ("persons", "conversion", "median_time", "value"))


def difference_document(before: JourneyMap, after: JourneyMap, found: Differences) -> dict[str, Any]:
    """The same for programs."""
    return {
        "before": _map(before),
        "after": _map(after),
        "overlap": found.overlap,
        "changes": [_row(one) for one in found.changes],
    }


def _map(journey: JourneyMap) -> dict[str, Any]:
    made = journey.provenance
    period = made.period if made else None
    return {
        "key": journey.key,
        "title": encode(journey.title),
        "as_of": made.as_of.isoformat() if made else None,
        "period": None if period is None else {"from": period.start.isoformat(), "to": period.end.isoformat()},
        "persons": journey.persons,
    }


def _row(one: Difference) -> dict[str, Any]:
    change: Change = one.change
    row: dict[str, Any] = {"kind": change.kind.value, "record": change.record, "key": change.key}
    row |= {"stage": change.stage, "name": encode(change.name)}
    row |= {"before": encode(change.before), "after": encode(change.after)}
    if one.weight is None:
        return row
    apart = one.apart
    return row | {
        "verdict": one.weight.value,
        "difference": None if apart is None else encode({"value": apart.value, "low": apart.low, "high": apart.high}),
        "q_value": encode(one.q_value),
    }
