"""The head of the map: the band of stages, the row of steps and the verdicts."""

from functools import partial

from tropa.domain.journeymap import Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.heads import again_at, loss_after, people_and_time, tells_of_steps
from tropa.render.icons import VERDICT_ICONS
from tropa.render.page.markup import Markup, both, el, head_icon, icon, named_by, said, word
from tropa.render.page.rails import stage_cell, word_rail
from tropa.render.sheet import Column, Sheet

_NARROW = 230


def stage_band(sheet: Sheet) -> Markup:
    """The chevrons of the stages with people and time."""
    stages = [_stage_header(stage, place, sheet) for place, stage in enumerate(sheet.stages)]
    corner = el("div", el("span", _size_words(sheet), class_="mut"), class_="rail corner", role="rowheader")
    return el("div", corner, *stages, class_="lane stages", role="row")


def _size_words(sheet: Sheet) -> Markup:
    count = len(sheet.stages)
    steps = sheet.steps_in_all

    def say(language: Language) -> str:
        return f"{words.counted(count, 'stage', language)}, {words.counted(steps, 'step', language)}"

    return both(say)


def _stage_header(stage: Stage, place: int, sheet: Sheet) -> Markup:
    span = len(sheet.columns_of(stage))
    people = both(partial(people_and_time, stage)) if stage.persons is not None else None
    star = el("span", head_icon("star", 13), class_="ms", **named_by("moment")) if stage.moment_of_truth else None
    return el(
        "a",
        el("b", said(stage.name, narrow=True), " " if star else None, star),
        el("span", people, class_="pt") if people else None,
        class_=f"sg s{place % 6}{' nar' if span * sheet.column_width < _NARROW else ''}",
        style=f"--w:{span}",
        role="columnheader",
        href=f"#{sheet.stage_address(stage)}",
        aria_colspan=str(span),
    )


def verdicts(sheet: Sheet) -> Markup | None:
    """How each stage fares, in a line; None where nobody judged."""
    if all(stage.verdict is None for stage in sheet.stages):
        return None
    cells = []
    for place, stage in enumerate(sheet.stages):
        verdict = stage.verdict
        chip = None
        if verdict is not None:
            chip = el(
                "a",
                icon(VERDICT_ICONS[verdict.state], 14),
                el("span", said(verdict.text, narrow=True)),
                class_=f"vd v-{verdict.state}",
                href=f"#{sheet.stage_address(stage)}",
            )
        cells.append(stage_cell(stage, place, sheet, chip))
    return el("div", word_rail("verdict"), *cells, class_="lane verdicts", role="row")


def steps(sheet: Sheet) -> Markup | None:
    """The steps with people, losses and times; None where there is nothing to say."""
    if not tells_of_steps(sheet):
        return None
    cells = [_step(column, sheet) for column in sheet.columns]
    return el("div", word_rail("steps"), *cells, class_="lane steps", role="row")


def _step(column: Column, sheet: Sheet) -> Markup:
    step, stage = column.step, column.stage
    # a stage without steps has its name in the band above already
    name = said(step.name, narrow=True) if step else None
    moment = column.record.moment_of_truth
    star = el("span", head_icon("star", 13), class_="mstar", **named_by("moment")) if moment else None
    last = sheet.columns_of(stage)[-1] == column
    inner = None
    if step is None and stage.steps:
        inner = el("ul", *(el("li", said(one.name, narrow=True)) for one in stage.steps), class_="inner")
    classes = f"c s{column.stage_place % 6}{' mot' if moment else ''}{' se' if last else ''}"
    return el(
        "a",
        el("b", name) if name else None,
        star,
        el("p", *_step_figures(column)),
        inner,
        class_=classes,
        role="columnheader",
        href=f"#{sheet.column_address(column)}",
    )


def _step_figures(column: Column) -> list[Markup]:
    record = column.record
    if record.persons is None:
        return [el("span", word("no-events"), class_="mut")]
    people = record.persons
    made = [el("span", both(lambda language: words.whole(people, language)))]
    loss = loss_after(record)
    if loss is not None:
        made.append(el("span", both(loss.said_in), class_="d bad" if loss.is_large else "d"))
    seconds = record.median_seconds_to_next
    if seconds is not None:
        made.append(
            el(
                "span",
                head_icon("hourglass", 11),
                both(lambda language: words.duration(seconds, language)),
                class_="tm",
            )
        )
    again = again_at(column)
    if again is not None:
        made.append(
            el("span", head_icon("loop", 11), both(lambda language: words.whole(again.persons, language)), class_="lp")
        )
    return made
