"""The map itself: a grid of lanes and steps with a sticky rail, stage band and step row."""

from collections.abc import Sequence

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.journeymap import Card, Lane, LaneKind, Stage
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.emotion import HEIGHT as EMOTION_HEIGHT
from tropa.render.emotion import Place, emotion_curve
from tropa.render.emotion_drawing import draw_emotion
from tropa.render.flow import HEIGHT as FLOW_HEIGHT
from tropa.render.flow import Stop, returns, ribbon
from tropa.render.flow_drawing import draw_flow, draw_returns
from tropa.render.icons import VERDICT_ICONS
from tropa.render.page.cards import PILLS, column_of_cards, drawn_card
from tropa.render.page.markup import Markup, el, icon, joined, named, named_by, said, word
from tropa.render.page.sheet import RAIL, Column, Sheet
from tropa.render.theme import css_paint, stage_role

_LARGE_LOSS = 0.25


def board(sheet: Sheet) -> Markup:
    """The grid of one map."""
    lanes = [lane for lane in sheet.lanes if lane.kind is not LaneKind.FLOW]
    shown = [_lane(lane, sheet) for lane in lanes if not lane.hidden and sheet.in_lane(lane)]
    hidden = [_lane(lane, sheet) for lane in lanes if lane.hidden and sheet.in_lane(lane)]
    rows = [_stage_band(sheet), _verdicts(sheet), _steps(sheet), _flow(sheet), *shown]
    style = f"--n:{len(sheet.columns)};--col:{sheet.column_width}px;--rail:{RAIL}px"
    grid = el(
        "div", *rows, *_hidden(hidden, sheet), class_="board", role="grid", style=style, **named(sheet.journey.title)
    )
    return el("div", grid, class_="canvas")


def _hidden(rows: Sequence[Markup], sheet: Sheet) -> Sequence[Markup]:
    if not rows:
        return ()
    summary = el(
        "summary",
        el("span", icon("chevron-right", 14), word("lanes.hidden"), " ", el("b", str(len(rows))), class_="hs"),
    )
    return (el("details", summary, *rows, class_="hid", id_=f"hid{sheet.index}{'s' if sheet.by_stage else ''}"),)


def _rail(name: Text | None, meaning: Text | None, *more: Markup) -> Markup:
    return el(
        "div",
        el("b", said(name)),
        el("span", said(meaning)) if meaning else None,
        *more,
        class_="rail",
        role="rowheader",
    )


def _word_rail(key: str) -> Markup:
    return _rail(words.label_text(f"lane.{key}"), words.label_text(f"lane.{key}.meaning"))


def _stage_band(sheet: Sheet) -> Markup:
    stages = [_stage_header(stage, place, sheet) for place, stage in enumerate(sheet.stages)]
    corner = el("div", el("span", _size_words(sheet), class_="mut"), class_="rail corner", role="rowheader")
    return el("div", corner, *stages, class_="lane stages", role="row")


def _size_words(sheet: Sheet) -> Markup:
    count = len(sheet.stages)
    steps = sheet.steps_in_all

    def say(language: Language) -> str:
        return f"{words.counted(count, 'stage', language)}, {words.counted(steps, 'step', language)}"

    return sheet.both(say)


def _stage_header(stage: Stage, place: int, sheet: Sheet) -> Markup:
    span = len(sheet.columns_of(stage))
    people = _people_and_time(stage, sheet)
    star = (
        el("span", icon("star", 13), class_="ms", title=words.label("moment", Language.RU))
        if stage.moment_of_truth
        else None
    )
    return el(
        "a",
        el("b", said(stage.name, narrow=True)),
        star,
        el("span", people, class_="pt") if people else None,
        class_=f"sg s{place % 6}",
        style=f"--w:{span}",
        role="columnheader",
        href=f"#{sheet.stage_address(stage)}",
        aria_colspan=str(span),
    )


def _people_and_time(stage: Stage, sheet: Sheet) -> Markup | None:
    if stage.persons is None:
        return None

    def say(language: Language) -> str:
        time = stage.median_seconds_to_next
        tail = "" if time is None else f" · {words.duration(time, language)}"
        return f"{words.whole(stage.persons or 0, language)}{tail}"

    return sheet.both(say)


def _verdicts(sheet: Sheet) -> Markup | None:
    if all(stage.verdict is None for stage in sheet.stages):
        return None
    cells = []
    for place, stage in enumerate(sheet.stages):
        verdict = stage.verdict
        chip = None
        if verdict is not None:
            chip = el(
                "a",
                icon(VERDICT_ICONS[verdict.state], 14),
                el("span", said(verdict.text, narrow=True)),
                class_=f"vd v-{verdict.state}",
                href=f"#{sheet.stage_address(stage)}",
            )
        cells.append(_stage_cell(stage, place, sheet, chip))
    return el("div", _word_rail("verdict"), *cells, class_="lane verdicts", role="row")


