"""Themes: what several people say of one touchpoint, in names that a manager understands without the quotes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tropa.domain.hearing import Theme, ThemeChoice, ThemeClause, ThemeKind, ThemePart
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.texts.hearing import speaker_of, voices_of
from tropa.texts.keys import latin_key
from tropa.texts.qualities import Quality, qualities
from tropa.texts.quoting import unlike_ways
from tropa.texts.theme_bits import Bit, bits_of, stated
from tropa.texts.theme_names import adjective_name, place_thing, quality_name, topic_name
from tropa.texts.touchpoints import KnownTouchpoint

FEWEST_VOICES = 3
_OWN_THEME = 0.2  # a thing with this share of a quality's voices is a theme of its own
_TOPIC_MORE = 3  # people more, where clauses share a thing and no quality
_WAYS = 2  # wordings that a theme has at least: a sentence that is repeated word for word is none
_ADJECTIVE_WAYS = 3  # unlike wordings that make a theme of an adjective that no list has
_NAMED_BY = 0.34  # the share of voices from which a word names the whole theme


def find_themes(
    lines: Sequence[VoiceLine], touchpoints: Sequence[KnownTouchpoint], *, fewest: int = FEWEST_VOICES
) -> tuple[Theme, ...]:
    """Themes of at least `fewest` people, most voices first.

    Statements are grouped inside (touchpoint × mood) by the quality they speak of («долгий», “rude”: a shipped list of
    synonyms, denial turned round), then by the thing where one stands out. Adjectives that no list has make a theme
    with the noun they agree with; clauses without a quality are grouped by their thing. A statement may belong to
    several themes; keys come from what is said, so that the next month's themes have the same ones.
    """
    known = {one.key: one for one in touchpoints}
    voices = voices_of(lines)
    spoke: dict[str, set[str]] = defaultdict(set)
    for one in voices:
        for statement in one.statements:
            for key, _ in statement.touchpoints:
                spoke[key].add(speaker_of(one))
    found: list[Theme] = []
    for kind in ThemeKind:  # one after another: the parts of all clauses at once are more than the clauses
        for touchpoint, own in _bits(voices, kind, known).items():
            place = known.get(touchpoint) or _nameless(touchpoint)
            found += _Grouping(kind, place, len(spoke[touchpoint]), fewest).themes(own)
    return ordered(found)


def _bits(
    voices: Sequence[VoiceLine], kind: ThemeKind, known: Mapping[str, KnownTouchpoint]
) -> Mapping[str, list[Bit]]:
    """What is said of each touchpoint in one mood."""
    bits: dict[str, list[Bit]] = defaultdict(list)
    for one in voices:
        for statement in stated(one.statements, kind):
            met = [known.get(key) or _nameless(key) for key, _ in statement.touchpoints]
            for bit in bits_of(one, statement, kind, met):
                bits[bit.touchpoint].append(bit)
    return bits


def _nameless(key: str) -> KnownTouchpoint:
    """A touchpoint that the list lacks."""
    return KnownTouchpoint(key=key, name=Text(), channel="", stage="", events=(), words=())


def ordered(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Most voices first."""
    return tuple(sorted(themes, key=lambda one: (-one.voices, one.key)))


def _voices(bits: Sequence[Bit]) -> int:
    return len({one.clause.speaker for one in bits})


def _ways(bits: Sequence[Bit]) -> int:
    """In how many ways it is worded."""
    return len({one.wording for one in bits})


def _unlike_ways(bits: Sequence[Bit], enough: int) -> int:
    return unlike_ways((one.wording for one in bits), enough)


