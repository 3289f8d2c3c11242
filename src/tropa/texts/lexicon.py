"""Looking words and phrases up in a text in any form, with small typos."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tropa.texts.words import Word, folded, is_known, is_russian, lemma, lemmas, words_of

_TYPO_FROM = 6  # letters of a Russian word; Russian words are forgiven only where the dictionary lacks them
_TYPO_FROM_ENGLISH = 9
_WITHIN = 1  # how many other words may stand inside a phrase
_FAR = 6  # the same, where the phrase is written with …
_LONGEST = 40  # letters: longer runs are no typos


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and whose it is; `rank` is its place in the owner's list: earlier words are more telling."""

    owner: str
    phrase: str
    rank: int
    parts: tuple[frozenset[str], ...]
    within: int = 0
    in_order: bool = False  # English phrases keep their order, Russian ones need not


@dataclass(frozen=True, slots=True)
class Found:
    """An entry found in words `first … last` of a text (`last` included)."""

    entry: Entry
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Met:
    """What a word can be: the forms it is looked up under, and the entries found under these."""

    forms: frozenset[str]
    entries: tuple[tuple[str, Entry], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the lemma they are found under, and the spellings one letter away from these lemmas."""

    entries: Mapping[str, tuple[Entry, ...]]
    near: Mapping[str, tuple[str, ...]]
    order: Mapping[str, int] = field(default_factory=dict)
    _seen: dict[str, _Met] = field(default_factory=dict, compare=False, repr=False)

    def knows_any(self, words: Sequence[Word]) -> bool:
        """Whether any of the words may be of an entry: a quick no for most texts."""
        return any(self._met(word.text).entries for word in words)

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """What the words speak of: longer phrases win, then more telling ones; a word is counted once."""
        seen = self._seen
        met = [seen.get(word.text) or self._met(word.text) for word in words]
        hits = [
            found
            for place, one in enumerate(met)
            for form, entry in one.entries
            if (found := _fits(entry, place, met, form)) is not None and not _is_parted(words, found)
        ]
        if len(hits) > 1:
            hits = self._disjoint(hits)
            hits.sort(key=lambda hit: hit.places)
        return tuple(hits)

    def _met(self, word: str) -> _Met:
        met = self._seen.get(word)
        if met is None:
            forms = self._forms(word)
            entries = tuple((form, entry) for form in sorted(forms) for entry in self.entries.get(form, ()))
            met = self._seen[word] = _Met(forms, entries)
        return met

    def _forms(self, word: str) -> frozenset[str]:
        forms = lemmas(word) | {f"={word}"}
        if len(word) < _TYPO_FROM or any(form in self.entries for form in forms):
            return forms
        return forms | frozenset(self._meant(word))

    def _meant(self, word: str) -> Iterable[str]:
        russian = is_russian(word)
        if (russian and is_known(word)) or (not russian and len(word) < _TYPO_FROM_ENGLISH) or len(word) > _LONGEST:
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
    """A lexicon of (owner, words and phrases) lists.

    `=word` stands for this form alone; a phrase with … may have any words inside.
    """
    order: dict[str, int] = {}
    made: list[Entry] = []
    for owner, phrases in lists:
        order.setdefault(owner, len(order))
        made.extend(entry for rank, phrase in enumerate(phrases) if (entry := _entry(owner, phrase, rank)).parts)
    common = Counter(form for entry in made for part in entry.parts for form in part)
    entries: dict[str, list[Entry]] = defaultdict(list)
    near: dict[str, set[str]] = defaultdict(set)
    for entry in made:
        for form in _anchor(entry, common):
            entries[form].append(entry)
        for form in (form for part in entry.parts for form in part):
            if len(form) >= _TYPO_FROM and not form.startswith("="):
                for cut in _shortened(form):
                    near[cut].add(form)
    return Lexicon(
        {form: tuple(several) for form, several in entries.items()},
        {cut: tuple(sorted(forms)) for cut, forms in near.items()},
        order,
    )


def _entry(owner: str, phrase: str, rank: int) -> Entry:
    parts = tuple(_part(word.text, phrase) for word in words_of(phrase))
    return Entry(owner, phrase, rank, parts, _FAR if "…" in phrase else _WITHIN, not is_russian(folded(phrase)))


def _anchor(entry: Entry, common: Counter[str]) -> frozenset[str]:
    """The phrase's rarest word: it is looked up under this one."""
    return min(entry.parts, key=lambda part: (max(common[form] for form in part), -min(map(len, part)), sorted(part)))


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
    forms = lemmas(word)
    return frozenset({word}) if word in forms else forms  # «дорогой» is not the road


def _is_parted(words: Sequence[Word], found: Found) -> bool:
    """Whether punctuation stands inside a phrase: then it is none («кто не был, советую» is not «не советую»)."""
    if len(found.places) == 1 or found.entry.within == _FAR:
        return False
    return any(words[i + 1].start - words[i].end > 1 for i in range(found.places[0], found.places[-1]))


def _shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def _fits(entry: Entry, place: int, met: Sequence[_Met], form: str) -> Found | None:
    """The entry's words around `place`, in any order, with few other words among them."""
    if len(entry.parts) == 1:
        return Found(entry, (place,))
    reach = len(entry.parts) - 1 + entry.within
    near = range(max(0, place - reach), min(len(met), place + reach + 1))
    places: list[int] = []
    anchored = False
    for part in entry.parts:
        if not anchored and form in part:
            anchored = True
            places.append(place)
            continue
        for i in near:
            if i != place and not part.isdisjoint(met[i].forms) and i not in places:
                places.append(i)
                break
        else:
            return None
    ordered = sorted(places)
    if ordered[-1] - ordered[0] > reach or (entry.in_order and ordered != places):
        return None
    return Found(entry, tuple(ordered))
