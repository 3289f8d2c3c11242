"""A scenario's exports: the log of events, orders, reviews and the diary, written as this company would."""

import csv
import gzip
import io
import json
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from tropa.domain.finding import FindingKind
from tropa.domain.text import Language
from tropa.simulate.calendar import DAY
from tropa.simulate.eventtable import Column, words_of
from tropa.simulate.scenario import Clock, EventsFile, Form, OrdersFile, ReviewsFile, Scenario, event_names, values_of
from tropa.simulate.scenario_paths import NEVER, Walked, Ways
from tropa.simulate.scenario_people import day_number, members

_DAYS_TO_WRITE = 4.0
_SPACED = "T"


def scenario_files(scenario: Scenario, ways: Ways, seed: int) -> dict[str, bytes]:
    """All files by name."""
    ids = _ids(np.random.default_rng((seed, 6)), scenario, int(ways.person.max(initial=0)) + 1)
    files = {scenario.events.file: _events(scenario, ways, ids)}
    if scenario.orders is not None:
        files[scenario.orders.file] = _orders(scenario, scenario.orders, ways, ids)
    if scenario.reviews is not None:
        rng = np.random.default_rng((seed, 7))
        files[scenario.reviews.file] = _reviews(rng, scenario, scenario.reviews, ways, ids)
    if scenario.changes:
        files[_diary(scenario)[0]] = _diary(scenario)[1]
    return files


def dates_in_orders(scenario: Scenario) -> dict[str, str]:
    """Events that are no rows of the log but dates of the orders: event → column."""
    if scenario.orders is None:
        return {}
    start = scenario.step_number(scenario.orders.since_step)
    return {step.event: scenario.orders.columns[step.event] for step in scenario.steps[start:]}


def _ids(rng: np.random.Generator, scenario: Scenario, count: int) -> list[str]:
    """All different, telling nothing about their owners: numbers, or letters and numbers."""
    numbers = rng.choice(max(9 * count, 90_000), size=count, replace=False) + 100_000
    style = int(rng.integers(3))
    if style == 0:
        return [str(number) for number in numbers.tolist()]
    if style == 1:
        return [f"{scenario.events.person[:1].lower()}{number}" for number in numbers.tolist()]
    return [f"{number * 2_654_435_761 % (1 << 32):08x}-{number:06x}" for number in numbers.tolist()]


def moments(scenario: Scenario, at: Column, clock: Clock) -> list[str]:
    """Seconds from the first day as this file writes moments."""
    start = np.datetime64(scenario.first, "s")
    when = start + at.astype("timedelta64[s]")
    if clock is Clock.EPOCH:
        numbers: list[str] = when.astype(np.int64).astype(np.str_).tolist()
        return numbers
    text = np.datetime_as_string(when, unit="s")
    match clock:
        case Clock.ISO:
            found: list[str] = text.tolist()
        case Clock.ZULU:
            found = [f"{one}Z" for one in text.tolist()]
        case Clock.DAY_FIRST:
            found = [f"{one[8:10]}.{one[5:7]}.{one[:4]} {one[11:]}" for one in text.tolist()]
        case Clock.SPACE:
            found = [one.replace(_SPACED, " ") for one in text.tolist()]
    return found


def _amounts(minor: Column) -> list[str]:
    return ["" if one < 0 else f"{one // 100}.{one % 100:02d}" for one in minor.tolist()]


def _events(scenario: Scenario, ways: Ways, ids: Sequence[str]) -> bytes:
    """The log: a row an event, by time, without what stands in the orders."""
    names, book = event_names(scenario), scenario.events
    elsewhere = [names.index(event) for event in dates_in_orders(scenario)]
    rows = np.flatnonzero(~np.isin(ways.code, elsewhere))
    twice = (np.arange(len(rows)) * 2_654_435_761 % 100_000 < book.twice * 100_000).astype(np.int64)
    rows = np.repeat(rows, 1 + twice)
    code, attempt = ways.code[rows], ways.attempt[rows]
    columns = {
        book.person: words_of(ids, ways.person[rows]),
        book.event: words_of(names, code),
        book.time: moments(scenario, ways.at[rows], book.clock),
    }
    columns |= _properties(scenario, ways, attempt, code)
    steps = scenario.steps
    if any(step.amount is not None and step.event not in dates_in_orders(scenario) for step in steps):
        columns[book.amount] = _amounts(_amount_of(scenario, ways, code, attempt))
    if any(step.department for step in steps):
        columns[book.department] = _departments(scenario, code)
    return _table(book, columns)


