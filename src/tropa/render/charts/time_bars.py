"""How many took how long: a bar for each stretch of time."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import centred
from tropa.render.measure import text_width
from tropa.render.picture.pieces import SMALL, Block, Piece, Plate, Words

_TALL = 110.0
_MORE = Text(ru="дольше", en="longer")


@dataclass(frozen=True, slots=True)
class TimeBars:
    """`counts[k]` took less than `edges[k]` seconds and no less than the edge before; the last entry took longer."""

    edges: tuple[int, ...]
    counts: tuple[int, ...]

    def block(self, width: float, language: Language) -> Block:
        """Bars side by side, empty stretches at both ends left out."""
        known = [place for place, count in enumerate(self.counts) if count]
        if not known:
            return Block(width=width, height=0)
        places = range(known[0], known[-1] + 1)
        step = width / len(places)
        most, total = max(self.counts), sum(self.counts)
        parts: list[Block | Piece] = []
        for number, place in enumerate(places):
            tall = max(1.0, (_TALL - 20) * self.counts[place] / most)
            x = number * step
            parts.append(Plate(x=x + 2, y=_TALL - tall, width=step - 4, height=tall, fill="accent", radius=3))
            if self.counts[place]:
                part = self.counts[place] / total
                share = words.percent(part, language, 0 if part >= 0.1 else 1)
                parts.append(centred(share, x + step / 2, _TALL - tall - 5, size=11, ink="ink-2"))
        parts += self._edges(places, step, width, language)
        axis = Plate(y=_TALL, width=width, height=1, fill="line")
        return Block(width=width, height=_TALL + 22, parts=(*parts, axis))

    def _edges(self, places: range, step: float, width: float, language: Language) -> list[Words]:
        """The times at the borders of the bars, as many as have room."""
        shown: list[Words] = []
        for number in range(len(places) + 1):
            edge = places.start + number - 1
            if edge == len(self.edges):
                text = _MORE.said_in(language)
            else:
                text = "0" if edge < 0 else words.duration(self.edges[edge], language)
            wide = text_width(text, SMALL)
            x = max(0.0, min(width - wide, number * step - wide / 2))
            if not shown or shown[-1].x + shown[-1].width + 6 < x:
                shown.append(Words(x=x, y=_TALL + 16, text=text, size=SMALL, ink="ink-3"))
        return shown
