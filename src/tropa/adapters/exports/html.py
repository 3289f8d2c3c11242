"""The map's page as a file."""

from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.page.document import render_page


def write_page(maps: Sequence[JourneyMap], target: Path, language: Language) -> Path:
    """Write the page of a map and its segment maps; the first is the main one."""
    target.write_text(render_page(maps, language=language), encoding="utf-8", newline="\n")
    return target


class HtmlExporter:
    """Writes the page of one map."""

    suffix = "html"

    def __init__(self, to_be: JourneyMap | None = None, look: Look = PLAIN_LOOK) -> None:
        self.to_be = to_be
        self.look = look

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one HTML file."""
        maps = (journey,) if self.to_be is None else (journey, self.to_be)
        return (write_whole(target, render_page(maps, language=language, look=self.look).encode()),)
