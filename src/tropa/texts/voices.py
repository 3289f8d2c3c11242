"""What customers said of each stage: how many, how they felt, in their own words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from tropa.domain.evidence import Quote
from tropa.domain.opinion import DECISION, EMOTIONS, Opinion
from tropa.domain.project import StageSpec
from tropa.domain.text import Text
from tropa.stats.student import student_quantile
from tropa.texts.document import Feedback, Mention, Voice
from tropa.texts.lexicon import Lexicon, lexicon_of
from tropa.texts.quoting import alike, telling_lemmas
from tropa.texts.shipped import shipped
from tropa.texts.words import folded, words_of

FEWEST_FOR_INTERVAL = 5
_NO_LETTER = re.compile(r"[\W_]+")
_STEP_VARIANCE = 1 / 12  # a mark is rounded to a step; without it five equal marks would seem exact
_NAMES = 3
_NAMED_BY = 2  # voices that must use the words of an emotion before the stage is called so
_READ_BY = 5  # voices that the model must read so where no words do,
_READ_SHARE = 0.2  # and their share of the stage's voices
_STRONG = 1.4
# the model's six: (as a rule, where the feeling is strong)
_SIX = {
    "anger": ("irritation", "anger"),
    "disgust": ("irritation", "irritation"),
    "fear": ("anxiety", "anxiety"),
    "joy": ("satisfaction", "delight"),
    "sadness": ("disappointment", "disappointment"),
    "surprise": ("surprise", "surprise"),
}
_QUOTES = 4
_GOOD_QUOTE = (30, 220)  # code points: shorter ones say little, longer ones are not read


@dataclass(frozen=True, slots=True, kw_only=True)
class StageVoice:
    """What was said of a stage.

    `voices` different people among `of` who said anything; `value` is the mean of their −2…+2 with a 95 % interval
    (Student's t, from five voices), `points` counts them at −2…+2; `rated` of the voices have a value. `names` are
    emotions that the words themselves name.
    """

    stage: str
    voices: int
    of: int
    rated: int
    value: float | None
    low: float | None
    high: float | None
    points: tuple[int, int, int, int, int]
    names: tuple[Text, ...]
    negative: int
    positive_quotes: tuple[Quote, ...]
    negative_quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointPain:
    """Complaints about a touchpoint: `negative` different people among the `of` who spoke of it."""

    touchpoint: str
    stage: str
    negative: int
    of: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointVoices:
    """Who spoke of a touchpoint: `positive` and `negative` different people among the `of` who spoke of it."""

    touchpoint: str
    stage: str
    positive: int
    negative: int
    of: int
    quotes: tuple[Quote, ...]


def stage_voices(
    feedback: Sequence[Feedback], mentions: Sequence[Mention], stages: Sequence[StageSpec]
) -> tuple[StageVoice, ...]:
    """What customers said of each stage, in the stages' order; employees and repeated texts are no voices."""
    heard = customers_heard(feedback)
    of = len({speaker(one) for one in heard.values()})
    by_stage: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.feedback in heard:
            by_stage[mention.stage].append(mention)
    return tuple(_stage_voice(stage.key, by_stage[stage.key], heard, of) for stage in stages)


def touchpoint_pains(feedback: Sequence[Feedback], mentions: Sequence[Mention]) -> tuple[TouchpointPain, ...]:
    """Complaints by touchpoint, most voices first."""
    heard = customers_heard(feedback)
    pains = [
        TouchpointPain(
            touchpoint=touchpoint,
            stage=stage,
            negative=_speakers((m for m in own if m.negative is True), heard),
            of=_speakers(own, heard),
            quotes=_quotes([m for m in own if m.negative is True], heard),
        )
        for (touchpoint, stage), own in _by_touchpoint(mentions, heard).items()
    ]
    return tuple(sorted((p for p in pains if p.negative), key=lambda p: (-p.negative, p.touchpoint, p.stage)))


def touchpoint_praise(feedback: Sequence[Feedback], mentions: Sequence[Mention]) -> tuple[TouchpointVoices, ...]:
    """The touchpoints that anybody praises, most praises first; quotes are praise."""
    found = _touchpoint_voices(feedback, mentions, only=False)
    return tuple(sorted((one for one in found if one.positive), key=lambda p: (-p.positive, p.touchpoint, p.stage)))


def touchpoint_voices(feedback: Sequence[Feedback], mentions: Sequence[Mention]) -> tuple[TouchpointVoices, ...]:
    """All touchpoints that are spoken of, most voices first."""
    found = _touchpoint_voices(feedback, mentions, only=None)
    return tuple(sorted(found, key=lambda one: (-one.of, one.touchpoint, one.stage)))


def _touchpoint_voices(
    feedback: Sequence[Feedback], mentions: Sequence[Mention], *, only: bool | None
) -> Iterator[TouchpointVoices]:
    heard = customers_heard(feedback)
    for (touchpoint, stage), own in _by_touchpoint(mentions, heard).items():
        yield TouchpointVoices(
            touchpoint=touchpoint,
            stage=stage,
            positive=_speakers((m for m in own if m.negative is False), heard),
            negative=_speakers((m for m in own if m.negative is True), heard),
            of=_speakers(own, heard),
            quotes=_quotes([m for m in own if only is None or m.negative is only], heard),
        )


def _by_touchpoint(
    mentions: Sequence[Mention], heard: Mapping[str, Feedback]
) -> Mapping[tuple[str, str], Sequence[Mention]]:
    grouped: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.feedback in heard:
            grouped[mention.touchpoint, mention.stage].append(mention)
    return grouped


def customers_heard(feedback: Sequence[Feedback]) -> Mapping[str, Feedback]:
    """The feedback that counts, by id: customers' own, not empty, each text of one speaker once.

    The same words twice without a known person are one voice: a copy, as far as anyone can tell.
    """
    heard: dict[str, Feedback] = {}
    seen: set[tuple[str | None, str]] = set()
    for one in feedback:
        said = _NO_LETTER.sub(" ", folded(one.text)).strip()
        if one.voice is not Voice.CUSTOMER or not said or (one.person, said) in seen:
            continue
        seen.add((one.person, said))
        heard[one.id] = one
    return heard


def speaker(feedback: Feedback) -> str:
    """Who speaks: the person where known, else the survey sheet or conversation, else this feedback stands for one."""
    if feedback.person:
        return f"person:{feedback.person}"
    return f"answers:{feedback.answers}" if feedback.answers else f"feedback:{feedback.id}"


def quote_of(feedback: Feedback, start: int, end: int) -> Quote:
    """The feedback's words, whole and verbatim, with the clause that matters marked."""
    return Quote(
        feedback=feedback.id,
        text=feedback.text,
        span=(start, end),
        source=feedback.source,
        date=feedback.written_at.date() if feedback.written_at else None,
        rating=feedback.rating,
    )


def verbatim(quote: Quote) -> Text:
    """The words that prove the claim, in quotation marks."""
    said = quote.text[quote.span[0] : quote.span[1]].strip() if quote.span else quote.text
    return Text(ru=f"«{said}»", en=f"“{said}”")


def _speakers(mentions: Iterable[Mention], heard: Mapping[str, Feedback]) -> int:
    return len({speaker(heard[mention.feedback]) for mention in mentions})


def _stage_voice(stage: str, mentions: Sequence[Mention], heard: Mapping[str, Feedback], of: int) -> StageVoice:
    values = _values_by_speaker(mentions, heard)
    low, high = _interval(values)
    return StageVoice(
        stage=stage,
        voices=_speakers(mentions, heard),
        of=of,
        rated=len(values),
        value=sum(values) / len(values) if values else None,
        low=low,
        high=high,
        points=_points(values),
        names=_emotion_names(mentions, heard),
        negative=_speakers((m for m in mentions if m.negative is True), heard),
        positive_quotes=_quotes([m for m in mentions if m.negative is False], heard),
        negative_quotes=_quotes([m for m in mentions if m.negative is True], heard),
    )


def _values_by_speaker(mentions: Sequence[Mention], heard: Mapping[str, Feedback]) -> list[float]:
    """One value a speaker: the mean over their texts."""
    by_text = {m.feedback: m.value for m in mentions if m.value is not None}
    by_speaker: dict[str, list[float]] = defaultdict(list)
    for feedback, value in by_text.items():
        by_speaker[speaker(heard[feedback])].append(value)
    return [sum(values) / len(values) for values in by_speaker.values()]


def _interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    if len(values) < FEWEST_FOR_INTERVAL:
        return None, None
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1) + _STEP_VARIANCE
    half = student_quantile(len(values) - 1) * sqrt(variance / len(values))
    return max(-2.0, mean - half), min(2.0, mean + half)


