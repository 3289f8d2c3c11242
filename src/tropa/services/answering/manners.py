"""«Кто ходит иначе»: segments of people by how they go, what each is known by, and how far one may rely on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analysis.manners import STEADY, Manner, MannersQuery, MannersResult, manners
from tropa.analysis.next_taken import ratio
from tropa.assembly.saying import in_both, of_units, share_of
from tropa.domain.evidence import Unit
from tropa.domain.project import TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.events.staged import StagedPlaces
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.effects import SURE
from tropa.services.answering.goals import goal_of
from tropa.services.answering.rates import INTERVAL, PERSONS, SHARE, share_cells, share_fields
from tropa.services.answering.scope import Scope
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Interval, Proportion, proportion, two_proportions_p

QUESTION = Text(ru="Кто ходит иначе", en="Who goes differently")
METHOD = Text(
    ru="Кластеры по путям (Уорд) с проверкой устойчивости", en="Clusters of ways (Ward), tested for stability"
)
_GOAL = Text(ru="Доходят до цели", en="Come to the goal")
_KNOWN_BY = Text(ru="Чем отличаются", en="What they are known by")
_NOTABLE, _COMMON, _SHOWN = 1.25, 0.15, 5


@dataclass(frozen=True, slots=True)
class _Trait:
    """A touchpoint that a segment meets more or less often than all others."""

    touchpoint: TouchpointSpec
    own: Proportion
    others: Proportion
    lift: Interval | None
    q: float

    @property
    def points(self) -> float:
        """How far the segment lies above the others."""
        return self.own.value - self.others.value


@dataclass(frozen=True, slots=True)
class _Segment:
    name: Text
    manner: Manner
    traits: tuple[_Trait, ...]


def segments(scope: Scope, *, goal: str | Sequence[str] | None = None, most: int = 6) -> Answer:
    """People in at most `most` segments by touchpoints met, moves between stages, returns, length and pauses."""
    stages, place = scope.stages(), goal_of(scope, goal)
    touchpoints = [one for stage in stages for one in stage.touchpoints]
    query = MannersQuery(
        touchpoints=StagedPlaces(stages),
        stage_of=tuple(number for number, stage in enumerate(stages) for _ in stage.touchpoints),
        stages=len(stages),
        goal=place.rule,
        units=scope.log.units,
        most=most,
    )
    result = manners(scope.log, query, scope.engine)
    found = _named(result.manners, touchpoints)
    currency = scope.log.currency
    return Answer(
        key="segments",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(found, result, place.name, scope.unit, language)),
        result=result,
        document={
            "segments": [_fields(one) for one in found],
            "stability": {str(k): round(value, 4) for k, value in result.stability.items()},
            "sampled": result.sampled,
        },
        tables=_tables(found, result),
        chart=_chart(found),
        notes=_notes(found, result),
        currency=currency,
    )


def _named(found: Sequence[Manner], touchpoints: Sequence[TouchpointSpec]) -> list[_Segment]:
    traits = [[_trait(found, k, t, one) for t, one in enumerate(touchpoints)] for k in range(len(found))]
    q = iter(benjamini_hochberg([one.q for row in traits for one in row]).tolist())
    judged = [[_Trait(x.touchpoint, x.own, x.others, x.lift, next(q)) for x in row] for row in traits]
    made: list[_Segment] = []
    for manner, row in zip(found, judged, strict=True):
        sure = sorted((one for one in row if one.q <= SURE), key=lambda one: (-abs(one.points), one.touchpoint.key))
        name = _name(manner, sure, {str(one.name.en) for one in made})
        made.append(_Segment(name, manner, tuple(sure[:_SHOWN])))
    return made


def _trait(found: Sequence[Manner], k: int, t: int, touchpoint: TouchpointSpec) -> _Trait:
    own = found[k].met[t]
    count, of = (sum(getattr(one.met[t], part) for n, one in enumerate(found) if n != k) for part in ("count", "of"))
    others = proportion(count, of)
    chance = two_proportions_p(own.count, own.of, count, of)
    return _Trait(touchpoint, own, others, ratio(own, others), chance)


def _name(manner: Manner, sure: Sequence[_Trait], taken: set[str]) -> Text:
    """What the segment meets more than others do, else what it misses; both where another is called so already."""
    more = [x.touchpoint.name for x in sure if x.points > 0 and x.own.value >= _COMMON and _notable(x)]
    less = [x.touchpoint.name for x in sure if x.points < 0]
    for name in (_called(more[:2], less[:2]), _both(more[:2], less[:1]), _both(more[:2], less[:2])):
        if str(name.en) not in taken:
            return name
    steps = manner.steps.value
    return in_both(
        lambda language: (
            f"{_called(more[:2], less[:2]).said_in(language)} ({words.decimal(steps, language)} {_steps(language)})"
        )
    )


def _steps(language: Language) -> str:
    return "шага в среднем" if language is Language.RU else "steps on average"


def _notable(one: _Trait) -> bool:
    return one.others.value == 0 or one.own.value / one.others.value >= _NOTABLE


def _called(more: Sequence[Text], less: Sequence[Text]) -> Text:
    if not more and not less:
        return Text(ru="Как все", en="Like all")
    ru, en = ("Чаще: ", "More: ") if more else ("Реже: ", "Less: ")
    listed = in_both(lambda language: ", ".join(one.said_in(language) for one in more or less))
    return Text(ru=f"{ru}{listed.ru}", en=f"{en}{listed.en}")


def _both(more: Sequence[Text], less: Sequence[Text]) -> Text:
    if not more or not less:
        return _called(more, less)
    one, other = _called(more, ()), _called((), less)
    return Text(ru=f"{one.ru}; р{(other.ru or '')[1:]}", en=f"{one.en}; l{(other.en or '')[1:]}")


def _fields(one: _Segment) -> dict[str, object]:
    manner = one.manner
    return {
        "ru": one.name.ru,
        "en": one.name.en,
        "persons": manner.persons.count,
        "share": round(manner.persons.value, 6),
        "goal": {"persons": manner.goal.count, **share_fields(manner.goal)},
        "money_per_person": None if manner.money is None else round(manner.money.value, 2),
        "steps": round(manner.steps.value, 3),
        "known_by": [
            {
                "touchpoint": x.touchpoint.key,
                "share": round(x.own.value, 6),
                "others": round(x.others.value, 6),
                "lift": None if x.lift is None else {k: round(getattr(x.lift, k), 4) for k in ("value", "low", "high")},
                "q_value": float(f"{x.q:.3g}"),
            }
            for x in one.traits
        ],
    }


def _tables(found: Sequence[_Segment], result: MannersResult) -> tuple[Table, ...]:
    segment = Column(Text(ru="Сегмент", en="Segment"))
    columns = (
        segment,
        PERSONS,
        SHARE,
        Column(_GOAL, Unit.SHARE),
        *INTERVAL,
        Column(Text(ru="Деньги на человека", en="Money a person"), Unit.MONEY),
        Column(Text(ru="Шагов", en="Steps"), Unit.RATIO),
    )
    rows = tuple(
        (
            one.name,
            one.manner.persons.count,
            one.manner.persons.value,
            *share_cells(one.manner.goal),
            None if one.manner.money is None else one.manner.money.value,
            one.manner.steps.value,
        )
        for one in found
    )
    known = (
        segment,
        Column(Text(ru="Точка контакта", en="Touchpoint")),
        SHARE,
        Column(Text(ru="У других", en="Others"), Unit.SHARE),
        Column(Text(ru="Подъём", en="Lift"), Unit.RATIO),
        Column(Text(ru="q", en="q")),
    )
    traits = tuple(
        (
            one.name,
            x.touchpoint.name,
            x.own.value,
            x.others.value,
            None if x.lift is None else x.lift.value,
            float(f"{x.q:.3g}"),
        )
        for one in found
        for x in one.traits
    )
    groups = Column(Text(ru="Сегментов", en="Segments"))
    agreement = Column(Text(ru="Устойчивость", en="Stability"))
    stability = tuple((k, round(value, 3)) for k, value in result.stability.items())
    told = (Table("segments", QUESTION, columns, rows), Table("known_by", _KNOWN_BY, known, traits)) if found else ()
    return (*told, Table("stability", agreement.name, (groups, agreement), stability))


def _chart(found: Sequence[_Segment]) -> Panels | None:
    if not found:
        return None
    everybody = proportion(sum(x.manner.goal.count for x in found), sum(x.manner.goal.of for x in found))
    size = ShareBars(tuple(ShareBar(one.name, one.manner.persons) for one in found))
    goal = ShareBars(tuple(ShareBar(one.name, one.manner.goal) for one in found), everybody)
    traits = [
        Panel(one.name, ShareBars(tuple(ShareBar(x.touchpoint.name, x.own) for x in one.traits))) for one in found
    ]
    return Panels(size, (Panel(_GOAL, goal), *traits))


def _sentence(found: Sequence[_Segment], result: MannersResult, goal: Text, unit: str, language: Language) -> str:
    ru = language is Language.RU
    if not found:
        best = max(result.stability.values(), default=0.0)
        told = words.decimal(best, language, 2)
        if ru:
            return f"По путям люди не делятся: группы не повторяются от выборки к выборке (устойчивость {told} из 1)."
        return f"People do not part by how they go: groups do not come back in other samples (stability {told} of 1)."
    steady = words.decimal(result.stability[len(found)], language, 2)
    best_one = max(found, key=lambda one: (one.manner.goal.low, one.manner.persons.count))
    name, share = best_one.name.said_in(language), share_of(best_one.manner.goal, language)
    everyone = of_units(found[0].manner.persons.of, unit, language)
    size = f"{words.percent(best_one.manner.persons.value, language)} {everyone}"
    if ru:
        return (
            f"Ходят по-разному – сегментов: {len(found)} (устойчивость {steady} из 1). "
            f"До цели «{goal.said_in(language)}» чаще всех доходят «{name}»: {share}; их {size}."
        )
    return (
        f"There are {len(found)} ways of going (stability {steady} of 1). “{name}” come to “{goal.said_in(language)}” "
        f"most often: {share}; they are {size}."
    )


def _notes(found: Sequence[_Segment], result: MannersResult) -> tuple[Text, ...]:
    sampled = result.sampled
    notes = [
        in_both(
            lambda language: (
                f"Число групп выбрано по устойчивости: от {words.decimal(STEADY, language, 2)} – делятся; "
                f"выборка – {words.whole(sampled, language)}, остальные отнесены к ближайшей группе."
                if language is Language.RU
                else f"The number is chosen by stability: {words.decimal(STEADY, language, 2)} and more is steady; "
                f"{words.whole(sampled, language)} were sampled, all others put to the nearest group."
            )
        )
    ]
    if found:
        notes.append(
            Text(
                ru="Группы и составлены по тому, как ходят, поэтому q и доля дошедших их описывают, "
                "а не доказывают, что путь – причина.",
                en="Groups are made of how people go, so q and the share at the goal describe them; "
                "they do not prove that the way is the cause.",
            )
        )
    return tuple(notes)
