"""Figures that cannot stand alone: per cent without a denominator, no count, no metric."""

import re
from collections.abc import Iterator, Sequence

from tropa.domain.evidence import Evidence, Experiment, Measurement, Unit
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Author, Card, Conversion, JourneyMap, LaneKind, Stage, Statement, Step
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_quotes, on_card, seen

_PERCENT = re.compile(r"\d\s*%|\d\s*процент|\d\s*per ?cent", re.IGNORECASE)
_COUNTS = re.compile(r"\d[\d\s.,]*\s(?:из|of)(?:\s(?:the|all|тех|всех))?\s+\d", re.IGNORECASE)
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“]*“|\"[^\"]*\"")


def _percent_without_denominator(case: Case) -> Iterator[Hit]:
    names = _names(case.journey)
    quotes = {card.key for card in case.journey.cards_of(LaneKind.QUOTE)}
    for card in case.journey.cards:
        of_nothing = [
            one.key for one in card.evidence if isinstance(one, Measurement) and one.unit is Unit.SHARE and one.of <= 0
        ]
        written = card.generated is not None and card.author is Author.TROPA and card.key not in quotes
        bare = written and _is_bare(_generated_words(card.text, card.generated), card.evidence, names)
        if bare or of_nothing:
            said = Text(ru="В карточке процент без знаменателя", en="A card has a percentage without its denominator")
            yield on_card(card, said, (card.text.ru, card.text.en, of_nothing))
    yield from _bare_statements(case.journey, names)
    yield from _bare_verdicts(case.journey, names)


def _bare_statements(journey: JourneyMap, names: Sequence[str]) -> Iterator[Hit]:
    minute = journey.minute
    strip: tuple[Statement | None, ...] = (minute.want, minute.loss, minute.action) if minute else ()
    answer = journey.goal.answer if journey.goal else None
    bare = [
        one
        for one in (answer, *strip)
        if one is not None and _is_bare(_generated_words(one.text, one.generated), one.evidence, names)
    ]
    if bare:
        words = in_quotes(bare[0].text, "")
        yield Hit(
            text=Text(
                ru=f"В первых строках карты процент без знаменателя: {words.ru}",
                en=f"The map's first lines have a percentage without its denominator: {words.en}",
            ),
            fact=seen((one.text.ru, one.text.en) for one in bare),
        )


def _bare_verdicts(journey: JourneyMap, names: Sequence[str]) -> Iterator[Hit]:
    for stage in journey.stages:
        verdict = stage.verdict
        if verdict is not None and _is_bare(_generated_words(verdict.text, verdict.generated), (), names):
            name, words = in_quotes(stage.name, stage.key), in_quotes(verdict.text, "")
            yield Hit(
                text=Text(
                    ru=f"В выводе об этапе {name.ru} процент без знаменателя: {words.ru}",
                    en=f"The verdict on {name.en} has a percentage without its denominator: {words.en}",
                ),
                record=stage.key,
                stage=stage.key,
                fact=seen((verdict.text.ru, verdict.text.en)),
            )


def _generated_words(text: Text, generated: Generated | None) -> list[str]:
    """What tropa wrote: a person's own wording is theirs."""
    base = generated.text if generated is not None else text
    return [words for words, was in ((text.ru, base.ru), (text.en, base.en)) if words and words == was]


def _is_bare(said: Sequence[str], evidence: Sequence[Evidence], names: Sequence[str]) -> bool:
    """A percentage of tropa's own, with no "of how many" in the words nor behind them."""
    if any(isinstance(one, Measurement | Experiment) and one.of > 0 for one in evidence):
        return False
    return any(_PERCENT.search(own) and not _COUNTS.search(own) for own in (_own(words, names) for words in said))


def _own(words: str, names: Sequence[str]) -> str:
    """Without what others said and without names from the data: a coupon may be called “20% off”."""
    for name in names:
        words = words.replace(name, "")
    while (rest := _QUOTED.sub("", words)) != words:
        words = rest
    return words


def _names(journey: JourneyMap) -> list[str]:
    """Names from the data that hold a percentage."""
    places: list[Stage | Step] = [*journey.stages, *(step for stage in journey.stages for step in stage.steps)]
    texts = [one.name for one in places] + [one.name for stage in journey.stages for one in stage.touchpoints]
    values = [str(value) for note in journey.segments for value in note.segment.values()]
    return [name for name in (*(words for one in texts for words in (one.ru, one.en) if words), *values) if "%" in name]


def _measured_without_n(case: Case) -> Iterator[Hit]:
    said = Text(ru="У измерения нет числа людей", en="A measurement does not say how many people")
    for card in case.journey.cards:
        lacking = [one.key for one in card.evidence if _lacks_people(one)]
        if lacking:
            yield on_card(card, said, seen(lacking))
    for stage in case.journey.stages:
        places: tuple[Stage | Step, ...] = (stage, *stage.steps)
        lacking = [one.key for one in places if one.conversion is not None and not _is_counted(one.conversion)]
        if lacking:
            name = in_quotes(stage.name, stage.key)
            yield Hit(
                text=Text(
                    ru=f"У конверсии этапа {name.ru} нет числа людей",
                    en=f"The conversion of {name.en} does not say how many people",
                ),
                record=stage.key,
                stage=stage.key,
                fact=seen(lacking),
            )


def _lacks_people(one: Evidence) -> bool:
    """Shares of nothing are the business of the rule on percentages."""
    match one:
        case Measurement(unit=Unit.SHARE, of=of, count=count):
            return of > 0 and (count is None or not 0 <= count <= of)
        case Measurement(of=of) | Experiment(of=of):
            return of <= 0
        case _:
            return False


def _is_counted(conversion: Conversion) -> bool:
    return conversion.of > 0 and 0 <= conversion.count <= conversion.of


def _hypothesis_without_metric(case: Case) -> Iterator[Hit]:
    said = Text(ru="У гипотезы нет метрики", en="A hypothesis has no metric")
    for one in case.journey.hypotheses:
        if not one.metric.strip():
            name = in_quotes(one.text, one.key)
            yield Hit(
                text=Text(ru=f"{said.ru}: {name.ru}", en=f"{said.en}: {name.en}"),
                record=one.key,
                stage=one.stage,
                fact=seen((one.text.ru, one.text.en)),
            )
    known = {one.key for one in case.journey.hypotheses}
    for card in case.journey.cards_of(LaneKind.HYPOTHESIS):
        if card.hypothesis not in known and not _names_a_figure(card):
            yield on_card(card, said, (card.text.ru, card.text.en))


def _names_a_figure(card: Card) -> bool:
    return any(isinstance(one, Measurement | Experiment) for one in card.evidence)


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
