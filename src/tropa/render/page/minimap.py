"""The whole board in small: stages, heat and the curve, with a frame around what is on screen."""

from tropa.render.curve import monotone, path
from tropa.render.heat import heats_of
from tropa.render.page.markup import Markup, el, named_by
from tropa.render.sheet import Sheet
from tropa.render.svg import line, tag
from tropa.render.theme import css_paint, stage_role

_WIDE, _TALL = 168.0, 34.0
_MIDDLE, _STEP = 22.0, 4.5


def minimap(sheet: Sheet) -> Markup:
    """A scrollbar that shows the map; the page hides it where the board fits the window."""
    column = _WIDE / max(1, len(sheet.columns))
    stages = "".join(
        tag(
            "rect",
            x=columns[0].place * column,
            width=len(columns) * column - 1,
            height=5.0,
            fill=css_paint(stage_role(place)),
        )
        for place, stage in enumerate(sheet.stages)
        for columns in [sheet.columns_of(stage)]
    )
    heat = "".join(
        tag("rect", class_=f"q{one.degree}", x=one.column.place * column, y=6.0, width=column, height=_TALL - 6)
        for one in heats_of(sheet)
        if one.degree
    )
    points = [
        ((one.place + 0.5) * column, _MIDDLE - _STEP * card.value)
        for one in sheet.columns
        if (card := sheet.emotion_card(one)) and card.value is not None
    ]
    curve = line(path(monotone(points)), css_paint("ink-2"), 1.6) if len(points) > 1 else ""
    drawing = Markup(tag("svg", stages, heat, curve, width=_WIDE, height=_TALL, aria_hidden="true"))
    return el(
        "div",
        drawing,
        el("i"),
        class_=f"mm {'by-stage' if sheet.by_stage else 'by-step'}",
        role="scrollbar",
        tabindex="0",
        hidden=True,
        aria_orientation="horizontal",
        aria_valuemin="0",
        aria_valuemax="100",
        aria_valuenow="0",
        aria_controls=f"cv{sheet.index}{'s' if sheet.by_stage else ''}",
        **named_by("minimap"),
    )
