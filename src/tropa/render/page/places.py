"""The proofs of stages and steps: who came, who went on, who was lost and where to, who came back."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.journeymap import Conversion, Loop, LostTo, Stage, Step
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, icon, joined, said, word
from tropa.render.page.sections import section, section_head
from tropa.render.sheet import Column, Sheet


def stage_proof(stage: Stage, sheet: Sheet) -> Markup:
    """What is known of a stage."""
    verdict = stage.verdict
    loops = [*stage.loops, *(loop for step in stage.steps for loop in step.loops)]
    return section(
        sheet.stage_address(stage),
        section_head(word("stage"), "route", None, said(stage.name), None),
        el("div", el("p", said(verdict.text), class_="lead"), class_="ds") if verdict else None,
        _conversion(stage.conversion, sheet) if stage.conversion else None,
        _times(stage),
        _went_where(stage.lost_to, loops, sheet),
        _asks(stage),
    )


def _asks(stage: Stage) -> Markup | None:
    """The touchpoints that nobody told of, as questions; what a person found out stands beneath."""
    if not stage.asks:
        return None
    rows = []
    for one in stage.asks:
        found = None
        if not one.is_open:
            found = el("span", word("ask.answered"), ": ", said(one.answer), class_="sec")
        look = "ask" if one.is_open else "ask told"
        rows.append(el("li", said(one.question), found, class_=look))
    why = el("p", word("ask.why"), class_="mut") if any(one.is_open for one in stage.asks) else None
    return el("div", el("h3", word("ask.title")), why, el("ul", *rows, class_="asks"), class_="ds")


def step_proof(column: Column, step: Step, sheet: Sheet) -> Markup:
    """What is known of a step."""
    star = el("span", icon("star", 13), word("moment"), class_="star") if step.moment_of_truth else None
    place = joined(said(column.stage.name), star)
    return section(
        sheet.column_address(column),
        section_head(word("step"), "route", None, said(step.name), place),
        _arrived(step, sheet.before(column), sheet),
        _conversion(step.conversion, sheet) if step.conversion else None,
        _times(step),
        _went_where((), step.loops, sheet),
    )


def _arrived(step: Step, before: int | None, sheet: Sheet) -> Markup:
    if step.persons is None:
        return el("div", el("p", word("no-events"), class_="lead"), class_="ds none")
    people = el("b", both(partial(words.units, step.persons, sheet.journey.counted)))
    rows = []
    if before and step.persons < before:
        rows.append(("step.fewer", partial(words.share, before - step.persons, before)))
    if step.events is not None:
        rows.append(("step.events", partial(words.whole, step.events)))
    facts = (joined(el("dt", word(name)), el("dd", both(say))) for name, say in rows)
    return el("div", el("div", people, class_="big"), el("dl", *facts, class_="meta") if rows else None, class_="ds")


def _conversion(one: Conversion, sheet: Sheet) -> Markup:
    to = _names(sheet).get(one.to)
    counts = partial(words.of_whole, one.count, one.of)
    value = counts if one.of < FEW_PERSONS else partial(words.percent, one.value)
    rows = [("proof.sample", counts), ("proof.semantics", partial(_meaning, one))]
    if one.of >= FEW_PERSONS:
        rows.insert(1, ("proof.interval", partial(words.interval, one.low, one.high, Unit.SHARE)))
    if one.censored:
        rows.append(("proof.censored", partial(words.whole, one.censored)))
    facts = (joined(el("dt", word(name)), el("dd", both(say))) for name, say in rows)
    went = el("div", el("span", word("went-on"), ": ", said(to) if to else None, class_="sec"))
    return el("div", el("div", el("b", both(value)), went, class_="big"), el("dl", *facts, class_="meta"), class_="ds")


def _meaning(one: Conversion, language: Language) -> str:
    known = one.semantics in {"any_start", "first_touch", "unwindowed"}
    meaning = words.label(f"semantics.{one.semantics}", language) if known else one.semantics
    return meaning if one.window_seconds is None else f"{meaning}, {words.duration(one.window_seconds, language)}"


def _times(record: Stage | Step) -> Markup | None:
    rows = (("proof.half", record.median_seconds_to_next), ("proof.most", record.p90_seconds_to_next))
    cells = [
        el("div", el("span", word(name), class_="lab"), el("b", both(partial(words.duration, seconds))))
        for name, seconds in rows
        if seconds is not None
    ]
    return el("div", el("h3", word("median")), el("div", *cells, class_="split"), class_="ds") if cells else None


def _went_where(lost: Sequence[LostTo], loops: Sequence[Loop], sheet: Sheet) -> Markup | None:
    parts = [
        joined(el("h3", word(title)), el("ul", *(_went(one, sheet) for one in rows), class_="rows"))
        for title, rows in (("proof.lost_to", lost), ("proof.loops", loops))
        if rows
    ]
    return el("div", *parts, class_="ds") if parts else None


def _went(one: LostTo | Loop, sheet: Sheet) -> Markup:
    if isinstance(one, Loop):
        place, count = "loop.again", partial(words.of_whole, one.persons, one.of)
    else:
        place, count = "proof.nothing_more", partial(words.whole, one.persons)
    name = _names(sheet).get(one.to or "")
    return el("li", said(name) if name else word(place), el("b", both(count)))


def _names(sheet: Sheet) -> dict[str, Text]:
    stages = {stage.key: stage.name for stage in sheet.stages}
    return stages | {step.key: step.name for stage in sheet.stages for step in stage.steps}
