"""The audit view: every card a row with what it rests on."""

from dataclasses import replace
from functools import partial

from tropa.domain.evidence import Experiment, Measurement, Quotes
from tropa.domain.journeymap import Card
from tropa.render import words
from tropa.render.evidence_words import denominator, figure, strongest_of
from tropa.render.page.markup import Markup, both, dot, el, joined, said, word
from tropa.render.page.twin import twin_table
from tropa.render.sheet import Sheet

_HEADS = ("step", "lane", "card", "basis", "figure", "of", "interval", "period", "flags")


def table(sheet: Sheet) -> Markup:
    """The path in figures, then all cards of a map in reading order, stage by stage."""
    head = el("tr", *(el("th", word(f"table.{name}"), scope="col") for name in _HEADS))
    rows: list[Markup] = []
    for place, stage in enumerate(sheet.stages):
        cards = [card for card in sheet.cards if card.stage == stage.key]
        mark = el("span", class_=f"bar s{place % 6}")
        rows.append(el("tr", el("td", mark, said(stage.name), colspan=str(len(_HEADS))), class_="tg"))
        rows += [_row(card, sheet, place) for card in cards]
    inner = el("table", el("caption", word("table")), el("thead", head), el("tbody", *rows))
    return joined(
        twin_table(replace(sheet, by_stage=True) if sheet.index else sheet),
        el("div", inner, class_="tblw", tabindex="0"),
    )


def _row(card: Card, sheet: Sheet, place: int) -> Markup:
    stage = sheet.stages[place]
    step = next((one.name for one in stage.steps if one.key == card.step), None)
    lane = next(one for one in sheet.lanes if one.key == card.lane)
    basis = card.basis(b2b=sheet.journey.is_b2b)
    text = el("a", said(card.text), href=f"#{sheet.address(card)}")
    flags = [word(f"flag.{flag}") for flag in card.flags]
    cells = [
        el("td", said(step)),
        el("td", said(lane.name)),
        el("td", text, class_="tc"),
        el("td", dot(sheet.state_of(card)), word(f"basis.{basis}"), class_="nw"),
        *_figures(card),
        el("td", *(joined(", " if at else "", flag) for at, flag in enumerate(flags))),
    ]
    return el("tr", *cells)


def _figures(card: Card) -> list[Markup]:
    found = strongest_of(card)
    empty = el("td")
    match found:
        case Measurement():
            interval = empty
            if found.low is not None and found.high is not None:
                span = partial(words.interval, found.low, found.high, found.unit, currency=found.currency)
                interval = el("td", both(span), class_="n")
            return [
                el("td", both(partial(figure, found)), class_="n b"),
                el("td", both(partial(denominator, found)), class_="n"),
                interval,
                el("td", both(partial(words.period, found.period)), class_="nw"),
            ]
        case Quotes():
            period = el("td", both(partial(words.period, found.period)), class_="nw") if found.period else empty
            voices = partial(words.counted, found.voices, "voice")
            return [
                el("td", both(voices), class_="n"),
                el("td", both(partial(words.of_whole, found.voices, found.of)), class_="n"),
                empty,
                period,
            ]
        case Experiment():
            return [
                empty,
                el("td", both(partial(words.whole, found.of)), class_="n"),
                empty,
                el("td", both(partial(words.period, found.period)), class_="nw"),
            ]
        case _:
            return [empty, empty, empty, empty]
