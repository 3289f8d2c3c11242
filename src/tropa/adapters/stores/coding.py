"""Columns of a Parquet file as small numbers, straight from DuckDB: the texts themselves stay where they are."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.sql import select
from tropa.events.log import Codes
from tropa.events.numbering import Numbered, numbered

LISTED = 64  # up to so many values a list is searched: Parquet keeps those once, and so DuckDB looks each up once
_INT32, _INT64 = np.iinfo(np.int32), np.iinfo(np.int64)
Ask = Callable[[str, Sequence[object]], dict[str, NDArray[Any]]]


def text_codes(ask: Ask, text: str, source: str, values: Sequence[object] = ()) -> tuple[Codes, list[str]]:
    """One code a row (−1 = NULL), and the texts that they stand for, each once, in no order that means anything.

    `values` are the parameters of `source`.
    """
    few = _texts(ask(select(f"DISTINCT {text} AS v", f"{source} LIMIT {LISTED + 2}"), values)["v"])
    if len(few) <= LISTED:
        listed = sorted(one for one in few if one is not None)
        place = f"coalesce(list_position(?, {text}), 0)::INTEGER - 1 AS c"
        return plain(ask(select(place, source), [listed, *values])["c"]), listed
    codes, known = numbered(plain(ask(select(f"hash({text}) AS h", source), values)["h"]))
    named = ask(select(f"DISTINCT {text} AS v, hash({text}) AS h", source), values)
    hashes = plain(named["h"])
    if len(hashes) != len(known):  # two texts with one hash of 64 bits
        return _compared(_texts(ask(select(f"{text} AS v", source), values)["v"]))
    texts = np.empty(len(known), dtype=object)
    texts[np.argsort(known)] = np.array(_texts(named["v"]), dtype=object)[np.argsort(hashes)]
    return _without_null(codes, texts.tolist())


def _texts(found: NDArray[Any]) -> list[str | None]:
    texts: list[str | None] = found.tolist()  # what is masked is None
    return texts


def _compared(texts: Sequence[str | None]) -> tuple[Codes, list[str]]:
    known: dict[str, int] = {}
    codes = [-1 if one is None else known.setdefault(one, len(known)) for one in texts]
    return np.array(codes, dtype=np.int32), list(known)


def _without_null(codes: Codes, texts: Sequence[str | None]) -> tuple[Codes, list[str]]:
    if None not in texts:
        return codes, [one for one in texts if one is not None]
    at = texts.index(None)
    table = np.arange(len(texts), dtype=np.int32)
    table[at:] -= 1
    table[at] = -1
    return table[codes], [one for one in texts if one is not None]


def whole_numbers(ask: Ask, column: str, source: str, values: Sequence[object] = ()) -> Numbered:
    """A column of whole numbers of any type, numbered; code −1 where there is none."""
    ends = ask(select(f"min({column})::VARCHAR AS low, max({column})::VARCHAR AS high", source), values)
    low, high = (int(_texts(ends[end])[0] or 0) for end in ("low", "high"))
    narrow = _INT32.min <= low and high <= _INT32.max
    kind = "INTEGER" if narrow else "BIGINT" if high <= _INT64.max else "UBIGINT"
    found = ask(select(f"{column}::{kind} AS n", source), values)["n"]
    if type(found) is np.ndarray:
        return numbered(found)
    there = ~np.ma.getmaskarray(found)
    codes = np.full(len(found), -1, dtype=np.int32)
    codes[there], known = numbered(plain(found)[there])
    return Numbered(codes, known)


def plain(found: NDArray[Any], otherwise: int | None = None) -> NDArray[Any]:
    """An array of DuckDB's without the mask that it has where something is NULL (`otherwise` stands there then)."""
    if type(found) is np.ndarray:  # numpy.ma is loaded only for what needs it
        return found
    return np.ma.getdata(found) if otherwise is None else np.ma.filled(found, otherwise)
