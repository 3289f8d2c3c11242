"""The audit view: every card a row with what it rests on."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tropa.domain.evidence import Experiment, Measurement, Quotes
from tropa.domain.journeymap import Card
from tropa.domain.period import Period
from tropa.render import words
from tropa.render.evidence_words import basis_label, denominator, figure, strongest_of
from tropa.render.page.markup import Markup, both, dot, el, joined, often, repeated, said, word
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
        rows += [_row(card, sheet, place, lane_rows=n) for card, n in zip(cards, _runs(cards), strict=True)]
    inner = el("table", el("caption", word("table")), el("thead", head), el("tbody", *rows))
    return joined(
        twin_table(replace(sheet, by_stage=True) if sheet.index else sheet),
        el("div", inner, class_="tblw", tabindex="0"),
    )


def _runs(cards: Sequence[Card]) -> list[int]:
    """How many cards of one lane follow, at the first of them; 0 at the others."""
    runs, first = [0] * len(cards), 0
    for at, card in enumerate(cards):
        first = at if at == 0 or cards[at - 1].lane != card.lane else first
        runs[first] += 1
    return runs


def _row(card: Card, sheet: Sheet, place: int, *, lane_rows: int) -> Markup:
    stage = sheet.stages[place]
    step = next((one.name for one in stage.steps if one.key == card.step), None)
    lane = next(one for one in sheet.lanes if one.key == card.lane)
    basis = basis_label(card, b2b=sheet.journey.is_b2b)
    text = el("a", said(card.text), href=f"#{sheet.address(card)}")
    flags = [word(f"flag.{flag}") for flag in card.flags]
    cells = [
        el("td", said(step)),
        *([el("td", repeated(lane.name), rowspan=str(lane_rows))] if lane_rows else ()),
        el("td", text, class_="tc"),
        el("td", dot(sheet.state_of(card)), often(basis), class_="nw"),
        *_figures(card, _whole(sheet)),
        el("td", *(joined(", " if at else "", flag) for at, flag in enumerate(flags))),
    ]
    return el("tr", *cells)


def _figures(card: Card, whole: Period | None) -> list[Markup]:
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
                _period(found.period, whole),
            ]
        case Quotes():
            period = _period(found.period, whole) if found.period else empty
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
                _period(found.period, whole),
            ]
        case _:
            return [empty, empty, empty, empty]


def _whole(sheet: Sheet) -> Period | None:
    """The time that the map speaks of."""
    rests_on = sheet.journey.provenance
    return rests_on.period if rests_on else None


def _period(period: Period, whole: Period | None) -> Markup:
    """Only where it is another than the map's, which stands at the top."""
    return el("td") if period == whole else el("td", both(partial(words.period, period)), class_="nw")
