"""How much of the goal is decided at each stage, and how each stage fares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tropa.analysis.flow import PlaceFlow
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.journeymap import Verdict, VerdictState
from tropa.domain.project import StageSpec
from tropa.domain.text import Language, Text
from tropa.render.words import of_whole, percent, units, whole

GROWTH = frozenset({FindingKind.OPPORTUNITY, FindingKind.UPSELL})
STEPS = (0.04, 0.12, 0.25, 0.45)
WORTH_FIXING = 0.25
LEAKS = 0.5


@dataclass(frozen=True, slots=True)
class Importance:
    """From 1 to 5, and why."""

    value: int
    reason: Text


@dataclass(frozen=True, slots=True)
class _Losses:
    """What is lost at a stage above the baseline: by findings where there are any, else by comparison of stages."""

    here: float
    all: float
    by_findings: bool

    @property
    def share(self) -> float:
        """The stage's part of all."""
        return self.here / self.all if self.all > 0 else 0.0


def importance_of(
    flow: Sequence[PlaceFlow],
    findings: Sequence[Finding],
    stages: Sequence[StageSpec],
    *,
    spoken: Mapping[str, float] | None = None,
) -> tuple[Importance, ...]:
    """One a stage: the larger of its share of the losses above baseline and its weight in what customers say.

    `spoken` is each stage's share of all unhappy statements. How many people pass a stage does not matter.
    """
    losses = _losses(flow, findings, stages)
    return tuple(
        _importance(loss, (spoken or {}).get(stage.key, 0.0)) for loss, stage in zip(losses, stages, strict=True)
    )


def _losses(flow: Sequence[PlaceFlow], findings: Sequence[Finding], stages: Sequence[StageSpec]) -> tuple[_Losses, ...]:
    troubles = [one for one in findings if one.kind not in GROWTH]
    if troubles:
        here = [float(sum(one.persons_affected for one in troubles if one.stage == stage.key)) for stage in stages]
    else:
        here = [_lost_above_usual(number, flow) for number in range(len(stages))]
    return tuple(_Losses(one, sum(here), bool(troubles)) for one in here)


