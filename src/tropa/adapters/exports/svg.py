"""The map as one SVG file that carries its fonts."""

from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.picture.picture import picture_of
from tropa.render.typeface import font_faces


class SvgExporter:
    """Writes a picture that any browser and drawing program opens."""

    suffix = "svg"

    def __init__(self, to_be: JourneyMap | None = None, look: Look = PLAIN_LOOK) -> None:
        self.to_be = to_be
        self.look = look

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one SVG file."""
        picture = picture_of(journey, language, to_be=self.to_be, style=font_faces(), paint=self.look.paint())
        return (write_whole(target, picture.encode()),)
