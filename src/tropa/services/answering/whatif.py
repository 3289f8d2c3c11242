"""«Что если исправить»: results, people and money when a step loses fewer; the ceiling is one's own best example."""

from collections.abc import Mapping, Sequence

from tropa.analysis.losses import LossResult, OfStart, OfUnits, find_losses, find_losses_by
from tropa.analysis.worth import Worth, median_worth
from tropa.assembly.saying import in_both
from tropa.domain.evidence import Unit
from tropa.domain.journeymap import Match
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError, told
from tropa.events.chains import ChainQuery, ChainStep
from tropa.events.days import date_of
from tropa.events.extent import extent_of
from tropa.events.groups import UnitProperty
from tropa.events.staged import Matched
from tropa.insight.whatif import Example, Outcome, Way, ceiling_of, outcome_of
from tropa.render.charts.gains import Gain, Gains
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.funnel_groups import starts_of
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_length, read_step
from tropa.services.answering.whatif_told import (
    METHOD,
    QUESTION,
    Cure,
    Told,
    below,
    cure_name,
    month_name,
    notes_on,
    said,
    sentence,
)
from tropa.stats.proportions import Interval, Proportion

MOST_VALUES = 30
KNOWN_OF_ALL = 0.9  # a property known only of those who came far (how they paid) would be no example, but a selection
STAYS = 0.8  # of the results, when one more stage is asked to be on the way
MS_A_MONTH = 30.44 * 86_400_000


def whatif(
    scope: Scope,
    steps: Sequence[str | Sequence[str]] = (),
    *,
    raised: Mapping[str | int, float] | None = None,
    window: str | None = None,
) -> Answer:
    """What raising the share that comes to a step would bring; every step to its own best example where none is named.

    `steps` as in the funnel; none: the map's stages up to the goal. `raised`: step (its number from 1 or its words) →
    share of those at the step before, 0–1; it is cut to the ceiling. Raises InvalidQueryError for a target that is no
    raise, or a step that is not there.
    """
    keys, names, chain = _steps(scope, steps)
    query = ChainQuery(steps=chain, window=read_length(window))
    result = find_losses(scope.log, query, scope.engine)
    way = Way(result.steps[0].persons, tuple(one.from_previous for one in result.steps[1:]))
    examples = _examples(scope, query, way)
    cures = _cures(way, examples, _places(raised or {}, keys))
    goal = Matched((chain[-1].any_of,))
    extent = extent_of(scope.log, scope.engine)
    told = Told(
        names=names,
        way=way,
        cures=cures,
        together=outcome_of(way, {one.share: one.target for one in cures}) if len(cures) > 1 else None,
        worth=median_worth(scope.log, goal, scope.engine),
        months=max((extent.last - extent.first) / MS_A_MONTH, 1e-9),
        currency=scope.log.currency,
        unit=scope.unit,
        semantics=result.semantics,
    )
    return Answer(
        key="whatif",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: sentence(told, language)),
        result=tuple(one.outcome for one in cures),
        document=_document(told, keys, result),
        tables=(_table(told),),
        chart=_chart(told),
        notes=notes_on(told),
        currency=scope.log.currency,
    )


def _steps(
    scope: Scope, steps: Sequence[str | Sequence[str]]
) -> tuple[tuple[str, ...], tuple[Text, ...], tuple[ChainStep, ...]]:
    """Keys, names and events of the steps."""
    if steps:
        written = [read_step(scope.log, one) for one in steps]
        said_of = scope.words_for([name for one in written for name in one.events if "*" not in name])
        names = tuple(_joined([said_of.get(name) or Text(ru=name, en=name) for name in one.events]) for one in written)
        return tuple(one.name for one in written), names, tuple(one.step for one in written)
    stages = scope.stages()
    last = next((number for number, one in enumerate(stages) if one.goal), len(stages) - 1)
    matches = [tuple(point.match for point in one.touchpoints if point.match is not None) for one in stages]
    way = _on_the_way(scope, matches, last) if stages and matches[last] else []
    if len(way) < 2:
        raise InvalidQueryError("The map has no two stages on the way to its goal.", "Name the steps with --steps.")
    chosen = [stages[number] for number in way]
    chain = tuple(ChainStep(any_of=matches[number]) for number in way)
    return tuple(one.key for one in chosen), tuple(one.name for one in chosen), chain


def _on_the_way(scope: Scope, matches: Sequence[tuple[Match, ...]], goal: int) -> list[int]:
    """The stages that nearly all who reach the goal pass in this order, from the goal back."""
    way = [goal]
    results: int | None = None
    for number in reversed([one for one in range(goal) if matches[one]]):
        tried = [number, *way]
        query = ChainQuery(steps=tuple(ChainStep(any_of=matches[one]) for one in tried))
        came = find_losses(scope.log, query, scope.engine).conversion.count
        if results is None:
            results = max(came, 1)
        if came >= STAYS * results:
            way, results = tried, came
    return way


def _joined(names: Sequence[Text]) -> Text:
    return in_both(lambda language: ", ".join(one.said_in(language) for one in names))