class _Grouping:
    """The themes of one touchpoint in one mood."""

    def __init__(self, kind: ThemeKind, place: KnownTouchpoint, of: int, fewest: int) -> None:
        self.kind, self.place, self.of, self.fewest = kind, place, of, fewest
        self.stem = f"{kind}.{place.key}"

    def themes(self, bits: Sequence[Bit]) -> list[Theme]:
        listed: dict[str, list[Bit]] = defaultdict(list)
        pairs: dict[str, list[Bit]] = defaultdict(list)
        topics: list[Bit] = []
        for bit in bits:
            if not bit.quality:
                topics.append(bit)
            elif bit.quality.startswith("="):
                pairs[self._key(bit)].append(bit)
            else:
                listed[bit.quality].append(bit)
        found = [theme for key, own in listed.items() if not qualities()[key].generic for theme in self._listed(own)]
        found += [self._theme(key, own) for key, own in pairs.items() if self._is_theme(own, unlike=_ADJECTIVE_WAYS)]
        taken = self._taken(found)
        for key, own in listed.items():
            if qualities()[key].generic:
                found += self._listed([bit for bit in own if _place_of(bit) not in taken])
        taken = self._taken(found)
        return found + self._topics([bit for bit in topics if _place_of(bit) not in taken])

    @staticmethod
    def _taken(themes: Sequence[Theme]) -> set[tuple[str, int]]:
        return {(one.feedback, one.start) for theme in themes for one in theme.clauses}

    def _is_theme(self, bits: Sequence[Bit], *, unlike: int = 1) -> bool:
        """Whether enough people say it, in wordings that are no copies of one sentence with a word put in."""
        enough = _voices(bits) >= self.fewest and _ways(bits) >= _WAYS
        return enough and _unlike_ways(bits, min(unlike, self.fewest)) >= min(unlike, self.fewest)

    def _listed(self, bits: Sequence[Bit]) -> list[Theme]:
        """A quality's themes: things that stand out, then all the rest under the touchpoint's own name."""
        if bits and "*" not in qualities()[bits[0].quality].ru:  # the name has no place for a thing
            return [self._theme(f"{self.stem}.{latin_key(bits[0].quality)}", bits)] if self._is_theme(bits) else []
        generic = qualities()[bits[0].quality].generic if bits else False
        least = 0.0 if generic else _OWN_THEME * _voices(bits)
        by_thing: dict[str, list[Bit]] = defaultdict(list)
        for bit in bits:
            by_thing["" if bit.own else bit.thing].append(bit)
        alone = {
            thing: own
            for thing, own in by_thing.items()
            if thing and _voices(own) >= least and self._is_theme(own, unlike=_WAYS)
        }
        rest = [bit for thing, own in by_thing.items() if thing not in alone for bit in own]
        found = [self._theme(self._key(own[0]), own) for own in alone.values()]
        if self._is_theme(rest):
            found.append(self._theme(f"{self.stem}.{latin_key(rest[0].quality)}", rest))
        return found

    def _topics(self, bits: Sequence[Bit]) -> list[Theme]:
        by_thing: dict[str, list[Bit]] = defaultdict(list)
        for bit in bits:
            by_thing[self._key(bit)].append(bit)
        fewest = self.fewest + _TOPIC_MORE
        return [
            self._theme(key, own)
            for key, own in by_thing.items()
            if _voices(own) >= fewest and self._topic_ways(own, fewest) >= fewest
        ]

    def _topic_ways(self, bits: Sequence[Bit], enough: int) -> int:
        """What people want is said in few words, which are alike; complaints and praise are longer."""
        return _ways(bits) if self.kind is ThemeKind.NEED else _unlike_ways(bits, enough)

    def _key(self, bit: Bit) -> str:
        quality = latin_key(bit.quality.removeprefix("=")) if bit.quality else "about"
        return f"{self.stem}.{quality}.{latin_key(bit.thing)}" if not bit.own else f"{self.stem}.{quality}"

    def _theme(self, key: str, bits: Sequence[Bit]) -> Theme:
        parts: dict[str, list[Bit]] = defaultdict(list)
        for bit in bits:
            parts[self._key(bit)].append(bit)
        clauses: dict[tuple[str, int], ThemeClause] = {}
        for part, own in parts.items():
            for bit in own:
                clauses.setdefault(_place_of(bit), replace(bit.clause, part=part))
        return Theme(
            key=key,
            kind=self.kind,
            touchpoint=self.place.key,
            name=self._name(bits),
            of=self.of,
            plain=_is_plain(bits[0].quality),
            parts=tuple(ThemePart(part, self._name(own)) for part, own in sorted(parts.items())),
            clauses=tuple(sorted(clauses.values(), key=lambda one: (one.feedback, one.start))),
        )

    def _name(self, bits: Sequence[Bit]) -> Text:
        russian = [bit for bit in bits if bit.russian]
        english = [bit for bit in bits if not bit.russian]
        first = bits[0].quality
        listed = bool(first) and not first.startswith("=")
        both = listed and not _outstanding([(bit.thing, bit.wording) for bit in bits if bit.thing], len(bits))
        ru = self._said(russian, first, russian=True) if russian or both else None
        en = self._said(english, first, russian=False) if english or both else None
        return _in_both(qualities()[first], ru, en) if listed else Text(ru=ru, en=en)

    def _said(self, bits: Sequence[Bit], quality: str, *, russian: bool) -> str:
        thing, plural, adjective = _words_for(bits)
        if not quality:
            return topic_name(self.kind, thing, adjective, russian=russian, plural=plural)
        if quality.startswith("="):
            return adjective_name(quality[1:], thing or place_thing(self.place, 0), plural=plural if thing else None)
        own = any(bit.own for bit in bits if bit.thing == thing)
        return quality_name(
            qualities()[quality], thing, self.place, russian=russian, adjective=adjective, plural=plural, own=own
        )


