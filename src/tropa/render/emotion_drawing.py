"""The emotion curve as SVG, for pages and pictures alike."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from tropa.domain.journeymap import Card
from tropa.render.curve import band, number, path
from tropa.render.emotion import HEIGHT, PILL_LINE, PILL_SIZE, ZERO, Dot, EmotionCurve, Node, Pill, y_of
from tropa.render.icons import face, unknown_face
from tropa.render.theme import Paint, emotion_role

Wrap = Callable[[Card, str], str]
_STOPS = ((0.0, "emo-5"), (0.3, "emo-4"), (0.5, "emo-3"), (0.68, "emo-2"), (0.95, "emo-1"))


def alone(_card: Card, drawing: str) -> str:
    """A face that leads nowhere, as in pictures."""
    return drawing


def draw_emotion(curve: EmotionCurve, paint: Paint, *, name: str, wrap: Wrap = alone) -> str:
    """The lane's drawing without a frame; `name` makes gradients unique in a document."""
    parts = [
        _gradients(name, paint),
        _ground(curve.width, name, paint),
        *(_dots(colour, group, paint) for colour, group in _by_colour(curve.dots)),
        *(_band(run, paint) for run in curve.runs),
        *_line(curve, name, paint),
        *(_gap(x, y, paint) for x, y in curve.gaps),
        *(wrap(node.card, _face(node, paint)) for node in curve.nodes),
        *(draw_pill(pill, paint) for pill in curve.pills),
    ]
    return "".join(parts)


def _gradients(name: str, paint: Paint) -> str:
    top, bottom = number(y_of(2)), number(y_of(-2))
    stops = "".join(f'<stop offset="{at:g}" stop-color="{paint(role)}"/>' for at, role in _STOPS)
    return (
        f'<defs><linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="{top}" y2="{bottom}">{stops}'
        "</linearGradient>"
        f'<linearGradient id="{name}u" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{paint("good")}" stop-opacity=".075"/>'
        f'<stop offset="1" stop-color="{paint("good")}" stop-opacity="0"/></linearGradient>'
        f'<linearGradient id="{name}d" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{paint("bad")}" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{paint("bad")}" stop-opacity=".075"/></linearGradient></defs>'
    )


def _ground(width: float, name: str, paint: Paint) -> str:
    wide, zero = number(width), number(ZERO)
    return (
        f'<rect width="{wide}" height="{zero}" fill="url(#{name}u)"/>'
        f'<rect y="{zero}" width="{wide}" height="{number(HEIGHT - ZERO)}" fill="url(#{name}d)"/>'
        f'<path d="M0 {zero}H{wide}" stroke="{paint("ink-4")}" stroke-dasharray="3 4" opacity=".75"/>'
    )


def _by_colour(dots: Sequence[Dot]) -> list[tuple[int, list[Dot]]]:
    ordered = sorted(dots, key=lambda dot: dot.value)
    return [(value, list(group)) for value, group in groupby(ordered, key=lambda dot: dot.value)]


def _dots(value: int, dots: Sequence[Dot], paint: Paint) -> str:
    # a line of no length with round ends is a dot, and a tenth of the bytes of a circle
    spots = "".join(f"M{number(dot.x)} {number(dot.y)}h0" for dot in dots)
    return f'<path d="{spots}" stroke="{paint(emotion_role(value))}" stroke-width="3.2" stroke-linecap="round" opacity=".4"/>'


def _band(run: Sequence[Node], paint: Paint) -> str:
    area = band([(node.x, node.high_y) for node in run], [(node.x, node.low_y) for node in run])
    return f'<path d="{area}" fill="{paint("band")}" opacity=".15"/>' if area else ""


def _line(curve: EmotionCurve, name: str, paint: Paint) -> list[str]:
    made = []
    for known, group in groupby(curve.stretches, key=lambda stretch: stretch.known):
        shape = path([stretch.piece for stretch in group])
        look = f'stroke="url(#{name})" stroke-width="3.2"'
        if not known:
            look = f'stroke="{paint("ink-3")}" stroke-width="2.2" stroke-dasharray=".1 6"'
        made.append(f'<path d="{shape}" fill="none" {look} stroke-linecap="round"/>')
    return made


def _gap(x: float, y: float, paint: Paint) -> str:
    return f'<g transform="translate({number(x)} {number(y)})">{unknown_face(paint)}</g>'


def _face(node: Node, paint: Paint) -> str:
    scale = 1.15 if abs(node.value) >= 1.5 else 1.0
    ring = (
        ""
        if node.card.evidence
        else f'<circle r="12.500" fill="none" stroke="{paint("ink-3")}" stroke-dasharray="2 3"/>'
    )
    return f'<g transform="translate({number(node.x)} {number(node.y)}) scale({scale:g})">{ring}{face(node.value, paint)}</g>'


def draw_pill(pill: Pill, paint: Paint) -> str:
    """A quote on ink, with a tip that points at its face."""
    tip = min(max(pill.node.x, pill.x + 12), pill.x + pill.width - 12)
    edge = pill.y + pill.height if pill.above else pill.y
    point = edge + 5 if pill.above else edge - 5
    middle = number(pill.x + pill.width / 2)
    lines = "".join(
        f'<tspan x="{middle}" y="{number(pill.y + 6 + PILL_LINE * (place + 0.78))}">{escape(line, quote=False)}</tspan>'
        for place, line in enumerate(pill.lines)
    )
    ink = paint("ink")
    return (
        f'<g class="pill"><rect x="{number(pill.x)}" y="{number(pill.y)}" width="{number(pill.width)}" '
        f'height="{number(pill.height)}" rx="7" fill="{ink}"/>'
        f'<path d="M{number(tip - 5)} {number(edge)}L{number(tip)} {number(point)}L{number(tip + 5)} {number(edge)}Z" fill="{ink}"/>'
        f'<text text-anchor="middle" font-size="{PILL_SIZE:g}" font-weight="550" fill="{paint("on-ink")}">{lines}</text></g>'
    )
