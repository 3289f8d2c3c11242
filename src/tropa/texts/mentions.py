"""Which touchpoints customers speak of and how they feel about them, statement by statement."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tropa.domain.evidence import Rating
from tropa.domain.opinion import Opinion, Sentiment, Statement
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.voice import VoiceLine
from tropa.ports import TextModel
from tropa.texts.document import Feedback, Mention
from tropa.texts.lexicon import Found, Lexicon, lexicon_of
from tropa.texts.map_taxonomy import MapTaxonomy, taxonomy_of_stages
from tropa.texts.sentiment import is_negative_of
from tropa.texts.shipped_model import shipped_model
from tropa.texts.statements import VoiceReader, statements_of
from tropa.texts.touchpoints import NOTHING, KnownTouchpoint, idioms, known_for_spec, names_of_events
from tropa.texts.voices import customers_heard, speaker
from tropa.texts.words import Word, words_of

_CLEAR = 1.0  # a mark at least this far from the middle of −2…+2 tells pain from praise
_SURE = 0.7  # the model alone tells praise from blame from here on: about as often right as the lexicon, heard far more
_SURE_TOPIC = 0.9
_WHOLE = 1.5  # a mark this far from the middle outweighs what the model alone reads
_PLAIN = 1.0  # how strong an opinion is that only the lexicon's words tell
_BATCH = 512
_FEWEST_BESIDE = 5  # people who must name a touchpoint that the map lacks
_TOLD = {True: (1.0, 0.0, 0.0), False: (0.0, 0.0, 1.0), None: (0.0, 1.0, 0.0)}


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that was said, read once.

    `lines` are the voices that count, their statements settled with their marks; `mentions` the clauses about the map's
    touchpoints; `beside` those about shipped touchpoints that the map lacks and at least five people name, each at the
    stage where it would stand. `touchpoints` describes all of these, `homes` tells their stages.
    """

    lines: tuple[VoiceLine, ...] = ()
    mentions: tuple[Mention, ...] = ()
    beside: tuple[Mention, ...] = ()
    touchpoints: tuple[KnownTouchpoint, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)

    @property
    def everywhere(self) -> tuple[Mention, ...]:
        """All that is said of a stage."""
        return (*self.mentions, *self.beside)

    def of(self, feedback: Collection[str]) -> "Heard":
        """What these texts say."""
        return replace(
            self,
            lines=tuple(one for one in self.lines if one.id in feedback),
            mentions=tuple(one for one in self.mentions if one.feedback in feedback),
            beside=tuple(one for one in self.beside if one.feedback in feedback),
        )


def listen(
    feedback: Sequence[Feedback],
    stages: Sequence[StageSpec],
    *,
    industry: str | None = None,
    model: TextModel | None = None,
) -> Heard:
    """The statements of the feedback about the stages' touchpoints, in the feedback's order.

    `industry` names the pack whose touchpoints are looked for too, None the common ones; `model` None is the light one
    that ships.
    """
    if not feedback or not any(stage.touchpoints for stage in stages):
        return Heard()
    known = taxonomy_of_stages(stages, industry)
    reader = VoiceReader(model=model or shipped_model(), taxonomy=known.taxonomy)
    said = _statements([one.text for one in feedback], reader)
    read = {one.id: _read(one, said[one.text], known) for one in feedback}
    counted = customers_heard(feedback)
    found = [mention for one in feedback for mention in read[one.id].mentions]
    beside = [one for one in found if one.touchpoint not in known.own]
    speakers = {(one.touchpoint, speaker(counted[one.feedback])) for one in beside if one.feedback in counted}
    named = {key for key, people in Counter(key for key, _ in speakers).items() if people >= _FEWEST_BESIDE}
    return Heard(
        lines=tuple(_line(one, read[one.id].statements) for one in counted.values()),
        mentions=tuple(one for one in found if one.touchpoint in known.own),
        beside=tuple(one for one in beside if one.touchpoint in named),
        touchpoints=known.taxonomy.touchpoints,
        homes=known.homes,
    )


def find_mentions(
    feedback: Sequence[Feedback], stages: Sequence[StageSpec], *, industry: str | None = None
) -> tuple[Mention, ...]:
    """The clauses that speak of the stages' touchpoints, in the order of the feedback.

    A touchpoint is known by its own words, by those of the shipped touchpoint that it is, and by the model's topics.
    `negative` is told by the clause's words and the model, and where these do not tell, by a clear mark; `value` is the
    mark's where the whole text speaks of one stage, else the statement's. Words and marks that contradict tell nothing.
    """
    return listen(feedback, stages, industry=industry).mentions


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
        return words + tuple(phrase for phrase in names_of_events(touchpoint) if phrase not in words)
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
        question=one.question,
        answers=one.answers,
        statements=statements,
    )


