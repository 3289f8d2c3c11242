"""Looking words and phrases up in a text in any form, with small typos."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tropa.texts.words import Word, folded, is_known, is_russian, lemma, lemmas, words_of

_TYPO_FROM = 6  # letters of a Russian word; Russian words are forgiven only where the dictionary lacks them
_TYPO_FROM_ENGLISH = 8
_WITHIN = 1  # how many other words may stand inside a phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and whose it is; `rank` is its place in the owner's list: earlier words are more telling."""

    owner: str
    phrase: str
    rank: int
    parts: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry found in words `first … last` of a text (`last` included)."""

    entry: Entry
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the lemma they are found under, and the spellings one letter away from these lemmas."""

    entries: Mapping[str, tuple[Entry, ...]]
    near: Mapping[str, tuple[str, ...]]
    order: Mapping[str, int] = field(default_factory=dict)

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """What the words speak of: longer phrases win, then more telling ones; a word is counted once."""
        known = [self._lemmas(word.text) for word in words]
        hits = [
            found
            for place, forms in enumerate(known)
            for form in forms
            for entry in self.entries.get(form, ())
            if (found := _fits(entry, place, known, form)) is not None
        ]
        if len(hits) > 1:
            hits = self._disjoint(hits)
        return tuple(sorted(hits, key=lambda hit: hit.places))

    def _lemmas(self, word: str) -> frozenset[str]:
        forms = _forms(word)
        if len(word) < _TYPO_FROM or any(form in self.entries for form in forms):
            return forms
        return forms | frozenset(self._meant(word))

    def _meant(self, word: str) -> Iterable[str]:
        russian = is_russian(word)
        if (russian and is_known(word)) or (not russian and len(word) < _TYPO_FROM_ENGLISH):
            return
        for written in {word, lemma(word)}:
            for cut in _shortened(written):
                for right in self.near.get(cut, ()):
                    if right[0] == written[0] and is_one_edit_away(written, right):
                        yield right

    def _disjoint(self, hits: list[Found]) -> list[Found]:
        hits.sort(key=lambda hit: (-len(hit.places), hit.entry.rank, self.order.get(hit.entry.owner, 0), hit.places))
        taken: set[int] = set()
        kept = []
        for hit in hits:
            if taken.isdisjoint(hit.places):
                kept.append(hit)
                taken.update(hit.places)
        return kept


def lexicon_of(lists: Iterable[tuple[str, Sequence[str]]]) -> Lexicon:
    """A lexicon of (owner, words and phrases) lists; `=word` stands for this form alone."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    near: dict[str, set[str]] = defaultdict(set)
    order: dict[str, int] = {}
    for owner, phrases in lists:
        order.setdefault(owner, len(order))
        for rank, phrase in enumerate(phrases):
            parts = tuple(_part(word.text, phrase) for word in words_of(phrase))
            if not parts:
                continue
            anchor = max(parts, key=lambda part: min(map(len, part)))
            for form in anchor:
                entries[form].append(Entry(owner, phrase, rank, parts))
                if len(form) >= _TYPO_FROM and not form.startswith("="):
                    for cut in _shortened(form):
                        near[cut].add(form)
    return Lexicon(
        {form: tuple(several) for form, several in entries.items()},
        {cut: tuple(sorted(forms)) for cut, forms in near.items()},
        order,
    )


def is_one_edit_away(one: str, other: str) -> bool:
    """One letter changed, added, left out, or two neighbours swapped (or nothing at all)."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _part(word: str, phrase: str) -> frozenset[str]:
    if f"={word}" in folded(phrase):
        return frozenset({f"={word}"})
    return lemmas(word)


def _forms(word: str) -> frozenset[str]:
    return lemmas(word) | {f"={word}"}


def _shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def _fits(entry: Entry, place: int, known: Sequence[frozenset[str]], form: str) -> Found | None:
    """The entry's words around `place`, in any order, at most one other word among them."""
    if len(entry.parts) == 1:
        return Found(entry, (place,))
    reach = len(entry.parts) - 1 + _WITHIN
    places = [place]
    anchored = False
    for part in entry.parts:
        if not anchored and form in part:
            anchored = True
            continue
        near = range(max(0, place - reach), min(len(known), place + reach + 1))
        hit = next((i for i in near if i not in places and not part.isdisjoint(known[i])), None)
        if hit is None:
            return None
        places.append(hit)
    places.sort()
    return Found(entry, tuple(places)) if places[-1] - places[0] <= reach else None