def _lost_above_usual(number: int, flow: Sequence[PlaceFlow]) -> float:
    """People lost here beyond the median of the other stages' losses."""
    rates = sorted(place.went_on.value for place in flow if place.went_on is not None and place.persons >= FEW_PERSONS)
    place = flow[number] if number < len(flow) else None
    if place is None or place.went_on is None or not rates:
        return 0.0
    return max(0.0, (rates[len(rates) // 2] - place.went_on.value) * (place.persons - place.censored))


def _importance(losses: _Losses, spoken: float) -> Importance:
    weight = max(losses.share, spoken)
    value = 1 + sum(weight >= step for step in STEPS)
    return Importance(value, Text(ru=_reason(losses, spoken, Language.RU), en=_reason(losses, spoken, Language.EN)))


def _reason(losses: _Losses, spoken: float, language: Language) -> str:
    ru = language is Language.RU
    if spoken > losses.share:
        share = percent(spoken, language, 0)
        return f"О нём {share} всех жалоб" if ru else f"It draws {share} of all complaints"
    if losses.here < 1:
        return "Потерь сверх обычного здесь нет" if ru else "Nothing is lost here beyond the usual"
    counts = of_whole(losses.here, losses.all, language)
    share = percent(losses.share, language, 0)
    if losses.by_findings:
        return (
            f"Здесь {share} людей, которых касаются находки: {counts}"
            if ru
            else f"{share} of the people whom the findings concern: {counts}"
        )
    return (
        f"Здесь {share} потерь сверх обычных для этапов: {counts}"
        if ru
        else f"{share} of the losses beyond those usual for stages: {counts}"
    )


def verdicts_of(
    flow: Sequence[PlaceFlow], findings: Sequence[Finding], stages: Sequence[StageSpec], *, unit: str = "person"
) -> tuple[Verdict, ...]:
    """One a stage: fix what concerns most people or money, attend to what leaks, say where data are few."""
    troubles = [one for one in findings if one.kind not in GROWTH]
    return tuple(
        _verdict(flow[number] if number < len(flow) else None, stage, troubles, unit)
        for number, stage in enumerate(stages)
    )


def _verdict(place: PlaceFlow | None, stage: StageSpec, troubles: Sequence[Finding], unit: str) -> Verdict:
    here = [one for one in troubles if one.stage == stage.key]
    if here:
        top = here[0]
        worst = _weight(top, troubles) >= WORTH_FIXING
        return Verdict(state=VerdictState.FIX if worst else VerdictState.ATTENTION, text=_found(here, unit))
    if place is None or place.persons - place.censored < FEW_PERSONS:
        return Verdict(state=VerdictState.FEW_DATA, text=_few(place, unit))
    return _by_losses(place)


def _few(place: PlaceFlow | None, unit: str) -> Text:
    """How few came here and had time to go on; where nothing is recorded of a stage, nobody can say."""
    if place is None or not place.persons:
        return Text(ru="Мало данных: о пути здесь ничего не записано", en="Few data: nothing is recorded of this part")
    ru, en = (units(place.persons, unit, language) for language in (Language.RU, Language.EN))
    if place.persons < FEW_PERSONS:
        return Text(
            ru=f"Мало данных: здесь {ru}, нужно от {FEW_PERSONS}", en=f"Few data: {en} here, {FEW_PERSONS} are needed"
        )
    due_ru, due_en = (whole(place.persons - place.censored, language) for language in (Language.RU, Language.EN))
    return Text(
        ru=f"Мало данных: здесь {ru}, срок вышел у {due_ru}, нужно от {FEW_PERSONS}",
        en=f"Few data: {en} here, the term of {due_en} is over, {FEW_PERSONS} are needed",
    )


def _weight(one: Finding, troubles: Sequence[Finding]) -> float:
    """A finding's part of all money or of all people, whichever is larger."""
    money = sum(other.money.amount for other in troubles if other.money)
    people = sum(other.persons_affected for other in troubles)
    own = one.money.amount / money if one.money and money else 0.0
    return max(own, one.persons_affected / people if people else 0.0)


def _found(here: Sequence[Finding], unit: str) -> Text:
    """How many problems, and how large the largest: people concerned; of complaints, how many who wrote complain."""
    most, count = max(here, key=lambda one: one.persons_affected), len(here)
    if most.kind is FindingKind.PAIN and most.unit is Unit.SHARE:
        ru, en = (of_whole(round(most.value * most.of), most.of, language) for language in (Language.RU, Language.EN))
        ru, en = f"жалуются {ru} написавших", f"{en} who wrote complain"
        if count == 1:
            return Text(ru=f"Одна проблема: {ru}", en=f"One problem: {en}")
        return Text(ru=f"Проблем: {count}. О самой большой {ru}", en=f"{count} problems. Of the largest, {en}")
    ru, en = (units(most.persons_affected, unit, language) for language in (Language.RU, Language.EN))
    if count == 1:
        return Text(ru=f"Одна проблема, она затронула: {ru}", en=f"One problem, it touched {en}")
    return Text(ru=f"Проблем: {count}. Самая большая затронула: {ru}", en=f"{count} problems. The largest touched {en}")


def _by_losses(place: PlaceFlow) -> Verdict:
    if place.went_on is None:
        return Verdict(
            state=VerdictState.OK,
            text=Text(ru="Последний этап: отставших групп не видно", en="The last stage: no group falls behind"),
        )
    share = place.went_on
    leaks = share.value < LEAKS
    ru, en = (of_whole(share.count, share.of, language) for language in (Language.RU, Language.EN))
    if leaks:
        return Verdict(
            state=VerdictState.ATTENTION,
            text=Text(
                ru=f"Дальше идут меньше половины: {ru}, и так во всех группах",
                en=f"Fewer than half go on: {en}, and so in every group",
            ),
        )
    return Verdict(
        state=VerdictState.OK,
        text=Text(ru=f"Дальше идут {ru}; ни одна группа не отстаёт", en=f"{en} go on; no group falls behind"),
    )
