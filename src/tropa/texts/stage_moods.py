"""How many of those who speak of a stage complain, month by month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tropa.domain.hearing import StageMood
from tropa.domain.opinion import Sentiment
from tropa.domain.voice import VoiceLine
from tropa.texts.hearing import day_of, speaker_of
from tropa.texts.trends import Calendar, month_of, share_of, trends_of


def stage_moods(
    voices: Sequence[VoiceLine], stages: Mapping[str, str], calendar: Calendar | None
) -> tuple[StageMood, ...]:
    """The stages that anybody speaks of, most people first; `stages` is the stage of each touchpoint by key.

    A month's share is people who complain of the stage, of people who spoke of it in that month.
    """
    spoke: dict[str, set[str]] = defaultdict(set)
    scolded: dict[str, set[str]] = defaultdict(set)
    wrote: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    complaints: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for line in voices:
        person, day = speaker_of(line), day_of(line)
        for said in line.statements:
            for stage in {stages[key] for key, _ in said.touchpoints if stages.get(key)}:
                spoke[stage].add(person)
                if day is not None:
                    wrote[stage][month_of(day)].add(person)
                if said.opinion.sentiment is Sentiment.NEGATIVE:
                    scolded[stage].add(person)
                    complaints[stage] += [(person, day)] if day is not None else []
    keys = sorted(spoke, key=lambda stage: (-len(spoke[stage]), stage))
    calendars = [calendar and _of_stage(calendar, wrote[stage]) for stage in keys]
    trends = trends_of([complaints[stage] for stage in keys], calendars, news=False)
    return tuple(
        StageMood(stage=stage, negative=share_of(len(scolded[stage]), len(spoke[stage])), trend=trend)
        for stage, trend in zip(keys, trends, strict=True)
    )


def _of_stage(calendar: Calendar, wrote: Mapping[date, set[str]]) -> Calendar:
    return replace(calendar, wrote={month: frozenset(wrote.get(month, ())) for month in calendar.months})