def _amount_of(scenario: Scenario, ways: Ways, code: Column, attempt: Column) -> Column:
    paid = [
        event_names(scenario).index(name)
        for s in scenario.steps
        if s.amount is not None
        for name in (s.event, *s.instead)
    ]
    amount = np.concatenate([one.amount for one in ways.waves])
    found: Column = np.where(np.isin(code, paid) & (attempt >= 0), amount[attempt], NEVER)
    return found


def _properties(scenario: Scenario, ways: Ways, attempt: Column, code: Column) -> dict[str, list[str]]:
    """A column a property: empty where it is not known, or not yet."""
    return {
        one.name: words_of(list(one.values), known_values(scenario, ways, number, attempt, code))
        for number, one in enumerate(scenario.properties)
    }


def known_values(scenario: Scenario, ways: Ways, number: int, attempt: Column, code: Column) -> Column:
    """Which value of a property stands beside each event; −1 where it is not known, or not yet."""
    one = scenario.properties[number]
    value = np.where(attempt >= 0, ways.attempts.traits[number][attempt], -1)
    if one.since_step is not None:
        value = np.where(_first_step_of(scenario)[code] >= (scenario.step_number(one.since_step) or 0), value, -1)
    if one.known < 1:
        unknown = (np.arange(len(ways.attempts)) * 2_654_435_761 + number * 97) % 1000 >= one.known * 1000
        value = np.where((attempt >= 0) & unknown[attempt], -1, value)
    return value


def _first_step_of(scenario: Scenario) -> Column:
    """For each event name its step, or the step it follows; −1 for noise."""
    steps = {name: number for number, step in enumerate(scenario.steps) for name in (step.event, *step.instead)}
    steps |= {one.event: steps[one.after] for one in scenario.beside}
    steps |= {one.event: steps.get(one.at, -1) for one in scenario.planted if one.event is not None}
    return np.array([steps.get(name, -1) for name in event_names(scenario)], dtype=np.int64)


def _departments(scenario: Scenario, code: Column) -> list[str]:
    known = {name: step.department for step in scenario.steps for name in (step.event, *step.instead)}
    known |= {one.event: one.department for one in scenario.beside}
    return words_of([known.get(name) or "" for name in event_names(scenario)], code)


def _table(book: EventsFile, columns: dict[str, list[str]]) -> bytes:
    if book.form is Form.JSONL:
        keys = list(columns)
        rows = (
            json.dumps({key: cell for key, cell in zip(keys, row, strict=True) if cell != ""}, ensure_ascii=False)
            for row in zip(*columns.values(), strict=True)
        )
        content = ("\n".join(rows) + "\n").encode()
    else:
        content = delimited(list(columns), list(columns.values()), book.delimiter).encode(book.encoding)
    return gzip.compress(content, compresslevel=4, mtime=0) if book.file.endswith(".gz") else content


def delimited(header: Sequence[str], columns: Sequence[Sequence[str]], delimiter: str) -> str:
    """A table of cells, quoted where they have to be."""
    first, *rest = (_quoted(column, (delimiter, '"', "\n", "\r")) for column in (header, *columns))
    return "\n".join([delimiter.join(first), *map(delimiter.join, zip(*rest, strict=True)), ""])


def _quoted(column: Sequence[str], special: Sequence[str]) -> Sequence[str]:
    whole = "\0".join(column)
    if not any(mark in whole for mark in special):
        return column
    risky = {cell for cell in set(column) if any(mark in cell for mark in special)}
    return ['"' + cell.replace('"', '""') + '"' if cell in risky else cell for cell in column]


