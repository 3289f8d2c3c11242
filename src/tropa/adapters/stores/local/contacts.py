"""Contacts of customers' companies: whose deals their events belong to, and their class of the buying centre."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.rawtable import NO_TIME, RawTable
from tropa.adapters.stores.local.rows import (
    ContactRows,
    EntityRows,
    EventRows,
    Identities,
    SourceRows,
    Verdict,
    VoiceRows,
    judge,
    plain,
    recoded,
    unit_column,
)
from tropa.domain.buying import BUYING_CLASS, BuyingClassSpec
from tropa.domain.project import ContactSource, UnitKind
from tropa.events.log import Codes, Column, Times
from tropa.texts.buying_centre import buying_class

_START_BITS = 42  # a time in ms of this age, up to 2109
_LEGAL_FORM = re.compile(
    r"\b(?:ооо|оао|зао|пао|ао|нко|ип|тоо|llc|ltd|limited|inc|plc|gmbh|ag|corp|co)\b\.?|[«»\"'“”„.,]", re.IGNORECASE
)


def take_contacts(
    table: RawTable, spec: ContactSource, *, identities: Identities, own: Sequence[BuyingClassSpec]
) -> SourceRows:
    """A row is a contact: who, of which deal or company, of what class."""
    columns = spec.columns
    verdict = np.zeros(table.size, dtype=np.int8)
    people = identities.of(table, "person", columns.person)
    judge(verdict, people < 0, Verdict.NO_PERSON)
    nobody = np.full(table.size, -1, dtype=np.int32)
    unknown = Column(nobody, ())
    titles = unknown if columns.title is None else table.coded(columns.title)
    return SourceRows(
        spec=spec,
        files=table.files,
        header=frozenset(name.casefold() for name in table.columns),
        file=table.file_numbers(),
        row=table.row_numbers(),
        verdict=verdict,
        content=ContactRows(
            who=nobody if columns.case is None else identities.of(table, "case", columns.case),
            classes=recoded(titles, lambda title: buying_class(title, own)),
        ),
        prints=table.fingerprints(),
        latest=np.full(table.size, NO_TIME, dtype=np.int64),
        person=people,
        company=None if columns.company is None else companies(table, columns.company),
    )


def companies(table: RawTable, name: str) -> Column:
    """A column of companies; quotes, legal forms and case do not tell them apart."""
    return recoded(table.coded(name), _company)


def _company(name: str) -> str | None:
    return plain(" ".join(_LEGAL_FORM.sub(" ", name).casefold().split())) or plain(name)


def link_contacts(sources: Sequence[SourceRows], unit: UnitKind) -> Column:
    """Give each event the class of who did it and, where deals are followed, the deal of its person.

    Of several deals it is the one that was begun last before the event, else the first. Gives each person's class.
    """
    listed = [source for source in sources if isinstance(source.content, ContactRows)]
    if not listed:
        return Column(np.zeros(0, dtype=np.int32), ())
    classes = _classes(listed)
    deals = _Deals(sources) if unit is UnitKind.CASE else None
    for source in sources:
        content = source.content
        if not isinstance(content, EventRows):
            continue
        of_people = unit_column(source.spec, unit)[0] == "person"
        people = content.who if of_people else source.person
        if people is None:
            continue
        properties = dict(content.properties)
        if classes.values:
            known = np.minimum(people, len(classes.codes) - 1)
            properties[BUYING_CLASS] = Column(classes.codes[known], classes.values)
        who = deals.at(people, content.time) if deals is not None and of_people else content.who
        source.content = replace(content, who=who, properties=properties)
        source.person = people
    return classes


def _classes(listed: Sequence[SourceRows]) -> Column:
    """The class of each person; the last entry is that of nobody. The first row that tells one counts."""
    known: dict[int, str] = {}
    for source in listed:
        content = source.content
        if source.person is None or not isinstance(content, ContactRows):
            continue
        for row in np.flatnonzero(source.accepted & (content.classes.codes >= 0)).tolist():
            known.setdefault(int(source.person[row]), content.classes.values[content.classes.codes[row]])
    values = tuple(sorted(set(known.values())))
    most = max((int(one.person.max(initial=-1)) for one in listed if one.person is not None), default=-1)
    codes = np.full(most + 2, -1, dtype=np.int32)
    for person, value in known.items():
        codes[person] = values.index(value)
    return Column(codes, values)


class _Deals:
    """Which deals each person belongs to, and when they began."""

    def __init__(self, sources: Sequence[SourceRows]) -> None:
        starts = _starts(sources)
        pairs = _pairs(sources)
        began = np.array([starts.get(case, 0) for _, case in pairs.tolist()], dtype=np.int64)
        self._people, place = np.unique(pairs[:, 0], return_inverse=True)
        key = (place.astype(np.int64) << _START_BITS) | began
        order = np.lexsort((pairs[:, 1], key))
        self._key, self._case, self._first = key[order], pairs[order, 1].astype(np.int32), np.sort(place)

    def at(self, people: Codes, time: Times) -> Codes:
        """For each event its deal; people who belong to none stand for themselves."""
        if not len(self._key):
            return people
        place = np.minimum(np.searchsorted(self._people, people), len(self._people) - 1).astype(np.int64)
        belongs = self._people[place] == people
        last = np.searchsorted(self._key, (place << _START_BITS) | np.maximum(time, 0), side="right") - 1
        first = np.searchsorted(self._first, place)
        return np.where(belongs, self._case[np.maximum(last, first)], people).astype(np.int32)


def _starts(sources: Sequence[SourceRows]) -> dict[int, int]:
    """The first moment of each deal, by tables of deals and their histories."""
    starts: dict[int, int] = {}
    for source in sources:
        match source.content:
            case EntityRows(who=who, dates=dates):
                moments = [time for _, time in dates]
            case EventRows(who=who, time=time) if source.person is not None:
                moments = [time]
            case _:
                continue
        for time in moments:
            known = source.accepted & (who >= 0) & (time != NO_TIME)
            for case, moment in zip(who[known].tolist(), time[known].tolist(), strict=True):
                starts[case] = min(moment, starts.get(case, moment))
    return starts


def _pairs(sources: Sequence[SourceRows]) -> NDArray[np.int64]:
    """Person and deal, each pair once: named in one row, or by a company that both name."""
    found: list[NDArray[np.int64]] = [np.zeros((0, 2), dtype=np.int64)]
    for source in sources:
        if source.person is None or isinstance(source.content, VoiceRows):
            continue
        known = source.accepted & (source.person >= 0) & (source.content.who >= 0)
        found.append(np.stack([source.person[known], source.content.who[known]], axis=1).astype(np.int64))
    found.append(_by_company(sources))
    return np.unique(np.concatenate(found), axis=0)


def _by_company(sources: Sequence[SourceRows]) -> NDArray[np.int64]:
    people: dict[str, set[int]] = {}
    deals: dict[str, set[int]] = {}
    for source in sources:
        if source.company is None:
            continue
        is_list = isinstance(source.content, ContactRows)
        who = source.person if is_list else source.content.who
        if who is None:
            continue
        for row in np.flatnonzero(source.accepted & (source.company.codes >= 0) & (who >= 0)).tolist():
            name = source.company.values[source.company.codes[row]]
            (people if is_list else deals).setdefault(name, set()).add(int(who[row]))
    pairs = sorted((person, deal) for name, them in people.items() for person in them for deal in deals.get(name, ()))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
