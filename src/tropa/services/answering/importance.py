"""«Что важно»: which touchpoints go together with the goal, like people compared with like; and where losses are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analysis.flow import stage_flow
from tropa.analysis.presence import Presence, PresenceQuery, presence
from tropa.assembly.saying import in_both
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.project import TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.events.groups import EVERYBODY, GroupRule, UnitProperty
from tropa.events.staged import StagedPlaces
from tropa.insight.importance import Importance, importance_of
from tropa.render import words
from tropa.render.charts.pairs import Pair, Pairs
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.comparison import default_term
from tropa.services.answering.effects import SURE, q_said
from tropa.services.answering.goals import goal_of
from tropa.services.answering.rates import PERSONS
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_length
from tropa.stats.differences import Standardised, chance_of, standardise
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion

QUESTION = Text(ru="Что важно", en="What matters")
METHOD = Text(ru="Связь точек контакта с целью при равном составе", en="Touchpoints and the goal, standardised")
_SIDES = (Text(ru="без неё", en="without it"), Text(ru="с ней", en="with it"))
ALL_PASS = 0.95
_STAGES = Text(ru="Важность этапов", en="Importance of stages")


@dataclass(frozen=True, slots=True)
class _Row:
    touchpoint: TouchpointSpec
    met: int
    without: int
    share: float
    parts: Standardised
    q: float

    @property
    def weight(self) -> float:
        """Size of the association × people who met it."""
        return abs(self.parts.rate.value) * self.met


def importance(
    scope: Scope,
    *,
    goal: str | Sequence[str] | None = None,
    by: str = "channel",
    within: str | None = None,
    top: int = 12,
) -> Answer:
    """The goal with each touchpoint and without, of those who came to its stage, at the same values of `by`."""
    stages, place = scope.stages(), goal_of(scope, goal)
    query = PresenceQuery(
        touchpoints=StagedPlaces(stages),
        stage_of=tuple(number for number, stage in enumerate(stages) for _ in stage.touchpoints),
        stages=len(stages),
        goal=place.rule,
        mix=_mix(scope, by),
        within=read_length(within) or default_term(scope),
    )
    touchpoints = [one for stage in stages for one in stage.touchpoints]
    result = presence(scope.log, query, scope.engine)
    rows = _rows(touchpoints, result)
    weights = importance_of(stage_flow(scope.staged(), scope.engine), (), stages)
    return Answer(
        key="importance",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, place.name, language)),
        result=result,
        document={
            "touchpoints": [_fields(row) for row in rows],
            "stages": [
                {"key": stage.key, "importance": one.value, "reason": {"ru": one.reason.ru, "en": one.reason.en}}
                for stage, one in zip(stages, weights, strict=True)
            ],
        },
        tables=(_table(rows), _stage_table([stage.name for stage in stages], weights)),
        chart=Pairs(_SIDES, tuple(_pair(row) for row in rows[:top])),
        notes=_notes(),
    )


def _mix(scope: Scope, by: str) -> GroupRule:
    """The groups of a property; everybody where the data do not have it."""
    if by not in scope.log.properties and by not in scope.log.unit_properties:
        return EVERYBODY
    return UnitProperty(by, scope.property(by).values, scope.moment(by))


def _rows(touchpoints: Sequence[TouchpointSpec], found: Sequence[Presence]) -> list[_Row]:
    """Touchpoints with enough people on both sides, judged together; the surest and largest first."""
    rows = []
    for touchpoint, one in zip(touchpoints, found, strict=True):
        met, without = _of(one.met), _of(one.without)
        asked = min(met, without) >= FEW_PERSONS and not _on_the_way(one)
        parts = standardise(one.met, one.without) if asked else None
        if parts is not None:
            share = sum(x.count for x in one.met) / met
            rows.append(_Row(touchpoint, met, without, share, parts, chance_of(parts.rate)))
    q = benjamini_hochberg([row.q for row in rows]).tolist()
    judged = [_Row(x.touchpoint, x.met, x.without, x.share, x.parts, one) for x, one in zip(rows, q, strict=True)]
    return sorted(judged, key=lambda row: (row.q > SURE, -row.weight, row.touchpoint.key))


def _on_the_way(one: Presence) -> bool:
    """Nearly all who come to the goal have to pass here."""
    with_it, without = (sum(share.count for share in side) for side in (one.met, one.without))
    return with_it >= ALL_PASS * (with_it + without)


def _of(shares: Sequence[Proportion]) -> int:
    return sum(one.of for one in shares)


def _gap(row: _Row) -> tuple[float, float, float]:
    """How far the goal lies higher with the touchpoint, with the interval."""
    rate = row.parts.rate
    return -rate.value, -rate.high, -rate.low


def _fields(row: _Row) -> dict[str, object]:
    value, low, high = (round(one, 6) for one in _gap(row))
    return {
        "touchpoint": row.touchpoint.key,
        "met": row.met,
        "without": row.without,
        "share_with": round(row.share, 6),
        "difference": {"value": value, "low": low, "high": high},
        "covered": round(row.parts.covered, 6),
        "q_value": float(f"{row.q:.3g}"),
    }


def _table(rows: Sequence[_Row]) -> Table:
    columns = (
        Column(Text(ru="Точка контакта", en="Touchpoint")),
        PERSONS,
        Column(Text(ru="С ней", en="With it"), Unit.SHARE),
        Column(Text(ru="Разница", en="Difference"), Unit.SHARE),
        Column(Text(ru="От", en="Low"), Unit.SHARE, bound=True),
        Column(Text(ru="До", en="High"), Unit.SHARE, bound=True),
        Column(Text(ru="q", en="q")),
    )
    made = tuple((row.touchpoint.name, row.met, row.share, *_gap(row), float(f"{row.q:.3g}")) for row in rows)
    return Table("touchpoints", QUESTION, columns, made)


def _stage_table(names: Sequence[Text], weights: Sequence[Importance]) -> Table:
    columns = (
        Column(Text(ru="Этап", en="Stage")),
        Column(Text(ru="Важность, 1–5", en="Importance, 1–5")),
        Column(Text(ru="Почему", en="Why")),
    )
    return Table("stages", _STAGES, columns, tuple((n, w.value, w.reason) for n, w in zip(names, weights, strict=True)))


def _pair(row: _Row) -> Pair:
    without = max(0.0, row.share - _gap(row)[0])
    return Pair(
        name=row.touchpoint.name,
        values=(without, row.share),
        most=1.0,
        said=in_both(lambda language: f"{words.percent(without, language)} › {words.percent(row.share, language)}"),
        below=in_both(lambda language: f"{_gap_said(row, language)} · {q_said(row.q, language)}"),
        sure=row.q <= SURE,
    )


def _gap_said(row: _Row, language: Language) -> str:
    value, low, high = _gap(row)
    ends = [words.signed(100 * math.copysign(abs(edge), edge), language) for edge in (low, high)]
    between = f"от {ends[0]} до {ends[1]}" if language is Language.RU else f"{ends[0]} to {ends[1]}"
    return f"{words.points(value, language)} ({between})"


def _sentence(rows: Sequence[_Row], goal: Text, language: Language) -> str:
    ru, name = language is Language.RU, goal.said_in(language)
    if not rows or rows[0].q > SURE:
        return (
            f"Ни одна точка контакта не связана с целью «{name}» сверх случайного."
            if ru
            else f"No touchpoint goes together with “{name}” beyond noise."
        )
    top = rows[0]
    called, count = top.touchpoint.name.said_in(language), words.whole(top.met, language)
    share = words.percent(top.share, language)
    if ru:
        return (
            f"Сильнее всего с целью «{name}» связана точка «{called}»: из {count} встретивших дошли {share}, "
            f"это {_gap_said(top, language)} к похожим людям без неё. Это связь, а не причина."
        )
    return (
        f"“{called}” is most related to “{name}”: {share} of the {count} who met it came, {_gap_said(top, language)} "
        "against like people without it. This is association, not cause."
    )


def _notes() -> tuple[Text, ...]:
    return (
        Text(
            ru="Похожие – те, кто до цели дошёл до того же этапа и с тем же значением свойства; "
            "считается встреченное до первого события цели.",
            en="Like people came to the same stage before the goal and have the same value of the property; "
            "what counts was met before the first event at the goal.",
        ),
        Text(
            ru="Важность этапов здесь – по потерям сверх обычных; карта учитывает ещё находки и отзывы.",
            en="Stages are weighed here by losses beyond the usual; the map also weighs findings and reviews.",
        ),
    )
