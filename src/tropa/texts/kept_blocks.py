"""A text that tropa writes in blocks and people write around, and into: a refresh keeps every word of theirs.

A block stands between `<!-- tropa KEY MARK -->` and `<!-- /tropa -->`. MARK tells whether somebody changed the block:
then it is theirs.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

_BLOCK = re.compile(r"<!-- tropa (?P<key>\S+) (?P<mark>[0-9a-f]{8}) -->\n(?P<text>.*?)\n<!-- /tropa -->\n?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text that tropa keeps up to date; one that `returns` is written again where it is missing."""

    key: str
    text: str
    returns: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands in the file: a block with its key, or a person's words between blocks."""

    written: str
    key: str | None = None
    is_edited: bool = False


def fresh_text(blocks: Sequence[Block]) -> str:
    """The text as tropa writes it first."""
    return "\n".join(map(_written, blocks))


def refreshed_text(present: str, blocks: Sequence[Block], *, passing: str) -> str:
    """The present text with its blocks anew; edited blocks, and all words between blocks, stay as they are.

    A block that is no longer needed goes where its key begins with `passing`, one that came is put behind the block
    before it. Where a person has taken all blocks out, nothing is written.
    """
    parts = _parts(present)
    if not any(one.key for one in parts):
        return present
    fresh = {one.key: one for one in blocks}
    kept: list[_Part] = []
    for place, one in enumerate(parts):
        after_past = place > 0 and _is_past(parts[place - 1], fresh, passing)
        if not _is_past(one, fresh, passing) and not (after_past and not one.written.strip()):
            kept.append(_refreshed(one, fresh))
    present_keys = {one.key for one in kept}
    for number, block in enumerate(blocks):
        if block.key not in present_keys and block.returns:
            kept.insert(_behind(kept, blocks[:number]), _Part(f"{_written(block)}\n", block.key))
    return "".join(one.written for one in kept)


def _is_past(part: _Part, fresh: dict[str, Block], passing: str) -> bool:
    return part.key is not None and part.key.startswith(passing) and part.key not in fresh and not part.is_edited


def _refreshed(part: _Part, fresh: dict[str, Block]) -> _Part:
    if part.key is None or part.is_edited or part.key not in fresh:
        return part
    return _Part(_written(fresh[part.key]), part.key)


def _behind(parts: Sequence[_Part], before: Sequence[Block]) -> int:
    """Behind the nearest block before it and what a person wrote under that; at the top without any."""
    keys = {one.key for one in before}
    places = [number for number, part in enumerate(parts) if part.key in keys]
    place = places[-1] + 1 if places else 0
    while place < len(parts) and parts[place].key is None:
        place += 1
    return place


def _parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    done = 0
    for found in _BLOCK.finditer(text):
        if text[done : found.start()]:
            parts.append(_Part(text[done : found.start()]))
        parts.append(_Part(found.group(), found["key"], _mark(found["text"]) != found["mark"]))
        done = found.end()
    if text[done:]:
        parts.append(_Part(text[done:]))
    return parts


def _written(block: Block) -> str:
    text = block.text.strip("\n")
    return f"<!-- tropa {block.key} {_mark(text)} -->\n{text}\n<!-- /tropa -->\n"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
