"""What stands above the map: who it is about, where it comes from, its goal, its answer and the minute strip."""

from base64 import b64encode
from collections.abc import Sequence
from functools import partial

from tropa.domain.buying import BUYING_CLASS
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import JourneyMap, MapView
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.evidence_words import figure
from tropa.render.headline import (
    MARKS,
    against_target,
    coverage,
    goal_figure,
    goal_tone,
    minute_rows,
    personas,
    provenance,
)
from tropa.render.page.drawer import statement_address
from tropa.render.page.markup import Markup, both, dot, el, icon, named_by, said, word
from tropa.render.portraits import portrait
from tropa.render.sheet import Sheet
from tropa.render.svg import tag
from tropa.render.theme import PERSON_COLOURS

_VIEWS = (("map", "map"), ("table", "rows"), ("story", "play"), ("findings", "inbox"))


def header(sheet: Sheet, look: Look = PLAIN_LOOK) -> Markup:
    """The top bar of the page, which all its maps share; a company's mark stands first."""
    journey = sheet.journey
    persona = next(iter(personas(journey)), None)
    title = el("div", el("h1", said(journey.title)), el("p", both(partial(provenance, journey))), class_="mt")
    tools = el("div", _language_switch(), _tool("theme", "sun"), _printing(), class_="tools")
    return el(
        "header",
        _mark(look),
        Markup(portrait(persona, 40)) if persona else None,
        title,
        el("span", class_="sp"),
        _coverage(sheet),
        tools,
        class_="top",
    )


def _mark(look: Look) -> Markup | None:
    logo = look.logo
    if logo is None:
        return None
    kind = {"svg": "svg+xml", "jpg": "jpeg"}.get(logo.kind, logo.kind)
    source = f"data:image/{kind};base64,{b64encode(logo.content).decode()}"
    return el(
        "img", class_="mark", src=source, alt=look.company, height="32", style="max-width:140px;object-fit:contain"
    )


def _tool(name: str, symbol: str) -> Markup:
    return el("button", icon(symbol, 17), class_="btn gh sq", type_="button", data_do=name, **named_by(name))


def _printing() -> Markup:
    """On what paper to print, and whether the proofs' table goes with it."""
    papers = [el("button", paper.upper(), class_="btn s", type_="button", data_paper=paper) for paper in ("a4", "a3")]
    table = el("label", el("input", type_="checkbox", data_do="twin"), word("print.table"))
    menu = el("div", el("b", word("print.paper")), el("div", *papers), table, class_="ppm")
    summary = el("summary", icon("printer", 17), class_="btn gh sq", data_do="print", **named_by("print"))
    return el("details", summary, menu, class_="pp")


def _language_switch() -> Markup:
    buttons = [
        el("button", language.upper(), type_="button", data_lang=language, lang=language) for language in Language
    ]
    return el("div", *buttons, class_="tabs lang", role="group", **named_by("language"))


def bar(sheet: Sheet) -> Markup:
    """The second bar: views, goal with its number, evidence coverage in counts."""
    views = [
        el(
            "button",
            icon(symbol, 15),
            el("span", word(f"view.{name}")),
            type_="button",
            data_view=name,
            role="tab",
            aria_controls=f"v-{name}",
        )
        for name, symbol in _VIEWS
    ]
    return el(
        "div",
        el("div", *views, class_="tabs views", role="tablist", **named_by("views")),
        el("span", class_="sp"),
        _goal_number(sheet),
        class_="top2",
    )


def _goal_number(sheet: Sheet) -> Markup | None:
    goal = sheet.journey.goal
    if goal is None:
        return el("div", icon("target", 18), el("span", word("goal.none")), class_="goal none")
    measured = goal_figure(goal)
    lines: list[Markup] = [el("b", said(goal.text))]
    number = drawing = None
    if measured is not None:
        number = el("b", both(partial(figure, measured)), class_="gn")
        drawing = _goal_bar(measured, goal.target)

        lines.append(el("span", both(partial(against_target, measured, goal.target)), class_="mut"))
    return el("div", icon("target", 18, "i acc"), el("span", *lines, class_="gt"), number, drawing, class_="goal")


