"""Figures that cannot stand alone: per cent without a denominator, no count, no metric."""

import re
from collections.abc import Iterator

from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import Card
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity

_PERCENT = re.compile(r"\d\s*%|\d\s*процент|\d\s*per ?cent", re.IGNORECASE)
_COUNTS = re.compile(r"\d[\d\s\u00a0\u202f.,]*\s*(?:из|of)\s*\d", re.IGNORECASE)


def _percent_without_denominator(case: Case) -> Iterator[Hit]:
    for card in case.journey.cards:
        said = [words for words in (card.text.ru, card.text.en) if words]
        bare = [words for words in said if card.generated and _PERCENT.search(words) and not _COUNTS.search(words)]
        if bare and not any(isinstance(one, Measurement) and one.of > 0 for one in card.evidence):
            yield _at(
                card, "В карточке процент без знаменателя", "A card has a percentage without its denominator", bare[0]
            )
        for one in card.evidence:
            if isinstance(one, Measurement) and one.unit is Unit.SHARE and one.of <= 0:
                yield _at(card, "Доля ни от чего не посчитана", "A share is taken of nothing", one.value)


def _measured_without_n(case: Case) -> Iterator[Hit]:
    for card in case.journey.cards:
        for one in card.evidence:
            if not isinstance(one, Measurement):
                continue
            lacks = one.of <= 0 or (one.unit is Unit.SHARE and one.count is None)
            odd = one.count is not None and not 0 <= one.count <= one.of
            if lacks or odd:
                yield _at(card, "У измерения нет числа людей", "A measurement does not say how many people", one.key)


def _hypothesis_without_metric(case: Case) -> Iterator[Hit]:
    for one in case.journey.hypotheses:
        if not one.metric.strip():
            name = one.text.ru or one.text.en or one.key
            yield Hit(
                text=Text(
                    ru=f"У гипотезы «{name}» нет метрики", en=f"The hypothesis “{one.text.en or name}” has no metric"
                ),
                record=one.key,
                stage=one.stage,
                fact=name,
            )


def _at(card: Card, ru: str, en: str, fact: object) -> Hit:
    words = card.text.ru or card.text.en or card.key
    text = Text(ru=f"{ru}: «{words}»", en=f"{en}: “{card.text.en or words}”")
    return Hit(text=text, record=card.key, stage=card.stage, fact=str(fact))


RULES = (
    Rule(
        code="TR101",
        name="percent-without-denominator",
        severity=Severity.ERROR,
        why=Text(
            ru="«48 %» из двадцати человек и из двадцати тысяч — разные вещи, а выглядят одинаково.",
            en="“48%” of twenty people and of twenty thousand are different things that look the same.",
        ),
        first_step=Text(
            ru="Напишите «из скольких» или прикрепите измерение.", en="Say of how many, or attach the measurement."
        ),
        check=_percent_without_denominator,
    ),
    Rule(
        code="TR102",
        name="measured-without-n",
        severity=Severity.ERROR,
        why=Text(
            ru="Без числа людей не видно, верить ли цифре.",
            en="Without the number of people nobody can tell whether to trust it.",
        ),
        first_step=Text(
            ru="Впишите, сколько из скольких, или снимите отметку «измерено».",
            en="Fill in how many of how many, or take the measurement off.",
        ),
        check=_measured_without_n,
    ),
    Rule(
        code="TR103",
        name="hypothesis-without-metric",
        severity=Severity.ERROR,
        why=Text(
            ru="Гипотезу без метрики нельзя ни подтвердить, ни опровергнуть.",
            en="A hypothesis without a metric can be neither proved nor refuted.",
        ),
        first_step=Text(ru="Назовите число, которое должно сдвинуться.", en="Name the number that should move."),
        check=_hypothesis_without_metric,
    ),
)
