"""What stands above the map: who it is about, where it comes from, its goal, its answer and the minute strip."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import JourneyMap, MapView, Persona
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.evidence_words import denominator, figure
from tropa.render.icons import mark_of
from tropa.render.page.drawer import statement_address, statements
from tropa.render.page.markup import Markup, dot, el, icon, joined, named, named_by, said, word
from tropa.render.page.portraits import portrait
from tropa.render.page.sheet import Sheet
from tropa.render.svg import tag
from tropa.render.theme import PERSON_COLOURS

_MARKS = ("solid", "part", "guess", "stale", "contradicted")
_VIEWS = (("map", "map"), ("table", "rows"), ("story", "play"), ("findings", "inbox"))


def header(sheet: Sheet) -> Markup:
    """The top bar of the page, which all its maps share."""
    journey = sheet.journey
    persona = journey.personas[0] if journey.personas else None
    title = el("div", el("h1", said(journey.title)), el("p", _provenance(sheet)), class_="mt")
    tools = el("div", _language_switch(), _tool("theme", "sun"), _tool("print", "printer"), class_="tools")
    return el(
        "header",
        portrait(persona, 40) if persona else None,
        title,
        el("span", class_="sp"),
        _coverage(sheet),
        tools,
        class_="top",
    )


def _tool(name: str, symbol: str) -> Markup:
    return el("button", icon(symbol, 17), class_="btn gh sq", type_="button", data_do=name, **named_by(name))


def _language_switch() -> Markup:
    buttons = [
        el("button", language.upper(), type_="button", data_lang=language, lang=language) for language in Language
    ]
    return el("div", *buttons, class_="tabs lang", role="group", **named_by("language"))


def _provenance(sheet: Sheet) -> Markup:
    journey = sheet.journey

    def say(language: Language) -> str:
        parts = [words.label(journey.view, language)] if journey.view is MapView.TO_BE else []
        if journey.persons is not None:
            parts.append(words.units(journey.persons, journey.unit, language))
        made = journey.provenance
        if made is not None:
            parts += [words.period(made.period, language)] if made.period else []
            parts += [words.counted(made.feedback, "review", language)] if made.feedback else []
            parts += [words.counted(made.interviews, "interview", language)] if made.interviews else []
            parts.append(f"{words.label('as-of', language)} {words.day(made.as_of, language, year=True)}")
        return " · ".join(parts) or words.label("guess-map", language)

    return sheet.both(say)


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
    measured = next(
        (one for one in (goal.answer.evidence if goal.answer else ()) if isinstance(one, Measurement)), None
    )
    lines: list[Markup] = [el("b", said(goal.text))]
    number = drawing = None
    if measured is not None:
        number = el("b", sheet.both(partial(figure, measured)), class_="gn")
        drawing = _goal_bar(measured, goal.target)

        lines.append(el("span", sheet.both(partial(_against_target, measured, goal.target)), class_="mut"))
    return el("div", icon("target", 18, "i acc"), el("span", *lines, class_="gt"), number, drawing, class_="goal")


def _against_target(measured: Measurement, target: float | None, language: Language) -> str:
    counts = denominator(measured, language)
    if target is None:
        return counts
    wanted = words.amount(target, measured.unit, language, measured.currency)
    return f"{counts}, {words.label('goal.target', language)} {wanted}"


def _goal_bar(measured: Measurement, target: float | None) -> Markup | None:
    if measured.unit is not Unit.SHARE:
        return None
    wide = 84.0
    tone = "ink-3" if target is None else "good" if measured.value >= target else "bad"
    parts = [
        tag("rect", y=8.0, width=wide, height=6.0, rx=3.0, fill="var(--sunken)"),
        tag("rect", y=8.0, width=wide * measured.value, height=6.0, rx=3.0, fill=f"var(--{tone})"),
    ]
    if target is not None:
        parts.append(tag("rect", x=wide * min(1.0, target), y=3.0, width=2.0, height=16.0, rx=1.0, fill="var(--ink)"))
    return Markup(tag("svg", *parts, width=wide, height=22.0, aria_hidden="true"))


def coverage(sheet: Sheet) -> Counter[str]:
    """How many cards carry each evidence mark."""
    b2b = sheet.journey.is_b2b
    return Counter(mark_of(card.basis(b2b=b2b), card.flags) for card in sheet.cards)


def _coverage(sheet: Sheet) -> Markup:
    counts = coverage(sheet)
    total = sum(counts.values())
    solid = el("span", el("b", sheet.both(partial(_on_data, counts["solid"], total))), " ", word("mark.solid"))
    stack = el(
        "span",
        *(el("i", class_=f"k-{name}", style=f"flex:{counts[name]}") for name in _MARKS if counts[name]),
        class_="stack",
    )
    rest = [
        el("span", dot(name), el("span", word(f"mark.{name}"), class_="lw"), " ", str(counts[name]))
        for name in _MARKS[1:]
        if counts[name]
    ]
    return el("div", el("span", solid, stack, class_="cv"), el("span", *rest, class_="leg"), class_="evb")


def _on_data(count: int, total: int, language: Language) -> str:
    return words.of_whole(count, total, language)


def answer(sheet: Sheet) -> Markup | None:
    """The goal's answer as the first line, then the minute strip: three sentences."""
    rows = dict(statements(sheet))
    first = rows.get("goal")
    line = None
    if first is not None:
        line = el("a", said(first.text), class_="ans", href=f"#{statement_address('goal', sheet)}")
    cells = [
        el(
            "a",
            el("span", icon(symbol, 15), word(name), class_="mh"),
            el("p", said(rows[name].text)),
            class_=f"mi {look}",
            href=f"#{statement_address(name, sheet)}",
        )
        for name, symbol, look in (
            ("minute.want", "heart", "want"),
            ("minute.loss", "barrier", "loss"),
            ("minute.action", "bulb", "act"),
        )
        if name in rows
    ]
    if line is None and not cells:
        return None
    return el("div", line, el("div", *cells, class_="mis") if cells else None, class_="minute")


