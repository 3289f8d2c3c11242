"""From pains to action: each pain has a recommendation, each recommendation an owner."""

from collections.abc import Iterator

from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.journeymap import Severity as Pain
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity

_BAD = {Pain.MAJOR, Pain.CRITICAL}


def _pain_without_recommendation(case: Case) -> Iterator[Hit]:
    journey = case.journey
    advised = [card for card in journey.cards if card.lane in _advice_lanes(case)]
    for card in journey.cards_of(LaneKind.BARRIER):
        if card.severity in _BAD and not any(_answers(advice, card) for advice in advised):
            words = card.text.ru or card.text.en or card.key
            yield Hit(
                text=Text(
                    ru=f"Боль без рекомендации: «{words}»",
                    en=f"A pain without a recommendation: “{card.text.en or words}”",
                ),
                record=card.key,
                stage=card.stage,
                fact=card.key,
            )


def _advice_lanes(case: Case) -> set[str]:
    kinds = (LaneKind.RECOMMENDATION, LaneKind.HYPOTHESIS)
    return {lane.key for kind in kinds for lane in case.journey.lanes_of(kind)}


def _answers(advice: Card, pain: Card) -> bool:
    """The same finding, or the same place: a recommendation without a step speaks of its whole stage."""
    if advice.finding is not None and advice.finding == pain.finding:
        return True
    return advice.stage == pain.stage and (advice.step in {None, pain.step} or pain.step is None)


def _recommendation_without_owner(case: Case) -> Iterator[Hit]:
    journey = case.journey
    owners = {one.key: one.owner for stage in journey.stages for one in stage.touchpoints}
    nobodys = [
        card
        for card in journey.cards_of(LaneKind.RECOMMENDATION)
        if card.owner is None and owners.get(card.touchpoint or "") is None
    ]
    if nobodys:
        yield Hit(
            text=Text(
                ru=f"Рекомендаций без ответственного: {len(nobodys)}",
                en=f"Recommendations without an owner: {len(nobodys)}",
            ),
            record=nobodys[0].key if len(nobodys) == 1 else None,
            stage=nobodys[0].stage if len(nobodys) == 1 else None,
            fact=",".join(sorted(card.key for card in nobodys)),
        )


def _no_owner(case: Case) -> Iterator[Hit]:
    """Only where several departments share the path: with one there is nobody to confuse."""
    journey = case.journey
    named = {(one.owner.ru, one.owner.en) for stage in journey.stages for one in stage.touchpoints if one.owner}
    if len(named) <= 1:
        return
    for stage in journey.stages:
        if stage.touchpoints and not any(one.owner for one in stage.touchpoints):
            name = stage.name.ru or stage.name.en or stage.key
            yield Hit(
                text=Text(
                    ru=f"За этап «{name}» никто не отвечает", en=f"Nobody is responsible for “{stage.name.en or name}”"
                ),
                record=stage.key,
                stage=stage.key,
                fact=stage.key,
            )


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
        check=_no_owner,
    ),
)
