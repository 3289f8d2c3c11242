"""What was said of each touchpoint: people by sentiment, the mean feeling with its interval, emotions by name."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from tropa.domain.hearing import TouchpointVoice
from tropa.domain.opinion import DECISION, Opinion, Sentiment
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.stats.student import student_quantile
from tropa.texts.hearing import day_of, speaker_of
from tropa.texts.touchpoints import KnownTouchpoint
from tropa.texts.trends import Calendar, share_of, trends_of

_FEWEST_FOR_INTERVAL = 5
_STEP_VARIANCE = 1 / 12  # values are rounded to steps; without it five equal ones would seem exact
_STRONG = 1.5  # of −2…+2: from here on irritation is anger, satisfaction is delight
_NAMED = {"fear": "anxiety", "sadness": "disappointment", "surprise": "surprise"}


def emotions_of(opinion: Opinion) -> frozenset[str]:
    """The emotions that people see (keys of data/emotions.toml) for what a model heard: six, told apart by strength."""
    heard = {name for name, chance in opinion.emotions.items() if chance >= DECISION}
    found = {_NAMED[name] for name in heard if name in _NAMED}
    if heard & {"anger", "disgust"}:
        found.add("anger" if opinion.value <= -_STRONG else "irritation")
    if "joy" in heard:
        found.add("delight" if opinion.value >= _STRONG else "satisfaction")
    return frozenset(found)


@dataclass(slots=True)
class _Said:
    """What was said of a touchpoint, gathered while reading."""

    speakers: dict[Sentiment, set[str]] = field(default_factory=lambda: {one: set() for one in Sentiment})
    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    emotions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    complaints: list[tuple[str, date]] = field(default_factory=list)


def touchpoint_voices(
    voices: Sequence[VoiceLine], touchpoints: Sequence[KnownTouchpoint], calendar: Calendar | None
) -> tuple[TouchpointVoice, ...]:
    """Every touchpoint that somebody spoke of, most people first; the trend is of those who complain."""
    gathered: dict[str, _Said] = defaultdict(_Said)
    for line in voices:
        _gather(line, gathered)
    known = {one.key: one for one in touchpoints}
    keys = sorted(gathered, key=lambda key: (-len(gathered[key].values), key))
    trends = trends_of([gathered[key].complaints for key in keys], calendar, news=False)
    made = []
    for key, trend in zip(keys, trends, strict=True):
        said, one = gathered[key], known.get(key)
        of = len(said.values)
        value, low, high = mean_of_people(said.values)
        negative, neutral, positive = (share_of(len(said.speakers[sentiment]), of) for sentiment in Sentiment)
        made.append(
            TouchpointVoice(
                key=key,
                name=one.name if one else Text(ru=key, en=key),
                stage=one.stage if one else None,
                people=of,
                negative=negative,
                neutral=neutral,
                positive=positive,
                value=value,
                low=low,
                high=high,
                emotions=dict(Counter({name: len(people) for name, people in said.emotions.items()}).most_common()),
                trend=trend,
            )
        )
    return tuple(made)


def _gather(line: VoiceLine, gathered: Mapping[str, _Said]) -> None:
    person, day = speaker_of(line), day_of(line)
    for statement in line.statements:
        sentiment = statement.opinion.sentiment
        names = emotions_of(statement.opinion)
        for key, _ in statement.touchpoints:
            said = gathered[key]
            said.speakers[sentiment].add(person)
            said.values[person].append(statement.opinion.value)
            for name in sorted(names):
                said.emotions[name].add(person)
            if sentiment is Sentiment.NEGATIVE and day is not None:
                said.complaints.append((person, day))


def mean_of_people(values: Mapping[str, Sequence[float]]) -> tuple[float | None, float | None, float | None]:
    """The mean over people of the mean of each, −2…+2, with Student's 95 % interval from five people on."""
    means = [sum(own) / len(own) for own in values.values()]
    if not means:
        return None, None, None
    mean = sum(means) / len(means)
    if len(means) < _FEWEST_FOR_INTERVAL:
        return mean, None, None
    variance = sum((one - mean) ** 2 for one in means) / (len(means) - 1) + _STEP_VARIANCE
    half = student_quantile(len(means) - 1) * sqrt(variance / len(means))
    return mean, max(-2.0, mean - half), min(2.0, mean + half)
