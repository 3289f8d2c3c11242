"""The proof of each claim: one sentence first, then figure, sample, interval, period, meaning, quotes, query."""

import json
from collections.abc import Sequence
from datetime import date

from tropa.domain.evidence import Evidence, Measurement, Quote, Quotes, Unit
from tropa.domain.finding import Finding, Recommendation
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Author, Card, LaneKind, Stage, Statement
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.evidence_words import baseline_words, denominator, facts, figure, is_worse_when_higher, sentence
from tropa.render.icons import lane_icon, mark_of
from tropa.render.page.markup import Markup, dot, el, icon, joined, named, said, small_face, twin, word
from tropa.render.page.sheet import Sheet
from tropa.render.page.sparks import trend


def drawers(sheet: Sheet) -> Markup:
    """The proofs of a map: of its cards, its stages and its sentences."""
    cards = (_of_card(card, sheet) for card in sheet.cards)
    stages = (_of_stage(stage, sheet) for stage in sheet.stages)
    return joined(*cards, *stages, *_of_statements(sheet))


def _drawer(address: str, head: Markup, *children: Markup | None) -> Markup:
    return el("section", head, *children, class_="dr", id_=address, role="region", tabindex="-1")


def _head(kind: Markup, symbol: str, badge: Markup | None, title: Markup, place: Markup | None) -> Markup:
    return el(
        "header",
        el("div", el("span", icon(symbol, 15), kind, class_="kind"), badge, class_="dh"),
        el("h2", title),
        el("p", place, class_="plc") if place else None,
    )


def _badge(card: Card, sheet: Sheet) -> Markup:
    basis = card.basis(b2b=sheet.journey.is_b2b)
    flags = [el("span", word(f"flag.{flag}"), class_="chip warn") for flag in card.flags]
    return joined(el("span", dot(mark_of(basis, card.flags)), word(f"basis.{basis}"), class_=f"chip b-{basis}"), *flags)


def _place(stage: str, step: str | None, sheet: Sheet) -> Markup:
    found = next((one for one in sheet.stages if one.key == stage), None)
    parts = [] if found is None else [said(found.name)]
    part = next((one for one in found.steps if one.key == step), None) if found else None
    if part is not None:
        parts += [icon("chevron-right", 12, "i sep"), said(part.name)]
    if part is not None and part.moment_of_truth:
        parts.append(el("span", icon("star", 13), word("moment"), class_="star"))
    return joined(*parts)


def _of_card(card: Card, sheet: Sheet) -> Markup:
    kind = sheet.kind_of(card)
    lane = next(one for one in sheet.lanes if one.key == card.lane)
    finding = next((one for one in sheet.journey.findings if one.code == card.finding), None)
    since = finding.since if finding else None
    proofs = [proof(one, sheet, since) for one in card.evidence]
    return _drawer(
        sheet.address(card),
        _head(
            said(lane.name), lane_icon(kind), _badge(card, sheet), said(card.text), _place(card.stage, card.step, sheet)
        ),
        _emotion(card, sheet) if kind is LaneKind.EMOTION else None,
        _importance(card) if card.reason else None,
        *proofs,
        None if proofs else el("div", el("p", word("proof.none")), class_="ds none"),
        _actions(card, finding, sheet),
        _history(card),
    )


def _emotion(card: Card, sheet: Sheet) -> Markup | None:
    if card.value is None:
        return None
    value = card.value

    def say(language: Language) -> str:
        sign = "+" if value > 0 else ""
        return f"{sign}{words.decimal(value, language)}"

    names = el("p", ", ".join(card.names), class_="sec") if card.names else None
    span = None
    if card.low is not None and card.high is not None:
        low, high = card.low, card.high
        span = el(
            "p",
            word("proof.interval"),
            " ",
            sheet.both(lambda language: f"{words.decimal(low, language)} … {words.decimal(high, language)}"),
            class_="mut",
        )
    bars = _histogram(card.points) if card.points else None
    return el(
        "div",
        el("div", small_face(value, 40), el("b", sheet.both(say)), el("div", names, span), class_="big"),
        bars,
        class_="ds",
    )


def _histogram(points: Sequence[int]) -> Markup:
    most = max(points) or 1
    rows = [
        el(
            "span",
            el("i", style=f"height:{max(2, round(44 * count / most))}px;background:var(--emo-{place + 1})"),
            el("em", str(count)),
            small_face(place - 2, 18),
        )
        for place, count in enumerate(points)
    ]
    return el("div", *rows, class_="hist5")


def _importance(card: Card) -> Markup:
    return el("div", el("h3", word("proof.importance")), el("p", said(card.reason)), class_="ds")