def _orders(scenario: Scenario, book: OrdersFile, ways: Ways, ids: Sequence[str]) -> bytes:
    """A row an order by its first date; dates that have not come are empty."""
    start = scenario.step_number(book.since_step) or 0
    at, taken, amount = (
        np.concatenate([getattr(one, name) for one in ways.waves], axis=-1) for name in ("at", "taken", "amount")
    )
    end = scenario.days * DAY
    made = np.flatnonzero((at[start] != NEVER) & (at[start] < end))
    made = made[np.argsort(at[start, made], kind="stable")]
    columns = {
        book.key: [str(number) for number in range(70_001, 70_001 + len(made))],
        book.person: words_of(ids, ways.attempts.person[made]),
    }
    for number in range(start, len(scenario.steps)):
        known = (at[number, made] != NEVER) & (at[number, made] < end) & taken[number, made]
        cells = moments(scenario, np.where(known, at[number, made], 0), book.clock)
        columns[book.columns[scenario.steps[number].event]] = [
            cell if there else "" for cell, there in zip(cells, known.tolist(), strict=True)
        ]
    if any(step.amount is not None for step in scenario.steps):
        columns[book.amount] = _amounts(amount[made])
    return delimited(list(columns), list(columns.values()), book.delimiter).encode(book.encoding)


def _reviews(rng: np.random.Generator, scenario: Scenario, book: ReviewsFile, ways: Ways, ids: Sequence[str]) -> bytes:
    """Reviews by day: what anybody says, and what a planted pain makes people say."""
    rows: list[tuple[int, int, int, str]] = []
    for wave in ways.waves:
        rows += _ordinary(rng, book, wave)
        rows += _complaints(rng, scenario, wave)
    rows = sorted(row for row in rows if row[0] < scenario.days)
    table = io.StringIO()
    writer = csv.writer(table, delimiter=book.delimiter, lineterminator="\n")
    writer.writerow(book.columns)
    for number, (day, person, rating, text) in enumerate(rows, start=1):
        date = (scenario.first + timedelta(days=day)).isoformat()
        writer.writerow((number, ids[person], rating, date, text))
    return table.getvalue().encode(book.encoding)


def _ordinary(rng: np.random.Generator, book: ReviewsFile, wave: Walked) -> list[tuple[int, int, int, str]]:
    writers = np.flatnonzero(rng.random(len(wave.attempts)) < book.share)
    days = wave.left[writers] // DAY + 1 + rng.exponential(_DAYS_TO_WRITE, size=len(writers)).astype(np.int64)
    rows = []
    for row, day in zip(writers.tolist(), days.tolist(), strict=True):
        pleased = rng.random() < book.pleased
        texts = book.good if pleased else book.bad
        rating = int(rng.integers(4, 6)) if pleased else int(rng.integers(1, 4))
        rows.append((day, int(wave.attempts.person[row]), rating, texts[int(rng.integers(len(texts)))]))
    return rows


def _complaints(rng: np.random.Generator, scenario: Scenario, wave: Walked) -> list[tuple[int, int, int, str]]:
    rows = []
    for one in scenario.planted:
        place = scenario.step_number(one.at)
        if one.kind is not FindingKind.PAIN or place is None:
            continue
        at = wave.at[place]
        struck = (at != NEVER) & members(scenario, wave.attempts.traits, values_of(one.group))
        if one.since is not None:
            struck &= at >= day_number(scenario, one.since) * DAY
        for row in np.flatnonzero(struck & (rng.random(len(at)) < one.size)).tolist():
            day = int(at[row]) // DAY + int(rng.exponential(2.0))
            text = one.words[int(rng.integers(len(one.words)))]
            rows.append((day, int(wave.attempts.person[row]), int(rng.integers(1, 3)), text))
    return rows


def _diary(scenario: Scenario) -> tuple[str, bytes]:
    """The company's own dated changes."""
    russian = scenario.language is Language.RU
    header = ("Дата", "Что изменили") if russian else ("date", "change")
    rows = [header, *((one.on.isoformat(), one.text) for one in scenario.changes)]
    columns = list(zip(*rows[1:], strict=True))
    return "changes.csv", delimited(header, columns, ";" if russian else ",").encode()
