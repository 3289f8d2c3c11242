"""The flow ribbon as SVG, for pages and pictures alike."""

from collections.abc import Callable, Sequence

from tropa.render.curve import number
from tropa.render.flow import HEIGHT, Return, Ribbon, Stop
from tropa.render.measure import text_width
from tropa.render.theme import Paint

_WORTH_SHOWING = 0.02


def draw_flow(stops: Sequence[Stop], shape: Ribbon, paint: Paint, *, name: str) -> str:
    """The ribbon with its losses, without a frame; `name` makes gradients unique in a document."""
    width = stops[-1].x + stops[-1].width if stops else 0
    stains = "".join(
        f'<stop offset="{(stop.x + stop.width / 2) / width:.3f}" stop-color="{paint(f"{stop.role}-text")}"/>'
        for stop in stops
    )
    gradients = (
        f'<defs><linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" x2="{number(width)}" y1="0" y2="0">{stains}</linearGradient>'
        f'<linearGradient id="{name}l"><stop stop-color="{paint("bad")}"/><stop offset=".45" stop-color="{paint("bad")}" stop-opacity=".8"/>'
        f'<stop offset="1" stop-color="{paint("bad")}" stop-opacity="0"/></linearGradient></defs>'
    )
    areas = "".join(f'<path d="{area}" fill="url(#{name})" opacity=".4"/>' for area in shape.area)
    losses = "".join(
        f'<path d="{loss.path}" fill="url(#{name}l)" opacity="{min(1.0, 0.25 + loss.share * 1.5):.2g}"/>'
        for loss in shape.losses
        if loss.share > _WORTH_SHOWING
    )
    middle = number(HEIGHT * 26 / 46)
    gaps = "".join(
        f'<path d="M{number(start)} {middle}H{number(end)}" stroke="{paint("ink-4")}" stroke-dasharray="2 4"/>'
        for start, end in shape.gaps
    )
    return gradients + areas + losses + gaps


def draw_returns(arcs: Sequence[Return], paint: Paint, *, texts: Callable[[int], Sequence[tuple[str, str]]]) -> str:
    """Arcs that lead back, with how many take them where there is room for words.

    `texts` gives the words, each with the SVG attributes that a page needs to show one language of two.
    """
    made: list[str] = []
    taken: list[tuple[float, float]] = []
    for arc in arcs:
        start, end = arc.start, arc.end
        ink = paint("stage-2-text")
        bend = f"M{number(start)} 12C{number(start - 8)}-3 {number(end + 8)}-3 {number(end)} 10"
        head = f"M{number(end - 1)} 3L{number(end)} 10.500L{number(end + 7)} 7.500"
        made.append(
            f'<path d="{bend}" fill="none" stroke="{ink}" stroke-width="{arc.thickness:.2g}" stroke-linecap="round"/>'
            f'<path d="{head}" fill="none" stroke="{ink}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>'
        )
        said = texts(arc.persons)
        room = (start + 6, start + 12 + max(text_width(words, 11, bold=True) for _, words in said))
        if all(room[1] < left or room[0] > right for left, right in taken):
            taken.append(room)
            look = f'x="{number(room[0])}" y="11" font-size="11" font-weight="600" fill="{ink}"'
            made += [f"<text {look} {attributes}>{words}</text>" for attributes, words in said]
    return "".join(made)
