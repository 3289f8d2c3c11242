"""How sums travel: pickled, with arrays that are mostly zeros as what is not zero and where."""

import io
import pickle
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORTH_PACKING = 256


def packed(value: object) -> bytes:
    """The value in few bytes."""
    out = io.BytesIO()
    _Packer(out, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def unpacked(content: bytes) -> Any:
    """What `packed` packed; only for bytes that this engine's own workers sent."""
    return pickle.loads(content)  # noqa: S301


class _Packer(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        if isinstance(value, np.ndarray) and value.dtype == np.int64 and value.size >= WORTH_PACKING:
            places = np.flatnonzero(value)
            if 2 * len(places) < value.size:
                small = places.astype(np.uint32) if value.size < 1 << 32 else places
                return _spread, (value.shape, small, value.ravel()[places])
        return NotImplemented


def _spread(shape: tuple[int, ...], places: NDArray[np.uint32], values: NDArray[np.int64]) -> NDArray[np.int64]:
    whole = np.zeros(shape, dtype=np.int64)
    whole.reshape(-1)[places] = values
    return whole
