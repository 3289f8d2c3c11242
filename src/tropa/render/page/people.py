"""The personas of a map on its page: drawn, with what is known of them and what to ask."""

from functools import partial

from tropa.domain.journeymap import Persona
from tropa.domain.text import Text
from tropa.render import words
from tropa.render.headline import persona_size, personas
from tropa.render.page.markup import Markup, both, el, joined, named, named_by, said, word
from tropa.render.portraits import portrait
from tropa.render.sheet import Sheet


def persona_cards(sheet: Sheet) -> Markup | None:
    """The personas of the map: drawn, with what is known of them and what to ask."""
    known = personas(sheet.journey)
    if not known:
        return None
    return el(
        "section",
        *(_persona(one, place) for place, one in enumerate(known)),
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
            el("h3", said(one.name), el("span", word("draft"), class_="chip") if one.draft else None),
            size,
            el("p", said(one.portrait)) if one.portrait else None,
            *lists,
            el("p", _quote(one.quote), class_="pq") if one.quote else None,
            ask,
        ),
        **named(one.name),
    )


def _quote(text: Text) -> Markup:
    return both(lambda language: words.in_quotes(text.said_in(language)))
