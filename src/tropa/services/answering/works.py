"""«Работает ли карта»: what became of conversion, coming back, NPS and reviews after each dated change."""

from collections.abc import Sequence
from datetime import timedelta

from tropa.assembly.saying import in_both
from tropa.assembly.trial_figures import Metric, Named, Terms
from tropa.assembly.trials import Judged, JudgedChange, judge_changes
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.insight.effects import Against, Effect, Outcome, Score
from tropa.render.charts.amount_bars import AmountBar, AmountBars
from tropa.render.charts.panels import Panel, Panels
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.goals import place_of
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_length
from tropa.services.answering.works_told import (
    AGAINST,
    change_told,
    concluded,
    figure_told,
    naive_told,
    notes_on,
    sentence,
)

QUESTION = Text(ru="Работает ли карта", en="Does the map work")
METHOD = Text(
    ru="До и после изменения: разность разностей; опыт со случайной половиной",
    en="Before and after a change: difference in differences; experiments with a random half",
)
_SHARES = Text(ru="Во сколько раз изменилась доля", en="How many times as large the share became")
_POINTS = Text(ru="На сколько изменился NPS", en="By how much NPS moved")
_STEPS = Text(ru="Какие шаги сдвинул опыт", en="Which steps the experiment moved")
_BARE = Text(
    ru="До и после, сравнить не с чем: это ничего не доказывает",
    en="Before and after, with nothing to compare: it proves nothing",
)
_MOST_BARS, _MOST_STEPS = 12, 10


def effect(
    scope: Scope,
    *,
    around: str = "8w",
    within: str = "30d",
    again: str = "90d",
    start: str | Sequence[str] | None = None,
    end: str | Sequence[str] | None = None,
) -> Answer:
    """Each change judged by `around` before and after it; `within`: time from `start` to `end`, `again`: to return.

    `start` and `end` name events; otherwise from where the change was made to the map's goal. Raises InvalidQueryError
    where no changes are known.
    """
    if not (scope.project.changes or scope.project.experiments):
        raise InvalidQueryError(
            "No change of the company is known.",
            "Put a table with dates and what was changed into the folder (changes.csv), run init, and ask again.",
        )
    terms = Terms(
        around=_term(around),
        within=_term(within),
        again=_term(again),
        start=_named(scope, start),
        end=_named(scope, end),
    )
    judged = judge_changes(scope.log, scope.project, scope.stages(), scope.feedback(), terms, scope.engine)
    pairs = [(change, one) for change in judged for one in change.figures]
    return Answer(
        key="effect",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: sentence(judged, len(scope.project.changes), language)),
        result=judged,
        document={"changes": list(map(_fields, judged))},
        tables=(*((_table("changes", QUESTION, pairs),) if pairs else ()), *_step_tables(judged)),
        chart=_chart(pairs),
        notes=notes_on(judged, scope),
    )


def _named(scope: Scope, asked: str | Sequence[str] | None) -> Named | None:
    place = place_of(scope, asked) if asked else None
    return None if place is None else (place.rule, place.name)


def _term(asked: str) -> timedelta:
    weeks = asked.strip().casefold()
    length = read_length(f"{int(weeks[:-1]) * 7}d" if weeks[:-1].isdigit() and weeks.endswith("w") else asked)
    if length is None:
        raise InvalidQueryError(told("“{asked}” is no length of time.", asked=asked), "Write it as 8w or 14d.")
    return length


def _sides(one: Judged, language: Language) -> str:
    return f"{figure_told(one.before, language)} › {figure_told(one.after, language)}"


def _fields(change: JudgedChange) -> dict[str, object]:
    return {
        "ru": change.change.name.ru,
        "en": change.change.name.en,
        "date": change.first.isoformat(),
        "to": change.last.isoformat(),
        "days_before": change.days_before,
        "experiment": change.trial is not None,
        "group": None if change.group is None else {change.group.name: list(change.group.values)},
        "beside": [{"ru": one.name.ru, "en": one.name.en, "date": one.date.isoformat()} for one in change.beside],
        "figures": list(map(_figure_fields, change.figures)),
        "steps": list(map(_figure_fields, change.steps)),
    }


def _figure_fields(one: Judged) -> dict[str, object]:
    return {
        "metric": one.metric.value,
        "ru": one.name.ru,
        "en": one.name.en,
        "against": one.against.value,
        "before": _side(one.before),
        "after": _side(one.after),
        "other_before": None if one.other is None else _side(one.other[0]),
        "other_after": None if one.other is None else _side(one.other[1]),
        **_effect_fields(one.effect),
        "q_value": None if one.q_value is None else float(f"{one.q_value:.3g}"),
        "outcome": one.outcome.value,
    }


