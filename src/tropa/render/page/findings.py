"""The list of findings: money, claim, proof."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import FEW_PERSONS, Measurement, Quotes, Unit
from tropa.domain.finding import Finding, FindingKind, Moment
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.data_labels import UNIT_NOUNS
from tropa.render.page.advice import advice, hypothesis_block
from tropa.render.page.markup import Markup, both, el, icon, joined, said, word
from tropa.render.page.proof import proof
from tropa.render.sheet import Sheet

_GROWTH = frozenset({FindingKind.OPPORTUNITY, FindingKind.UPSELL})
_SURE, _LIKELY = 0.01, 0.05


def findings(sheet: Sheet) -> Markup:
    """Bottlenecks first, then growth points, each with its proof folded."""
    found = sheet.journey.findings
    if not found:
        return el("div", el("p", word("findings.none"), class_="none"), class_="fnd")
    most = max((one.money.amount for one in found if one.money), default=0)
    groups = (
        ("findings.bottlenecks", [one for one in found if one.kind not in _GROWTH]),
        ("findings.growth", [one for one in found if one.kind in _GROWTH]),
    )
    return el("div", *(_group(name, rows, most, sheet) for name, rows in groups if rows), class_="fnd")


def _group(name: str, rows: Sequence[Finding], most: int, sheet: Sheet) -> Markup:
    return joined(
        el("h2", word(name), " ", el("span", str(len(rows)), class_="mut")), *(_row(one, most, sheet) for one in rows)
    )


def _row(one: Finding, most: int, sheet: Sheet) -> Markup:
    claim = el("div", el("h3", said(one.text)), _facts(one, sheet), class_="cl")
    summary = el("summary", _price(one, most, sheet), claim, icon("chevron-down", 16, "i chev"))
    return el("details", summary, _body(one, sheet), class_=f"fi f-{one.kind}", id_=f"f{sheet.index}-{one.code}")


def _price(one: Finding, most: int, sheet: Sheet) -> Markup:
    people = el("span", both(partial(words.units, one.persons_affected, sheet.journey.counted)), class_="mut")
    if one.money is None:
        return el(
            "div", el("b", both(partial(words.whole, one.persons_affected))), people_word(one, sheet), class_="pr"
        )
    paid = one.money
    amount = el("b", both(partial(words.money, paid.amount, paid.currency)))

    def span(language: Language) -> str:
        return f"{words.money(paid.low, paid.currency, language)} – {words.money(paid.high, paid.currency, language)}"

    tone = "good" if one.kind in _GROWTH else "bad"
    bar = el("i", class_=f"bar {tone}", style=f"width:{max(4, round(100 * paid.amount / most))}%") if most else None
    return el("div", amount, el("span", both(span), class_="mut"), people, bar, class_="pr")


def people_word(one: Finding, sheet: Sheet) -> Markup:
    """The counted word alone, beside a large number."""
    noun = UNIT_NOUNS.get(sheet.journey.counted, "person")
    return el("span", both(partial(words.plural, one.persons_affected, noun)), class_="mut")


def _facts(one: Finding, sheet: Sheet) -> Markup:
    stage = next((row.name for row in sheet.stages if row.key == one.stage), None)
    since = (
        el(
            "span",
            icon("calendar", 13),
            el("span", word("finding.since"), ": ", both(partial(words.day, one.since))),
        )
        if one.since
        else None
    )
    return el(
        "p",
        el("span", word(f"finding.{one.kind}"), class_=f"chip {'good' if one.kind in _GROWTH else 'bad'}"),
        el("span", icon("pin", 13), said(stage)) if stage else None,
        el("span", icon("people", 13), both(partial(words.group, one.segment))) if one.segment else None,
        since,
        el("span", icon("check", 13), el("span", word("finding.sure"), ": ", word(f"certainty.{certainty(one)}"))),
        class_="fx",
    )


def certainty(one: Finding) -> str:
    """How sure a finding is, in three words: by its corrected q-value, or by its interval against the baseline."""
    if one.of < FEW_PERSONS:
        return "low"
    if one.q_value is not None:
        return "high" if one.q_value <= _SURE else "middle" if one.q_value <= _LIKELY else "low"
    if one.baseline is None or one.interval is None:
        return "middle"
    return "high" if not one.interval[0] <= one.baseline <= one.interval[1] else "low"


def _body(one: Finding, sheet: Sheet) -> Markup:
    parts: list[Markup] = []
    if one.near_change is not None:
        parts.append(
            el("p", icon("calendar", 14), el("span", word("finding.near"), ": ", said(one.near_change)), class_="near")
        )
    parts.append(_equation(one, sheet))
    if one.recommendation is not None:
        parts.append(advice(one.recommendation))
    hypothesis = next((row for row in sheet.journey.hypotheses if row.key == one.hypothesis), None)
    if hypothesis is not None:
        parts.append(hypothesis_block(hypothesis, sheet))
    parts += [one_story(one.story)] if one.story else []
    parts.append(_list_of(one))
    since = one.since
    proofs = [
        el("div", proof(evidence, sheet, since), class_="ds")
        for evidence in one.evidence
        if isinstance(evidence, Measurement | Quotes)
    ]
    return el("div", el("div", *proofs), el("div", *parts), class_="bd")


def one_story(moments: Sequence[Moment]) -> Markup:
    """The way of one of those concerned, step by step from where it begins here."""
    start = moments[0].seconds
    rows = [
        el(
            "li",
            el("span", both(partial(_since, row.seconds - start)), class_="mut"),
            el("b" if row.here else "span", said(row.what), f" ×{row.times}" if row.times > 1 else None),
        )
        for row in moments
    ]
    return el("div", el("h3", icon("person", 15), word("finding.story")), el("ol", *rows, class_="way"), class_="one")


def _since(seconds: int, language: Language) -> str:
    return f"+{words.duration(seconds, language)}"


def _list_of(one: Finding) -> Markup:
    """How those who may see them come to all of those concerned."""
    command = el("code", f"tropa people {one.code} --to csv")
    return el("p", icon("people", 14), el("span", word("finding.list"), " ", command), class_="near")


def _equation(one: Finding, sheet: Sheet) -> Markup:
    """People × gap = people lost (× a median value = money), as far as it is known."""
    cells = [_cell(partial(words.whole, one.of), "proof.sample")]
    if one.baseline is not None:
        gap, base = abs(one.baseline - one.value), one.baseline

        def difference(language: Language) -> str:
            return (
                words.points(gap, language).lstrip("+")
                if one.unit is Unit.SHARE
                else words.amount(gap, one.unit, language)
            )

        def was(language: Language) -> str:
            return f"{words.amount(base, one.unit, language)} › {words.amount(one.value, one.unit, language)}"

        cells += [el("i", "×"), el("div", el("b", both(difference)), el("span", both(was), class_="mut"))]
        cells += [el("i", "=")]
    else:
        cells += [el("i", ":")]
    cells.append(el("div", el("b", both(partial(words.whole, one.persons_affected))), people_word(one, sheet)))
    if one.money is not None:
        paid = one.money
        cells += [
            el("i", "~"),
            el(
                "div",
                el("b", both(partial(words.money, paid.amount, paid.currency))),
                el("span", word("finding.cost"), class_="mut"),
                class_="res",
            ),
        ]
    return el("div", *cells, class_="eq")


def _cell(say: partial[str], name: str) -> Markup:
    return el("div", el("b", both(say)), el("span", word(name), class_="mut"))
