"""Months of the mood, drivers of the rating, and scores of surveys."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from tropa.domain.hearing import Driver, StageMood, SurveyKind, SurveyScore, VoiceReport
from tropa.domain.opinion import Sentiment
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, joined, said
from tropa.render.voice.charts import difference_bar, month_chart, spark
from tropa.render.voice.phrases import (
    full_share,
    interval_of,
    mark,
    month_name,
    percent_or_count,
    signed_mark,
    term,
    voice_word,
    whole,
)
from tropa.render.voice.themes import trend_words

_SURE = 0.05
_MOST_DRIVERS = 12
_ENOUGH_MONTHS = 2


def mood(report: VoiceReport) -> Markup | None:
    """The share of people who complain, month by month; None without dates."""
    months = report.mood.months
    if not months:
        return None
    enough = sum(not one.share.is_small for one in months) >= _ENOUGH_MONTHS
    rows = [
        el(
            "tr",
            el(
                "th",
                both(partial(month_name, one.month)),
                None if one.whole else el("span", term("month.part")),
                scope="row",
            ),
            el("td", whole(one.share.of), class_="n"),
            el("td", whole(one.share.count), class_="n"),
            el("td", "" if one.share.is_small else both(partial(percent_or_count, one.share)), class_="n"),
            el("td", "" if one.share.is_small else both(partial(interval_of, one.share)), class_="n"),
        )
        for one in months
        if one.share.of
    ]
    head = el(
        "tr", *(el("th", term(key), scope="col") for key in ("month", "wrote", "complained", "share", "interval"))
    )
    table = el("table", el("caption", term("mood")), el("thead", head), el("tbody", *rows), class_="plain")
    twin = el("details", el("summary", term("mood.table")), el("div", table, class_="scroll", tabindex="0"))
    chart = month_chart(months) if enough else el("p", term("news.few"), class_="none")
    return el(
        "section",
        el("h2", term("mood")),
        el("p", term("mood.note"), class_="note") if enough else None,
        chart,
        twin,
        _stages(report),
        id_="mood",
    )


def _stages(report: VoiceReport) -> Markup | None:
    """Every stage that people speak of: how many complain, and where it goes."""
    if not report.stage_moods:
        return None
    heads = ("col.stage", "spoke", "complained", "col.trend")
    head = el("tr", *(el("th", term(key), scope="col") for key in heads))
    rows = [_stage_row(one, report.stages) for one in report.stage_moods]
    table = el("table", el("caption", term("mood.stages")), el("thead", head), el("tbody", *rows), class_="plain stg")
    return el("div", el("h3", term("mood.stages")), el("div", table, class_="scroll", tabindex="0"))


def _stage_row(one: StageMood, stages: Mapping[str, Text]) -> Markup:
    name = stages.get(one.stage) or Text(en=one.stage)
    return el(
        "tr",
        el("th", said(name), scope="row"),
        el("td", whole(one.negative.of), class_="n"),
        el("td", both(partial(full_share, one.negative)), class_="n"),
        el("td", spark(one.trend), el("span", both(partial(trend_words, one.trend)))),
    )


def drivers(report: VoiceReport) -> Markup:
    """How marks differ between those who say so and the others: surely different ones as bars, then the rest."""
    own = report.drivers
    if not own:
        return el("section", el("h2", term("drivers")), el("p", term("drivers.none"), class_="none"), id_="drivers")
    names = {one.key: one.name for one in report.touchpoints}
    reach = max(0.5, *(max(abs(one.low), abs(one.high)) for one in own[:_MOST_DRIVERS]))
    sure = sorted((one for one in own if one.q_value <= _SURE), key=lambda one: one.difference)
    same = [one for one in own if one.q_value > _SURE]
    note = term("drivers.adjusted" if own[0].adjusted else "drivers.plain")
    parts = [_driver_table(sure[:_MOST_DRIVERS], names, reach)] if sure else []
    if same:
        parts.append(
            el(
                "details",
                el("summary", term("drivers.same"), " · ", whole(len(same))),
                _driver_table(same, names, reach),
            )
        )
    return el(
        "section", el("h2", term("drivers")), el("p", note, " ", _scale(report), class_="note"), *parts, id_="drivers"
    )


def _scale(report: VoiceReport) -> Markup | None:
    """Which marks are compared."""
    if report.scale is None:
        return None
    low, high = report.scale
    return joined(
        term("drivers.scale"),
        " ",
        both(lambda language: f"{words.whole(low, language)}–{words.whole(high, language)}."),
    )


def _driver_table(rows: Sequence[Driver], names: dict[str, Text], reach: float) -> Markup:
    heads = ("drivers.topic", "drivers.difference", "drivers.means")
    head = el(
        "tr",
        el("th", term(heads[0]), scope="col"),
        el("th", term(heads[1]), scope="col", colspan="2"),
        el("th", term(heads[2]), scope="col"),
    )
    body = [_driver_row(one, names, reach) for one in rows]
    table = el("table", el("caption", term("drivers")), el("thead", head), el("tbody", *body), class_="drv")
    return el("div", table, class_="scroll", tabindex="0")


def _driver_row(one: Driver, names: dict[str, Text], reach: float) -> Markup:
    name = names.get(one.touchpoint) or Text(en=one.touchpoint)
    bar = difference_bar(one.difference, one.low, one.high, reach, sure=one.q_value <= _SURE)
    return el(
        "tr",
        el(
            "th",
            both(lambda language: _who(one, name, language)),
            el("span", both(partial(words.of_whole, one.people, one.of))),
            scope="row",
        ),
        el("td", bar, class_="b"),
        el(
            "td",
            el("b", both(partial(signed_mark, one.difference))),
            el("span", both(lambda language: _between(one, language))),
            class_="n",
        ),
        el("td", both(lambda language: _means(one, language)), class_="n"),
    )


def _who(one: Driver, name: Text, language: Language) -> str:
    told = name.said_in(language)
    if language is Language.RU:
        return f"{'жалуются на' if one.sentiment is Sentiment.NEGATIVE else 'хвалят'} «{told}»"
    return f"{'complain of' if one.sentiment is Sentiment.NEGATIVE else 'praise'} “{told}”"


def _between(one: Driver, language: Language) -> str:
    joint = " … "
    return f"{signed_mark(one.low, language)}{joint}{signed_mark(one.high, language)}"


def _means(one: Driver, language: Language) -> str:
    joint = "против" if language is Language.RU else "against"
    return f"{mark(one.with_it, language)} {joint} {mark(one.without, language)}"


def surveys(report: VoiceReport) -> Markup:
    """NPS, CSAT and CES: all answers, then the groups; counts where answers are few."""
    kinds = [kind for kind in SurveyKind if any(one.kind is kind for one in report.surveys)]
    if not kinds:
        return el("section", el("h2", term("surveys")), el("p", term("surveys.none"), class_="none"), id_="surveys")
    tables = [_survey(kind, [one for one in report.surveys if one.kind is kind], report.stages) for kind in kinds]
    return el("section", el("h2", term("surveys")), *tables, id_="surveys")


def _survey(kind: SurveyKind, scores: Sequence[SurveyScore], stages: Mapping[str, Text]) -> Markup:
    heads = (
        "surveys.group",
        "surveys.answers",
        "surveys.score",
        "interval",
        f"{kind}.low",
        f"{kind}.middle",
        f"{kind}.high",
    )
    head = el("tr", *(el("th", term(key), scope="col") for key in heads))
    rows = [_score_row(one, stages) for one in scores]
    table = el("table", el("caption", term(str(kind))), el("thead", head), el("tbody", *rows), class_="plain")
    return el("div", el("h3", term(str(kind))), el("div", table, class_="scroll", tabindex="0"))


def _score_row(one: SurveyScore, stages: Mapping[str, Text]) -> Markup:
    value, span = term("surveys.few"), Markup("")
    if one.value is not None and one.low is not None and one.high is not None:
        value = el("b", both(lambda language: _score(one, one.value or 0.0, language)))
        span = both(lambda language: _score_span(one, language))
    return el(
        "tr",
        el("th", both(partial(group_words, one, stages)), scope="row"),
        el("td", whole(one.answers), class_="n"),
        el("td", value, class_="n"),
        el("td", span, class_="n"),
        *(el("td", whole(count), class_="n") for count in (one.low_marks, one.middle, one.high_marks)),
    )


def _score(one: SurveyScore, value: float, language: Language) -> str:
    if one.kind is SurveyKind.NPS:
        return f"{'+' if value > 0 else ''}{words.whole(value, language)}"
    return words.percent(value, language, 0)


def _score_span(one: SurveyScore, language: Language) -> str:
    return f"{_score(one, one.low or 0.0, language)} … {_score(one, one.high or 0.0, language)}"


def group_words(one: SurveyScore, stages: Mapping[str, Text], language: Language) -> str:
    """Which answers a score is of: all, a stage's, a source's, a month's."""
    if one.group is None:
        return voice_word("surveys.all", language)
    kind, value = one.group
    if kind == "month":
        return month_name(date.fromisoformat(f"{value}-01"), language)
    if kind == "stage":
        value = (stages.get(value) or Text()).said_in(language) or value
    return f"{voice_word(f'group.{kind}', language)}: {value}"
