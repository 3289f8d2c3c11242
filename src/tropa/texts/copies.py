"""Texts that were said before: the same words, or nearly the same."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from tropa.domain.voice import Copy
from tropa.texts.words import words_of

_SHINGLE = 3  # words
_ALIKE = 0.8  # Jaccard's index from which two texts are nearly the same
_FEWEST_WORDS = 12  # shorter texts repeat one another by chance: only the same words make them copies
_LONGEST = 400  # words that are looked at
_RANKS = 256
_NUMBER = 128  # a number makes a shingle rarer than any length of words does

Shingles = NDArray[np.uint64]


@dataclass(slots=True)
class Copies:
    """The texts seen so far, by their words.

    Same: the same words in the same order; letter case, ё, punctuation and emoji aside. Near: at least twelve words in
    each, and |A ∩ B| / |A ∪ B| ≥ .8, where A and B are the sets of three words in a row of the first 400 words. The
    search is exact: with n shingles ordered by their hash, two such texts share one of the first n − ⌈.8 n⌉ + 1 (prefix
    filtering: Chaudhuri et al., A primitive operator for similarity joins, 2006). The order sets those first that are
    rare anywhere, with numbers and long words, so that texts of common turns of speech are seldom compared.
    """

    _same: dict[bytes, str] = field(default_factory=dict)
    _near: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _texts: list[tuple[str, Shingles]] = field(default_factory=list)

    def take(self, identity: str, text: str) -> tuple[str, Copy] | None:
        """Whom a text repeats and how; a text that repeats none is remembered under its id."""
        words = [word.text for word in words_of(text)]
        if not words:
            return None
        code = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        if (first := self._same.get(code)) is not None:
            return first, Copy.SAME
        original = self._nearly(identity, words)
        self._same[code] = identity if original is None else original
        return None if original is None else (original, Copy.NEAR)

    def _nearly(self, identity: str, words: list[str]) -> str | None:
        if len(words) < _FEWEST_WORDS:
            return None
        shingles = _shingles(words[:_LONGEST])
        first = shingles[: len(shingles) - ceil(_ALIKE * len(shingles)) + 1].tolist()
        seen: set[int] = set()
        for one in first:
            for place in self._near.get(one, ()):
                if place not in seen:
                    seen.add(place)
                    if _jaccard(shingles, self._texts[place][1]) >= _ALIKE:
                        return self._texts[place][0]
        for one in first:
            self._near[one].append(len(self._texts))
        self._texts.append((identity, shingles))
        return None


def _shingles(words: list[str]) -> Shingles:
    rows = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    return np.unique(np.array([_code(row) for row in rows], dtype=np.uint64))


def _code(row: str) -> int:
    """The order of a shingle, and its hash: rare ones first."""
    commonness = _RANKS - 1 - min(_RANKS - 1, len(row) + _NUMBER * any(letter.isdigit() for letter in row))
    digest = hashlib.blake2b(row.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return commonness << 56 | int.from_bytes(digest, "little")


def _jaccard(one: Shingles, other: Shingles) -> float:
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)):
        return 0.0
    both = len(set(one.tolist()).intersection(other.tolist()))
    return both / (len(one) + len(other) - both)
