"""Who is behind pseudonyms: the ids of the sources, hashed again with the key; no other id is kept."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np

from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.keys import PSEUDONYM_BYTES, PseudonymKey, normalised
from tropa.adapters.stores.local.rawtable import NO_TIME, NOBODY, Moments, RawTable
from tropa.adapters.stores.local.rows import unit_column
from tropa.domain.project import ContactSource, EntitySource, EventSource, FeedbackSource, Project, TimeColumn
from tropa.events.log import Column, Times
from tropa.intake.consent import Consent, consent_of
from tropa.ports import TableSource

Walked = EventSource | EntitySource | FeedbackSource
"""Sources that name people of the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeople:
    """The ids as the sources write them, sorted; how many said no, and how many said nothing.

    `asks_consent`: whether any source has a column of consent at all; `unfound` pseudonyms are in no source any more.
    """

    ids: tuple[str, ...]
    refused: int
    unsaid: int
    asks_consent: bool
    unfound: int


def find_people(project: Project, tables: TableSource, keys: PseudonymKey, wanted: Collection[bytes]) -> FoundPeople:
    """Who these pseudonyms are; those who said no are counted and left out.

    Of several words of one person the last dated one counts; of words of one moment, or without any date, the no.
    """
    sought = _Sought(wanted=frozenset(wanted), keys=keys)
    with sql.opened() as connection:
        for number, spec in enumerate(project.sources):
            if not isinstance(spec, Walked | ContactSource):
                continue
            name = f"source_{number}"
            table = RawTable(connection, name, tables.load(connection, spec, name))
            for namespace, column in _who(spec, project):
                sought.look_in(table, namespace, column)
            if not isinstance(spec, ContactSource) and spec.columns.consent is not None:
                sought.hear(table, spec, project, head=spec.columns.consent)
            table.drop()
    return sought.found()


def _who(spec: Walked | ContactSource, project: Project) -> Iterator[tuple[str, str]]:
    """The columns of a source that name what the map follows, or who spoke."""
    if isinstance(spec, FeedbackSource):
        if spec.columns.person is not None:
            yield "person", spec.columns.person
        return
    if isinstance(spec, ContactSource):
        yield "person", spec.columns.person
        return
    yield unit_column(spec, project.unit)


@dataclass(slots=True, kw_only=True)
class _Sought:
    wanted: frozenset[bytes]
    keys: PseudonymKey
    ids: dict[bytes, str] = field(default_factory=dict)
    words: dict[bytes, tuple[int, Consent]] = field(default_factory=dict)
    asks: bool = False

    def look_in(self, table: RawTable, namespace: str, column: str) -> None:
        """Take down the spelling of whoever is sought."""
        coded = table.coded(column)
        for value, code in zip(coded.values, self._codes(namespace, coded), strict=True):
            if code is not None:
                self.ids[code] = min(self.ids.get(code, value.strip()), value.strip())

    def hear(self, table: RawTable, spec: Walked, project: Project, *, head: str) -> None:
        """Take down what those who are sought said of being written to."""
        self.asks = True
        times = _latest(table, spec, project.timezone)
        said = table.coded(head)
        meaning = [consent_of(head, value) for value in said.values]
        for namespace, column in _who(spec, project):
            coded = table.coded(column)
            codes = [*self._codes(namespace, coded), None]
            known = np.array([one is not None for one in codes])
            for row in np.flatnonzero(known[coded.codes] & (said.codes >= 0)).tolist():
                self._hear_one(codes[coded.codes[row]], int(times[row]), meaning[said.codes[row]])

    def _hear_one(self, who: bytes | None, when: int, said: Consent) -> None:
        if who is None or said is Consent.UNSAID:
            return
        before = self.words.get(who)
        if before is None or when > before[0] or (when == before[0] and said is Consent.NO):
            self.words[who] = when, said

    def _codes(self, namespace: str, column: Column) -> list[bytes | None]:
        """For each value its pseudonym where it is sought."""
        names = [normalised(value) for value in column.values]
        whole = self.keys.pseudonyms((namespace, name) for name in names)
        codes = (whole[at : at + PSEUDONYM_BYTES] for at in range(0, len(whole), PSEUDONYM_BYTES))
        return [
            code if code in self.wanted and name.casefold() not in NOBODY else None
            for code, name in zip(codes, names, strict=True)
        ]

    def found(self) -> FoundPeople:
        """The ids of those who did not say no."""
        said = {code: self.words[code][1] if code in self.words else Consent.UNSAID for code in self.ids}
        return FoundPeople(
            ids=tuple(sorted(name for code, name in self.ids.items() if said[code] is not Consent.NO)),
            refused=sum(one is Consent.NO for one in said.values()),
            unsaid=sum(one is Consent.UNSAID for one in said.values()) if self.asks else 0,
            asks_consent=self.asks,
            unfound=len(self.wanted) - len(self.ids),
        )


def _latest(table: RawTable, spec: Walked, zone: str) -> Times:
    """For each row the last time that it knows, NO_TIME where none."""
    latest = np.full(table.size, NO_TIME, dtype=np.int64)
    for column in _times(spec):
        moments: Moments = table.moments(column, zone)
        np.maximum(latest, moments.ms, out=latest)
    return latest


def _times(spec: Walked) -> Iterator[TimeColumn]:
    match spec:
        case EventSource() | FeedbackSource():
            if spec.columns.time is not None:
                yield spec.columns.time
        case EntitySource():
            yield from spec.dates.values()
            if spec.status_time is not None:
                yield spec.status_time
