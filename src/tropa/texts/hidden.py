"""Touchpoints that customers speak of and the map does not have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tropa.domain.evidence import Quote
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.texts.clauses import Span, clauses
from tropa.texts.document import Feedback, Mention
from tropa.texts.keys import latin_key
from tropa.texts.lexicon import Lexicon, lexicon_of
from tropa.texts.mentions import touchpoint_lexicon
from tropa.texts.names import nearest_stages
from tropa.texts.sentiment import is_negative_of, is_polar
from tropa.texts.shipped import word_set
from tropa.texts.touchpoints import NOTHING, KnownTouchpoint, idioms, known_by_key, known_for_spec, known_touchpoints
from tropa.texts.voices import customers_heard, quote_of, speaker
from tropa.texts.words import Word, is_known, is_russian, lemma, readings, words_of

FEWEST_VOICES = 5
_QUOTES = 3
_MOST_KNOWN = 12
_MOST_CANDIDATES = 5
_PLAIN_NOUN = frozenset({"NOUN", "inan"})
_NO_THING = frozenset({"Name", "Surn", "Patr", "Geox", "Abbr", "Init"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenTouchpoint:
    """What customers speak of and the map lacks.

    `voices` different people among `of`, `negative` of them complaining; `stage` is the stage of the map where it
    would stand (None where nothing tells). `known` says that the dictionary has it; else it is a frequent word of
    complaints, and only a candidate.
    """

    key: str
    name: Text
    channel: str | None
    stage: str | None
    voices: int
    negative: int
    of: int
    words: tuple[str, ...]
    quotes: tuple[Quote, ...]
    known: bool

    def as_touchpoint(self) -> TouchpointSpec:
        """A touchpoint to put on the map: it meets no event, only words."""
        return TouchpointSpec(key=self.key, name=self.name, channel=self.channel, words=self.words)


@dataclass(slots=True)
class _Heard:
    """Clauses about one thing, gathered while reading."""

    speakers: set[str] = field(default_factory=set)
    complaining: set[str] = field(default_factory=set)
    clauses: list[tuple[Feedback, Span, bool | None]] = field(default_factory=list)


def hidden_touchpoints(
    feedback: Sequence[Feedback], mentions: Sequence[Mention], stages: Sequence[StageSpec]
) -> tuple[HiddenTouchpoint, ...]:
    """What at least five different people speak of and no touchpoint of the stages takes, most voices first."""
    customers = customers_heard(feedback)
    of = len({speaker(one) for one in customers.values()})
    taken = {(mention.feedback, mention.start) for mention in mentions}
    known: dict[str, _Heard] = defaultdict(_Heard)
    nouns: dict[str, _Heard] = defaultdict(_Heard)
    lexicon, absent = _lexicon_beyond(stages)
    for one in customers.values():
        _listen(one, taken, lexicon=lexicon, absent=absent, known=known, nouns=nouns)
    homes = nearest_stages(stages)
    told = _loudest(_known(known_by_key()[key], heard, of=of, homes=homes) for key, heard in known.items())
    guessed = _loudest(_candidate(noun, heard, of=of) for noun, heard in nouns.items())
    return (*told[:_MOST_KNOWN], *guessed[:_MOST_CANDIDATES])


def _loudest(found: Iterable[HiddenTouchpoint]) -> list[HiddenTouchpoint]:
    enough = [one for one in found if one.voices >= FEWEST_VOICES]
    return sorted(enough, key=lambda one: (-one.voices, one.key))


def _lexicon_beyond(stages: Sequence[StageSpec]) -> tuple[Lexicon, frozenset[str]]:
    """All words: the map's own touchpoints, and those of the dictionary that the map lacks."""
    present = {known.key for stage in stages for t in stage.touchpoints if (known := known_for_spec(t)) is not None}
    absent = [one for one in known_touchpoints() if one.key not in present]
    own = touchpoint_lexicon(stages)
    mine = {entry.phrase for entries in own.entries.values() for entry in entries}
    lists = [
        (NOTHING, [*idioms(), *sorted(mine)]),
        *((one.key, [w for w in one.words if w not in mine]) for one in absent),
    ]
    return lexicon_of(lists), frozenset(one.key for one in absent)


def _listen(
    one: Feedback,
    taken: set[tuple[str, int]],
    *,
    lexicon: Lexicon,
    absent: frozenset[str],
    known: Mapping[str, _Heard],
    nouns: Mapping[str, _Heard],
) -> None:
    for clause in clauses(one.text):
        words = tuple(words_of(clause.of(one.text)))
        owners = {hit.entry.owner for hit in lexicon.find(words)}
        negative = is_negative_of(clause.of(one.text), words)
        for key in sorted(owners & absent):
            _note(known[key], one, clause, negative=negative)
        if not owners and negative and (one.id, clause.start) not in taken:
            for noun in sorted(set(_things(words))):
                _note(nouns[noun], one, clause, negative=negative)


def _note(gathered: _Heard, one: Feedback, clause: Span, *, negative: bool | None) -> None:
    gathered.speakers.add(speaker(one))
    if negative:
        gathered.complaining.add(speaker(one))
    gathered.clauses.append((one, clause, negative))


def _things(words: Sequence[Word]) -> Iterator[str]:
    """Nouns that may be a touchpoint: things, not people, places, times or sums."""
    for place, word in enumerate(words):
        if len(word.text) < 4 or word.text.isdigit() or is_polar(word.text):
            continue
        if is_russian(word.text):
            likeliest = readings(word.text)[0]
            plain = likeliest.grammemes >= _PLAIN_NOUN and not likeliest.grammemes & _NO_THING
            if plain and is_known(word.text) and likeliest.lemma not in word_set("people", "no_touchpoints"):
                yield likeliest.lemma
        elif place and words[place - 1].text in {"the", "my", "our", "their"}:
            stem = lemma(word.text)
            if stem not in word_set("people", "no_touchpoints_en"):
                yield word.text


def _known(known: KnownTouchpoint, gathered: _Heard, *, of: int, homes: Mapping[str, str]) -> HiddenTouchpoint:
    return HiddenTouchpoint(
        key=known.key,
        name=known.name,
        channel=known.channel,
        stage=homes[known.stage] or None,
        voices=len(gathered.speakers),
        negative=len(gathered.complaining),
        of=of,
        words=known.words,
        quotes=_quotes(gathered),
        known=True,
    )


def _candidate(noun: str, gathered: _Heard, *, of: int) -> HiddenTouchpoint:
    name = noun[:1].upper() + noun[1:]
    return HiddenTouchpoint(
        key=f"heard.{latin_key(noun)}",
        name=Text(ru=name, en=name),
        channel=None,
        stage=None,
        voices=len(gathered.speakers),
        negative=len(gathered.complaining),
        of=of,
        words=(noun,),
        quotes=_quotes(gathered),
        known=False,
    )


def _quotes(gathered: _Heard) -> tuple[Quote, ...]:
    """Complaints first, short texts before long ones, one quote a speaker."""
    ordered = sorted(gathered.clauses, key=lambda one: (one[2] is not True, len(one[0].text) > 240, one[0].id))
    first: dict[str, Quote] = {}
    for one, clause, _ in ordered:
        first.setdefault(speaker(one), quote_of(one, clause.start, clause.end))
    return tuple(first.values())[:_QUOTES]
