"""What the map rests on: guesses, emotions without voices, stale and small figures."""

from collections.abc import Iterator
from datetime import timedelta

from tropa.domain.evidence import Basis, Flag, Quotes
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity

_TOO_MANY_GUESSES = 0.5
_OLD = timedelta(days=180)
_FEWEST_CARDS = 2


def _guessing(case: Case) -> Iterator[Hit]:
    journey = case.journey
    for stage in journey.stages:
        own = [card for card in journey.cards if card.stage == stage.key]
        guesses = [card for card in own if card.basis(b2b=journey.is_b2b) is Basis.GUESS]
        if len(own) >= _FEWEST_CARDS and len(guesses) > _TOO_MANY_GUESSES * len(own):
            name = stage.name.ru or stage.name.en or stage.key
            yield Hit(
                text=Text(
                    ru=f"На этапе «{name}» предположений {len(guesses)} из {len(own)} карточек",
                    en=f"At the stage “{stage.name.en or name}” {len(guesses)} of {len(own)} cards are guesses",
                ),
                stage=stage.key,
                record=stage.key,
                fact=",".join(sorted(card.key for card in guesses)),
            )
    yield from _advice_on_guesses(case)


def _advice_on_guesses(case: Case) -> Iterator[Hit]:
    journey = case.journey
    findings = {one.code for one in journey.findings}
    for card in journey.cards_of(LaneKind.RECOMMENDATION):
        if card.is_guess and card.finding not in findings and not _stands_on_data(case, card):
            yield _at(
                card,
                "Рекомендация держится на одних предположениях",
                "A recommendation rests on guesses alone",
                "guess",
            )


def _stands_on_data(case: Case, advice: Card) -> bool:
    """The stage has a barrier or need, at the same place, that rests on something."""
    kinds = (LaneKind.BARRIER, LaneKind.EXPECTATION, LaneKind.KPI)
    near = [card for kind in kinds for card in case.journey.cards_of(kind, advice.stage)]
    return any(not card.is_guess and advice.step in {None, card.step} for card in near)


def _emotion_without_voices(case: Case) -> Iterator[Hit]:
    for card in case.journey.cards_of(LaneKind.EMOTION):
        heard = any(isinstance(one, Quotes) and one.voices > 0 for one in card.evidence)
        if card.value is not None and not heard and not card.voices:
            yield _at(card, "Эмоция ни на чьих словах не держится", "An emotion rests on nobody's words", card.value)


def _stale(case: Case) -> Iterator[Hit]:
    for card in case.journey.cards:
        if Flag.STALE in card.flags:
            yield _at(
                card,
                "Карточка устарела: её факта в данных больше нет",
                "A card is stale: the data no longer show it",
                "stale",
            )
    provenance = case.journey.provenance
    if case.today is not None and provenance is not None and case.today - provenance.as_of > _OLD:
        days = (case.today - provenance.as_of).days
        yield Hit(
            text=Text(ru=f"Данным карты {days} дней", en=f"The map's data are {days} days old"),
            fact=provenance.as_of.isoformat(),
        )


def _small_sample(case: Case) -> Iterator[Hit]:
    small = sorted(card.key for card in case.journey.cards if Flag.SMALL_SAMPLE in card.flags)
    if small:
        yield Hit(
            text=Text(
                ru=f"Мало данных у карточек: {len(small)}; читайте «7 из 20», а не проценты",
                en=f"Few data under {len(small)} cards; read “7 of 20”, not per cent",
            ),
            fact=",".join(small),
        )


def _at(card: Card, ru: str, en: str, fact: object) -> Hit:
    words = card.text.ru or card.text.en or card.key
    return Hit(
        text=Text(ru=f"{ru}: «{words}»", en=f"{en}: “{card.text.en or words}”"),
        record=card.key,
        stage=card.stage,
        fact=str(fact),
    )


RULES = (
    Rule(
        code="TR203",
        name="guessing",
        severity=Severity.WARNING,
        why=Text(
            ru="Решения по догадкам стоят столько же, сколько решения по данным, а помогают случайно.",
            en="Acting on guesses costs as much as acting on data, and helps by chance.",
        ),
        first_step=Text(
            ru="Выберите самое важное предположение и проверьте его: пять интервью или одно измерение.",
            en="Take the guess that matters most and check it: five interviews, or one measurement.",
        ),
        check=_guessing,
    ),
    Rule(
        code="TR209",
        name="emotion-without-voices",
        severity=Severity.WARNING,
        why=Text(
            ru="Придуманная кривая эмоций выглядит так же убедительно, как измеренная.",
            en="An invented emotion curve looks as convincing as a measured one.",
        ),
        first_step=Text(
            ru="Прикрепите отзывы об этом этапе или уберите значение.",
            en="Attach reviews of this stage, or take the value away.",
        ),
        check=_emotion_without_voices,
    ),
    Rule(
        code="TR210",
        name="stale",
        severity=Severity.WARNING,
        why=Text(
            ru="Путь меняется, а карта ещё говорит о вчера.",
            en="The path has moved on; the map still speaks of yesterday.",
        ),
        first_step=Text(
            ru="Постройте карту на свежих данных или удалите карточку.",
            en="Build the map on fresh data, or delete the card.",
        ),
        check=_stale,
    ),
    Rule(
        code="TR302",
        name="small-sample",
        severity=Severity.NOTE,
        why=Text(
            ru="У двадцати человек любая доля может выйти случайно.",
            en="With twenty people any share can come about by chance.",
        ),
        first_step=Text(
            ru="Возьмите период длиннее или подождите, пока накопится хотя бы 30 человек.",
            en="Take a longer period, or wait until there are 30 people at least.",
        ),
        check=_small_sample,
    ),
)