def _effect_fields(effect: Effect | None) -> dict[str, object]:
    if effect is None:
        return {"change": None, "naive": None}
    return {
        name: {key: round(getattr(one, key), 6) for key in ("value", "low", "high")}
        for name, one in (("change", effect.change), ("naive", effect.naive))
    }


def _side(one: object) -> dict[str, object]:
    if isinstance(one, Score):
        return {"value": round(one.value, 3), "of": one.of}
    return {"value": round(one.value, 6), "count": one.count, "of": one.of}  # type: ignore[attr-defined]


def _step_tables(judged: Sequence[JudgedChange]) -> tuple[Table, ...]:
    """The steps of experiments that the change moved."""
    pairs = [(change, one) for change in judged for one in _moved_steps(change)]
    return (_table("steps", _STEPS, pairs),) if pairs else ()


def _moved_steps(change: JudgedChange) -> list[Judged]:
    moved = [one for one in change.steps if one.outcome in {Outcome.BETTER, Outcome.WORSE}]
    return sorted(moved, key=lambda one: one.q_value or 0.0)[:_MOST_STEPS]


def _table(key: str, name: Text, pairs: Sequence[tuple[JudgedChange, Judged]]) -> Table:
    columns = (
        Column(Text(ru="Изменение", en="Change")),
        Column(Text(ru="С", en="Since")),
        Column(Text(ru="Что смотрим", en="Figure")),
        Column(Text(ru="Было", en="Before")),
        Column(Text(ru="Стало", en="After")),
        Column(Text(ru="Изменилось", en="Changed")),
        Column(Text(ru="Просто до/после", en="Naive")),
        Column(Text(ru="С чем сравнили", en="Against")),
        Column(Text(ru="Вывод", en="Result")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            change.change.name,
            change.first.isoformat(),
            one.name,
            in_both(lambda language, one=one: figure_told(one.before, language)),  # type: ignore[misc]
            in_both(lambda language, one=one: figure_told(one.after, language)),  # type: ignore[misc]
            in_both(lambda language, one=one: change_told(one, language)),  # type: ignore[misc]
            in_both(lambda language, one=one: naive_told(one, language)),  # type: ignore[misc]
            AGAINST[one.against],
            concluded(one),
        )
        for change, one in pairs
    )
    return Table(key, name, columns, rows)


def _chart(pairs: Sequence[tuple[JudgedChange, Judged]]) -> Panels | None:
    known = [(change, one) for change, one in pairs if one.effect is not None and one.against is not Against.NOBODY]
    known.sort(key=lambda pair: (pair[1].outcome is Outcome.NOISE, pair[0].trial is None))
    shares = tuple(_bar(change, one) for change, one in known if one.metric is not Metric.NPS)[:_MOST_BARS]
    scores = tuple(_bar(change, one) for change, one in known if one.metric is Metric.NPS)[:_MOST_BARS]
    steps = tuple(
        _bar(change, one, name=one.name)
        for change in {id(one): one for one, _ in pairs}.values()
        for one in _moved_steps(change)
    )
    told = ((_SHARES, shares), (_POINTS, scores), (_STEPS, steps))
    panels = [Panel(name, AmountBars(bars)) for name, bars in told if bars]
    return Panels(None, tuple(panels)) if panels else _bare_chart(pairs)


def _bare_chart(pairs: Sequence[tuple[JudgedChange, Judged]]) -> Panels | None:
    """What was before and after where nothing could be compared: pale, whatever it shows."""
    known = [(change, one) for change, one in pairs if one.effect is not None and one.metric is not Metric.NPS]
    bars = tuple(
        AmountBar(
            name=change.change.name,
            value=one.effect.naive.value,
            ends=(one.effect.naive.low, one.effect.naive.high),
            said=in_both(lambda language, one=one: naive_told(one, language)),  # type: ignore[misc]
            below=one.name,
            unsure=True,
        )
        for change, one in known[:_MOST_BARS]
        if one.effect is not None
    )
    return Panels(None, (Panel(_BARE, AmountBars(bars)),)) if bars else None


def _bar(change: JudgedChange, one: Judged, name: Text | None = None) -> AmountBar:
    assert one.effect is not None
    made = one.effect.change
    other = AGAINST[one.against] if name is None else change.change.name
    shown = one.name if name is None else in_both(lambda language: _sides(one, language))
    below = in_both(lambda language: f"{shown.said_in(language)} · {other.said_in(language)}")
    return AmountBar(
        name=name or change.change.name,
        value=made.value,
        ends=(made.low, made.high),
        said=in_both(lambda language: change_told(one, language)),
        below=below,
        unsure=one.outcome in {Outcome.NOISE, Outcome.FEW},
    )
