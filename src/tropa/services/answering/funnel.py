"""«Где теряем»: how many go through steps in order, and where they stop."""

from collections.abc import Sequence
from datetime import timedelta

from tropa.analysis.funnel import FunnelQuery, FunnelResult, run_funnel, steps_named
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import Unit
from tropa.domain.lengths import read_duration
from tropa.domain.project import Semantics
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.render import words
from tropa.render.charts.funnel_bars import FunnelBar, FunnelBars
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.scope import Scope

QUESTION = Text(ru="Где теряем", en="Where people are lost")
METHOD = Text(ru="Воронка", en="Funnel")


def funnel(
    scope: Scope, steps: Sequence[str | Sequence[str]], *, window: str | None = None, semantics: str = "any_start"
) -> Answer:
    """How many units come to each step, each any of some event names, and how many go no further."""
    events = [(one,) if isinstance(one, str) else tuple(one) for one in steps]
    named = steps_named(scope.log, [(", ".join(one), one) for one in events])
    result = run_funnel(scope.log, FunnelQuery(named, _window(window), _semantics(semantics)), scope.engine)
    names = [_name(scope, one) for one in events]
    return Answer(
        key="funnel",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(result, names, scope, language)),
        result=result,
        document=_document(result),
        tables=(_table(result, names),),
        chart=_chart(result, names),
        notes=_notes(result),
    )


def _semantics(asked: str) -> Semantics:
    if asked not in set(Semantics):
        raise InvalidQueryError(f"There is no semantics “{asked}”.", f"Allowed: {', '.join(Semantics)}.")
    return Semantics(asked)


def _window(asked: str | None) -> timedelta | None:
    try:
        return None if asked is None else read_duration(asked)
    except ValueError as error:
        raise InvalidQueryError(str(error), "Write a window as 30m, 12h or 7d.") from error


def _name(scope: Scope, events: Sequence[str]) -> Text:
    said = scope.words_for(events)
    return in_both(lambda language: ", ".join(said[event].said_in(language) for event in events))


def _sentence(result: FunnelResult, names: Sequence[Text], scope: Scope, language: Language) -> str:
    last = result.steps[-1]
    of = of_units(result.steps[0].persons, scope.unit, language)
    first, goal = (names[place].said_in(language) for place in (0, -1))
    count = count_with_share(last.conversion, language)
    if language is Language.RU:
        return f"До шага «{goal}» дошли {count} {of} с шага «{first}»{_term(result, language)}."
    return f"{count} {of} at “{first}” came to “{goal}”{_term(result, language)}."


def _term(result: FunnelResult, language: Language) -> str:
    how = words.label(f"semantics.{result.semantics.value}", language)
    if result.window_seconds is None:
        return f" ({how})"
    time = words.duration(result.window_seconds, language)
    return f" за {time} ({how})" if language is Language.RU else f" within {time} ({how})"


def _document(result: FunnelResult) -> dict[str, object]:
    rows = [
        {"name": one.name, "persons": one.persons, "conversion": round(one.conversion.value, 6)}
        | {"low": round(one.conversion.low, 6), "high": round(one.conversion.high, 6)}
        | {"lost": one.lost, "censored": one.censored}
        for one in result.steps
    ]
    return {"semantics": result.semantics.value, "window_seconds": result.window_seconds, "steps": rows}


def _table(result: FunnelResult, names: Sequence[Text]) -> Table:
    columns = (
        Column(Text(ru="Шаг", en="Step")),
        Column(Text(ru="Дошли", en="Came"), Unit.PERSONS),
        Column(Text(ru="От первого", en="Of the first"), Unit.SHARE),
        Column(Text(ru="От", en="Low"), Unit.SHARE),
        Column(Text(ru="До", en="High"), Unit.SHARE),
        Column(Text(ru="Не пошли дальше", en="Went no further"), Unit.PERSONS),
        Column(Text(ru="Ещё могут", en="Still may"), Unit.PERSONS),
    )
    rows = tuple(
        (name, one.persons, one.conversion.value, one.conversion.low, one.conversion.high, one.lost, one.censored)
        for one, name in zip(result.steps, names, strict=True)
    )
    return Table("steps", QUESTION, columns, rows)


def _chart(result: FunnelResult, names: Sequence[Text]) -> FunnelBars:
    return FunnelBars(
        tuple(
            FunnelBar(name=name, persons=one.persons, lost=one.lost, censored=one.censored)
            for one, name in zip(result.steps, names, strict=True)
        )
    )


def _notes(result: FunnelResult) -> tuple[Text, ...]:
    del result
    return ()