def _stage_cell(stage: Stage, place: int, sheet: Sheet, *children: Markup | None, class_: str = "") -> Markup:
    span = len(sheet.columns_of(stage))
    moment = " mot" if stage.moment_of_truth else ""
    return el(
        "div",
        *children,
        class_=f"sc s{place % 6}{moment} {class_}".rstrip(),
        style=f"--w:{span}",
        role="gridcell",
        aria_colspan=str(span),
    )


def _steps(sheet: Sheet) -> Markup:
    cells = [_step(column, sheet) for column in sheet.columns]
    return el("div", _word_rail("steps"), *cells, class_="lane steps", role="row")


def _step(column: Column, sheet: Sheet) -> Markup:
    step, stage = column.step, column.stage
    name = said((step or stage).name, narrow=True)
    moment = step.moment_of_truth if step else stage.moment_of_truth
    star = el("span", icon("star", 13), class_="mstar", **named_by("moment")) if moment else None
    last = sheet.columns_of(stage)[-1] == column
    inner = None
    if step is None and stage.steps:
        inner = el("ul", *(el("li", said(one.name, narrow=True)) for one in stage.steps), class_="inner")
    classes = f"c s{column.stage_place % 6}{' mot' if moment else ''}{' se' if last else ''}"
    return el(
        "div", el("b", name), star, el("p", *_step_figures(column, sheet)), inner, class_=classes, role="columnheader"
    )


def _step_figures(column: Column, sheet: Sheet) -> list[Markup]:
    record = column.step or column.stage
    if record.persons is None:
        return [el("span", word("no-events"), class_="mut")]
    people = record.persons
    made = [el("span", sheet.both(lambda language: words.whole(people, language)))]
    loss = _loss_before(column, sheet)
    if loss is not None:
        made.append(loss)
    seconds = record.median_seconds_to_next
    if seconds is not None:
        made.append(
            el(
                "span",
                icon("hourglass", 11),
                sheet.both(lambda language: words.duration(seconds, language)),
                class_="tm",
            )
        )
    again = next((loop for loop in record.loops if loop.to in {None, column.key}), None)
    if again is not None:
        made.append(
            el("span", icon("loop", 11), sheet.both(lambda language: words.whole(again.persons, language)), class_="lp")
        )
    return made


def _loss_before(column: Column, sheet: Sheet) -> Markup | None:
    """How many fewer than in the column before; counts, and no per cent below 30 people."""
    if column.place == 0:
        return None
    before = sheet.columns[column.place - 1]
    was = (before.step or before.stage).persons
    now = (column.step or column.stage).persons
    if not was or now is None or now >= was:
        return None
    lost = was - now
    share = lost / was
    if was < FEW_PERSONS:
        return el(
            "span", sheet.both(lambda language: f"{words.MINUS}{words.of_whole(lost, was, language)}"), class_="d"
        )
    if share < 0.005:
        return None
    look = "d bad" if share >= _LARGE_LOSS else "d"
    return el(
        "span",
        sheet.both(lambda language: f"{words.MINUS}{words.percent(share, language, 0)}"),
        class_=look,
        title=words.of_whole(lost, was, Language.RU),
    )


def _flow(sheet: Sheet) -> Markup | None:
    wide = sheet.column_width
    stops = [
        Stop(column.place * wide, wide, (column.step or column.stage).persons, stage_role(column.stage_place))
        for column in sheet.columns
    ]
    shape = ribbon(stops)
    if not shape.area:
        return None
    most = max(stop.persons or 0 for stop in stops)
    arcs = returns(_backward(sheet), most)
    name = f"w{sheet.index}{'s' if sheet.by_stage else ''}"
    arrow = draw_returns(arcs, css_paint, texts=_return_words)
    drawing = Markup(
        f'<svg width="{sheet.width}" height="{FLOW_HEIGHT:g}" role="img" aria-hidden="true">'
        f"{draw_flow(stops, shape, css_paint, name=name)}{arrow}</svg>"
    )
    return el(
        "div", _word_rail("flow"), el("div", drawing, class_="wide", role="gridcell"), class_="lane flow", role="row"
    )


def _return_words(persons: int) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"lang={language}", f"{words.whole(persons, language)} {words.label('loop.back', language)}")
        for language in Language
    )


def _backward(sheet: Sheet) -> list[tuple[float, float, int]]:
    columns = {column.key: column for column in sheet.columns}
    flows = []
    for link in sheet.journey.links:
        start, end = columns.get(link.source), columns.get(link.target)
        if start is not None and end is not None and end.place < start.place:
            flows.append((sheet.middle(start), sheet.middle(end), link.persons))
    if not flows:
        for column in sheet.columns:
            for loop in (column.step or column.stage).loops:
                target = columns.get(loop.to or "")
                if target is not None and target.place < column.place:
                    flows.append((sheet.middle(column), sheet.middle(target), loop.persons))
    return flows


