"""Which touchpoints customers speak of and how they feel about them, statement by statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tropa.domain.evidence import Rating
from tropa.domain.opinion import Opinion, Statement
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.voice import VoiceLine
from tropa.ports import TextModel
from tropa.texts.document import Feedback, Mention
from tropa.texts.industry import industry_of
from tropa.texts.lexicon import Lexicon, lexicon_of
from tropa.texts.map_taxonomy import MapTaxonomy, taxonomy_of_stages
from tropa.texts.sentiment import is_negative_of
from tropa.texts.shipped_model import shipped_model
from tropa.texts.statements import VoiceReader, statements_of
from tropa.texts.touchpoints import NOTHING, KnownTouchpoint, idioms, known_for_spec
from tropa.texts.voices import customers_heard
from tropa.texts.words import Word, words_of

_CLEAR = 1.0  # a mark at least this far from the middle of −2…+2 tells pain from praise
_SURE = 0.6  # the model alone tells praise from blame from here on
_PLAIN = 1.0  # how strong an opinion is that only the lexicon's words tell
_BATCH = 512
_SAMPLE = 400  # texts by which an industry is told


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that was said, read once.

    `lines` are the voices that count; `mentions` the clauses about the map's touchpoints, `beside` those about shipped
    touchpoints that the map lacks, each at the stage where it would stand; `touchpoints` describes them all.
    """

    lines: tuple[VoiceLine, ...] = ()
    mentions: tuple[Mention, ...] = ()
    beside: tuple[Mention, ...] = ()
    touchpoints: tuple[KnownTouchpoint, ...] = ()


def listen(feedback: Sequence[Feedback], stages: Sequence[StageSpec], model: TextModel | None = None) -> Heard:
    """The statements of the feedback about the stages' touchpoints, in the feedback's order.

    `model` None is the light one that ships.
    """
    if not feedback or not any(stage.touchpoints for stage in stages):
        return Heard()
    texts = tuple(dict.fromkeys(one.text for one in feedback))
    known = taxonomy_of_stages(stages, industry_of(texts[:_SAMPLE]))
    reader = VoiceReader(model=model or shipped_model(), taxonomy=known.taxonomy)
    said: dict[str, tuple[Statement, ...]] = {}
    for start in range(0, len(texts), _BATCH):
        part = texts[start : start + _BATCH]
        said |= zip(part, statements_of(part, reader), strict=True)
    found = [mention for one in feedback for mention in _mentions_in(one, said[one.text], known)]
    return Heard(
        lines=tuple(_line(one, said[one.text]) for one in customers_heard(feedback).values()),
        mentions=tuple(one for one in found if one.touchpoint in known.own),
        beside=tuple(one for one in found if one.touchpoint not in known.own),
        touchpoints=known.taxonomy.touchpoints,
    )


def find_mentions(feedback: Sequence[Feedback], stages: Sequence[StageSpec]) -> tuple[Mention, ...]:
    """The clauses that speak of the stages' touchpoints, in the order of the feedback.

    A touchpoint is known by its own words, by those of the shipped touchpoints that it is, and by the model's topics.
    `negative` is told by the clause's words and the model, and where these do not tell, by a clear mark; `value` is the
    mark's where the whole text speaks of one stage, else the statement's. Words and marks that contradict tell nothing.
    """
    return listen(feedback, stages).mentions


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
        return own + tuple(word for word in known.words if word not in own)
    return own or tuple(name for name in (touchpoint.name.ru, touchpoint.name.en) if name)


def _line(one: Feedback, statements: tuple[Statement, ...]) -> VoiceLine:
    return VoiceLine(
        id=one.id,
        text=one.text,
        language=one.language,
        rating=one.rating,
        written_at=one.written_at,
        source=one.source,
        person=one.person,
        statements=statements,
    )


def _mentions_in(feedback: Feedback, statements: Sequence[Statement], known: MapTaxonomy) -> Iterator[Mention]:
    stages = {known.homes[key] for one in statements for key, _ in one.touchpoints}
    mark = value_of(feedback.rating) if len(stages) == 1 else None
    for statement in statements:
        if not statement.touchpoints:
            continue
        said = feedback.text[statement.start : statement.end]
        words = tuple(words_of(said))
        told = by_words(said, words, statement.opinion)
        found = known.taxonomy.lexicon.find(words)
        for key, _ in statement.touchpoints:
            own = [one for one in found if one.entry.owner == key]
            if not own and key not in known.own:
                continue  # what the map lacks has to be named
            negative = told if told is not None or not own else _said_nearby(said, words, own[0].places)
            yield Mention(
                feedback=feedback.id,
                start=statement.start,
                end=statement.end,
                touchpoint=key,
                stage=known.homes[key],
                words=tuple(said[words[one.places[0]].start : words[one.places[-1]].end] for one in own),
                value=_value(mark, negative, statement.opinion),
                negative=_with_mark(negative, mark),
                statement=statement,
            )


def by_words(text: str, words: Sequence[Word], opinion: Opinion) -> bool | None:
    """True for a complaint, False for praise: what lexicon and model say; None where neither is sure or they differ."""
    lexicon = is_negative_of(text, words)
    negative, _, positive = opinion.probabilities
    model = True if negative >= _SURE else False if positive >= _SURE else None
    if lexicon is None or model is None:
        return model if lexicon is None else lexicon
    return lexicon if lexicon == model else None


def _with_mark(negative: bool | None, mark: float | None) -> bool | None:  # noqa: FBT001 - a reading, not a switch
    if mark is None or abs(mark) < _CLEAR:
        return negative
    by_mark = mark < 0
    if negative is None or negative == by_mark:
        return by_mark
    return None  # kind words under a bad mark, or the other way round: irony or a mixed text


def _value(mark: float | None, negative: bool | None, opinion: Opinion) -> float | None:  # noqa: FBT001
    if mark is not None:
        return None if _with_mark(negative, mark) is None and abs(mark) >= _CLEAR else mark
    if negative is None:
        return None
    agrees = (opinion.value < 0) == negative and opinion.value != 0
    return round(opinion.value, 4) if agrees else -_PLAIN if negative else _PLAIN


def _said_nearby(text: str, words: Sequence[Word], places: tuple[int, ...]) -> bool | None:
    """What the part between commas around the touchpoint says, for clauses that praise one thing and blame another."""
    first = words[places[0]].start
    last = words[places[-1]].end
    begin = max(text.rfind(",", words[0].start, first), words[0].start)
    stop = text.find(",", last, words[-1].end)
    end = words[-1].end if stop < 0 else stop
    near = [word for word in words if begin <= word.start and word.end <= end]
    return is_negative_of(text[begin:end], near) if len(near) < len(words) else None
