"""«Где теряем»: how many go through steps in order, where they stop, who they are and what they did instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tropa.analysis.afterwards import AfterwardsQuery, LostPath, what_lost_did
from tropa.analysis.losses import TIME_EDGES, LossResult, find_losses, step_times, time_histogram
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.project import Semantics
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.chains import ChainQuery
from tropa.events.places import every_event_name
from tropa.render import words
from tropa.render.charts.funnel_bars import FunnelBar, FunnelBars
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.path_chains import PathChain, PathChains
from tropa.render.charts.time_bars import TimeBars
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.funnel_groups import Split, split_by, split_by_time
from tropa.services.answering.rates import INTERVAL, SHARE, persons_column, share_cells, share_fields, timing_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_barrier, read_length, read_step, step_words
from tropa.stats.durations import Timing
from tropa.stats.proportions import proportion

QUESTION = Text(ru="Где теряем", en="Where people are lost")
METHOD = Text(ru="Воронка", en="Funnel")
NOTHING_MORE = Text(ru="больше ничего", en="nothing more")
_PATHS = 3
_HOW_FAST = Text(ru="Сколько времени от первого шага до последнего", en="Time from the first step to the last")
_WHERE_TO = Text(ru="Что сделали те, кто не пошёл дальше", en="What those who went no further did next")


def funnel(
    scope: Scope,
    steps: Sequence[str | Sequence[str]],
    *,
    window: str | None = None,
    semantics: str = "any_start",
    without: Sequence[str] = (),
    hold: str | None = None,
    by: str | None = None,
    trend: str | None = None,
    then: int = 3,
) -> Answer:
    """How many units come to each step, and how many go no further.

    `steps`: `event`, `event[property=value], other; within 2d; after 5m; optional`, or a list of event names. `without`
    names events that break the way off (`2-3: event` between two steps), `hold` a property that is the same at each
    step, `by` a property of people, or `2:property` of the second step's event, `trend` day, week or month, `then` how
    many steps after a loss are shown (0: none).
    """
    written = [read_step(scope.log, one) for one in steps]
    query = ChainQuery(
        steps=tuple(one.step for one in written),
        window=read_length(window),
        semantics=_semantics(semantics),
        barriers=tuple(read_barrier(scope.log, one) for one in without),
        hold=hold,
    )
    found = _Found(
        scope=scope,
        query=query,
        keys=tuple(one.name for one in written),
        names=tuple(step_words(scope, one) for one in written),
        result=find_losses(scope.log, query, scope.engine),
        times=step_times(scope.log, query, scope.engine),
        histogram=time_histogram(scope.log, query, scope.engine),
        lost=_lost(scope, query, then),
        then=then,
        splits=tuple(
            one
            for one in (
                None if by is None else split_by(scope, query, by),
                None if trend is None else split_by_time(scope, query, trend),
            )
            if one is not None
        ),
    )
    return _answer(found, without)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    scope: Scope
    query: ChainQuery
    keys: tuple[str, ...]
    names: tuple[Text, ...]
    result: LossResult
    times: tuple[tuple[Timing | None, ...], ...]
    histogram: tuple[int, ...]
    lost: tuple[LostPath, ...]
    then: int
    splits: tuple[Split, ...]

    @property
    def last(self) -> int:
        """The last step that cannot be skipped."""
        return self.query.required[-1]


def _semantics(asked: str) -> Semantics:
    if asked not in set(Semantics):
        raise InvalidQueryError(
            told("There is no semantics “{asked}”.", asked=asked), told("Allowed: {names}.", names=list(Semantics))
        )
    return Semantics(asked)


def _lost(scope: Scope, query: ChainQuery, depth: int) -> tuple[LostPath, ...]:
    if depth <= 0:
        return ()
    return what_lost_did(scope.log, AfterwardsQuery(query, every_event_name(scope.log), depth), scope.engine)


def _answer(found: _Found, without: Sequence[str]) -> Answer:
    return Answer(
        key="funnel",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(found, language)),
        result=found.result,
        document=_document(found),
        tables=(_steps_table(found), *(one.table for one in found.splits), *_lost_table(found)),
        chart=_chart(found),
        notes=_notes(found, without),
    )


def _sentence(found: _Found, language: Language) -> str:
    result = found.result
    of = of_units(result.steps[0].persons, found.scope.unit, language)
    first, goal = (found.names[place].said_in(language) for place in (0, found.last))
    count = count_with_share(result.conversion, language)
    if language is Language.RU:
        return (
            f"До шага «{goal}» дошли {count} {of} с шага «{first}»{_term(result, language)}.{_worst(found, language)}"
        )
    return f"{count} {of} at “{first}” came to “{goal}”{_term(result, language)}.{_worst(found, language)}"


def _term(result: LossResult, language: Language) -> str:
    how = words.label(f"semantics.{result.semantics.value}", language)
    if result.window_seconds is None:
        return f" ({how})"
    time = words.duration(result.window_seconds, language)
    return f" за {time} ({how})" if language is Language.RU else f" within {time} ({how})"


def _worst(found: _Found, language: Language) -> str:
    """Where most are lost, of those whose time is up."""
    place = max(range(len(found.names)), key=lambda k: (found.result.steps[k].lost, -k))
    step = found.result.steps[place]
    if not step.lost:
        return ""
    share = count_with_share(proportion(step.lost, step.persons - step.censored), language)
    of = of_units(step.persons - step.censored, found.scope.unit, language)
    name = found.names[place].said_in(language)
    if language is Language.RU:
        return f" Больше всего теряем после шага «{name}»: {share} {of} не пошли дальше."
    return f" Most are lost after “{name}”: {share} {of} went no further."


def _document(found: _Found) -> dict[str, object]:
    rows = []
    for key, one, (whole, part) in zip(found.keys, found.result.steps, found.times, strict=True):
        rows.append(
            {"name": key, "persons": one.persons, **share_fields(one.conversion)}
            | {"lost": one.lost, "censored": one.censored, "optional": one.optional}
            | {"seconds_from_first": timing_fields(whole), "seconds_from_previous": timing_fields(part)}
        )
    names = found.scope.log.event.values
    return {
        "semantics": found.result.semantics.value,
        "window_seconds": found.result.window_seconds,
        "steps": rows,
        "time_histogram": {"edges_seconds": list(TIME_EDGES), "persons": list(found.histogram)},
        **{one.key: one.document for one in found.splits},
        "lost": [
            {"after": found.keys[one.step], "then": [names[place] for place in one.path], "persons": one.persons}
            for one in found.lost
        ],
    }


def _steps_table(found: _Found) -> Table:
    columns = (
        Column(Text(ru="Шаг", en="Step")),
        persons_column(found.scope.unit),
        Column(Text(ru="От первого", en="Of the first"), Unit.SHARE),
        *INTERVAL,
        Column(Text(ru="Не пошли дальше", en="Went no further"), Unit.PERSONS),
        Column(Text(ru="Ещё могут", en="Still may"), Unit.PERSONS),
        Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
    )
    rows = []
    for name, one, (_, part) in zip(found.names, found.result.steps, found.times, strict=True):
        times = (None, None) if part is None else (part.median_seconds, part.p90_seconds)
        rows.append((name, one.persons, *share_cells(one.conversion), one.lost, one.censored, *times))
    return Table(
        "steps", Text(ru="Шаги (время – от шага до шага)", en="Steps (time is from step to step)"), columns, tuple(rows)
    )


def _top_lost(found: _Found) -> Mapping[int, list[LostPath]]:
    """The commonest paths after each step that loses people."""
    best: dict[int, list[LostPath]] = {}
    for one in found.lost:
        if len(kept := best.setdefault(one.step, [])) < _PATHS:
            kept.append(one)
    return best


def _path_words(found: _Found, path: LostPath) -> tuple[Text, ...]:
    names = [found.scope.log.event.values[place] for place in path.path]
    said = found.scope.words_for(names)
    return (*(said[name] for name in names), *(() if len(path.path) == found.then else (NOTHING_MORE,)))


def _lost_table(found: _Found) -> tuple[Table, ...]:
    if not found.lost:
        return ()
    columns = (
        Column(Text(ru="После шага", en="After")),
        Column(Text(ru="Дальше", en="Then")),
        persons_column(found.scope.unit),
        SHARE,
    )
    rows = []
    for step, paths in sorted(_top_lost(found).items()):
        lost = found.result.steps[step].lost
        for one in paths:
            way = _path_words(found, one)
            said = _joined(way)
            rows.append((found.names[step], said, one.persons, one.persons / lost if lost >= FEW_PERSONS else None))
    return (Table("lost", _WHERE_TO, columns, tuple(rows)),)


def _joined(way: Sequence[Text]) -> Text:
    return in_both(lambda language: " › ".join(one.said_in(language) for one in way))


def _chart(found: _Found) -> Panels:
    bars = tuple(
        FunnelBar(
            name=name,
            persons=one.persons,
            lost=one.lost,
            censored=one.censored,
            median_seconds=part.median_seconds if part is not None else None,
            optional=one.optional,
            last=place == found.last,
        )
        for place, (name, one, (_, part)) in enumerate(zip(found.names, found.result.steps, found.times, strict=True))
    )
    panels = [Panel(one.table.name, one.chart) for one in found.splits]
    if sum(found.histogram) >= FEW_PERSONS:
        panels.append(Panel(_HOW_FAST, TimeBars(TIME_EDGES, found.histogram)))
    if chains := _chains(found):
        panels.append(Panel(_WHERE_TO, PathChains(chains)))
    return Panels(FunnelBars(bars), tuple(panels))


def _chains(found: _Found) -> tuple[tuple[Text | None, PathChain], ...]:
    rows: list[tuple[Text | None, PathChain]] = []
    for step, paths in sorted(_top_lost(found).items()):
        lost = found.result.steps[step].lost
        name = found.names[step]
        for place, one in enumerate(paths):
            head = Text(ru=f"После шага «{name.ru}»", en=f"After “{name.en}”") if place == 0 else None
            chain = PathChain(
                places=_path_words(found, one),
                share=proportion(one.persons, lost),
                ended=len(one.path) < found.then,
                role="bad",
            )
            rows.append((head, chain))
    return tuple(rows)


def _notes(found: _Found, without: Sequence[str]) -> tuple[Text, ...]:
    notes = []
    waiting = sum(one.censored for one in found.result.steps)
    if waiting:
        notes.append(in_both(lambda language: _waiting(waiting, found.scope.unit, language)))
    if without:
        names = ", ".join(without)
        notes.append(Text(ru=f"Путь обрывается на: {names}.", en=f"The way is broken off by: {names}."))
    if found.query.hold:
        notes.append(
            Text(
                ru=f"На всём пути одно и то же значение «{found.query.hold}».",
                en=f"The value of “{found.query.hold}” is the same all the way.",
            )
        )
    notes += [note for one in found.splits for note in one.notes]
    return tuple(notes)


def _waiting(count: int, unit: str, language: Language) -> str:
    who = words.units(count, unit, language)
    if language is Language.RU:
        return f"Срок ещё не вышел: {who}. Среди дошедших они посчитаны, среди потерянных – нет."
    return f"Time is not up yet: {who}. They count among those who came, not among the lost."
