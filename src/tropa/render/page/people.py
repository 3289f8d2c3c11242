"""The personas of a map on its page: drawn, with what is known of them and what to ask."""

from functools import partial

from tropa.domain.journeymap import BusinessModel, ModelLines, Persona
from tropa.domain.text import Text
from tropa.render import words
from tropa.render.headline import draft_label, persona_size, personas
from tropa.render.page.markup import Markup, both, el, joined, named, named_by, said, word
from tropa.render.portraits import portrait
from tropa.render.sheet import Sheet


def persona_cards(sheet: Sheet) -> Markup | None:
    """The personas of the map: drawn, with what is known of them and what to ask."""
    known = personas(sheet.journey)
    lines = sheet.journey.model_lines
    if not known and lines is None:
        return None
    return el(
        "section",
        *(_persona(one, place) for place, one in enumerate(known)),
        _lines(lines, sheet.journey.model) if lines is not None else None,
        class_="per",
        **named_by("persona"),
    )


def _persona(one: Persona, place: int) -> Markup:
    size = el("span", both(partial(persona_size, one)), class_="mut") if one.persons is not None else None
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
        Markup(portrait(one, 44, place)),
        el(
            "div",
            el("h3", said(one.name), el("span", word(draft_label(one)), class_="chip") if one.draft else None),
            size,
            el("p", said(one.portrait)) if one.portrait else None,
            *lists,
            el("p", _quote(one.quote), class_="pq") if one.quote else None,
            ask,
        ),
        **named(one.name),
    )


def _lines(lines: ModelLines, model: BusinessModel) -> Markup:
    """The four lines of the business model."""
    rows = (
        ("problem", lines.problem),
        ("decider", lines.decider),
        ("motivation", lines.motivation),
        ("process", lines.process),
    )
    return el(
        "article",
        el(
            "div",
            el("h3", word("lines"), el("span", word(f"model.{model}"), class_="chip")),
            *(el("p", el("b", word(f"lines.{key}")), ": ", said(text)) for key, text in rows),
        ),
        **named_by("lines"),
    )


def _quote(text: Text) -> Markup:
    return both(lambda language: words.in_quotes(text.said_in(language)))
