"""A story's exports: the site's log, tables of orders and requests, the diary, as this company's systems write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tropa.simulate.calendar import DAY
from tropa.simulate.eventtable import Column, gzipped, words_of
from tropa.simulate.scenario import Clock, Scenario, event_names
from tropa.simulate.scenario_files import delimited, known_values, moments
from tropa.simulate.scenario_paths import NEVER, Ways
from tropa.simulate.story_facts import StoryFacts, Table
from tropa.simulate.telling import DatedChange, Shape, TableWords, Telling
from tropa.simulate.workbook import Cell, workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story lived through and about to be told: the facts, the words, everybody's way and number."""

    facts: StoryFacts
    telling: Telling
    scenario: Scenario
    ways: Ways
    ids: Sequence[str]


def elsewhere(facts: StoryFacts) -> frozenset[str]:
    """Events that stand in tables of their own and not in the log."""
    return frozenset({*facts.tickets, *(step for table in facts.tables for step in table.steps)})


def log_file(told: Told) -> bytes:
    """The site's log, a row an event, by time; under gzip where its name says so."""
    telling, ways = told.telling, told.ways
    names = event_names(told.scenario)
    away = [number for number, name in enumerate(names) if name in elsewhere(told.facts)]
    rows = np.flatnonzero(~np.isin(ways.code, away))
    code, attempt = ways.code[rows], ways.attempt[rows]
    columns = {
        telling.log.heads["person"]: words_of(told.ids, ways.person[rows]),
        telling.log.heads["event"]: words_of([telling.events.get(name, name) for name in names], code),
        telling.log.heads["time"]: moments(told.scenario, ways.at[rows], Clock.SPACE),
    }
    for name in told.facts.log_properties:
        columns[telling.heads[name]] = _values(told, name, attempt, code)
    text = delimited(list(columns), list(columns.values()), ",")
    return gzipped(text) if telling.log.file.endswith(".gz") else text.encode()


def _values(told: Told, name: str, attempt: Column, code: Column) -> list[str]:
    number = next(at for at, one in enumerate(told.scenario.properties) if one.name == name)
    words = [told.telling.values[name][value] for value in told.scenario.properties[number].values]
    return words_of(words, known_values(told.scenario, told.ways, number, attempt, code))


def table_file(told: Told, table: Table) -> bytes:
    """A row an attempt by its first date; dates that have not come are empty, the status is that of the last one."""
    ways, words = told.ways, told.telling.tables[table.key]
    numbers = [told.scenario.step_number(step) or 0 for step in table.steps]
    at = np.concatenate([wave.at for wave in ways.waves], axis=1)[numbers]
    taken = np.concatenate([wave.taken for wave in ways.waves], axis=1)[numbers]
    at = np.where(taken & (at < told.scenario.days * DAY), at, NEVER)
    made = np.flatnonzero(at[0] != NEVER)
    made = made[np.argsort(at[0, made], kind="stable")]
    columns: dict[str, Sequence[Cell]] = {
        words.heads["key"]: [words.number.format(number) for number in range(10_001, 10_001 + len(made))],
        words.heads["person"]: words_of(told.ids, ways.attempts.person[made]),
    }
    for step, times in zip(table.steps, at[:, made], strict=True):
        columns[words.heads[step]] = dated(told.scenario, times)
    if table.amount is not None:
        amount = np.concatenate([wave.amount for wave in ways.waves])[made]
        known = at[table.steps.index(table.amount), made] != NEVER
        columns[words.heads["amount"]] = [
            minor / 100 if there else None for minor, there in zip(amount.tolist(), known.tolist(), strict=True)
        ]
    for name in table.properties:
        columns[told.telling.heads[name]] = _at_the_end(told, name, made)
    if words.statuses:
        columns[words.heads["status"]] = _statuses(table, words, at[:, made])
    return written(words.file, columns, told.telling.shape)


def ledger_file(rng: np.random.Generator, told: Told, table: Table) -> bytes:
    """A row a step reached, by time: whose, when, for how much."""
    ways, words = told.ways, told.telling.tables[table.key]
    at = np.concatenate([wave.at for wave in ways.waves], axis=1)
    numbers = [told.scenario.step_number(step) or 0 for step in table.steps]
    reached = np.array([(at[n] != NEVER) & (at[n] < told.scenario.days * DAY) for n in numbers])
    usual = np.exp(0.25 * rng.standard_normal(at.shape[1]))
    step, row = np.nonzero(reached)
    times = at[np.array(numbers)[step], row]
    order = np.argsort(times, kind="stable")
    step, row, times = step[order], row[order], times[order]
    price = np.array([told.telling.prices[one] for one in table.steps])
    sums = np.rint(price[step] * usual[row] / 10) * 10
    columns: dict[str, Sequence[Cell]] = {
        words.heads["key"]: [words.number.format(number) for number in range(30_001, 30_001 + len(step))],
        words.heads["person"]: words_of(told.ids, ways.attempts.person[row]),
        words.heads["at"]: dated(told.scenario, times),
        words.heads["amount"]: sums.tolist(),
    }
    return written(words.file, columns, told.telling.shape)


def _at_the_end(told: Told, name: str, made: Column) -> list[str]:
    """Values as they stand when the table is exported: what comes late is known by then."""
    number = next(at for at, one in enumerate(told.scenario.properties) if one.name == name)
    one = told.scenario.properties[number]
    words = [told.telling.values[name][value] for value in one.values]
    value = told.ways.attempts.traits[number][made]
    if one.since_step is not None:
        at = np.concatenate([wave.at for wave in told.ways.waves], axis=1)[
            told.scenario.step_number(one.since_step) or 0
        ]
        reached = (at[made] != NEVER) & (at[made] < told.scenario.days * DAY)
        value = np.where(reached, value, -1)
    return words_of(words, value)


def _statuses(table: Table, words: TableWords, at: Column) -> list[str]:
    last = np.zeros(at.shape[1], dtype=np.int64)
    for number in range(len(table.steps)):
        last = np.where(at[number] != NEVER, number, last)
    return words_of([words.statuses[step] for step in table.steps], last)


def dated(scenario: Scenario, at: Column) -> list[Cell]:
    """Moments to the minute; None for those that have not come."""
    start = np.datetime64(scenario.first, "s")
    when = (start + (at // 60 * 60).astype("timedelta64[s]")).tolist()
    return [moment if known else None for moment, known in zip(when, (at != NEVER).tolist(), strict=True)]


def written(file: str, columns: dict[str, Sequence[Cell]], shape: Shape) -> bytes:
    """A table as a spreadsheet or as text, by the file's ending."""
    if file.endswith(".xlsx"):
        return workbook(file.rsplit(".", 1)[0], list(columns), list(zip(*columns.values(), strict=True)))
    cells = [[_plain(cell, shape) for cell in column] for column in columns.values()]
    return delimited(list(columns), cells, shape.delimiter).encode(shape.encoding)


def _plain(cell: Cell, shape: Shape) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.strftime(shape.moment)
        case float():
            return f"{cell:.2f}"
        case _:
            return str(cell)


def diary_file(telling: Telling, changes: Sequence[DatedChange]) -> bytes:
    """The company's own dated changes: when, what, where, for whom; never their effects."""
    words = telling.tables["changes"]
    columns: dict[str, Sequence[Cell]] = {
        words.heads["on"]: [one.on.strftime(telling.shape.day) for one in changes],
        words.heads["what"]: [one.what for one in changes],
        words.heads["where"]: [one.where for one in changes],
        words.heads["whom"]: [one.whom for one in changes],
    }
    return written(words.file, columns, telling.shape)
