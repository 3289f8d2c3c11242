"""A laid out picture as SVG text."""

from tropa.render.curve import number
from tropa.render.icons import shape
from tropa.render.picture.pieces import Art, Block, Icon, Piece, Plate, Words
from tropa.render.svg import safe, tag
from tropa.render.theme import Paint

FAMILY = "'Golos Text', Inter, Arial, sans-serif"
_HATCH = "hatch"


def draw_picture(picture: Block, paint: Paint, *, title: str, style: str = "") -> str:
    """The whole document; `style` is CSS for those who view it outside this house, such as the fonts."""
    wide, tall = number(picture.width), number(picture.height)
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}" '
        f'font-family="{FAMILY}" font-size="12" role="img" xml:space="preserve">'
    )
    css = f"<style>{style}</style>" if style else ""
    return f"{frame}<title>{safe(title)}</title>{css}{_hatching(paint)}{_block(picture, paint)}</svg>\n"


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


def _block(block: Block, paint: Paint) -> str:
    inner = "".join(_block(part, paint) if isinstance(part, Block) else _piece(part, paint) for part in block.parts)
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
                fill="none",
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