def proof(evidence: Evidence, sheet: Sheet, since: date | None) -> Markup:
    """One piece of evidence, opened: its sentence first."""
    unit = sheet.journey.unit
    lead = el("p", sheet.both(lambda language: sentence(evidence, language, unit)), class_="lead")
    parts: list[Markup | None] = [lead]
    match evidence:
        case Measurement():
            parts += [
                _headline(evidence, sheet),
                _groups(evidence, sheet),
                trend(evidence, sheet, since),
                _facts(evidence, sheet),
                _query(evidence),
            ]
        case Quotes():
            parts += [_quotes(evidence, sheet), _facts(evidence, sheet)]
        case _:
            parts.append(_facts(evidence, sheet))
    return el("div", *parts, class_="ds")


def _headline(one: Measurement, sheet: Sheet) -> Markup:
    worse = is_worse_when_higher(one.metric, one.unit)
    look = "bad" if worse else ""
    value = el("b", sheet.both(lambda language: figure(one, language)), class_=look)
    of = el("span", sheet.both(lambda language: denominator(one, language)), class_="sec")
    base = None
    if one.baseline is not None:
        base = el(
            "span", word("proof.was"), " ", sheet.both(lambda language: baseline_words(one, language)), class_="mut"
        )
    return joined(el("div", value, el("div", of, base), class_="big"), _bar(one) if one.unit is Unit.SHARE else None)


def _bar(one: Measurement) -> Markup:
    share = max(0.0, min(1.0, one.value)) * 100
    tone = "bad" if is_worse_when_higher(one.metric, one.unit) else "good"
    tick = (
        ""
        if one.baseline is None
        else f'<rect x="{max(0.0, min(1.0, one.baseline.value)) * 100:.1f}%" y="0" width="2" height="14" fill="var(--ink)"/>'
    )
    span = ""
    if one.low is not None and one.high is not None:
        span = f'<rect x="{one.low * 100:.1f}%" y="4" width="{(one.high - one.low) * 100:.1f}%" height="6" fill="var(--ink)" opacity=".28"/>'
    return Markup(
        f'<svg class="bar" width="100%" height="14" aria-hidden="true"><rect y="4" width="100%" height="6" rx="3" fill="var(--sunken)"/>'
        f'<rect y="4" width="{share:.1f}%" height="6" rx="3" fill="var(--{tone})"/>{span}{tick}</svg>'
    )


def _groups(one: Measurement, sheet: Sheet) -> Markup | None:
    if not one.segments:
        return None
    cells = []
    for group in one.segments[:6]:
        name = sheet.both(lambda language, group=group: words.group(group.segment, language))  # type: ignore[misc]
        value = sheet.both(
            lambda language, group=group: (
                words.percent(group.value, language)
                if one.unit is Unit.SHARE
                else words.amount(group.value, one.unit, language, one.currency)
            )
        )  # type: ignore[misc]
        of = sheet.both(lambda language, group=group: words.of_whole(group.count, group.of, language))  # type: ignore[misc]
        cells.append(el("div", el("span", name, class_="lab"), el("b", value), el("span", of, class_="mut")))
    return joined(el("h3", word("proof.segments")), el("div", *cells, class_="split"))


def _facts(evidence: Evidence, sheet: Sheet) -> Markup | None:
    russian, english = (facts(evidence, language, sheet.journey.unit) for language in (Language.RU, Language.EN))
    rows = [
        joined(el("dt", twin(ru.name, en.name)), el("dd", twin(words.fine(ru.value), en.value)))
        for ru, en in zip(russian, english, strict=True)
    ]
    return el("dl", *rows, class_="meta") if rows else None


def _query(one: Measurement) -> Markup | None:
    if not one.query:
        return None
    text = json.dumps(one.query, ensure_ascii=False, sort_keys=True)
    code = el("code", text, class_="q")
    stamp = el("code", one.query_hash, class_="q") if one.query_hash else None
    return el("details", el("summary", word("proof.query")), code, stamp, class_="qd")


def _quotes(one: Quotes, sheet: Sheet) -> Markup | None:
    if not one.examples:
        return None
    return el("div", *(_quote(example, sheet) for example in one.examples))


def _quote(example: Quote, sheet: Sheet) -> Markup:
    text: Markup = joined(example.text)
    if example.span is not None:
        start, end = example.span
        text = joined(example.text[:start], el("mark", example.text[start:end]), example.text[end:])
    mood = None
    if example.rating is not None:
        low, high = example.rating.scale
        mood = small_face(-2 + 4 * (example.rating.value - low) / ((high - low) or 1), 20)
    return el("blockquote", mood or icon("quote", 16), el("div", el("p", text), el("cite", _cited(example, sheet))))


