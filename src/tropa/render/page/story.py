"""Stage by stage: what a presenter walks through, and what a phone shows from the first stage down."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from tropa.domain.journeymap import Card, LaneKind, Stage
from tropa.render import words
from tropa.render.cells import look_of
from tropa.render.curve import Piece, band, monotone, number, path
from tropa.render.emotion import quote_of
from tropa.render.heads import loss_after
from tropa.render.icons import VERDICT_ICONS, lane_icon
from tropa.render.page.cards import foot
from tropa.render.page.markup import Markup, both, el, icon, named_by, said, small_face, word
from tropa.render.sheet import Column, Sheet
from tropa.render.svg import line, tag
from tropa.render.theme import emotion_role

_TOLD = (
    LaneKind.BARRIER,
    LaneKind.GAIN,
    LaneKind.RECOMMENDATION,
    LaneKind.OPPORTUNITY,
    LaneKind.HYPOTHESIS,
    LaneKind.INSIGHT,
)
_TURNED = {"viewBox": "0 0 92 100", "preserveAspectRatio": "none", "aria_hidden": "true"}


def story(sheet: Sheet) -> Markup:
    """A page for each stage, with an overview of the whole curve on top."""
    pages = [_page(stage, place, sheet) for place, stage in enumerate(sheet.stages)]
    return el("div", _overview(sheet), *pages, _buttons(), class_="story")


def _buttons() -> Markup:
    back = el(
        "button",
        icon("chevron-left", 18),
        el("span", word("story.previous")),
        class_="btn",
        type_="button",
        data_go="-1",
    )
    on = el(
        "button",
        el("span", word("story.next")),
        icon("chevron-right", 18),
        class_="btn pri",
        type_="button",
        data_go="1",
    )
    return el("div", back, el("span", class_="at"), on, class_="turn")


def _overview(sheet: Sheet) -> Markup:
    wide, tall = 720.0, 62.0
    count = max(1, len(sheet.columns))
    known = [
        (column, card) for column in sheet.columns if (card := sheet.emotion_card(column)) and card.value is not None
    ]
    points = [((column.place + 0.5) * wide / count, tall / 2 - (card.value or 0) * 12) for column, card in known]
    zero = tag("path", d=f"M0 31H{wide:g}", stroke="var(--ink-4)", stroke_dasharray="3 4")
    told = "".join(
        _told_line(piece, known=_is_known(left, right, sheet))
        for piece, (left, right) in zip(monotone(points), pairwise(known), strict=True)
    )
    box = {"viewBox": f"0 0 {wide:g} {tall:g}", "preserveAspectRatio": "none", "aria_hidden": "true"}
    drawing = Markup(tag("svg", zero, told, class_="ovs", **box))
    faces = [
        el(
            "span",
            small_face(card.value or 0, 20),
            class_="of",
            style=f"left:{number(100 * point[0] / wide)}%;top:{number(100 * point[1] / tall)}%",
        )
        for (column, card), point in zip(known, points, strict=True)
    ]
    links = [
        el(
            "a",
            el("i"),
            el("span", said(stage.name, narrow=True)),
            class_=f"s{place % 6}",
            href=f"#p{sheet.index}-{place}",
            style=f"flex:{len(sheet.columns_of(stage))}",
        )
        for place, stage in enumerate(sheet.stages)
    ]
    return el(
        "nav",
        el("div", drawing, *faces, class_="ovc"),
        el("div", *links, class_="spl"),
        class_="ov",
        **named_by("stage"),
    )


def _is_known(left: tuple[Column, Card], right: tuple[Column, Card], sheet: Sheet) -> bool:
    between = sheet.columns[left[0].place + 1 : right[0].place]
    return all(sheet.is_told(one) for one in between) and not (left[1].is_guess or right[1].is_guess)


def _told_line(piece: Piece, *, known: bool) -> str:
    """A part of the overview: dotted where nobody told of what lies between."""
    if known:
        return line(path([piece]), "url(#vh)", 3.0, vector_effect="non-scaling-stroke")
    return line(path([piece]), "var(--ink-3)", 2.0, stroke_dasharray=".1 6", vector_effect="non-scaling-stroke")


def _page(stage: Stage, place: int, sheet: Sheet) -> Markup:
    figures = None
    if stage.persons is not None:
        people = el("span", both(partial(words.units, stage.persons, sheet.journey.counted)))
        seconds = stage.median_seconds_to_next
        time = (
            el("span", icon("hourglass", 13), both(partial(words.duration, seconds))) if seconds is not None else None
        )
        figures = el("span", people, time, class_="pf")
    head = el("a", el("b", said(stage.name)), figures, class_="sth", href=f"#{sheet.stage_address(stage)}")
    verdict = None
    if stage.verdict is not None:
        verdict = el(
            "p",
            icon(VERDICT_ICONS[stage.verdict.state], 15),
            el("span", said(stage.verdict.text)),
            class_=f"vd v-{stage.verdict.state}",
        )
    whole = [
        card for card in sheet.cards if card.stage == stage.key and card.step is None and sheet.kind_of(card) in _TOLD
    ]
    steps = [_step(column, sheet) for column in sheet.columns_of(stage)]
    cards = el("div", *(_told(card, sheet) for card in whole), class_="stp whole") if whole else None
    return el("section", head, verdict, cards, *steps, class_=f"pg s{place % 6}", id_=f"p{sheet.index}-{place}")


def _step(column: Column, sheet: Sheet) -> Markup:
    step = column.step
    record = column.record
    moment = record.moment_of_truth
    tag = el("span", icon("star", 13), word("moment"), class_="tagst") if moment else None
    people = el("p", *_people(column, sheet), class_="n")
    emotion = sheet.emotion_card(column)
    cards = [
        card for card in sheet.cards if step is not None and card.step == step.key and sheet.kind_of(card) in _TOLD
    ]
    action = next(
        (
            card
            for card in sheet.cards
            if card.step == (step.key if step else None)
            and card.stage == column.stage.key
            and sheet.kind_of(card) is LaneKind.ACTION
        ),
        None,
    )
    body = el(
        "article",
        tag,
        el("h2", said(record.name)),
        people,
        el("p", said(action.text), class_="ac") if action else None,
        _quote(emotion),
        *(_told(card, sheet) for card in cards),
        class_=f"stp{' mot' if moment else ''}",
    )
    return el("div", _vertical(column, sheet), body, class_="rw")


def _people(column: Column, sheet: Sheet) -> Sequence[Markup]:
    record = column.record
    if record.persons is None:
        return [] if sheet.journey.persons is None else [el("span", word("no-events"), class_="mut")]
    made = [el("span", both(partial(words.units, record.persons, sheet.journey.counted)))]
    loss = loss_after(record)
    if loss is not None:
        made.append(el("b", both(loss.said_in), class_="bad" if loss.is_large else "sec"))
    return made


def _quote(card: Card | None) -> Markup | None:
    if card is None:
        return None
    text = quote_of(card)
    if text is None:
        return None
    return el("p", words.in_quotes(text), class_="q", style=f"--qc:var(--{emotion_role(card.value or 0)})")


def _told(card: Card, sheet: Sheet) -> Markup:
    kind = sheet.kind_of(card)
    look = look_of(card, kind)
    return el(
        "a",
        icon(lane_icon(kind), 15),
        el("div", el("p", said(card.text)), foot(card, sheet)),
        class_=f"p {look} st-{sheet.state_of(card)}",
        href=f"#{sheet.address(card)}",
    )


def _vertical(column: Column, sheet: Sheet) -> Markup:
    """The curve beside a step, turned: left is bad, right is good.

    Each step draws its own part, from the mean with the step before to the mean with the step after.
    """
    around = [_value_at(sheet, column.place + by) for by in (-1, 0, 1)]
    before, own, after = around
    if own is None:
        return el("div", class_="vc")
    points = [(50.0, _across(own))]
    points = [(0.0, _across((before + own) / 2)), *points] if before is not None else points
    points = [*points, (100.0, _across((own + after) / 2))] if after is not None else points
    drawn = ""
    if len(points) > 1:
        area = band([(y, x + 7) for y, x in points], [(y, x - 7) for y, x in points], turned=True)
        curve = path(monotone(points), turned=True)
        drawn = tag("path", d=area, fill="var(--band)", opacity=".14")
        drawn += line(curve, "url(#vg)", 3.2, vector_effect="non-scaling-stroke")
    drawing = Markup(tag("svg", drawn, **_TURNED))
    look = f"left:{number(_across(own))}px"
    # an emotion of the whole stage has its face at one step only
    shown = el("span", small_face(own, 28), class_="vf", style=look) if sheet.emotion_card(column) else None
    return el("div", drawing, shown, class_="vc")


def _value_at(sheet: Sheet, place: int) -> float | None:
    if not 0 <= place < len(sheet.columns):
        return None
    column = sheet.columns[place]
    card = sheet.emotion_card(column) or sheet.whole_emotion(column.stage)
    return card.value if card else None


def _across(value: float) -> float:
    return 46.0 + 16.0 * value
