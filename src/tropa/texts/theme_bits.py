"""What a clause says, taken apart for themes: which quality of which thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from sys import intern

from tropa.domain.hearing import ThemeClause, ThemeKind
from tropa.domain.opinion import Sentiment, Statement, StatementKind
from tropa.domain.voice import VoiceLine
from tropa.texts.hearing import day_of, speaker_of
from tropa.texts.polarity import charge_of
from tropa.texts.qualities import GAIN, PAIN, Met, Quality, group_of, qualities_in
from tropa.texts.shipped import shipped
from tropa.texts.things import Adjective, Thing, adjectives_in, noun_of, things_in
from tropa.texts.touchpoints import KnownTouchpoint as Place
from tropa.texts.words import Word, is_russian, lemma, readings, words_of

_NEAR = 5  # words between a quality and the thing it is said of
_OWN_WORDS, _COMPANY_WORDS = 2, 10  # the first words of a touchpoint mean the touchpoint itself
_BY_NEED = frozenset({StatementKind.NEED, StatementKind.QUESTION})


@dataclass(frozen=True, slots=True)
class Bit:
    """One quality ('' for none, =word for an adjective that no list has) of one thing ('' for none) at a touchpoint.

    `own`: the thing is the touchpoint itself.
    """

    clause: ThemeClause
    touchpoint: str
    quality: str
    thing: str
    own: bool
    adjective: str
    plural: bool
    russian: bool
    wording: str


def kind_of(statement: Statement) -> ThemeKind | None:
    """What kind of theme a statement can belong to; None for facts that nobody minds."""
    if statement.kind in _BY_NEED and statement.opinion.sentiment is not Sentiment.POSITIVE:
        return ThemeKind.NEED
    match statement.opinion.sentiment:
        case Sentiment.NEGATIVE:
            return ThemeKind.PAIN
        case Sentiment.POSITIVE:
            return ThemeKind.GAIN
        case Sentiment.NEUTRAL:
            return None


def bits_of(line: VoiceLine, statement: Statement, kind: ThemeKind, places: Sequence[Place]) -> tuple[Bit, ...]:
    """What the statement says of its touchpoints (`places`, the likeliest first); things alone without a quality.

    A quality belongs to the touchpoint whose thing it is said of, else to the first that it can be said of.
    """
    words = tuple(words_of(line.text[statement.start : statement.end]))
    things = things_in(words, frozenset().union(*map(_own_lemmas, places)))
    clause = ThemeClause(
        feedback=line.id,
        speaker=intern(speaker_of(line)),  # one string for all that a person says
        start=statement.start,
        end=statement.end,
        part="",
        date=day_of(line),
    )
    wording = " ".join(one.text for one in words)
    reading = _Reading(clause, words, things, adjectives_in(words, things), tuple(places), wording)
    if kind is ThemeKind.NEED:
        return tuple(reading.wanted())
    told = tuple(reading.qualities(PAIN if kind is ThemeKind.PAIN else GAIN))
    return told or tuple(reading.topics())


@dataclass(frozen=True, slots=True)
class _Reading:
    clause: ThemeClause
    words: tuple[Word, ...]
    things: tuple[Thing, ...]
    adjectives: tuple[Adjective, ...]
    places: tuple[Place, ...]
    wording: str

    def qualities(self, mood: str) -> Iterator[Bit]:
        every = tuple(qualities_in(self.words, None))
        taken = {place for met in every for place in met.places}
        mets = tuple(met for met in every if met.quality.mood == mood)
        found: dict[tuple[str, str], Bit] = {}
        for met in mets:
            if (bit := self._of_quality(met, taken)) is not None:
                found.setdefault((bit.quality, bit.thing), bit)
        for one in self.adjectives:
            if one.place not in taken and one.thing.place not in taken and _judges(one.lemma, mood):
                bit = self._bit(f"={one.lemma}", one.thing, self._home(one.thing), adjective=one.lemma)
                found.setdefault((bit.quality, bit.thing), bit)
        yield from found.values()

    def topics(self) -> Iterator[Bit]:
        """The things that the touchpoint is made of: those that its list of words has, not whatever is named beside."""
        for thing in {one.lemma: one for one in self.things}.values():
            home = self._home(thing)
            if thing.lemma not in _own_lemmas(home) and thing.lemma in _listed_lemmas(home):
                yield self._bit("", thing, home)

    def wanted(self) -> Iterator[Bit]:
        described = {one.thing: one.lemma for one in self.adjectives}
        for thing in {one.lemma: one for one in self.things}.values():
            home = self._home(thing)
            if thing.lemma not in _own_lemmas(home):
                yield self._bit("", thing, home, adjective=described.get(thing, ""))

    def _of_quality(self, met: Met, taken: set[int]) -> Bit | None:
        quality = met.quality
        agreed = next((one for one in self.adjectives if one.place in met.places), None)
        if agreed is not None and agreed.thing.lemma.split(" ")[0] in quality.not_for:
            return None
        if agreed is not None and agreed.thing.place not in taken - set(met.places):
            own_word = "" if met.turned or quality.generic else agreed.lemma
            own = self._home(agreed.thing)
            place = own if quality.fits(group_of(own.key)) else self._fitting(quality)
            return None if place is None else self._bit(quality.key, agreed.thing, place, adjective=own_word)
        thing = None if quality.of_whole else self._doing(met) or self._subject(met, taken)
        if thing is not None and thing.lemma in quality.not_for:
            thing = None
        home = self._named(thing)
        if home is None or not quality.fits(group_of(home.key)):
            home = self._fitting(quality)
        if home is None:
            return None
        return self._bit(quality.key, thing, home, adjective=self._before(met, thing))

    def _fitting(self, quality: Quality) -> Place | None:
        """The touchpoint that the quality is likeliest said of."""
        fitting = [one for one in self.places if quality.fits(group_of(one.key))]
        order = {group: rank for rank, group in enumerate(quality.of)}
        return min(fitting, key=lambda one: order.get(group_of(one.key) or "", 0), default=None)

    def _before(self, met: Met, thing: Thing | None) -> str:
        """An English word of the quality that stands right before the thing («huge portions»)."""
        if thing is None or met.turned or met.quality.generic or met.places != (thing.place - 1,):
            return ""
        said = self.words[met.places[0]].text
        return "" if is_russian(said) else said

    def _subject(self, met: Met, taken: set[int]) -> Thing | None:
        free = [one for one in self.things if one.place not in taken and one.distance(met.places) <= _NEAR]
        behind = met.places[-1] + 1  # «a tiny screen»: whatever stands before it
        near = [one for one in free if (one.subject or one.place == behind) and not self._parted(one, met)]
        return min(near, key=lambda one: (one.distance(met.places), one.place)) if near else None

    def _named(self, thing: Thing | None) -> Place | None:
        """The touchpoint that the thing is."""
        if thing is None:
            return None
        return next((one for one in self.places if thing.lemma in _own_lemmas(one)), None)

    def _home(self, thing: Thing) -> Place:
        """The touchpoint that the thing is, else the likeliest."""
        return self._named(thing) or self.places[0]

    def _parted(self, thing: Thing, met: Met) -> bool:
        low, high = sorted((thing.place, met.places[0]))
        return any(self.words[one + 1].start - self.words[one].end > 2 for one in range(low, high))

    def _doing(self, met: Met) -> Thing | None:
        """The verb beside an adverb, as a thing."""
        place = met.places[0]
        if len(met.places) > 1 or not is_russian(self.words[place].text) or _part(self.words[place].text) != "ADVB":
            return None
        for near in (place - 1, place + 1, place - 2, place + 2):
            if 0 <= near < len(self.words) and (noun := _doings().get(lemma(self.words[near].text))):
                return Thing(noun, near, plural=False, subject=True, last=near)
        return None

    def _bit(self, quality: str, thing: Thing | None, home: Place, *, adjective: str = "") -> Bit:
        named = thing.lemma if thing else ""
        russian = any(is_russian(one.text) for one in self.words)
        own = not named or named in _own_lemmas(home)
        return Bit(
            self.clause,
            home.key,
            quality,
            named,
            own,
            adjective,
            thing.plural if thing else False,
            russian,
            self.wording,
        )


def _judges(adjective: str, mood: str) -> bool:
    """Whether an adjective that the list of qualities lacks is unkind in a complaint and kind in praise."""
    value = charge_of(adjective, adjective).value
    return value < 0 if mood == PAIN else value > 0


def _part(word: str) -> str:
    return readings(word)[0].part


@cache
def _doings() -> dict[str, str]:
    told: dict[str, str] = shipped("themes")["doings"]
    return told


@cache
def _own_lemmas(place: Place) -> frozenset[str]:
    """The nouns that mean the touchpoint itself: of its name, and the first words of its list in each language."""
    named = [one.text for name in (place.name.ru, place.name.en) if name for one in words_of(name)]
    single = [word for word in place.words if " " not in word]
    most = _COMPANY_WORDS if group_of(place.key) == "whole" else _OWN_WORDS
    russian = [word for word in single if is_russian(word.lower())][:most]
    english = [word for word in single if not is_russian(word.lower())][:most]
    given = shipped("themes")["place_things"].get(place.key, ())
    found = set()
    for word in (*named, *russian, *english, *given):
        for one in words_of(word):
            reading = noun_of(one.text)
            found.add(reading.lemma if reading else lemma(one.text))
            found.add(one.text)
    return frozenset(found)


@cache
def _listed_lemmas(place: Place) -> frozenset[str]:
    """The nouns of the touchpoint's list; any noun of one that has no list."""
    single = (word for word in place.words if " " not in word.removeprefix("="))
    nouns = (noun_of(one.text) for word in single for one in words_of(word))
    return frozenset(noun.lemma for noun in nouns if noun is not None)


def stated(statements: Sequence[Statement], kind: ThemeKind) -> Iterator[Statement]:
    """The statements that can belong to a theme of this kind."""
    return (one for one in statements if one.touchpoints and kind_of(one) is kind)