def _cited(example: Quote, sheet: Sheet) -> Markup:
    def say(language: Language) -> str:
        parts = [example.source or ""]
        if example.date is not None:
            parts.append(words.day(example.date, language, year=True))
        if example.rating is not None:
            value = words.decimal(example.rating.value, language)
            top = words.decimal(example.rating.scale[1], language)
            parts.append(f"{words.label('rating', language)} {value} {words.label('of', language)} {top}")
        return " · ".join(part for part in parts if part)

    return sheet.both(say)


def _history(card: Card) -> Markup | None:
    """Whose words the card carries; nothing to say where tropa wrote all of it."""
    person = card.author is Author.PERSON or (card.generated is not None and card.generated.text != card.text)
    rows = [
        el(
            "p",
            icon("person" if person else "sparkle", 14),
            word("author.person" if person else "author.tropa"),
            class_="who",
        )
    ]
    if person and card.generated is not None and card.generated.text != card.text:
        rows.append(el("p", word("author.was"), ": ", said(card.generated.text), class_="mut"))
    if card.owner is not None:
        rows.append(el("p", icon("people", 14), said(card.owner), class_="who"))
    if not person and card.owner is None:
        return None
    return el("div", el("h3", word("proof.history")), *rows, class_="ds")


def _actions(card: Card, finding: Finding | None, sheet: Sheet) -> Markup | None:
    parts: list[Markup] = []
    if finding is not None and finding.recommendation is not None:
        parts.append(advice(finding.recommendation))
    hypothesis = next((one for one in sheet.journey.hypotheses if one.key == card.hypothesis), None)
    if hypothesis is not None:
        parts.append(hypothesis_block(hypothesis, sheet))
    near = [
        one for one in sheet.cards if one.key != card.key and card.finding is not None and one.finding == card.finding
    ]
    links = [
        el("a", icon(lane_icon(sheet.kind_of(one)), 14), said(one.text), class_="lk", href=f"#{sheet.address(one)}")
        for one in near[:4]
    ]
    if links:
        parts.append(joined(el("h3", word("proof.next")), *links))
    return el("div", *parts, class_="ds") if parts else None


def advice(one: Recommendation) -> Markup:
    """A recommendation with its first step, its number and when not to follow it."""
    rows = [el("p", said(one.text)), el("p", el("b", word("advice.first")), ". ", said(one.first_step))]
    if one.not_when is not None:
        rows.append(el("p", el("b", word("advice.not")), ". ", said(one.not_when), class_="mut"))
    return el("div", el("h3", icon("bulb", 15), word("advice")), *rows, class_="adv")


def hypothesis_block(one: Hypothesis, sheet: Sheet) -> Markup:
    """A hypothesis with its metric now and what this traffic can show."""
    rows = [el("p", said(one.text))]
    if one.value_now is not None:
        value, of = one.value_now, one.of

        def say(language: Language) -> str:
            tail = f" {words.label('of', language)}{words.NBSP}{words.whole(of, language)}" if of else ""
            return f"{words.label('hypothesis.now', language)}: {words.amount(value, one.unit, language, sheet.journey.currency)}{tail}"

        rows.append(el("p", sheet.both(say), class_="sec"))
    if not one.testable:
        rows.append(el("p", said(one.instead) if one.instead else word("hypothesis.cannot"), class_="sec"))
    elif one.detectable:
        rows.append(_detectable(one, sheet))
    return el(
        "div",
        el("h3", icon("flask", 15), word("hypothesis"), el("span", word(f"status.{one.status}"), class_="chip")),
        *rows,
        class_="hyb",
    )


def _detectable(one: Hypothesis, sheet: Sheet) -> Markup:
    cells = []
    for row in one.detectable:
        weeks = sheet.both(lambda language, row=row: words.counted(row.weeks, "week", language))  # type: ignore[misc]
        effect = sheet.both(
            lambda language, row=row: (
                words.points(row.effect, language)
                if one.unit is Unit.SHARE
                else words.amount(row.effect, one.unit, language)
            )
        )  # type: ignore[misc]
        cells.append(el("div", el("span", weeks, class_="lab"), el("b", effect)))
    return joined(el("p", word("hypothesis.detectable"), class_="mut"), el("div", *cells, class_="split"))


