"""The flow ribbon as SVG, for pages and pictures alike."""

from collections.abc import Callable, Sequence

from tropa.render.curve import number
from tropa.render.flow import MIDDLE, Return, Ribbon, Stop
from tropa.render.measure import text_width
from tropa.render.svg import gradient, line, tag, words
from tropa.render.theme import Paint

_WORTH_SHOWING = 0.02


def draw_flow(stops: Sequence[Stop], shape: Ribbon, paint: Paint, *, name: str) -> str:
    """The ribbon with its losses, without a frame; `name` makes gradients unique in a document."""
    width = stops[-1].x + stops[-1].width if stops else 1.0
    stains = tuple(((stop.x + stop.width / 2) / width, paint(f"{stop.role}-text"), 1.0) for stop in stops)
    bad = paint("bad")
    shades = tag(
        "defs",
        gradient(name, stains, gradientUnits="userSpaceOnUse", x1=0.0, x2=width, y1=0.0, y2=0.0),
        gradient(f"{name}l", ((0, bad, 1), (0.45, bad, 0.8), (1, bad, 0))),
    )
    areas = "".join(tag("path", d=area, fill=f"url(#{name})", opacity=".4") for area in shape.area)
    losses = "".join(
        tag("path", d=loss.path, fill=f"url(#{name}l)", opacity=f"{min(1.0, 0.25 + loss.share * 1.5):.2g}")
        for loss in shape.losses
        if loss.share > _WORTH_SHOWING
    )
    gaps = "".join(
        tag("path", d=f"M{number(start)} {number(MIDDLE)}H{number(end)}", stroke=paint("ink-4"), stroke_dasharray="2 4")
        for start, end in shape.gaps
    )
    return shades + areas + losses + gaps


def draw_returns(
    arcs: Sequence[Return], paint: Paint, *, texts: Callable[[int], Sequence[tuple[str | None, str]]]
) -> str:
    """Arcs that lead back, with how many take them where there is room for words.

    `texts` gives the words, in each language with its code where a page shows one of two.
    """
    made: list[str] = []
    taken: list[tuple[float, float]] = []
    ink = paint("stage-2-text")
    for arc in arcs:
        start, end = number(arc.start), number(arc.end)
        bend = f"M{start} 12C{number(arc.start - 8)}-3 {number(arc.end + 8)}-3 {end} 10"
        head = f"M{number(arc.end - 1)} 3L{end} 10.5L{number(arc.end + 7)} 7.5"
        made += [line(bend, ink, arc.thickness), line(head, ink, 1.5, stroke_linejoin="round")]
        said = texts(arc.persons)
        room = (arc.start + 6, arc.start + 12 + max(text_width(text, 11, bold=True) for _, text in said))
        if all(room[1] < left or room[0] > right for left, right in taken):
            taken.append(room)
            made += [
                words(text, x=room[0], y=11.0, font_size=11.0, font_weight="600", fill=ink, lang=language)
                for language, text in said
            ]
    return "".join(made)
