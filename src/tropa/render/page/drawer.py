"""The proofs that cards, stages and the map's own sentences open."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import Quotes
from tropa.domain.finding import Finding
from tropa.domain.journeymap import Author, Card, LaneKind, Statement
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.evidence_words import basis_label
from tropa.render.icons import lane_icon
from tropa.render.page.advice import advice, hypothesis_block
from tropa.render.page.markup import Markup, both, dot, el, icon, joined, often, repeated, said, small_face, word
from tropa.render.page.places import stage_proof, step_proof
from tropa.render.page.proof import proof
from tropa.render.page.sections import Shown, section, section_head
from tropa.render.sheet import FOLDED_FROM, Sheet

_HISTOGRAM_HEIGHT = 44


def drawers(sheets: Sequence[Sheet]) -> Markup:
    """The proofs of all maps: of their cards, stages, steps and sentences."""
    shown = Shown()
    return joined(*(_of_map(sheet, shown) for sheet in sheets))


def _of_map(sheet: Sheet, shown: Shown) -> Markup:
    cards = (_of_card(card, sheet, shown) for card in sheet.cards)
    stages = (stage_proof(stage, sheet) for stage in sheet.stages)
    folded = sheet.index and sheet.steps_in_all >= FOLDED_FROM
    steps = (step_proof(column, column.step, sheet) for column in sheet.columns if column.step and not folded)
    return joined(*cards, *stages, *steps, *_of_statements(sheet, shown))


def _badge(card: Card, sheet: Sheet) -> Markup:
    basis = card.basis(b2b=sheet.journey.is_b2b)
    flags = [el("span", word(f"flag.{flag}"), class_="chip warn") for flag in card.flags]
    return joined(
        el(
            "span",
            dot(sheet.state_of(card)),
            often(basis_label(card, b2b=sheet.journey.is_b2b)),
            class_=f"chip b-{basis}",
        ),
        *flags,
    )


def _place(stage: str, step: str | None, sheet: Sheet) -> Markup:
    found = next((one for one in sheet.stages if one.key == stage), None)
    parts = [] if found is None else [repeated(found.name)]
    part = next((one for one in found.steps if one.key == step), None) if found else None
    if part is not None:
        parts += [el("i", class_="crumb"), said(part.name)]
    if part is not None and part.moment_of_truth:
        parts.append(el("span", icon("star", 13), word("moment"), class_="star"))
    return joined(*parts)


def _of_card(card: Card, sheet: Sheet, shown: Shown) -> Markup:
    kind = sheet.kind_of(card)
    lane = next(one for one in sheet.lanes if one.key == card.lane)
    finding = next((one for one in sheet.journey.findings if one.code == card.finding), None)
    since = finding.since if finding else None
    place = _place(card.stage, card.step, sheet)
    proofs = [shown.once(proof(one, sheet, since), sheet.address(card)) for one in card.evidence]
    return section(
        sheet.address(card),
        section_head(
            repeated(lane.name),
            lane_icon(kind),
            _badge(card, sheet),
            said(card.text),
            place,
        ),
        _emotion(card, sheet) if kind is LaneKind.EMOTION else None,
        _reason(card, kind) if card.reason and (finding is None or finding.recommendation is None) else None,
        *proofs,
        None if proofs else el("div", el("p", word("proof.none")), class_="ds none"),
        _actions(card, finding, sheet),
        _history(card),
    )


def _who_wrote(card: Card, sheet: Sheet) -> Markup | None:
    """How many wrote of a stage, of how many who were there: those who write are not everybody."""
    quotes = next((one for one in card.evidence if isinstance(one, Quotes)), None)
    stage = next((one for one in sheet.stages if one.key == card.stage), None)
    if quotes is None or stage is None or not stage.persons:
        return None
    people = stage.persons

    def say(language: Language) -> str:
        reviews = words.counted(quotes.voices, "review", language)
        on = "на" if language is Language.RU else "for"
        there = words.units(people, sheet.journey.counted, language)
        return f"{words.label('voices.of', language)}: {reviews} {on} {there}"

    return el("p", both(say), class_="mut")


def _emotion(card: Card, sheet: Sheet) -> Markup | None:
    if card.value is None:
        return None
    value = card.value
    names = el("p", ", ".join(card.names), class_="sec") if card.names else None
    span = None
    if card.low is not None and card.high is not None:
        low, high = card.low, card.high
        span = el(
            "p",
            word("proof.interval"),
            " ",
            both(lambda language: f"{words.decimal(low, language)} … {words.decimal(high, language)}"),
            class_="mut",
        )
    bars = _histogram(card.points) if card.points else None
    return el(
        "div",
        el(
            "div",
            small_face(value, 40),
            el("b", both(partial(words.signed, value))),
            el("div", names, span),
            class_="big",
        ),
        bars,
        _who_wrote(card, sheet),
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


def _reason(card: Card, kind: LaneKind) -> Markup:
    """Why it matters as much as it does; of a recommendation, what to begin with; of a job, what is still unsaid."""
    titles = {LaneKind.RECOMMENDATION: "advice.first", LaneKind.GOAL: "ask.unsaid"}
    title = word(titles.get(kind, "proof.importance"))
    return el("div", el("h3", title), el("p", said(card.reason)), class_="ds")


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


def _of_statements(sheet: Sheet, shown: Shown) -> list[Markup]:
    made = []
    for name, one in statements(sheet):
        address = statement_address(name, sheet)
        proofs = [shown.once(proof(evidence, sheet, None), address) for evidence in one.evidence]
        card = sheet.address_of(one.card)
        link = (
            el("div", el("a", icon("link", 14), word("open-proof"), class_="lk", href=f"#{card}"), class_="ds")
            if card
            else None
        )
        head = section_head(word(name), "target" if name == "goal" else "star", None, said(one.text), None)
        made.append(section(address, head, *proofs, link))
    for place, note in enumerate(sheet.journey.segments):
        head = section_head(word("segments"), "people", None, said(note.name), None)
        address = f"d{sheet.index}-g{place}"
        proofs = [shown.once(proof(evidence, sheet, None), address) for evidence in note.evidence]
        made.append(
            section(
                address,
                head,
                el("div", el("p", said(note.text), class_="lead"), class_="ds"),
                *proofs,
            )
        )
    return made
