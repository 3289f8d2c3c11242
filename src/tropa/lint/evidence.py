"""What the map rests on: guesses, emotions without voices, stale and small figures."""

from collections.abc import Iterator
from datetime import timedelta

from tropa.domain.evidence import FEW_PERSONS, Basis, Flag, Measurement, Quotes
from tropa.domain.journeymap import Card, LaneKind, MapView, Stage
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_order, in_quotes, on_card, per_stage, seen

_TOO_MANY_GUESSES = 0.5
_MOST_STAGES_APART = 3
_OLD = timedelta(days=180)
_GROUNDS = (
    LaneKind.BARRIER,
    LaneKind.EXPECTATION,
    LaneKind.QUOTE,
    LaneKind.INSIGHT,
    LaneKind.OPPORTUNITY,
)


def _guessing(case: Case) -> Iterator[Hit]:
    """A remark a stage; where most of the map is guessed, one for all of them."""
    found = [(stage, *_guesses_at(case, stage)) for stage in in_order(case.journey.stages)]
    guessed = [(stage, guesses, cards) for stage, guesses, cards in found if len(guesses) > _TOO_MANY_GUESSES * cards]
    if len(guessed) > _MOST_STAGES_APART:
        yield _guessed_map(guessed)
    else:
        for stage, guesses, cards in guessed:
            name = in_quotes(stage.name, stage.key)
            yield Hit(
                text=Text(
                    ru=f"На этапе {name.ru} предположений {len(guesses)} из {cards} карточек",
                    en=f"At the stage {name.en} {len(guesses)} of {cards} cards are guesses",
                ),
                stage=stage.key,
                record=stage.key,
                fact=seen(guesses),
            )
    yield from _advice_on_guesses(case, told={stage.key for stage, *_ in guessed})


def _guesses_at(case: Case, stage: Stage) -> tuple[list[str], int]:
    """Keys of a stage's guesses, and how many cards it has."""
    own = [card for card in case.journey.cards if card.stage == stage.key]
    return [card.key for card in own if card.basis(b2b=case.journey.is_b2b) is Basis.GUESS], len(own)


def _guessed_map(guessed: list[tuple[Stage, list[str], int]]) -> Hit:
    first = in_quotes(guessed[0][0].name, guessed[0][0].key)
    guesses, cards = sum(len(keys) for _, keys, _ in guessed), sum(cards for *_, cards in guessed)
    return Hit(
        text=Text(
            ru=f"Этапов, где больше половины карточек — предположения: {len(guessed)}, первый — {first.ru}; "
            f"всего на них предположений {guesses} из {cards}",
            en=f"Stages where more than half of the cards are guesses: {len(guessed)}, the first is {first.en}; "
            f"{guesses} of their {cards} cards are guesses",
        ),
        fact=seen(key for _, keys, _ in guessed for key in keys),
    )


def _advice_on_guesses(case: Case, *, told: set[str]) -> Iterator[Hit]:
    """A recommendation without evidence whose place has none either, at stages that are not `told` of already."""
    journey = case.journey
    findings = {one.code for one in journey.findings}
    for card in journey.cards_of(LaneKind.RECOMMENDATION):
        if card.stage in told or not card.is_guess or card.finding in findings:
            continue
        if not _stands_on_data(case, card):
            said = Text(
                ru="Рекомендация держится на одних предположениях", en="A recommendation rests on guesses alone"
            )
            yield on_card(card, said, card.text)


def _stands_on_data(case: Case, advice: Card) -> bool:
    """Something at the same place that calls for action, and rests on something."""
    near = [card for kind in _GROUNDS for card in case.journey.cards_of(kind, advice.stage)]
    return any(not card.is_guess and (advice.step is None or card.step in {None, advice.step}) for card in near)


def _emotion_without_voices(case: Case) -> Iterator[Hit]:
    """A map of how it should be draws a goal, not a measurement."""
    if case.journey.view is MapView.TO_BE:
        return
    mute = [
        (card, card.value)
        for card in case.journey.cards_of(LaneKind.EMOTION)
        if card.value is not None
        and not any(isinstance(one, Quotes | Measurement) and _people(one) > 0 for one in card.evidence)
    ]
    yield from per_stage(
        case,
        mute,
        one=Text(ru="Эмоция ни на чьих словах не держится", en="An emotion rests on nobody's words"),
        many=Text(ru="Эмоции, которые ни на чьих словах не держатся,", en="Emotions that rest on nobody's words"),
    )


def _people(evidence: Quotes | Measurement) -> int:
    return evidence.voices if isinstance(evidence, Quotes) else evidence.of


def _stale(case: Case) -> Iterator[Hit]:
    yield from per_stage(
        case,
        [(card, "stale") for card in case.journey.cards if Flag.STALE in card.flags],
        one=Text(
            ru="Карточка устарела: данные этого больше не показывают", en="A card is stale: the data no longer show it"
        ),
        many=Text(ru="Устаревшие карточки", en="Stale cards"),
    )
    provenance = case.journey.provenance
    if case.today is not None and provenance is not None and case.today - provenance.as_of > _OLD:
        yield Hit(
            text=Text(
                ru=f"Данные карты кончаются {provenance.as_of:%d.%m.%Y}: прошло больше полугода",
                en=f"The map's data end on {provenance.as_of.isoformat()}, more than half a year ago",
            ),
            fact=provenance.as_of.isoformat(),
        )


def _small_sample(case: Case) -> Iterator[Hit]:
    """One note a map."""
    small = [card for card in case.journey.cards if Flag.SMALL_SAMPLE in card.flags or _counts_few(card)]
    if small:
        first = in_quotes(small[0].text, small[0].key)
        yield Hit(
            text=Text(
                ru=f"Карточек, за которыми меньше {FEW_PERSONS} человек: {len(small)}, первая — {first.ru}",
                en=f"Cards with fewer than {FEW_PERSONS} people behind them: {len(small)}, the first is {first.en}",
            ),
            fact=seen(card.key for card in small),
        )


def _counts_few(card: Card) -> bool:
    figures = [one.of for one in card.evidence if isinstance(one, Measurement)]
    return bool(figures) and 0 < max(figures) < FEW_PERSONS


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
            ru="У двадцати человек любая доля может выйти случайно: читайте «7 из 20», а не проценты.",
            en="With twenty people any share can come about by chance: read “7 of 20”, not per cent.",
        ),
        first_step=Text(
            ru="Возьмите период длиннее или подождите, пока накопится хотя бы 30 человек.",
            en="Take a longer period, or wait until there are 30 people at least.",
        ),
        check=_small_sample,
    ),
)
