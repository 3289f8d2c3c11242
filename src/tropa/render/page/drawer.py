"""The proofs that cards, stages and the map's own sentences open."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.finding import Finding
from tropa.domain.journeymap import Author, Card, Conversion, LaneKind, Loop, LostTo, Stage, Statement
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.icons import lane_icon, mark_of
from tropa.render.page.advice import advice, hypothesis_block
from tropa.render.page.markup import Markup, dot, el, icon, joined, said, small_face, word
from tropa.render.page.proof import proof
from tropa.render.page.sheet import Sheet

_HISTOGRAM_HEIGHT = 44


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


def _of_stage(stage: Stage, sheet: Sheet) -> Markup:
    verdict = stage.verdict
    parts = [
        el("div", el("p", said(verdict.text), class_="lead"), class_="ds") if verdict else None,
        _conversion(stage.conversion, sheet) if stage.conversion else None,
        _times(stage, sheet),
        _lost(stage, sheet),
    ]
    return _drawer(sheet.stage_address(stage), _head(word("stage"), "route", None, said(stage.name), None), *parts)


def _conversion(one: Conversion, sheet: Sheet) -> Markup:
    to = next((stage.name for stage in sheet.stages if stage.key == one.to), None)
    counts = partial(words.of_whole, one.count, one.of)
    value = counts if one.of < FEW_PERSONS else partial(words.percent, one.value)
    rows = [("proof.sample", counts), ("proof.semantics", partial(_meaning, one))]
    if one.of >= FEW_PERSONS:
        rows.insert(1, ("proof.interval", partial(words.interval, one.low, one.high, Unit.SHARE)))
    if one.censored:
        rows.append(("proof.censored", partial(words.whole, one.censored)))
    facts = (joined(el("dt", word(name)), el("dd", sheet.both(say))) for name, say in rows)
    went = el("div", el("span", word("went-on"), ": ", said(to) if to else None, class_="sec"))
    return el(
        "div", el("div", el("b", sheet.both(value)), went, class_="big"), el("dl", *facts, class_="meta"), class_="ds"
    )


def _meaning(one: Conversion, language: Language) -> str:
    known = one.semantics in {"any_start", "first_touch", "unwindowed"}
    meaning = words.label(f"semantics.{one.semantics}", language) if known else one.semantics
    return meaning if one.window_seconds is None else f"{meaning}, {words.duration(one.window_seconds, language)}"


def _times(stage: Stage, sheet: Sheet) -> Markup | None:
    rows = (("proof.half", stage.median_seconds_to_next), ("proof.most", stage.p90_seconds_to_next))
    cells = [
        el("div", el("span", word(name), class_="lab"), el("b", sheet.both(partial(words.duration, seconds))))
        for name, seconds in rows
        if seconds is not None
    ]
    return el("div", el("h3", word("median")), el("div", *cells, class_="split"), class_="ds") if cells else None


def _lost(stage: Stage, sheet: Sheet) -> Markup | None:
    names = {one.key: one.name for one in sheet.stages} | {
        step.key: step.name for one in sheet.stages for step in one.steps
    }
    loops = [*stage.loops, *(loop for step in stage.steps for loop in step.loops)]
    parts = [
        joined(el("h3", word(title)), el("ul", *(_went(one, names, sheet) for one in rows), class_="rows"))
        for title, rows in (("proof.lost_to", stage.lost_to), ("proof.loops", loops))
        if rows
    ]
    return el("div", *parts, class_="ds") if parts else None


def _went(one: LostTo | Loop, names: dict[str, Text], sheet: Sheet) -> Markup:
    if isinstance(one, Loop):
        place, count = "loop.again", partial(words.of_whole, one.persons, one.of)
    else:
        place, count = "proof.nothing_more", partial(words.whole, one.persons)
    return el("li", said(names[one.to]) if one.to in names else word(place), el("b", sheet.both(count)))


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
