"""Stages that stand behind the open proof, folded into spines: name, people, worst emotion, barriers."""

from functools import partial

from tropa.domain.journeymap import LaneKind, Stage
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, said, small_face
from tropa.render.sheet import Sheet


def spines(sheet: Sheet) -> Markup:
    """A strip of spines, one for each stage; the page shows those that the proof covers."""
    return el("nav", *(_spine(stage, place, sheet) for place, stage in enumerate(sheet.stages)), class_="spines")


def _spine(stage: Stage, place: int, sheet: Sheet) -> Markup:
    values = [card.value for card in sheet.cards_of(LaneKind.EMOTION, stage) if card.value is not None]
    barriers = len(sheet.cards_of(LaneKind.BARRIER, stage))
    people = None if stage.persons is None else el("span", both(partial(words.whole, stage.persons)))
    return el(
        "button",
        el("b", said(stage.name)),
        people,
        small_face(min(values), 20) if values else None,
        el("em", str(barriers)) if barriers else None,
        class_=f"s{place % 6}",
        type_="button",
        data_spine=str(place),
    )
