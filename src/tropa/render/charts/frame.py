"""What surrounds every chart: the question, the answer in one sentence, and the notes below."""

from dataclasses import dataclass
from typing import Protocol

from tropa.domain.text import Language, Text
from tropa.render.picture.drawing import draw_picture
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, column, paragraph
from tropa.render.theme import Scheme, hex_paint
from tropa.render.words import fine

NARROWEST, WIDEST = 390.0, 1200.0
_MARGIN = 24.0


@dataclass(frozen=True, slots=True)
class Head:
    """The words around a chart."""

    question: Text
    method: Text
    sentence: Text
    notes: tuple[Text, ...] = ()


class Chart(Protocol):
    """A picture of figures that knows how to lay itself out in a width."""

    def block(self, width: float, language: Language) -> Block:
        """The chart, as high as it needs to be."""
        ...


def chart_svg(chart: Chart, head: Head, language: Language, *, width: float = 900, style: str = "") -> str:
    """The whole picture as SVG, between 390 and 1200 wide; `style` is CSS, such as embedded fonts."""
    wide = max(NARROWEST, min(WIDEST, width))
    room = wide - 2 * _MARGIN
    large = Style(size=20 if wide >= 600 else 17, bold=True)
    words = column(
        [
            paragraph(head.question.said_in(language), room, large),
            paragraph(head.method.said_in(language), room, Style(size=SMALL, ink="ink-3")),
        ],
        gap=2,
    )
    answer = paragraph(fine(head.sentence.said_in(language)), room, Style(size=14, ink="ink"))
    notes = column(
        [paragraph(fine(one.said_in(language)), room, Style(size=SMALL, ink="ink-3")) for one in head.notes], gap=4
    )
    inner = column([one for one in (words, answer, chart.block(room, language), notes) if one.height], gap=18)
    tall = inner.height + 2 * _MARGIN
    ground = Plate(width=wide, height=tall, fill="surface")
    whole = Block(width=wide, height=tall, parts=(ground, inner.at(_MARGIN, _MARGIN)), role="chart")
    return draw_picture(whole, hex_paint(Scheme.LIGHT), title=head.question.said_in(language), style=style)
