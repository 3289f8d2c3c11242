"""What is said of cures: what they would bring, by whose example, and on what conditions."""

from dataclasses import dataclass
from datetime import date

from tropa.analysis.worth import Worth
from tropa.assembly.saying import in_both
from tropa.domain.project import Semantics
from tropa.domain.text import Language, Text
from tropa.insight.whatif import Outcome, Way
from tropa.render import words
from tropa.stats.proportions import Interval, Proportion

QUESTION = Text(ru="Что если исправить", en="What if it were mended")
METHOD = Text(ru="Расчёт по воронке до лучшего своего образца", en="A funnel raised to one\u2019s own best example")
_ASSUMED = Text(
    ru="Допущения: кого удержали на шаге, идут дальше так же, как остальные; других людей перемена не задевает. "
    "Это расчёт, а не обещание: проверьте средство на случайной половине.",
    en="Assumed: those kept at a step go on as the others do, and nobody else is affected. "
    "This is a calculation, not a promise: try the cure on a random half.",
)
_CEILING = Text(
    ru="Потолок шага – лучшая своя группа или месяц (клиентов не меньше порога, интервал выше нынешней доли), "
    "а не 100 %.",
    en="A step\u2019s ceiling is one\u2019s own best group or month (enough customers, its interval above the "
    "present share), never 100%.",
)


@dataclass(frozen=True, slots=True)
class Cure:
    """A raised share: which (0 = from the first step to the second), to what, by whose example, and what it brings."""

    share: int
    target: float
    example: Proportion | None
    who: Text
    outcome: Outcome
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that is told."""

    names: tuple[Text, ...]
    way: Way
    cures: tuple[Cure, ...]
    together: Outcome | None
    worth: Worth | None
    months: float
    currency: str | None
    unit: str
    semantics: Semantics


def month_name(day: date) -> Text:
    """«03.2025»."""
    return Text(ru=f"{day:%m.%Y}", en=f"{day:%m.%Y}")


def cure_name(told: Told, one: Cure, language: Language) -> str:
    """Which share is raised, from what to what."""
    start, end = (told.names[place].said_in(language) for place in (one.share, one.share + 1))
    now, then = (words.percent(value, language) for value in (told.way.shares[one.share].value, one.target))
    return f"{start} › {end}: {now} › {then}"


def _span(more: Interval, language: Language) -> str:
    """People are whole."""
    return f"{words.whole(more.low, language)}–{words.whole(more.high, language)}"


def said(more: Interval, told: Told, language: Language) -> str:
    """How many results more, and their money."""
    count = f"+{words.whole(more.value, language)} ({_span(more, language)})"
    if told.worth is None:
        return count
    return f"{count} · {words.money(more.value * told.worth.median, told.currency, language)}"


def below(told: Told, one: Cure, language: Language) -> str:
    """Whose example it is."""
    if one.example is None:
        return "без своего образца" if language is Language.RU else "no example of one\u2019s own"
    share = words.percent(one.example.value, language)
    of = words.units(one.example.of, told.unit, language)
    cut = ""
    if one.is_cut:
        cut = (
            "; цель выше потолка, взят потолок"
            if language is Language.RU
            else "; the target is above it, so it was cut"
        )
    if language is Language.RU:
        return f"лучший свой образец: {one.who.ru} – {share} ({of}){cut}"
    return f"best own example: {one.who.en}, {share} ({of}){cut}"


def sentence(told: Told, language: Language) -> str:
    """The cure that brings most."""
    if not told.cures:
        return (
            "Ни на одном шаге ни одна своя группа и ни один месяц не лучше нынешнего: поднимать не к чему."
            if language is Language.RU
            else "At no step is any own group or month better than the present: there is nothing to look up to."
        )
    top = told.cures[0]
    start, end = (told.names[place].said_in(language) for place in (top.share, top.share + 1))
    now, then = (words.percent(value, language) for value in (told.way.shares[top.share].value, top.target))
    more = top.outcome.more
    count = f"{words.whole(more.value, language)} ({_span(more, language)})"
    base = words.whole(told.way.results, language)
    money = "" if told.worth is None else words.money(more.value * told.worth.median, told.currency, language)
    if language is Language.RU:
        tail = f", это около {money}" if money else ""
        return (
            f"Если с шага «{start}» на «{end}» переходило бы {then}, а не {now}, "
            f"результатов было бы на {count} больше нынешних {base} за время данных{tail}."
        )
    tail = f", about {money}" if money else ""
    return (
        f"If {then} instead of {now} went from “{start}” to “{end}”, "
        f"there would be {count} more than the {base} results{tail}."
    )


def notes_on(told: Told) -> tuple[Text, ...]:
    """Assumptions, the ceiling, all cures together, the money."""
    notes = [_ASSUMED, _CEILING]
    if told.together is not None:
        notes.append(in_both(lambda language: _together(told, language)))
    if told.worth is not None:
        notes.append(in_both(lambda language: _worth(told, language)))
    notes.append(in_both(lambda language: _how(told, language)))
    return tuple(notes)


def _together(told: Told, language: Language) -> str:
    if told.together is None:
        return ""
    more = said(told.together.more, told, language)
    return f"Все средства вместе: {more}." if language is Language.RU else f"All cures together: {more}."


def _worth(told: Told, language: Language) -> str:
    if told.worth is None:
        return ""
    median = words.money(told.worth.median, told.currency, language)
    of = words.whole(told.worth.of, language)
    if language is Language.RU:
        return f"Деньги – ещё результаты × медиана суммы ({median}, по {of} суммам)."
    return f"Money is more results × the median amount ({median}, of {of} amounts)."


def _how(told: Told, language: Language) -> str:
    how = words.label(f"semantics.{told.semantics.value}", language)
    months = words.decimal(told.months, language)
    if language is Language.RU:
        return f"Данные за {months} мес.; путь считан так: {how}."
    return f"Data of {months} months; the way is counted so: {how}."
