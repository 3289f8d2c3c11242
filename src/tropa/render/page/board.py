"""The map itself: a grid of lanes and steps with a sticky rail, stage band and step row."""

from collections.abc import Sequence

from tropa.domain.journeymap import Card, Lane, LaneKind, Stage
from tropa.render.blueprint import line_above
from tropa.render.cells import PILLS, Wide, placed
from tropa.render.page.cards import column_of_cards, drawn_card
from tropa.render.page.curves import emotion_lane, flow_lane
from tropa.render.page.heads import stage_band, steps, verdicts
from tropa.render.page.heat import heat_lane
from tropa.render.page.markup import Markup, el, icon, named, word
from tropa.render.page.rails import rail, stage_cell
from tropa.render.page.spines import spines
from tropa.render.sheet import RAIL, Sheet


def board(sheet: Sheet) -> Markup:
    """The grid of one map."""
    lanes = [lane for lane in sheet.lanes if lane.kind is not LaneKind.FLOW]
    shown = [lane for lane in lanes if not lane.hidden and sheet.in_lane(lane)]
    hidden = [lane for lane in lanes if lane.hidden and sheet.in_lane(lane)]
    head = el("div", stage_band(sheet), steps(sheet), class_="head", role="presentation")
    rows = [head, flow_lane(sheet), heat_lane(sheet), verdicts(sheet), *_lanes(shown, sheet)]
    style = f"--n:{len(sheet.columns)};--col:{sheet.column_width}px;--rail:{RAIL}px"
    rows += _hidden(_lanes(hidden, sheet), len(hidden), sheet)
    grid = el("div", *rows, class_="board", role="grid", style=style, **named(sheet.journey.title))
    return el("div", grid, spines(sheet), class_="canvas", id_=f"cv{sheet.index}{'s' if sheet.by_stage else ''}")


def _lanes(lanes: Sequence[Lane], sheet: Sheet) -> list[Markup]:
    """The lanes, with the lines of a service blueprint between them."""
    made = []
    for lane in lanes:
        line = line_above(lane, lanes)
        if line is not None:
            made.append(el("div", el("span", word(line)), class_="bpl", role="presentation"))
        made.append(_lane(lane, sheet))
    return made


def _hidden(rows: Sequence[Markup], count: int, sheet: Sheet) -> Sequence[Markup]:
    if not rows:
        return ()
    summary = el(
        "summary",
        el("span", icon("chevron-right", 14), word("lanes.hidden"), " ", el("b", str(count)), class_="hs"),
    )
    return (el("details", summary, *rows, class_="hid", id_=f"hid{sheet.index}{'s' if sheet.by_stage else ''}"),)


def _lane(lane: Lane, sheet: Sheet) -> Markup:
    if lane.kind is LaneKind.EMOTION and any(card.value is not None for card in sheet.in_lane(lane)):
        return emotion_lane(lane, sheet)
    cards = sheet.in_lane(lane)
    cells = [
        _cells(stage, place, sheet, [card for card in cards if card.stage == stage.key])
        for place, stage in enumerate(sheet.stages)
    ]
    look = "pills" if lane.kind in PILLS else lane.kind
    return el("div", rail(lane.name, lane.meaning), *cells, class_=f"lane l-{look}", role="row")


def _cells(stage: Stage, place: int, sheet: Sheet, cards: Sequence[Card]) -> Markup:
    """A stage's part of a lane: cards of the whole stage on top, then a stack for each step."""
    wide, stacks = placed(cards, stage, sheet)
    return stage_cell(stage, place, sheet, *_packed(wide, stacks, sheet))


def _packed(wide: Sequence[Wide], stacks: Sequence[Sequence[Card]], sheet: Sheet) -> list[Markup]:
    """Cards over several columns first, each in the highest row that is free, then each step's own beneath them."""
    rows = [1 for _ in stacks]
    made = []
    for one in wide:
        row = max(rows[one.start : one.start + one.span])
        rows[one.start : one.start + one.span] = [row + 1] * one.span
        place = f"grid-area:{row}/{one.start + 1}/auto/span {one.span}"
        made.append(el("div", drawn_card(one.card, sheet), class_="wd", style=place))
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
