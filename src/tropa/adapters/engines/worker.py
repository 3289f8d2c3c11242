"""What a worker of a cluster does: read its buckets, add them up, send back the sum."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from tropa.adapters.engines.buckets import BucketFiles
from tropa.adapters.engines.packing import packed, unpacked
from tropa.events.fold import Fold, Span
from tropa.version import __version__

SUM = pa.schema([("sum", pa.binary())])


def add_up(batches: Iterable[Any], *, fold: bytes, address: str, version: str) -> Iterator[Any]:
    """The packed sum over the buckets whose numbers come in the column `id`; nothing for no buckets."""
    if version != __version__:
        raise RuntimeError(f"tropa {version} asks, tropa {__version__} is on the worker")
    asked: Fold[Any] = unpacked(fold)
    files = BucketFiles(address)
    head, total = files.head(), None
    for batch in batches:
        for bucket in batch.column("id").to_pylist():
            piece = files.piece(head, bucket)
            total = asked.on(piece).add(Span(0, piece.units), asked.zero() if total is None else total)
    if total is not None:
        yield pa.RecordBatch.from_arrays([pa.array([packed(total)], pa.binary())], schema=SUM)
