"""The head of the report: the answer in words, then the five figures that carry it."""

from functools import partial

from tropa.domain.hearing import Direction, Share, ShownTheme, ThemeKind, TouchpointVoice, VoiceReport
from tropa.domain.opinion import Sentiment
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, named_in
from tropa.render.voice.phrases import full_share, interval_of, mark, percent_or_count, term, voice_word, whole

_WHOLE = "company"  # the touchpoint that stands for all of the company
_LEAST = 5  # people who speak of a touchpoint before the answer names it


def answer(report: VoiceReport) -> Markup:
    """What hurts most, what pleases most, what goes with the rating: in sentences."""
    sentences = [say for say in (_complaints, _praise, _driver, _news) if say(report, Language.RU)]
    lead, *rest = sentences or [_nothing]
    return el(
        "section",
        el("p", both(partial(lead, report)), class_="lead"),
        *(el("p", both(partial(one, report)), class_="next") for one in rest),
        _stats(report),
        class_="ans",
        id_="answer",
        **named_in(partial(voice_word, "answer")),
    )


def _nothing(report: VoiceReport, language: Language) -> str:
    people = words.counted(report.people, "person", language)
    if language is Language.RU:
        return f"Прочитаны голоса: {people}. Явных жалоб и похвал в них нет."
    return f"Read: the voices of {people}. They hold no clear complaint or praise."


def _worst(report: VoiceReport) -> TouchpointVoice | None:
    """The touchpoint with most people who complain; of the company as a whole only where nothing else is blamed."""
    spoken = [one for one in report.touchpoints if one.people >= _LEAST and one.negative.count]
    return max(spoken, key=lambda one: (one.key != _WHOLE, one.negative.count), default=None)


def _best(report: VoiceReport) -> TouchpointVoice | None:
    spoken = [one for one in report.touchpoints if one.people >= _LEAST and one.positive.count]
    return max(spoken, key=lambda one: (one.key != _WHOLE, one.positive.count), default=None)


def _theme_at(report: VoiceReport, kind: ThemeKind, touchpoint: str) -> ShownTheme | None:
    """The loudest theme there that says what is wrong, not only that something is."""
    own = (one for one in report.themes if one.theme.kind is kind and one.theme.touchpoint == touchpoint)
    return next((one for one in own if not one.theme.plain), None)


def _complaints(report: VoiceReport, language: Language) -> str:
    worst = _worst(report)
    if worst is None:
        return ""
    theme = _theme_at(report, ThemeKind.PAIN, worst.key)
    name, share = worst.name.said_in(language), worst.negative
    counts, told = words.of_whole(share.count, share.of, language), _in_brackets(share, language)
    if language is Language.RU:
        tail = f" Самая частая тема: «{_named(theme, language)}», {_voices(theme, language)}." if theme else ""
        return f"Больше всего жалоб: «{name}». Недовольны {counts} тех, кто об этом говорит{told}.{tail}"
    tail = f" The most frequent theme: “{_named(theme, language)}”, {_voices(theme, language)}." if theme else ""
    return f"Most complaints: “{name}”. Of those who speak of it, {counts} are unhappy{told}.{tail}"


def _praise(report: VoiceReport, language: Language) -> str:
    best, worst = _best(report), _worst(report)
    if best is None:
        return ""
    theme = _theme_at(report, ThemeKind.GAIN, best.key)
    same = worst is not None and worst.key == best.key
    name, share = best.name.said_in(language), full_share(best.positive, language)
    if language is Language.RU:
        tail = f"; чаще всего: «{_named(theme, language)}»" if theme else ""
        return (
            f"Об этом же больше всего и добрых слов: {share}{tail}."
            if same
            else f"Больше всего хвалят «{name}»: {share}{tail}."
        )
    tail = f"; most often “{_named(theme, language)}”" if theme else ""
    return f"It gets most praise too: {share}{tail}." if same else f"Most praise: “{name}”, {share}{tail}."


def _in_brackets(share: Share, language: Language) -> str:
    if share.is_small:
        return ""
    return f" ({percent_or_count(share, language)}; {interval_of(share, language)})"


def _named(theme: ShownTheme, language: Language) -> str:
    return theme.theme.name.said_in(language)


def _voices(theme: ShownTheme, language: Language) -> str:
    return words.counted(theme.theme.voices, "voice", language)


def _driver(report: VoiceReport, language: Language) -> str:
    sure = [
        one
        for one in report.drivers
        if one.q_value <= 0.05 and one.sentiment is Sentiment.NEGATIVE and one.difference < 0
    ]
    if not sure:
        return ""
    one = min(sure, key=lambda driver: driver.difference)
    name = next((t.name for t in report.touchpoints if t.key == one.touchpoint), None)
    told = name.said_in(language) if name else one.touchpoint
    people = words.of_whole(one.people, one.of, language)
    points = mark(-one.difference, language)
    if language is Language.RU:
        return f"Оценка ниже на {points} у тех, кто жалуется на «{told}» ({people} с оценкой): это связь, а не причина."
    return (
        f"The rating is {points} lower with those who complain of “{told}” "
        f"({people} with a rating): an association, not a cause."
    )


def _news(report: VoiceReport, language: Language) -> str:
    fresh = [one for one in report.themes if one.trend.direction is Direction.NEW]
    if not fresh:
        return ""
    names = [one.theme.name.said_in(language) for one in fresh[:2]]
    if language is Language.RU:
        return "Новое в последнем месяце: " + ", ".join(f"«{name}»" for name in names) + "."
    return "New in the last month: " + ", ".join(f"“{name}”" for name in names) + "."


def _stats(report: VoiceReport) -> Markup:
    cells = [
        _stat(whole(report.people), "stat.people"),
        _stat(whole(report.counts.statements), "stat.statements"),
        _stat(
            both(partial(percent_or_count, report.unhappy)),
            "stat.unhappy",
            both(partial(full_share, report.unhappy)),
            "bad",
        ),
        _stat(
            both(partial(percent_or_count, report.pleased)),
            "stat.pleased",
            both(partial(full_share, report.pleased)),
            "good",
        ),
    ]
    return el("ul", *cells, class_="stats")


def _stat(figure: Markup, key: str, note: Markup | None = None, tone: str = "") -> Markup:
    return el(
        "li",
        el("b", figure, class_=tone or None),
        el("span", term(key)),
        el("small", note) if note else None,
    )