def _of_stage(stage: Stage, sheet: Sheet) -> Markup:
    parts: list[Markup | None] = []
    conversion = stage.conversion
    if conversion is not None:
        to = next((one.name for one in sheet.stages if one.key == conversion.to), None)
        few = conversion.of < 30

        def say(language: Language) -> str:
            counts = words.of_whole(conversion.count, conversion.of, language)
            return counts if few else words.percent(conversion.value, language)

        def meaning(language: Language) -> str:
            window = (
                "" if conversion.window_seconds is None else f", {words.duration(conversion.window_seconds, language)}"
            )
            return words.label(f"semantics.{conversion.semantics}", language) + window

        of = el("span", word("went-on"), ": ", said(to) if to else None, class_="sec")
        rows = [
            joined(
                el("dt", word("proof.sample")),
                el("dd", sheet.both(lambda language: words.of_whole(conversion.count, conversion.of, language))),
            ),
            joined(
                el("dt", word("proof.interval")),
                el(
                    "dd",
                    sheet.both(
                        lambda language: (
                            f"{words.decimal(conversion.low * 100, language)}–{words.percent(conversion.high, language)}"
                        )
                    ),
                ),
            ),
            joined(el("dt", word("proof.semantics")), el("dd", sheet.both(meaning))),
        ]
        if conversion.censored:
            rows.append(
                joined(
                    el("dt", word("proof.censored")),
                    el("dd", sheet.both(lambda language: words.whole(conversion.censored, language))),
                )
            )
        parts.append(
            el(
                "div",
                el("div", el("b", sheet.both(say)), el("div", of), class_="big"),
                el("dl", *rows, class_="meta"),
                class_="ds",
            )
        )
    parts.append(_times(stage, sheet))
    parts.append(_lost(stage, sheet))
    if stage.verdict is not None:
        parts.insert(0, el("div", el("p", said(stage.verdict.text), class_="lead"), class_="ds"))
    return _drawer(sheet.stage_address(stage), _head(word("stage"), "route", None, said(stage.name), None), *parts)


def _times(stage: Stage, sheet: Sheet) -> Markup | None:
    rows = [
        (seconds, name)
        for seconds, name in ((stage.median_seconds_to_next, "50 %"), (stage.p90_seconds_to_next, "90 %"))
        if seconds is not None
    ]
    if not rows:
        return None
    cells = [
        el(
            "div",
            el("span", name, class_="lab"),
            el("b", sheet.both(lambda language, seconds=seconds: words.duration(seconds, language))),
        )
        for seconds, name in rows
    ]  # type: ignore[misc]
    return el("div", el("h3", word("median")), el("div", *cells, class_="split"), class_="ds")


def _lost(stage: Stage, sheet: Sheet) -> Markup | None:
    parts: list[Markup] = []
    names = {one.key: one.name for one in sheet.stages} | {
        step.key: step.name for one in sheet.stages for step in one.steps
    }
    if stage.lost_to:
        rows = [
            el(
                "li",
                said(names[lost.to]) if lost.to in names else word("proof.nothing_more"),
                el("b", sheet.both(lambda language, lost=lost: words.whole(lost.persons, language))),
            )  # type: ignore[misc]
            for lost in stage.lost_to
        ]
        parts.append(joined(el("h3", word("proof.lost_to")), el("ul", *rows, class_="rows")))
    loops = [loop for record in (stage, *stage.steps) for loop in record.loops]
    if loops:
        rows = [
            el(
                "li",
                said(names[loop.to]) if loop.to in names else word("loop.again"),
                el("b", sheet.both(lambda language, loop=loop: words.of_whole(loop.persons, loop.of, language))),
            )  # type: ignore[misc]
            for loop in loops
        ]
        parts.append(joined(el("h3", word("proof.loops")), el("ul", *rows, class_="rows")))
    return el("div", *parts, class_="ds") if parts else None


def statements(sheet: Sheet) -> tuple[tuple[str, Statement], ...]:
    """The map's own sentences with the names they go by."""
    journey = sheet.journey
    rows: list[tuple[str, Statement | None]] = [("goal", journey.goal.answer if journey.goal else None)]
    if journey.minute is not None:
        rows += [
            ("minute.want", journey.minute.want),
            ("minute.loss", journey.minute.loss),
            ("minute.action", journey.minute.action),
        ]
    return tuple((name, one) for name, one in rows if one is not None)


def statement_address(name: str, sheet: Sheet) -> str:
    """The id of a sentence's proof."""
    return f"d{sheet.index}-{name.replace('.', '-')}"


def _of_statements(sheet: Sheet) -> list[Markup]:
    made = []
    for name, one in statements(sheet):
        proofs = [proof(evidence, sheet, None) for evidence in one.evidence]
        card = sheet.address_of(one.card)
        link = (
            el("div", el("a", icon("link", 14), word("open-proof"), class_="lk", href=f"#{card}"), class_="ds")
            if card
            else None
        )
        head = _head(word(name), "target" if name == "goal" else "star", None, said(one.text), None)
        made.append(_drawer(statement_address(name, sheet), head, *proofs, link))
    for place, note in enumerate(sheet.journey.segments):
        head = _head(word("segments"), "people", None, said(note.name), None)
        proofs = [proof(evidence, sheet, None) for evidence in note.evidence]
        made.append(
            _drawer(
                f"d{sheet.index}-g{place}",
                head,
                el("div", el("p", said(note.text), class_="lead"), class_="ds"),
                *proofs,
            )
        )
    return made
