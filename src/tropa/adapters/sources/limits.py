"""How much tropa agrees to take from one file, so that no file can fill the memory or the disk."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes are bytes unless named otherwise; a ratio is unpacked ÷ packed and counts only above `ratio_from`."""

    unpacked: int = 32 << 30
    ratio: int = 300
    ratio_from: int = 64 * MEBIBYTE
    members: int = 1_000
    whole_file: int = 256 * MEBIBYTE  # of formats that have to be held in memory at once
    prose: int = 64 * MEBIBYTE  # of texts that are no tables
    looked_through: int = 200_000  # rows, for a sample
    long_text: int = 4 * MEBIBYTE  # text tables above this are sampled by place and loaded in bulk
    workbook: int = 2 << 30  # unpacked parts of a workbook
    workbook_cells: int = 40_000_000
    columns: int = 2_000
    line: int = 8 * MEBIBYTE  # characters
    cell: int = 1 * MEBIBYTE  # characters
    record_lines: int = 2_000  # lines that one quoted record may span
    raw: int = 2_000  # characters of a rejected row that are kept
    depth: int = 64  # of nested JSON


LIMITS = Limits()
