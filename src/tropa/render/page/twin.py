"""The head and the charts of the map as a table: for those who listen to it, and for paper."""

from functools import partial

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.heads import Loss, again_at, loss_after
from tropa.render.heat import Heat, heats_of
from tropa.render.page.markup import Markup, both, el, said, word
from tropa.render.sheet import Column, Sheet

_HEADS = ("step", "people", "lost", "time", "again", "emotion", "importance", "heat")


def twin_table(sheet: Sheet) -> Markup | None:
    """People, losses, times, emotions and heat of each column; None where there is nothing but names."""
    if all(one.record.persons is None and sheet.emotion_card(one) is None for one in sheet.columns):
        return None
    heats = {one.column.key: one for one in heats_of(sheet)}
    head = el("tr", *(el("th", word(f"twin.{name}"), scope="col") for name in _HEADS))
    rows: list[Markup] = []
    for place, stage in enumerate(sheet.stages):
        mark = el("span", class_=f"bar s{place % 6}")
        rows.append(el("tr", el("th", mark, said(stage.name), colspan=str(len(_HEADS)), scope="rowgroup"), class_="tg"))
        rows += [_row(one, heats.get(one.key), sheet) for one in sheet.columns_of(stage)]
    caption = el("caption", word("twin"))
    return el("div", el("table", caption, el("thead", head), el("tbody", *rows)), class_="tblw twin", tabindex="0")


def _row(one: Column, heat: Heat | None, sheet: Sheet) -> Markup:
    record, loss, again, emotion = one.record, loss_after(one.record), again_at(one), sheet.emotion_card(one)
    seconds = record.median_seconds_to_next
    label = said(one.step.name) if one.step else word("twin.whole")
    name = el("a", label, href=f"#{sheet.column_address(one)}")
    weight = None if heat is None or heat.importance is None else round(heat.importance * 5)
    cells = (
        None if record.persons is None else both(partial(words.whole, record.persons)),
        None if loss is None else both(partial(_loss_words, loss)),
        None if seconds is None else both(partial(words.duration, seconds)),
        None if again is None else both(partial(words.of_whole, again.persons, again.of)),
        None if emotion is None or emotion.value is None else both(partial(words.signed, emotion.value)),
        None if weight is None else both(lambda language: f"{weight} {words.label('importance.of', language)}"),
        None if heat is None or heat.degree is None else word(f"heat.{heat.degree}"),
    )
    return el("tr", el("th", name, scope="row"), *(el("td", cell, class_="n") for cell in cells))


def _loss_words(loss: Loss, language: Language) -> str:
    counts = loss.counts_in(language)
    return counts if loss.of < FEW_PERSONS else f"{counts} · {loss.said_in(language)}"
