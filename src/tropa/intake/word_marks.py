"""Marks in words: «отлично», «скорее доволен», "very satisfied" stand for 5 to 1."""

import re
from functools import lru_cache

from tropa.intake.data_voices import WORD_MARKS

SCALE = (1.0, 5.0)
_SPACES = re.compile(r"[\s,.!–—-]+")
_MARKS = {said.strip(): float(step) for step, several in WORD_MARKS.items() for said in several.split(",")}


@lru_cache(maxsize=4096)
def word_mark(value: str) -> float | None:
    """The mark that a cell says in words, on SCALE; None for any other words."""
    plain = _SPACES.sub(" ", value.lower().replace("ё", "е")).strip()
    return _MARKS.get(plain)
