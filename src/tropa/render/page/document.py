"""The whole page: one file that opens anywhere, loads nothing and lets no data become code."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files

from tropa.domain.journeymap import JourneyMap, MapView
from tropa.domain.text import Language
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.data_icons import SHAPES
from tropa.render.headline import MARKS
from tropa.render.heat import DEGREES
from tropa.render.icons import face, meter
from tropa.render.page.board import board
from tropa.render.page.drawer import drawers
from tropa.render.page.findings import findings
from tropa.render.page.markup import HEAD_ICONS, Markup, dot, el, icon, joined, named_by, sheeted, word
from tropa.render.page.minimap import minimap
from tropa.render.page.people import persona_cards
from tropa.render.page.story import story
from tropa.render.page.table import table
from tropa.render.page.top import answer, bar, header, segment_switch
from tropa.render.sheet import FOLDED_FROM, Sheet
from tropa.render.svg import gradient, tag
from tropa.render.theme import css_paint, css_tokens
from tropa.render.typeface import font_faces

_ACROSS = ((0.0, "emo-1"), (0.3, "emo-2"), (0.5, "emo-3"), (0.72, "emo-4"), (1.0, "emo-5"))


def render_page(maps: Sequence[JourneyMap], *, language: Language, look: Look = PLAIN_LOOK) -> str:
    """One self-contained HTML page of a map and its segment maps; the first map is the main one."""
    beside = tuple(_in_short(journey) for journey in maps[1:])
    to_be = next((one for one in beside if one.view is MapView.TO_BE and maps[0].view is MapView.AS_IS), None)
    others = tuple(one for one in beside if one is not to_be)
    sheets = [
        Sheet(maps[0], 0, others=others, to_be=to_be),
        *(Sheet(journey, place) for place, journey in enumerate(beside, 1)),
    ]
    main = sheets[0]
    script = _asset("page.js")
    content = joined(
        _sprite(),
        el("a", word("skip"), class_="skip", href="#main"),
        header(main, look),
        bar(main),
        el("main", answer(main), segment_switch(main, maps), *(_map(sheet) for sheet in sheets), id_="main"),
        _footer(main, look),
        _drawer_frame(sheets),
    )
    body, rules = sheeted(content)
    style = _asset("page.css").replace("/*tokens*/", css_tokens(look.roles)).replace("/*fonts*/", font_faces()) + rules
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    head = joined(
        Markup('<meta charset="utf-8">'),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        el("title", main.journey.title.said_in(language), " · tropa"),
        Markup(f"<style>{style}</style>"),
    )
    return (
        f'<!doctype html>\n<html lang="{language}" data-theme="light" data-view="map">\n<head>{head}</head>\n'
        f"<body>{body}<script>{script}</script></body>\n</html>\n"
    )


def _in_short(journey: JourneyMap) -> JourneyMap:
    """A segment's map without its hidden lanes, which its own file keeps: a page has to stay light."""
    shown = {lane.key for lane in journey.lanes if not lane.hidden}
    return replace(
        journey,
        lanes=tuple(lane for lane in journey.lanes if lane.key in shown),
        cards=tuple(card for card in journey.cards if card.lane in shown),
    )


def _map(sheet: Sheet) -> Markup:
    # a wide map is read by stages; the main one can be unfolded into its steps
    folds = sheet.steps_in_all >= FOLDED_FROM
    grids = [] if folds and sheet.index else [el("div", board(sheet), class_="by-step")]
    if folds:
        grids.append(el("div", board(replace(sheet, by_stage=True)), class_="by-stage"))
    views = [
        el("section", *grids, _under(sheet), persona_cards(sheet), class_="v v-map"),
        el("section", table(sheet), class_="v v-table"),
        el("section", story(sheet), class_="v v-story"),
        None if sheet.index else el("section", findings(sheet), class_="v v-findings"),
    ]
    folded = " folded" if len(grids) > 1 else ""
    return el("div", *views, class_=f"map{' on' if sheet.index == 0 else ''}{folded}", data_index=str(sheet.index))


