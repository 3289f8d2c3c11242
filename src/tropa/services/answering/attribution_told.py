"""What is said of results shared among channels: association, never cause."""

from collections.abc import Sequence

from tropa.analysis.attribution import AttributionQuery, AttributionResult, ChannelCredit
from tropa.assembly.saying import in_both, share_of
from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.services.answering.goals import Place

Shown = Sequence[tuple[str, ChannelCredit]]

_NOT_CAUSAL = Text(
    ru="Модели по-разному делят один и тот же путь; чем шире диапазон, тем меньше о канале известно. "
    "Что канал даёт на самом деле, покажет только опыт: выключите его для случайной части людей.",
    en="Models divide the same way differently; the wider the range, the less is known of the channel. "
    "What it really brings only an experiment shows: switch it off for a random part of people.",
)
_FEW = Text(
    ru="Результатов меньше 30: можно посмотреть пути, но не делить бюджет.",
    en="Fewer than 30 results: enough to look at ways, not to divide a budget.",
)


def range_told(least: float, most: float, language: Language) -> str:
    """From the least to the most results, in whole numbers."""
    low, high = words.whole(least, language), words.whole(most, language)
    return low if low == high else f"{low}–{high}"


def sentence(shown: Shown, result: AttributionResult, place: Place, language: Language) -> str:
    """Which channel most results go with, and how far the models agree."""
    goal = place.name.said_in(language)
    of = words.whole(result.results, language)
    if not shown or not result.attributed:
        return (
            f"Ни одному из {of} результатов «{goal}» не предшествовал известный канал."
            if language is Language.RU
            else f"None of the {of} results “{goal}” had a known channel before it."
        )
    name, top = shown[0]
    span = range_told(top.least, top.most, language)
    if language is Language.RU:
        return (
            f"Больше всего результатов «{goal}» связано с «{name}»: {span} из {of}, смотря по модели. "
            "Это связь, а не причина."
        )
    return (
        f"Most results “{goal}” go with “{name}”: {span} of {of}, depending on the model. "
        "This is association, not cause."
    )


def below(one: ChannelCredit, cost: float | None, currency: str | None, language: Language) -> str:
    """Under a channel: how many ways with it led to the goal, and what a result costs."""
    led = share_of(one.met, language)
    told = f"дошли до цели {led} путей с каналом" if language is Language.RU else f"{led} ways with it led to the goal"
    if cost is not None and one.most > 0:
        low = words.money(cost / one.most, currency, language)
        high = words.money(cost / one.least, currency, language) if one.least > 0 else "∞"
        told += f" · {'результат стоит' if language is Language.RU else 'a result costs'} {low} – {high}"
    return told


def notes_on(result: AttributionResult, query: AttributionQuery, place: Place) -> tuple[Text, ...]:
    """What was assumed, and what is not counted."""
    notes = [_NOT_CAUSAL, in_both(lambda language: _terms(query, language))]
    if result.without_touch:
        notes.append(in_both(lambda language: _without(result, place, language)))
    if result.open_ways:
        notes.append(in_both(lambda language: _open(result, language)))
    if result.attributed < FEW_PERSONS:
        notes.append(_FEW)
    return tuple(notes)


def _terms(query: AttributionQuery, language: Language) -> str:
    lookback, half = (words.duration(one.total_seconds(), language) for one in (query.lookback, query.half_life))
    if language is Language.RU:
        return (
            f"Касание – начало визита из канала не раньше чем за {lookback} до результата. "
            f"«По давности»: за {half} вес падает вдвое."
        )
    return (
        f"A touch is the start of a visit from a channel, at most {lookback} before the result. "
        f"Time decay halves in {half}."
    )


def _without(result: AttributionResult, place: Place, language: Language) -> str:
    count, goal = words.whole(result.without_touch, language), place.name.said_in(language)
    if language is Language.RU:
        return f"У {count} результатов «{goal}» известных касаний до них нет: они никому не засчитаны."
    return f"{count} results “{goal}” have no known touch before them: nobody gets them."


def _open(result: AttributionResult, language: Language) -> str:
    count = words.whole(result.open_ways, language)
    if language is Language.RU:
        return f"Ещё открыты {count} путей: срок не вышел, они не считаются неудачей."
    return f"{count} ways are still open: their term is not up, so they are no failures."
