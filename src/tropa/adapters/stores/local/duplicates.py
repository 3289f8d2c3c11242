"""One thing is one row: newest versions, overlapping exports, and repeats that are kept."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.rawtable import NO_TIME
from tropa.adapters.stores.local.rows import EventRows, SourceRows, Verdict
from tropa.domain.project import EventSource, FixedValue, PathSource

ALIKE = 0.6
_COPY = re.compile(r" ?\((\d+)\)(?=\.|$)")
_DIGITS = re.compile(r"(\d+)")


def settle_duplicates(sources: Sequence[SourceRows]) -> int:
    """Mark duplicates among the accepted rows; how many equal rows without an id are kept beside the first.

    With an id the newest version stays. Without one, equal rows of several files stay as often as in the file that
    has most of them: overlapping exports do not double what happened, and what happened twice stays twice. Those in a
    single file of events are not counted here but by `repeats_among`.
    """
    for family in _families([one for one in sources if one.key is not None], _tell_of_same_records):
        _keep_newest(family)
    shared = [source for source in sources if not _is_alone(source, sources)]
    return sum(_keep_most(family) for family in _families(shared, _have_same_columns))


def repeats_among(sources: Sequence[SourceRows], tied: Sequence[NDArray[np.int64]]) -> int:
    """How many equal rows without an id are kept beside the first in events of which no other file tells.

    `tied`: for each source its rows, ascending, that share unit and moment with another; equal rows are among those.
    """
    alone = [(one, rows) for one, rows in zip(sources, tied, strict=True) if len(rows) and _is_alone(one, sources)]
    return sum(_equal_ones(source.prints(rows[_codes(source)[rows] < 0])) for source, rows in alone)


def _is_alone(source: SourceRows, sources: Sequence[SourceRows]) -> bool:
    """A single file of events, and no other source is of its kind."""
    others = (other for other in sources if other is not source)
    is_one_file = len(source.files) == 1 and isinstance(source.content, EventRows)
    return is_one_file and not any(_have_same_columns(source, other) for other in others)


def _equal_ones(prints: NDArray[np.uint64]) -> int:
    ordered = np.sort(prints)  # np.unique hashes, and takes thirty times as long
    return int((ordered[1:] == ordered[:-1]).sum())


def _families(sources: Sequence[SourceRows], alike: Callable[[SourceRows, SourceRows], bool]) -> list[list[SourceRows]]:
    families: list[list[SourceRows]] = []
    for source in sources:
        home = next((family for family in families if alike(family[0], source)), None)
        if home is None:
            families.append([source])
        else:
            home.append(source)
    return families


def _tell_of_same_records(one: SourceRows, other: SourceRows) -> bool:
    """Two exports of one thing: the same id column, and most of the other columns."""
    same_id = _key_of(one.spec) == _key_of(other.spec)
    shared = len(one.header & other.header) / max(1, len(one.header | other.header))
    return type(one.spec) is type(other.spec) and same_id and shared >= ALIKE and _fixed(one.spec) == _fixed(other.spec)


def _key_of(spec: PathSource) -> str:
    return (getattr(spec.columns, "key", None) or "").casefold()


def _fixed(spec: PathSource) -> FixedValue | None:
    event = spec.columns.event if isinstance(spec, EventSource) else None
    return event if isinstance(event, FixedValue) else None


def _have_same_columns(one: SourceRows, other: SourceRows) -> bool:
    return type(one.spec) is type(other.spec) and one.header == other.header and one.spec.columns == other.spec.columns


@dataclass(frozen=True, slots=True)
class _Pile:
    """Rows of several sources one after another: which source, which row of it, and the rank of its file by age."""

    source: NDArray[np.int32]
    row: NDArray[np.int64]
    age: NDArray[np.int64]


def _pile(family: Sequence[SourceRows], chosen: Sequence[NDArray[np.int64]]) -> _Pile:
    ranks = _ages(family)
    return _Pile(
        source=np.concatenate([np.full(len(rows), n, dtype=np.int32) for n, rows in enumerate(chosen)]),
        row=np.concatenate(chosen),
        age=np.concatenate([ranks[n][source.file[chosen[n]]] for n, source in enumerate(family)]),
    )


def _ages(family: Sequence[SourceRows]) -> list[NDArray[np.int64]]:
    """For each file of each source its rank, oldest export first: by the last time it knows, then by its name."""
    keys = []
    for number, source in enumerate(family):
        latest = np.full(len(source.files), NO_TIME, dtype=np.int64)
        np.maximum.at(latest, source.file, np.where(source.accepted, source.latest, NO_TIME))
        keys += [(int(latest[n]), _natural(file.file), number, n) for n, file in enumerate(source.files)]
    ranks = [np.zeros(len(source.files), dtype=np.int64) for source in family]
    for rank, (_, _, number, n) in enumerate(sorted(keys)):
        ranks[number][n] = rank
    return ranks


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Order in which a person would put names: 2 before 10, “orders (1)” after “orders”."""
    copy = _COPY.search(name)
    parts = _DIGITS.split(_COPY.sub("", name))
    key = [(0, int(part[:18]), part) if part.isdigit() else (1, 0, part) for part in parts]
    return (*key, (2, int(copy[1][:18]) if copy else 0, ""))


