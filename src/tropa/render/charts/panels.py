"""Several charts of one answer under one another, each with its name."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render.charts.frame import Chart
from tropa.render.picture.pieces import Block, Style, column, paragraph


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its name."""

    name: Text
    chart: Chart


@dataclass(frozen=True, slots=True)
class Panels:
    """The answer's own chart first, where it has one, then what explains it."""

    main: Chart | None
    others: tuple[Panel, ...]

    def block(self, width: float, language: Language) -> Block:
        """One under another; a chart that has nothing to show is left out with its name."""
        parts = [] if self.main is None else [self.main.block(width, language)]
        for one in self.others:
            chart = one.chart.block(width, language)
            name = paragraph(one.name.said_in(language), width, Style(size=14, bold=True))
            parts += [column([name, chart], gap=10)] if chart.height else []
        return column(parts, gap=28)