def segment_switch(sheet: Sheet, maps: Sequence[JourneyMap]) -> Markup | None:
    """One button for each map of the page, each with its difference in a sentence."""
    notes = {words.group(note.segment, Language.RU): (place, note) for place, note in enumerate(sheet.journey.segments)}
    if len(maps) < 2 and not notes:
        return el("p", said(sheet.journey.segments_note), class_="sgn") if sheet.journey.segments_note else None
    buttons = [el("button", icon("people", 15), el("b", word("segments.all")), type_="button", data_map="0")]
    told = []
    for place, journey in enumerate(maps[1:], 1):
        known = notes.get(words.group(journey.segment, Language.RU))
        name = said(known[1].name) if known else sheet.both(partial(words.group, journey.segment))
        people = (
            el("span", sheet.both(partial(words.whole, journey.persons)), class_="mut")
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


def personas(sheet: Sheet) -> Markup | None:
    """The personas of the map: drawn, with what is known of them and what to ask."""
    known = sheet.journey.personas
    if not known:
        return None
    return el(
        "section",
        *(_persona(one, place, sheet) for place, one in enumerate(known)),
        class_="per",
        **named_by("persona"),
    )


def _persona(one: Persona, place: int, sheet: Sheet) -> Markup:
    size = None
    if one.persons is not None:
        of = one.of
        size = el(
            "span",
            sheet.both(partial(words.of_whole, one.persons, of) if of else partial(words.whole, one.persons)),
            class_="mut",
        )
    lists = [
        el(
            "p",
            el("b", word(f"persona.{key}")),
            ": ",
            *(joined(", " if at else "", said(text)) for at, text in enumerate(rows)),
        )
        for key, rows in (("goals", one.goals), ("fears", one.fears))
        if rows
    ]
    ask = (
        el(
            "p",
            el("b", word("questions")),
            ": ",
            *(joined(" " if at else "", said(text)) for at, text in enumerate(one.questions)),
            class_="mut",
        )
        if one.questions
        else None
    )
    return el(
        "article",
        portrait(one, 44, place),
        el(
            "div",
            el("h3", said(one.name), el("span", word("draft"), class_="chip") if one.draft else None),
            size,
            el("p", said(one.portrait)) if one.portrait else None,
            *lists,
            el("p", "«", said(one.quote), "»", class_="pq") if one.quote else None,
            ask,
        ),
        **named(one.name),
    )
