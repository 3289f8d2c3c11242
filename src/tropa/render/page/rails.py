"""What every lane has: its name at the left, and a cell for each stage."""

from tropa.domain.journeymap import Stage
from tropa.domain.text import Text
from tropa.render import words
from tropa.render.page.markup import Markup, el, said
from tropa.render.sheet import Sheet


def rail(name: Text | None, meaning: Text | None, *more: Markup | None) -> Markup:
    """A lane's name with its meaning in one line."""
    return el(
        "div",
        el("b", said(name)),
        el("span", said(meaning)) if meaning else None,
        *more,
        class_="rail",
        role="rowheader",
    )


def word_rail(key: str) -> Markup:
    """The name of a lane that every map has."""
    return rail(words.label_text(f"lane.{key}"), words.label_text(f"lane.{key}.meaning"))


def stage_cell(stage: Stage, place: int, sheet: Sheet, *children: Markup | None, class_: str = "") -> Markup:
    """A stage's part of a lane, as wide as its columns."""
    span = len(sheet.columns_of(stage))
    moment = " mot" if stage.moment_of_truth else ""
    return el(
        "div",
        *children,
        class_=f"sc s{place % 6}{moment} {class_}".rstrip(),
        style=f"--w:{span}",
        role="gridcell",
        aria_colspan=str(span),
    )
