"""Touchpoints by sentiment, and emotions by touchpoint: tables whose cells are shaded."""

from functools import partial

from tropa.domain.hearing import Share, TouchpointVoice, VoiceReport
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, said
from tropa.render.voice.charts import spark, value_bar
from tropa.render.voice.phrases import interval_of, percent_or_count, signed_mark, term, whole

_SHOWN = 12
_EMOTIONS = ("delight", "satisfaction", "surprise", "anxiety", "disappointment", "irritation", "anger")
_KIND = frozenset({"delight", "satisfaction"})
_MOST_ROWS = 10


def matrix(report: VoiceReport) -> Markup:
    """Every touchpoint a row: people, who complains, who praises, the mean, complaints by month."""
    shown, more = report.touchpoints[:_SHOWN], report.touchpoints[_SHOWN:]
    trends = any(spark(one.trend) for one in report.touchpoints)
    parts = [el("div", _table(report, shown, trends=trends), class_="scroll", tabindex="0")]
    if more:
        rest = el("div", _table(report, more, trends=trends), class_="scroll", tabindex="0")
        parts.append(el("details", el("summary", term("more.touchpoints"), " · ", whole(len(more))), rest))
    return el("section", el("h2", term("matrix")), el("p", term("matrix.note"), class_="note"), *parts, id_="matrix")


def _table(report: VoiceReport, rows: tuple[TouchpointVoice, ...], *, trends: bool) -> Markup:
    heads = ["matrix.touchpoint", "matrix.people", "negative", "neutral", "positive", "matrix.value"]
    heads += ["matrix.trend"] if trends else []
    head = el("tr", *(el("th", term(key), scope="col", class_=f"c-{key.rpartition('.')[2]}") for key in heads))
    body = [_row(report, one, trends=trends) for one in rows]
    return el("table", el("caption", term("matrix")), el("thead", head), el("tbody", *body), class_="mx")


def _row(report: VoiceReport, one: TouchpointVoice, *, trends: bool) -> Markup:
    stage = report.stages.get(one.stage or "")
    value = el("td", class_="v")
    if one.value is not None:
        value = el("td", value_bar(one.value, one.low, one.high), both(partial(signed_mark, one.value)), class_="v")
    cells = [
        el("th", el("b", said(one.name)), el("span", said(stage)) if stage else None, scope="row"),
        el("td", whole(one.people), class_="n"),
        _share_cell(one.negative, "neg"),
        _share_cell(one.neutral, "neu"),
        _share_cell(one.positive, "pos"),
        value,
    ]
    if trends:
        cells.append(el("td", spark(one.trend), class_="t"))
    return el("tr", *cells)


def _share_cell(share: Share, tone: str) -> Markup:
    """Per cent and count on a ground whose depth is the share; only counts below 30 people."""
    depth = min(4, round(share.value * 5)) if share.count else 0
    if share.is_small:
        inner = el("b", both(partial(words.of_whole, share.count, share.of)))
    else:
        counts = el("span", whole(share.count), " · ", both(partial(interval_of, share)))
        inner = Markup(el("b", both(partial(percent_or_count, share))) + counts)
    return el("td", el("div", inner, class_=f"sh {tone}{depth}"), class_="s")


def emotions(report: VoiceReport) -> Markup:
    """People by emotion at the touchpoints most spoken of."""
    rows = [one for one in report.touchpoints if one.emotions][:_MOST_ROWS]
    head = (el("h2", term("emotions")), el("p", term("emotions.note"), class_="note"))
    if not rows:
        return el("section", head[0], el("p", term("emotions.none"), class_="none"), id_="emotions")
    heard = [key for key in _EMOTIONS if any(one.emotions.get(key) for one in rows)]
    heads = el(
        "tr",
        el("th", term("matrix.touchpoint"), scope="col"),
        el("th", term("matrix.people"), scope="col"),
        *(el("th", term(key), scope="col") for key in heard),
    )
    body = [
        el(
            "tr",
            el("th", el("b", said(one.name)), scope="row"),
            el("td", whole(one.people), class_="n"),
            *(_emotion_cell(one.emotions.get(key, 0), one.people, key) for key in heard),
        )
        for one in rows
    ]
    table = el("table", el("caption", term("emotions")), el("thead", heads), el("tbody", *body), class_="mx em")
    return el("section", *head, el("div", table, class_="scroll", tabindex="0"), id_="emotions")


def _emotion_cell(count: int, of: int, key: str) -> Markup:
    tone = "pos" if key in _KIND else "neu" if key == "surprise" else "neg"
    depth = min(4, round(count / of * 5)) if of else 0
    return el("td", el("div", whole(count) if count else "–", class_=f"sh {tone}{depth if count else 0}"), class_="s")
