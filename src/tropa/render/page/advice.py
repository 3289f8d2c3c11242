"""What to do about it: recommendations and hypotheses in a proof or a finding."""

from functools import partial

from tropa.domain.evidence import Unit
from tropa.domain.finding import Recommendation
from tropa.domain.hypothesis import DetectableEffect, Hypothesis
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, icon, joined, said, word
from tropa.render.sheet import Sheet


def advice(one: Recommendation) -> Markup:
    """A recommendation with its first step, its number and when not to follow it."""
    rows = [el("p", said(one.text)), el("p", el("b", word("advice.first")), ". ", said(one.first_step))]
    if one.not_when is not None:
        rows.append(el("p", el("b", word("advice.not")), ". ", said(one.not_when), class_="mut"))
    return el("div", el("h3", icon("bulb", 15), word("advice")), *rows, class_="adv")


def hypothesis_block(one: Hypothesis, sheet: Sheet) -> Markup:
    """A hypothesis with its metric now and what this traffic can show."""
    name = el("h3", icon("flask", 15), word("hypothesis"), el("span", word(f"status.{one.status}"), class_="chip"))
    value = (
        None if one.value_now is None else el("p", both(partial(_value_now, one, sheet.journey.currency)), class_="sec")
    )
    test: Markup | None
    if not one.testable:
        test = el("p", said(one.instead) if one.instead else word("hypothesis.cannot"), class_="sec")
    else:
        test = _detectable(one) if one.detectable else None
    return el("div", name, el("p", said(one.text)), value, test, class_="hyb")


def _value_now(one: Hypothesis, currency: str | None, language: Language) -> str:
    tail = f" {words.label('of', language)}{words.NBSP}{words.whole(one.of, language)}" if one.of else ""
    value = words.amount(one.value_now or 0.0, one.unit, language, currency)
    return f"{words.label('hypothesis.now', language)}: {value}{tail}"


def _detectable(one: Hypothesis) -> Markup:
    cells = [
        el(
            "div",
            el("span", both(partial(words.counted, row.weeks, "week")), class_="lab"),
            el("b", both(partial(_effect, row, one.unit))),
        )
        for row in one.detectable
    ]
    return joined(el("p", word("hypothesis.detectable"), class_="mut"), el("div", *cells, class_="split"))


def _effect(row: DetectableEffect, unit: Unit, language: Language) -> str:
    return words.points(row.effect, language) if unit is Unit.SHARE else words.amount(row.effect, unit, language)