def _examples(scope: Scope, query: ChainQuery, way: Way) -> tuple[tuple[Example, Text] | None, ...]:
    """For each share on the way the best own group or month, with its name."""
    sources: list[tuple[Sequence[Text], tuple[LossResult, ...]]] = []
    for name in sorted({*scope.log.unit_properties, *scope.log.properties}):
        column = scope.property(name)
        if 2 <= len(column.values) <= MOST_VALUES:
            said_of = scope.property_words(name)
            labels = [Text(ru=f"{said_of.ru}: {value}", en=f"{said_of.en}: {value}") for value in column.values]
            groups = OfUnits(UnitProperty(name, column.values, scope.moment(name)))
            results = find_losses_by(scope.log, query, groups, scope.engine)
            if sum(one.steps[0].persons for one in results) >= KNOWN_OF_ALL * way.started:
                sources.append((labels, results))
    months = starts_of(scope, "month")
    labels = [month_name(date_of(day)) for day in months]
    sources.append((labels, find_losses_by(scope.log, query, OfStart(months), scope.engine)))
    least = scope.project.findings.min_persons
    found = []
    for number, now in enumerate(way.shares):
        shares = [[one.steps[number + 1].from_previous for one in results] for _, results in sources]
        best = ceiling_of(now, shares, least=least)
        found.append(None if best is None else (best, sources[best.source][0][best.group]))
    return tuple(found)


def _places(raised: Mapping[str | int, float], keys: Sequence[str]) -> dict[int, float]:
    """Number of the share (that comes to step k + 1) → target."""
    found = {}
    for step, target in raised.items():
        key = str(step).strip()
        place = int(key) - 1 if key.isdigit() else next((k for k, one in enumerate(keys) if one == key), -1)
        if not 1 <= place < len(keys):
            raise InvalidQueryError(
                told("There is no step “{step}” to raise.", step=step), told("Steps: {names}.", names=keys[1:])
            )
        found[place - 1] = target
    return found


def _cures(way: Way, examples: Sequence[tuple[Example, Text] | None], wanted: Mapping[int, float]) -> tuple[Cure, ...]:
    """What was asked for, cut to the best own example; else each step raised to it. Largest first."""
    cures = []
    for number, example in enumerate(examples):
        if wanted and number not in wanted:
            continue
        target = wanted.get(number)
        if example is None:
            if target is not None:
                cures.append(Cure(number, target, None, Text(), outcome_of(way, {number: target}), is_cut=False))
            continue
        best, name = example
        to = best.share.value if target is None else min(target, best.share.value)
        is_cut = target is not None and to < target
        cures.append(Cure(number, to, best.share, name, outcome_of(way, {number: to}), is_cut=is_cut))
    return tuple(sorted(cures, key=lambda one: (-one.outcome.more.value, one.share)))


def _document(told: Told, keys: Sequence[str], result: LossResult) -> dict[str, object]:
    return {
        "semantics": result.semantics.value,
        "window_seconds": result.window_seconds,
        "started": told.way.started,
        "results": told.way.results,
        "worth": None if told.worth is None else round(told.worth.median),
        "cures": [
            {
                "step": keys[one.share + 1],
                "now": round(told.way.shares[one.share].value, 6),
                "target": round(one.target, 6),
                "ceiling": None if one.example is None else _example(one.example, one.who),
                **_outcome(one.outcome, told.worth),
            }
            for one in told.cures
        ],
        "together": None if told.together is None else _outcome(told.together, told.worth),
    }


def _example(example: Proportion, who: Text) -> dict[str, object]:
    return {"share": round(example.value, 6), "of": example.of, "who": {"ru": who.ru, "en": who.en}}


def _outcome(one: Outcome, worth: Worth | None) -> dict[str, object]:
    fields: dict[str, object] = {"then": _interval(one.then), "more": _interval(one.more)}
    if worth is not None:
        fields["money"] = _interval(one.more, worth.median)
    return fields


def _interval(one: Interval, scale: float = 1.0) -> dict[str, int]:
    return {"value": round(one.value * scale), "low": round(one.low * scale), "high": round(one.high * scale)}


def _table(told: Told) -> Table:
    columns = [
        Column(Text(ru="Шаг", en="Step")),
        Column(Text(ru="Сейчас", en="Now"), Unit.SHARE),
        Column(Text(ru="Стало бы", en="Raised to"), Unit.SHARE),
        Column(Text(ru="Образец", en="Example")),
        Column(Text(ru="Ещё результатов", en="More results"), Unit.PERSONS),
        Column(Text(ru="От", en="Low"), Unit.PERSONS, bound=True),
        Column(Text(ru="До", en="High"), Unit.PERSONS, bound=True),
    ]
    if told.worth is not None:
        columns.append(Column(Text(ru="Деньги", en="Money"), Unit.MONEY))
    rows = []
    for one in told.cures:
        more = one.outcome.more
        money = () if told.worth is None else (more.value * told.worth.median,)
        now = told.way.shares[one.share].value
        rows.append((told.names[one.share + 1], now, one.target, one.who, more.value, more.low, more.high, *money))
    return Table("cures", Text(ru="Средства рядом", en="Cures side by side"), tuple(columns), tuple(rows))


def _chart(told: Told) -> Gains:
    return Gains(tuple(_gain(told, one) for one in told.cures))


def _gain(told: Told, one: Cure) -> Gain:
    return Gain(
        name=in_both(lambda language: cure_name(told, one, language)),
        gain=one.outcome.more,
        said=in_both(lambda language: said(one.outcome.more, told, language)),
        below=in_both(lambda language: below(told, one, language)),
    )