def _statements(texts: Iterable[str], reader: VoiceReader) -> dict[str, tuple[Statement, ...]]:
    """The statements of each different text."""
    different = tuple(dict.fromkeys(texts))
    said: dict[str, tuple[Statement, ...]] = {}
    for start in range(0, len(different), _BATCH):
        part = different[start : start + _BATCH]
        said |= zip(part, statements_of(part, reader), strict=True)
    return said


@dataclass(frozen=True, slots=True)
class _Read:
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]


def _read(feedback: Feedback, statements: Sequence[Statement], known: MapTaxonomy) -> _Read:
    whole = value_of(feedback.rating)
    named: set[str] = set()
    about = [_About(feedback.text, one, known, mark=whole, named=named) for one in statements]
    stages = {known.homes[key] for one in about for key in one.touchpoints}
    mark = whole if len(stages) == 1 else None
    settled, mentions = [], []
    for one in about:
        negative = _with_mark(one.negative, mark) if one.touchpoints else one.negative
        settled.append(_settled(one.statement, negative, one.touchpoints))
        for key in one.touchpoints:
            told = one.negative_of(key)
            mentions.append(
                Mention(
                    feedback=feedback.id,
                    start=one.statement.start,
                    end=one.statement.end,
                    touchpoint=key,
                    stage=known.homes[key],
                    words=one.words_of(key),
                    value=_value(mark, told, one.statement.opinion),
                    negative=_with_mark(told, mark),
                    statement=one.statement,
                )
            )
    return _Read(tuple(settled), tuple(mentions))


class _About:
    """A statement with the touchpoints that count: those that it or a clause before it names (`named` grows).

    The model's topics alone speak only of the map's own touchpoints that the dictionary knows, and only where they are
    very sure.
    """

    def __init__(
        self, text: str, statement: Statement, known: MapTaxonomy, *, mark: float | None, named: set[str]
    ) -> None:
        self.statement = statement
        self._said = text[statement.start : statement.end]
        self._words = tuple(words_of(self._said))
        self._found: dict[str, list[Found]] = {}
        for one in known.taxonomy.lexicon.find(self._words) if statement.touchpoints else ():
            self._found.setdefault(one.entry.owner, []).append(one)
        named |= self._found.keys()
        self.touchpoints = {
            key: p for key, p in statement.touchpoints if key in named or (key in known.by_topic and p >= _SURE_TOPIC)
        }
        self.negative = by_words(self._said, self._words, statement.opinion, mark)

    def words_of(self, touchpoint: str) -> tuple[str, ...]:
        """The words that name it."""
        spans = (one.places for one in self._found.get(touchpoint, ()))
        return tuple(self._said[self._words[one[0]].start : self._words[one[-1]].end] for one in spans)

    def negative_of(self, touchpoint: str) -> bool | None:
        """What is said of it; where the whole clause does not tell, what stands around its words."""
        own = self._found.get(touchpoint)
        if self.negative is not None or not own:
            return self.negative
        return _said_nearby(self._said, self._words, own[0].places)


def _settled(statement: Statement, negative: bool | None, touchpoints: Mapping[str, float]) -> Statement:  # noqa: FBT001
    """The statement with the touchpoints that count and the feeling that words, model and mark agree on."""
    wanted = {True: Sentiment.NEGATIVE, False: Sentiment.POSITIVE, None: Sentiment.NEUTRAL}[negative]
    opinion = statement.opinion
    if opinion.sentiment is not wanted:
        value = 0.0 if negative is None else -_PLAIN if negative else _PLAIN
        opinion = replace(opinion, probabilities=_TOLD[negative], value=value)
    return replace(statement, touchpoints=tuple(touchpoints.items()), opinion=opinion)


def by_words(text: str, words: Sequence[Word], opinion: Opinion, mark: float | None = None) -> bool | None:
    """True for a complaint, False for praise: what lexicon and model say; None where neither is sure or they differ.

    The model alone is not believed against a very good or very bad mark of the whole text.
    """
    lexicon = is_negative_of(text, words)
    negative, _, positive = opinion.probabilities
    model = True if negative >= _SURE else False if positive >= _SURE else None
    if lexicon is None:
        against = model is not None and mark is not None and abs(mark) >= _WHOLE and (mark < 0) != model
        return None if against else model
    return lexicon if model in {None, lexicon} else None


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
