"""The rows of a source as arrays, with a verdict on each: accepted, rejected for a reason, or a duplicate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.keys import PseudonymKey, normalised
from tropa.adapters.stores.local.rawtable import NO_TIME, NOBODY, NOTHING, Moments, Prints, RawTable
from tropa.domain.evidence import Rating
from tropa.domain.project import PathSource, UnitKind
from tropa.domain.text import Text
from tropa.domain.voice import Mark
from tropa.errors import ConfigError, told
from tropa.events.log import Codes, Column, Times
from tropa.ports import LoadedFile
from tropa.texts.document import Voice

FIRST_MOMENT = 31_536_000_000  # 1971: what is earlier is an empty field of some program
LAST_MOMENT = 4_102_444_800_000  # 2100


class Verdict(IntEnum):
    """What became of a row."""

    ACCEPTED = 0
    NO_PERSON = 1
    NO_EVENT = 2
    NO_TIME = 3
    BAD_TIME = 4
    IMPOSSIBLE_TIME = 5
    NO_TEXT = 6
    DUPLICATE = 7


@dataclass(frozen=True, slots=True)
class EventRows:
    """A row is an event."""

    who: Codes
    event: Column
    time: Times
    amount: NDArray[np.int64] | None
    properties: dict[str, Column]


@dataclass(frozen=True, slots=True)
class EntityRows:
    """A row is an order, deal or ticket: a time for each of its events, NO_TIME where it did not happen.

    `undone`: rows whose status cancels the purchase; `status_time` dates the status.
    """

    who: Codes
    dates: tuple[tuple[str, Times], ...]
    status: Column | None
    status_time: Times | None
    undone: NDArray[np.bool_]
    amount: NDArray[np.int64] | None
    properties: dict[str, Column]


@dataclass(frozen=True, slots=True)
class ContactRows:
    """A row is a contact: the deal it names (−1 where none), the class of the buying centre that its title tells."""

    who: Codes
    classes: Column


@dataclass(frozen=True, slots=True)
class VoiceRows:
    """A row is what a customer said; texts are masked.

    `answers`: open questions with the rows' answers; `marks`: all marks of a row. `voices` None in a row: nobody's
    voice, as a question of an interviewer; `asked`: what a row answers; `speakers`: numbers of who speaks in a
    conversation.
    """

    who: Codes
    texts: list[str]
    ratings: list[Rating | None]
    time: Times
    source: Column | None
    ids: list[str] | None
    answers: tuple[tuple[str, list[str]], ...] = ()
    marks: list[tuple[Mark, ...]] | None = None
    voices: list[Voice | None] | None = None
    asked: list[str] | None = None
    speakers: Codes | None = None


@dataclass(slots=True, kw_only=True)
class SourceRows:
    """The rows of one source; arrays have one entry a row that its reader could read.

    `prints`: 64 bits of the cells of rows. `key`: the row's own id. What tells the newest version of a key: `updated`
    (UTC ms), `bare` (a continuation line that holds less), `latest` (the last time that the row knows). `person`: whom
    a case belongs to, or the contact; `company`: the customer's company, for deals and contacts.
    """

    spec: PathSource
    files: tuple[LoadedFile, ...]
    header: frozenset[str]
    file: Codes
    row: Sequence[int] | NDArray[np.int64]
    verdict: NDArray[np.int8]
    content: EventRows | EntityRows | VoiceRows | ContactRows
    prints: Prints
    key: Column | None = None
    updated: Times | None = None
    bare: NDArray[np.bool_] | None = None
    latest: Times
    of_units: frozenset[str] = frozenset()
    person: Codes | None = None
    company: Column | None = None

    @property
    def accepted(self) -> NDArray[np.bool_]:
        """The rows that count."""
        accepted: NDArray[np.bool_] = self.verdict == Verdict.ACCEPTED
        return accepted


@dataclass(slots=True)
class Identities:
    """Numbers of people and cases while a folder is read; pseudonyms take the names' place when it is stored."""

    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _unspelt: tuple[str, NDArray[Any]] | None = None

    @property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of each (namespace, name)."""
        if self._unspelt is not None:
            namespace, values = self._unspelt
            self._unspelt = None
            self._numbers = {(namespace, str(value)): number for number, value in enumerate(values.tolist())}
        return self._numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers) if self._unspelt is None else len(self._unspelt[1])

    def names(self) -> Callable[[int], tuple[str, str]]:
        """What tells namespace and name of a number."""
        if self._unspelt is None:
            return list(self._numbers).__getitem__
        namespace, values = self._unspelt
        return lambda number: (namespace, str(values[number]))

    def pseudonyms(self, who: Codes, keys: PseudonymKey) -> bytes:
        """The codes of some of them, one after another."""
        if self._unspelt is not None:
            namespace, values = self._unspelt
            return keys.pseudonyms((namespace, str(value)) for value in values[who].tolist())
        names = list(self._numbers)
        return keys.pseudonyms(names[one] for one in who.tolist())

    def of(self, table: RawTable, namespace: str, column: str) -> Codes:
        """For each row the number of who it is about, −1 where it says nobody."""
        whole = table.whole_numbers(column)
        if whole is None:
            return self.numbered(namespace, table.coded(column))
        if len(self) or _may_be_phones(whole.values):
            return self.numbered(namespace, Column(whole.codes, tuple(map(str, whole.values.tolist()))))
        self._unspelt = namespace, whole.values
        return whole.codes

    def numbered(self, namespace: str, column: Column) -> Codes:
        """For each row the number of who a text means, −1 where it means nobody."""
        known = self.numbers
        table = [
            -1 if (name := normalised(value)).casefold() in NOBODY else known.setdefault((namespace, name), len(known))
            for value in column.values
        ]
        return np.array([*table, -1], dtype=np.int32)[column.codes]


@dataclass(slots=True)
class Warnings:
    """What a person should hear about their data, each once."""

    said: list[Text] = field(default_factory=list)

    def say(self, ru: str, en: str) -> None:
        """Add one, if it is new."""
        if (text := Text(ru=ru, en=en)) not in self.said:
            self.said.append(text)


def _may_be_phones(values: NDArray[Any]) -> bool:
    """Numbers that may have a second spelling (`normalised`)."""
    of_ten, of_eleven = (values >= 9 * 10**9) & (values < 10**10), (values >= 7 * 10**10) & (values < 9 * 10**10)
    return bool((of_ten | of_eleven).any())


def unit_column(spec: PathSource, unit: UnitKind) -> tuple[str, str]:
    """Whose path a source tells: the namespace of ids and the column; what is wanted first, else what there is."""
    columns = spec.columns
    person, case = columns.person, getattr(columns, "case", None)
    own = (
        getattr(columns, "key", None) if hasattr(spec, "dates") else None
    )  # a deal, an order, a ticket is a case itself
    people = [("person", person)]
    cases = [("case", case), ("case", own)]
    for namespace, column in (*cases, *people) if unit is UnitKind.CASE else (*people, *cases):
        if column is not None:
            return namespace, column
    hint = "Name a column under `person` or `case`."
    raise ConfigError(told("The source “{file}” does not say whose path it tells.", file=spec.file), hint)


def recoded(column: Column, meaning: Callable[[str], str | None]) -> Column:
    """The column with each value replaced by its meaning (None = unknown); values sorted."""
    meanings = [meaning(value) for value in column.values]
    values = sorted({one for one in meanings if one is not None})
    if meanings == values:
        return Column(column.codes, tuple(values))
    place = {value: number for number, value in enumerate(values)}
    table = np.array([-1 if one is None else place[one] for one in meanings] + [-1], dtype=np.int32)
    return Column(table[column.codes], tuple(values))


def plain(value: str) -> str | None:
    """A value without the spaces around it; None where it says nothing."""
    text = " ".join(value.split())
    return None if text.casefold() in NOTHING else text


def constant(value: str, size: int) -> Column:
    """The same value in every row."""
    return Column(np.zeros(size, dtype=np.int32), (value,))


def key_column(table: RawTable, name: str | None) -> Column | None:
    """The rows' own ids."""
    return None if name is None else recoded(table.coded(name), plain)


def judge(verdict: NDArray[np.int8], where: NDArray[np.bool_], reason: Verdict) -> None:
    """Reject these rows, unless they are rejected already."""
    verdict[where & (verdict == Verdict.ACCEPTED)] = reason


def judge_times(verdict: NDArray[np.int8], moments: Moments) -> None:
    """Reject the rows whose one time is missing, unreadable or out of this world."""
    judge(verdict, moments.blank & (moments.ms == NO_TIME), Verdict.NO_TIME)
    judge(verdict, moments.bad, Verdict.BAD_TIME)
    judge(verdict, impossible(moments.ms), Verdict.IMPOSSIBLE_TIME)


def impossible(ms: Times) -> NDArray[np.bool_]:
    """Times that were read but cannot be."""
    odd: NDArray[np.bool_] = (ms != NO_TIME) & ((ms < FIRST_MOMENT) | (ms >= LAST_MOMENT))
    return odd


def latest_of(times: Iterable[Times], size: int) -> Times:
    """The last time that each row knows, NO_TIME where none."""
    latest = np.full(size, NO_TIME, dtype=np.int64)
    for one in times:
        np.maximum(latest, one, out=latest)
    return latest
