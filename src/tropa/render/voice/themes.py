"""Themes with their voices, trends and quotes, and what is new."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import Quote
from tropa.domain.hearing import Direction, ShownTheme, Theme, ThemeKind, Trend, VoiceReport
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, joined, said
from tropa.render.voice.charts import bar, points_in, spark
from tropa.render.voice.phrases import full_share, mark, month_name, term, voice_word, whole

_SHOWN = {ThemeKind.PAIN: 10, ThemeKind.GAIN: 10, ThemeKind.NEED: 6}
_TONES = {ThemeKind.PAIN: "neg", ThemeKind.GAIN: "pos", ThemeKind.NEED: "neu"}
_AROUND = 110  # code points of the text that stand on either side of the part that matters
_PARTS = 3
_MOST_MORE = 24
_QUOTES_OF_MORE = 1
_MOVED = frozenset({Direction.NEW, Direction.RISING, Direction.FALLING})


def themes(report: VoiceReport) -> Markup:
    """What hurts and what pleases side by side, what people want beneath."""
    names = {one.key: one.name for one in report.touchpoints}
    columns = [_column(report, kind, names) for kind in (ThemeKind.PAIN, ThemeKind.GAIN)]
    needs = (
        _column(report, ThemeKind.NEED, names)
        if any(one.theme.kind is ThemeKind.NEED for one in report.themes)
        else None
    )
    return el(
        "section",
        el("h2", term("themes")),
        el("p", term("themes.note"), class_="note"),
        el("div", *columns, class_="cols"),
        needs,
        id_="themes",
    )


def _column(report: VoiceReport, kind: ThemeKind, names: dict[str, Text]) -> Markup:
    """The loudest themes that say in what something is good or bad; those that only say that it is stand last."""
    own = sorted((one for one in report.themes if one.theme.kind is kind), key=lambda one: one.theme.plain)
    top = max((one.theme.voices for one in own), default=1)
    shown, more = own[: _SHOWN[kind]], own[_SHOWN[kind] : _SHOWN[kind] + _MOST_MORE]
    parts = [el("ol", *(_card(one, names, top, quotes=len(one.quotes)) for one in shown), class_="ths")]
    if not own:
        parts = [el("p", term(f"none.{kind}"), class_="none")]
    if more:
        rest = el("ol", *(_card(one, names, top, quotes=_QUOTES_OF_MORE) for one in more), class_="ths")
        parts.append(el("details", el("summary", term("more.themes"), " · ", whole(len(own) - len(shown))), rest))
    return el("div", el("h3", term(str(kind))), *parts, class_=f"col {_TONES[kind]}")


def _card(one: ShownTheme, names: dict[str, Text], top: int, *, quotes: int) -> Markup:
    place = names.get(one.theme.touchpoint) or Text(en=one.theme.touchpoint)
    first, *rest = one.quotes[:quotes] or (None,)
    more = (
        el("details", el("summary", term("more.quotes"), " · ", whole(len(rest))), *map(quote, rest)) if rest else None
    )
    return el(
        "li",
        el(
            "div",
            el("h4", _sentence(one.theme.name)),
            el("b", both(partial(words.counted, one.theme.voices, "voice"))),
            class_="th",
        ),
        bar(one.theme.voices / top, _TONES[one.theme.kind]),
        el("p", said(place), " · ", both(partial(full_share, one.share)), class_="of"),
        _inside(one.theme),
        _trend(one.trend),
        quote(first) if first else None,
        more,
    )


def _inside(theme: Theme) -> Markup | None:
    """The commonest parts of a theme that two people or more speak of, where they are called otherwise."""
    speakers: dict[str, set[str]] = {}
    for clause in theme.clauses:
        speakers.setdefault(clause.part, set()).add(clause.speaker)
    own = {theme.name.ru, theme.name.en}
    parts = [
        one
        for one in theme.parts
        if len(speakers.get(one.key, ())) > 1 and not own & {one.name.ru, one.name.en} - {None}
    ]
    loudest = sorted(parts, key=lambda one: (-len(speakers[one.key]), one.key))[:_PARTS]
    if not loudest:
        return None
    told = [joined(said(one.name), " ", whole(len(speakers[one.key]))) for one in loudest]
    return el(
        "p", *(part for place, one in enumerate(told) for part in ((" · ", one) if place else (one,))), class_="of"
    )


def _sentence(name: Text) -> Markup:
    """A name that begins a line, without names of one language standing empty in the other."""

    def begun(language: Language) -> str:
        told = name.said_in(language)
        return told[:1].upper() + told[1:]

    return both(begun)


def _trend(trend: Trend) -> Markup | None:
    """A theme that moves says so; others are silent."""
    if trend.direction not in _MOVED:
        return None
    picture = spark(trend)
    return el("p", el("span", both(partial(trend_words, trend)), class_=f"tr {trend.direction}"), picture, class_="trl")


def trend_words(trend: Trend, language: Language) -> str:
    """«говорят чаще: +4,2 п.п. за 3 мес.» and the like."""
    russian = language is Language.RU
    if trend.direction is Direction.NEW:
        last = month_name(trend.months[-1].month, language, year=False)
        return f"новая тема: {last}" if russian else f"new theme: {last}"
    if trend.direction not in _MOVED:
        return voice_word(f"trend.{trend.direction}", language)
    moved = points_in(trend.difference[0], language) if trend.difference else ""
    more = trend.direction is Direction.RISING
    if russian:
        return f"говорят {'чаще' if more else 'реже'}: {moved} за {trend.compared}{words.NBSP}мес."
    return f"heard {'more' if more else 'less'} often: {moved} in {trend.compared} months"


def quote(one: Quote) -> Markup:
    """The words around the part that matters, which is marked; where they stand, when, and the mark."""
    start, end = one.span or (0, len(one.text))
    before, after = _cut_before(one.text[:start]), _cut_after(one.text[end:])
    facts = [
        joined(one.source) if one.source else None,
        both(partial(words.day, one.date, year=True)) if one.date else None,
    ]
    if one.rating is not None:
        facts.append(both(lambda language: _rated(one, language)))
    told = [fact for fact in facts if fact]
    line = joined(*(part for place, fact in enumerate(told) for part in ((" · ", fact) if place else (fact,))))
    marked = el("mark", one.text[start:end])
    return el("blockquote", el("p", before, marked, after), el("footer", line) if told else None)


def _rated(one: Quote, language: Language) -> str:
    if one.rating is None:
        return ""
    value, top = one.rating.value, one.rating.scale[1]
    told = words.whole(value, language) if value == round(value) else mark(value, language)
    of = "из" if language is Language.RU else "of"
    return f"{'оценка' if language is Language.RU else 'rating'} {told} {of}{words.NBSP}{words.whole(top, language)}"


def _cut_before(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    kept = text[-_AROUND:]
    return "…" + kept[kept.find(" ") + 1 :] if " " in kept else "…"


def _cut_after(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    kept = text[:_AROUND]
    return kept[: kept.rfind(" ")] + "…" if " " in kept else "…"


def news(report: VoiceReport) -> Markup:
    """Themes that are new, more or less often heard; why nothing can be said where nothing can."""
    moved = [one for one in report.themes if one.trend.direction in _MOVED]
    names = {one.key: one.name for one in report.touchpoints}
    if moved:
        body = el("ul", *(_news_row(one, names) for one in moved[:12]), class_="news")
    else:
        body = el("p", term(_why_no_news(report.themes, report)), class_="none")
    return el("section", el("h2", term("news")), body, id_="news")


def _why_no_news(shown: Sequence[ShownTheme], report: VoiceReport) -> str:
    if report.period is None:
        return "news.undated"
    few = all(one.trend.direction is Direction.FEW_DATA for one in shown)
    return "news.few" if few else "news.none"


def _news_row(one: ShownTheme, names: dict[str, Text]) -> Markup:
    place = names.get(one.theme.touchpoint) or Text(en=one.theme.touchpoint)
    return el(
        "li",
        el("span", both(partial(trend_words, one.trend)), class_=f"tr {one.trend.direction} {_TONES[one.theme.kind]}"),
        el("b", _sentence(one.theme.name)),
        el("span", said(place), " · ", both(partial(words.counted, one.theme.voices, "voice")), class_="mut"),
    )