def _in_both(quality: Quality, ru: str | None, en: str | None) -> Text:
    """A name without a thing of its own is known in the other language too."""
    if quality.alone and ru == quality.alone[0]:
        en = en or quality.alone[1]
    if quality.alone and en == quality.alone[1]:
        ru = ru or quality.alone[0]
    return Text(ru=ru, en=en)


def _is_plain(quality: str) -> bool:
    """Whether it says that something is good or bad, and not in what."""
    return not quality or (quality in qualities() and qualities()[quality].generic)


def _place_of(bit: Bit) -> tuple[str, int]:
    return bit.clause.feedback, bit.clause.start


def _outstanding(words: Sequence[tuple[str, str]], of: int, *, ways: int = _WAYS) -> str:
    """The commonest word of (word, wording), if common enough to name all and said in so many wordings; else ''."""
    wordings = Counter(word for word, _ in set(words))
    counts = Counter(word for word, _ in words)
    if not counts:
        return ""
    word = min(counts, key=lambda one: (-wordings[one], -counts[one], one))
    return word if wordings[word] >= ways and counts[word] >= _NAMED_BY * of else ""


def _words_for(bits: Sequence[Bit]) -> tuple[str, bool, str]:
    """The thing that names the theme, whether there are many of it, and the adjective that people put to it."""
    named = [bit for bit in bits if bit.thing]
    ways = min(_WAYS, len(bits))
    thing = _outstanding([(bit.thing, bit.wording) for bit in named], max(len(named), len(bits) // 2), ways=ways)
    of_it = [bit for bit in named if bit.thing == thing]
    plural = sum(bit.plural for bit in of_it) * 2 > len(of_it)
    said = [(bit.adjective, bit.wording) for bit in of_it if bit.adjective]
    return thing, plural, _outstanding(said, len(of_it), ways=min(_WAYS, len(of_it)))


def apply_choices(themes: Sequence[Theme], choices: Sequence[ThemeChoice]) -> tuple[Theme, ...]:
    """The themes as people want them: parts taken out, themes merged, named and hidden; most voices first.

    A choice whose theme has no voices now waits; one of a part that has become part of a larger theme takes it out.
    """
    by_name = {one.key: one for one in themes}
    wanted = {key for one in choices for key in (one.key, *one.apart) if key}
    for key in sorted(wanted):
        _take_out(by_name, key)
    into = {one.key: one.merged_into for one in choices if one.merged_into}
    for key in sorted(into):
        target = _end_of(key, into)
        if target is not None and key in by_name:
            own = by_name.pop(key)
            by_name[target] = _merged(by_name[target], own) if target in by_name else replace(own, key=target)
    for choice in choices:
        if choice.key in by_name and choice.name is not None:
            by_name[choice.key] = replace(by_name[choice.key], name=choice.name, named_by_person=True)
        if choice.hidden:
            by_name.pop(choice.key, None)
    return ordered(tuple(by_name.values()))


def _take_out(themes: dict[str, Theme], key: str) -> None:
    """Make a part a theme of its own, unless it is one."""
    if key in themes:
        return
    home = next((one for one in themes.values() if any(part.key == key for part in one.parts)), None)
    if home is None:
        return
    part = next(one for one in home.parts if one.key == key)
    own = tuple(one for one in home.clauses if one.part == key)
    rest = tuple(one for one in home.clauses if one.part != key)
    themes[key] = replace(home, key=key, name=part.name, parts=(part,), clauses=own)
    if rest:
        themes[home.key] = replace(home, parts=tuple(one for one in home.parts if one.key != key), clauses=rest)
    else:
        del themes[home.key]


def _end_of(key: str, into: Mapping[str, str | None]) -> str | None:
    """Where a chain of merges ends; None for a ring."""
    seen = {key}
    target = into.get(key)
    while target is not None and target in into:
        if target in seen:
            return None
        seen.add(target)
        target = into[target]
    return None if target in seen else target


def _merged(one: Theme, other: Theme) -> Theme:
    clauses = {(clause.feedback, clause.start): clause for clause in (*other.clauses, *one.clauses)}
    parts = {part.key: part for part in (*other.parts, *one.parts)}
    return replace(
        one,
        of=max(one.of, other.of),
        parts=tuple(parts[key] for key in sorted(parts)),
        clauses=tuple(sorted(clauses.values(), key=lambda clause: (clause.feedback, clause.start))),
    )
