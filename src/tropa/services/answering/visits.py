"""«Как заходят»: how many visits people make, how long they last, where they begin and end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.sessions import SessionCounts, SessionQuery, count_sessions, session_lengths
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.places import NamedPlaces, named_places
from tropa.services.answering.rates import INTERVAL, SHARE, persons_column, share_cells, share_fields, timing_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_length
from tropa.stats.durations import Timing
from tropa.stats.proportions import Proportion, proportion

QUESTION = Text(ru="Как заходят", en="How people visit")
METHOD = Text(ru="Сессии", en="Sessions")
_HALF_AN_HOUR = "30m"
_DRAWN = 8
_MOST_ROWS = 200
_PLACE = Column(Text(ru="Место", en="Place"))
_VISITS = Column(Text(ru="Заходы", en="Visits"), Unit.EVENTS)
_BY_PERSON = Text(ru="Сколько раз заходят", en="How many times people visit")
_BEGIN = Text(ru="С чего начинается заход", en="What a visit begins with")
_END = Text(ru="Чем заканчивается заход", en="What a visit ends with")


@dataclass(frozen=True, slots=True)
class Visits:
    """Counts of visits, and how long those of two events or more last (None where there is none)."""

    counts: SessionCounts
    length: Timing | None


def visits(scope: Scope, *, pause: str = _HALF_AN_HOUR, places: str = "events") -> Answer:
    """Visits: runs of a person's events without a longer pause than `pause`."""
    named = named_places(scope, places)
    length = read_length(pause)
    query = SessionQuery(named.rule) if length is None else SessionQuery(named.rule, length)
    result = Visits(count_sessions(scope.log, query, scope.engine), session_lengths(scope.log, query, scope.engine))
    begun, ended = (_largest(one) for one in (result.counts.begun_at, result.counts.ended_at))
    return Answer(
        key="visits",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(result, scope, language)),
        result=result,
        document=_document(result, named, begun, ended),
        tables=(
            _by_person(result, scope.unit),
            _where("begin", _BEGIN, begun, result, named),
            _where("end", _END, ended, result, named),
        ),
        chart=_chart(result, named, begun, ended),
        notes=(in_both(lambda language: _note(query.gap.total_seconds(), language)),),
    )


def _largest(counts: NDArray[np.int64]) -> Sequence[tuple[int, int]]:
    order = np.argsort(-counts, kind="stable").tolist()
    return [(place, int(counts[place])) for place in order if counts[place]]


def _sentence(result: Visits, scope: Scope, language: Language) -> str:
    counts, length = result.counts, result.length
    people = words.units(counts.persons, scope.unit, language)
    again = count_with_share(counts.came_again, language)
    of = of_units(counts.persons, scope.unit, language)
    many = words.counted(counts.sessions, "visit", language)
    half = None if length is None else words.duration(length.median_seconds, language)
    if language is Language.RU:
        time = "" if half is None else f" Половина заходов из двух событий и больше – до {half}."
        return f"{people}, {many}; больше одного раза зашли {again} {of}.{time}"
    time = "" if half is None else f" Half of the visits of two events or more last up to {half}."
    return f"{people}, {many}; {again} {of} came more than once.{time}"


def _note(seconds: float, language: Language) -> str:
    pause = words.duration(seconds, language)
    if language is Language.RU:
        return f"Заход кончается, когда перерыв больше {pause}; время захода – от первого события до последнего."
    return f"A visit ends where a pause is longer than {pause}; it lasts from its first event to its last."


def _shares_by_person(result: Visits) -> list[tuple[Text, Proportion]]:
    """How many people made so many visits; the last row holds all who made more."""
    by_person = result.counts.by_person.tolist()
    last = len(by_person) - 1
    return [
        (_times(visits, more=visits == last), proportion(persons, result.counts.persons))
        for visits, persons in enumerate(by_person)
        if visits and persons
    ]


def _times(visits: int, *, more: bool) -> Text:
    if more:
        return Text(ru=f"{visits} раз и больше", en=f"{visits} times or more")
    return in_both(lambda language: words.counted(visits, "time", language))


def _by_person(result: Visits, unit: str) -> Table:
    columns = (Column(Text(ru="Заходили", en="Visited")), persons_column(unit), SHARE, *INTERVAL)
    rows: list[tuple[Cell, ...]] = [
        (name, share.count, *share_cells(share)) for name, share in _shares_by_person(result)
    ]
    return Table("by_person", _BY_PERSON, columns, tuple(rows))


def _where(key: str, name: Text, found: Sequence[tuple[int, int]], result: Visits, named: NamedPlaces) -> Table:
    said = named.words([place for place, _ in found[:_MOST_ROWS]])
    rows: list[tuple[Cell, ...]] = [
        (said[place], count, *share_cells(proportion(count, result.counts.sessions)))
        for place, count in found[:_MOST_ROWS]
    ]
    return Table(key, name, (_PLACE, _VISITS, SHARE, *INTERVAL), tuple(rows))


def _chart(
    result: Visits, named: NamedPlaces, begun: Sequence[tuple[int, int]], ended: Sequence[tuple[int, int]]
) -> Panels:
    people = ShareBars(tuple(ShareBar(name, share) for name, share in _shares_by_person(result)))
    edges = [
        Panel(name, _place_bars(found[:_DRAWN], result.counts.sessions, named))
        for name, found in ((_BEGIN, begun), (_END, ended))
    ]
    return Panels(None, (Panel(_BY_PERSON, people), *edges))


def _place_bars(found: Sequence[tuple[int, int]], of: int, named: NamedPlaces) -> ShareBars:
    said = named.words([place for place, _ in found])
    return ShareBars(tuple(ShareBar(said[place], proportion(count, of)) for place, count in found))


def _document(
    result: Visits, named: NamedPlaces, begun: Sequence[tuple[int, int]], ended: Sequence[tuple[int, int]]
) -> dict[str, object]:
    counts = result.counts
    return {
        "persons": counts.persons,
        "visits": counts.sessions,
        "events": counts.events,
        "single": {"visits": counts.single.count, **share_fields(counts.single)},
        "came_again": {"persons": counts.came_again.count, **share_fields(counts.came_again)},
        "seconds": timing_fields(result.length),
        "by_person": counts.by_person.tolist(),
        "begin": [{"place": named.keys[place], "visits": count} for place, count in begun],
        "end": [{"place": named.keys[place], "visits": count} for place, count in ended],
    }