def _under(sheet: Sheet) -> Markup:
    """Zoom, columns and the legend beneath the board."""
    zoom = el(
        "div",
        el("button", icon("minus", 15), class_="btn gh s sq", type_="button", data_zoom="-1", **named_by("zoom.out")),
        el("span", "100 %", class_="zv"),
        el("button", icon("plus", 15), class_="btn gh s sq", type_="button", data_zoom="1", **named_by("zoom.in")),
        el("button", icon("expand", 15), class_="btn gh s sq", type_="button", data_zoom="0", **named_by("zoom.fit")),
        class_="mini",
    )
    columns = None
    if sheet.steps_in_all >= FOLDED_FROM and not sheet.index:
        buttons = [
            el("button", word(f"columns.{name}"), type_="button", data_columns=name) for name in ("stages", "steps")
        ]
        columns = el("div", *buttons, class_="tabs cols", role="group", **named_by("columns"))
    legend = el(
        "div", *(el("span", dot(name), word(f"mark.{name}")) for name in MARKS), class_="lgd", **named_by("legend")
    )
    maps = [minimap(sheet)]
    if sheet.steps_in_all >= FOLDED_FROM:
        maps = [*([] if sheet.index else maps), minimap(replace(sheet, by_stage=True))]
    return el("div", zoom, *maps, columns, legend, class_="bott")


def _footer(sheet: Sheet, look: Look) -> Markup:
    made = sheet.journey.provenance
    rows = [el("span", look.footer)] if look.footer else []
    rows.append(el("span", word("made-by")))
    if made is not None:
        sources = ", ".join(source.file for source in made.sources)
        rows += [el("span", word("sources"), ": ", sources)] if sources else []
        rows += [
            el("span", " · ".join(part for part in (made.engine, made.data, made.timezone) if part), class_="hash")
        ]
    return el("footer", *rows, class_="foot")


def _drawer_frame(sheets: Sequence[Sheet]) -> Markup:
    def tool(name: str, symbol: str, step: str) -> Markup:
        return el("button", icon(symbol, 17), class_="btn gh s sq", type_="button", data_step=step, **named_by(name))

    tools = el(
        "div",
        tool("previous-card", "chevron-up", "-1"),
        tool("next-card", "chevron-down", "1"),
        el("button", icon("close", 17), class_="btn gh s sq", type_="button", data_close=True, **named_by("close")),
        class_="drt",
    )
    return el("aside", tools, drawers(sheets), class_="drawer", **named_by("proof"))


def _sprite() -> Markup:
    icons = "".join(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in SHAPES.items())
    faces = "".join(
        f'<symbol id="f-{mood}" viewBox="-11.5 -11.5 23 23">{face(mood, css_paint)}</symbol>' for mood in range(-2, 3)
    )
    shades = tuple((at, css_paint(role), 1.0) for at, role in _ACROSS)
    vertical = gradient("vg", shades, gradientUnits="userSpaceOnUse", x1=14.0, x2=78.0, y1=0.0, y2=0.0)
    down = tuple((1 - at, ink, opacity) for at, ink, opacity in reversed(shades))
    falling = gradient("vh", down, gradientUnits="userSpaceOnUse", x1=0.0, x2=0.0, y1=7.0, y2=55.0)
    meters = "".join(
        f'<symbol id="h-{degree}" viewBox="0 0 14 11">{meter(degree, css_paint)}</symbol>' for degree in range(DEGREES)
    )
    return Markup(
        tag(
            "svg",
            icons,
            faces,
            meters,
            tag("defs", vertical, falling, *(f'<g id="g-{name}">{SHAPES[name]}</g>' for name in HEAD_ICONS)),
            class_="sprite",
            width=0.0,
            height=0.0,
            aria_hidden="true",
        )
    )


def _asset(name: str) -> str:
    return files("tropa.render.page").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
