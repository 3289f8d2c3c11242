"""What a text gives a linear model to read: hashed words, stems and letter runs, and a few measured signs.

Everything is a pure function of the text. What a word gives is remembered, so that a known word costs one look-up.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.texts.polarity import Charge, charge_of, phrase_charges
from tropa.texts.shipped import word_set
from tropa.texts.words import folded, lemma

LONGEST_TEXT = 5_000  # code points: what comes later in one statement is not read
_LONGEST_WORD = 40
_SHARED = 1 << 30  # hashes of one block


class Block(IntEnum):
    """The families of features; each is brought to unit length by itself."""

    WORDS = 0
    STEMS = 1
    CHARS = 2


SIGNS = (
    *("good", "very_good", "bad", "very_bad", "denied_good", "denied_bad", "last_good", "last_bad", "net", "none"),
    *("anger", "disgust", "fear", "joy", "sadness", "surprise"),
    *("glad_marks", "sad_marks", "exclaims", "asks", "dots", "shouts", "stretched", "numbers"),
    *("wishes", "denials", "very", "but", "short", "long", "quoted"),
)
_PLACE = {name: place for place, name in enumerate(SIGNS)}

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f]")
_TAG = re.compile(r"<[^<>]{0,200}>")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’*][^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<glad>[:;=]-?[)D\]]+|\){1,}(?=\s|$)|\){2,}|<3|[😀-😆😉-😎😘-😝🤗🤩🥰🥳😇🙂🙃👍👏👌💪🙏🎉❤💚💙💛💜💖💕🔥💯✨🌷🌸🌹⭐★✅🤝😻])"
    r"|(?P<sad>[:;=]['’]?-?[(\[]+|\({2,}|\((?=\s*$)|[😐-😖😞-😨😩-😱😵🤬🤮🤢💩👎😠😡😢😭🙄😒😤🤦💔☹🙁❌😾🤡])"
    r"|(?P<excl>!+)|(?P<ask>[!?]*\?[!?]*)|(?P<dots>\.{2,}|…)|(?P<stop>[.,;:—–()\n\"«»]|\s-\s)"
    r"|(?P<other>[\u2600-\u27bf\U0001f300-\U0001faff])"
)
_WISHES = frozenset(
    "бы б хотелось хочется хотеть хотел хотела хотели желательно пожелание предлагаю прошу просьба лучше нужно надо "
    "would could wish hope please should need want like better prefer".split()
)
_BUTS = frozenset("но зато однако хотя только а but however though although yet except".split())
_UNDENIED = frozenset("только лишь просто разве только only just".split())
_DENIAL_REACH = 4
_DENIED_BEHIND = frozenset("нет нету не".split())


@dataclass(frozen=True, slots=True)
class _Term:
    """What a word gives wherever it stands."""

    lemma: str
    key: int
    hashes: NDArray[np.uint32]
    charge: Charge
    is_denial: bool
    is_wish: bool
    is_but: bool
    is_very: bool
    is_undenied: bool


@dataclass(slots=True)
class _Gathered:
    """The raw features of the texts read so far."""

    rows: list[int] = field(default_factory=list)
    arrays: list[NDArray[np.uint32]] = field(default_factory=list)
    lemma_rows: list[int] = field(default_factory=list)
    lemma_keys: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bag:
    """Features of a batch: entry i says that `hashes[i]` stands `counts[i]` times in text `rows[i]`.

    Entries are sorted by text, then by hash, so that blocks follow one another. `lemma_rows`, `lemma_keys` are the
    words one by one; `signs` has a row a text and a column for each of SIGNS.
    """

    texts: int
    rows: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    counts: NDArray[np.float32]
    lemma_rows: NDArray[np.int64]
    lemma_keys: NDArray[np.uint32]
    signs: NDArray[np.float32]


def bag_of(texts: Sequence[str]) -> Bag:
    """The features of texts, a row each, in their order."""
    gathered = _Gathered()
    signs = np.zeros((len(texts), len(SIGNS)), dtype=np.float32)
    for row, text in enumerate(texts):
        _read(text, row, gathered, signs[row])
    lengths = [len(one) for one in gathered.arrays]
    rows = np.repeat(np.asarray(gathered.rows, dtype=np.uint64), lengths)
    every = np.concatenate(gathered.arrays) if gathered.arrays else np.zeros(0, dtype=np.uint32)
    keys, counts = np.unique((rows << np.uint64(32)) | every.astype(np.uint64), return_counts=True)
    return Bag(
        len(texts),
        (keys >> np.uint64(32)).astype(np.int64),
        (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        counts.astype(np.float32),
        np.asarray(gathered.lemma_rows, dtype=np.int64),
        np.asarray(gathered.lemma_keys, dtype=np.uint32),
        signs,
    )


def block_of(hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The block of each hash."""
    return (hashes // np.uint32(_SHARED)).astype(np.int64)


def key_of(text: str, block: Block = Block.WORDS) -> int:
    """The hash of a feature by its name: the lower 30 bits of CRC-32, the block above them."""
    return zlib.crc32(text.encode("utf-8", "replace")) % _SHARED + block * _SHARED


def _read(text: str, row: int, gathered: _Gathered, signs: NDArray[np.float32]) -> None:
    said = _TAG.sub(" . ", _INVISIBLE.sub("", text[:LONGEST_TEXT]))
    letters = [letter for letter in said if letter.isalpha()]
    terms: list[_Term | None] = []
    marks: list[int] = []
    for found in _TOKEN.finditer(folded(said)):
        kind = str(found.lastgroup)
        if kind == "word":
            terms.append(term_of(found.group()))
            continue
        marks.append(_mark(kind, found.group(), signs))
        if kind != "number":
            terms.append(None)
    denied = _denied(terms)
    words = [(place, term) for place, term in enumerate(terms) if term is not None]
    loose = [*marks, *_sequence_keys(terms, denied)]
    gathered.arrays.extend(term.hashes for _, term in words)
    gathered.arrays.append(np.asarray(loose, dtype=np.uint32))
    gathered.rows.extend([row] * (len(words) + 1))
    gathered.lemma_rows.extend([row] * len(words))
    gathered.lemma_keys.extend(term.key for _, term in words)
    _measure(terms, denied, signs)
    capitals = sum(letter.isupper() for letter in letters)
    signs[_PLACE["shouts"]] = float(len(letters) > 8 and capitals > 0.3 * len(letters))
    signs[_PLACE["stretched"]] = float(_STRETCHED.search(said) is not None)
    signs[_PLACE["short"]], signs[_PLACE["long"]] = float(len(words) <= 3), float(len(words) > 20)


_MARKED = {"glad": "glad_marks", "sad": "sad_marks", "excl": "exclaims", "ask": "asks", "dots": "dots"}


def _mark(kind: str, said: str, signs: NDArray[np.float32]) -> int:
    if kind in _MARKED:
        signs[_PLACE[_MARKED[kind]]] = 1.0
    if kind == "number":
        signs[_PLACE["numbers"]] = 1.0
        return key_of(f"#{len(said)}")
    if said in '«»"':
        signs[_PLACE["quoted"]] = 1.0
    return key_of(f"{kind}{said[:1] if kind in {'stop', 'other', 'glad', 'sad'} else min(len(said), 4)}")


def _sequence_keys(terms: Sequence[_Term | None], denied: Sequence[bool]) -> Iterator[int]:
    """Denied lemmas, and pairs of neighbours that no mark parts."""
    for term, is_denied in zip(terms, denied, strict=True):
        if term is not None:
            yield _mixed(1, term.key) if is_denied else term.key
    for one, other in pairwise(terms):
        if one is not None and other is not None:
            yield _mixed(one.key, other.key)
    if terms and terms[0] is not None:
        yield _mixed(2, terms[0].key)
    yield from (_mixed(one.key, 3 * other.key) for one, other in zip(terms, terms[2:], strict=False) if one and other)


def _mixed(one: int, other: int) -> int:
    """The hash of a pair, in the block of words."""
    return ((one * 0x9E3779B1) ^ (other * 0x85EBCA6B + 0x27D4EB2F)) % _SHARED


def _denied(terms: Sequence[_Term | None]) -> list[bool]:
    denied = [False] * len(terms)
    reach = 0
    for place, term in enumerate(terms):
        if term is None or term.is_but:
            reach = 0
        elif term.is_denial:
            reach = _DENIAL_REACH
            if term.lemma in _DENIED_BEHIND:
                _deny_behind(terms, place, denied)
        elif term.is_undenied:
            reach = 0
        elif reach > 0:
            denied[place] = True
            reach -= 1
    return denied


def _deny_behind(terms: Sequence[_Term | None], place: int, denied: list[bool]) -> None:
    """«Проблем нет», «претензий пока не было»: what is said before is denied too, where nothing better follows."""
    following = terms[place + 1] if place + 1 < len(terms) else None
    if following is not None and following.lemma not in {"быть", "возникать", "возникнуть", "иметь", "оказаться"}:
        return
    for before in range(place - 1, max(-1, place - 3), -1):
        if terms[before] is None:
            break
        denied[before] = True


def _measure(terms: Sequence[_Term | None], denied: Sequence[bool], signs: NDArray[np.float32]) -> None:
    charged = list(_charges(terms, denied))
    turn = max((place for place, term in enumerate(terms) if term is not None and term.is_but), default=-1)
    for place, charge, is_denied in charged:
        value = charge.value
        if value:
            name = "good" if value > 0 else "bad"
            signs[_PLACE[f"denied_{name}" if is_denied else name]] += abs(value)
            if abs(value) > 1.5 and not is_denied:
                signs[_PLACE[f"very_{name}"]] += 1.0
            if place > turn >= 0:
                side = (value > 0) != is_denied
                signs[_PLACE["last_good" if side else "last_bad"]] += 1.0
            signs[_PLACE["net"]] += -0.6 * value if is_denied else value
        for emotion in charge.emotions if not is_denied else ():
            signs[_PLACE[emotion]] += 1.0
    signs[: _PLACE["net"]] = np.log1p(signs[: _PLACE["net"]])
    signs[_PLACE["net"]] = np.tanh(signs[_PLACE["net"]] / 2)
    signs[_PLACE["none"]] = float(not any(charge.value for _, charge, _ in charged))
    for emotion in range(_PLACE["anger"], _PLACE["surprise"] + 1):
        signs[emotion] = min(signs[emotion], 2.0)
    said = [term for term in terms if term is not None]
    signs[_PLACE["wishes"]] = float(any(term.is_wish for term in said))
    signs[_PLACE["denials"]] = min(2.0, sum(term.is_denial for term in said))
    signs[_PLACE["very"]] = min(2.0, sum(term.is_very for term in said))
    signs[_PLACE["but"]] = float(turn >= 0)


def _charges(terms: Sequence[_Term | None], denied: Sequence[bool]) -> Iterator[tuple[int, Charge, bool]]:
    """(place, charge, denied) of words and phrases; a word inside a known phrase says nothing by itself."""
    lemmas = [term.lemma if term is not None else "" for term in terms]
    taken: set[int] = set()
    for places, charge in phrase_charges(lemmas):
        taken.update(places)
        yield places[-1], charge, denied[places[0]]
    for place, term in enumerate(terms):
        if term is not None and place not in taken and (term.charge.value or term.charge.emotions):
            yield place, term.charge, denied[place]


@lru_cache(maxsize=120_000)
def term_of(word: str) -> _Term:
    """What a folded word gives."""
    short = _STRETCHED.sub(r"\1", word)[:_LONGEST_WORD]
    basic = lemma(short)
    names = [(f"f{short}", Block.WORDS)]
    names.extend((f"p{basic[:size]}", Block.STEMS) for size in (3, 4, 5, 6, 8) if len(basic) >= size)
    names.append((f"l{basic}", Block.STEMS))
    framed = f" {short} "
    names.extend(
        (framed[start : start + size], Block.CHARS) for size in (2, 3, 4, 5) for start in range(len(framed) - size + 1)
    )
    return _Term(
        basic,
        key_of(basic),
        np.asarray([key_of(name, block) for name, block in names], dtype=np.uint32),
        charge_of(short, basic),
        is_denial=short in word_set("sentiment", "negators"),
        is_wish=short in _WISHES or basic in _WISHES,
        is_but=short in _BUTS,
        is_very=short in _intensifiers(),
        is_undenied=short in _UNDENIED,
    )


@cache
def _intensifiers() -> frozenset[str]:
    return frozenset(
        "очень крайне весьма ужасно безумно невероятно настолько слишком чересчур супер совсем абсолютно полностью "
        "very extremely really so too absolutely totally completely super incredibly insanely".split()
    )
