"""The map as a picture of dots."""

from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.fonts import font_files
from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.measure import has_glyphs
from tropa.render.picture.picture import picture_of


class PngExporter:
    """Draws with the fonts that tropa ships, so that the picture is the same on every machine."""

    suffix = "png"

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one PNG file."""
        return (write_whole(target, drawn(picture_of(journey, language))),)


def drawn(picture: str) -> bytes:
    """An SVG picture as PNG bytes."""
    import resvg_py  # noqa: PLC0415  only those who draw load it

    with font_files() as fonts:
        dots = resvg_py.svg_to_bytes(
            svg_string=picture,
            # other alphabets are drawn with whatever the machine has
            skip_system_fonts=has_glyphs(picture),
            font_files=[str(font) for font in fonts],
            font_family="Golos Text",
            sans_serif_family="Golos Text",
        )
    return bytes(dots)
