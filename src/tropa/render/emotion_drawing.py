"""The emotion curve as SVG, for pages and pictures alike."""

from collections.abc import Callable, Sequence
from itertools import groupby

from tropa.domain.journeymap import Card
from tropa.render.curve import band, number, path
from tropa.render.emotion import HEIGHT, PILL_LINE, PILL_SIZE, ZERO, Aim, Dot, EmotionCurve, Node, Pill, guessed, y_of
from tropa.render.icons import face, unknown_face
from tropa.render.measure import lines_of
from tropa.render.svg import gradient, line, safe, tag, words
from tropa.render.theme import Paint, emotion_role

Wrap = Callable[[Card, str], str]
Named = Callable[[Card], Sequence[tuple[str | None, str]]]
_ABOVE, _BELOW = -20.0, 28.0
_SMALL, _SMALL_LINE, _MOST_LINES = 11.5, 14.0, 3
_GROUND = 0.075
_STRONG = 1.5
_STOPS = ((0.0, "emo-5"), (0.3, "emo-4"), (0.5, "emo-3"), (0.68, "emo-2"), (0.95, "emo-1"))


def alone(_card: Card, drawing: str) -> str:
    """A face that leads nowhere, as in pictures."""
    return drawing


def _unnamed(_card: Card) -> tuple[tuple[str | None, str], ...]:
    return ()


def draw_emotion(
    curve: EmotionCurve,
    paint: Paint,
    *,
    name: str,
    wrap: Wrap = alone,
    aim: Sequence[tuple[str | None, str]] = (),
    felt: Named = _unnamed,
    room: float = 0.0,
) -> str:
    """The lane's drawing without a frame; `name` makes gradients unique in a document.

    `aim` is the name of the line of how it should be, in each language with its code where a page shows one of two;
    `felt` the same for what is felt at a face that nobody has spoken of yet, in as much `room` as a column has.
    """
    parts = [
        _gradients(name, paint),
        _ground(curve.width, name, paint),
        *(_dots(colour, group, paint) for colour, group in _by_colour(curve.dots)),
        *(_band(run, paint) for run in curve.runs),
        _aim(curve.aim, paint, aim),
        *_line(curve, name, paint),
        *(_gap(x, y, paint) for x, y in curve.gaps),
        *(wrap(node.card, _face(node, paint)) for node in curve.nodes),
        *(_felt(node, felt(node.card), paint, above=above, room=room) for node, above in guessed(curve.nodes)),
        *(draw_pill(pill, paint) for pill in curve.pills),
    ]
    return "".join(parts)


def _gradients(name: str, paint: Paint) -> str:
    good, bad = paint("good"), paint("bad")
    values = gradient(
        name,
        tuple((at, paint(role), 1) for at, role in _STOPS),
        gradientUnits="userSpaceOnUse",
        x1=0.0,
        x2=0.0,
        y1=y_of(2),
        y2=y_of(-2),
    )
    upper = gradient(f"{name}u", ((0, good, _GROUND), (1, good, 0)), x1=0.0, y1=0.0, x2=0.0, y2=1.0)
    lower = gradient(f"{name}d", ((0, bad, 0), (1, bad, _GROUND)), x1=0.0, y1=0.0, x2=0.0, y2=1.0)
    return tag("defs", values, upper, lower)


def _ground(width: float, name: str, paint: Paint) -> str:
    zero = tag(
        "path", d=f"M0 {number(ZERO)}H{number(width)}", stroke=paint("ink-4"), stroke_dasharray="3 4", opacity=".75"
    )
    return (
        tag("rect", width=width, height=ZERO, fill=f"url(#{name}u)")
        + tag("rect", y=ZERO, width=width, height=HEIGHT - ZERO, fill=f"url(#{name}d)")
        + zero
    )


def _by_colour(dots: Sequence[Dot]) -> list[tuple[int, list[Dot]]]:
    ordered = sorted(dots, key=lambda dot: dot.value)
    return [(value, list(group)) for value, group in groupby(ordered, key=lambda dot: dot.value)]


def _dots(value: int, dots: Sequence[Dot], paint: Paint) -> str:
    # a line of no length with round ends is a dot, and a tenth of the bytes of a circle
    spots = "".join([f"M{round(dot.x)} {round(dot.y)}h0" for dot in dots])
    return line(spots, paint(emotion_role(value)), 3.2, opacity=".4")