def _lane(lane: Lane, sheet: Sheet) -> Markup:
    if lane.kind is LaneKind.EMOTION:
        return _emotion(lane, sheet)
    cards = sheet.in_lane(lane)
    cells = [
        _cells(stage, place, sheet, [card for card in cards if card.stage == stage.key])
        for place, stage in enumerate(sheet.stages)
    ]
    look = "pills" if lane.kind in PILLS else lane.kind
    return el("div", _rail(lane.name, lane.meaning), *cells, class_=f"lane l-{look}", role="row")


def _cells(stage: Stage, place: int, sheet: Sheet, cards: Sequence[Card]) -> Markup:
    """A stage's part of a lane: cards of the whole stage on top, then a stack for each step."""
    columns = sheet.columns_of(stage)
    known = {column.key: column.place - columns[0].place for column in columns if column.step}
    wide, stacks = [], [list[Card]() for _ in columns]
    for card in cards:
        spot = known.get(card.step or "")
        if spot is None and len(columns) == 1:
            stacks[0].append(card)
        elif spot is None:
            wide.append((0, len(columns), card))
        elif card.spans:
            ends = [known[key] for key in card.spans if key in known]
            wide.append((spot, max([spot, *ends]) - spot + 1, card))
        else:
            stacks[spot].append(card)
    return _stage_cell(stage, place, sheet, *_packed(wide, stacks, sheet))


def _packed(wide: Sequence[tuple[int, int, Card]], stacks: Sequence[Sequence[Card]], sheet: Sheet) -> list[Markup]:
    """Cards over several columns first, each in the highest row that is free, then each step's own beneath them."""
    rows = [1 for _ in stacks]
    made = []
    for start, span, card in wide:
        row = max(rows[start : start + span])
        rows[start : start + span] = [row + 1] * span
        made.append(
            el("div", drawn_card(card, sheet), class_="wd", style=f"grid-area:{row}/{start + 1}/auto/span {span}")
        )
    last = max(rows) + 1
    for at, stack in enumerate(stacks):
        if stack:
            made.append(
                el(
                    "div",
                    column_of_cards(stack, sheet),
                    class_="st",
                    style=f"grid-area:{rows[at]}/{at + 1}/{last}/auto",
                )
            )
    return made


def _emotion(lane: Lane, sheet: Sheet) -> Markup:
    cards = [(column, sheet.emotion_card(column)) for column in sheet.columns]
    places = [Place(sheet.middle(column), sheet.column_width, card) for column, card in cards]
    curve = emotion_curve(places, sheet.width)
    name = f"e{sheet.index}{'s' if sheet.by_stage else ''}"

    def wrap(card: Card, drawing: str) -> str:
        return str(el("a", Markup(drawing), href=f"#{sheet.address(card)}", class_="fc", **named(card.text)))

    borders = "".join(
        f'<path d="M{columns[-1].place * sheet.column_width + sheet.column_width - 0.5:g} 0V{EMOTION_HEIGHT:g}" stroke="var(--line)"/>'
        for stage in sheet.stages[:-1]
        if (columns := sheet.columns_of(stage))
    )
    tints = "".join(
        f'<rect x="{column.place * sheet.column_width}" width="{sheet.column_width}" height="{EMOTION_HEIGHT:g}" '
        f'fill="var(--{stage_role(column.stage_place)})" opacity=".06"/>'
        for column in sheet.columns
        if (column.step or column.stage).moment_of_truth
    )
    drawing = Markup(
        f'<svg width="{sheet.width}" height="{EMOTION_HEIGHT:g}">{tints}{borders}{draw_emotion(curve, css_paint, name=name, wrap=wrap)}</svg>'
    )
    unknown = [column for column, card in cards if card is None or card.value is None]
    gaps = [_gap(column, cards[column.place][1], sheet) for column in unknown] if len(unknown) < len(cards) else []
    empty = el("p", word("no-reviews"), class_="none") if not curve.nodes else None
    return el(
        "div",
        _rail(lane.name, lane.meaning, _emotion_legend(sheet)),
        el("div", drawing, *gaps, empty, class_="wide", role="gridcell"),
        class_="lane emo",
        role="row",
    )


def _gap(column: Column, card: Card | None, sheet: Sheet) -> Markup | None:
    if card is None:
        return None
    style = f"left:{column.place * sheet.column_width}px"
    return el("a", word("no-reviews"), class_="gap", style=style, href=f"#{sheet.address(card)}")


def _emotion_legend(sheet: Sheet) -> Markup:
    voices = sum(card.voices or 0 for card in sheet.cards)
    count = (
        el("span", sheet.both(lambda language: words.counted(voices, "voice", language)), class_="vo")
        if voices
        else None
    )
    rows = (("avg", "average"), ("bnd", "band"), ("dts", "dots"), ("unk", "none"))
    return joined(
        count,
        el("span", *(el("span", el("i", class_=look), word(f"emotion.{key}")) for look, key in rows), class_="el"),
    )
