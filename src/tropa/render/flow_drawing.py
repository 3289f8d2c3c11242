"""The flow ribbon as SVG, for pages and pictures alike."""

from collections.abc import Callable, Sequence

from tropa.render.curve import number
from tropa.render.flow import ARCS, MIDDLE, Aim, Flow, Return, Ribbon, Stop
from tropa.render.measure import text_width
from tropa.render.svg import gradient, line, tag, words
from tropa.render.theme import Paint

Told = Sequence[tuple[str | None, str]]
_WORTH_SHOWING = 0.02
_ROOM = 9.0


def draw_flow(
    flow: Flow, paint: Paint, *, name: str, texts: Callable[[int], Told], aim: Callable[[float], Told]
) -> str:
    """The whole lane without a frame; `name` makes gradients unique in a document.

    `texts` and `aim` give the words of returns and of the target, in each language with its code where a page shows
    one of two.
    """
    below = draw_ribbon(flow.stops, flow.ribbon, paint, name=name) + _aimed(flow.aim, paint, aim)
    if flow.head:
        below = tag("g", below, transform=f"translate(0 {number(flow.head)})")
    return below + draw_returns(flow.arcs, paint, texts=texts)


def _aimed(aim: Aim | None, paint: Paint, texts: Callable[[float], Told]) -> str:
    """Two dashed lines where the ribbon's edges would be, and the target in words."""
    if aim is None:
        return ""
    start, end = number(aim.x + 4), number(aim.x + aim.width - 4)
    edges = f"M{start} {number(MIDDLE - aim.half)}H{end}M{start} {number(MIDDLE + aim.half)}H{end}"
    x, ink = aim.x + aim.width - 6, paint("accent-text")
    # inside a thick ribbon, above a thin one
    y = MIDDLE + 4 if aim.half > _ROOM else MIDDLE - aim.half - 4
    told = [
        words(text, x=x, y=y, lang=language, text_anchor="end", font_size=11.0, font_weight="600", fill=ink)
        for language, text in texts(aim.share)
    ]
    return line(edges, paint("accent"), 1.6, stroke_dasharray="4 3") + "".join(told)


def draw_ribbon(stops: Sequence[Stop], shape: Ribbon, paint: Paint, *, name: str) -> str:
    """The ribbon with its losses."""
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


def draw_returns(arcs: Sequence[Return], paint: Paint, *, texts: Callable[[int], Told]) -> str:
    """Arcs that lead back, with how many take them where there is room for words."""
    made: list[str] = []
    taken: list[tuple[float, float]] = []
    ink = paint("stage-2-text")
    for arc in arcs:
        made += [line(_bridge(arc), ink, arc.thickness), line(_head(arc), ink, 1.5, stroke_linejoin="round")]
        said = texts(arc.persons)
        room = (arc.start + 6, arc.start + 12 + max(text_width(text, 11, bold=True) for _, text in said))
        if all(room[1] < left or room[0] > right for left, right in taken):
            taken.append(room)
            made += [
                words(text, x=room[0], y=ARCS - 1, font_size=11.0, font_weight="600", fill=ink, lang=language)
                for language, text in said
            ]
    return "".join(made)


def _bridge(arc: Return) -> str:
    """Up from the start, back along the arc's own height, down to the end."""
    bend = min(16.0, abs(arc.start - arc.end) / 2)
    start, end, y, base = number(arc.start), number(arc.end), number(arc.y), number(ARCS)
    up = f"M{start} {base}C{start} {y} {start} {y} {number(arc.start - bend)} {y}"
    down = f"C{end} {y} {end} {y} {end} {number(ARCS - 3)}"
    return f"{up}H{number(arc.end + bend)}{down}"


def _head(arc: Return) -> str:
    x, tip = arc.end, ARCS - 1
    return f"M{number(x - 4)} {number(tip - 5)}L{number(x)} {number(tip)}L{number(x + 4)} {number(tip - 5)}"