def _band(run: Sequence[Node], paint: Paint) -> str:
    area = band([(node.x, node.high_y) for node in run], [(node.x, node.low_y) for node in run])
    return tag("path", d=area, fill=paint("band"), opacity=".15") if area else ""


def _line(curve: EmotionCurve, name: str, paint: Paint) -> list[str]:
    made = []
    for known, group in groupby(curve.stretches, key=lambda stretch: stretch.known):
        shape = path([stretch.piece for stretch in group])
        told = line(shape, f"url(#{name})", 3.2) if known else line(shape, paint("ink-3"), 2.2, stroke_dasharray=".1 6")
        made.append(told)
    return made


def _aim(aim: Aim | None, paint: Paint, names: Sequence[tuple[str | None, str]]) -> str:
    if aim is None:
        return ""
    x, y = aim.name
    told = [
        words(
            text,
            x=x,
            y=y - 8,
            lang=language,
            text_anchor="middle",
            font_size=11.0,
            font_weight="600",
            fill=paint("accent-text"),
        )
        for language, text in names
    ]
    return line(path(aim.pieces), paint("accent"), 1.6, stroke_dasharray="5 4") + "".join(told)


def _felt(node: Node, names: Sequence[tuple[str | None, str]], paint: Paint, *, above: bool, room: float) -> str:
    """Small words beside a face, with a rim of the ground so that the curve does not cross them."""
    look: dict[str, str | float | None] = {
        "text_anchor": "middle",
        "font_size": _SMALL,
        "fill": paint("ink-2"),
        "stroke": paint("surface"),
    }
    made = []
    for language, text in names:
        rows = lines_of(text, room, size=_SMALL, most=_MOST_LINES)
        top = node.y + (_ABOVE - _SMALL_LINE * (len(rows) - 1) if above else _BELOW)
        made += [
            words(
                row,
                x=node.x,
                y=top + _SMALL_LINE * place,
                lang=language,
                stroke_width=3.0,
                paint_order="stroke",
                **look,
            )
            for place, row in enumerate(rows)
        ]
    return "".join(made)


def _gap(x: float, y: float, paint: Paint) -> str:
    return tag("g", unknown_face(paint), transform=f"translate({number(x)} {number(y)})")


def _face(node: Node, paint: Paint) -> str:
    scale = 1.15 if abs(node.value) >= _STRONG else 1.0
    ring = tag("circle", r=12.5, fill="none", stroke=paint("ink-3"), stroke_dasharray="2 3")
    place = f"translate({number(node.x)} {number(node.y)}) scale({scale:g})"
    drawn = face(node.value, paint)
    return tag("g", tag("g", drawn, opacity=".55") + ring if node.is_hollow else drawn, transform=place)


def draw_pill(pill: Pill, paint: Paint) -> str:
    """A quote on ink, with a tip that points at its face."""
    ink = paint("ink")
    middle = number(pill.x + pill.width / 2)
    lines = "".join(
        [
            f'<tspan x="{middle}" y="{number(pill.y + 6 + PILL_LINE * (place + 0.78))}">{safe(told)}</tspan>'
            for place, told in enumerate(pill.lines)
        ]
    )
    corner, size = f'x="{number(pill.x)}" y="{number(pill.y)}"', f'width="{number(pill.width)}"'
    return (
        f'<g class="pill"><rect {corner} {size} height="{number(pill.height)}" rx="7" fill="{ink}"/>'
        f'<path d="{_tip(pill)}" fill="{ink}"/><text text-anchor="middle" font-size="{number(PILL_SIZE)}" '
        f'font-weight="550" fill="{paint("on-ink")}">{lines}</text></g>'
    )


def _tip(pill: Pill) -> str:
    x = min(max(pill.node.x, pill.x + 12), pill.x + pill.width - 12)
    edge = pill.y + pill.height if pill.above else pill.y
    point = edge + 5 if pill.above else edge - 5
    return f"M{number(x - 5)} {number(edge)}L{number(x)} {number(point)}L{number(x + 5)} {number(edge)}Z"
