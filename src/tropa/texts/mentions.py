"""Which touchpoints customers speak of, clause by clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tropa.domain.evidence import Rating
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.texts.clauses import Span, clauses
from tropa.texts.document import Feedback, Mention
from tropa.texts.lexicon import Found, Lexicon, lexicon_of
from tropa.texts.names import event_words
from tropa.texts.sentiment import is_negative_of
from tropa.texts.touchpoints import NOTHING, idioms, known_for_spec
from tropa.texts.words import Word, words_of

_CLEAR = 1.0  # a mark at least this far from the middle of −2…+2 tells pain from praise


@dataclass(frozen=True, slots=True)
class _Hit:
    """A touchpoint that a clause speaks of, with the words that say so and what they say of it."""

    clause: Span
    touchpoint: str
    words: tuple[str, ...]
    negative: bool | None


def find_mentions(feedback: Sequence[Feedback], stages: Sequence[StageSpec]) -> tuple[Mention, ...]:
    """The clauses that speak of the stages' touchpoints, in the order of the feedback.

    A touchpoint is known by its own words and by those of the shipped dictionary's touchpoint that it is. `value` comes
    from the rating, and only where the whole text speaks of one stage; `negative` from the clause's words, and where
    they do not tell, from a clear value.
    """
    lexicon = touchpoint_lexicon(stages)
    homes = {touchpoint.key: stage.key for stage in stages for touchpoint in reversed(stage.touchpoints)}
    return tuple(mention for one in feedback for mention in _mentions_in(one, lexicon, homes))


def touchpoint_lexicon(stages: Sequence[StageSpec]) -> Lexicon:
    """Whose words are whose: people's words first, then the dictionary's, else the touchpoint's name."""
    lists = [(touchpoint.key, _words_for(touchpoint)) for stage in stages for touchpoint in stage.touchpoints]
    return lexicon_of([(NOTHING, idioms()), *lists])


def value_of(rating: Rating | None) -> float | None:
    """A mark on its own scale as −2…+2, linearly; None without a mark or outside its scale."""
    if rating is None:
        return None
    low, high = rating.scale
    if not low < high or not low <= rating.value <= high:
        return None
    return round(4 * (rating.value - low) / (high - low) - 2, 6)


def _words_for(touchpoint: TouchpointSpec) -> tuple[str, ...]:
    known = known_for_spec(touchpoint)
    own = touchpoint.words
    if known is not None:
        words = own + tuple(word for word in known.words if word not in own)
        return words + tuple(phrase for phrase in _names_of_events(touchpoint) if phrase not in words)
    return own or tuple(name for name in (touchpoint.name.ru, touchpoint.name.en) if name)


def _names_of_events(touchpoint: TouchpointSpec) -> tuple[str, ...]:
    """Its events' names where they are of several words: such a name said in full speaks of it."""
    events = touchpoint.match.event if touchpoint.match else ()
    names = (event_words(event) for event in events if "*" not in event)
    return tuple(dict.fromkeys(said for name in names for said in (name.ru, name.en) if said and " " in said))


def _mentions_in(feedback: Feedback, lexicon: Lexicon, homes: dict[str, str]) -> Iterator[Mention]:
    hits = tuple(_hits(feedback.text, lexicon))
    value = value_of(feedback.rating) if len({homes[hit.touchpoint] for hit in hits}) == 1 else None
    for hit in hits:
        yield Mention(
            feedback=feedback.id,
            start=hit.clause.start,
            end=hit.clause.end,
            touchpoint=hit.touchpoint,
            stage=homes[hit.touchpoint],
            words=hit.words,
            value=value,
            negative=_told_by(hit.negative, value),
        )


def _told_by(negative: bool | None, value: float | None) -> bool | None:  # noqa: FBT001 - a reading, not a switch
    if value is None or abs(value) < _CLEAR:
        return negative
    by_mark = value < 0
    if negative is None or negative == by_mark:
        return by_mark
    return None  # kind words under a bad mark, or the other way round: irony or a mixed text


def _hits(text: str, lexicon: Lexicon) -> Iterator[_Hit]:
    words = tuple(words_of(text))
    if not lexicon.knows_any(words):  # most texts that speak of nothing known end here, uncut
        return
    place = 0
    for clause in clauses(text):
        first = place
        while place < len(words) and words[place].start < clause.end:
            place += 1
        yield from _hits_in_clause(text, clause, words[first:place], lexicon)


def _hits_in_clause(text: str, clause: Span, words: Sequence[Word], lexicon: Lexicon) -> Iterator[_Hit]:
    found = lexicon.find(words)
    if not found:
        return
    negative = is_negative_of(clause.of(text), words)
    for touchpoint in dict.fromkeys(one.entry.owner for one in found if one.entry.owner != NOTHING):
        own = [one for one in found if one.entry.owner == touchpoint]
        said = tuple(text[words[one.places[0]].start : words[one.places[-1]].end] for one in own)
        of_it = negative if negative is not None else _said_nearby(text, words, own[0])
        yield _Hit(clause, touchpoint, said, of_it)


def _said_nearby(text: str, words: Sequence[Word], found: Found) -> bool | None:
    """What the part between commas around the touchpoint says, for clauses that praise one thing and blame another."""
    first = words[found.places[0]].start
    last = words[found.places[-1]].end
    begin = max(text.rfind(",", words[0].start, first), words[0].start)
    stop = text.find(",", last, words[-1].end)
    end = words[-1].end if stop < 0 else stop
    near = [word for word in words if begin <= word.start and word.end <= end]
    return is_negative_of(text[begin:end], near) if len(near) < len(words) else None
