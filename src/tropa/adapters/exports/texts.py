"""The map as text: a Markdown report, a Mermaid diagram."""

from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.journey_diagram import diagram_of
from tropa.render.report import report_of


class MarkdownExporter:
    """Writes a report that reads well as it is and as a page."""

    suffix = "md"

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one Markdown file."""
        return (write_whole(target, report_of(journey, language).encode()),)


class MermaidExporter:
    """Writes a diagram for wikis that draw Mermaid."""

    suffix = "mmd"

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one Mermaid file."""
        return (write_whole(target, diagram_of(journey, language).encode()),)
