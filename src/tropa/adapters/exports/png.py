"""The map as a picture of dots."""

from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.pdf import POINTS, one_sheet
from tropa.adapters.exports.typesetting import typeset
from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.branding import PLAIN_LOOK, Look

_INCH = 72.0


class PngExporter:
    """Draws with the fonts that tropa ships, so that the picture is the same on every machine."""

    suffix = "png"

    def __init__(self, to_be: JourneyMap | None = None, look: Look = PLAIN_LOOK) -> None:
        self.to_be = to_be
        self.look = look

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one PNG file, a dot for each pixel of the picture."""
        sheet = one_sheet(journey, language, self.look.paint(), to_be=self.to_be)
        return (write_whole(target, typeset(sheet, form="png", day=None, dots=_INCH / POINTS)),)