def _keep_newest(family: Sequence[SourceRows]) -> None:
    chosen = [np.flatnonzero(source.accepted & (_codes(source) >= 0)) for source in family]
    pile = _pile(family, chosen)
    known: dict[str, int] = {}
    keys = np.concatenate([_shared(source, known)[rows] for source, rows in zip(family, chosen, strict=True)])
    if len(known) == len(keys):
        return
    versioned = all(source.updated is not None for source in family)
    updated = [source.updated[rows] for source, rows in zip(family, chosen, strict=True) if source.updated is not None]
    version = np.concatenate(updated) if versioned else np.zeros(len(keys), dtype=np.int64)
    full = np.concatenate([_fullness(source)[rows] for source, rows in zip(family, chosen, strict=True)])
    order = np.lexsort((pile.row, pile.source, full, pile.age, version, keys))
    last = np.append(np.diff(keys[order]) != 0, [True])[: len(order)]
    _drop(family, pile, order[~last])


def _codes(source: SourceRows) -> NDArray[np.int32]:
    return np.full(len(source.row), -1, dtype=np.int32) if source.key is None else source.key.codes


def _shared(source: SourceRows, known: dict[str, int]) -> NDArray[np.int64]:
    """Key codes that mean the same in every source of the family."""
    values = () if source.key is None else source.key.values
    return np.array([*(known.setdefault(value, len(known)) for value in values), -1], dtype=np.int64)[_codes(source)]


def _fullness(source: SourceRows) -> NDArray[np.bool_]:
    return np.ones(len(source.row), dtype=bool) if source.bare is None else ~source.bare


def _keep_most(family: Sequence[SourceRows]) -> int:
    chosen = [np.flatnonzero(source.accepted & (_codes(source) < 0)) for source in family]
    prints = np.concatenate([source.prints(rows) for source, rows in zip(family, chosen, strict=True)])
    if sum(len(source.files) for source in family) == 1:
        return _equal_ones(prints)
    pile = _pile(family, chosen)
    file = np.concatenate([source.file[rows] for source, rows in zip(family, chosen, strict=True)])
    order = np.lexsort((pile.row, file, pile.source, prints))
    rank = _rank_in_run((prints[order], pile.source[order], file[order]))
    by_rank = np.lexsort((np.arange(len(order)), rank, prints[order]))
    first = _starts((prints[order][by_rank], rank[by_rank]))
    _drop(family, pile, order[by_rank[~first]])
    return int((rank[by_rank[first]] > 0).sum())


def _starts(columns: Sequence[NDArray[np.generic]]) -> NDArray[np.bool_]:
    """Where a run of equal rows begins."""
    starts = np.ones(len(columns[0]), dtype=bool)
    starts[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return starts


def _rank_in_run(columns: Sequence[NDArray[np.generic]]) -> NDArray[np.int64]:
    """0, 1, 2… within each run of equal rows."""
    starts = np.flatnonzero(_starts(columns))
    lengths = np.diff(np.append(starts, len(columns[0])))
    return np.arange(len(columns[0]), dtype=np.int64) - np.repeat(starts, lengths)


def _drop(family: Sequence[SourceRows], pile: _Pile, places: NDArray[np.int64]) -> None:
    for number, source in enumerate(family):
        source.verdict[pile.row[places[pile.source[places] == number]]] = Verdict.DUPLICATE
