"""Step by step as streams: where people are at each step, and where from each place they go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import centred
from tropa.render.curve import number
from tropa.render.measure import lines_of, text_width
from tropa.render.picture.pieces import SMALL, Art, Block, Piece, Plate
from tropa.render.svg import safe, tag
from tropa.render.theme import Paint

NODE = 12.0
_GAP = 12.0
_TALL = 380.0
_HEAD = 22.0
_NARROWEST = 118.0
_LABEL = 24.0
_SHORT = 26.0


@dataclass(frozen=True, slots=True)
class Node:
    """A place at a step; `role` is its colour, `ended` a place that is none: the journey was over."""

    key: str
    name: Text
    persons: int
    role: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """People who went from a node of a step to a node of the next."""

    source: str
    target: str
    persons: int


@dataclass(frozen=True, slots=True)
class SankeyStep:
    """A step: what it is called, its nodes from the top down, and the streams to the next step."""

    name: Text
    nodes: tuple[Node, ...]
    streams: tuple[Stream, ...]


@dataclass(frozen=True, slots=True)
class Sankey:
    """Steps from left to right; `anchor` is the step that is kept where there is no room for all."""

    steps: tuple[SankeyStep, ...]
    anchor: int = 0

    def block(self, width: float, language: Language) -> Block:
        """As many steps around the anchor as have room, each with the names of its places."""
        steps = self._fitting(width)
        across = (width - NODE) / max(len(steps) - 0.28, 1)
        most = max(sum(node.persons for node in step.nodes) for step in steps)
        room = max(len(step.nodes) for step in steps)
        tall = max(_TALL, room * (_SHORT + _GAP))
        scale = (tall - (room - 1) * _GAP) / max(most, 1)
        placed = [_stacked(step.nodes, place * across, scale) for place, step in enumerate(steps)]
        bottom = max(box.y + box.height for column in placed for box in column.values())
        parts: list[Block | Piece] = [
            Art(draw=partial(_draw_streams, steps, placed, scale)),
            *(
                part
                for step, column in zip(steps, placed, strict=True)
                for node in step.nodes
                for part in _node(node, column[node.key], min(across, width - column[node.key].x), language)
            ),
        ]
        for place, step in enumerate(steps):
            text = step.name.said_in(language)
            x = place * across
            middle = max(text_width(text, SMALL) / 2, x + NODE / 2)
            parts.append(centred(text, middle, 11, size=SMALL, ink="ink-3"))
        return Block(width=width, height=bottom + 4, parts=tuple(parts))

    def _fitting(self, width: float) -> Sequence[SankeyStep]:
        room = max(2, int(width // _NARROWEST))
        first = max(0, min(self.anchor - room // 2, len(self.steps) - room))
        return self.steps[first : first + room]


class _Box(NamedTuple):
    x: float
    y: float
    height: float


def _stacked(nodes: Sequence[Node], x: float, scale: float) -> Mapping[str, _Box]:
    """Nodes one under another; one that is too thin for its name keeps the room that the name needs."""
    placed, y = {}, _HEAD
    for node in nodes:
        tall = max(1.5, node.persons * scale)
        placed[node.key] = _Box(x, y, tall)
        y += max(tall, _LABEL) + _GAP
    return placed


def _node(node: Node, box: _Box, across: float, language: Language) -> list[Piece]:
    """The bar, and beside it two lines: the name and the count, which stands behind a name of two lines."""
    room = across - NODE - 16
    count = words.whole(node.persons, language)
    lines = lines_of(node.name.said_in(language), room, size=12, bold=True, most=2)
    if len(lines) > 1:
        lines = (lines[0], _shortened(lines[1], room - text_width(count, SMALL) - 6))
    middle = box.y + max(box.height, _LABEL) / 2 if box.height >= _LABEL else box.y + 8
    ink = "ink-3" if node.ended else "ink"
    x = box.x + NODE + 5
    after = text_width(lines[1], 12, bold=True) + 6 if len(lines) > 1 else 0.0
    return [
        Plate(x=box.x, y=box.y, width=NODE, height=box.height, fill=node.role, radius=2),
        *(
            Art(x=x, y=middle + 13 * at, draw=partial(_label, line, 12.0, ink, bold=not node.ended))
            for at, line in enumerate(lines)
        ),
        Art(x=x + after, y=middle + 13, draw=partial(_label, count, SMALL, "ink-2", bold=False)),
    ]


def _label(text: str, size: float, ink: str, paint: Paint, *, bold: bool) -> str:
    """Words over streams: a rim in the colour of the ground keeps them legible."""
    weight = "600" if bold else None
    rim = tag(
        "text",
        safe(text),
        font_size=size,
        font_weight=weight,
        fill=paint("surface"),
        stroke=paint("surface"),
        stroke_width=3.0,
        stroke_linejoin="round",
        opacity=".8",
    )
    over = tag(
        "text",
        safe(text),
        font_size=size,
        font_weight=weight,
        fill=paint(ink),
    )
    return rim + over


def _shortened(text: str, room: float) -> str:
    if text_width(text, 12, bold=True) <= room:
        return text
    kept = text
    while len(kept) > 3 and text_width(f"{kept}…", 12, bold=True) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def _draw_streams(steps: Sequence[SankeyStep], placed: Sequence[Mapping[str, _Box]], scale: float, paint: Paint) -> str:
    drawn = []
    for step, here, there in zip(steps, placed, placed[1:], strict=False):
        roles = {node.key: node.role for node in step.nodes}
        rank = {key: place for place, key in enumerate(there)}
        left = {key: box.y for key, box in here.items()}
        right = {key: box.y for key, box in there.items()}
        order = {node.key: place for place, node in enumerate(step.nodes)}
        for stream in sorted(step.streams, key=lambda one: (order[one.source], rank[one.target])):
            tall = max(0.6, stream.persons * scale)
            start, end = here[stream.source].x + NODE, there[stream.target].x
            y1, y2 = left[stream.source], right[stream.target]
            left[stream.source] += stream.persons * scale
            right[stream.target] += stream.persons * scale
            drawn.append(
                tag("path", d=_ribbon(start, end, y1, y2, tall), fill=paint(roles[stream.source]), opacity=".26")
            )
    return "".join(drawn)


def _ribbon(start: float, end: float, y1: float, y2: float, tall: float) -> str:
    middle = number((start + end) / 2)
    left, right = number(start), number(end)
    top = f"M{left} {number(y1)}C{middle} {number(y1)} {middle} {number(y2)} {right} {number(y2)}"
    y1, y2 = y1 + tall, y2 + tall
    return f"{top}V{number(y2)}C{middle} {number(y2)} {middle} {number(y1)} {left} {number(y1)}Z"
