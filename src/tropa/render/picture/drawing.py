"""A laid out picture as SVG text."""

from dataclasses import dataclass

from tropa.render.curve import number
from tropa.render.icons import shape
from tropa.render.picture.pieces import Art, Block, Icon, Piece, Plate, Words
from tropa.render.svg import safe, tag
from tropa.render.theme import Paint

FAMILY = "'Golos Text', Inter, Arial, sans-serif"
_HATCH = "hatch"
_REACH = 16.0


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a picture that one sheet of paper shows."""

    x: float
    y: float
    width: float
    height: float

    def shows(self, block: Block, x: float, y: float) -> bool:
        """Whether a block with its corner here is seen, at least in part; drawings may reach over their frame."""
        across = x - _REACH < self.x + self.width and self.x < x + block.width + _REACH
        return across and y - _REACH < self.y + self.height and self.y < y + block.height + _REACH


def draw_picture(
    picture: Block, paint: Paint, *, title: str = "", style: str = "", window: Window | None = None
) -> str:
    """The whole document, or what a window shows of it; `style` is CSS, such as fonts for those who view it."""
    seen = window or Window(0, 0, picture.width, picture.height)
    wide, tall = number(seen.width), number(seen.height)
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" '
        f'viewBox="{number(seen.x)} {number(seen.y)} {wide} {tall}" '
        f'font-family="{FAMILY}" font-size="12" role="img">'
    )
    name = f"<title>{safe(title)}</title>" if title else ""
    css = f"<style>{style}</style>" if style else ""
    return f"{frame}{name}{css}{_hatching(paint)}{_Pen(paint, window).block(picture, 0, 0)}</svg>\n"


def _hatching(paint: Paint) -> str:
    stripe = tag("path", d="M0 0V7", stroke=paint("line"), stroke_width=3.0)
    pattern = tag(
        "pattern",
        stripe,
        id=_HATCH,
        width=7.0,
        height=7.0,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return tag("defs", pattern)


@dataclass(frozen=True, slots=True)
class _Pen:
    paint: Paint
    window: Window | None

    def block(self, block: Block, x: float, y: float) -> str:
        """A block whose frame begins at this point of the picture."""
        x, y = x + block.x, y + block.y
        if self.window is not None and not self.window.shows(block, x, y):
            return ""
        inner = "".join(
            [self.block(part, x, y) if isinstance(part, Block) else _piece(part, self.paint) for part in block.parts]
        )
        if not inner or (block.x == 0 and block.y == 0):
            return inner
        return f'<g transform="translate({number(block.x)} {number(block.y)})">{inner}</g>'


def _piece(piece: Piece, paint: Paint) -> str:
    match piece:
        case Words():
            weight = ' font-weight="600"' if piece.bold else ""
            size = "" if piece.size == 12 else f' font-size="{number(piece.size)}"'
            place = f'x="{number(piece.x)}" y="{number(piece.y)}"'
            return f'<text {place}{size}{weight} fill="{paint(piece.ink)}">{safe(piece.text)}</text>'
        case Plate():
            return _plate(piece, paint)
        case Icon():
            return tag(
                "g",
                shape(piece.name),
                transform=f"translate({number(piece.x)} {number(piece.y)}) scale({piece.size / 24:.4g})",
                fill=paint(piece.ink) if piece.filled else "none",
                stroke=paint(piece.ink),
                stroke_width=2.0,
                stroke_linecap="round",
                stroke_linejoin="round",
            )
        case Art():
            return f'<g transform="translate({number(piece.x)} {number(piece.y)})">{piece.draw(paint)}</g>'


def _plate(piece: Plate, paint: Paint) -> str:
    inset = 0.5 if piece.border else 0.0
    frame = {
        "x": piece.x + inset,
        "y": piece.y + inset,
        "width": max(0.0, piece.width - 2 * inset),
        "height": max(0.0, piece.height - 2 * inset),
        "rx": piece.radius or None,
    }
    solid = tag(
        "rect",
        **frame,
        fill=paint(piece.fill) if piece.fill else "none",
        stroke=paint(piece.border) if piece.border else None,
        stroke_dasharray="3 3" if piece.dashed else None,
        opacity=None if piece.opacity == 1 else f"{piece.opacity:g}",
    )
    return solid + (tag("rect", **frame, fill=f"url(#{_HATCH})") if piece.hatched else "")
