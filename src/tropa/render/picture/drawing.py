"""A laid out picture as SVG text."""

from dataclasses import dataclass

from tropa.render.curve import number
from tropa.render.icons import mark, shape
from tropa.render.picture.pieces import Art, Block, Icon, Mark, Piece, Plate, Words
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


class _Pen:
    """Draws pieces in one paint; marks and icons, of which there are many alike, are drawn once."""

    def __init__(self, paint: Paint, window: Window | None) -> None:
        self.paint = paint
        self.window = window
        self._marks: dict[str, str] = {}
        self._icons: dict[tuple[str, float, str, bool], str] = {}

    def block(self, block: Block, x: float, y: float) -> str:
        """A block whose frame begins at this point of the picture."""
        x, y = x + block.x, y + block.y
        if self.window is not None and not self.window.shows(block, x, y):
            return ""
        inner = "".join(
            [self.block(part, x, y) if isinstance(part, Block) else self._piece(part) for part in block.parts]
        )
        if not inner or (block.x == 0 and block.y == 0):
            return inner
        return f'<g transform="translate({number(block.x)} {number(block.y)})">{inner}</g>'

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Words():
                weight = ' font-weight="600"' if piece.bold else ""
                size = "" if piece.size == 12 else f' font-size="{number(piece.size)}"'
                place = f'x="{number(piece.x)}" y="{number(piece.y)}"'
                return f'<text {place}{size}{weight} fill="{self.paint(piece.ink)}">{safe(piece.text)}</text>'
            case Plate():
                return _plate(piece, self.paint)
            case Mark():
                return f'<g transform="translate({number(piece.x)} {number(piece.y)})">{self._mark(piece.name)}</g>'
            case Icon():
                return f'<g transform="translate({number(piece.x)} {number(piece.y)}) {self._icon(piece)}</g>'
            case Art():
                return f'<g transform="translate({number(piece.x)} {number(piece.y)})">{piece.draw(self.paint)}</g>'

    def _mark(self, name: str) -> str:
        if name not in self._marks:
            self._marks[name] = mark(name, self.paint)
        return self._marks[name]

    def _icon(self, icon: Icon) -> str:
        """All of an icon but its place."""
        alike = icon.name, icon.size, icon.ink, icon.filled
        if alike not in self._icons:
            ink = self.paint(icon.ink)
            self._icons[alike] = (
                f'scale({icon.size / 24:.4g})" fill="{ink if icon.filled else "none"}" stroke="{ink}" '
                f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{shape(icon.name)}'
            )
        return self._icons[alike]


def _plate(piece: Plate, paint: Paint) -> str:
    inset = 0.5 if piece.border else 0.0
    wide, tall = max(0.0, piece.width - 2 * inset), max(0.0, piece.height - 2 * inset)
    round_ = f' rx="{number(piece.radius)}"' if piece.radius else ""
    frame = (
        f'<rect x="{number(piece.x + inset)}" y="{number(piece.y + inset)}" '
        f'width="{number(wide)}" height="{number(tall)}"{round_}'
    )
    fill = paint(piece.fill) if piece.fill else "none"
    border = f' stroke="{paint(piece.border)}"' if piece.border else ""
    dashes = ' stroke-dasharray="3 3"' if piece.dashed else ""
    veil = "" if piece.opacity == 1 else f' opacity="{piece.opacity:g}"'
    hatched = f'{frame} fill="url(#{_HATCH})"/>' if piece.hatched else ""
    return f'{frame} fill="{fill}"{border}{dashes}{veil}/>{hatched}'
