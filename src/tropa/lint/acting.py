"""From pains to action: each pain has a recommendation, each recommendation an owner."""

from collections.abc import Iterator

from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.journeymap import Severity as Pain
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_quotes, per_stage, seen


def _pain_without_recommendation(case: Case) -> Iterator[Hit]:
    """One remark a stage; a pain that somebody has called minor may stay."""
    journey = case.journey
    advised = [*journey.cards_of(LaneKind.RECOMMENDATION), *journey.cards_of(LaneKind.HYPOTHESIS)]
    bare = [
        (pain, pain.severity)
        for pain in journey.cards_of(LaneKind.BARRIER)
        if _hurts(pain) and not any(_answers(advice, pain) for advice in advised)
    ]
    yield from per_stage(
        case,
        bare,
        one=Text(ru="Боль без рекомендации", en="A pain without a recommendation"),
        many=Text(ru="Боли без рекомендаций", en="Pains without recommendations"),
    )


def _hurts(pain: Card) -> bool:
    """Not called minor, and no bare guess of a template: that is to be checked first."""
    is_template = pain.severity is None and pain.is_guess and pain.generated is not None
    return pain.severity is not Pain.MINOR and not is_template


def _answers(advice: Card, pain: Card) -> bool:
    """The same finding or the same place: a recommendation without a step speaks of its whole stage."""
    if advice.finding is not None and advice.finding == pain.finding:
        return True
    if advice.step is None:
        return pain.stage in {advice.stage, *advice.spans}
    if pain.step is None:
        return advice.stage == pain.stage
    return pain.step in advice.spans or (advice.stage, advice.step) == (pain.stage, pain.step)


def _recommendation_without_owner(case: Case) -> Iterator[Hit]:
    """One remark a map: who answers is settled in one talk."""
    nobodys = [card for card in case.journey.cards_of(LaneKind.RECOMMENDATION) if not _has_owner(case, card)]
    if not nobodys:
        return
    first = in_quotes(nobodys[0].text, nobodys[0].key)
    single = len(nobodys) == 1
    yield Hit(
        text=Text(
            ru=f"Рекомендация без ответственного: {first.ru}"
            if single
            else f"Рекомендаций без ответственного: {len(nobodys)}, первая — {first.ru}",
            en=f"A recommendation without an owner: {first.en}"
            if single
            else f"Recommendations without an owner: {len(nobodys)}, the first is {first.en}",
        ),
        record=nobodys[0].key if single else None,
        stage=nobodys[0].stage if single else None,
        fact=seen(card.key for card in nobodys),
    )


def _has_owner(case: Case, card: Card) -> bool:
    """Named on the card, at its touchpoint, in its hypothesis, or in the row of owners above it."""
    journey = case.journey
    places = [one.owner for stage in journey.stages for one in stage.touchpoints if one.key == card.touchpoint]
    plans = [one.owner for one in journey.hypotheses if one.key == card.hypothesis]
    if any(one is not None and not one.is_empty for one in (card.owner, *places, *plans)):
        return True
    above = journey.cards_of(LaneKind.OWNER, card.stage)
    return any(not one.text.is_empty and (one.step is None or one.step == card.step) for one in above)


def _stage_without_owner(case: Case) -> Iterator[Hit]:
    """Only where several departments share the path: with one there is nobody to confuse."""
    owners = {stage.key: _departments(case, stage.key) for stage in case.journey.stages}
    if len(frozenset[str]().union(*owners.values())) <= 1:
        return
    for stage in case.journey.stages:
        if not owners[stage.key]:
            name = in_quotes(stage.name, stage.key)
            yield Hit(
                text=Text(ru=f"За этап {name.ru} никто не отвечает", en=f"Nobody is responsible for {name.en}"),
                record=stage.key,
                stage=stage.key,
                fact="nobody",
            )


def _departments(case: Case, key: str) -> set[str]:
    """Who answers for anything at a stage."""
    stage = case.journey.stage(key)
    at_touchpoints = [one.owner for one in stage.touchpoints] if stage else []
    on_cards = [card.owner for card in case.journey.cards if card.stage == key]
    in_row = [card.text for card in case.journey.cards_of(LaneKind.OWNER, key)]
    named = [one.ru or one.en for one in (*at_touchpoints, *on_cards, *in_row) if one is not None]
    return {name.strip().casefold() for name in named if name and name.strip()}


RULES = (
    Rule(
        code="TR207",
        name="pain-without-recommendation",
        severity=Severity.WARNING,
        why=Text(
            ru="Боль, с которой ничего не решено, останется на карте навсегда.",
            en="A pain about which nothing is decided stays on the map for ever.",
        ),
        first_step=Text(
            ru="Запишите один шаг, который можно сделать за день.", en="Write down one step that takes a day."
        ),
        check=_pain_without_recommendation,
    ),
    Rule(
        code="TR208",
        name="recommendation-without-owner",
        severity=Severity.WARNING,
        why=Text(ru="Что поручено всем, не сделает никто.", en="What everybody should do nobody does."),
        first_step=Text(
            ru="Впишите ответственного в карточку или owner точки контакта в tropa.yaml.",
            en="Write an owner into the card, or under the touchpoint in tropa.yaml.",
        ),
        check=_recommendation_without_owner,
    ),
    Rule(
        code="TR303",
        name="stage-without-owner",
        severity=Severity.NOTE,
        why=Text(ru="На стыке отделов теряется больше всего.", en="Most is lost where departments meet."),
        first_step=Text(
            ru="Назовите отдел, который отвечает за этап.", en="Name the department that is responsible for the stage."
        ),
        check=_stage_without_owner,
    ),
)