def _points(values: Sequence[float]) -> tuple[int, int, int, int, int]:
    count = Counter(int(value + 2.5) - 2 for value in values)
    return count[-2], count[-1], count[0], count[1], count[2]


def _emotion_names(mentions: Sequence[Mention], heard: Mapping[str, Feedback]) -> tuple[Text, ...]:
    """Up to three emotions, commonest first: those that two or more speakers name in the stage's clauses.

    What the model reads joins the words; by the model alone, a fifth of the speakers and five must feel it.
    """
    by_emotion: dict[str, set[str]] = defaultdict(set)
    by_model: dict[str, set[str]] = defaultdict(set)
    people = _speakers(mentions, heard)
    for mention in mentions:
        one = heard[mention.feedback]
        for key in _emotions_in(one.text[mention.start : mention.end]):
            if _agrees(key, mention):
                by_emotion[key].add(speaker(one))
        for key in felt(mention.statement.opinion) if mention.statement is not None else ():
            if _agrees(key, mention):
                by_model[key].add(speaker(one))
    order = list(emotion_names())
    named = [
        key
        for key in order
        if len(by_emotion[key]) >= _NAMED_BY or len(by_model[key]) >= max(_READ_BY, _READ_SHARE * people)
    ]
    heard_of = {key: len(by_emotion[key] | by_model[key]) for key in named}
    named.sort(key=lambda key: (-heard_of[key], order.index(key)))
    return tuple(emotion_names()[key] for key in named[:_NAMES])


