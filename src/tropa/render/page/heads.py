"""The head of the map: the band of stages, the row of steps and the verdicts."""

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.journeymap import Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.flow import gone_after
from tropa.render.icons import VERDICT_ICONS
from tropa.render.page.markup import Markup, el, icon, named_by, said, word
from tropa.render.page.rails import stage_cell, word_rail
from tropa.render.page.sheet import Column, Sheet

_LARGE_LOSS = 0.25
_SMALLEST_LOSS = 0.005
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

    return sheet.both(say)


def _stage_header(stage: Stage, place: int, sheet: Sheet) -> Markup:
    span = len(sheet.columns_of(stage))
    people = _people_and_time(stage, sheet)
    star = el("span", icon("star", 13), class_="ms", **named_by("moment")) if stage.moment_of_truth else None
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


def _people_and_time(stage: Stage, sheet: Sheet) -> Markup | None:
    if stage.persons is None:
        return None

    def say(language: Language) -> str:
        time = stage.median_seconds_to_next
        tail = "" if time is None else f" · {words.duration(time, language)}"
        return f"{words.whole(stage.persons or 0, language)}{tail}"

    return sheet.both(say)


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
    if all(column.step is None and column.stage.persons is None for column in sheet.columns):
        return None
    cells = [_step(column, sheet) for column in sheet.columns]
    return el("div", word_rail("steps"), *cells, class_="lane steps", role="row")


def _step(column: Column, sheet: Sheet) -> Markup:
    step, stage = column.step, column.stage
    # a stage without steps has its name in the band above already
    name = said(step.name, narrow=True) if step else None
    moment = step.moment_of_truth if step else stage.moment_of_truth
    star = el("span", icon("star", 13), class_="mstar", **named_by("moment")) if moment else None
    last = sheet.columns_of(stage)[-1] == column
    inner = None
    if step is None and stage.steps:
        inner = el("ul", *(el("li", said(one.name, narrow=True)) for one in stage.steps), class_="inner")
    classes = f"c s{column.stage_place % 6}{' mot' if moment else ''}{' se' if last else ''}"
    return el(
        "a",
        el("b", name) if name else None,
        star,
        el("p", *_step_figures(column, sheet)),
        inner,
        class_=classes,
        role="columnheader",
        href=f"#{sheet.column_address(column)}",
    )


def _step_figures(column: Column, sheet: Sheet) -> list[Markup]:
    record = column.step or column.stage
    if record.persons is None:
        return [el("span", word("no-events"), class_="mut")]
    people = record.persons
    made = [el("span", sheet.both(lambda language: words.whole(people, language)))]
    loss = _loss_after(column, sheet)
    if loss is not None:
        made.append(loss)
    seconds = record.median_seconds_to_next
    if seconds is not None:
        made.append(
            el(
                "span",
                icon("hourglass", 11),
                sheet.both(lambda language: words.duration(seconds, language)),
                class_="tm",
            )
        )
    again = next((loop for loop in record.loops if loop.to in {None, column.key}), None)
    if again is not None:
        made.append(
            el("span", icon("loop", 11), sheet.both(lambda language: words.whole(again.persons, language)), class_="lp")
        )
    return made


def _loss_after(column: Column, sheet: Sheet) -> Markup | None:
    """How many went no further from here; counts, and no per cent below 30 people."""
    gone = gone_after(column.step or column.stage)
    if gone is None or not gone[0]:
        return None
    lost, was = gone
    share = lost / was
    if was < FEW_PERSONS:
        return el(
            "span", sheet.both(lambda language: f"{words.MINUS}{words.of_whole(lost, was, language)}"), class_="d"
        )
    if share < _SMALLEST_LOSS:
        return None
    look = "d bad" if share >= _LARGE_LOSS else "d"
    return el(
        "span",
        sheet.both(lambda language: f"{words.MINUS}{words.percent(share, language, 0)}"),
        class_=look,
    )
