"""A map as SVG text."""

from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.picture.drawing import draw_picture
from tropa.render.picture.layout import lay_out
from tropa.render.theme import Paint, Scheme, hex_paint


def picture_of(
    journey: JourneyMap,
    language: Language,
    *,
    to_be: JourneyMap | None = None,
    style: str = "",
    paint: Paint | None = None,
) -> str:
    """The map's picture, beside the map of how it should be; `style` is CSS such as embedded fonts."""
    title = journey.title.said_in(language)
    return draw_picture(
        lay_out(journey, language, to_be=to_be), paint or hex_paint(Scheme.LIGHT), title=title, style=style
    )
