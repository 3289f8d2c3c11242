"""Drawings and marks as dots, for documents that hold no drawings."""

from tropa.adapters.exports.typesetting import typeset
from tropa.domain.branding import Logo
from tropa.render.picture.drawing import draw_picture
from tropa.render.picture.pieces import Block
from tropa.render.theme import Paint

POINTS = 0.75
_DOTS = 216.0


def png_of(drawing: Block, paint: Paint) -> bytes:
    """A drawing in our own letters, three dots a point."""
    return _dots(draw_picture(drawing, paint), drawing.width * POINTS, drawing.height * POINTS)


def raster_of(logo: Logo) -> bytes:
    """A mark as PNG or JPEG, whatever it was."""
    return _dots(logo.content.decode(), 360.0, None) if logo.kind == "svg" else logo.content


def _dots(svg: str, width: float, height: float | None) -> bytes:
    made = {"svg": svg, "width": width, "height": height}
    return typeset(made, form="png", day=None, dots=_DOTS, template="picture.typ")
