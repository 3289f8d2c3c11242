"""The emotion curve as geometry: what a page and a picture both draw."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tropa.domain.evidence import QUOTED_FROM_VOICES, Quotes
from tropa.domain.journeymap import Card
from tropa.render.curve import Piece, Point, monotone, sampled
from tropa.render.measure import lines_of, text_width
from tropa.render.sheet import Sheet
from tropa.render.words import in_quotes

HEIGHT = 232.0
ZERO = 112.0
STEP = 27.0
PILL_SIZE = 12.0
PILL_LINE = 15.0
_PILL_PAD = 10.0
_PILL_WIDTH = 190.0
_PILL_GAP = 17.0
_FACE = 12.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands: the middle of its column and how wide it is; `told` where its whole stage has an emotion."""

    x: float
    width: float
    card: Card | None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A step whose emotion is known."""

    x: float
    y: float
    value: float
    high_y: float
    low_y: float
    card: Card

    @property
    def is_hollow(self) -> bool:
        """Nothing, or fewer than five voices, stands behind it."""
        few = self.card.voices is not None and self.card.voices < QUOTED_FROM_VOICES
        return few or self.card.is_guess


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the curve; `known` says whether both ends are neighbours that rest on evidence."""

    piece: Piece
    known: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One voice, set beside its value."""

    x: float
    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Pill:
    """A quote outside the curve."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    node: Node
    above: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """How it should be: a curve of its own, and the point beneath its name."""

    pieces: tuple[Piece, ...]
    name: Point


@dataclass(frozen=True, slots=True)
class EmotionCurve:
    """Everything that the emotion lane draws."""

    width: float
    nodes: tuple[Node, ...]
    gaps: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    dots: tuple[Dot, ...]
    pills: tuple[Pill, ...]
    aim: Aim | None = None

    @property
    def runs(self) -> tuple[tuple[Node, ...], ...]:
        """Neighbouring nodes joined by known stretches: where an interval band may be drawn."""
        made: list[list[Node]] = [[node] for node in self.nodes[:1]]
        for stretch, node in zip(self.stretches, self.nodes[1:], strict=True):
            if stretch.known:
                made[-1].append(node)
            else:
                made.append([node])
        return tuple(tuple(run) for run in made)


def y_of(value: float) -> float:
    """The height of a value from −2 to +2, in pixels from the lane's top."""
    return ZERO - STEP * max(-2.0, min(2.0, value))


def emotion_of(sheet: Sheet) -> EmotionCurve:
    """The emotion curve over a map's columns."""
    places = [
        Place(sheet.middle(one), sheet.column_width, sheet.emotion_card(one), told=sheet.is_told(one))
        for one in sheet.columns
    ]
    curve = emotion_curve(places, sheet.width)
    return replace(curve, aim=_aim_of(sheet, curve))


def _aim_of(sheet: Sheet, curve: EmotionCurve) -> Aim | None:
    """The emotions of the map of how it should be, over the columns that both have."""
    if sheet.to_be is None:
        return None
    wanted = Sheet(sheet.to_be, sheet.index, sheet.by_stage)
    columns = {one.key: one for one in sheet.columns}
    points = sorted(
        (sheet.middle(columns[one.key]), y_of(card.value))
        for one in wanted.columns
        if one.key in columns and (card := wanted.emotion_card(one)) and card.value is not None
    )
    if len(points) < 2:
        return None
    now = {node.x: node.y for node in curve.nodes}
    free = [(x, y) for x, y in points if not any(_covers(pill, x, y - 12) for pill in curve.pills)] or points
    return Aim(monotone(points), max(free, key=lambda point: now.get(point[0], point[1]) - point[1]))


def _covers(pill: Pill, x: float, y: float) -> bool:
    return pill.x - 30 < x < pill.x + pill.width + 30 and pill.y - 8 < y < pill.y + pill.height + 8


def emotion_curve(places: Sequence[Place], width: float) -> EmotionCurve:
    """Lay out nodes, curve, dots and quotes for the steps of a map, left to right."""
    nodes = tuple(_node(place) for place in places if place.card is not None and place.card.value is not None)
    known = {node.x for node in nodes}
    curve = monotone([(node.x, node.y) for node in nodes])
    gaps = [place.x for place in places if place.x not in known and not place.told]
    stretches = tuple(
        Stretch(piece, known=_is_known(left, right, gaps))
        for piece, (left, right) in zip(curve, pairwise(nodes), strict=True)
    )
    inner = tuple((x, _height_at(curve, x)) for x in gaps if nodes and nodes[0].x < x < nodes[-1].x)
    outer = tuple((x, ZERO) for x in gaps if not nodes or not nodes[0].x < x < nodes[-1].x)
    dots = tuple(dot for place in places for dot in _dots(place))
    pills = _pills(nodes, curve, width)
    return EmotionCurve(width, nodes, tuple(sorted((*inner, *outer))), stretches, dots, pills)


