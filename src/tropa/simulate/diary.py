"""What happened to whom and when, gathered row by row, and written as a company's tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from tropa.simulate.calendar import DAY
from tropa.simulate.eventtable import gzipped
from tropa.simulate.scenario_files import delimited
from tropa.simulate.story_exports import written
from tropa.simulate.story_facts import AFTER_FIRST, AFTER_LAST, Delivery
from tropa.simulate.telling import TableWords, Telling
from tropa.simulate.workbook import Cell

FIRST = date(2024, 10, 1)
SPLIT = (AFTER_FIRST - FIRST).days * DAY
END = ((AFTER_LAST - FIRST).days + 1) * DAY
"""Seconds from the first day of the first delivery to the second one, and to the end of all."""
_START = datetime.combine(FIRST, time())


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: by whom, what, when (seconds from the first day), and what else is known of it, in keys."""

    who: int
    step: str
    at: int
    about: Mapping[str, str] = field(default_factory=dict)


def second_of(day: date) -> int:
    """The first second of a date."""
    return (day - FIRST).days * DAY


def moment_of(at: int) -> datetime:
    """The wall clock at this second."""
    return _START + timedelta(seconds=at)


def delivered(at: int, delivery: Delivery) -> bool:
    """Whether a moment lies in the months of this delivery."""
    return 0 <= at < SPLIT if delivery is Delivery.BEFORE else SPLIT <= at < END


def log_of(
    telling: Telling, words: TableWords, entries: Iterable[Entry], who: Callable[[int], Mapping[str, str]]
) -> bytes:
    """A row an entry, by time: whose (`who` gives the cells of it by their heads), what, when, and what is known."""
    ordered = sorted(entries, key=lambda one: one.at)
    known = [name for name in telling.heads if any(name in one.about for one in ordered)]
    columns: dict[str, list[str]] = {}
    for one in ordered:
        for head, cell in who(one.who).items():
            columns.setdefault(head, []).append(cell)
    columns[words.heads["event"]] = [telling.events[one.step] for one in ordered]
    columns[words.heads["time"]] = [moment_of(one.at).isoformat(" ") for one in ordered]
    for name in known:
        values = telling.values[name]
        columns[telling.heads[name]] = [values[one.about[name]] if name in one.about else "" for one in ordered]
    text = delimited(list(columns), list(columns.values()), ",")
    return gzipped(text) if words.file.endswith(".gz") else text.encode()


def table_of(
    telling: Telling, key: str, columns: Mapping[str, Sequence[Cell]], *, encoding: str | None = None
) -> bytes:
    """A table of the story: columns by the keys of its heads, or of properties in words."""
    words = telling.tables[key]
    named = {words.heads.get(name) or telling.heads[name]: cells for name, cells in columns.items()}
    return written(words.file, named, replace(telling.shape, encoding=encoding or telling.shape.encoding))