def felt(opinion: Opinion) -> tuple[str, ...]:
    """The emotions that people see for the model's six: a strong feeling has a stronger name."""
    strong = abs(opinion.value) >= _STRONG
    told = [one for one in EMOTIONS if opinion.emotions.get(one, 0.0) >= DECISION]
    names = [_SIX[one][strong] for one in told if one in _SIX]
    return tuple(dict.fromkeys(names))


def _agrees(emotion: str, mention: Mention) -> bool:
    """Kind feelings in a complaint or under a bad mark are irony; unkind ones in praise are past or denied."""
    tone = _tones()[emotion]
    if tone == "either":
        return True
    kind = tone == "kind"
    by_mark = mention.value is None or mention.value == 0 or (mention.value > 0) == kind
    return by_mark and (mention.negative is None or mention.negative != kind)


def _emotions_in(text: str) -> frozenset[str]:
    words = tuple(words_of(text))
    denied = {"не", "ни", "not", "never", "no"}
    return frozenset(
        hit.entry.owner
        for hit in _emotion_lexicon().find(words)
        if len(hit.places) > 1 or not {word.text for word in words[max(0, hit.places[0] - 2) : hit.places[0]]} & denied
    )


@cache
def emotion_names() -> Mapping[str, Text]:
    """What each emotion is called, by key."""
    return {one["key"]: Text(ru=one["ru"], en=one["en"]) for one in shipped("emotions")["emotion"]}


@cache
def _tones() -> Mapping[str, str]:
    return {one["key"]: one["tone"] for one in shipped("emotions")["emotion"]}


@cache
def _emotion_lexicon() -> Lexicon:
    return lexicon_of([(one["key"], one["words"]) for one in shipped("emotions")["emotion"]])


def _quotes(mentions: Sequence[Mention], heard: Mapping[str, Feedback]) -> tuple[Quote, ...]:
    """The most telling words, one quote a speaker, no two alike: readable, under a clear mark, newest first."""
    chosen: dict[str, Mention] = {}
    said: list[frozenset[str]] = []
    for mention in sorted(mentions, key=lambda m: _dullness(m, heard[m.feedback])):
        if len(chosen) == _QUOTES:
            break
        one = heard[mention.feedback]
        words = telling_lemmas(one.text[mention.start : mention.end])
        if speaker(one) not in chosen and not any(alike(words, other) for other in said):
            chosen[speaker(one)] = mention
            said.append(words)
    return tuple(quote_of(heard[m.feedback], m.start, m.end) for m in chosen.values())


def _dullness(mention: Mention, feedback: Feedback) -> tuple[float, float, float, str, int]:
    length = len(feedback.text)
    shortest, longest = _GOOD_QUOTE
    wrong_length = max(0.0, shortest - length) / shortest + max(0.0, length - longest) / longest
    sure = abs(mention.value) if mention.value is not None else 0.0
    written = feedback.written_at.timestamp() if feedback.written_at else 0.0
    return round(wrong_length, 1), -sure, -written, folded(feedback.text), mention.start
