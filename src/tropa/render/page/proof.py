"""One piece of evidence, opened: sentence, figure, groups, trend, sample, interval, period, meaning, quotes, query."""

import json
from datetime import date
from functools import partial

from tropa.domain.evidence import FEW_PERSONS, Evidence, Experiment, Measurement, Quote, Quotes, SegmentFigure, Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.evidence_words import baseline_words, denominator, facts, figure, is_worse_when_higher, sentence
from tropa.render.page.markup import Markup, both, el, icon, joined, repeated, small_face, twin, word
from tropa.render.page.trends import trend
from tropa.render.sheet import Sheet
from tropa.render.svg import tag

_GROUPS_SHOWN = 6


def proof(evidence: Evidence, sheet: Sheet, since: date | None) -> Markup:
    """One piece of evidence, opened: its sentence first."""
    unit = sheet.journey.counted
    lead = el("p", both(lambda language: sentence(evidence, language, unit)), class_="lead")
    parts: list[Markup | None] = [lead]
    match evidence:
        case Measurement():
            parts += [
                _headline(evidence),
                _groups(evidence),
                trend(evidence, since),
                _facts(evidence, sheet),
                _query(evidence),
            ]
        case Quotes():
            parts += [_quotes(evidence), _facts(evidence, sheet)]
        case _:
            parts.append(_facts(evidence, sheet))
    return joined(*parts)


def _headline(one: Measurement) -> Markup:
    value = el("b", both(partial(figure, one)), class_="bad" if _is_bad(one) else None)
    of = el("span", both(partial(denominator, one)), class_="sec")
    base = None
    if one.baseline is not None:
        # only an earlier period is what was; another group is a comparison
        earlier = one.baseline.period is not None and one.baseline.period.end < one.period.start
        name = word("proof.was" if earlier else "proof.against")
        base = el("span", name, " ", both(partial(baseline_words, one)), class_="mut")
    return joined(el("div", value, el("div", of, base), class_="big"), _bar(one) if one.unit is Unit.SHARE else None)


def _is_bad(one: Measurement) -> bool:
    """Worse than what it is compared with; without a comparison, a figure of which less is better."""
    worse_up = is_worse_when_higher(one.metric, one.unit)
    if one.baseline is None or one.value == one.baseline.value:
        return worse_up
    return (one.value > one.baseline.value) == worse_up


def _bar(one: Measurement) -> Markup:
    """The share on a track, with its interval and a tick at the baseline; heights and colours are the sheet's."""

    def per_cent(share: float) -> str:
        return f"{max(0.0, min(1.0, share)) * 100:.1f}%"

    parts = [tag("rect", width=per_cent(one.value))]
    if one.low is not None and one.high is not None:
        parts.append(tag("rect", class_="s", x=per_cent(one.low), width=per_cent(one.high - one.low)))
    if one.baseline is not None:
        parts.append(tag("rect", class_="t", x=per_cent(one.baseline.value)))
    return Markup(tag("svg", *parts, class_="bar bad" if _is_bad(one) else "bar"))


def _groups(one: Measurement) -> Markup | None:
    if not one.segments:
        return None
    cells = [
        el(
            "div",
            el("span", both(partial(words.group, group.segment)), class_="lab"),
            el("b", both(partial(_group_value, one, group))),
            el("span", both(partial(words.of_whole, group.count, group.of)), class_="mut"),
        )
        for group in one.segments[:_GROUPS_SHOWN]
    ]
    return joined(el("h3", word("proof.segments")), el("div", *cells, class_="split"))


def _group_value(one: Measurement, group: SegmentFigure, language: Language) -> str:
    if one.unit is Unit.SHARE and group.of < FEW_PERSONS:
        return words.of_whole(group.count, group.of, language)
    return words.amount(group.value, one.unit, language, one.currency)


def _facts(evidence: Evidence, sheet: Sheet) -> Markup | None:
    """What the sentence and the figure above have not said yet."""
    said = {"proof.sample", "proof.period"}
    if isinstance(evidence, Measurement):
        # words of the analysis may leave the period out; the generic sentence never does
        said = {"proof.sample", "proof.baseline"} | (set() if evidence.note else {"proof.period"})
    known = {words.label(key, Language.EN) for key in said} if not isinstance(evidence, Experiment) else set()
    russian, english = (facts(evidence, language, sheet.journey.counted) for language in (Language.RU, Language.EN))
    rows = [
        joined(
            el("dt", repeated(Text(ru=ru.name, en=en.name))), el("dd", twin(words.fine(ru.value), words.fine(en.value)))
        )
        for ru, en in zip(russian, english, strict=True)
        if en.name not in known
    ]
    return el("dl", *rows, class_="meta") if rows else None


def _name(russian: str, english: str) -> Markup:
    return el("dt", repeated(Text(ru=russian, en=english)))


def _query(one: Measurement) -> Markup | None:
    if not one.query:
        return None
    text = json.dumps(one.query, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    code = el("code", text, class_="q")
    stamp = el("code", one.query_hash, class_="q") if one.query_hash else None
    return el("details", el("summary", word("proof.query")), code, stamp, class_="qd")


def _quotes(one: Quotes) -> Markup | None:
    if not one.examples:
        return None
    return el("div", *(_quote(example) for example in one.examples))


def _quote(example: Quote) -> Markup:
    text: Markup = joined(example.text)
    if example.span is not None:
        start, end = example.span
        text = joined(example.text[:start], el("mark", example.text[start:end]), example.text[end:])
    mood = None
    if example.rating is not None:
        low, high = example.rating.scale
        mood = small_face(-2 + 4 * (example.rating.value - low) / ((high - low) or 1), 20)
    return el("blockquote", mood or icon("quote", 16), el("div", el("p", text), el("cite", _cited(example))))


def _cited(example: Quote) -> Markup:
    def say(language: Language) -> str:
        parts = [example.source or ""]
        if example.date is not None:
            parts.append(words.day(example.date, language, year=True))
        if example.rating is not None:
            value = words.decimal(example.rating.value, language)
            top = words.decimal(example.rating.scale[1], language)
            parts.append(f"{words.label('rating', language)} {value} {words.label('of', language)} {top}")
        return " · ".join(part for part in parts if part)

    return both(say)
