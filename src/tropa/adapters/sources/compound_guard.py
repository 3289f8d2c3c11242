"""Old Excel files are file systems of linked sectors: links that run in a circle would be followed for ever.

The layout is that of [MS-CFB]: a header of 512 bytes, a table (FAT) that names each sector's next one.
"""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEADER = 512
_IN_HEADER = 109  # table sectors that the header itself names
_LARGEST = 0xFFFFFFFA  # numbers from here on are marks, no sectors
_SHIFTS = {9, 12}


def links_are_sound(path: Path) -> bool:
    """Whether every chain of sectors, large and small, comes to an end within the file."""
    raw = path.read_bytes()
    if len(raw) < _HEADER:
        return False
    (shift,) = struct.unpack_from("<H", raw, 30)
    if shift not in _SHIFTS:
        return False
    size = 1 << shift
    table_sectors = _table_sectors(raw, size)
    if table_sectors is None:
        return False
    table = _joined(raw, table_sectors, size)
    if table is None or _runs_in_circle(table):
        return False
    (first_small,) = struct.unpack_from("<I", raw, 60)
    small = _joined(raw, _chain(table, first_small), size)
    return small is not None and not _runs_in_circle(small)


def _table_sectors(raw: bytes, size: int) -> list[int] | None:
    """The sectors that hold the table: some named by the header, more by a chain of lists."""
    sectors = [one for one in struct.unpack_from(f"<{_IN_HEADER}I", raw, 76) if one < _LARGEST]
    (following,) = struct.unpack_from("<I", raw, 68)
    seen: set[int] = set()
    while following < _LARGEST:
        start = (following + 1) * size
        if following in seen or start + size > len(raw):
            return None
        seen.add(following)
        *more, following = struct.unpack_from(f"<{size // 4}I", raw, start)
        sectors += [one for one in more if one < _LARGEST]
    return sectors


def _joined(raw: bytes, sectors: list[int], size: int) -> NDArray[np.int64] | None:
    """The numbers that stand in these sectors, one after another."""
    parts = [raw[(one + 1) * size : (one + 2) * size].ljust(size, b"\xff") for one in sectors]
    if any((one + 1) * size >= len(raw) for one in sectors) or len(parts) > len(raw) // size:
        return None
    return np.frombuffer(b"".join(parts), dtype="<u4").astype(np.int64)


def _chain(table: NDArray[np.int64], first: int) -> list[int]:
    """The sectors from the first to the end of its chain, which is known to come."""
    sectors = []
    while first < len(table):
        sectors.append(first)
        first = int(table[first])
    return sectors


def _runs_in_circle(table: NDArray[np.int64]) -> bool:
    """Follow all links at once, twice as far each time: what is not at the end by then never will be."""
    end = len(table)
    after = np.append(np.where(table < end, table, end), end)
    for _ in range(max(1, end).bit_length()):
        after = after[after]
    return bool((after != end).any())
