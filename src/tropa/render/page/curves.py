"""The drawn lanes: the flow ribbon and the emotion curve."""

from functools import partial

from tropa.domain.journeymap import Card, Lane
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.chart_names import emotion_name, flow_name
from tropa.render.curve import monotone, number, path
from tropa.render.emotion import HEIGHT as EMOTION_HEIGHT
from tropa.render.emotion import emotion_of, y_of
from tropa.render.emotion_drawing import draw_emotion
from tropa.render.flow import flow_of
from tropa.render.flow_drawing import draw_flow
from tropa.render.headline import aim_words, return_words, voices_in
from tropa.render.page.markup import Markup, both, el, joined, named, named_in, word
from tropa.render.page.rails import rail, word_rail
from tropa.render.sheet import Column, Sheet
from tropa.render.svg import tag
from tropa.render.theme import PERSON_COLOURS, css_paint, stage_role


def flow_lane(sheet: Sheet) -> Markup | None:
    """The ribbon of people with its losses and the arcs of those who came back; None without any counts."""
    flow = flow_of(sheet)
    if flow is None:
        return None
    name = f"w{sheet.index}{'s' if sheet.by_stage else ''}"
    drawn = draw_flow(flow, css_paint, name=name, texts=_return_words, aim=_aim_words)
    drawing = Markup(tag("svg", drawn, width=float(sheet.width), height=flow.height, aria_hidden="true"))
    return el(
        "div",
        word_rail("flow"),
        el("div", drawing, class_="wide", role="gridcell", **named_in(partial(flow_name, sheet))),
        class_="lane flow",
        role="row",
    )


def _return_words(persons: int) -> tuple[tuple[str | None, str], ...]:
    return tuple((str(language), return_words(persons, language)) for language in Language)


def _aim_words(share: float) -> tuple[tuple[str | None, str], ...]:
    return tuple((str(language), aim_words(share, language)) for language in Language)


def emotion_lane(lane: Lane, sheet: Sheet) -> Markup:
    """The hero: the curve with its voices, faces and quotes."""
    cards = [(column, sheet.emotion_card(column)) for column in sheet.columns]
    curve = emotion_of(sheet)
    name = f"e{sheet.index}{'s' if sheet.by_stage else ''}"

    def wrap(card: Card, drawing: str) -> str:
        return str(el("a", Markup(drawing), href=f"#{sheet.address(card)}", class_="fc", **named(card.text)))

    aim = [(str(language), words.label("emotion.goal", language)) for language in Language]
    drawn = draw_emotion(curve, css_paint, name=name, wrap=wrap, aim=aim, felt=_felt, room=sheet.column_width - 6.0)
    frame = tag("svg", _ground(sheet), _segment_lines(sheet), drawn, width=float(sheet.width), height=EMOTION_HEIGHT)
    unknown = [column for column, card in cards if card is None or card.value is None]
    gaps = [_gap(column, cards[column.place][1], sheet) for column in unknown]
    return el(
        "div",
        rail(lane.name, lane.meaning, _emotion_legend(sheet)),
        el("div", Markup(frame), *gaps, class_="wide", role="gridcell", **named_in(partial(emotion_name, sheet))),
        class_="lane emo",
        role="row",
    )


def _felt(card: Card) -> list[tuple[str | None, str]]:
    return [(str(language), card.text.said_in(language)) for language in Language]


def _ground(sheet: Sheet) -> str:
    """Tints of the moments of truth and borders of the stages."""
    wide = float(sheet.column_width)
    tints = [
        tag(
            "rect",
            x=column.place * wide,
            width=wide,
            height=EMOTION_HEIGHT,
            fill=css_paint(stage_role(column.stage_place)),
            opacity=".06",
        )
        for column in sheet.columns
        if column.record.moment_of_truth
    ]
    ends = [(sheet.columns_of(stage)[-1].place + 1) * wide - 0.5 for stage in sheet.stages[:-1]]
    borders = [tag("path", d=f"M{number(x)} 0V{number(EMOTION_HEIGHT)}", stroke=css_paint("line")) for x in ends]
    return "".join((*tints, *borders))


def _segment_lines(sheet: Sheet) -> str:
    """The curves of the other maps on this page, thin and in their own colours, for those who ask for them."""
    made = []
    columns = {column.key: column for column in sheet.columns}
    for place, journey in enumerate(sheet.others[:PERSON_COLOURS], 1):
        other = Sheet(journey, place, sheet.by_stage)
        known = [
            (sheet.middle(columns[column.key]), y_of(card.value))
            for column in other.columns
            if column.key in columns and (card := other.emotion_card(column)) and card.value is not None
        ]
        if len(known) > 1:
            x, y = known[-1]
            ink = css_paint(f"p-{place}")
            made.append(tag("path", d=path(monotone(sorted(known))), fill="none", stroke=ink, stroke_width=1.8))
            made.append(tag("circle", cx=x, cy=y, r=4.0, fill=ink))
    return tag("g", *made, class_="segl") if made else ""


def _gap(column: Column, card: Card | None, sheet: Sheet) -> Markup | None:
    """Where nobody told of a stage: a way to the questions that would; one place a stage."""
    style = f"left:{column.place * sheet.column_width}px"
    if card is not None:
        return el("a", word("no-reviews"), class_="gap", style=style, href=f"#{sheet.address(card)}")
    told = any(sheet.emotion_card(one) is not None for one in sheet.columns_of(column.stage))
    columns = sheet.columns_of(column.stage)
    if told or column != columns[len(columns) // 2]:
        return None
    return el("a", word("ask.customers"), class_="gap", style=style, href=f"#{sheet.stage_address(column.stage)}")


def _emotion_legend(sheet: Sheet) -> Markup:
    voices = voices_in(sheet)
    count = el("span", both(lambda language: words.counted(voices, "voice", language)), class_="vo") if voices else None
    rows = [("avg", "average"), ("bnd", "band"), ("dts", "dots"), ("unk", "none")]
    if sheet.to_be is not None:
        rows.append(("aim", "goal"))
    lines = None
    if sheet.others:
        lines = el(
            "button", word("emotion.segments"), class_="more", type_="button", data_do="lines", aria_pressed="false"
        )
    marks = (el("span", el("i", class_=look), word(f"emotion.{key}")) for look, key in rows)
    return joined(count, el("span", *marks, class_="el"), lines)