def _is_known(left: Node, right: Node, gaps: Sequence[float]) -> bool:
    rests = not (left.card.is_guess or right.card.is_guess)
    return rests and not any(left.x < x < right.x for x in gaps)


def _node(place: Place) -> Node:
    card = place.card
    if card is None or card.value is None:
        message = "A node needs a card with a value."
        raise ValueError(message)
    low = card.value if card.low is None else card.low
    high = card.value if card.high is None else card.high
    return Node(place.x, y_of(card.value), card.value, y_of(high), y_of(low), card)


def _height_at(curve: Sequence[Piece], x: float) -> float:
    for piece in curve:
        if piece.start[0] <= x <= piece.end[0]:
            return min(sampled([piece], 40), key=lambda point: abs(point[0] - x))[1]
    return ZERO


def _dots(place: Place, most: int = 12) -> list[Dot]:
    card = place.card
    if card is None or not card.points:
        return []
    total = sum(card.points)
    shrink = min(1.0, most / total) if total else 0.0
    made = []
    reach = min(64.0, place.width * 0.62)
    for value, count in zip(range(-2, 3), card.points, strict=False):
        level = y_of(value)
        for turn in range(max(1, round(count * shrink)) if count else 0):
            # the golden ratio spreads points evenly, and the same way in every build
            across = ((turn * 0.618_034 + value * 0.37) % 1 - 0.5) * reach
            down = ((turn * 0.754_877 + 0.31) % 1 - 0.5) * STEP * 0.8
            made.append(Dot(place.x + across, level + down, value))
    return made


def quote_of(card: Card) -> str | None:
    """The words that a pill carries: the part that proves the claim where it is marked, else the whole."""
    for evidence in card.evidence:
        if isinstance(evidence, Quotes) and evidence.examples:
            example = evidence.examples[0]
            whole = example.text if example.span is None else example.text[slice(*example.span)]
            return whole.strip().rstrip(".,;:")
    return None


def guessed(nodes: Sequence[Node]) -> tuple[tuple[Node, bool], ...]:
    """The faces that rest on nothing yet, and whether what is felt there is named above: outside the curve."""
    made = []
    for place, node in enumerate(nodes):
        around = [nodes[at].y for at in (place - 1, place + 1) if 0 <= at < len(nodes)] or [ZERO]
        if node.card.is_guess and node.card.names:
            made.append((node, node.y <= sum(around) / len(around)))
    return tuple(made)


def _extremes(nodes: Sequence[Node]) -> list[tuple[Node, bool]]:
    made = []
    for place, node in enumerate(nodes):
        around = [nodes[at].value for at in (place - 1, place + 1) if 0 <= at < len(nodes)]
        if all(node.value >= value for value in around):
            made.append((node, True))
        elif all(node.value <= value for value in around):
            made.append((node, False))
    return made


def _pills(nodes: Sequence[Node], curve: Sequence[Piece], width: float) -> tuple[Pill, ...]:
    line = sampled(curve)
    placed: list[Pill] = []
    for node, above in sorted(_extremes(nodes), key=lambda one: -abs(one[0].value)):
        words = quote_of(node.card)
        if words is None:
            continue
        pill = _pill(node, words, above=above, width=width)
        if not any(_overlap(pill, other) for other in placed) and not _touches(pill, line, nodes):
            placed.append(pill)
    return tuple(sorted(placed, key=lambda pill: pill.x))


def _pill(node: Node, words: str, *, above: bool, width: float) -> Pill:
    # keep the first letter as the customer wrote it: the words are verbatim
    told = in_quotes(words)
    lines = lines_of(told, _PILL_WIDTH, size=PILL_SIZE, bold=True, most=2)
    if not lines[-1].endswith(told[-1]):
        lines = (*lines[:-1], f"{lines[-1]}{told[-1]}")
    wide = max(text_width(line, PILL_SIZE, bold=True) for line in lines) + 2 * _PILL_PAD
    tall = len(lines) * PILL_LINE + 12
    left = min(max(4.0, node.x - wide / 2), max(4.0, width - wide - 4))
    top = node.y - _PILL_GAP - tall if above else node.y + _PILL_GAP
    return Pill(left, top, wide, tall, lines, node, above)


def _overlap(one: Pill, other: Pill, gap: float = 6) -> bool:
    across = one.x < other.x + other.width + gap and other.x < one.x + one.width + gap
    return across and one.y < other.y + other.height + gap and other.y < one.y + one.height + gap


def _touches(pill: Pill, line: Sequence[Point], nodes: Sequence[Node]) -> bool:
    def inside(x: float, y: float, reach: float) -> bool:
        return pill.x - reach < x < pill.x + pill.width + reach and pill.y - reach < y < pill.y + pill.height + reach

    faces = (node for node in nodes if node is not pill.node)
    near = line[bisect_left(line, (pill.x - 4,)) : bisect_left(line, (pill.x + pill.width + 4,))]
    return (
        pill.y < 0
        or pill.y + pill.height > HEIGHT
        or any(inside(x, y, 4) for x, y in near)
        or any(inside(node.x, node.y, _FACE) for node in faces)
    )