def _goal_bar(measured: Measurement, target: float | None) -> Markup | None:
    if measured.unit is not Unit.SHARE:
        return None
    wide = 84.0
    tone = goal_tone(measured.value, target)
    parts = [
        tag("rect", y=8.0, width=wide, height=6.0, rx=3.0, fill="var(--sunken)"),
        tag("rect", y=8.0, width=wide * measured.value, height=6.0, rx=3.0, fill=f"var(--{tone})"),
    ]
    if target is not None:
        parts.append(tag("rect", x=wide * min(1.0, target), y=3.0, width=2.0, height=16.0, rx=1.0, fill="var(--ink)"))
    return Markup(tag("svg", *parts, width=wide, height=22.0, aria_hidden="true"))


def _coverage(sheet: Sheet) -> Markup:
    counts = coverage(sheet)
    total = sum(counts.values())
    solid = el("span", el("b", both(partial(_on_data, counts["solid"], total))), " ", word("mark.solid"))
    stack = el(
        "span",
        *(el("i", class_=f"k-{name}", style=f"flex:{counts[name]}") for name in MARKS if counts[name]),
        class_="stack",
    )
    rest = [
        el("span", dot(name), el("span", word(f"mark.{name}"), class_="lw"), " ", str(counts[name]))
        for name in MARKS[1:]
        if counts[name]
    ]
    return el("div", el("span", solid, stack, class_="cv"), el("span", *rest, class_="leg"), class_="evb")


def _on_data(count: int, total: int, language: Language) -> str:
    return words.of_whole(count, total, language)


def answer(sheet: Sheet) -> Markup | None:
    """The goal's answer as the first line, then the minute strip: three sentences."""
    goal = sheet.journey.goal
    first = goal.answer if goal else None
    line = None
    if first is not None:
        line = el("a", said(first.text), class_="ans", href=f"#{statement_address('goal', sheet)}")
    cells = [
        el(
            "a",
            el("span", icon(symbol, 15), word(f"minute.{name}"), class_="mh"),
            el("p", said(told.text)),
            class_=f"mi {name}",
            href=f"#{statement_address(f'minute.{name}', sheet)}",
        )
        for name, symbol, _, told in minute_rows(sheet.journey)
    ]
    if line is None and not cells:
        return None
    return el("div", line, el("div", *cells, class_="mis") if cells else None, class_="minute")


def _name_of(journey: JourneyMap, language: Language) -> str:
    if journey.view is MapView.TO_BE and not journey.segment:
        return words.label(journey.view, language)
    return words.group(journey.segment, language)


def segment_switch(sheet: Sheet, maps: Sequence[JourneyMap]) -> Markup | None:
    """One button for each map of the page, each with its difference in a sentence."""
    notes = {words.group(note.segment, Language.RU): (place, note) for place, note in enumerate(sheet.journey.segments)}
    if len(maps) < 2 and not notes:
        return el("p", said(sheet.journey.segments_note), class_="sgn") if sheet.journey.segments_note else None
    buttons = [el("button", icon("people", 15), el("b", word("segments.all")), type_="button", data_map="0")]
    told = []
    for place, journey in enumerate(maps[1:], 1):
        known = notes.get(words.group(journey.segment, Language.RU))
        name = said(known[1].name) if known else both(partial(_name_of, journey))
        people = (
            el("span", both(partial(words.whole, journey.persons)), class_="mut")
            if journey.persons is not None
            else None
        )
        buttons.append(
            el(
                "button",
                el("i", class_=f"pc p{(place - 1) % PERSON_COLOURS + 1}"),
                el("b", name),
                people,
                type_="button",
                data_map=str(place),
            )
        )
    for place, note in notes.values():
        if BUYING_CLASS in note.segment:  # a class of buyers is a part of every deal, not another kind of deal
            continue
        tone = "dif" if note.differs else "same"
        told.append(
            el(
                "a",
                el("b", said(note.name)),
                " ",
                said(note.text),
                class_=f"sgt {tone}",
                href=f"#d{sheet.index}-g{place}",
            )
        )
    switch = el("div", *buttons, class_="segs", role="group", **named_by("segments"))
    return el("div", switch if len(maps) > 1 else None, el("div", *told, class_="told") if told else None, class_="sgs")
